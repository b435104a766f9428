#include "core/command/predict/served_run.h"

#include "core/base/bytes.h"
#include "core/launch/launch.h"

#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

namespace embellie {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto Patience = std::chrono::minutes(10);

ServedRun::~ServedRun() {
    end(false);
}

void ServedRun::start() {
    ProcessRequest request;
    request.program = learnProgram();
    request.arguments = {"serve", fs::absolute(m_run).lexically_normal().string()};
    if (!std::getenv("OMP_WAIT_POLICY"))
        request.environment["OMP_WAIT_POLICY"] = "passive"; // threads that spin cost a busy machine its time
    m_half.clear();
    m_process = startPipedProcess(request);
}

void ServedRun::end(bool atOnce) {
    if (!m_process)
        return;
    ::close(m_process->input); // it ends by itself with that, after the sweep that it works on
    if (atOnce)
        ::kill(m_process->pid, SIGKILL);
    ::close(m_process->output);
    ::close(m_process->errors);
    while (::waitpid(m_process->pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    m_process.reset();
}

bool ServedRun::say(const std::string& line) {
    for (std::size_t done = 0; done < line.size();) {
        const ssize_t count = ::write(m_process->input, line.data() + done, line.size() - done);
        if (count < 0 && errno != EINTR)
            return false;
        done += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    }
    return true;
}

std::optional<std::string> ServedRun::answer(const Feedback& feedback) {
    const auto begun = Clock::now();
    while (true) {
        if (const std::size_t stop = m_half.find('\n'); stop != std::string::npos) {
            const std::string line = m_half.substr(0, stop);
            m_half.erase(0, stop + 1);
            return line;
        }
        if (feedback.isCancelled()) {
            end(true);
            throw Cancelled();
        }
        if (Clock::now() - begun > Patience) {
            end(true);
            throw Error(
                text(EMBELLIE_TR("command", "the predictor said nothing for {0} minutes"), Patience.count()));
        }
        pollfd waits[2] = {{m_process->output, POLLIN, 0}, {m_process->errors, POLLIN, 0}};
        if (::poll(waits, 2, 100) <= 0)
            continue;
        char block[1 << 12];
        if (waits[1].revents != 0)
            if (const ssize_t count = ::read(m_process->errors, block, sizeof block); count > 0)
                m_err.write(block, count).flush();
        if (waits[0].revents == 0)
            continue;
        const ssize_t count = ::read(m_process->output, block, sizeof block);
        if (count > 0)
            m_half.append(block, static_cast<std::size_t>(count));
        else if (count == 0 || errno != EINTR)
            return std::nullopt;
    }
}

void ServedRun::clean(const fs::path& file, const fs::path& output, const Feedback& feedback) {
    nlohmann::json members = nlohmann::json::array();
    for (const std::string& member : m_request.members)
        members.push_back(bytesToJson(member));
    const nlohmann::json request{{"file", bytesToJson(file.string())},
                                 {"output", bytesToJson(output.string())},
                                 {"input", m_request.input},
                                 {"settings", m_request.settings},
                                 {"members", members}};
    const std::string words = request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    // One that has died since the last file, or was killed at this one, is not the file's fault; two in a row
    // are.
    nlohmann::json answered;
    for (int attempt = 0; attempt < 2 && !answered.is_object(); ++attempt) {
        if (!m_process)
            start();
        const std::optional<std::string> line = say(words) ? answer(feedback) : std::nullopt;
        answered = line ? nlohmann::json::parse(*line, nullptr, false) : nlohmann::json();
        if (!answered.is_object())
            end(true);
    }
    if (!answered.is_object())
        throw Error(text(EMBELLIE_TR("command", "the predictor died on this file"))).in(file);
    if (const std::string problem = answered.value("problem", ""); !problem.empty())
        throw Error(text(EMBELLIE_TR("command", "{0}"), problem));
}

} // namespace embellie
