#include "core/base/file.h"
#include "core/command/command.h"
#include "core/command/json_text.h"
#include "core/command/outputs.h"
#include "core/command/settings_flags.h"
#include "core/days/days.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <array>

namespace embellie {

namespace {

namespace fs = std::filesystem;

struct Words {
    std::vector<std::string> files, gauges;
    std::string output, distance;
    bool all = false, replace = false;
};

using Counts = std::array<std::size_t, 3>; // by DayKind

std::string paragraph(const std::string& title, const Counts& counts) {
    std::string line = title;
    for (const DayKind kind : {DayKind::Dry, DayKind::Wet, DayKind::Unsure}) {
        const std::string count = std::to_string(counts[static_cast<std::size_t>(kind)]);
        line += std::string(count.size() < 6 ? 6 - count.size() : 1, ' ') + count + " " + dayKey(kind);
    }
    return line + "\n";
}

void print(const std::vector<DayVolume>& volumes, bool all, std::ostream& out) {
    std::map<std::string, Counts> days; // "2024-06-15  Avesnes"
    Counts total{};
    for (const DayVolume& day : volumes) {
        const std::string date = timeText(day.volume.time.begin).substr(0, 10);
        ++days[date + "  " + day.volume.radar][static_cast<std::size_t>(day.kind)];
        ++total[static_cast<std::size_t>(day.kind)];
        if (all)
            out << timeText(day.volume.time.begin) << "  " << day.volume.radar << "  " << dayKey(day.kind)
                << ": " << day.reason.english() << '\n';
    }
    for (const auto& [title, counts] : days)
        out << paragraph(title, counts);
    if (days.size() > 1)
        out << paragraph("all", total);
}

nlohmann::json toJson(const std::vector<DayVolume>& volumes) {
    nlohmann::json all = nlohmann::json::array();
    for (const DayVolume& day : volumes) {
        nlohmann::json files = nlohmann::json::array();
        for (const fs::path& file : day.volume.files)
            files.push_back(file.string());
        all.push_back({{"kind", dayKey(day.kind)},
                       {"time", isoTime(day.volume.time.begin)},
                       {"radar", day.volume.radar},
                       {"reason", day.reason.english()},
                       {"files", files}});
    }
    return all;
}

int days(const Words& words, const SettingFlags& flags, CommandContext& context) {
    std::error_code error;
    if (!words.output.empty() && fs::exists(words.output, error) && !words.replace)
        throw Error(text(EMBELLIE_TR("command", "the list is there already, perhaps corrected by hand")))
            .in(words.output)
            .remedy(text(EMBELLIE_TR("command", "name another one, or say --replace")));
    demandNoInput(words.output, words.gauges);
    Settings settings(daySettings());
    mergeSettingFiles(settings, fs::current_path().string());
    flags.apply(settings);
    if (!words.distance.empty()) {
        try {
            settings.setText("days.distance", words.distance);
        } catch (Error& problem) {
            throw problem.wrongUse();
        }
    }
    const auto gauges = readGauges({words.gauges.begin(), words.gauges.end()}, settings, context.feedback);
    const auto volumes = proposeDays(radarVolumes({words.files.begin(), words.files.end()}, context.feedback),
                                     gauges, settings, context.feedback);
    for (const DayVolume& day : volumes)
        for (const fs::path& file : day.volume.files)
            demandNoInput(words.output, {file.string()});
    if (!words.output.empty())
        writeFileAtomically(words.output, daysText(volumes));
    if (context.json)
        context.out << jsonText(nlohmann::json{
                           {"volumes", toJson(volumes)}, {"gauges", gauges.size()}, {"list", words.output}})
                    << '\n';
    else
        print(volumes, words.all, context.out);
    return 0;
}

} // namespace

const Command& command_days() {
    static const Command command{
        "days", EMBELLIE_TR("command", "Tell wet from dry volumes of a radar by the rain gauges around it"),
        [](CLI::App& app) -> std::function<int(CommandContext&)> {
            auto words = std::make_shared<Words>();
            app.add_option("FILE", words->files, "Radar files and folders")->required();
            app.add_option("--gauges", words->gauges,
                           "Station file, CSV or netCDF (docs/rain-gauges.md); may be repeated")
                ->required()
                ->allow_extra_args(false)
                ->type_name("FILE");
            app.add_option("--distance", words->distance, "The same as --days.distance")->type_name("KM");
            app.add_option("--output", words->output,
                           "List of the volumes, to be corrected by hand and given to \"rounds\"")
                ->type_name("LIST");
            app.add_flag("--replace", words->replace, "Even where that list is there already");
            app.add_flag("--all", words->all, "Also each volume with the reason");
            return [words, flags = SettingFlags(app, daySettings())](CommandContext& context) {
                return days(*words, flags, context);
            };
        }};
    return command;
}

} // namespace embellie
