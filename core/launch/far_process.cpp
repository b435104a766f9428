#include "core/launch/far_process.h"

#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace embellie::relay {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

static void closeEnd(int& end) {
    if (end >= 0)
        ::close(end);
    end = -1;
}

FarProcess::FarProcess(const ProcessRequest& request) : m_process(startPipedProcess(request)) {
    for (const int end : {m_process.input, m_process.output, m_process.errors})
        ::fcntl(end, F_SETFL, ::fcntl(end, F_GETFL) | O_NONBLOCK);
}

FarProcess::~FarProcess() {
    closeAll();
    if (!m_reaped) {
        ::kill(m_process.pid, SIGKILL);
        ::waitpid(m_process.pid, nullptr, 0);
    }
}

void FarProcess::closeInput() {
    closeEnd(m_process.input);
}

void FarProcess::closeErrors() {
    closeEnd(m_process.errors);
}

std::optional<int> FarProcess::ended(milliseconds patience) {
    const auto until = Clock::now() + patience;
    while (true) {
        int status = 0;
        if (::waitpid(m_process.pid, &status, WNOHANG) == m_process.pid) {
            m_reaped = true;
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        }
        if (Clock::now() >= until)
            return std::nullopt;
        std::this_thread::sleep_for(milliseconds(5));
    }
}

void FarProcess::leave() {
    closeAll();
    m_reaped = true;
}

void FarProcess::closeAll() {
    closeEnd(m_process.input);
    closeEnd(m_process.output);
    closeEnd(m_process.errors);
}

/// The last line that is not empty, as a clause.
static std::string lastLine(const std::string& text) {
    const std::size_t last = text.find_last_not_of(" \r\n.");
    if (last == std::string::npos)
        return {};
    const std::size_t before = text.rfind('\n', last);
    const std::size_t begin = before == std::string::npos ? 0 : before + 1;
    return text.substr(begin, last + 1 - begin);
}

LineEnd endOf(FarProcess& process, const std::string& errors, bool connected, const std::string& label) {
    process.closeInput();
    const std::optional<int> exit = process.ended(milliseconds(1000));
    const std::string last = lastLine(errors);
    const auto says = [&](const char* words) { return errors.find(words) != std::string::npos; };
    if (!connected && ((exit && (*exit == 127 || *exit == 126)) || says("Command not found"))) // of tcsh
        return {Error(text(EMBELLIE_TR("launch", "embellie-cli is not found on {0}"), label))
                    .found(text(EMBELLIE_TR("launch", "{0}"), last))
                    .remedy(text(EMBELLIE_TR(
                        "launch", "install Embellie there and name its folder as \"programs\" of the site"))),
                true};
    if (!connected && (says("Permission denied") || says("Host key verification failed") ||
                       says("Bad configuration option") || says("Too many authentication failures") ||
                       says("account is currently not available") || says("password has expired")))
        return {Error(text(EMBELLIE_TR("launch", "{0} does not let us in: {1}"), label, last))
                    .remedy(text(EMBELLIE_TR(
                        "launch", "log in once by ssh in a terminal, with a key that needs no questions"))),
                true};
    if (!connected && !last.empty())
        return {Error(text(EMBELLIE_TR("launch", "the line to {0} did not open: {1}"), label, last))
                    .remedy(text(EMBELLIE_TR("launch",
                                             "see whether ssh opens it in a terminal; its name comes from "
                                             "\"host\" of the site and ~/.ssh/config"))),
                false};
    if (!connected)
        return {Error(text(EMBELLIE_TR("launch", "the line to {0} did not open"), label)), false};
    if (!last.empty())
        return {Error(text(EMBELLIE_TR("launch", "the line to {0} is lost: {1}"), label, last)), false};
    return {Error(text(EMBELLIE_TR("launch", "the line to {0} is lost"), label)), false};
}

} // namespace embellie::relay
