#pragma once

#include "core/learn/task_learn.h"
#include "core/run/run_directory.h"

#include <atomic>
#include <functional>
#include <string>

namespace embellie {

/// What a run directory asks for, looked up.
struct RunSetup {
    RunRequest request;
    const TaskInfo* task = nullptr;
    const NetworkInfo* network = nullptr;
    Settings settings;
};
/// @throws Error
RunSetup readSetup(const std::filesystem::path& run);

/// Threads of the arithmetic by train.threads, or this process's share of the cores where @p processes share
/// them. @return their number
int setThreads(const Settings& settings, int processes = 1);

/// What was thrown says that memory could not be had.
bool isOutOfMemory(std::exception_ptr failure);

/// A sentence for whatever was thrown: LibTorch's own texts are cut to their first line.
std::string sentenceOf(std::exception_ptr failure);

/// Set by SIGTERM, SIGINT and SIGUSR1 once catchStopSignals() was called. SIGXFSZ is ignored, so that a full
/// quota is an error of write().
extern std::atomic<int> stopSignal;
void catchStopSignals();

/// Largest resident memory of this process so far.
std::int64_t peakMemoryBytes();

} // namespace embellie
