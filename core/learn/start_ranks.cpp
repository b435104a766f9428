#include "core/learn/start_ranks.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/process.h"
#include "core/learn/run_setup.h"
#include "core/learn/trainer.h"

#include <cerrno>
#include <csignal>
#include <map>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

extern char** environ;

namespace embellie {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

/// It writes where we write, and is ended by the kernel when we are.
pid_t startRank(const fs::path& run, const std::map<std::string, std::string>& own) {
    // Not /proc/self/exe: a bundle runs us by a loader of its own.
    std::vector<std::string> words{(programFolder() / "embellie-learn").string(), "train", run.string()},
        variables;
    for (char** entry = environ; *entry; ++entry) {
        const std::string line = *entry;
        if (!own.contains(line.substr(0, line.find('='))))
            variables.push_back(line);
    }
    for (const auto& [name, value] : own)
        variables.push_back(name + "=" + value);
    std::vector<char*> arguments, environment;
    for (std::string& word : words)
        arguments.push_back(word.data());
    for (std::string& variable : variables)
        environment.push_back(variable.data());
    arguments.push_back(nullptr);
    environment.push_back(nullptr);
    // Signals wait until the child can hear them (catchStopSignals).
    sigset_t all, before;
    ::sigfillset(&all);
    ::sigprocmask(SIG_BLOCK, &all, &before);
    const pid_t parent = ::getpid(), pid = ::fork();
    if (pid != 0)
        ::sigprocmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0)
        throw systemError(EMBELLIE_TR("learn", "the process can't be started"), run, errno);
    if (pid > 0)
        return pid;
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() == parent)
        ::execve(arguments[0], arguments.data(), environment.data());
    ::_exit(127);
}

/// Waits for all. @return exit statuses by rank, 128 + signal where one was ended by it
std::vector<int> watch(std::map<pid_t, int> alive, std::chrono::milliseconds timeout) {
    std::vector<int> ends(alive.size(), 1); // of what can't be waited for
    const auto tell = [&](int signal) {
        for (const auto& [pid, rank] : alive)
            ::kill(pid, signal);
    };
    int told = 0;
    std::optional<Clock::time_point> deadline;
    while (!alive.empty()) {
        if (const int signal = stopSignal; signal != told)
            tell(told = signal);
        int status = 0;
        const pid_t pid = ::waitpid(-1, &status, WNOHANG);
        if (const auto child = alive.find(pid); pid > 0 && child != alive.end()) {
            const int rank = child->second;
            ends[static_cast<std::size_t>(rank)] =
                WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            alive.erase(child);
            if (!deadline)
                deadline = Clock::now() + timeout + std::chrono::seconds(3);
            if (rank == 0 && ends[0] == 1)
                tell(SIGTERM); // it has said why; the others have nothing to write
            continue;
        }
        if (pid < 0 && errno == ECHILD)
            break;
        if (deadline && Clock::now() > *deadline)
            tell(SIGKILL);
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return ends;
}

} // namespace

int startRanks(const fs::path& run, int count, std::chrono::milliseconds timeout) {
    for (int turn = 1;; ++turn) {
        const std::string meeting = "here-" + std::to_string(::getpid()) + "-" +
                                    std::to_string(processStartTicks(::getpid())) + "-" +
                                    std::to_string(turn);
        std::map<pid_t, int> children;
        try {
            for (int rank = 0; rank < count; ++rank)
                children[startRank(run, {{"EMBELLIE_RANK", std::to_string(rank)},
                                         {"EMBELLIE_RANKS", std::to_string(count)},
                                         {"EMBELLIE_MEETING", meeting}})] = rank;
        } catch (...) {
            for (const auto& [pid, rank] : children)
                ::kill(pid, SIGKILL);
            watch(children, timeout);
            throw;
        }
        const std::vector<int> ends = watch(children, timeout);
        const auto any = [&](int status) {
            return std::find(ends.begin(), ends.end(), status) != ends.end();
        };
        if (any(BeginAgain) && stopSignal == 0)
            continue; // memory.json has doubled the parts: it ends at one sample a part
        if (ends[0] == 0 || ends[0] == 1)
            return ends[0];
        return any(ContinueMe) || any(BeginAgain) ? ContinueMe : 1;
    }
}

} // namespace embellie
