#include "core/launch/relay_server.h"

#include "core/base/process.h"
#include "core/launch/relay_questions.h"
#include "core/launch/relay_wire.h"

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace embellie {

using nlohmann::json;

// A slow answer (a scheduler that does not speak, a checksum) must not hold up the others.
static constexpr int Workers = 3;

struct RelayServer::Inner {
    int input, output;
    std::mutex writing;
    std::atomic<bool> unread{false}; ///< nobody reads our answers any more

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<json> questions;
    bool ending = false;
    std::stop_source stop;

    relay::FollowedRuns followed;
    relay::Handlers handlers;

    void write(const json& words) {
        const std::string line = relay::lineOf(words);
        const std::lock_guard lock(writing);
        for (std::size_t done = 0; done < line.size() && !unread;) {
            const ssize_t count = ::write(output, line.data() + done, line.size() - done);
            if (count > 0)
                done += static_cast<std::size_t>(count);
            else if (count < 0 && errno != EINTR)
                unread = true;
        }
    }

    void answer(const json& question) {
        const json id = question.value("id", json(0));
        try {
            const auto handler = handlers.find(question.value("ask", ""));
            if (handler == handlers.end())
                throw Error(text(EMBELLIE_TR("launch", "the relay does not know the question \"{0}\""),
                                 question.value("ask", "")))
                    .remedy(
                        text(EMBELLIE_TR("launch", "install the same version of Embellie on both sides")));
            Feedback feedback(stop.get_token());
            write({{"id", id}, {"is", handler->second(question.value("with", json::object()), feedback)}});
        } catch (const json::exception&) {
            write(
                {{"id", id},
                 {"error", errorToJson(Error(text(EMBELLIE_TR(
                               "launch", "the relay's question lacks something that it needs"))))["error"]}});
        } catch (const std::exception& error) {
            write({{"id", id}, {"error", errorToJson(error)["error"]}});
        }
    }

    void work() {
        while (true) {
            json question;
            {
                std::unique_lock lock(mutex);
                changed.wait(lock, [this] { return ending || !questions.empty(); });
                if (ending)
                    return; // what was not begun is asked again on the next line
                question = std::move(questions.front());
                questions.pop_front();
            }
            answer(question);
        }
    }

    /// @return false for goodbye
    bool take(std::string_view line) {
        json question = json::parse(line, nullptr, false);
        if (!question.is_object())
            return true;
        const json ask = question.value("ask", json());
        if (ask == "bye")
            return false;
        if (ask == "ping") {
            write({{"id", question.value("id", json(0))}, {"is", nullptr}});
            return true;
        }
        {
            const std::lock_guard lock(mutex);
            questions.push_back(std::move(question));
        }
        changed.notify_one();
        return true;
    }
};

RelayServer::RelayServer(int input, int output) : m_inner(new Inner) {
    m_inner->input = input;
    m_inner->output = output;
    relay::addFileQuestions(m_inner->handlers);
    relay::addRunQuestions(m_inner->handlers, m_inner->followed);
}

RelayServer::~RelayServer() = default;

void RelayServer::serve(std::stop_token stop) {
    Inner& inner = *m_inner;
    const int wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    const std::stop_callback asked(stop, [wake] {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t count = ::write(wake, &one, sizeof one);
    });
    // The empty line ends one that a login shell left open.
    const std::string marker = "\n" + std::string(relay::Marker) + std::to_string(relay::Protocol) + " ";
    {
        const std::string greeting =
            marker +
            relay::lineOf({{"version", EMBELLIE_VERSION}, {"host", hostName()}, {"pid", ::getpid()}});
        inner.unread =
            ::write(inner.output, greeting.data(), greeting.size()) != static_cast<ssize_t>(greeting.size());
    }
    std::vector<std::thread> workers;
    for (int i = 0; i < Workers; ++i)
        workers.emplace_back([&inner] { inner.work(); });

    relay::LineCutter cutter;
    std::vector<char> block(std::size_t(1) << 18);
    bool open = true, bye = false;
    while (open && !stop.stop_requested() && !inner.unread) {
        pollfd waits[2] = {{inner.input, POLLIN, 0}, {wake, POLLIN, 0}};
        if (::poll(waits, 2, -1) < 0) {
            open = errno == EINTR;
            continue;
        }
        if (!waits[0].revents)
            continue;
        const ssize_t count = ::read(inner.input, block.data(), block.size());
        if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN))
            break;
        try {
            if (count > 0)
                cutter.add({block.data(), static_cast<std::size_t>(count)}, [&](std::string_view line) {
                    if (!inner.take(line)) {
                        open = false;
                        bye = true;
                    }
                });
        } catch (const Error&) {
            break; // that is not the near side of ours
        }
    }
    {
        const std::lock_guard lock(inner.mutex);
        inner.ending = true;
    }
    inner.stop.request_stop();
    inner.changed.notify_all();
    for (std::thread& worker : workers)
        worker.join();
    if (bye)
        inner.write({{"id", 0}, {"bye", true}});
    ::close(wake);
}

} // namespace embellie
