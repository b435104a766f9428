#pragma once

#include "core/base/feedback.h"

#include <chrono>
#include <ostream>
#include <string>

namespace embellie {

/// Progress as one line on a terminal that is drawn anew at most ten times a second; messages as lines of
/// their own. Where @p err is not the terminal there is no progress, with @p silent nothing at all.
class ProgressLine : public Feedback {
public:
    ProgressLine(std::stop_token stop, std::ostream& err, bool silent);
    void progress(double done, double total) override;
    void message(const Text& text) override;
    void finish(); ///< takes the line away

private:
    void draw();

    std::ostream& m_err;
    const bool m_silent, m_terminal;
    double m_done = 0, m_total = 0;
    bool m_drawn = false;
    std::chrono::steady_clock::time_point m_last{};
};

} // namespace embellie
