#include "core/base/process.h"

#include "core/base/control_group.h"
#include "core/base/error.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <sched.h>
#include <spawn.h>
#include <sstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

extern char** environ;

namespace embellie {

namespace {

/// The words of a program as the system takes them.
struct Prepared {
    explicit Prepared(const ProcessRequest& request) {
        words.push_back(request.program.string());
        words.insert(words.end(), request.arguments.begin(), request.arguments.end());
        for (char** entry = environ; *entry; ++entry) {
            const std::string line = *entry;
            if (!request.environment.contains(line.substr(0, line.find('='))))
                variables.push_back(line);
        }
        for (const auto& [name, value] : request.environment)
            variables.push_back(name + "=" + value);
        for (std::string& word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);
        for (std::string& variable : variables)
            environment.push_back(variable.data());
        environment.push_back(nullptr);
    }
    std::vector<std::string> words, variables;
    std::vector<char*> arguments, environment;
};

struct Pipe {
    int ends[2] = {-1, -1};
    explicit Pipe(const std::filesystem::path& program) {
        if (::pipe2(ends, O_CLOEXEC) != 0)
            throw systemError(EMBELLIE_TR("process", "the program can't be started"), program, errno);
    }
    ~Pipe() {
        closeEnd(0);
        closeEnd(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    int take(int end) {
        const int taken = ends[end];
        ends[end] = -1;
        return taken;
    }
    void closeEnd(int end) {
        if (ends[end] >= 0)
            ::close(ends[end]);
        ends[end] = -1;
    }
};

/// What a child does before it becomes the program.
class Beginning {
public:
    Beginning() {
        ::posix_spawn_file_actions_init(&m_actions);
        ::posix_spawnattr_init(&m_attributes);
    }
    ~Beginning() {
        ::posix_spawn_file_actions_destroy(&m_actions);
        ::posix_spawnattr_destroy(&m_attributes);
    }
    Beginning(const Beginning&) = delete;
    Beginning& operator=(const Beginning&) = delete;

    void place(int stream, int as) { note(::posix_spawn_file_actions_adddup2(&m_actions, stream, as)); }
    void enter(const std::string& folder) {
        note(::posix_spawn_file_actions_addchdir_np(&m_actions, folder.c_str()));
    }
    /// Files that libraries have opened are none of its business: HDF5 would keep its locks on them.
    void closeOthers() { note(::posix_spawn_file_actions_addclosefrom_np(&m_actions, 3)); }
    void setFlags(bool ownSession) {
        sigset_t ignored; // by us, or by whoever started us
        ::sigemptyset(&ignored);
        ::sigaddset(&ignored, SIGPIPE);
        ::sigaddset(&ignored, SIGCHLD);
        note(::posix_spawnattr_setsigdefault(&m_attributes, &ignored));
        note(::posix_spawnattr_setflags(
            &m_attributes,
            static_cast<short>(POSIX_SPAWN_SETSIGDEF | (ownSession ? POSIX_SPAWN_SETSID : 0))));
    }
    /// @return errno, 0 where it runs
    int run(const Prepared& prepared, pid_t& pid) const {
        return m_problem != 0 ? m_problem
                              : ::posix_spawnp(&pid, prepared.arguments[0], &m_actions, &m_attributes,
                                               prepared.arguments.data(), prepared.environment.data());
    }

private:
    void note(int problem) {
        if (m_problem == 0)
            m_problem = problem;
    }
    posix_spawn_file_actions_t m_actions;
    posix_spawnattr_t m_attributes;
    int m_problem = 0;
};

// Not fork(): that runs what libraries have registered with pthread_atfork, and there PROJ waits in the child
// for a lock that another thread may have held, for ever.
pid_t start(const ProcessRequest& request, int input, int output, int errors) {
    const Prepared prepared(request);
    Beginning beginning;
    beginning.place(input, 0);
    beginning.place(output, 1);
    beginning.place(errors, 2);
    beginning.closeOthers();
    if (!request.workingFolder.empty())
        beginning.enter(request.workingFolder.string());
    beginning.setFlags(request.ownSession);
    pid_t pid = -1;
    if (const int problem = beginning.run(prepared, pid); problem != 0)
        throw systemError(EMBELLIE_TR("process", "the program can't be started"), request.program, problem);
    return pid;
}

int openOrThrow(const std::filesystem::path& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
    if (file < 0)
        throw systemError(EMBELLIE_TR("process", "the log can't be opened"), path, errno);
    return file;
}

} // namespace

pid_t startProcess(const ProcessRequest& request) {
    const int input = openOrThrow("/dev/null", O_RDONLY);
    int output = -1;
    try {
        output = openOrThrow(request.log.empty() ? "/dev/null" : request.log, O_WRONLY | O_CREAT | O_APPEND);
        const pid_t pid = start(request, input, output, output);
        ::close(input);
        ::close(output);
        return pid;
    } catch (...) {
        ::close(input);
        if (output >= 0)
            ::close(output);
        throw;
    }
}

PipedProcess startPipedProcess(const ProcessRequest& request) {
    Pipe input(request.program), output(request.program), errors(request.program);
    PipedProcess process;
    process.pid = start(request, input.ends[0], output.ends[1], errors.ends[1]);
    process.input = input.take(1);
    process.output = output.take(0);
    process.errors = errors.take(0);
    return process;
}

ProcessResult runProcess(const ProcessRequest& request, std::chrono::milliseconds timeout) {
    ProcessRequest own = request;
    own.ownSession = true; // so that a time-out can end its children too
    Pipe output(request.program), errors(request.program);
    const int input = openOrThrow("/dev/null", O_RDONLY);
    pid_t pid;
    try {
        pid = start(own, input, output.ends[1], errors.ends[1]);
    } catch (...) {
        ::close(input);
        throw;
    }
    ::close(input);
    output.closeEnd(1);
    errors.closeEnd(1);

    ProcessResult result;
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    while (output.ends[0] >= 0 || errors.ends[0] >= 0) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            result.timedOut = true;
            ::kill(-pid, SIGKILL);
            break;
        }
        pollfd waits[2] = {{output.ends[0], POLLIN, 0}, {errors.ends[0], POLLIN, 0}};
        if (::poll(waits, 2, static_cast<int>(std::min<long long>(left.count(), 1'000'000))) < 0 &&
            errno != EINTR)
            break;
        for (int i = 0; i < 2; ++i) {
            Pipe& pipe = i == 0 ? output : errors;
            if (pipe.ends[0] < 0 || (waits[i].revents & (POLLIN | POLLHUP | POLLERR)) == 0)
                continue;
            char block[1 << 14];
            const ssize_t count = ::read(pipe.ends[0], block, sizeof block);
            if (count > 0)
                (i == 0 ? result.output : result.errors).append(block, static_cast<std::size_t>(count));
            else if (count == 0 || errno != EINTR)
                pipe.closeEnd(0);
        }
    }
    int status = 0;
    pid_t ended = 0;
    do
        ended = ::waitpid(pid, &status, 0);
    while (ended < 0 && errno == EINTR);
    // Where children that end are ignored nobody knows how this one did.
    result.status = ended < 0 ? 255 : WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

// Fields of /proc/PID/stat after the name, which may hold spaces and parentheses.
static std::vector<std::string> statFields(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    if (!std::getline(file, line) || line.rfind(')') == std::string::npos)
        return {};
    std::istringstream rest(line.substr(line.rfind(')') + 1));
    std::vector<std::string> fields;
    for (std::string field; rest >> field;)
        fields.push_back(field);
    return fields;
}

bool processIsAlive(pid_t pid) {
    const auto fields = pid > 0 ? statFields(pid) : std::vector<std::string>{};
    return !fields.empty() && fields[0] != "Z" && fields[0] != "X";
}

unsigned long long processStartTicks(pid_t pid) {
    const auto fields = pid > 0 ? statFields(pid) : std::vector<std::string>{};
    return fields.size() > 19 ? std::strtoull(fields[19].c_str(), nullptr, 10) : 0;
}

std::string hostName() {
    char name[256] = {};
    return ::gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

int usableProcessors() {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    int bound = 0;
    if (::sched_getaffinity(0, sizeof allowed, &allowed) == 0)
        bound = CPU_COUNT(&allowed);
    if (bound == 0)
        bound = static_cast<int>(std::thread::hardware_concurrency()); // more than the set can name
    const double quota = groupLimits().processors.value_or(bound);
    return std::max(1, std::min(bound, static_cast<int>(std::ceil(quota))));
}

} // namespace embellie
