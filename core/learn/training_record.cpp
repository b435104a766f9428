#include "core/learn/record.h"
#include "core/learn/trainer.h"
#include "core/learn/training.h"
#include "core/task/memory.h"

#include <cmath>

namespace embellie {

namespace fs = std::filesystem;

void Training::say(const std::string& sentence) {
    RunEvent event;
    event.kind = "message";
    event.step = m_progress.step;
    event.text = sentence;
    note(event);
}

void Training::note(RunEvent event) {
    if (m_writer)
        m_writer->append(std::move(event));
}

void Training::update(const std::function<void(RunState&)>& change) {
    if (m_writer)
        m_writer->update(change);
}

void Training::tellMemory() {
    Settings settings = m_setup.settings;
    settings.set("train.batch", share());
    settings.set("train.ranks", std::int64_t(1));
    settings.set("train.accumulate", m_parts);
    MemoryEstimate estimate =
        trainingMemory(*m_setup.task, *m_setup.network, settings, m_device.device.is_cuda());
    // On the CPU the program is there and the data are read: known by now. LibTorch loads 10 to 40 MB more of
    // itself with the first step.
    if (m_device.device.is_cpu())
        estimate.programBytes = static_cast<double>(residentBytes()) + 25e6;
    m_expectedBytes = estimate.total();
    RunEvent event;
    event.kind = "message";
    event.step = m_progress.step;
    const double there = memoryThereBytes(m_device.device, ownEnvironment());
    event.values = {{"memory_estimate_bytes", m_expectedBytes}, {"memory_bytes", there}};
    event.text = memoryWords(estimate, there).english();
    note(event);
}

void Training::stepDone(double loss, double waitShare) {
    if (!isFirst() || Clock::now() - m_lastEvent < std::chrono::seconds(1))
        return;
    m_lastEvent = Clock::now();
    const double seconds = std::chrono::duration<double>(m_lastEvent - m_begin).count();
    RunEvent event;
    event.kind = "step";
    event.step = m_progress.step;
    event.epoch = (m_progress.step - 1) / count("train.steps");
    event.values = {{"loss", loss},
                    {"learning_rate", m_rate},
                    {"samples_per_second",
                     static_cast<double>((m_progress.step - m_firstStep) * count("train.batch")) / seconds},
                    {"seconds_left", secondsLeft()},
                    {"sample_wait_share", waitShare},
                    {"peak_memory_bytes", static_cast<double>(peakMemoryBytes(m_device.device))}};
    if (m_precision.scaled) {
        event.values["loss_scale"] = m_lossScale.factor();
        event.values["steps_left_out"] = static_cast<double>(m_skipped);
    }
    note(event);
    update([&](RunState& state) {
        state.step = m_progress.step;
        state.epoch = event.epoch;
        state.secondsLeft = secondsLeft();
        state.peakMemoryBytes = peakMemoryBytes(m_device.device);
    });
}

double Training::secondsLeft() const {
    const std::int64_t done = m_progress.step - m_firstStep;
    const double seconds = std::chrono::duration<double>(Clock::now() - m_begin).count();
    return done > 0 ? seconds / static_cast<double>(done) * static_cast<double>(m_steps - m_progress.step)
                    : -1;
}

Validation Training::judge() {
    m_average->exchange();
    try {
        const Validation validation = m_task->validate(*m_samples, m_unstoppable);
        m_average->exchange();
        return validation;
    } catch (...) {
        m_average->exchange();
        throw;
    }
}

bool Training::keepIfBest(const Validation& validation, std::int64_t epochNumber) {
    // Where the score is undefined (no rain at all), the loss decides.
    const auto main = validation.scores.find(m_setup.task->mainScore);
    double score = main == validation.scores.end() ? std::nan("") : main->second;
    if (m_mainScore && !m_mainScore->higherIsBetter)
        score = -score;
    double tolerance = m_setup.settings.real("train.tolerance");
    // Nothing to judge by (one volume of each role): the last has learnt most.
    const bool isJudged = std::isfinite(score) || std::isfinite(validation.loss);
    if (!std::isfinite(score)) {
        score = -1e6 - (std::isfinite(validation.loss) ? validation.loss : 1e6);
        tolerance = 0;
    }
    const bool highest = !isJudged || m_progress.highestEpoch < 0 || score > m_progress.highestScore;
    // Scores of single epochs scatter: among those that are as good, the later has learnt more.
    if (!highest && score <= m_progress.highestScore - tolerance)
        return false;
    if (highest) {
        m_progress.highestEpoch = epochNumber;
        m_progress.highestScore = score;
    }
    m_progress.bestEpoch = epochNumber;
    m_progress.bestScores = validation.scores;
    update([&](RunState& state) {
        state.bestEpoch = epochNumber;
        state.bestScores = validation.scores;
    });
    m_average->exchange();
    try {
        writeBest(m_paths, m_setup, *m_task, m_writer->state(), *m_samples, m_baseline);
        writeSamples(m_paths, count("train.samples_kept"), *m_task, *m_samples, m_unstoppable);
        m_average->exchange();
    } catch (...) {
        m_average->exchange();
        throw;
    }
    return true;
}

bool Training::endEpoch(double seconds, double waitShare) {
    const std::int64_t number = epoch();
    if (isFirst()) {
        const Validation validation = judge();
        RunEvent event;
        event.kind = "epoch";
        event.step = m_progress.step;
        event.epoch = number;
        for (const auto& [id, value] : validation.scores)
            event.values["score." + id] = value;
        event.values["training_loss"] = m_progress.epochLoss / static_cast<double>(count("train.steps"));
        event.values["validation_loss"] = validation.loss;
        event.values["seconds"] = seconds;
        event.values["sample_wait_share"] = waitShare;
        event.values["best"] = keepIfBest(validation, number) ? 1 : 0;
        const auto peak = static_cast<double>(peakMemoryBytes(m_device.device));
        event.values["peak_memory_bytes"] = peak;
        event.values["memory_estimate_bytes"] = m_expectedBytes;
        event.text =
            text(EMBELLIE_TR("learn",
                             "waited for samples {0} % of the time; memory at most {1} GB, {2} GB expected"),
                 numberText(100 * waitShare, 1), numberText(peak / 1e9, 2),
                 numberText(m_expectedBytes / 1e9, 2))
                .english();
        note(event);
        update([&](RunState& state) {
            state.step = m_progress.step;
            state.epoch = number;
            state.secondsLeft = secondsLeft();
            state.peakMemoryBytes = static_cast<std::int64_t>(peak);
        });
    }
    m_progress.epochLoss = 0;
    checkpoint();
    return agreed(count("train.patience") > 0 &&
                  number - m_progress.highestEpoch >= count("train.patience")) > 0;
}

void Training::checkpoint() {
    const torch::Tensor own = randomState(m_device.device);
    // The first rank may have judged for long: the others wait as long as it lives.
    if (m_ranks)
        m_ranks->meet();
    const torch::Tensor streams = m_ranks ? m_ranks->gathered(own) : own.unsqueeze(0);
    if (isFirst()) {
        m_progress.lastEvent = m_writer->lastEvent();
        m_progress.lossScale = m_lossScale.state();
        const std::int64_t number = m_progress.step;
        const fs::path folder = m_paths.checkpoints() / std::to_string(number);
        if (!fs::exists(folder))
            writeCheckpoint(folder, *m_task, *m_average, m_progress, streams);
        RunEvent event;
        event.kind = "checkpoint";
        event.step = m_progress.step;
        event.epoch = epoch();
        event.values["number"] = static_cast<double>(number);
        note(event);
        update([&](RunState& state) { state.checkpoint = number; });
        removeOldCheckpoints();
    }
    if (m_ranks)
        m_ranks->meet();
    m_lastCheckpoint = Clock::now();
}

void Training::removeOldCheckpoints() const {
    const auto known = checkpointsOf(m_paths.run);
    const auto keep = static_cast<std::size_t>(count("train.keep"));
    for (std::size_t i = 0; i + keep < known.size(); ++i)
        removeCheckpoint(m_paths.checkpoints() / std::to_string(known[i]));
}

/// Ends after a step, as all ranks agreed.
int Training::stopped() {
    const auto request = static_cast<StopRequest>(
        static_cast<int>(agreed(static_cast<double>(static_cast<int>(stopRequest(m_paths.run))))));
    update([](RunState& state) { state.phase = RunPhase::Stopping; });
    RunEvent event;
    event.kind = "ended";
    event.step = m_progress.step;
    event.epoch = epoch();
    RunPhase phase = RunPhase::Finished;
    if (request == StopRequest::Discard) {
        phase = RunPhase::Cancelled;
        event.text =
            text(EMBELLIE_TR("learn", "discarded on request; weights and checkpoints are gone")).english();
        if (isFirst())
            for (const fs::path& part :
                 {m_paths.checkpoints(), m_paths.weights(), m_paths.card(), m_paths.samples()})
                fs::remove_all(part);
    } else {
        if (request == StopRequest::Keep && isFirst() && m_progress.bestEpoch < 0)
            keepIfBest(judge(), epoch()); // so that there is something to predict with
        if (m_progress.step > m_firstStep || m_progress.step == 0)
            checkpoint();
        if (request == StopRequest::None)
            phase = RunPhase::Starting;
        event.text =
            request == StopRequest::Keep
                ? text(EMBELLIE_TR("learn", "stopped on request after step {0} and kept"), m_progress.step)
                      .english()
            : stopSignal != 0
                ? text(EMBELLIE_TR("learn", "ended at a checkpoint on the signal {0}; waits to be continued"),
                       stopSignal.load())
                      .english()
                : text(EMBELLIE_TR("learn", "ended at a checkpoint; waits to be continued")).english();
    }
    note(event);
    m_pulse.reset();
    update([&](RunState& state) {
        state.phase = phase;
        state.reason = event.text;
        if (phase == RunPhase::Starting) {
            state.pid = 0; // nobody works on it: readers say that it waits
            state.signal = stopSignal;
        }
        if (phase == RunPhase::Cancelled)
            state.checkpoint = -1;
        state.peakMemoryBytes = peakMemoryBytes(m_device.device);
    });
    if (isFirst())
        clearStopRequests(m_paths.run);
    return request == StopRequest::None ? ContinueMe : 0;
}

void Training::finished(bool patienceEnded) {
    if (isFirst())
        removeOldCheckpoints(); // a former attempt may have been killed before it came to that
    RunEvent event;
    event.kind = "ended";
    event.step = m_progress.step;
    event.epoch = epoch();
    event.text = patienceEnded ? text(EMBELLIE_TR("learn", "ended early: no better score for {0} epochs"),
                                      count("train.patience"))
                                     .english()
                               : text(EMBELLIE_TR("learn", "all epochs are done")).english();
    note(event);
    m_pulse.reset();
    update([&](RunState& state) {
        state.phase = RunPhase::Finished;
        state.reason = event.text;
        state.secondsLeft = 0;
        state.peakMemoryBytes = peakMemoryBytes(m_device.device);
    });
}

} // namespace embellie
