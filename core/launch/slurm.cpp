#include "core/launch/slurm.h"

#include "core/launch/job_script.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <random>
#include <thread>
#include <unistd.h>

extern char** environ;

namespace embellie::slurm {

namespace fs = std::filesystem;

namespace {

constexpr const char* Mark = "embellie:";
constexpr const char* QueueFormat = "%i|%T|%P|%Q|%S|%M|%L|%N|%r";

/// What Slurm's programs and the jobs get of our environment.
std::vector<std::string> smallEnvironment() {
    static constexpr std::array names{"HOME",
                                      "USER",
                                      "LOGNAME",
                                      "SHELL",
                                      "PATH",
                                      "LANG",
                                      "TMPDIR",
                                      "SLURM_CONF",
                                      "SLURM_CONF_SERVER",
                                      "SLURM_CLUSTERS",
                                      "MUNGE_SOCKET",
                                      "SBATCH_ACCOUNT",
                                      "SBATCH_QOS",
                                      "SBATCH_RESERVATION",
                                      "MODULESHOME",
                                      "MODULEPATH",
                                      "LMOD_PKG"};
    std::vector<std::string> words;
    for (char** entry = ::environ; *entry; ++entry) {
        const std::string line = *entry;
        const std::string name = line.substr(0, line.find('='));
        if (name.starts_with("EMBELLIE_") || name.starts_with("LC_") ||
            std::find(names.begin(), names.end(), name) != names.end())
            words.push_back(line);
    }
    return words;
}

std::string trimmed(std::string words) {
    const char* blanks = " \t\r\n";
    words.erase(0, std::min(words.find_first_not_of(blanks), words.size()));
    words.erase(words.find_last_not_of(blanks) + 1);
    return words;
}

std::vector<std::string_view> split(std::string_view line, char mark, std::size_t most) {
    std::vector<std::string_view> parts;
    while (parts.size() + 1 < most) {
        const std::size_t at = line.find(mark);
        if (at == std::string_view::npos)
            break;
        parts.push_back(line.substr(0, at));
        line.remove_prefix(at + 1);
    }
    parts.push_back(line);
    return parts;
}

template <class Take>
void eachLine(std::string_view text, const Take& take) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        take(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

template <class Number>
Number leadingNumber(std::string_view text) { // "4000+" where nodes differ
    Number number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// Whether an answer may have been lost, rather than the job refused.
bool mayHaveArrived(const ProcessResult& result) {
    if (result.timedOut)
        return true;
    static constexpr std::array signs{"timed out", "Unable to contact", "Zero Bytes", "communication",
                                      "onnection"};
    return std::any_of(signs.begin(), signs.end(),
                       [&](const char* sign) { return result.errors.find(sign) != std::string::npos; });
}

ProcessResult run(const std::string& program, const std::vector<std::string>& arguments,
                  std::chrono::milliseconds timeout) {
    ProcessRequest request{.program = "env", .arguments = {"-i"}};
    for (std::string& variable : smallEnvironment())
        request.arguments.push_back(std::move(variable));
    if (program != "sbatch") { // a job keeps the zone of its user
        request.arguments.emplace_back("TZ=UTC");
        request.arguments.emplace_back("SLURM_TIME_FORMAT=standard");
    }
    request.arguments.push_back(program);
    request.arguments.insert(request.arguments.end(), arguments.begin(), arguments.end());
    return runProcess(request, timeout);
}

Error failed(const std::string& program, const ProcessResult& result) {
    if (result.timedOut)
        return Error(text(EMBELLIE_TR("launch", "Slurm does not answer ({0})"), program))
            .remedy(text(EMBELLIE_TR("launch", "try again in some minutes; what runs goes on")));
    if (result.status == 127)
        return Error(text(EMBELLIE_TR("launch", "there is no Slurm on this machine")))
            .expected(text(EMBELLIE_TR("launch", "its program {0} in the PATH"), program))
            .remedy(text(EMBELLIE_TR("launch", "run this on a login node, or reach the site through ssh")));
    std::string said;
    eachLine(result.errors, [&](std::string_view line) { // the last words name the cause
        if (!trimmed(std::string(line)).empty())
            said = trimmed(std::string(line));
    });
    for (const std::string& prefix : {program + ": error: ", program + ": "})
        if (said.starts_with(prefix))
            said.erase(0, prefix.size());
    if (mayHaveArrived(result))
        return Error(text(EMBELLIE_TR("launch", "Slurm does not answer: {0}"), said))
            .remedy(text(EMBELLIE_TR("launch", "try again in some minutes; what runs goes on")));
    return Error(text(EMBELLIE_TR("launch", "Slurm refused: {0}"), said));
}

/// --output for what Slurm itself says of a job (what the trainer says, the script writes into the log). In a
/// path with a backslash Slurm's "%" have no way out.
std::string logPattern(const fs::path& log) {
    std::string pattern;
    for (const char letter : log.string()) {
        if (letter == '\\')
            return "/dev/null";
        pattern += letter == '%' ? std::string("%%") : std::string(1, letter);
    }
    return pattern;
}

JobPhase phaseOf(std::string_view state) {
    static constexpr std::array waiting{"PENDING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "SPECIAL_EXIT"};
    static constexpr std::array over{"COMPLETED", "FAILED",   "TIMEOUT",   "CANCELLED",     "NODE_FAIL",
                                     "PREEMPTED", "DEADLINE", "BOOT_FAIL", "OUT_OF_MEMORY", "REVOKED"};
    if (std::find(waiting.begin(), waiting.end(), state) != waiting.end())
        return JobPhase::Waiting;
    if (std::find(over.begin(), over.end(), state) != over.end())
        return JobPhase::Over;
    return state == "COMPLETING" ? JobPhase::Ending : JobPhase::Running;
}

} // namespace

std::optional<std::chrono::seconds> parseDuration(std::string_view text) {
    const std::size_t dash = text.find('-');
    const bool hasDays = dash != std::string_view::npos;
    const auto number = [](std::string_view digits) -> std::optional<std::int64_t> {
        std::int64_t value = 0;
        const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (problem != std::errc() || end != digits.data() + digits.size() || value < 0)
            return std::nullopt;
        return value;
    };
    std::int64_t seconds = 0;
    for (const std::string_view part : split(hasDays ? text.substr(dash + 1) : text, ':', 4)) {
        const auto value = number(part);
        if (!value)
            return std::nullopt;
        seconds = seconds * 60 + *value;
    }
    if (hasDays) {
        const auto days = number(text.substr(0, dash));
        if (!days)
            return std::nullopt;
        seconds += *days * 86400;
    }
    return std::chrono::seconds(seconds);
}

std::string ask(const std::string& program, const std::vector<std::string>& arguments,
                std::chrono::milliseconds timeout) {
    const ProcessResult result = run(program, arguments, timeout);
    if (result.timedOut || result.status != 0)
        throw failed(program, result);
    return result.output;
}

bool isHere() {
    const char* path = std::getenv("PATH");
    for (const std::string_view folder : split(path ? path : "", ':', 1000))
        if (!folder.empty() && ::access((fs::path(folder) / "sbatch").c_str(), X_OK) == 0)
            return true;
    return false;
}

std::string newToken() {
    std::random_device device;
    static constexpr char digits[] = "0123456789abcdef";
    std::string token;
    for (int i = 0; i < 16; ++i)
        token += digits[device() & 15];
    return token;
}

std::string submit(const fs::path& script, const fs::path& folder, const LaunchSite& site,
                   const Resources& resources, const std::string& token, Restart restart,
                   const std::string& array) {
    const int nodes = nodesFor(site, resources);
    std::vector<std::string> words{"--parsable",
                                   "--job-name=" + jobName(folder),
                                   "--comment=" + std::string(Mark) + token,
                                   "--time=" + std::to_string(resources.time.count()),
                                   "--signal=B:USR1@" + std::to_string(site.warning.count()),
                                   restart == Restart::BySlurm ? "--requeue" : "--no-requeue",
                                   "--open-mode=append",
                                   "--export=ALL",
                                   "--nodes=" + std::to_string(nodes),
                                   "--ntasks=" + std::to_string(std::max(1, resources.ranks)),
                                   "--chdir=" + folder.string(),
                                   "--output=" +
                                       (array.empty() ? logPattern(folder / "log.txt") : "/dev/null")};
    const auto option = [&](const char* name, const std::string& value) {
        if (!value.empty())
            words.push_back(std::string("--") + name + "=" + value);
    };
    option("partition", resources.partition);
    option("account", site.account);
    option("qos", site.qos);
    option("constraint", site.constraint);
    option("array", array);
    if (resources.gpus > 0)
        option("gres", site.gpuRequest + ":" + std::to_string(resources.gpus / nodes));
    if (resources.cpus > 0)
        option("cpus-per-task", std::to_string(resources.cpus));
    if (resources.memoryMb > 0)
        option("mem", std::to_string(resources.memoryMb));
    words.push_back(fs::absolute(script).string());

    const ProcessResult result = run("sbatch", words, std::chrono::seconds(60));
    if (!result.timedOut && result.status == 0) {
        const std::string answer = trimmed(result.output);
        const std::size_t line = answer.rfind('\n') == std::string::npos ? 0 : answer.rfind('\n') + 1;
        const std::string job = answer.substr(line, answer.find(';', line) - line);
        if (!job.empty() && job.find_first_not_of("0123456789") == std::string::npos)
            return job;
    } else if (!mayHaveArrived(result)) {
        throw failed("sbatch", result);
    }
    for (int turn = 0; turn < 3; ++turn) {
        try {
            if (const auto job = findJob(token))
                return *job;
        } catch (const Error&) {
            if (turn == 2)
                throw Error(text(EMBELLIE_TR(
                                "launch", "Slurm does not answer, and whether it took the job is not known")))
                    .in(folder)
                    .remedy(text(EMBELLIE_TR(
                        "launch", "go on with train --run … --resume once it answers: the job is then "
                                  "looked for and not sent twice")));
        }
        std::this_thread::sleep_for(std::chrono::seconds(2));
    }
    throw failed("sbatch", result);
}

std::optional<std::string> findJob(const std::string& token) {
    const std::string answer =
        ask("squeue", {"-h", "-a", "-t", "all", "-u", std::to_string(::getuid()), "-o", "%F|%k"});
    std::optional<std::string> found;
    eachLine(answer, [&](std::string_view line) {
        const auto parts = split(line, '|', 2);
        if (parts.size() == 2 && parts[1] == Mark + token)
            found = std::string(parts[0]);
    });
    return found;
}

std::vector<JobStatus> parseQueue(const std::string& output, const std::vector<std::string>& wanted) {
    struct Line {
        JobStatus status;
        std::int64_t priority = 0;
    };
    std::vector<Line> lines;
    eachLine(output, [&](std::string_view line) {
        const auto parts = split(line, '|', 9);
        if (parts.size() != 9 || parts[0].empty() || parts[0][0] < '0' || parts[0][0] > '9')
            return;
        Line entry;
        entry.status.job = parts[0];
        entry.status.state = parts[1];
        entry.status.phase = phaseOf(parts[1]);
        entry.status.partition = parts[2];
        entry.priority = leadingNumber<std::int64_t>(parts[3]);
        const bool waits = entry.status.phase == JobPhase::Waiting;
        if (waits)
            entry.status.expectedStart = parseTime(parts[4]);
        else
            entry.status.elapsed = parseDuration(parts[5]);
        if (entry.status.phase == JobPhase::Running)
            entry.status.remaining = parseDuration(parts[6]);
        entry.status.node = parts[7];
        entry.status.reason = parts[8] == "None" ? "" : parts[8];
        lines.push_back(std::move(entry));
    });
    std::vector<JobStatus> found;
    for (const Line& own : lines) {
        if (std::find(wanted.begin(), wanted.end(), own.status.job) == wanted.end())
            continue;
        found.push_back(own.status);
        if (own.status.phase != JobPhase::Waiting)
            continue;
        found.back().before =
            static_cast<int>(std::count_if(lines.begin(), lines.end(), [&](const Line& other) {
                return other.status.phase == JobPhase::Waiting &&
                       other.status.partition == own.status.partition &&
                       (other.priority > own.priority ||
                        (other.priority == own.priority && leadingNumber<std::int64_t>(other.status.job) <
                                                               leadingNumber<std::int64_t>(own.status.job)));
            }));
    }
    return found;
}

std::vector<JobStatus> jobs(const std::vector<std::string>& wanted, bool withQueue) {
    std::vector<std::string> words{"-h", "-a", "-r", "-t", "all", "-o", QueueFormat};
    if (!withQueue) // those of others count only where one waits among them
        words.insert(words.end(), {"-u", std::to_string(::getuid())});
    std::vector<JobStatus> found = parseQueue(ask("squeue", words), wanted);
    if (!withQueue)
        for (JobStatus& status : found)
            status.before.reset();
    return found;
}

void cancelWaiting(const std::string& job) {
    ask("scancel", {"--state=PENDING", job});
}

void cancel(const std::string& job) {
    ask("scancel", {job});
}

void signalJob(const std::string& job, const char* signal) {
    ask("scancel", {"--batch", "--signal=" + std::string(signal), job});
}

std::vector<Partition> parsePartitions(const std::string& sinfo) {
    std::vector<Partition> found;
    eachLine(sinfo, [&](std::string_view line) {
        const auto parts = split(line, '|', 7);
        if (parts.size() != 7 || parts[0].empty() || parts[6] == "down" || parts[6] == "inact")
            return;
        Partition entry;
        entry.isDefault = parts[0].back() == '*';
        entry.name = entry.isDefault ? parts[0].substr(0, parts[0].size() - 1) : parts[0];
        if (const auto time = parseDuration(parts[1])) // "infinite" is none
            entry.maxTime = std::chrono::floor<std::chrono::minutes>(*time);
        entry.nodes = leadingNumber<int>(parts[2]);
        // "gpu:2", "gpu:rtx2080ti:2(S:0-1),tmpdir:1"
        for (std::string_view gres : split(parts[3], ',', 16)) {
            if (!gres.starts_with("gpu:"))
                continue;
            gres = gres.substr(4, gres.find('(') - 4);
            const std::size_t colon = gres.rfind(':');
            if (colon != std::string_view::npos)
                entry.gpuModel = gres.substr(0, colon);
            entry.gpusPerNode +=
                leadingNumber<int>(colon == std::string_view::npos ? gres : gres.substr(colon + 1));
        }
        entry.cpusPerNode = leadingNumber<int>(parts[4]);
        entry.memoryMbPerNode = leadingNumber<std::int64_t>(parts[5]);
        const auto known = std::find_if(found.begin(), found.end(),
                                        [&](const Partition& other) { return other.name == entry.name; });
        if (known == found.end()) {
            found.push_back(std::move(entry));
            return;
        }
        known->nodes += entry.nodes; // a line for each kind of node
        known->gpusPerNode = std::max(known->gpusPerNode, entry.gpusPerNode);
        known->cpusPerNode = std::max(known->cpusPerNode, entry.cpusPerNode);
        known->memoryMbPerNode = std::max(known->memoryMbPerNode, entry.memoryMbPerNode);
        if (known->gpuModel.empty())
            known->gpuModel = entry.gpuModel;
    });
    return found;
}

std::vector<Partition> partitions() {
    return parsePartitions(ask("sinfo", {"-h", "-o", "%P|%l|%D|%G|%c|%m|%a"}));
}

} // namespace embellie::slurm
