#include "core/command/json_text.h"
#include "core/command/run_lines.h"

#include "core/base/process.h"
#include "core/launch/launch.h"
#include "core/launch/lines.h"
#include "core/launch/mirror.h"

#include <thread>

#include <nlohmann/json.hpp>

namespace embellie {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto PollInterval = std::chrono::milliseconds(200);
/// What a network disk may need to show the last words of a job that has ended.
constexpr auto Grace = std::chrono::seconds(10);

std::chrono::milliseconds pollEveryOf(const LaunchRecord& record) {
    try {
        return parseSite(record.site, record.siteText, record.site + ".toml").pollEvery;
    } catch (const Error&) {
        return LaunchSite{}.pollEvery;
    }
}

class Follower {
public:
    Follower(const fs::path& run, CommandContext& context, const FollowOptions& options)
        : m_run(run), m_context(context), m_options(options), m_reader(run) {}
    FollowedRun follow();

private:
    void tellEvents(const RunReader::Update& update);
    void tellQueue(const JobStatus& job);
    void tellLine();
    /// The place of its job, where it has one.
    std::optional<JobStatus> askQueue();
    std::optional<FollowedRun> endHere(bool gone) const;
    std::optional<FollowedRun> endOfJob(const JobStatus& job);
    std::optional<FollowedRun> endOfMirror(const std::optional<JobStatus>& job);
    bool spoke() const { return m_reader.state() && m_reader.state()->attempt >= m_options.attempt; }
    /// Whether @p holds since Grace; it is asked again and again.
    bool lasts(bool holds);

    const fs::path m_run;
    CommandContext& m_context;
    const FollowOptions m_options;
    RunReader m_reader;
    std::optional<Lines> m_lines;
    std::optional<Mirrors> m_mirrors;
    std::optional<JobWatch> m_watch;
    std::string m_job, m_queueTold, m_lineTold, m_problemTold;
    std::optional<Clock::time_point> m_holdsSince;
    Clock::time_point m_nextContinuation{};
    bool m_asked = false;
};

void Follower::tellEvents(const RunReader::Update& update) {
    for (const RunEvent& event : update.events) {
        if (event.number <= m_options.from)
            continue;
        if (m_context.json && m_options.jsonLines)
            m_context.out << eventLine(event);
        else if (const std::string line =
                     m_context.json ? "" : eventForPeople(event, m_reader.request(), m_reader.state());
                 !line.empty())
            m_context.out << line << '\n';
    }
    m_context.out.flush();
    if (m_reader.state())
        m_context.feedback.progress(static_cast<double>(m_reader.state()->step),
                                    static_cast<double>(m_reader.state()->steps));
}

void Follower::tellQueue(const JobStatus& job) {
    if (job.phase == JobPhase::Unknown)
        return;
    JobStatus steady = job; // what changes all the time is no news
    steady.elapsed.reset();
    steady.remaining.reset();
    const std::string key = jsonText(toJson(steady));
    if (key == m_queueTold)
        return;
    m_queueTold = key;
    if (m_context.json && m_options.jsonLines) {
        nlohmann::json line = toJson(job);
        line["kind"] = "queue";
        line["words"] = jobSentence(job);
        m_context.out << jsonText(line) << std::endl;
    } else {
        m_context.feedback.message(text(EMBELLIE_TR("command", "job {0}: {1}"), job.job, jobSentence(job)));
    }
}

void Follower::tellLine() {
    const auto line = m_mirrors->line(m_run);
    if (!line)
        return;
    // Opening the line is no news, only what becomes of it.
    const bool well = line->state == LineState::Connected ||
                      (line->state == LineState::Connecting && !line->problem && m_lineTold.empty());
    const std::string words =
        well ? "" : lineText(*line, m_reader.mirror() ? m_reader.mirror()->site : "").english();
    const std::string key = well ? "" : std::to_string(static_cast<int>(line->state));
    if (key == m_lineTold) // seconds of silence alone are no news
        return;
    m_lineTold = key;
    m_context.feedback.message(well ? text(EMBELLIE_TR("command", "the line is there again"))
                                    : text(EMBELLIE_TR("command", "the line: {0}"), words));
}

std::optional<JobStatus> Follower::askQueue() {
    if (m_mirrors) {
        if (!m_reader.mirror() || m_reader.mirror()->queue.empty())
            return std::nullopt;
        return jobStatusFrom(nlohmann::json::parse(m_reader.mirror()->queue, nullptr, false));
    }
    const auto record = readLaunchRecord(m_run);
    if (!record || record->executor != "slurm")
        return std::nullopt;
    if (!m_watch)
        m_watch.emplace(pollEveryOf(*record));
    if (record->job != m_job) {
        m_watch->forget(m_job);
        m_watch->watch(record->job);
        m_job = record->job;
        m_holdsSince.reset();
    }
    m_watch->poll();
    const std::string problem = m_watch->problem() ? m_watch->problem()->what() : "";
    if (problem != m_problemTold && !problem.empty())
        m_context.feedback.message(text(
            EMBELLIE_TR("command", "the queue can't be read now and is asked again later: {0}"), problem));
    m_problemTold = problem;
    return m_watch->status(m_job);
}

bool Follower::lasts(bool holds) {
    if (!holds)
        m_holdsSince.reset();
    else if (!m_holdsSince)
        m_holdsSince = Clock::now();
    return holds && Clock::now() - *m_holdsSince > Grace;
}

std::optional<FollowedRun> Follower::endHere(bool gone) const {
    const bool starting = !spoke() && m_options.trainer > 0;
    const RunStatus status = m_reader.status();
    if (starting)
        return gone ? std::optional(FollowedRun{RunStatus::Lost, m_reader.state()}) : std::nullopt;
    const auto continued = [&] { // by the process that started its ranks
        const auto record = readLaunchRecord(m_run);
        return record && isAlive(*record);
    };
    if (isOver(status) || status == RunStatus::Lost ||
        (status == RunStatus::Waiting && m_reader.state() && !continued()))
        return FollowedRun{status, m_reader.state()};
    return std::nullopt;
}

std::optional<FollowedRun> Follower::endOfJob(const JobStatus& job) {
    const RunStatus own = m_reader.status();
    if (isOver(own) && spoke())
        return FollowedRun{own, m_reader.state()};
    const bool ended = job.phase == JobPhase::Over || job.phase == JobPhase::Forgotten;
    if (ended && Clock::now() >= m_nextContinuation) {
        m_nextContinuation = Clock::now() + std::chrono::seconds(2);
        try {
            if (const auto again = continueByItself(m_run, job)) {
                m_context.feedback.message(text(
                    EMBELLIE_TR("command", "submitted again, to go on from its last checkpoint, as job {0}"),
                    again->job));
                return std::nullopt;
            }
        } catch (const Error& problem) {
            m_nextContinuation = Clock::now() + std::chrono::seconds(30);
            m_context.feedback.message(
                text(EMBELLIE_TR("command", "it could not be submitted again yet: {0}"), problem.what()));
            return std::nullopt;
        }
    }
    if (!lasts(ended))
        return std::nullopt;
    if (!spoke()) // of an attempt that never began the words of the one before are no news
        return FollowedRun{RunStatus::Lost, m_reader.state()};
    return FollowedRun{statusWithJob(own, job), m_reader.state()};
}

std::optional<FollowedRun> Follower::endOfMirror(const std::optional<JobStatus>& job) {
    const RunStatus status = m_reader.status();
    if (isOver(status) && spoke())
        return FollowedRun{status, m_reader.state()};
    // The far side starts again what is to be continued; it alone sees what was lost.
    const bool jobEnded = !job || job->phase == JobPhase::Over || job->phase == JobPhase::Forgotten;
    const bool stands = status == RunStatus::Lost || (status == RunStatus::Waiting && spoke() && jobEnded);
    const auto line = m_mirrors->line(m_run);
    if (line && line->state == LineState::Refused && line->problem)
        throw Error(*line->problem);
    if (lasts(stands && line && line->state == LineState::Connected))
        return FollowedRun{status, m_reader.state()};
    return std::nullopt;
}

FollowedRun Follower::follow() {
    m_reader.poll();
    if (m_reader.mirror()) {
        m_lines.emplace();
        m_mirrors.emplace(*m_lines);
        m_mirrors->watch(m_run);
    }
    m_reader = RunReader(m_run); // events from the first
    while (true) {
        const bool gone =
            m_options.trainer > 0 && !processIsAlive(m_options.trainer); // asked first: its last words count
        const std::optional<JobStatus> job = askQueue();
        tellEvents(m_reader.poll());
        if (job)
            tellQueue(*job);
        std::optional<FollowedRun> end;
        if (m_mirrors) {
            tellLine();
            end = endOfMirror(job);
        } else {
            end = job ? endOfJob(*job) : endHere(gone);
        }
        if (end) {
            end->askedToStop = m_asked;
            return *end;
        }
        if (m_context.feedback.isCancelled() && !m_asked) {
            if (!m_options.stopsWithUs)
                throw Cancelled();
            requestStop(m_run, false);
            m_asked = true;
            m_context.feedback.message(
                text(EMBELLIE_TR("command", "stopping after this step, with a checkpoint")));
        }
        std::this_thread::sleep_for(PollInterval);
    }
}

} // namespace

FollowedRun followRun(const fs::path& run, CommandContext& context, const FollowOptions& options) {
    return Follower(run, context, options).follow();
}

} // namespace embellie
