#pragma once

#include "core/run/run_directory.h"

#include <functional>
#include <mutex>
#include <optional>

namespace embellie {

/// The lock of a run directory: one trainer at a time. The kernel's lock on the file decides; its content
/// says who. An owner that died (same host), or whose heartbeat stands still (another host, where the disk
/// knows no locks between hosts), is taken over.
class RunLock {
public:
    /// @param silence how long a foreign heartbeat is watched before it counts as dead
    /// @throws Error naming the live owner
    explicit RunLock(const std::filesystem::path& run,
                     std::chrono::milliseconds silence = std::chrono::seconds(90));
    ~RunLock();
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;
    /// A sentence about the dead owner whose place was taken; empty where there was none.
    const std::string& takenOver() const { return m_takenOver; }

private:
    int m_file = -1;
    std::string m_takenOver;
};

/// The trainer's pen: state.json and events.jsonl. Thread-safe.
class RunWriter {
public:
    /// A new attempt: takes the number after the last one found. The caller holds the RunLock. @throws Error
    explicit RunWriter(std::filesystem::path run);
    ~RunWriter();
    RunWriter(const RunWriter&) = delete;
    RunWriter& operator=(const RunWriter&) = delete;

    const RunPaths& paths() const { return m_paths; }
    int attempt() const { return m_state.attempt; }
    /// Number of the last event written.
    std::int64_t lastEvent() const;

    /// Appends one whole line, with number, attempt and time. @throws Error
    void append(RunEvent event);
    /// Changes the state by @p change and replaces state.json, with the next heartbeat. @throws Error
    void update(const std::function<void(RunState&)>& change);
    RunState state() const;

private:
    void write();
    RunPaths m_paths;
    mutable std::mutex m_mutex;
    RunState m_state;
    std::int64_t m_lastEvent = 0;
    int m_events = -1;
};

/// What was asked through control/. A discard outweighs a stop.
enum class StopRequest { None, Keep, Discard };
StopRequest stopRequest(const std::filesystem::path& run);
/// Takes the requests away, as the start of an attempt does. @throws Error
void clearStopRequests(const std::filesystem::path& run);

/// state.json of a prediction, by the predictor. @throws Error
void writePredictionState(const std::filesystem::path& prediction, const PredictionState& state);
/// Predictions that nobody has finished and this machine may work off, by number. Not those whose launch.json
/// keeps them for another host, nor those with a launch.json or state.json that can't be read or is of a
/// newer format: a shared home holds what other hosts and versions began.
std::vector<std::filesystem::path> openPredictions(const std::filesystem::path& run);

} // namespace embellie
