#pragma once

#include "core/run/run_directory.h"

#include <nlohmann/json.hpp>

// What the files of a run directory have in common; for this room only.
namespace embellie::detail {

/// @throws Error where @p format is newer than ours
void checkFormat(std::int64_t format, const std::filesystem::path& file);
/// Parses and checks "format". @throws Error
nlohmann::json parseRunJson(const std::string& content, const std::filesystem::path& file);
std::optional<RunPhase> phaseOf(const std::string& key);
std::optional<RunState> parseState(const std::string& content, const std::filesystem::path& file);
std::string stateText(const RunState& state);
/// A value of JSON where it is there and of that type, else @p fallback: readers ignore what they do not
/// know.
template <class T>
T valueOr(const nlohmann::json& object, const char* key, T fallback) {
    const auto found = object.find(key);
    if (found == object.end())
        return fallback;
    try {
        return found->get<T>();
    } catch (const nlohmann::json::exception&) {
        return fallback;
    }
}
/// Numbers of a JSON object by key; null is NaN, what is no number is left out.
std::map<std::string, double> numbersOf(const nlohmann::json& object, const char* key);
nlohmann::json jsonOf(const std::map<std::string, double>& numbers);

/// Runs on this host under that pid since that tick.
bool processIsThere(const std::string& host, pid_t pid, unsigned long long startTicks);

} // namespace embellie::detail
