#include "core/launch/relay_client.h"

#include "core/launch/far_process.h"
#include "core/launch/relay_wire.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <map>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace embellie {

using nlohmann::json;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t MostNoise = std::size_t(1) << 20; ///< that a login shell may print before the marker
constexpr std::size_t KeptErrors = 4096;

struct Pending {
    std::string question;
    json arguments;
    RelayClient::Answer answer;
    Clock::time_point deadline;
    milliseconds patience{};
    bool sent = false; ///< on this line
};

} // namespace

struct RelayClient::Inner {
    ProcessRequest far;
    std::string label;
    RelayTimes times;

    mutable std::mutex mutex;
    std::map<std::int64_t, Pending> pending;
    std::int64_t lastId = 0;
    LineStatus status;
    Clock::time_point heard = Clock::now(), retryAt{};
    bool closing = false, retry = false, everConnected = false;
    std::function<void(const LineStatus&)> told;
    int wake = -1;
    std::thread thread;

    // Of the line's thread alone.
    std::string outgoing;
    std::size_t written = 0;
    bool connected = false, atBye = false;

    void wakeUp() const {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t count = ::write(wake, &one, sizeof one);
    }
    void drainWake() const {
        std::uint64_t count;
        while (::read(wake, &count, sizeof count) > 0) {
        }
    }
    bool isClosing() const {
        const std::lock_guard lock(mutex);
        return closing;
    }

    LineStatus statusNow() const { // under the mutex
        LineStatus current = status;
        current.silentSeconds = std::chrono::duration<double>(Clock::now() - heard).count();
        if (current.state == LineState::Waiting)
            current.retrySeconds =
                std::max(0.0, std::chrono::duration<double>(retryAt - Clock::now()).count());
        return current;
    }

    void become(LineState state, std::optional<Error> problem = {}) {
        std::function<void(const LineStatus&)> tell;
        LineStatus current;
        {
            const std::lock_guard lock(mutex);
            if (status.state == state && !problem)
                return;
            status.state = state;
            if (problem)
                status.problem = std::move(problem);
            else if (state == LineState::Connected)
                status.problem.reset();
            tell = told;
            current = statusNow();
        }
        if (tell)
            tell(current);
    }

    /// Answers those that @p chosen picks with @p problem.
    template <class Chosen>
    void fail(const Chosen& chosen, const std::function<Error(const Pending&)>& problem) {
        std::vector<Pending> failed;
        {
            const std::lock_guard lock(mutex);
            for (auto entry = pending.begin(); entry != pending.end();) {
                if (chosen(entry->second)) {
                    failed.push_back(std::move(entry->second));
                    entry = pending.erase(entry);
                } else {
                    ++entry;
                }
            }
        }
        for (const Pending& one : failed) {
            const Error error = problem(one);
            one.answer(nullptr, &error);
        }
    }
    void failExpired() {
        const auto time = Clock::now();
        fail([&](const Pending& one) { return one.deadline <= time; },
             [&](const Pending& one) {
                 Error error(text(EMBELLIE_TR("launch", "no answer from {0} for {1} s"), label,
                                  std::max<long long>(1, one.patience.count() / 1000)));
                 const std::lock_guard lock(mutex);
                 if (status.problem)
                     error.found(text(EMBELLIE_TR("launch", "{0}"), std::string(status.problem->what())));
                 return error;
             });
    }

    void answer(std::string_view line) {
        const json words = json::parse(line, nullptr, false);
        if (!words.is_object() || !words.contains("id") || !words["id"].is_number_integer())
            return; // nothing that we asked for
        if (words.contains("bye")) {
            atBye = true;
            return;
        }
        Pending one;
        {
            const std::lock_guard lock(mutex);
            const auto found = pending.find(words["id"].get<std::int64_t>());
            if (found == pending.end())
                return; // a ping's, or one that waited too long
            one = std::move(found->second);
            pending.erase(found);
        }
        if (words.contains("error")) {
            const Error error = relay::farError(words["error"], label);
            one.answer(nullptr, &error);
        } else {
            const json result = words.contains("is") ? words["is"] : json();
            one.answer(&result, nullptr);
        }
    }

    void askUnsent() {
        const std::lock_guard lock(mutex);
        for (auto& [id, one] : pending) {
            if (one.sent)
                continue;
            one.sent = true;
            outgoing += relay::lineOf({{"id", id}, {"ask", one.question}, {"with", one.arguments}});
        }
    }

    /// @return why the line can't be used, where it is another program or version
    std::optional<Error> greet(std::string_view rest) {
        int protocol = 0;
        const auto [end, problem] = std::from_chars(rest.data(), rest.data() + rest.size(), protocol);
        if (problem != std::errc() || protocol != relay::Protocol)
            return Error(text(EMBELLIE_TR("launch", "{0} has another version of Embellie"), label))
                .expected(text(EMBELLIE_TR("launch", "version {0} of the relay"), relay::Protocol))
                .found(text(EMBELLIE_TR("launch", "version {0}"), protocol))
                .remedy(text(EMBELLIE_TR("launch", "install the same version on both sides")));
        const json words = json::parse(end, rest.data() + rest.size(), nullptr, false);
        const std::lock_guard lock(mutex);
        if (words.is_object()) {
            status.farVersion = words.value("version", "");
            status.farHost = words.value("host", "");
        }
        everConnected = true;
        return std::nullopt;
    }

    /// One line from its opening to its end. Nothing where we closed it.
    std::optional<relay::LineEnd> runLine() {
        std::optional<relay::FarProcess> opened;
        try {
            opened.emplace(far);
        } catch (const Error& error) {
            return relay::LineEnd{error, true};
        }
        relay::FarProcess& process = *opened;
        {
            const std::lock_guard lock(mutex);
            ++status.opened;
            heard = Clock::now();
            for (auto& [id, one] : pending)
                one.sent = false;
        }
        become(LineState::Connecting);
        outgoing.clear();
        written = 0;
        connected = atBye = false;
        const auto begun = Clock::now();
        auto pinged = begun;
        bool closed = false;
        std::size_t noise = 0;
        std::string errors, spoken; // before it answered
        std::optional<Error> problem;
        bool refused = false;
        relay::LineCutter cutter;
        std::vector<char> block(std::size_t(1) << 18);

        while (!closed && !problem) {
            if (isClosing())
                break;
            const auto time = Clock::now();
            const auto quiet = time - heard;
            if (!connected && time - begun > times.opening)
                problem = Error(text(EMBELLIE_TR("launch", "{0} did not open the line"), label));
            if (connected && quiet > times.dead)
                problem = Error(text(
                    EMBELLIE_TR("launch", "no answer from {0} for {1} s"), label,
                    std::max<long long>(1, std::chrono::duration_cast<std::chrono::seconds>(quiet).count())));
            if (problem)
                break;
            if (connected) {
                if (quiet > times.silent)
                    become(LineState::Silent);
                if (quiet > times.ping && time - pinged > times.ping) {
                    pinged = time;
                    outgoing += relay::lineOf({{"id", 0}, {"ask", "ping"}});
                }
                askUnsent();
            }
            failExpired();

            pollfd waits[4] = {{wake, POLLIN, 0},
                               {process.output(), POLLIN, 0},
                               {process.errors(), POLLIN, 0},
                               {written < outgoing.size() ? process.input() : -1, POLLOUT, 0}};
            if (::poll(waits, 4, waitTime()) < 0 && errno != EINTR)
                break;
            if (waits[0].revents)
                drainWake();
            if (waits[2].revents) {
                const ssize_t count = ::read(process.errors(), block.data(), block.size());
                if (count > 0)
                    errors.append(block.data(), static_cast<std::size_t>(count));
                else if (count == 0 || (errno != EAGAIN && errno != EINTR))
                    process.closeErrors();
                if (errors.size() > KeptErrors)
                    errors.erase(0, errors.size() - KeptErrors);
            }
            if (waits[1].revents) {
                const ssize_t count = ::read(process.output(), block.data(), block.size());
                if (count > 0) {
                    {
                        const std::lock_guard lock(mutex);
                        heard = Clock::now();
                    }
                    if (connected)
                        become(LineState::Connected);
                    else if ((noise += static_cast<std::size_t>(count)) > MostNoise)
                        problem = Error(text(EMBELLIE_TR("launch", "{0} says too much at login"), label));
                    try {
                        cutter.add({block.data(), static_cast<std::size_t>(count)},
                                   [&](std::string_view line) {
                                       if (connected) {
                                           answer(line);
                                       } else if (const auto at = line.find(relay::Marker); at != line.npos) {
                                           if (auto other = greet(line.substr(at + relay::Marker.size()))) {
                                               problem = std::move(other);
                                               refused = true;
                                           } else
                                               connected = true;
                                       } else if (line.find_first_not_of(" \r") != line.npos) {
                                           spoken = line;
                                       }
                                   });
                    } catch (const Error& error) {
                        problem = error;
                    }
                    if (connected && !problem)
                        become(LineState::Connected);
                } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
                    closed = true;
                }
            }
            if (waits[3].revents) {
                const ssize_t count =
                    ::write(process.input(), outgoing.data() + written, outgoing.size() - written);
                if (count > 0)
                    written += static_cast<std::size_t>(count);
                else if (count < 0 && errno != EAGAIN && errno != EINTR)
                    closed = true;
                if (written == outgoing.size()) {
                    outgoing.clear();
                    written = 0;
                }
            }
        }
        if (!closed && !problem && isClosing()) {
            farewell(process, cutter);
            return std::nullopt;
        }
        if (problem)
            return relay::LineEnd{*problem, refused};
        // Some say on their output why nobody may work there.
        return relay::endOf(process, errors.empty() && !connected ? spoken : errors, connected, label);
    }

    int waitTime() const {
        auto time = connected ? std::min(times.ping, times.silent) / 4 : times.opening / 4;
        const std::lock_guard lock(mutex);
        const auto current = Clock::now();
        for (const auto& [id, one] : pending)
            time = std::min(time, std::chrono::duration_cast<milliseconds>(one.deadline - current));
        return static_cast<int>(std::clamp<long long>(time.count() + 1, 1, 1000));
    }

    /// Ends the far side in peace: it says goodbye, so that an ssh which stays for others is known from a
    /// dead one.
    void farewell(relay::FarProcess& process, relay::LineCutter& cutter) {
        if (!connected)
            return;
        outgoing += relay::lineOf({{"id", 0}, {"ask", "bye"}});
        const auto until = Clock::now() + milliseconds(1500);
        char block[1 << 14];
        while (!atBye && Clock::now() < until) {
            pollfd waits[2] = {{process.output(), POLLIN, 0},
                               {written < outgoing.size() ? process.input() : -1, POLLOUT, 0}};
            ::poll(waits, 2, 50);
            if (waits[1].revents) {
                const ssize_t count =
                    ::write(process.input(), outgoing.data() + written, outgoing.size() - written);
                if (count > 0)
                    written += static_cast<std::size_t>(count);
                else if (count < 0 && errno != EAGAIN && errno != EINTR)
                    return;
            }
            if (waits[0].revents) {
                const ssize_t count = ::read(process.output(), block, sizeof block);
                if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR))
                    break;
                if (count > 0)
                    cutter.add({block, static_cast<std::size_t>(count)},
                               [this](std::string_view line) { answer(line); });
            }
        }
        process.closeInput();
        if (!process.ended(milliseconds(1000)) && atBye)
            process.leave();
    }

    void live() {
        milliseconds delay = times.firstRetry;
        while (!isClosing()) {
            const auto begun = Clock::now();
            const std::optional<relay::LineEnd> end = runLine();
            if (!end)
                break;
            // A line that held for a while is tried again soon; one that breaks at once ever more rarely.
            if (connected && Clock::now() - begun > 4 * times.firstRetry)
                delay = times.firstRetry;
            bool first;
            {
                const std::lock_guard lock(mutex);
                first = !everConnected;
                retryAt = Clock::now() + delay;
                retry = false;
            }
            become(end->refused ? LineState::Refused : LineState::Waiting, end->problem);
            if (end->refused || first)
                fail([](const Pending&) { return true; }, [&](const Pending&) { return end->problem; });
            waitForRetry(end->refused);
            delay = std::min(2 * delay, times.lastRetry);
        }
        become(LineState::Closed);
        fail([](const Pending&) { return true; },
             [this](const Pending&) {
                 return Error(text(EMBELLIE_TR("launch", "the line to {0} was closed"), label));
             });
    }
    void waitForRetry(bool refused) {
        while (true) {
            int wait = 1000;
            {
                const std::lock_guard lock(mutex);
                if (closing || retry)
                    return;
                const auto left = std::chrono::duration_cast<milliseconds>(retryAt - Clock::now()).count();
                if (!refused && left <= 0)
                    return;
                if (!refused)
                    wait = static_cast<int>(std::min<long long>(wait, left + 1));
            }
            failExpired();
            pollfd waiting{wake, POLLIN, 0};
            ::poll(&waiting, 1, wait);
            drainWake();
        }
    }
};

RelayClient::RelayClient(ProcessRequest far, std::string label, RelayTimes times) : m_inner(new Inner) {
    m_inner->far = std::move(far);
    m_inner->label = std::move(label);
    m_inner->times = times;
    m_inner->wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (m_inner->wake < 0)
        throw systemError(EMBELLIE_TR("launch", "the line can't be opened"), m_inner->far.program, errno);
    m_inner->thread = std::thread([inner = m_inner.get()] {
        sigset_t pipe; // a far side that is gone is an error of the write, not our end
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
        inner->live();
    });
}

RelayClient::~RelayClient() {
    {
        const std::lock_guard lock(m_inner->mutex);
        m_inner->closing = true;
    }
    m_inner->wakeUp();
    m_inner->thread.join();
    ::close(m_inner->wake);
}

void RelayClient::ask(const std::string& question, json arguments, Answer answer, milliseconds patience) {
    std::optional<Error> problem;
    {
        const std::lock_guard lock(m_inner->mutex);
        if (m_inner->closing)
            problem = Error(text(EMBELLIE_TR("launch", "the line to {0} was closed"), m_inner->label));
        else if (m_inner->status.state == LineState::Refused && !m_inner->retry)
            problem = m_inner->status.problem;
        else
            m_inner->pending.emplace(++m_inner->lastId,
                                     Pending{question, std::move(arguments), std::move(answer),
                                             Clock::now() + patience, patience, false});
    }
    if (problem)
        answer(nullptr, &*problem);
    else
        m_inner->wakeUp();
}

LineStatus RelayClient::status() const {
    const std::lock_guard lock(m_inner->mutex);
    return m_inner->statusNow();
}

const std::string& RelayClient::label() const {
    return m_inner->label;
}

void RelayClient::retryNow() {
    {
        const std::lock_guard lock(m_inner->mutex);
        m_inner->retry = true;
    }
    m_inner->wakeUp();
}

void RelayClient::onChange(std::function<void(const LineStatus&)> told) {
    const std::lock_guard lock(m_inner->mutex);
    m_inner->told = std::move(told);
}

} // namespace embellie
