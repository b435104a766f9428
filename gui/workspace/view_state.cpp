#include "gui/workspace/view_state.h"

#include "core/base/bytes.h"
#include "core/base/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace embellie {

namespace {

constexpr int viewFormat = 1;

nlohmann::json paneToJson(const PaneState& pane) {
    return {{"layers", {{{"quantity", pane.quantity}, {"style", pane.style}}}}};
}

PaneState paneFromJson(const nlohmann::json& json) {
    const nlohmann::json& layer = json.at("layers").at(0);
    PaneState pane;
    pane.quantity = layer.at("quantity").get<std::string>();
    if (layer.contains("style"))
        pane.style = layer.at("style").get<LayerStyle>();
    return pane;
}

bool areFinite(std::initializer_list<double> numbers) {
    return std::all_of(numbers.begin(), numbers.end(), [](double number) { return std::isfinite(number); });
}

} // namespace

ViewState finiteOnly(ViewState state) {
    if (state.layer && !std::isfinite(state.layer->angle))
        state.layer.reset(); // the level axis has a missing value
    for (PaneState& pane : state.panes) {
        if (pane.style.limits && !areFinite({pane.style.limits->low, pane.style.limits->high}))
            pane.style.limits.reset();
        if (!std::isfinite(pane.style.opacity))
            pane.style.opacity = LayerStyle{}.opacity;
    }
    if (const auto& at = state.camera; at && !areFinite({at->x, at->y, at->perPixelX, at->perPixelY}))
        state.camera.reset();
    if (const auto& at = state.camera3d; at && !areFinite({at->azimuth, at->elevation, at->distanceMeters,
                                                           at->targetX, at->targetY, at->heightExaggeration}))
        state.camera3d.reset();
    if (!std::isfinite(state.ringsKilometres))
        state.ringsKilometres = 0;
    if (state.cursor && !areFinite({state.cursor->x(), state.cursor->y()}))
        state.cursor.reset();
    return state;
}

std::string viewToJson(const ViewState& given) {
    const ViewState state = finiteOnly(given);
    nlohmann::json json = {{"format", viewFormat},
                           {"view", state.view},
                           {"active", state.active},
                           {"rings_km", state.ringsKilometres},
                           {"azimuth_lines", state.azimuthLines}};
    json["dataset"] = nlohmann::json::array();
    for (const auto& path : state.dataset)
        json["dataset"].push_back(bytesToJson(path.string()));
    json["panes"] = nlohmann::json::array();
    for (const PaneState& pane : state.panes)
        json["panes"].push_back(paneToJson(pane));
    if (!state.group.empty())
        json["group"] = state.group;
    if (state.time)
        json["time"] = isoTime(*state.time);
    if (state.layer) {
        json["angle"] = state.layer->angle;
        json["label"] = state.layer->label;
        json["ordinal"] = state.layer->ordinal;
    }
    if (state.camera)
        json["camera"] = *state.camera;
    if (state.camera3d)
        json["camera3d"] = *state.camera3d;
    if (state.cursor)
        json["cursor"] = {state.cursor->x(), state.cursor->y()};
    return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

ViewState viewFromJson(const std::string& content, const std::filesystem::path& file) {
    try {
        const nlohmann::json json = nlohmann::json::parse(content);
        if (const int format = json.value("format", viewFormat); format > viewFormat)
            throw Error(
                text(EMBELLIE_TR("workspace", "this view was written by a newer version of the program")))
                .in(file, "format")
                .expected(text(EMBELLIE_TR("workspace", "format {0}"), viewFormat))
                .found(text(EMBELLIE_TR("workspace", "format {0}"), format))
                .remedy(text(EMBELLIE_TR("workspace", "open it with the newer version")));
        ViewState state;
        state.view = json.value("view", state.view);
        for (const auto& path : json.value("dataset", nlohmann::json::array()))
            if (const auto bytes = optionalBytes(path))
                state.dataset.push_back((file.parent_path() / *bytes).lexically_normal());
        state.group = json.value("group", std::string());
        if (json.contains("time")) {
            state.time = parseTime(json["time"].get<std::string>());
            if (!state.time)
                throw Error(text(EMBELLIE_TR("workspace", "the time can't be read")))
                    .in(file, "time")
                    .expected(text(EMBELLIE_TR("workspace", "a time like 2023-04-20T06:50:41Z")))
                    .found(text(EMBELLIE_TR("workspace", "“{0}”"), json["time"].get<std::string>()));
        }
        if (json.contains("angle"))
            state.layer = LayerMark{json["angle"].get<double>(), json.value("label", std::string()),
                                    json.value("ordinal", std::size_t(0))};
        for (const auto& pane : json.value("panes", nlohmann::json::array()))
            state.panes.push_back(paneFromJson(pane));
        state.active = json.value("active", std::size_t(0));
        if (json.contains("camera"))
            state.camera = json["camera"].get<Camera2D>();
        if (json.contains("camera3d"))
            state.camera3d = json["camera3d"].get<Camera3D>();
        state.ringsKilometres = json.value("rings_km", 0.0);
        state.azimuthLines = json.value("azimuth_lines", true);
        if (json.contains("cursor"))
            state.cursor = QPointF(json["cursor"].at(0).get<double>(), json["cursor"].at(1).get<double>());
        return state;
    } catch (const nlohmann::json::exception& error) {
        throw Error(text(EMBELLIE_TR("workspace", "the view can't be read")))
            .in(file)
            .expected(text(EMBELLIE_TR("workspace", "the JSON of a view, as “Save view…” writes it")))
            .found(text(EMBELLIE_TR("workspace", "{0}"), error.what()));
    }
}

} // namespace embellie
