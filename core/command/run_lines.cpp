#include "core/command/run_lines.h"

#include "core/launch/job_watch.h"
#include "core/task/task.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace embellie {

namespace {

std::string scoresForPeople(const std::map<std::string, double>& values, const std::string& task) {
    std::string words;
    for (const ScoreInfo& score : taskOf(task).scores)
        if (const auto found = values.find("score." + score.id);
            found != values.end() && std::isfinite(found->second))
            words += (words.empty() ? "" : ", ") + fillPattern(score.label.pattern, {}) + " " +
                     numberText(found->second, 3);
    return words;
}

} // namespace

std::string eventForPeople(const RunEvent& event, const RunRequest& request,
                           const std::optional<RunState>& state) {
    if (event.kind == "baseline") {
        const std::string scores = scoresForPeople(event.values, request.task);
        return scores.empty() ? scores : "raw, no cleaning: " + scores;
    }
    if (event.kind == "epoch") {
        std::string line = "epoch " + std::to_string(event.epoch);
        if (state && state->epochs > 0)
            line += " of " + std::to_string(state->epochs);
        const char* before = ": ";
        for (const auto& [name, key] :
             {std::pair("loss ", "training_loss"), {"validation ", "validation_loss"}})
            if (const auto found = event.values.find(key);
                found != event.values.end() && std::isfinite(found->second)) {
                line += before + (name + numberText(found->second, 4));
                before = ", ";
            }
        if (const std::string scores = scoresForPeople(event.values, request.task); !scores.empty())
            line += ", " + scores;
        if (state && state->secondsLeft >= 0)
            line += "; " + durationText(state->secondsLeft) + " left";
        if (!event.text.empty())
            line += "; " + event.text;
        return line;
    }
    if (event.kind == "step" || event.kind == "checkpoint")
        return {};
    return event.text.empty() ? event.kind : event.text;
}

nlohmann::json runJson(const RunSummary& summary) {
    nlohmann::json json{{"run", summary.run.string()}, {"status", statusKey(summary.status)}};
    if (summary.problem) {
        json["problem"] = summary.problem->what();
        return json;
    }
    json["task"] = summary.request.task;
    json["network"] = summary.request.network;
    json["created"] = isoTime(summary.request.created);
    json["note"] = summary.request.note;
    if (const auto& state = summary.state) {
        json["attempt"] = state->attempt;
        json["reason"] = state->reason;
        json["step"] = state->step;
        json["steps"] = state->steps;
        json["epoch"] = state->epoch;
        json["epochs"] = state->epochs;
        json["checkpoint"] = state->checkpoint;
        json["best_epoch"] = state->bestEpoch;
        json["scores"] = state->bestScores;
        json["main_score"] = state->mainScore;
        json["peak_memory_bytes"] = state->peakMemoryBytes;
    }
    return json;
}

void demandFinished(const std::filesystem::path& run, const FollowedRun& ended) {
    const std::string reason = ended.state ? ended.state->reason : "";
    if (ended.askedToStop && (ended.status == RunStatus::Finished || ended.status == RunStatus::Cancelled))
        throw Cancelled();
    switch (ended.status) {
    case RunStatus::Finished:
        return;
    case RunStatus::Failed:
        throw Error(text(EMBELLIE_TR("command", "the training failed: {0}"), reason))
            .in(run)
            .remedy(text(EMBELLIE_TR("command", "log.txt in that folder says more")));
    case RunStatus::Cancelled:
        throw Error(text(EMBELLIE_TR("command", "the training was discarded"))).in(run);
    case RunStatus::Lost:
        throw Error(text(EMBELLIE_TR("command", "the trainer died without a word")))
            .in(run)
            .remedy(text(EMBELLIE_TR("command", "log.txt in that folder may say why; go on from its last "
                                                "checkpoint with train --run … --resume")));
    default:
        throw Error(text(EMBELLIE_TR("command", "the training waits to be continued")))
            .in(run)
            .remedy(text(EMBELLIE_TR("command", "go on with train --run … --resume")));
    }
}

} // namespace embellie
