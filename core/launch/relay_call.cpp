#include "core/launch/relay_client.h"

#include <condition_variable>
#include <mutex>

namespace embellie {

using nlohmann::json;
using std::chrono::milliseconds;

json RelayClient::call(const std::string& question, json arguments, Feedback& feedback,
                       milliseconds patience) {
    struct Waiting {
        std::mutex mutex;
        std::condition_variable_any changed;
        bool done = false;
        json result;
        std::optional<Error> problem;
    };
    const auto waiting = std::make_shared<Waiting>(); // outlives a caller that was cancelled
    ask(
        question, std::move(arguments),
        [waiting](const json* result, const Error* problem) {
            const std::lock_guard lock(waiting->mutex);
            waiting->done = true;
            if (result)
                waiting->result = *result;
            else
                waiting->problem = *problem;
            waiting->changed.notify_all();
        },
        patience);
    std::unique_lock lock(waiting->mutex);
    waiting->changed.wait(lock, feedback.stopToken(), [&] { return waiting->done; });
    if (!waiting->done)
        throw Cancelled();
    if (waiting->problem)
        throw *waiting->problem;
    return std::move(waiting->result);
}

Text lineText(const LineStatus& status, const std::string& label) {
    std::string problem = status.problem ? status.problem->what() : label;
    while (problem.ends_with('.')) // a clause of our sentence
        problem.pop_back();
    const auto whole = [](double seconds) { return static_cast<long long>(seconds + 0.5); };
    switch (status.state) {
    case LineState::Connected:
        return text(EMBELLIE_TR("launch", "connected with {0}"), label);
    case LineState::Silent:
        return text(EMBELLIE_TR("launch", "no answer from {0} for {1} s"), label,
                    whole(status.silentSeconds));
    case LineState::Connecting:
        return text(EMBELLIE_TR("launch", "connecting with {0}"), label);
    case LineState::Waiting:
        return text(EMBELLIE_TR("launch", "{0}; next attempt in {1} s"), problem, whole(status.retrySeconds));
    case LineState::Refused:
        return text(EMBELLIE_TR("launch", "{0}"), problem);
    case LineState::Closed:
        break;
    }
    return text(EMBELLIE_TR("launch", "the line to {0} was closed"), label);
}

} // namespace embellie
