#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/feedback.h"
#include "core/run/run_directory.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

// What both ends of a relay's line share; for this room only. A question is a line
// {"id": 7, "ask": "poll", "with": {…}}, its answer {"id": 7, "is": …} or {"id": 7, "error": {…}}.
namespace embellie::relay {

/// Begins the far side's first own line: "embellie-relay 1 {"version": …, "host": …}".
inline constexpr std::string_view Marker = "embellie-relay ";
inline constexpr int Protocol = 1;
/// A line longer than this is not ours.
inline constexpr std::size_t LongestLine = std::size_t(64) << 20;
/// Content of a file in one answer or question, before base64.
inline constexpr std::size_t LargestChunk = std::size_t(1) << 20;

using embellie::bytesToJson;
using embellie::fromBase64;
using embellie::toBase64;
/// @throws Error where it is no bytesToJson()
std::string bytesFromJson(const nlohmann::json& value);
/// One line of JSON with its end; no text can break it.
std::string lineOf(const nlohmann::json& value);

nlohmann::json requestToJson(const RunRequest& request);
RunRequest requestFromJson(const nlohmann::json& value); ///< @throws Error

/// An Error that crossed the line keeps its parts; files are named "LABEL:/path". @p value as errorToJson's
/// content
Error farError(const nlohmann::json& value, const std::string& label);

/// Cuts a stream of bytes into lines.
class LineCutter {
public:
    /// @throws Error where a line grows over LongestLine
    void add(std::string_view bytes, const std::function<void(std::string_view line)>& taken);
    const std::string& rest() const { return m_rest; }

private:
    std::string m_rest;
};

/// An own name for one change that must be done once: 32 hexadecimal digits.
std::string newToken();

/// Holds the kernel's lock on a file while it lives, so that two processes do a thing one after another.
class FileLock {
public:
    /// Makes the file and waits for its lock: as long as another process holds it, @p feedback (may be null)
    /// is told so after two seconds, and may cancel it. @throws Error, Cancelled
    explicit FileLock(const std::filesystem::path& file, Feedback* feedback = nullptr);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    int m_file = -1;
};

} // namespace embellie::relay
