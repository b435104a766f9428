#include "core/run/worker.h"

#include "core/base/file.h"
#include "core/base/process.h"
#include "core/run/run_json.h"

#include <unistd.h>

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;

static fs::path workerFile(const fs::path& run) {
    return RunPaths{run}.predictions() / "worker.json";
}

std::optional<pid_t> liveWorker(const fs::path& run) {
    std::error_code ignored;
    if (!fs::exists(workerFile(run), ignored))
        return std::nullopt;
    json words;
    try {
        words = json::parse(readFile(workerFile(run)), nullptr, false);
    } catch (const Error&) {
        return std::nullopt; // it has just gone
    }
    if (!words.is_object())
        return std::nullopt;
    const auto pid = detail::valueOr<pid_t>(words, "pid", 0);
    const bool lives =
        detail::valueOr<std::string>(words, "host", "") == hostName() &&
        detail::processIsThere(hostName(), pid, detail::valueOr<unsigned long long>(words, "start_ticks", 0));
    return lives ? std::optional(pid) : std::nullopt;
}

WorkerWord::WorkerWord(fs::path run) : m_file(workerFile(run)) {
    m_word = json{{"format", RunFormat},
                  {"host", hostName()},
                  {"pid", ::getpid()},
                  {"start_ticks", processStartTicks(::getpid())}}
                 .dump() +
             "\n";
    writeFileAtomically(m_file, m_word);
}

WorkerWord::~WorkerWord() {
    try {
        std::error_code ignored;
        if (readFile(m_file) == m_word)
            fs::remove(m_file, ignored);
    } catch (const Error&) {
        // It is gone already.
    }
}

} // namespace embellie
