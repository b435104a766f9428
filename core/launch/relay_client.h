#pragma once

#include "core/base/error.h"
#include "core/base/feedback.h"
#include "core/base/process.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

namespace embellie {

/// How things stand with the line to a far machine.
enum class LineState {
    Connecting, ///< ssh was started, the far side has not spoken yet
    Connected,
    Silent,  ///< connected, but a question has been without any answer for a while
    Waiting, ///< lost; tried again in retrySeconds
    Refused, ///< key, host key, name or program: trying again by itself would not help, retryNow() does
    Closed
};

struct LineStatus {
    LineState state = LineState::Connecting;
    double silentSeconds = 0;       ///< since the far side said anything
    double retrySeconds = 0;        ///< Waiting: until the next attempt
    std::optional<Error> problem{}; ///< why it was lost or refused; kept until it is connected again
    std::string farHost{}, farVersion{};
    int opened = 0; ///< how often a line was opened
};

/// "connected", "no answer from HAL for 23 s", "the line to HAL is lost: …; next attempt in 4 s".
Text lineText(const LineStatus& status, const std::string& label);

/// Times of a line; tests shorten them.
struct RelayTimes {
    std::chrono::milliseconds ping{4000};     ///< asked whether it lives after so long without a word
    std::chrono::milliseconds silent{8000};   ///< LineState::Silent
    std::chrono::milliseconds dead{15000};    ///< given up and opened again
    std::chrono::milliseconds opening{30000}; ///< for the login
    std::chrono::milliseconds firstRetry{1000}, lastRetry{60000};
};

/// The near end of `embellie-cli relay --stdio`: one line, kept open and opened again by a thread of its own.
/// Questions asked while the line is lost, or lost on their way, are asked again on the next one: whatever
/// changes something carries a token, so that it is done once. All functions may be called from any thread.
class RelayClient {
public:
    /// @param far  ssh (sshRelay), or in tests the relay itself
    /// @param label the site's name for people
    RelayClient(ProcessRequest far, std::string label, RelayTimes times = {});
    /// Closes the line; what was not answered gets an Error.
    ~RelayClient();
    RelayClient(const RelayClient&) = delete;
    RelayClient& operator=(const RelayClient&) = delete;

    /// Exactly one of both is there.
    using Answer = std::function<void(const nlohmann::json* result, const Error* problem)>;
    /// Does not wait; @p answer is called on the line's thread, or on the caller's where the line is closed.
    /// @param patience after which it counts as unanswered
    void ask(const std::string& question, nlohmann::json arguments, Answer answer,
             std::chrono::milliseconds patience = std::chrono::seconds(60));
    /// Waits for the answer. @throws Error of the far side, or where none came; where the line is refused, at
    /// once; Cancelled
    nlohmann::json call(const std::string& question, nlohmann::json arguments, Feedback& feedback,
                        std::chrono::milliseconds patience = std::chrono::seconds(60));

    LineStatus status() const;
    const std::string& label() const;
    /// Opens a waiting or refused line at once.
    void retryNow();
    /// Called on the line's thread whenever the state changes; set it before questions are asked.
    void onChange(std::function<void(const LineStatus&)> told);

private:
    struct Inner;
    std::unique_ptr<Inner> m_inner;
};

} // namespace embellie
