#include "core/base/file.h"
#include "core/command/command.h"
#include "core/command/json_text.h"
#include "core/command/predict/method.h"
#include "core/command/predict/model.h"
#include "core/command/predict/served_run.h"
#include "core/command/predict/watch.h"
#include "core/command/settings_flags.h"
#include "core/launch/ensemble.h"
#include "core/launch/launch.h"
#include "core/launch/predict.h"
#include "core/launch/relay_launch.h"
#include "core/method/method.h"
#include "core/run/mirror_link.h"
#include "core/run/predict_settings.h"
#include "core/run/shipped_model.h"

#include <algorithm>
#include <csignal>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

namespace {

namespace fs = std::filesystem;

struct Words {
    std::string run, model, method, input, output, watch, memberFolder;
    double every = 1;
    std::vector<std::string> files, context, runs;
    std::vector<std::string> members;             ///< absolute: those that predict together with the run
    std::map<std::string, std::string> resources; ///< of a job
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

/// Where the run executes: here, by a job, or behind ssh where the run is a mirror.
PredictionState predictThere(const fs::path& run, const PredictionRequest& request,
                             const Resources& resources, CommandContext& context) {
    if (const auto link = readMirrorLink(run); link && !link->run.empty()) {
        Lines lines;
        return predictFar(run, siteOf(link->site), request, lines, context.feedback, resources);
    }
    return waitForPrediction(startPrediction(run, request, {resources, false}), context.feedback);
}

/// On this machine, with the weights that are here: a queue is no place to wait for files.
int watchWithRun(const Words& words, const SettingFlags& flags, CommandContext& context) {
    const RunPaths paths{words.run};
    PredictionRequest request;
    request.settings = changedSettings(words.run, flags);
    checkMembers(words.run, words.members);
    std::error_code ignored;
    if (!fs::exists(paths.weights(), ignored))
        throw Error(text(EMBELLIE_TR("command", "the run has no weights here")))
            .in(words.run)
            .remedy(readMirrorLink(words.run)
                        ? text(EMBELLIE_TR("command", "bring them first: embellie-cli fetch {0}"), words.run)
                        : text(EMBELLIE_TR("command", "wait for its first epoch")));
    std::signal(SIGPIPE, SIG_IGN); // a predictor that died is told as that
    request.members = words.members;
    request.input = words.input;
    ServedRun run(words.run, withPredictSettings(words.run, std::move(request)), context.err);
    return watchFolder(
        {words.watch, words.output, words.every},
        [&](const fs::path& file, const fs::path& result) { run.clean(file, result, context.feedback); },
        context);
}

/// What --run, --model, --method and FILE, --watch make of each other. @throws Error
void demandSense(const Words& words) {
    const bool hasRun = !words.runs.empty() || !words.memberFolder.empty();
    if (int(hasRun) + int(!words.model.empty()) + int(!words.method.empty()) > 1)
        throw Error(text(EMBELLIE_TR("command", "a run predicts, or a model, or a method")))
            .expected(
                text(EMBELLIE_TR("command", "at most one of --run RUN, --model FILE and --method METHOD")))
            .wrongUse();
    if (words.files.empty() == words.watch.empty())
        throw Error(text(EMBELLIE_TR("command", "there is nothing to be predicted")))
            .expected(text(EMBELLIE_TR("command", "either files, or a folder with --watch")))
            .wrongUse();
    if (words.method.empty() && !words.context.empty())
        throw Error(text(EMBELLIE_TR("command", "a run looks at no context"))).wrongUse();
}

/// What cleans echoes where nothing else is named.
fs::path runOfShippedModel() {
    const std::optional<fs::path> model = shippedModel("denoise");
    if (!model)
        throw Error(text(EMBELLIE_TR("command", "no model came with the program")))
            .in(resourceFolder() / "models")
            .expected(text(EMBELLIE_TR("command", "one of --run RUN, --model FILE and --method METHOD")))
            .wrongUse();
    return usableRun(*model);
}

/// The run that predicts, and those that do so with it, from --run and --members.
void takeRuns(Words& words) {
    std::error_code ignored;
    for (const std::string& run : words.runs) {
        const bool isShipped = run == "shipped" && !fs::exists(run, ignored);
        words.members.push_back(
            fs::absolute(isShipped ? runOfShippedModel() : usableRun(run)).lexically_normal().string());
    }
    if (!words.memberFolder.empty())
        for (const fs::path& run : membersIn(words.memberFolder))
            if (std::find(words.members.begin(), words.members.end(), run) == words.members.end())
                words.members.push_back(run.string());
    words.run = words.members.front();
    words.members.erase(words.members.begin());
}

int predict(Words words, const SettingFlags& flags, CommandContext& context) {
    demandSense(words);
    if (!words.method.empty()) {
        const MethodWords method{words.method, words.input, words.output, words.files, words.context};
        return words.watch.empty()
                   ? predictByMethod(method, flags, context)
                   : watchByMethod(method, {words.watch, words.output, words.every}, flags, context);
    }
    if (!words.model.empty())
        words.run = runOfModel(words.model, context.feedback).string();
    else if (words.runs.empty() && words.memberFolder.empty())
        words.run = runOfShippedModel().string();
    else
        takeRuns(words);
    if (!words.watch.empty())
        return watchWithRun(words, flags, context);
    PredictionRequest request;
    for (const std::string& file : words.files)
        request.files.push_back(siteOfPath(file) ? file : fs::absolute(file).lexically_normal().string());
    request.output = fs::absolute(words.output).lexically_normal().string();
    request.input = words.input;
    request.settings = changedSettings(words.run, flags);
    request.members = words.members;
    const PredictionState ended = predictThere(words.run, request, resourcesFrom(words.resources), context);

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
        context.out << jsonText(nlohmann::json{{"results", results}}) << '\n';
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
            app.add_option("--run", words->runs,
                           "The run's folder, or shipped: the model that comes with the program, which "
                           "predicts where none is named; given several times, they predict together: the "
                           "mean of their probabilities, with its spread as a field of uncertainty, by the "
                           "settings (threshold) of the first")
                ->allow_extra_args(false);
            app.add_option("--members", words->memberFolder,
                           "A folder whose runs all predict together: a sweep's; --run names the first of "
                           "them, if it "
                           "shall not be the first by name")
                ->type_name("FOLDER");
            std::string names;
            for (const MethodInfo* method : methods())
                names += (names.empty() ? "" : ", ") + method->id;
            app.add_option("--method", words->method,
                           "Instead of a run, a method without learning: " + names);
            app.add_option(
                   "--context", words->context,
                   "File or folder with other times and moments of the radar, for methods; may be repeated")
                ->allow_extra_args(false);
            app.add_option(
                "--model", words->model,
                "Instead of a run, a TorchScript model of somebody else: the TOML that describes it "
                "(docs/foreign-models.md)");
            app.add_option("FILE", words->files, "Files to be predicted");
            app.add_option(
                "--watch", words->watch,
                "Instead of FILE, a folder: what arrives in it is predicted on this machine, until "
                "interrupted");
            app.add_option("--every", words->every, "Seconds between two looks at that folder [1]")
                ->check(CLI::Range(0.05, 3600.0));
            app.add_option("--output", words->output, "Folder of the result files")->required();
            app.add_option("--input", words->input,
                           "Array that serves as input, where the task's own choice is not wanted");
            for (const auto& [flag, key, type, help] :
                 {std::tuple{"--time", "time", "T",
                             "Wall time: 90 (minutes), 2:00:00 [half an hour and a minute a file]"},
                  {"--partition", "partition", "NAME", "Queue [the run's]"},
                  {"--gpus", "gpus", "N", "0 or 1 [1 where the run had any]"},
                  {"--cpus", "cpus", "N", "Cores [the run's]"},
                  {"--memory-mb", "memory_mb", "N", "Memory [the run's]"}})
                app.add_option_function<std::string>(
                       flag, [words, key = key](const std::string& value) { words->resources[key] = value; },
                       help)
                    ->type_name(type)
                    ->group("Of the job, for a run of a Slurm site");
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
