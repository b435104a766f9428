#include "gui/workspace/view_state.h"

#include "core/base/bytes.h"
#include "core/base/error.h"

#include <nlohmann/json.hpp>

#include <cmath>

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

} // namespace

std::string viewToJson(const ViewState& state) {
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
