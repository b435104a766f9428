#include "core/launch/lines.h"
#include "core/launch/mirror.h"
#include "core/launch/sweep.h"

#include <algorithm>

namespace embellie {

namespace fs = std::filesystem;

namespace {

/// Nobody works on it, and nobody will by himself.
bool isSettled(const SweepRow& row) {
    const RunStatus status = row.summary.status;
    return row.summary.problem || isOver(status) || status == RunStatus::Lost;
}

bool wasSent(const fs::path& run) {
    if (const auto link = readMirrorLink(run))
        return !link->run.empty();
    const auto record = readLaunchRecord(run);
    return record && (!record->job.empty() || record->pid > 0);
}

/// Its process lives, and starts its ranks again.
bool isContinued(const fs::path& run) {
    const auto record = readLaunchRecord(run);
    return record && isAlive(*record);
}

} // namespace

SweepDriver::SweepDriver(RunSweep sweep, LaunchSite site, Lines* lines)
    : m_sweep(std::move(sweep)), m_site(std::move(site)), m_lines(lines), m_watch(m_site.pollEvery) {
    if (m_site.kind == SiteKind::Ssh && !m_lines) {
        m_ownLines = std::make_unique<Lines>();
        m_lines = m_ownLines.get();
    }
}

SweepDriver::~SweepDriver() = default;

void SweepDriver::mirror(Feedback& feedback) {
    for (const fs::path& run : m_sweep.runs()) {
        RunReader reader(run);
        reader.poll();
        if (embellie::isOver(reader.status()) || !wasSent(run))
            continue;
        updateMirror(run, *m_lines->to(m_site), feedback);
    }
}

/// What the jobs are counts where the runs themselves can't know it.
void SweepDriver::watchJobs(std::vector<SweepRow>& rows, Feedback& feedback) {
    std::vector<std::string> jobs(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto record = readLaunchRecord(rows[i].run);
        if (!record || record->executor != "slurm" || isSettled(rows[i]))
            continue;
        jobs[i] = record->job;
        m_watch.watch(record->job);
    }
    if (m_watch.poll() && m_watch.problem())
        feedback.message(
            text(EMBELLIE_TR("launch", "the queue can't be read now: {0}"), m_watch.problem()->what()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (jobs[i].empty())
            continue;
        const JobStatus job = m_watch.status(jobs[i]);
        if (const auto again = continueByItself(rows[i].run, job)) {
            m_watch.forget(jobs[i]);
            continue;
        }
        RunSummary& summary = rows[i].summary;
        summary.status = statusWithJob(summary.status, job, summary.state.has_value());
        // Its job is gone, and nobody starts it again.
        if (summary.status == RunStatus::Waiting &&
            (job.phase == JobPhase::Over || job.phase == JobPhase::Forgotten))
            summary.status = RunStatus::Lost;
    }
}

void SweepDriver::start(std::vector<SweepRow>& rows, Feedback& feedback) {
    std::vector<fs::path> unsent;
    int working = 0;
    for (SweepRow& row : rows) {
        if (isSettled(row))
            continue;
        if (!wasSent(row.run)) {
            unsent.push_back(row.run);
            continue;
        }
        // On a machine without a scheduler nobody continues what a signal ended.
        if (m_site.inner == SiteKind::Here && row.summary.status == RunStatus::Waiting && row.summary.state &&
            !isContinued(row.run))
            row.summary.status = RunStatus::Lost;
        else
            ++working;
    }
    if (unsent.empty())
        return;
    if (m_site.inner == SiteKind::Slurm) {
        LaunchSite site = m_site;
        if (m_sweep.sideBySide > 0)
            site.jobsPerUser =
                site.jobsPerUser > 0 ? std::min(site.jobsPerUser, m_sweep.sideBySide) : m_sweep.sideBySide;
        launchArray(unsent, site, m_sweep.resources, feedback, m_lines);
        m_watch.hurry();
        return;
    }
    const int most = m_sweep.sideBySide > 0 ? m_sweep.sideBySide : runsAtOnce(m_site, m_sweep.resources);
    for (std::size_t i = 0; i < unsent.size() && working < most; ++i, ++working)
        launch(unsent[i], m_site, m_sweep.resources, feedback, m_lines);
}

std::vector<SweepRow> SweepDriver::advance(Feedback& feedback) {
    if (m_site.kind == SiteKind::Ssh)
        mirror(feedback);
    std::vector<SweepRow> rows = sweepTable(m_sweep);
    if (m_site.kind == SiteKind::Slurm)
        watchJobs(rows, feedback);
    if (!m_stopped)
        start(rows, feedback);
    if (m_sweep.stopHopeless && !rows.empty() && !rows.front().summary.problem)
        for (const std::size_t i : hopelessRuns(rows, higherIsBetter(rows.front().summary.request)))
            if (m_asked.insert(i).second) {
                feedback.message(
                    text(EMBELLIE_TR("launch", "{0} is stopped: others were better after as many epochs"),
                         rows[i].run.filename().string()));
                stopRun(rows[i].run, false, m_lines, {&feedback});
            }
    m_over = std::all_of(rows.begin(), rows.end(), [&](const SweepRow& row) {
        return isSettled(row) || (m_stopped && !wasSent(row.run));
    });
    return rows;
}

void SweepDriver::stop(bool discard, Feedback& feedback) {
    m_stopped = true;
    for (const fs::path& run : m_sweep.runs()) {
        RunReader reader(run);
        reader.poll();
        if (embellie::isOver(reader.status()))
            continue;
        try {
            stopRun(run, discard, m_lines, {&feedback});
        } catch (const Error& problem) {
            feedback.message(text(EMBELLIE_TR("launch", "{0} could not be asked to end: {1}"),
                                  run.filename().string(), problem.what()));
        }
    }
}

} // namespace embellie
