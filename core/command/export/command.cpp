#include "core/command/command.h"
#include "core/command/json_text.h"
#include "core/command/learner.h"
#include "core/run/mirror_link.h"
#include "core/run/run_directory.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

namespace {

namespace fs = std::filesystem;

struct Words {
    std::string run, to, output;
};

int exportTo(const Words& words, CommandContext& context) {
    readRunRequest(words.run);
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
    std::error_code ignored;
    if (!fs::exists(paths.weights(), ignored) && readMirrorLink(paths.run))
        throw Error(text(EMBELLIE_TR("command", "the weights of this run are on another machine")))
            .in(paths.run)
            .remedy(text(EMBELLIE_TR("command", "bring them here first: embellie-cli fetch {0}"), words.run));
    runLearner({"export", fs::absolute(paths.run).lexically_normal().string(), output.string()});
    const fs::path description = fs::path(output).replace_extension(".toml");
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
