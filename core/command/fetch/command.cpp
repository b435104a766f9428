#include "core/command/command.h"
#include "core/command/json_text.h"
#include "core/launch/fetch.h"
#include "core/launch/mirror.h"
#include "core/launch/relay_launch.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

namespace {

namespace fs = std::filesystem;

struct Words {
    std::string run, to;
    bool samples = false;
    std::int64_t checkpoint = -1, prediction = -1;
};

int fetch(const Words& words, CommandContext& context) {
    Lines lines;
    fs::path run = words.run;
    if (const auto named = siteOfPath(words.run)) {
        if (words.to.empty())
            throw Error(text(EMBELLIE_TR("command", "a run of {0} needs a folder here"), *named))
                .expected(text(EMBELLIE_TR("command", "--to FOLDER")))
                .wrongUse();
        run = words.to;
        adoptFar(words.run.substr(named->size() + 1), run, siteOf(*named), lines, context.feedback);
    }
    const auto link = readMirrorLink(run);
    if (!link)
        throw Error(text(EMBELLIE_TR("command", "this run is here: there is nothing to bring"))).in(run);
    const auto line = lines.to(siteOf(link->site));
    const RunStatus status = updateMirror(run, *line, context.feedback).status.value_or(RunStatus::Waiting);
    std::vector<fs::path> files;
    const auto bring = [&](RunPart part, std::int64_t number) {
        const auto more = fetchPart(run, part, *line, context.feedback, number);
        files.insert(files.end(), more.begin(), more.end());
    };
    if (words.samples)
        bring(RunPart::Samples, 0);
    if (words.checkpoint >= 0)
        bring(RunPart::Checkpoint, words.checkpoint);
    if (words.prediction >= 0)
        bring(RunPart::Prediction, words.prediction);
    if (!words.samples && words.checkpoint < 0 && words.prediction < 0)
        bring(RunPart::Weights, 0);
    if (context.json) {
        nlohmann::json list = nlohmann::json::array();
        for (const fs::path& file : files)
            list.push_back(file.string());
        context.out << jsonText(nlohmann::json{
                           {"run", run.string()}, {"status", statusKey(status)}, {"files", list}})
                    << '\n';
    } else {
        for (const fs::path& file : files)
            context.out << file.string() << '\n';
    }
    return 0;
}

} // namespace

const Command& command_fetch() {
    static const Command command{
        "fetch", EMBELLIE_TR("command", "Bring a distant run's weights, samples or results to this machine"),
        [](CLI::App& app) {
            auto words = std::make_shared<Words>();
            app.add_option("RUN", words->run, "The run's folder here, or SITE:/folder over there")
                ->required();
            app.add_option("--to", words->to, "With SITE:/folder: the new folder here that mirrors it");
            app.add_flag("--samples", words->samples, "Samples of the validation, instead of the weights");
            app.add_option("--checkpoint", words->checkpoint, "That checkpoint, instead of the weights");
            app.add_option("--prediction", words->prediction,
                           "Results of that prediction, instead of the weights");
            return [words](CommandContext& context) { return fetch(*words, context); };
        }};
    return command;
}

} // namespace embellie
