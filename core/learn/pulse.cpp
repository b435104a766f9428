#include "core/learn/pulse.h"

#include "core/learn/run_setup.h"

#include <cmath>
#include <condition_variable>
#include <mutex>
#include <numbers>

namespace embellie {

Pulse::Pulse(RunWriter& writer, std::stop_source& stop)
    : m_thread([this, &writer, &stop](const std::stop_token& end) { beat(writer, stop, end); }) {}

void Pulse::beat(RunWriter& writer, std::stop_source& stop, const std::stop_token& end) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    StopRequest asked = StopRequest::None;
    for (int turn = 1; !end.stop_requested(); ++turn) {
        wake.wait_for(lock, end, std::chrono::milliseconds(250), [] { return false; });
        if (asked == StopRequest::None || turn % 8 == 0)
            asked = stopRequest(writer.paths().run);
        if (asked != StopRequest::None || stopSignal != 0)
            stop.request_stop();
        if (turn % 16 != 0)
            continue;
        try {
            writer.update([](RunState&) {});
        } catch (const std::exception&) {
            // A full disk is for the trainer to notice, at the next thing that must be written.
        }
    }
}

double scheduleFactor(const std::string& schedule, double warmUp, std::int64_t step, std::int64_t steps) {
    const double least = 1.0 / 25;
    const double part = static_cast<double>(step) / static_cast<double>(std::max<std::int64_t>(1, steps));
    const auto cosine = [](double t) { return 0.5 - 0.5 * std::cos(std::numbers::pi * t); }; // 0 → 1
    if (part < warmUp)
        return least + (1 - least) * cosine(part / warmUp);
    if (schedule == "constant")
        return 1;
    const double last = schedule == "one_cycle" ? 1e-4 : 0.0;
    return last + (1 - last) * (1 - cosine((part - warmUp) / (1 - warmUp)));
}

} // namespace embellie
