#pragma once

#include "core/base/file.h"
#include "core/launch/relay_client.h"
#include "core/launch/relay_server.h"

#include <csignal>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

namespace embellie::test {

/// The test program serves as the far side when called with --relay.
inline bool servedAsRelay(int argc, char** argv) {
    if (argc < 2 || std::string(argv[1]) != "--relay")
        return false;
    ::signal(SIGPIPE, SIG_IGN);
    RelayServer(STDIN_FILENO, STDOUT_FILENO).serve();
    return true;
}

inline std::string ownProgram() {
    return std::filesystem::read_symlink("/proc/self/exe").string();
}

/// The far side behind a login shell that does @p before; each start adds its pid to the file @p pids.
inline ProcessRequest relayBehindShell(const std::filesystem::path& pids, const std::string& before = ":") {
    ProcessRequest request;
    request.program = "/bin/sh";
    request.arguments = {"-c", "echo $$ >> \"$1\"; " + before + "; exec \"$0\" --relay", ownProgram(),
                         pids.string()};
    return request;
}

/// Pids of the relays that were started, the last one last.
inline std::vector<pid_t> startedRelays(const std::filesystem::path& pids) {
    std::vector<pid_t> found;
    std::error_code ignored;
    if (!std::filesystem::exists(pids, ignored))
        return found;
    std::string number;
    for (const char letter : readFile(pids)) {
        if (letter == '\n') {
            found.push_back(std::stoi(number));
            number.clear();
        } else {
            number += letter;
        }
    }
    return found;
}

inline RelayTimes quickTimes() {
    using std::chrono::milliseconds;
    return {.ping = milliseconds(100),
            .silent = milliseconds(300),
            .dead = milliseconds(900),
            .opening = milliseconds(10000),
            .firstRetry = milliseconds(50),
            .lastRetry = milliseconds(400)};
}

} // namespace embellie::test
