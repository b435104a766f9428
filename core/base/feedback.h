#pragma once

#include "core/base/error.h"
#include "core/base/text.h"

#include <stop_token>

namespace embellie {

/// Companion of long work: takes progress and messages, says when to stop. The base class is silent
/// and never stops. Its functions may be called from any one thread at a time.
class Feedback {
public:
    Feedback() = default;
    explicit Feedback(std::stop_token stop) : m_stop(std::move(stop)) {}
    virtual ~Feedback() = default;

    /// @p done of @p total, in any unit; total 0 where it is not known.
    virtual void progress(double done, double total) {
        (void)done;
        (void)total;
    }
    virtual void message(const Text& text) { (void)text; }

    const std::stop_token& stopToken() const { return m_stop; }
    bool isCancelled() const { return m_stop.stop_requested(); }
    /// @throws Cancelled
    void throwIfCancelled() const {
        if (isCancelled())
            throw Cancelled();
    }

private:
    std::stop_token m_stop;
};

} // namespace embellie
