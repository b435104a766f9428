#include "core/launch/ssh_line.h"

#include "core/base/error.h"

#include <cerrno>
#include <cstdlib>
#include <sys/stat.h>
#include <unistd.h>

namespace embellie {

namespace fs = std::filesystem;

// A socket's path may have 107 bytes; ssh names it by 40 digits, and by 17 more characters while it starts.
static constexpr std::size_t LongestSocketFolder = 107 - 40 - 17 - 1;

void checkHost(const std::string& host) {
    bool plain = !host.empty() && host.front() != '-';
    for (const char letter : host)
        plain = plain && static_cast<unsigned char>(letter) > ' ' && letter != 127;
    if (!plain)
        throw Error(text(EMBELLIE_TR("launch", "\"{0}\" is no name of a machine"), host))
            .expected(text(EMBELLIE_TR("launch", "a host of ~/.ssh/config, or user@machine, without spaces")))
            .wrongUse();
}

std::string shellWord(std::string_view word) {
    std::string quoted = "'";
    for (const char letter : word)
        quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return quoted + "'";
}

fs::path controlFolder() {
    const std::string own = "embellie-" + std::to_string(::geteuid());
    fs::path folder = fs::path("/tmp") / own;
    if (const char* runtime = std::getenv("XDG_RUNTIME_DIR"); runtime && *runtime == '/') {
        const fs::path wanted = fs::path(runtime) / "embellie";
        std::error_code ignored;
        // ssh reads "%" and blanks in the path as its own.
        const bool plain = wanted.string().find_first_of("% \t\"'\\") == std::string::npos;
        if (plain && wanted.string().size() <= LongestSocketFolder && fs::is_directory(runtime, ignored))
            folder = wanted;
    }
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        throw systemError(EMBELLIE_TR("launch", "there is no place for the line's socket"), folder, errno);
    struct stat status {};
    if (::lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != ::geteuid() ||
        (status.st_mode & 077) != 0)
        throw Error(text(EMBELLIE_TR("launch", "there is no safe place for the line's socket")))
            .in(folder)
            .expected(text(EMBELLIE_TR("launch", "a folder of your own that nobody else may enter")))
            .remedy(text(EMBELLIE_TR("launch", "remove it, or set XDG_RUNTIME_DIR to a folder of your own")));
    return folder;
}

ProcessRequest sshRelay(const SshLine& line) {
    checkHost(line.host);
    ProcessRequest request;
    request.program = "ssh";
    if (!line.config.empty())
        request.arguments = {"-F", line.config.string()};
    for (const std::string& option : std::initializer_list<std::string>{
             "BatchMode=yes", "ControlMaster=auto", "ControlPath=" + (controlFolder() / "%C").string(),
             "ControlPersist=no", "ServerAliveInterval=5", "ServerAliveCountMax=3", "TCPKeepAlive=yes",
             "ConnectTimeout=15", "LogLevel=ERROR", "RequestTTY=no", "RemoteCommand=none",
             "PermitLocalCommand=no", "ForwardAgent=no", "ForwardX11=no", "ClearAllForwardings=yes"}) {
        request.arguments.push_back("-o");
        request.arguments.push_back(option);
    }
    std::string program = "embellie-cli";
    if (!line.programs.empty()) {
        const std::string path = (line.programs / program).string();
        // The home folder over there is for its shell to name.
        program = path.starts_with("~/") ? "~/" + shellWord(path.substr(2)) : shellWord(path);
    }
    request.arguments.insert(request.arguments.end(),
                             {"--", line.host, "exec " + program + " relay --stdio"});
    request.ownSession = true; // Ctrl-C in a terminal is ours to answer, not the line's end
    return request;
}

} // namespace embellie
