#include "core/base/file.h"
#include "core/command/command.h"
#include "core/command/json_text.h"
#include "core/command/settings_flags.h"
#include "core/simulate/gauges.h"
#include "core/task/scene_files.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

namespace {

struct SimulateOptions {
    std::string output;
    std::string seed;
    std::string gauges;
    std::string raw;
};

int simulate(const SimulateOptions& options, const SettingFlags& flags, CommandContext& context) {
    Settings settings(sceneSettings());
    mergeSettingFiles(settings, std::filesystem::current_path().string());
    flags.apply(settings);
    if (!options.seed.empty()) {
        try {
            settings.setText("sim.seed", options.seed);
        } catch (Error& error) {
            throw error.wrongUse();
        }
    }
    const SimulatedScene scene(settings);
    const auto files = writeSceneFiles(scene, options.output, context.feedback, options.raw);
    if (!options.gauges.empty())
        writeFileAtomically(options.gauges, gaugesCsv(*scene.gauges(context.feedback)));
    if (context.json) {
        nlohmann::json names = nlohmann::json::array();
        for (const auto& file : files)
            names.push_back(file.string());
        context.out << jsonText(nlohmann::json{{"files", names},
                                               {"site", scene.site().id},
                                               {"sweeps", scene.sweeps()},
                                               {"gauges", options.gauges},
                                               {"settings", scene.settings().toJson()}})
                    << '\n';
    } else {
        for (const auto& file : files)
            context.out << file.string() << '\n';
    }
    return 0;
}

} // namespace

const Command& command_simulate() {
    static const Command command{
        "simulate",
        EMBELLIE_TR("command", "Makes radar volumes with a known truth: rain, and all that is not rain"),
        [](CLI::App& app) -> std::function<int(CommandContext&)> {
            auto options = std::make_shared<SimulateOptions>();
            app.add_option("--output", options->output, "Folder for the ODIM_H5 files, one for each time")
                ->required()
                ->type_name("DIR");
            app.add_option("--seed", options->seed, "The same as --sim.seed")->type_name("N");
            app.add_option("--gauges", options->gauges,
                           "Also the rain gauges' readings (--sim.gauges of them), as CSV")
                ->type_name("FILE");
            app.add_option("--raw", options->raw,
                           "Also the same volumes without the truth, as a radar gives them, in this folder")
                ->type_name("DIR");
            return [options, flags = SettingFlags(app, sceneSettings())](CommandContext& context) {
                return simulate(*options, flags, context);
            };
        }};
    return command;
}

} // namespace embellie
