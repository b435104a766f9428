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

bool SweepDriver::tried(const fs::path& run, TextPattern problem, Feedback& feedback,
                        const std::function<void()>& act) {
    const std::pair<fs::path, std::string> what(run, problem.pattern);
    const auto known = m_again.find(what);
    const bool isNews = known == m_again.end();
    if (!isNews && std::chrono::steady_clock::now() < known->second)
        return false;
    try {
        act();
        m_again.erase(what);
        return true;
    } catch (const Error& error) {
        if (isNews)
            feedback.message(text(problem, run.filename().string(), error.what()));
        m_again[what] = std::chrono::steady_clock::now() + m_site.pollEvery;
        return false;
    }
}

bool SweepDriver::mirror(Feedback& feedback) {
    const auto line = m_lines->to(m_site);
    const auto isLost = [&] {
        const LineStatus status = line->status();
        if (status.state == LineState::Refused && status.problem)
            throw Error(*status.problem);
        if (status.problem && !m_lineLost)
            feedback.message(
                text(EMBELLIE_TR("launch", "the line to {0} is lost; the sweep goes on when it is back: {1}"),
                     m_site.label, status.problem->what()));
        m_lineLost = status.problem.has_value();
        return m_lineLost;
    };
    for (const fs::path& run : m_sweep.runs()) {
        RunReader reader(run);
        reader.poll();
        if (embellie::isOver(reader.status()) || !wasSent(run))
            continue;
        if (isLost())
            return false;
        const bool isKnown = tried(run, EMBELLIE_TR("launch", "how {0} does can't be read now: {1}"),
                                   feedback, [&] { updateMirror(run, *line, feedback); });
        if (!isKnown && isLost())
            return false;
    }
    return true;
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
        bool isSentAgain = false;
        const bool isKnown =
            tried(rows[i].run, EMBELLIE_TR("launch", "{0} could not be submitted again yet: {1}"), feedback,
                  [&] { isSentAgain = continueByItself(rows[i].run, job).has_value(); });
        if (isSentAgain)
            m_watch.forget(jobs[i]);
        if (isSentAgain || !isKnown)
            continue;
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
    const bool isReached = m_site.kind != SiteKind::Ssh || mirror(feedback);
    std::vector<SweepRow> rows = sweepTable(m_sweep);
    if (m_site.kind == SiteKind::Slurm)
        watchJobs(rows, feedback);
    if (!m_stopped && isReached)
        start(rows, feedback);
    if (m_sweep.stopHopeless && isReached && !rows.empty() && !rows.front().summary.problem)
        for (const std::size_t i : hopelessRuns(rows, higherIsBetter(rows.front().summary.request)))
            if (!m_asked.contains(i) &&
                tried(rows[i].run, EMBELLIE_TR("launch", "{0} could not be asked to end: {1}"), feedback,
                      [&] { stopRun(rows[i].run, false, m_lines, {&feedback}); })) {
                m_asked.insert(i);
                feedback.message(
                    text(EMBELLIE_TR("launch", "{0} is stopped: others were better after as many epochs"),
                         rows[i].run.filename().string()));
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
