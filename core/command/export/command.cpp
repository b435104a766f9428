#include "core/command/command.h"
#include "core/command/json_text.h"
#include "core/command/learner.h"
#include "core/command/outputs.h"
#include "core/run/mirror_link.h"
#include "core/run/run_directory.h"
#include "core/task/task.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

namespace {

namespace fs = std::filesystem;

struct Words {
    std::string run, to, output;
};

/// Files of the two endings that the run lives on: its request, and the models that its settings name.
std::vector<std::string> readBy(const RunPaths& paths, const RunRequest& request) {
    std::vector<std::string> files{paths.request().string(), (paths.run / "model").string()};
    Settings settings(settingsOf(taskOf(request.task), networkOf(request.network)));
    settings.mergeToml(request.settings, paths.request().string());
    for (const Setting& setting : settings.table().all())
        if (setting.type == Setting::Type::Path)
            files.push_back(settings.string(setting.key));
    return files;
}

int exportTo(const Words& words, CommandContext& context) {
    const RunRequest request = readRunRequest(words.run);
    const RunPaths paths{words.run};
    if (words.to != "torchscript")
        throw Error(text(EMBELLIE_TR("command", "nothing is exported to \"{0}\""), words.to))
            .expected(text(EMBELLIE_TR("command", "torchscript")))
            .wrongUse();
    const fs::path output =
        fs::absolute(words.output.empty() ? paths.run / "model.pt" : fs::path(words.output))
            .lexically_normal();
    if (output.extension() != ".pt")
        throw Error(text(EMBELLIE_TR("command", "a TorchScript file ends with .pt"))).in(output).wrongUse();
    const fs::path description = fs::path(output).replace_extension(".toml");
    for (const fs::path& one : {output, description})
        demandNoInput(one, readBy(paths, request));
    std::error_code ignored;
    if (!fs::exists(paths.weights(), ignored) && readMirrorLink(paths.run))
        throw Error(text(EMBELLIE_TR("command", "the weights of this run are on another machine")))
            .in(paths.run)
            .remedy(text(EMBELLIE_TR("command", "bring them here first: embellie-cli fetch {0}"), words.run));
    runLearner({"export", fs::absolute(paths.run).lexically_normal().string(), output.string()});
    if (context.json)
        context.out << jsonText(
                           nlohmann::json{{"model", output.string()}, {"description", description.string()}})
                    << '\n';
    else
        context.out << output.string() << '\n' << description.string() << '\n';
    return 0;
}

} // namespace

const Command& command_export() {
    static const Command command{
        "export",
        EMBELLIE_TR("command", "Write a run's network and weights for programs that do not know Embellie"),
        [](CLI::App& app) {
            auto words = std::make_shared<Words>();
            app.add_option("--run", words->run, "The run's folder")->required();
            app.add_option("--to", words->to, "Form: torchscript (Python's torch.jit.load)")->required();
            app.add_option("--output", words->output,
                           "File to be written, with a description beside it [RUN/model.pt]");
            return [words](CommandContext& context) { return exportTo(*words, context); };
        }};
    return command;
}

} // namespace embellie
