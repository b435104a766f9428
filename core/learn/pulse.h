#pragma once

#include "core/run/run_writer.h"

#include <atomic>
#include <stop_token>
#include <string>
#include <thread>

namespace embellie {

/// Tells that the trainer lives (heartbeat in state.json), and hears what is asked of it by
/// control/ and signals, beside the arithmetic. What is asked becomes a request to @p stop.
class Pulse {
public:
    Pulse(RunWriter& writer, std::stop_source& stop);

private:
    void beat(RunWriter& writer, std::stop_source& stop, const std::stop_token& end);
    std::jthread m_thread;
};

/// Factor of the learning rate before correction @p step (from 0) of @p steps, for the schedules of
/// train.schedule.
double scheduleFactor(const std::string& schedule, double warmUp, std::int64_t step, std::int64_t steps);

} // namespace embellie
