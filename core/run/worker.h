#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>

namespace embellie {

/// predictions/worker.json: a predictor of this run that stays warm and takes up new predictions by itself.
/// It says so while it lives, and looks once more after it has taken the word back: whoever makes a
/// prediction first and asks liveWorker() then never waits for nobody. One word a run: of several hosts that
/// share its disk the last one's stands, and the others' predictors are not found.
/// @return its process where it lives on this machine
std::optional<pid_t> liveWorker(const std::filesystem::path& run);

/// The word of this process, while it lives; another one that has taken its place meanwhile stays.
class WorkerWord {
public:
    /// @throws Error
    explicit WorkerWord(std::filesystem::path run);
    ~WorkerWord();
    WorkerWord(const WorkerWord&) = delete;
    WorkerWord& operator=(const WorkerWord&) = delete;

private:
    std::filesystem::path m_file;
    std::string m_word;
};

} // namespace embellie
