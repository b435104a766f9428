#include "tests/core/learn/broken_runs.h"

#include <chrono>
#include <csignal>
#include <sstream>
#include <sys/wait.h>
#include <thread>

#include <nlohmann/json.hpp>

namespace embellie::test {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

ProcessRequest roughLearner(const fs::path& run, const Breaking& how) {
    ProcessRequest request = learner("train", run);
    request.log = run / "log.txt";
    request.environment["LD_PRELOAD"] = how.library.string();
    request.environment["EMBELLIE_ROUGH_FOLDER"] = run.string();
    request.environment["EMBELLIE_ROUGH_PAUSE"] = std::to_string(how.microsPause);
    return request;
}

std::int64_t newestCheckpoint(const fs::path& run) {
    const auto known = checkpointsOf(run);
    return known.empty() ? 0 : known.back();
}

/// Something that @p pid left half written, or any process where it is 0.
bool isHalfWritten(const fs::path& folder, const std::string& beginning, pid_t pid) {
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(beginning) && name.ends_with(".part") &&
            (pid == 0 || name.find("." + std::to_string(pid) + ".") != std::string::npos))
            return true;
    }
    return false;
}

/// The last beginning of an attempt in events.jsonl, void or not.
RunEvent lastBeginning(const fs::path& run) {
    RunEvent last;
    last.attempt = 0;
    std::istringstream lines(fs::exists(run / "events.jsonl") ? readFile(run / "events.jsonl") : "");
    for (std::string line; std::getline(lines, line);)
        if (const auto event = parseEvent(line);
            event && (event->kind == "started" || event->kind == "resumed"))
            last = *event;
    return last;
}

} // namespace

double trainedRoughly(const fs::path& run, const Breaking& how) {
    const auto begin = std::chrono::steady_clock::now();
    const ProcessResult result = runProcess(roughLearner(run, how));
    if (result.status != 0)
        throw std::runtime_error("the whole run failed: " + result.errors);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::int64_t bytesOf(const fs::path& run) {
    std::int64_t bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(run))
        if (entry.is_regular_file())
            bytes += static_cast<std::int64_t>(entry.file_size());
    return bytes;
}

void breakUntilDone(const fs::path& run, const Breaking& how, std::mt19937_64& random, Breakages& all) {
    const auto wrong = [&](const std::string& what) {
        if (all.problem.empty())
            all.problem = run.filename().string() + ": " + what;
    };
    int kills = 0;
    ++all.runs;
    for (int attempt = 1; all.problem.empty(); ++attempt) {
        ++all.attempts;
        const std::int64_t known = newestCheckpoint(run);
        const int begun = lastBeginning(run).attempt;
        ProcessRequest request = roughLearner(run, how);
        request.environment["EMBELLIE_ROUGH_CLOCK"] = std::to_string(-86400L * attempt);
        const bool isFull = how.fullEvery > 0 && attempt % how.fullEvery == 0;
        if (isFull)
            request.environment["EMBELLIE_ROUGH_BYTES"] =
                std::to_string(std::uniform_int_distribution<std::int64_t>(0, how.fullBytes)(random));
        const pid_t pid = startProcess(request);
        const bool kills9 = !isFull && kills < how.most;
        int status = 0;
        const auto end =
            std::chrono::steady_clock::now() +
            std::chrono::duration<double>(std::uniform_real_distribution<double>(0, how.seconds)(random));
        while (::waitpid(pid, &status, WNOHANG) != pid) {
            if (kills9 && std::chrono::steady_clock::now() >= end) {
                ::kill(pid, SIGKILL);
                ::waitpid(pid, &status, 0);
                break;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        // Whatever happened, the run can be read, and stands where it stood or further on.
        const RunReader reader = followed(run);
        const std::int64_t reached = newestCheckpoint(run);
        const RunEvent beginning = lastBeginning(run);
        if (reached < known)
            wrong("its newest checkpoint was " + std::to_string(known) + " and is " +
                  std::to_string(reached));
        if (beginning.attempt > begun && beginning.step != known)
            wrong("it had a checkpoint " + std::to_string(known) + " and went on from step " +
                  std::to_string(beginning.step));
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
            if (reader.status() != RunStatus::Finished)
                wrong("it ended well and does not say so");
            break;
        }
        if (WIFEXITED(status)) {
            // A state that could not be written tells nothing but that nobody is at work.
            if (!isFull || WEXITSTATUS(status) != 1)
                wrong("it ended by itself with " + std::to_string(WEXITSTATUS(status)) + ": " +
                      readFile(run / "log.txt"));
            ++all.fullDisks;
            continue;
        }
        if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL) {
            wrong("it was ended by signal " + std::to_string(WTERMSIG(status)) + ": " +
                  readFile(run / "log.txt"));
            break;
        }
        ++kills;
        ++all.kills;
        const auto& state = reader.state();
        const RunStatus judged = reader.status();
        if (state && state->pid == pid && judged != RunStatus::Lost && judged != RunStatus::Finished)
            wrong("it was killed and counts as " + std::string(statusKey(judged)));
        all.beforeStart += beginning.attempt <= begun;
        all.inCheckpoint += isHalfWritten(run / "checkpoints", ".", pid);
        all.inBest += isHalfWritten(run, ".weights.", pid) || isHalfWritten(run, ".card.", pid);
        all.inState += isHalfWritten(run, ".state.", pid);
        if (fs::exists(run / "events.jsonl")) {
            const std::string events = readFile(run / "events.jsonl");
            all.inEvent += !events.empty() && events.back() != '\n';
        }
        if (state && state->pid == pid)
            all.mostLost = std::max(all.mostLost, state->step - reached);
    }
    for (const fs::path& folder : {run, run / "checkpoints"})
        if (isHalfWritten(folder, ".", 0))
            wrong("something half written was left");
}

std::string differences(const fs::path& run, const fs::path& whole) {
    std::string found;
    if (epochLines(run) != epochLines(whole) || epochLines(run).empty())
        found += "losses or scores; ";
    const auto checkpoints = checkpointsOf(run);
    if (checkpoints.empty() || checkpoints != checkpointsOf(whole))
        return found + "the numbers of checkpoints";
    const std::string newest = "checkpoints/" + std::to_string(checkpoints.back());
    for (const std::string& file : {newest + "/weights.safetensors", newest + "/optimizer.safetensors",
                                    std::string("weights.safetensors")})
        if (readFile(run / file) != readFile(whole / file))
            found += file + "; ";
    const auto progress = [&](const fs::path& of) {
        json words = json::parse(readFile(of / newest / "progress.json"));
        words.erase("last_event"); // counts the attempts' own lines
        return words;
    };
    if (progress(run) != progress(whole))
        found += "where the checkpoint stands; ";
    const RunReader a = followed(run), b = followed(whole);
    if (!a.state() || !b.state() || a.state()->bestScores != b.state()->bestScores ||
        a.state()->bestEpoch != b.state()->bestEpoch || a.state()->step != b.state()->step)
        found += "the best scores; ";
    return found;
}

} // namespace embellie::test
