#include "core/base/file.h"
#include "core/base/process.h"
#include "core/run/run_json.h"

#include <array>
#include <cmath>
#include <limits>

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;

static constexpr std::array<const char*, 6> PhaseKeys{"starting", "running", "stopping",
                                                      "finished", "failed",  "cancelled"};

const char* phaseKey(RunPhase phase) {
    return PhaseKeys[static_cast<std::size_t>(phase)];
}

static constexpr std::array<const char*, 8> StatusKeys{"waiting",  "starting", "running",   "stopping",
                                                       "finished", "failed",   "cancelled", "lost"};

const char* statusKey(RunStatus status) {
    return StatusKeys[static_cast<std::size_t>(status)];
}

std::optional<RunStatus> runStatusOf(const std::string& key) {
    for (std::size_t i = 0; i < StatusKeys.size(); ++i)
        if (key == StatusKeys[i])
            return static_cast<RunStatus>(i);
    return std::nullopt;
}

TextPattern statusText(RunStatus status) {
    static constexpr std::array<TextPattern, 8> texts{
        EMBELLIE_TR("run", "waits to be started"),
        EMBELLIE_TR("run", "starts"),
        EMBELLIE_TR("run", "runs"),
        EMBELLIE_TR("run", "is stopping"),
        EMBELLIE_TR("run", "finished"),
        EMBELLIE_TR("run", "failed"),
        EMBELLIE_TR("run", "was discarded"),
        EMBELLIE_TR("run", "was lost: it can be continued from its last checkpoint")};
    return texts[static_cast<std::size_t>(status)];
}

namespace detail {

std::optional<RunPhase> phaseOf(const std::string& key) {
    for (std::size_t i = 0; i < PhaseKeys.size(); ++i)
        if (key == PhaseKeys[i])
            return static_cast<RunPhase>(i);
    return std::nullopt;
}

json parseRunJson(const std::string& content, const fs::path& file) {
    json object = json::parse(content, nullptr, false);
    if (!object.is_object())
        throw Error(text(EMBELLIE_TR("run", "the file can't be understood")))
            .in(file)
            .expected(text(EMBELLIE_TR("run", "a JSON object")));
    checkFormat(valueOr<std::int64_t>(object, "format", RunFormat), file);
    return object;
}

std::map<std::string, double> numbersOf(const json& object, const char* key) {
    std::map<std::string, double> numbers;
    const auto found = object.find(key);
    if (found == object.end() || !found->is_object())
        return numbers;
    for (const auto& [name, value] : found->items())
        if (value.is_number() || value.is_null())
            numbers[name] = value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
    return numbers;
}

json jsonOf(const std::map<std::string, double>& numbers) {
    json object = json::object();
    for (const auto& [name, value] : numbers)
        object[name] = std::isfinite(value) ? json(value) : json(nullptr);
    return object;
}

std::string stateText(const RunState& state) {
    return json{{"format", RunFormat},
                {"phase", phaseKey(state.phase)},
                {"reason", state.reason},
                {"attempt", state.attempt},
                {"host", state.host},
                {"pid", state.pid},
                {"start_ticks", state.startTicks},
                {"heartbeat", state.heartbeat},
                {"signal", state.signal},
                {"step", state.step},
                {"steps", state.steps},
                {"epoch", state.epoch},
                {"epochs", state.epochs},
                {"seconds_left", state.secondsLeft},
                {"peak_memory_bytes", state.peakMemoryBytes},
                {"device", state.device},
                {"checkpoint", state.checkpoint},
                {"best_epoch", state.bestEpoch},
                {"best_scores", jsonOf(state.bestScores)},
                {"main_score", state.mainScore},
                {"updated", isoTime(state.updated)}}
               .dump(1, '\t', false, json::error_handler_t::replace) +
           "\n";
}

std::optional<RunState> parseState(const std::string& content, const fs::path& file) {
    const json object = parseRunJson(content, file);
    RunState state;
    const auto phase = phaseOf(valueOr<std::string>(object, "phase", ""));
    if (!phase)
        return std::nullopt;
    state.phase = *phase;
    state.reason = valueOr<std::string>(object, "reason", "");
    state.attempt = valueOr(object, "attempt", 1);
    state.host = valueOr<std::string>(object, "host", "");
    state.pid = valueOr<pid_t>(object, "pid", 0);
    state.startTicks = valueOr<unsigned long long>(object, "start_ticks", 0);
    state.heartbeat = valueOr<std::uint64_t>(object, "heartbeat", 0);
    state.signal = valueOr(object, "signal", 0);
    state.step = valueOr<std::int64_t>(object, "step", 0);
    state.steps = valueOr<std::int64_t>(object, "steps", 0);
    state.epoch = valueOr<std::int64_t>(object, "epoch", 0);
    state.epochs = valueOr<std::int64_t>(object, "epochs", 0);
    state.secondsLeft = valueOr(object, "seconds_left", -1.0);
    state.peakMemoryBytes = valueOr<std::int64_t>(object, "peak_memory_bytes", 0);
    state.device = valueOr<std::string>(object, "device", "");
    state.checkpoint = valueOr<std::int64_t>(object, "checkpoint", -1);
    state.bestEpoch = valueOr<std::int64_t>(object, "best_epoch", -1);
    state.bestScores = numbersOf(object, "best_scores");
    state.mainScore = valueOr<std::string>(object, "main_score", "");
    state.updated = parseTime(valueOr<std::string>(object, "updated", "")).value_or(TimePoint{});
    return state;
}

bool processIsThere(const std::string& host, pid_t pid, unsigned long long startTicks) {
    return host == hostName() && processIsAlive(pid) &&
           (startTicks == 0 || processStartTicks(pid) == startTicks);
}

} // namespace detail

std::string eventLine(const RunEvent& event) {
    json object{{"n", event.number},  {"attempt", event.attempt}, {"time", isoTime(event.time)},
                {"kind", event.kind}, {"step", event.step},       {"epoch", event.epoch}};
    if (!event.values.empty())
        object["values"] = detail::jsonOf(event.values);
    if (!event.text.empty())
        object["text"] = event.text;
    return object.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::optional<RunEvent> parseEvent(const std::string& line) {
    const json object = json::parse(line, nullptr, false);
    if (!object.is_object() || !object.contains("n") || !object.contains("kind"))
        return std::nullopt;
    RunEvent event;
    event.number = detail::valueOr<std::int64_t>(object, "n", 0);
    event.attempt = detail::valueOr(object, "attempt", 1);
    event.time = parseTime(detail::valueOr<std::string>(object, "time", "")).value_or(TimePoint{});
    event.kind = detail::valueOr<std::string>(object, "kind", "");
    event.step = detail::valueOr<std::int64_t>(object, "step", 0);
    event.epoch = detail::valueOr<std::int64_t>(object, "epoch", 0);
    event.values = detail::numbersOf(object, "values");
    event.text = detail::valueOr<std::string>(object, "text", "");
    if (event.number <= 0 || event.kind.empty())
        return std::nullopt;
    return event;
}

} // namespace embellie
