#include "core/launch/job_watch.h"

#include "core/launch/slurm.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <nlohmann/json.hpp>

namespace embellie {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::array PhaseKeys{"unknown", "waiting", "running", "ending", "over", "forgotten"};

std::string textOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::int64_t> numberOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? std::optional(found->get<std::int64_t>())
                                                               : std::nullopt;
}

struct ReasonWords {
    const char* reason; ///< of Slurm, or how a family of them begins
    TextPattern words;
};

// The first that matches counts: longer names stand before what they begin with.
constexpr std::array Reasons{
    ReasonWords{"Priority", EMBELLIE_TR("launch", "other jobs come first")},
    ReasonWords{"Resources", EMBELLIE_TR("launch", "it is next, as soon as enough of a node is free")},
    ReasonWords{"QOSMaxGRESPerUser",
                EMBELLIE_TR("launch", "your share of GPUs is in use by other jobs of yours")},
    ReasonWords{"QOSMaxJobsPerUser",
                EMBELLIE_TR("launch", "as many jobs of yours run as one person may have")},
    ReasonWords{"QOSMaxCpuPerUser",
                EMBELLIE_TR("launch", "your share of cores is in use by other jobs of yours")},
    ReasonWords{"QOSMaxMemoryPerUser",
                EMBELLIE_TR("launch", "your share of memory is in use by other jobs of yours")},
    ReasonWords{"QOSGrp", EMBELLIE_TR("launch", "the share of all users of this kind of job is in use")},
    ReasonWords{"QOSMaxWall",
                EMBELLIE_TR("launch", "the wall time is longer than this kind of job may have: it would "
                                      "wait for ever")},
    ReasonWords{"QOSMax", EMBELLIE_TR("launch", "it asks for more than this kind of job may have")},
    ReasonWords{"AssocGrp", EMBELLIE_TR("launch", "the share of your project is used up for now")},
    ReasonWords{"AssocMax",
                EMBELLIE_TR("launch", "your share of the machine is in use by other jobs of yours")},
    ReasonWords{"MaxGRESPerAccount", EMBELLIE_TR("launch", "the GPUs of your project are in use")},
    ReasonWords{"PartitionTimeLimit",
                EMBELLIE_TR("launch", "the wall time is longer than the partition allows: it would "
                                      "wait for ever")},
    ReasonWords{"PartitionNodeLimit",
                EMBELLIE_TR("launch", "it asks for more nodes than the partition has: it would "
                                      "wait for ever")},
    ReasonWords{"PartitionDown", EMBELLIE_TR("launch", "the partition is closed for now")},
    ReasonWords{"PartitionInactive", EMBELLIE_TR("launch", "the partition is closed for now")},
    ReasonWords{"ReqNodeNotAvail", EMBELLIE_TR("launch", "the nodes are down, or kept for others, for now")},
    ReasonWords{"NodeDown", EMBELLIE_TR("launch", "a node is down")},
    ReasonWords{"Nodes required for job are DOWN",
                EMBELLIE_TR("launch", "the nodes are down, or kept for others, for now")},
    ReasonWords{"Reservation", EMBELLIE_TR("launch", "it waits for its reservation")},
    ReasonWords{"BeginTime",
                EMBELLIE_TR("launch", "it was put back into the queue and starts again in a moment")},
    ReasonWords{"JobArrayTaskLimit",
                EMBELLIE_TR("launch", "as many runs of this sweep work as may at the same time")},
    ReasonWords{"Dependency", EMBELLIE_TR("launch", "it waits for another job")},
    ReasonWords{"JobHeldUser", EMBELLIE_TR("launch", "it is held: \"scontrol release\" lets it go")},
    ReasonWords{"JobHeldAdmin", EMBELLIE_TR("launch", "the administrator holds it")},
    ReasonWords{"launch failed requeued held",
                EMBELLIE_TR("launch", "its start failed and it is held: tell the "
                                      "administrator")},
    ReasonWords{"BadConstraints", EMBELLIE_TR("launch", "no node can ever give what it asks for")},
    ReasonWords{"InvalidAccount", EMBELLIE_TR("launch", "the account is not known to Slurm")},
    ReasonWords{"InvalidQOS", EMBELLIE_TR("launch", "the QOS is not known to Slurm")},
    ReasonWords{"Licenses", EMBELLIE_TR("launch", "it waits for a licence")},
    ReasonWords{"Prolog", EMBELLIE_TR("launch", "its node is being prepared")},
};

Text overWords(const std::string& state) {
    if (state == "TIMEOUT")
        return text(EMBELLIE_TR("launch", "its wall time is over"));
    if (state == "CANCELLED")
        return text(EMBELLIE_TR("launch", "the job was cancelled"));
    if (state == "NODE_FAIL" || state == "BOOT_FAIL")
        return text(EMBELLIE_TR("launch", "its node failed"));
    if (state == "PREEMPTED")
        return text(EMBELLIE_TR("launch", "its node was needed for a more urgent job"));
    if (state == "OUT_OF_MEMORY")
        return text(EMBELLIE_TR("launch", "its node ran out of memory"));
    return text(EMBELLIE_TR("launch", "the job has ended"));
}

} // namespace

std::string durationText(double seconds) {
    const auto whole = static_cast<long long>(std::llround(seconds));
    const auto twoDigits = [](long long value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    if (whole < 60)
        return std::to_string(whole) + " s";
    if (whole < 3600)
        return std::to_string(whole / 60) + " min " + twoDigits(whole % 60) + " s";
    return std::to_string(whole / 3600) + " h " + twoDigits(whole / 60 % 60) + " min";
}

json toJson(const JobStatus& status) {
    json object{{"job", status.job},
                {"phase", PhaseKeys[static_cast<std::size_t>(status.phase)]},
                {"state", status.state},
                {"reason", status.reason},
                {"partition", status.partition},
                {"node", status.node}};
    if (status.before)
        object["before"] = *status.before;
    if (status.expectedStart)
        object["expected_start"] = isoTime(*status.expectedStart);
    if (status.elapsed)
        object["elapsed_s"] = status.elapsed->count();
    if (status.remaining)
        object["remaining_s"] = status.remaining->count();
    return object;
}

JobStatus jobStatusFrom(const json& object) {
    JobStatus status;
    if (!object.is_object())
        return status;
    status.job = textOf(object, "job");
    const std::string phase = textOf(object, "phase");
    for (std::size_t i = 0; i < PhaseKeys.size(); ++i)
        if (phase == PhaseKeys[i])
            status.phase = static_cast<JobPhase>(i);
    status.state = textOf(object, "state");
    status.reason = textOf(object, "reason");
    status.partition = textOf(object, "partition");
    status.node = textOf(object, "node");
    if (const auto before = numberOf(object, "before"))
        status.before = static_cast<int>(*before);
    status.expectedStart = parseTime(textOf(object, "expected_start"));
    if (const auto elapsed = numberOf(object, "elapsed_s"))
        status.elapsed = std::chrono::seconds(*elapsed);
    if (const auto remaining = numberOf(object, "remaining_s"))
        status.remaining = std::chrono::seconds(*remaining);
    return status;
}

Text reasonWords(const std::string& reason) {
    if (reason.empty())
        return text(EMBELLIE_TR("launch", "it is being looked at"));
    for (const ReasonWords& known : Reasons)
        if (reason.starts_with(known.reason))
            return text(known.words);
    return text(EMBELLIE_TR("launch", "Slurm says \"{0}\""), reason);
}

std::vector<Text> jobWords(const JobStatus& status) {
    std::vector<Text> words;
    switch (status.phase) {
    case JobPhase::Unknown:
        words.push_back(text(EMBELLIE_TR("launch", "Slurm has not been asked yet")));
        break;
    case JobPhase::Waiting: {
        const Text reason = reasonWords(status.reason);
        words.push_back(text(EMBELLIE_TR("launch", "waits in the queue")));
        words.push_back(reason);
        if (status.before && *status.before == 1)
            words.push_back(text(EMBELLIE_TR("launch", "1 job waits before it")));
        else if (status.before && *status.before > 1)
            words.push_back(text(EMBELLIE_TR("launch", "{0} jobs wait before it"), *status.before));
        else if (status.before)
            words.push_back(text(EMBELLIE_TR("launch", "no other job waits before it")));
        if (status.expectedStart)
            words.push_back(text(EMBELLIE_TR("launch", "expected to start at {0} UTC (an estimate)"),
                                 timeText(*status.expectedStart)));
        words.push_back(text(EMBELLIE_TR("launch", "waiting is not an error")));
        break;
    }
    case JobPhase::Running:
        if (status.node.empty())
            words.push_back(text(EMBELLIE_TR("launch", "its node is being prepared")));
        else
            words.push_back(text(EMBELLIE_TR("launch", "runs on {0}"), status.node));
        if (status.state == "SUSPENDED")
            words.push_back(text(EMBELLIE_TR("launch", "but is suspended in favour of another job")));
        if (status.elapsed)
            words.push_back(text(EMBELLIE_TR("launch", "since {0}"),
                                 durationText(static_cast<double>(status.elapsed->count()))));
        if (status.remaining)
            words.push_back(text(EMBELLIE_TR("launch", "{0} of wall time left"),
                                 durationText(static_cast<double>(status.remaining->count()))));
        break;
    case JobPhase::Ending:
        words.push_back(text(EMBELLIE_TR("launch", "the job is ending")));
        break;
    case JobPhase::Over:
        words.push_back(overWords(status.state));
        break;
    case JobPhase::Forgotten:
        words.push_back(text(EMBELLIE_TR("launch", "the job ended some time ago")));
        break;
    }
    return words;
}

std::string jobSentence(const JobStatus& status) {
    std::string sentence;
    for (const Text& words : jobWords(status))
        sentence += (sentence.empty() ? "" : "; ") + words.english();
    return sentence;
}

RunStatus statusWithJob(RunStatus own, const JobStatus& job, bool spoke) {
    const bool ended = job.phase == JobPhase::Over || job.phase == JobPhase::Forgotten;
    if (own == RunStatus::Lost && job.phase == JobPhase::Waiting)
        return RunStatus::Waiting; // its node died, and Slurm starts it again
    if (own == RunStatus::Lost && (job.phase == JobPhase::Running || job.phase == JobPhase::Ending))
        return RunStatus::Running; // silent, but there
    if (own == RunStatus::Waiting && ended && !spoke)
        return RunStatus::Lost; // it never got as far as its trainer
    const bool works = own == RunStatus::Starting || own == RunStatus::Running || own == RunStatus::Stopping;
    return works && ended ? RunStatus::Lost : own;
}

JobWatch::JobWatch(std::chrono::milliseconds interval) : m_interval(interval) {}

void JobWatch::watch(const std::string& job) {
    if (job.empty() || m_jobs.contains(job))
        return;
    m_jobs[job].job = job;
    hurry();
}

void JobWatch::forget(const std::string& job) {
    m_jobs.erase(job);
}

void JobWatch::hurry() {
    m_next = {};
}

bool JobWatch::poll() {
    if (m_jobs.empty() || Clock::now() < m_next)
        return false;
    std::vector<std::string> wanted;
    bool waits = false;
    for (const auto& [job, status] : m_jobs) {
        wanted.push_back(job);
        waits = waits || status.phase == JobPhase::Waiting || status.phase == JobPhase::Unknown;
    }
    bool changed = false;
    try {
        const std::vector<JobStatus> found = slurm::jobs(wanted, waits);
        for (auto& [job, known] : m_jobs) {
            const auto now = std::find_if(found.begin(), found.end(), [&name = job](const JobStatus& status) {
                return status.job == name;
            });
            JobStatus next = known;
            if (now != found.end())
                next = *now;
            else
                next.phase = JobPhase::Forgotten;
            changed = changed || !(next == known);
            known = std::move(next);
        }
        changed = changed || m_problem.has_value();
        m_problem.reset();
        m_answered = Clock::now();
        m_failures = 0;
        m_next = Clock::now() + m_interval;
    } catch (const Error& problem) {
        changed = !m_problem || std::string(m_problem->what()) != problem.what();
        m_problem = problem;
        m_failures = std::min(m_failures + 1, 4);
        const std::chrono::milliseconds longest =
            std::max<std::chrono::milliseconds>(m_interval, std::chrono::minutes(10));
        m_next = Clock::now() + std::min(m_interval * (1 << m_failures), longest);
    }
    return changed;
}

JobStatus JobWatch::status(const std::string& job) const {
    const auto found = m_jobs.find(job);
    if (found != m_jobs.end())
        return found->second;
    JobStatus unknown;
    unknown.job = job;
    return unknown;
}

} // namespace embellie
