#include "core/command/predict/method.h"

#include "core/base/error.h"
#include "core/method/apply.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <set>

namespace embellie {

namespace {

namespace fs = std::filesystem;

/// Two inputs of one name from two folders must not overwrite each other.
std::string freeName(std::set<std::string>& taken, const fs::path& file) {
    std::string name = file.filename().string();
    for (int i = 2; !taken.insert(name).second; ++i)
        name = file.stem().string() + "_" + std::to_string(i) + file.extension().string();
    return name;
}

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
    std::set<std::string> taken;
    bool complete = true;
    double done = 0;
    for (const std::string& name : words.files) {
        context.feedback.throwIfCancelled();
        const fs::path input = fs::absolute(name).lexically_normal();
        const fs::path result = output / freeName(taken, input);
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
            results.push_back({{"input", input.string()},
                               {"output", problem.empty() ? result.string() : std::string()},
                               {"problem", problem}});
        else
            context.out << (problem.empty() ? result.string() : problem) << '\n';
        context.feedback.progress(++done, static_cast<double>(words.files.size()));
    }
    if (context.json)
        context.out << nlohmann::json{{"results", results}}.dump() << '\n';
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
            runner.file(file, words.input, result, context.feedback);
        },
        context);
}

} // namespace embellie
