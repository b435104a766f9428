#include "core/command/signals.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace embellie {

// A handler may do next to nothing: it writes a byte into a pipe, and a thread asks for the stop.
static volatile int signalPipe = -1;

extern "C" {
static void tellOfSignal(int) {
    const int kept = errno;
    const char told = 's';
    [[maybe_unused]] const ssize_t count = ::write(signalPipe, &told, 1);
    errno = kept;
}
}

struct SignalStop::State {
    int ends[2] = {-1, -1};
    struct sigaction interrupt {
    }, terminate{};
    std::thread waiter;
};

SignalStop::SignalStop() : m_state(new State) {
    if (::pipe2(m_state->ends, O_CLOEXEC) != 0)
        return; // without a pipe, or a thread, the signals keep their usual effect
    try {
        m_state->waiter = std::thread([this, end = m_state->ends[0]] {
            char told = 0;
            ssize_t count;
            do
                count = ::read(end, &told, 1);
            while (count < 0 && errno == EINTR);
            if (told == 's')
                m_stop.request_stop();
        });
    } catch (const std::system_error&) {
        for (const int end : m_state->ends)
            ::close(end);
        return;
    }
    signalPipe = m_state->ends[1];
    struct sigaction action {};
    action.sa_handler = tellOfSignal;
    action.sa_flags = SA_RESETHAND; // a second one ends the program
    ::sigaction(SIGINT, &action, &m_state->interrupt);
    ::sigaction(SIGTERM, &action, &m_state->terminate);
}

SignalStop::~SignalStop() {
    if (m_state->waiter.joinable()) {
        ::sigaction(SIGINT, &m_state->interrupt, nullptr);
        ::sigaction(SIGTERM, &m_state->terminate, nullptr);
        ::close(m_state->ends[1]); // the waiting read ends with it
        m_state->waiter.join();
        ::close(m_state->ends[0]);
        signalPipe = -1;
    }
    delete m_state;
}

} // namespace embellie
