#pragma once

#include "core/base/file.h"
#include "core/run/run_directory.h"
#include "tests/support/rig.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <set>

namespace embellie::test {

/// A run as a reader sees it that comes along now; nothing at all where there is none.
struct Seen {
    RunStatus status = RunStatus::Waiting;
    RunState state;
    std::vector<RunEvent> events; ///< that hold

    int count(const std::string& kind) const {
        return static_cast<int>(std::count_if(events.begin(), events.end(),
                                              [&](const RunEvent& event) { return event.kind == kind; }));
    }
};

inline Seen look(const std::filesystem::path& run) {
    if (!isRunDirectory(run))
        return {};
    RunReader reader(run);
    reader.poll();
    return {reader.status(), reader.state().value_or(RunState()), reader.events()};
}

/// log.txt; empty where there is none yet.
inline std::string logOf(const std::filesystem::path& run) {
    return std::filesystem::exists(RunPaths{run}.log()) ? readFile(RunPaths{run}.log()) : std::string();
}

/// Waits for a run's status. @return whether it came in time; says what was there instead
inline bool comesTo(const std::filesystem::path& run, RunStatus wanted, std::chrono::seconds within) {
    Seen seen;
    const bool came = becomes(
        [&] {
            seen = look(run);
            return seen.status == wanted;
        },
        within);
    if (!came) {
        qWarning("%s is %s (%s) instead of %s", run.c_str(), statusKey(seen.status),
                 seen.state.reason.c_str(), statusKey(wanted));
        qWarning("%s", logOf(run).c_str());
    }
    return came;
}

/// What every run must show that came to its end, whatever happened on the way: each epoch judged once
/// and in order, numbers and steps that only grow, the planned last step, weights to predict with.
inline QString faultOf(const std::filesystem::path& run, int epochs, int stepsPerEpoch) {
    const Seen seen = look(run);
    if (seen.status != RunStatus::Finished)
        return QString("it is %1: %2").arg(statusKey(seen.status), seen.state.reason.c_str());
    if (seen.state.step != std::int64_t(epochs) * stepsPerEpoch)
        return QString("it ended at step %1").arg(seen.state.step);
    std::int64_t number = 0, step = 0, epoch = 0;
    for (const RunEvent& event : seen.events) {
        if (event.number <= number)
            return QString("event %1 follows event %2").arg(event.number).arg(number);
        number = event.number;
        if (event.kind == "step" && event.step <= step)
            return QString("step %1 follows step %2").arg(event.step).arg(step);
        if (event.kind == "step")
            step = event.step;
        if (event.kind == "epoch" && event.epoch != ++epoch)
            return QString("epoch %1 in the place of %2").arg(event.epoch).arg(epoch);
    }
    if (epoch != epochs)
        return QString("%1 epochs were judged").arg(epoch);
    if (!std::filesystem::exists(RunPaths{run}.weights()))
        return QString("it has no weights");
    return {};
}

/// The steps that were done and then lost whenever the run went on: a line for each continuation. Read from
/// what the trainer wrote itself, also what it declared void later.
inline std::vector<std::int64_t> lostSteps(const std::filesystem::path& run) {
    std::vector<std::int64_t> lost;
    std::int64_t done = 0;
    for (const QByteArray& line : QByteArray::fromStdString(readFile(RunPaths{run}.events())).split('\n')) {
        const auto event = parseEvent(line.toStdString());
        if (!event)
            continue;
        if (event->kind == "resumed")
            lost.push_back(done - event->step);
        done = event->step;
    }
    return lost;
}

/// The JSON object that a command printed; an empty one where it printed none.
inline nlohmann::json objectOf(const ProcessResult& result) {
    const nlohmann::json parsed = nlohmann::json::parse(result.output, nullptr, false);
    if (!parsed.is_object())
        qWarning("no JSON object: %s%s", result.output.c_str(), result.errors.c_str());
    return parsed.is_object() ? parsed : nlohmann::json::object();
}

/// A site on the rig's Slurm, for the person's own folder of sites.
inline std::string slurmSite(const std::string& more = {}) {
    return "label = \"Rig\"\n"
           "kind = \"slurm\"\n"
           "poll_s = 1\n"
           "warning_s = 30\n"
           "programs = \"" +
           programFolder().string() + "\"\n" + more +
           "[environment]\n"
           "EMBELLIE_RESOURCES = \"" +
           (sourceFolder() / "resources").string() +
           "\"\n"
           "[limits]\n"
           "gpus_per_user = 2\n"
           "[standard]\n"
           "time = \"10:00\"\n"
           "gpus = 1\n"
           "cpus = 1\n"
           "memory_mb = 1000\n";
}

/// The same behind the rig's sshd.
inline std::string sshSite(const std::filesystem::path& sshConfig) {
    std::string site =
        slurmSite("inner = \"slurm\"\nhost = \"far\"\nruns = \"embellie-runs\"\nssh_config = \"" +
                  sshConfig.string() + "\"\n");
    site.replace(site.find("\"slurm\""), 7, "\"ssh\"");
    site.replace(site.find("\"Rig\""), 5, "\"Far\"");
    return site;
}

} // namespace embellie::test
