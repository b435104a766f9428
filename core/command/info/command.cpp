#include "core/command/command.h"

#include "core/base/error.h"
#include "core/command/columns.h"
#include "core/command/json_text.h"
#include "core/io/source.h"

#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

using nlohmann::json;

namespace {

std::string shortNumber(const json& number) {
    if (!number.is_number())
        return "–";
    std::string out = numberText(number.get<double>(), 3);
    while (out.ends_with('0'))
        out.pop_back();
    if (out.ends_with('.'))
        out.pop_back();
    return out == "-0" ? "0" : out;
}

std::string shapeText(const json& shape) {
    std::string out;
    for (const json& size : shape)
        out += (out.empty() ? "" : " × ") + std::to_string(size.get<std::size_t>());
    return out;
}

std::string sharesText(const json& counts) {
    double all = 0;
    for (const auto& [state, count] : counts.items())
        all += count.get<double>();
    std::string out;
    for (const auto& [key, words] : {std::pair{"valid", "valid"},
                                     {"noData", "no data"},
                                     {"noEcho", "no echo"},
                                     {"rejected", "rejected"}})
        if (const double count = counts[key].get<double>(); count > 0)
            out += (out.empty() ? "" : ", ") + numberText(100 * count / all, 1) + " % " + words;
    return out;
}

void writeText(std::ostream& out, const json& info) {
    out << info["file"].get<std::string>() << '\n' << "  " << info["format"].get<std::string>();
    if (!info["product"].get<std::string>().empty())
        out << ", " << info["product"].get<std::string>();
    out << ", " << info["title"].get<std::string>() << '\n';
    if (info["time"].is_object()) {
        const std::string begin = info["time"]["begin"], end = info["time"]["end"];
        out << "  time      " << begin << (end == begin ? "" : " to " + end) << '\n';
    }
    if (info.contains("site")) {
        const json& site = info["site"];
        out << "  site      " << site["id"].get<std::string>() << ' ' << site["name"].get<std::string>()
            << "  latitude " << numberText(site["lat"].get<double>()) << "  longitude "
            << numberText(site["lon"].get<double>()) << "  height " << shortNumber(site["height_m"])
            << " m\n";
    }
    if (info.contains("grid")) {
        const json& grid = info["grid"];
        out << "  grid      "
            << (grid["curvilinear"].get<bool>()          ? "latitude and longitude of each cell"
                : grid["crs"].get<std::string>().empty() ? "latitude and longitude"
                                                         : grid["crs"].get<std::string>())
            << '\n';
        for (const json& axis : grid["axes"]) {
            out << "            " << padded(axis["name"], 12)
                << padded(std::to_string(axis["size"].get<std::size_t>()), 6, true) << "  ";
            if (axis.contains("times"))
                out << axis["times"].front().get<std::string>() << " to "
                    << axis["times"].back().get<std::string>() << '\n';
            else
                out << shortNumber(axis.value("first", json())) << " to "
                    << shortNumber(axis.value("last", json())) << ' ' << axis["unit"].get<std::string>()
                    << '\n';
        }
    }
    if (!info["sweeps"].empty())
        out << "  sweep     angle °  rays  gates  first gate m  gate m  row 0 °  begin\n";
    std::size_t number = 0;
    for (const json& sweep : info["sweeps"])
        out << "  " << padded("sweep_" + std::to_string(number++), 10)
            << padded(shortNumber(sweep["elevation_deg"]), 7, true)
            << padded(std::to_string(sweep["rays"].get<std::size_t>()), 6, true)
            << padded(std::to_string(sweep["gates"].get<std::size_t>()), 7, true)
            << padded(shortNumber(sweep["first_gate_m"]), 14, true)
            << padded(shortNumber(sweep["gate_m"]), 8, true)
            << padded(shortNumber(sweep["azimuth_row0_deg"]), 9, true) << "  "
            << (sweep["time"].is_string() ? sweep["time"].get<std::string>() : "–") << '\n';
    std::size_t width = 5;
    for (const json& array : info["arrays"])
        width = std::max(width, shownWidth(array["id"].get<std::string>()));
    out << "  " << padded("array", width) << "  unit        least      most      mean  cells\n";
    for (const json& array : info["arrays"]) {
        if (array.contains("problem")) {
            out << "  " << padded(array["id"], width) << "  " << array["problem"].get<std::string>() << '\n';
            continue;
        }
        out << "  " << padded(array["id"], width) << "  " << padded(array["unit"], 7) << ' '
            << padded(shortNumber(array["min"]), 9, true) << ' ' << padded(shortNumber(array["max"]), 9, true)
            << ' ' << padded(shortNumber(array["mean"]), 9, true) << "  " << shapeText(array["shape"]) << ": "
            << sharesText(array["counts"])
            << (array["ambiguous"].get<bool>() ? " (no data and no echo share one code)" : "") << '\n';
    }
}

std::function<int(CommandContext&)> declare(CLI::App& app) {
    const auto files = std::make_shared<std::vector<std::string>>();
    app.add_option("FILE", *files, "Files to describe")->required();
    return [files](CommandContext& context) {
        json all = json::array();
        bool isComplete = true;
        for (const std::string& file : *files) {
            try {
                const std::unique_ptr<Source> source = openSource(file);
                json info = infoJson(*source, context.feedback);
                if (context.json)
                    all.push_back(std::move(info));
                else
                    writeText(context.out, info);
            } catch (const Error& problem) { // others may be whole
                if (files->size() == 1)
                    throw;
                isComplete = false;
                if (context.json)
                    all.push_back({{"file", file}, {"problem", problem.what()}});
                else
                    context.feedback.message(text(EMBELLIE_TR("command", "{0}"), problem.what()));
            }
        }
        if (context.json)
            context.out << jsonText(all.size() == 1 ? all[0] : json{{"files", all}}, 2) << '\n';
        if (!isComplete)
            throw Error(
                text(EMBELLIE_TR("command", "some files could not be read; their sentences stand above")));
        return 0;
    };
}

} // namespace

const Command& command_info() {
    static const Command command{
        "info",
        EMBELLIE_TR(
            "command",
            "Says what is in files: format, site, times, sweeps or axes, arrays with unit, range and "
            "shares of states; --json gives one object, of several files {\"files\": [...]}, of those that "
            "can't be read with their sentence as \"problem\"."),
        declare};
    return command;
}

} // namespace embellie
