#include "core/run/launch_record.h"

#include "core/base/file.h"
#include "core/base/presence.h"
#include "core/run/run_json.h"

#include <charconv>

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

std::optional<std::int64_t> wholeNumber(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || text.empty() || number < 0 ||
        number > 100'000'000)
        return std::nullopt;
    return number;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

std::optional<std::chrono::minutes> aboveZero(std::int64_t minutes) {
    if (minutes <= 0)
        return std::nullopt;
    return std::chrono::minutes(minutes);
}

/// "8 h", "90 min", "2d": for people; nothing where the text is not of that kind.
std::optional<std::chrono::minutes> withUnit(std::string_view text) {
    const std::size_t unitAt = text.find_first_not_of("0123456789");
    if (unitAt == std::string_view::npos)
        return std::nullopt;
    const auto number = wholeNumber(text.substr(0, unitAt));
    const std::string_view unit = trimmed(text.substr(unitAt));
    const std::int64_t factor = unit == "min" || unit == "m" ? 1 : unit == "h" ? 60 : unit == "d" ? 1440 : 0;
    return number && factor > 0 ? aboveZero(*number * factor) : std::nullopt;
}

json toJson(const Resources& resources) {
    json words = json::object();
    for (const auto& [key, value] : toWords(resources))
        words[key] = value;
    return words;
}

} // namespace

std::optional<std::chrono::minutes> parseWallTime(std::string_view given) {
    const std::string_view text = trimmed(given);
    if (const auto people = withUnit(text))
        return people;
    const std::size_t dash = text.find('-');
    const bool hasDays = dash != std::string_view::npos;
    std::int64_t days = 0;
    if (hasDays) {
        const auto number = wholeNumber(text.substr(0, dash));
        if (!number)
            return std::nullopt;
        days = *number;
    }
    std::vector<std::int64_t> parts;
    std::string_view rest = hasDays ? text.substr(dash + 1) : text;
    while (true) {
        const std::size_t colon = rest.find(':');
        const auto number = wholeNumber(rest.substr(0, colon));
        if (!number || parts.size() == 3)
            return std::nullopt;
        parts.push_back(*number);
        if (colon == std::string_view::npos)
            break;
        rest.remove_prefix(colon + 1);
    }
    // Behind days the first number is hours; without, one or two numbers begin with minutes.
    std::int64_t hours = 0, minutes = 0, seconds = 0;
    if (hasDays || parts.size() == 3) {
        hours = parts[0];
        minutes = parts.size() > 1 ? parts[1] : 0;
        seconds = parts.size() > 2 ? parts[2] : 0;
    } else {
        minutes = parts[0];
        seconds = parts.size() > 1 ? parts[1] : 0;
    }
    return aboveZero(days * 1440 + hours * 60 + minutes + (seconds + 59) / 60);
}

std::string wallTimeText(std::chrono::minutes time) {
    const auto twoDigits = [](std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    const std::int64_t minutes = time.count(), days = minutes / 1440, hours = minutes / 60 % 24;
    return (days > 0 ? std::to_string(days) + "-" + twoDigits(hours) : std::to_string(hours)) + ":" +
           twoDigits(minutes % 60) + ":00";
}

std::map<std::string, std::string> toWords(const Resources& resources) {
    std::map<std::string, std::string> words;
    if (resources.time.count() > 0)
        words["time"] = wallTimeText(resources.time);
    if (resources.gpus >= 0)
        words["gpus"] = std::to_string(resources.gpus);
    if (resources.ranks > 0)
        words["ranks"] = std::to_string(resources.ranks);
    if (resources.cpus > 0)
        words["cpus"] = std::to_string(resources.cpus);
    if (resources.memoryMb > 0)
        words["memory_mb"] = std::to_string(resources.memoryMb);
    if (!resources.partition.empty())
        words["partition"] = resources.partition;
    if (resources.maxRequeues >= 0)
        words["max_requeues"] = std::to_string(resources.maxRequeues);
    return words;
}

Resources resourcesFrom(const std::map<std::string, std::string>& words) {
    Resources resources;
    const auto number = [&](const char* key, std::int64_t least, auto& target) {
        const auto found = words.find(key);
        if (found == words.end())
            return;
        const auto value = wholeNumber(found->second);
        if (!value || *value < least)
            throw Error(text(EMBELLIE_TR("run", "\"{0}\" is no number for {1}"), found->second, key))
                .expected(text(EMBELLIE_TR("run", "a whole number of at least {0}"), least))
                .wrongUse();
        target = static_cast<std::remove_reference_t<decltype(target)>>(*value);
    };
    number("gpus", 0, resources.gpus);
    number("ranks", 1, resources.ranks);
    number("cpus", 1, resources.cpus);
    number("memory_mb", 1, resources.memoryMb);
    number("max_requeues", 0, resources.maxRequeues);
    if (const auto found = words.find("partition"); found != words.end())
        resources.partition = found->second;
    if (const auto found = words.find("time"); found != words.end()) {
        const auto time = parseWallTime(found->second);
        if (!time)
            throw Error(text(EMBELLIE_TR("run", "\"{0}\" is no wall time"), found->second))
                .expected(text(EMBELLIE_TR("run", "such as 90 (minutes), 2:00:00, 8 h or 1-12:00:00")))
                .wrongUse();
        resources.time = *time;
    }
    return resources;
}

std::string launchRecordText(const LaunchRecord& record) {
    return json{{"format", RunFormat},
                {"site", record.site},
                {"executor", record.executor},
                {"host", record.host},
                {"pid", record.pid},
                {"start_ticks", record.startTicks},
                {"detached", record.detached},
                {"job", record.job},
                {"token", record.token},
                {"array_index", record.arrayIndex},
                {"submissions", record.submissions},
                {"first_attempt", record.firstAttempt},
                {"sent_attempt", record.sentAttempt},
                {"resources", toJson(record.resources)},
                {"site_toml", record.siteText},
                {"time", isoTime(record.time)}}
               .dump(1, '\t', false, json::error_handler_t::replace) +
           "\n";
}

LaunchRecord parseLaunchRecord(const std::string& content, const fs::path& file) {
    const json object = detail::parseRunJson(content, file);
    LaunchRecord record;
    record.site = detail::valueOr<std::string>(object, "site", "");
    record.executor = detail::valueOr<std::string>(object, "executor", "here");
    record.host = detail::valueOr<std::string>(object, "host", "");
    record.pid = detail::valueOr<pid_t>(object, "pid", 0);
    record.startTicks = detail::valueOr<unsigned long long>(object, "start_ticks", 0);
    record.detached = detail::valueOr(object, "detached", true);
    record.job = detail::valueOr<std::string>(object, "job", "");
    record.token = detail::valueOr<std::string>(object, "token", "");
    record.arrayIndex = detail::valueOr(object, "array_index", -1);
    record.submissions = detail::valueOr(object, "submissions", 0);
    record.firstAttempt = detail::valueOr(object, "first_attempt", 1);
    record.sentAttempt = detail::valueOr(object, "sent_attempt", 0);
    record.siteText = detail::valueOr<std::string>(object, "site_toml", "");
    record.time = parseTime(detail::valueOr<std::string>(object, "time", "")).value_or(TimePoint{});
    try {
        record.resources =
            resourcesFrom(detail::valueOr<std::map<std::string, std::string>>(object, "resources", {}));
    } catch (Error& error) {
        throw error.in(file);
    }
    return record;
}

std::optional<LaunchRecord> readLaunchRecord(const fs::path& run) {
    const fs::path file = RunPaths{run}.launch();
    if (!isPresent(file))
        return std::nullopt;
    return parseLaunchRecord(readFile(file), file);
}

bool isAlive(const LaunchRecord& record) {
    return record.pid > 0 && detail::processIsThere(record.host, record.pid, record.startTicks);
}

void writeLaunchRecord(const fs::path& run, const LaunchRecord& record) {
    writeFileAtomically(RunPaths{run}.launch(), launchRecordText(record));
}

} // namespace embellie
