#include "core/base/process.h"
#include "core/command/command.h"
#include "core/command/predict/method.h"
#include "core/command/settings_flags.h"
#include "core/launch/launch.h"
#include "core/launch/relay_launch.h"
#include "core/method/method.h"
#include "core/run/mirror_link.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <csignal>
#include <thread>

namespace embellie {

namespace {

namespace fs = std::filesystem;

struct Words {
    std::string run, method, input, output;
    std::vector<std::string> files, context;
};

/// Settings of the run's task that were given anew, as text.
std::map<std::string, std::string> changedSettings(const fs::path& run, const SettingFlags& flags) {
    Settings settings(taskOf(readRunRequest(run).task).settings);
    flags.apply(settings);
    std::map<std::string, std::string> changed;
    for (const Setting& setting : settings.table().all())
        if (!settings.isDefault(setting.key))
            changed[setting.key] = settingText(settings.value(setting.key));
    return changed;
}

PredictionState waitFor(const PredictionStarted& started, CommandContext& context) {
    const auto begun = std::chrono::steady_clock::now();
    while (true) {
        const std::optional<PredictionState> state = readPredictionState(started.folder);
        if (state) {
            context.feedback.progress(state->done, state->total);
            if (state->phase == RunPhase::Finished || state->phase == RunPhase::Failed ||
                state->phase == RunPhase::Cancelled)
                return *state;
        }
        const bool silent = !state && !processIsAlive(started.pid) &&
                            std::chrono::steady_clock::now() - begun > std::chrono::seconds(2);
        if ((state && isLost(*state)) || silent)
            throw Error(text(EMBELLIE_TR("command", "the predictor died without a word")))
                .in(started.folder)
                .remedy(text(EMBELLIE_TR("command", "log.txt of the run says more")));
        if (context.feedback.isCancelled()) {
            ::kill(started.pid, SIGTERM);
            throw Cancelled();
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

/// Where the run executes: here, or behind ssh where the run is a mirror.
PredictionState predictThere(const fs::path& run, const PredictionRequest& request, CommandContext& context) {
    if (const auto link = readMirrorLink(run); link && !link->run.empty()) {
        Lines lines;
        return predictFar(run, siteOf(link->site), request, lines, context.feedback);
    }
    return waitFor(startPrediction(run, request), context);
}

int predict(const Words& words, const SettingFlags& flags, CommandContext& context) {
    if (words.run.empty() == words.method.empty())
        throw Error(text(EMBELLIE_TR("command", "a run predicts, or a method")))
            .expected(text(EMBELLIE_TR("command", "one of --run RUN and --method METHOD")))
            .wrongUse();
    if (!words.method.empty())
        return predictByMethod({words.method, words.input, words.output, words.files, words.context}, flags,
                               context);
    if (!words.context.empty())
        throw Error(text(EMBELLIE_TR("command", "a run looks at no context"))).wrongUse();
    PredictionRequest request;
    for (const std::string& file : words.files)
        request.files.push_back(siteOfPath(file) ? file : fs::absolute(file).lexically_normal().string());
    request.output = fs::absolute(words.output).lexically_normal().string();
    request.input = words.input;
    request.settings = changedSettings(words.run, flags);
    const PredictionState ended = predictThere(words.run, request, context);

    nlohmann::json results = nlohmann::json::array();
    bool complete = true;
    for (const PredictionState::Result& result : ended.results) {
        complete &= result.problem.empty();
        if (context.json)
            results.push_back(
                {{"input", result.input}, {"output", result.output}, {"problem", result.problem}});
        else
            context.out << (result.problem.empty() ? result.output : result.problem) << '\n';
    }
    if (context.json)
        context.out << nlohmann::json{{"results", results}}.dump() << '\n';
    if (ended.phase != RunPhase::Finished)
        throw Error(text(EMBELLIE_TR("command", "the prediction failed: {0}"), ended.reason)).in(words.run);
    if (!complete)
        throw Error(
            text(EMBELLIE_TR("command", "some files could not be predicted; their sentences stand above")));
    return 0;
}

} // namespace

const Command& command_predict() {
    static const Command command{
        "predict",
        EMBELLIE_TR("command",
                    "Apply a run's best weights, or a method that needs none, to files; results have the "
                    "family of their input"),
        [](CLI::App& app) {
            auto words = std::make_shared<Words>();
            app.add_option("--run", words->run, "The run's folder");
            std::string names;
            for (const MethodInfo* method : methods())
                names += (names.empty() ? "" : ", ") + method->id;
            app.add_option("--method", words->method,
                           "Instead of a run, a method without learning: " + names);
            app.add_option(
                   "--context", words->context,
                   "File or folder with other times and moments of the radar, for methods; may be repeated")
                ->allow_extra_args(false);
            app.add_option("FILE", words->files, "Files to be predicted")->required();
            app.add_option("--output", words->output, "Folder of the result files")->required();
            app.add_option("--input", words->input,
                           "Array that serves as input, where the task's own choice is not wanted");
            SettingTable all;
            for (const TaskInfo* task : tasks())
                all.add(task->settings);
            all.add(methodSettings());
            return [words, flags = SettingFlags(app, all)](CommandContext& context) {
                return predict(*words, flags, context);
            };
        }};
    return command;
}

} // namespace embellie
