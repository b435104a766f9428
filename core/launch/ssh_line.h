#pragma once

#include "core/base/process.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace embellie {

/// How a far machine is reached: by OpenSSH with the user's own configuration, keys and jump hosts.
struct SshLine {
    std::string host{};             ///< alias of the user's ~/.ssh/config, or user@machine
    std::filesystem::path config{}; ///< another ssh configuration; empty: the user's own
    std::filesystem::path
        programs{}; ///< far folder of embellie-cli ("~/…" too); empty: found by the far PATH
};

/// A host name that ssh would take for an option, or that holds spaces or control characters, is no host.
/// @throws Error
void checkHost(const std::string& host);

/// The `ssh` that opens the line: no questions asked (BatchMode), shared by all programs of this user with
/// this host (ControlMaster), noticed by itself as dead after 15 s. Its remote command is constant: `exec
/// [FOLDER/]embellie-cli relay --stdio`. @throws Error where the host is none, or there is no place for the
/// socket
ProcessRequest sshRelay(const SshLine& line);

/// A folder of mode 0700 for the socket that shares a line, with a path short enough for a socket: in
/// $XDG_RUNTIME_DIR, else below /tmp. @throws Error where it belongs to somebody else
std::filesystem::path controlFolder();

/// One word for a POSIX shell, whatever @p word holds.
std::string shellWord(std::string_view word);

} // namespace embellie
