#include "core/command/progress.h"

#include <algorithm>
#include <iostream>
#include <unistd.h>

namespace embellie {

ProgressLine::ProgressLine(std::stop_token stop, std::ostream& err, bool silent)
    : Feedback(std::move(stop)), m_err(err), m_silent(silent),
      m_terminal(&err == &std::cerr && ::isatty(STDERR_FILENO) == 1) {}

void ProgressLine::progress(double done, double total) {
    m_done = done;
    m_total = total;
    if (m_silent || !m_terminal || total <= 0)
        return;
    const auto moment = std::chrono::steady_clock::now();
    if (moment - m_last < std::chrono::milliseconds(100) && done < total)
        return;
    m_last = moment;
    draw();
}

void ProgressLine::draw() {
    constexpr int width = 40;
    const double share = std::clamp(m_done / m_total, 0.0, 1.0);
    const auto full = static_cast<std::size_t>(share * width + 0.5);
    m_err << "\r[" << std::string(full, '#') << std::string(width - full, ' ') << "] "
          << numberText(100 * share, 0) << " %" << std::flush;
    m_drawn = true;
}

void ProgressLine::message(const Text& words) {
    if (m_silent)
        return;
    finish();
    m_err << words.english() << std::endl;
    if (m_terminal && m_total > 0 && m_done < m_total)
        draw();
}

void ProgressLine::finish() {
    if (m_drawn)
        m_err << "\r\033[K" << std::flush;
    m_drawn = false;
}

} // namespace embellie
