#include "core/command/command.h"
#include "core/command/columns.h"
#include "core/command/json_text.h"
#include "core/command/run_lines.h"
#include "core/command/runs/far.h"
#include "core/command/sweep_lines.h"
#include "core/launch/slurm.h"
#include "core/run/launch_record.h"
#include "core/run/mirror_link.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace embellie {

namespace {

namespace fs = std::filesystem;

struct Listed {
    RunSummary summary;
    std::optional<LaunchRecord> record;
    std::optional<JobStatus> job;
};

void printLine(std::ostream& out, const Listed& listed) {
    const RunSummary& summary = listed.summary;
    out << padded(summary.run.filename().string(), 24) << "  ";
    if (summary.problem) {
        out << summary.problem->what() << '\n';
        return;
    }
    out << padded(statusKey(summary.status), 10) << "  " << padded(summary.request.task, 9) << "  "
        << padded(summary.request.network, 6) << "  ";
    if (const auto& state = summary.state) {
        out << "epoch " << state->epoch << " of " << state->epochs;
        if (const auto best = state->bestScores.find(state->mainScore); best != state->bestScores.end())
            out << "  " << state->mainScore << ' ' << numberText(best->second, 3);
        if (summary.status == RunStatus::Failed)
            out << "  " << state->reason;
    }
    if (listed.job)
        out << "  job " << listed.job->job << ": " << jobSentence(*listed.job);
    if (!summary.request.note.empty())
        out << "  " << summary.request.note;
    out << '\n';
}

std::optional<JobStatus> queueOfMirror(const fs::path& run) {
    const auto link = readMirrorLink(run);
    if (!link || link->queue.empty())
        return std::nullopt;
    return jobStatusFrom(nlohmann::json::parse(link->queue, nullptr, false));
}

/// What the scheduler knows of those that are not over, by one question for all.
void askScheduler(std::vector<Listed>& all, Feedback& feedback) {
    std::vector<std::string> jobs;
    for (Listed& listed : all) {
        const RunSummary& summary = listed.summary;
        if (summary.problem || isOver(summary.status))
            continue;
        try {
            if (readMirrorLink(summary.run)) {
                listed.job = queueOfMirror(summary.run);
                continue;
            }
            if (listed.record && listed.record->executor == "slurm" && !listed.record->job.empty())
                jobs.push_back(listed.record->job);
        } catch (const Error&) {
            continue; // a run of a newer program shows its problem already
        }
    }
    if (jobs.empty())
        return;
    try {
        const std::vector<JobStatus> found = slurm::jobs(jobs, true);
        for (Listed& listed : all) {
            if (!listed.record || std::find(jobs.begin(), jobs.end(), listed.record->job) == jobs.end())
                continue;
            JobStatus status;
            status.job = listed.record->job;
            status.phase = JobPhase::Forgotten;
            for (const JobStatus& known : found)
                if (known.job == status.job)
                    status = known;
            listed.summary.status =
                statusWithJob(listed.summary.status, status, listed.summary.state.has_value());
            listed.job = std::move(status);
        }
    } catch (const Error& problem) {
        feedback.message(text(EMBELLIE_TR("command", "the queue can't be read now: {0}"), problem.what()));
    }
}

std::vector<Listed> list(const fs::path& folder, Feedback& feedback) {
    std::vector<Listed> all;
    for (RunSummary& summary : listRuns(folder)) {
        Listed listed;
        listed.summary = std::move(summary);
        try {
            listed.record = readLaunchRecord(listed.summary.run);
        } catch (const Error& problem) {
            listed.summary.problem = problem;
        }
        all.push_back(std::move(listed));
    }
    askScheduler(all, feedback);
    return all;
}

nlohmann::json jsonOf(const Listed& listed) {
    nlohmann::json json = runJson(listed.summary);
    if (listed.record) {
        json["site"] = listed.record->site;
        if (!listed.record->job.empty())
            json["job"] = listed.record->job;
    }
    if (listed.job) {
        json["queue"] = toJson(*listed.job);
        json["queue"]["words"] = jobSentence(*listed.job);
    }
    return json;
}

/// Sweeps among the folders of @p folder; it may be one itself.
std::vector<RunSweep> sweepsIn(const fs::path& folder) {
    std::vector<RunSweep> sweeps;
    if (isSweep(folder))
        return {readSweep(folder)};
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored))
        if (isSweep(entry.path()))
            sweeps.push_back(readSweep(entry.path()));
    return sweeps;
}

} // namespace

const Command& command_runs() {
    static const Command command{
        "runs",
        EMBELLIE_TR("command", "List the runs of a folder: state, progress, place in the queue, best score"),
        [](CLI::App& app) {
            auto folder = std::make_shared<std::string>();
            app.add_option("DIR", *folder,
                           "A folder of runs, or one run; SITE: or SITE:/folder for those over there")
                ->required();
            return [folder](CommandContext& context) {
                if (const auto far = farFolderOf(*folder))
                    return listFarRuns(far->first, far->second, context);
                updateMirrorsIn(*folder, context.feedback);
                const std::vector<Listed> runs = list(*folder, context.feedback);
                const std::vector<RunSweep> sweeps = sweepsIn(*folder);
                if (context.json) {
                    nlohmann::json all{{"runs", nlohmann::json::array()},
                                       {"sweeps", nlohmann::json::array()}};
                    for (const Listed& listed : runs)
                        all["runs"].push_back(jsonOf(listed));
                    for (const RunSweep& sweep : sweeps)
                        all["sweeps"].push_back(sweepJson(sweep, sweepTable(sweep)));
                    context.out << jsonText(all) << '\n';
                    return 0;
                }
                if (runs.empty() && sweeps.empty())
                    context.feedback.message(
                        text(EMBELLIE_TR("command", "there are no runs in {0}"), *folder));
                for (const Listed& listed : runs)
                    printLine(context.out, listed);
                for (const RunSweep& sweep : sweeps) {
                    context.out << (runs.empty() ? "" : "\n") << "sweep " << sweep.folder.filename().string()
                                << '\n';
                    printSweep(context.out, sweep, sweepTable(sweep));
                }
                return 0;
            };
        }};
    return command;
}

} // namespace embellie
