#pragma once

#include "core/base/error.h"
#include "core/base/time.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace embellie {

/// The layout of a run directory that this program writes. Readers ignore what they do not know and refuse a
/// newer one.
inline constexpr int RunFormat = 1;

/// Where things lie in a run directory.
struct RunPaths {
    std::filesystem::path run;
    std::filesystem::path request() const { return run / "request.toml"; }
    std::filesystem::path launch() const { return run / "launch.json"; }
    std::filesystem::path data() const { return run / "data.jsonl"; }
    std::filesystem::path split() const { return run / "split.json"; }
    std::filesystem::path state() const { return run / "state.json"; }
    std::filesystem::path lock() const { return run / "lock"; }
    std::filesystem::path events() const { return run / "events.jsonl"; }
    std::filesystem::path control() const { return run / "control"; }
    std::filesystem::path stopKeep() const { return control() / "stop-keep"; }
    std::filesystem::path discard() const { return control() / "discard"; }
    std::filesystem::path checkpoints() const { return run / "checkpoints"; }
    std::filesystem::path weights() const { return run / "weights.safetensors"; }
    std::filesystem::path card() const { return run / "card.md"; }
    std::filesystem::path samples() const { return run / "samples"; }
    std::filesystem::path predictions() const { return run / "predictions"; }
    std::filesystem::path log() const { return run / "log.txt"; }
};

/// What was asked for (request.toml): written once, before anything starts.
struct RunRequest {
    std::string task, network; ///< ids
    std::string settings;      ///< TOML of all settings: those of task, network and train
    std::map<std::string, std::vector<std::string>>
        data; ///< absolute paths of files and folders by role; may be empty
    std::map<std::string, std::string> resources; ///< what a site needs to know: "site", "threads", …
    std::string program;                          ///< "embellie 0.1.0"
    std::string note;                             ///< the user's own words
    TimePoint created{};
};

/// Makes the folder with request.toml and empty control/, checkpoints/, samples/ and predictions/.
/// @throws Error where the folder exists and is not empty, or can't be written; nothing is then left behind
void createRun(const std::filesystem::path& run, const RunRequest& request);
/// @throws Error where it is missing, can't be read, or has a newer format
RunRequest readRunRequest(const std::filesystem::path& run);
/// @p run holds a request.toml (of whatever format).
bool isRunDirectory(const std::filesystem::path& path);

/// What the trainer says of itself.
enum class RunPhase { Starting, Running, Stopping, Finished, Failed, Cancelled };

/// What a reader makes of it: Waiting, where no trainer has begun yet, and Lost, where it says that it runs
/// and does not.
enum class RunStatus { Waiting, Starting, Running, Stopping, Finished, Failed, Cancelled, Lost };

const char* phaseKey(RunPhase phase);                         ///< "running": the word in state.json
const char* statusKey(RunStatus status);                      ///< "running", "lost", …: the word of --json
std::optional<RunStatus> runStatusOf(const std::string& key); ///< the reverse; nothing for another word
TextPattern statusText(RunStatus status);                     ///< for people
inline bool isOver(RunStatus status) {
    return status == RunStatus::Finished || status == RunStatus::Failed || status == RunStatus::Cancelled;
}

/// state.json: replaced as a whole by the trainer alone.
struct RunState {
    RunPhase phase = RunPhase::Starting;
    std::string reason; ///< one sentence: why it failed, stopped, or what it is doing
    int attempt = 1;    ///< counts starts; a resume is the next one
    std::string host;
    pid_t pid = 0;
    unsigned long long startTicks = 0; ///< with pid: the process for certain, on its host
    std::uint64_t heartbeat = 0;       ///< grows while the trainer lives
    int signal = 0; ///< number of the last signal to a trainer that ended to be continued; 0: none
    std::int64_t step = 0, steps = 0; ///< done, and planned in all
    std::int64_t epoch = 0, epochs = 0;
    double secondsLeft = -1; ///< by the measured rate; negative while unknown
    std::int64_t peakMemoryBytes = 0;
    std::string device;           ///< "CPU, 2 threads"
    std::int64_t checkpoint = -1; ///< number of the newest complete one; -1: none
    std::int64_t bestEpoch = -1;
    std::map<std::string, double> bestScores; ///< of the best weights, by score id
    std::string mainScore;                    ///< id of the one that ranks runs; empty while unknown
    TimePoint updated{};                      ///< by the trainer's clock, to be shown only
};

/// One line of events.jsonl.
struct RunEvent {
    std::int64_t number = 0; ///< from 1, growing over all attempts
    int attempt = 1;
    TimePoint time{};
    /// "started", "resumed", "baseline", "step", "epoch", "checkpoint", "message", "ended"; readers ignore
    /// others.
    std::string kind;
    std::int64_t step = 0, epoch = 0;
    /// step: "loss", "learning_rate", "samples_per_second", "seconds_left", "peak_memory_bytes".
    /// epoch: "training_loss", "validation_loss", "seconds", "sample_wait_share", and "score.<id>" for each
    /// score. baseline: "score.<id>" of the raw fields. resumed: "keeps" (see RunReader). checkpoint:
    /// "number".
    std::map<std::string, double> values;
    std::string text; ///< a sentence for people, may be empty
};

/// The words of events.jsonl; a line that is none (half written) gives nothing.
std::string eventLine(const RunEvent& event);
std::optional<RunEvent> parseEvent(const std::string& line);

struct MirrorLink; // core/run/mirror_link.h

/// Follows a run directory while it is written, on this or another machine's disk. Not shared between
/// threads.
class RunReader {
public:
    /// @throws Error where it is no run directory, or of a newer format
    explicit RunReader(std::filesystem::path run);
    ~RunReader();
    RunReader(RunReader&&) noexcept;
    RunReader& operator=(RunReader&&) noexcept;

    const RunPaths& paths() const { return m_paths; }
    const RunRequest& request() const { return m_request; }

    struct Update {
        std::vector<RunEvent> events; ///< new ones, in order
        /// A resume made the known events of former attempts with a greater number void: drop them before
        /// adding the new ones.
        std::optional<std::int64_t> keepsUpTo;
        bool stateChanged = false;
    };
    /// Reads what was added since; cheap where nothing was. @throws Error of a newer format or an unreadable
    /// disk
    Update poll();

    /// All events that hold, by number.
    const std::vector<RunEvent>& events() const { return m_events; }
    /// As last read; nothing before the trainer began.
    const std::optional<RunState>& state() const { return m_state; }
    /// Of a run that executes on a machine without a shared disk, as of the last poll; else null. A line that
    /// is lost leaves it as it is: see MirrorLink::heard.
    const MirrorLink* mirror() const { return m_mirror.get(); }
    /// Lost is judged by the process where it is on this host (before the first state by the one that was
    /// launched), else by a heartbeat that did not move for @p
    /// silence on our own clock between two polls; of a mirror by the far side.
    RunStatus status(std::chrono::seconds silence = std::chrono::seconds(90)) const;

private:
    RunPaths m_paths;
    RunRequest m_request;
    std::optional<RunState> m_state;
    std::string m_stateText, m_half;
    std::vector<RunEvent> m_events;
    std::uintmax_t m_read = 0;
    std::chrono::steady_clock::time_point m_heartbeatSeen{};
    std::unique_ptr<MirrorLink> m_mirror;
    bool m_diedBefore = false; ///< the first state
};

/// A run in a folder of runs; a broken one is listed with its problem.
struct RunSummary {
    std::filesystem::path run;
    RunRequest request;
    std::optional<RunState> state;
    RunStatus status = RunStatus::Waiting;
    std::optional<Error> problem;
};
/// The runs directly below @p folder, or @p folder itself where it is one; newest first. @throws Error where
/// it can't be read
std::vector<RunSummary> listRuns(const std::filesystem::path& folder);

/// Asks the trainer to finish its batch and end: with a checkpoint, or throwing its checkpoints and weights
/// away.
/// @throws Error
void requestStop(const std::filesystem::path& run, bool discard);

/// Complete checkpoints by number, ascending. @throws Error where the folder is there and can't be listed
std::vector<std::int64_t> checkpointsOf(const std::filesystem::path& run);

/// predictions/N/request.json: what shall be predicted with a run.
struct PredictionRequest {
    std::vector<std::string> files; ///< absolute paths, files only
    std::string output;             ///< folder of the result files; empty: predictions/N/results
    std::string input;              ///< array id that overrides the task's choice; empty: the task's
    std::map<std::string, std::string>
        settings; ///< of the task, over those of the run (a threshold); as text
    /// Absolute paths of further runs of the same task: the mean of all is the result (an ensemble).
    std::vector<std::string> members{};
};

/// predictions/N/state.json: written by the predictor alone, every few seconds also while it works on one
/// file.
struct PredictionState {
    RunPhase phase = RunPhase::Starting;
    std::string reason; ///< one sentence where it failed
    std::string host;
    pid_t pid = 0;
    unsigned long long startTicks = 0;
    std::uint64_t heartbeat = 0; ///< grows while the predictor lives
    double done = 0, total = 0;  ///< files
    struct Result {
        std::string input, output; ///< paths; output empty where that file failed
        std::string problem;       ///< its sentence
    };
    std::vector<Result> results;
};

struct LaunchRecord; // core/run/launch_record.h

/// Makes predictions/N with the next free N. @p claim becomes its launch.json before anybody can find the
/// request, so that no predictor of another host takes it. @return its folder @throws Error
std::filesystem::path createPrediction(const std::filesystem::path& run, const PredictionRequest& request,
                                       const LaunchRecord* claim = nullptr);
PredictionRequest readPredictionRequest(const std::filesystem::path& prediction); ///< @throws Error
/// Nothing before the predictor began. @throws Error
std::optional<PredictionState> readPredictionState(const std::filesystem::path& prediction);
/// The predictor died without saying so (same host only).
bool isLost(const PredictionState& state);

} // namespace embellie
