#include "core/command/predict/watch.h"

#include "core/base/error.h"
#include "core/command/json_text.h"
#include "core/command/predict/folder_watch.h"

#include <thread>

#include <nlohmann/json.hpp>

namespace embellie {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

namespace {

/// For so long a file must not have changed: copies pause.
constexpr auto Still = milliseconds(2000);
/// While there is something to clean the folder is looked at this often.
constexpr auto Again = milliseconds(2000);

void prepareFolders(const WatchWords& words) {
    std::error_code error;
    if (!fs::is_directory(words.folder, error))
        throw Error(text(EMBELLIE_TR("command", "there is no folder to be watched")))
            .in(words.folder)
            .wrongUse();
    fs::create_directories(words.output, error);
    if (error)
        throw systemError(EMBELLIE_TR("command", "the folder can't be made"), words.output, error.value());
    if (fs::equivalent(words.folder, words.output, error))
        throw Error(
            text(EMBELLIE_TR("command", "results in the folder that is watched would be cleaned again")))
            .in(words.output)
            .remedy(text(EMBELLIE_TR("command", "name another folder with --output")))
            .wrongUse();
}

/// What happened to one file: a line of text or of JSON, at once, since others wait for it.
void tell(const fs::path& file, const fs::path& result, const std::string& problem, CommandContext& context) {
    if (context.json)
        context.out << jsonText(nlohmann::json{{"input", file.string()},
                                               {"output", problem.empty() ? result.string() : std::string()},
                                               {"problem", problem}})
                    << std::endl;
    else if (problem.empty())
        context.out << result.string() << std::endl;
    else
        context.err << problem << std::endl;
}

} // namespace

int watchFolder(const WatchWords& words, const CleanFile& clean, CommandContext& context) {
    prepareFolders(words);
    const fs::path output = fs::absolute(words.output).lexically_normal();
    FolderWatch watch(fs::absolute(words.folder).lexically_normal(), output, Still, Again);
    const auto every = milliseconds(static_cast<long>(1000 * words.everySeconds));
    context.feedback.message(
        text(EMBELLIE_TR("command", "watches {0} until it is interrupted"), words.folder.string()));
    std::string lastProblem;
    while (!context.feedback.isCancelled()) {
        std::optional<fs::path> file;
        try {
            file = watch.next(Clock::now());
            lastProblem.clear();
        } catch (const Error& error) { // a disk that is away comes back
            if (lastProblem != error.what())
                context.err << error.what() << std::endl;
            lastProblem = error.what();
        }
        if (!file) {
            const auto until = Clock::now() + every;
            while (Clock::now() < until && !context.feedback.isCancelled())
                std::this_thread::sleep_for(std::min(every, milliseconds(50)));
            continue;
        }
        watch.handled(*file); // whatever becomes of it
        const fs::path result = output / file->filename();
        std::string problem;
        try {
            clean(*file, result);
        } catch (const Cancelled&) {
            break;
        } catch (const std::exception& error) {
            problem = error.what();
        }
        tell(*file, result, problem, context);
    }
    return 0;
}

} // namespace embellie
