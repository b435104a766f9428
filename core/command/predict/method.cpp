#include "core/command/predict/method.h"

#include "core/base/error.h"
#include "core/command/json_text.h"
#include "core/command/outputs.h"
#include "core/io/result_names.h"
#include "core/method/apply.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace embellie {

namespace {

namespace fs = std::filesystem;

MethodRunner runnerOf(const MethodWords& words, const SettingFlags& flags, CommandContext& context) {
    const MethodInfo& method = methodOf(words.method);
    Settings settings(method.settings);
    mergeSettingFiles(settings, fs::current_path().string());
    flags.apply(settings);
    return {method, std::move(settings), words.context, context.feedback};
}

} // namespace

int predictByMethod(const MethodWords& words, const SettingFlags& flags, CommandContext& context) {
    MethodRunner runner = runnerOf(words, flags, context);
    const fs::path output = fs::absolute(words.output).lexically_normal();
    std::error_code error;
    fs::create_directories(output, error);
    if (error)
        throw systemError(EMBELLIE_TR("command", "the folder can't be made"), output, error.value());

    nlohmann::json results = nlohmann::json::array();
    std::vector<std::string> inputs;
    for (const std::string& name : words.files)
        inputs.push_back(fs::absolute(name).lexically_normal().string());
    const std::vector<fs::path> places = resultPaths(output, inputs);
    for (const fs::path& place : places)
        demandNoInput(place, words.context);
    bool complete = true;
    double done = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        context.feedback.throwIfCancelled();
        const std::string &input = inputs[i], result = places[i].string();
        std::string problem;
        try {
            runner.file(input, words.input, result, context.feedback);
        } catch (const Error& found) {
            if (found.isWrongUse()) // no other file would do better
                throw;
            problem = found.what();
            complete = false;
        }
        if (context.json)
            results.push_back({{"input", input},
                               {"output", problem.empty() ? result : std::string()},
                               {"problem", problem}});
        else
            context.out << (problem.empty() ? result : problem) << '\n';
        context.feedback.progress(++done, static_cast<double>(words.files.size()));
    }
    if (context.json)
        context.out << jsonText(nlohmann::json{{"results", results}}) << '\n';
    if (!complete)
        throw Error(
            text(EMBELLIE_TR("command", "some files could not be predicted; their sentences stand above")));
    return 0;
}

int watchByMethod(const MethodWords& words, const WatchWords& watch, const SettingFlags& flags,
                  CommandContext& context) {
    MethodRunner runner = runnerOf(words, flags, context);
    return watchFolder(
        watch,
        [&](const fs::path& file, const fs::path& result) {
            demandNoInput(result, words.context);
            runner.file(file, words.input, result, context.feedback);
        },
        context);
}

} // namespace embellie
