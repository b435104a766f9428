#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

namespace embellie {

/// How a program is started: an argument list, never a shell string.
struct ProcessRequest {
    std::filesystem::path program{};
    std::vector<std::string> arguments{};
    std::map<std::string, std::string> environment{}; ///< added to ours
    std::filesystem::path workingFolder{};            ///< ours where empty
    std::filesystem::path log{}; ///< stdout and stderr are appended to it; /dev/null where empty
    bool ownSession = true;      ///< outlives terminal, window and link
};

/// Starts it and does not wait. @return its pid @throws Error where it can't be started
pid_t startProcess(const ProcessRequest& request);

/// A running program and our ends of its three streams; they are the caller's to close, as is the wait for
/// it.
struct PipedProcess {
    pid_t pid = 0;
    int input = -1, output = -1, errors = -1; ///< written to; read from
};

/// Starts it with pipes and does not wait; request.log is not used. @throws Error
PipedProcess startPipedProcess(const ProcessRequest& request);

struct ProcessResult {
    int status = 0; ///< exit status; 128 + signal where a signal ended it
    std::string output, errors;
    bool timedOut = false; ///< it was killed
};

/// Starts it, waits, and captures both streams; request.log and ownSession are not used. @throws Error
ProcessResult runProcess(const ProcessRequest& request,
                         std::chrono::milliseconds timeout = std::chrono::minutes(10));

/// A process of this number exists (a zombie does not count).
bool processIsAlive(pid_t pid);

/// When that process was started, in clock ticks since boot: with the pid it names a process for certain.
/// 0 where there is none.
unsigned long long processStartTicks(pid_t pid);

std::string hostName();

/// Processors that this process may use: those that a scheduler gave it, where it bound it to some.
int usableProcessors();

} // namespace embellie
