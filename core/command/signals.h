#pragma once

#include <stop_token>

namespace embellie {

/// While it lives, SIGINT and SIGTERM ask the work to stop instead of ending the program; a second one ends
/// it. One at a time in a process.
class SignalStop {
public:
    SignalStop();
    ~SignalStop();
    SignalStop(const SignalStop&) = delete;
    SignalStop& operator=(const SignalStop&) = delete;
    std::stop_token token() const { return m_stop.get_token(); }

private:
    struct State;
    std::stop_source m_stop;
    State* m_state;
};

} // namespace embellie
