#include "core/run/scheduler.h"

#include "core/base/error.h"
#include "core/base/process.h"
#include "core/run/launch_record.h"
#include "core/run/run_writer.h"

#include <charconv>
#include <cstdlib>
#include <iostream>

namespace embellie {

Environment ownEnvironment() {
    return [](const char* name) -> std::optional<std::string> {
        const char* value = std::getenv(name);
        return value ? std::optional<std::string>(value) : std::nullopt;
    };
}

std::optional<Text> gpuRefusal(const Environment& environment) {
    if (!environment("SLURM_JOB_ID"))
        return std::nullopt;
    const auto names = [&](const char* variable) {
        const std::string value = environment(variable).value_or("");
        return !value.empty() && value != "-1" && value != "NoDevFiles";
    };
    // An empty list is Slurm's own "none", whatever the others say.
    if (const auto visible = environment("CUDA_VISIBLE_DEVICES");
        visible ? names("CUDA_VISIBLE_DEVICES") : names("SLURM_JOB_GPUS"))
        return std::nullopt;
    return text(EMBELLIE_TR("run", "the scheduler gave this job no GPU: ask for one (--gpus 1)"));
}

static int numberOr(const Environment& environment, const char* name, int fallback) {
    const std::string words = environment(name).value_or("");
    int number = 0;
    const auto [end, problem] = std::from_chars(words.data(), words.data() + words.size(), number);
    return problem == std::errc() && end == words.data() + words.size() ? number : fallback;
}

std::optional<SlurmPlace> slurmPlace(const Environment& environment) {
    const auto job = environment("SLURM_JOB_ID");
    if (!job || job->empty())
        return std::nullopt;
    SlurmPlace place;
    place.job = *job;
    // The last element of an array has the array's own number: alone it would name them all.
    const auto array = environment("SLURM_ARRAY_JOB_ID"), task = environment("SLURM_ARRAY_TASK_ID");
    if (array && task && !array->empty() && !task->empty())
        place.job = *array + "_" + *task;
    place.restarts = numberOr(environment, "SLURM_RESTART_COUNT", 0);
    // The batch script knows the number of tasks too, but is no step.
    if (environment("SLURM_STEP_NUM_TASKS") && environment("SLURM_STEP_ID")) {
        place.rank = numberOr(environment, "SLURM_PROCID", 0);
        place.ranks = numberOr(environment, "SLURM_STEP_NUM_TASKS", 1);
        place.localRank = numberOr(environment, "SLURM_LOCALID", 0);
        place.node = numberOr(environment, "SLURM_NODEID", 0);
    }
    return place;
}

static Requeue requeueOrThrow(const std::filesystem::path& run, const Environment& environment) {
    const auto place = slurmPlace(environment);
    // Only a job of the launcher's: in somebody's interactive allocation there is nothing to be started
    // again.
    const auto record = readLaunchRecord(run);
    if (!place || !record || record->executor != "slurm" || stopRequest(run) != StopRequest::None)
        return Requeue::NoJob;
    if (!record->job.empty() && record->job != place->job)
        return Requeue::NoJob;
    RunReader reader(run);
    reader.poll();
    const int attempt = reader.state() ? reader.state()->attempt : 1;
    if (attempt - record->firstAttempt >= record->resources.maxRequeues) {
        std::cerr << text(EMBELLIE_TR("run", "the job was put back into the queue {0} times, as often as the "
                                             "plan allows: it waits to be continued"),
                          attempt - record->firstAttempt)
                         .english()
                  << std::endl;
        return Requeue::Limit;
    }
    const ProcessResult result =
        runProcess({.program = "scontrol", .arguments = {"requeue", place->job}}, std::chrono::seconds(60));
    if (result.status == 0 && !result.timedOut)
        return Requeue::Asked;
    std::cerr << text(EMBELLIE_TR("run", "the job was not put back into the queue: {0}"),
                      result.timedOut ? std::string("no answer") : result.errors)
                     .english()
              << std::endl;
    return Requeue::Refused;
}

Requeue requeueOwnJob(const std::filesystem::path& run, const Environment& environment) {
    try {
        return requeueOrThrow(run, environment);
    } catch (const std::exception& problem) {
        std::cerr << text(EMBELLIE_TR("run", "the job was not put back into the queue: {0}"), problem.what())
                         .english()
                  << std::endl;
        return Requeue::Refused;
    }
}

} // namespace embellie
