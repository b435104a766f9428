#include "core/learn/trainer.h"

#include "core/learn/batches.h"
#include "core/learn/pulse.h"
#include "core/learn/record.h"
#include "core/learn/train_state.h"

#include <cmath>
#include <iostream>
#include <limits>

namespace embellie {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

class MessageFeedback : public Feedback {
public:
    MessageFeedback(RunWriter& writer, std::stop_token stop) : Feedback(std::move(stop)), m_writer(writer) {}
    void message(const Text& text) override {
        RunEvent event;
        event.kind = "message";
        event.text = text.english();
        m_writer.append(event);
    }

private:
    RunWriter& m_writer;
};

std::map<std::string, double> prefixed(const std::map<std::string, double>& scores) {
    std::map<std::string, double> values;
    for (const auto& [id, value] : scores)
        values["score." + id] = value;
    return values;
}

class Trainer : public StepTools {
public:
    Trainer(RunSetup setup, RunWriter& writer);
    int run();

    torch::Device device() const override { return torch::kCPU; }
    torch::Tensor summed(torch::Tensor count) override { return count; }
    void inPrecision(const std::function<void()>& forward) override {
        const torchcompat::Bf16Autocast autocast(setting("train.precision") == "bf16");
        forward();
    }
    void correct(torch::optim::Optimizer& optimizer, const torch::Tensor& loss) override;

private:
    const std::string& setting(const std::string& key) const { return m_setup.settings.string(key); }
    std::int64_t count(const std::string& key) const { return m_setup.settings.integer(key); }
    void resume(std::int64_t number);
    void trainSteps(BatchesAhead& batches);
    void stepDone(double loss, double waitShare);
    bool endEpoch(double seconds, double waitShare); ///< @return whether patience is at its end
    Validation judge();
    bool keepIfBest(const Validation& validation, std::int64_t epoch);
    void checkpoint();
    int stopped();
    std::int64_t epoch() const { return m_progress.step / count("train.steps"); }
    double secondsLeft() const;

    RunSetup m_setup;
    RunWriter& m_writer;
    std::stop_source m_stop;
    MessageFeedback m_feedback;
    Feedback m_unstoppable; ///< what is judged at an epoch's end is judged to the end
    const ScoreInfo* m_mainScore = nullptr;
    std::unique_ptr<SampleMaker> m_samples;
    std::unique_ptr<TaskLearn> m_task;
    std::unique_ptr<AveragedWeights> m_average;
    std::map<std::string, double> m_baseline;
    std::map<torch::optim::Optimizer*, double> m_rates;
    TrainProgress m_progress;
    std::int64_t m_steps = 0, m_firstStep = 0;
    double m_rate = 0; ///< of the learning rate, last used
    Clock::time_point m_begin{}, m_lastCheckpoint{}, m_lastEvent{};
    std::unique_ptr<Pulse> m_pulse; // last: it ends first
};

Trainer::Trainer(RunSetup setup, RunWriter& writer)
    : m_setup(std::move(setup)), m_writer(writer), m_feedback(writer, m_stop.get_token()),
      m_pulse(std::make_unique<Pulse>(writer, m_stop)) {
    const int threads = setThreads(m_setup.settings);
    m_steps = count("train.epochs") * count("train.steps");
    for (const ScoreInfo& score : m_setup.task->scores)
        if (score.id == m_setup.task->mainScore)
            m_mainScore = &score;
    m_writer.update([&](RunState& state) {
        state.device =
            text(EMBELLIE_TR("learn", "CPU, {0} threads, {1}"), threads, setting("train.precision"))
                .english();
        state.steps = m_steps;
        state.epochs = count("train.epochs");
        state.mainScore = m_setup.task->mainScore;
        state.reason = text(EMBELLIE_TR("learn", "reads the data")).english();
    });
}

void Trainer::correct(torch::optim::Optimizer& optimizer, const torch::Tensor& loss) {
    const double factor = scheduleFactor(setting("train.schedule"), m_setup.settings.real("train.warm_up"),
                                         m_progress.step, m_steps);
    auto [rate, isNew] = m_rates.try_emplace(&optimizer, optimizer.param_groups().front().options().get_lr());
    m_rate = rate->second * factor;
    std::vector<torch::Tensor> parameters;
    for (auto& group : optimizer.param_groups()) {
        group.options().set_lr(m_rate);
        parameters.insert(parameters.end(), group.params().begin(), group.params().end());
    }
    optimizer.zero_grad();
    loss.backward();
    if (const double clip = m_setup.settings.real("train.clip"); clip > 0)
        torch::nn::utils::clip_grad_norm_(parameters, clip);
    optimizer.step();
}

void Trainer::resume(std::int64_t number) {
    m_progress = readCheckpoint(m_writer.paths().checkpoints() / std::to_string(number), *m_task, *m_average);
    RunEvent event;
    event.kind = "resumed";
    event.step = m_progress.step;
    event.epoch = epoch();
    event.values["keeps"] = static_cast<double>(m_progress.lastEvent);
    event.text = text(EMBELLIE_TR("learn", "continues from checkpoint {0}, step {1} of {2}"), number,
                      m_progress.step, m_steps)
                     .english();
    m_writer.append(event);
    m_writer.update([&](RunState& state) {
        state.checkpoint = number;
        state.bestEpoch = m_progress.bestEpoch;
        state.bestScores = m_progress.bestScores;
    });
}

int Trainer::run() {
    torch::manual_seed(static_cast<std::uint64_t>(count("train.seed")));
    m_samples = m_setup.task->samples(m_setup.settings, m_setup.request.data,
                                      static_cast<std::uint64_t>(count("train.seed")), m_feedback);
    for (const std::string& sentence : recordData(m_writer.paths(), *m_samples, m_feedback)) {
        RunEvent event;
        event.kind = "message";
        event.text = sentence;
        m_writer.append(event);
    }
    m_task = makeTaskLearn(*m_setup.task, *m_setup.network, m_setup.settings);
    m_average = std::make_unique<AveragedWeights>(*m_task, m_setup.settings.real("train.ema"));
    m_baseline = m_task->baseline(*m_samples);
    const auto known = checkpointsOf(m_writer.paths().run);
    if (!known.empty()) {
        resume(known.back());
    } else {
        RunEvent event;
        // A former attempt that never got to a checkpoint counts for nothing.
        event.kind = m_writer.attempt() > 1 ? "resumed" : "started";
        if (m_writer.attempt() > 1)
            event.values["keeps"] = 0;
        event.text = text(EMBELLIE_TR("learn", "{0} validation fields, {1} steps"),
                          m_samples->validation().size(), m_steps)
                         .english();
        m_writer.append(event);
        RunEvent baseline;
        baseline.kind = "baseline";
        baseline.values = prefixed(m_baseline);
        m_writer.append(baseline);
    }
    m_firstStep = m_progress.step;
    m_begin = m_lastCheckpoint = Clock::now();
    m_writer.update([&](RunState& state) {
        state.phase = RunPhase::Running;
        state.reason.clear();
        state.step = m_progress.step;
        state.epoch = epoch();
    });

    BatchesAhead batches(*m_samples, {.steps = count("train.steps"),
                                      .batch = count("train.batch"),
                                      .from = m_progress.step,
                                      .to = m_steps,
                                      .workers = static_cast<int>(count("train.workers"))});
    bool patienceEnded = count("train.patience") > 0 && m_progress.bestEpoch >= 0 &&
                         epoch() - m_progress.bestEpoch >= count("train.patience");
    while (m_progress.step < m_steps && !patienceEnded) {
        const auto begin = Clock::now();
        const auto waitedBefore = batches.waited();
        trainSteps(batches);
        if (m_stop.stop_requested())
            return stopped();
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        patienceEnded =
            endEpoch(seconds, (batches.waited() - waitedBefore).count() / std::max(seconds, 1e-9));
    }
    RunEvent event;
    event.kind = "ended";
    event.step = m_progress.step;
    event.epoch = epoch();
    event.text = patienceEnded ? text(EMBELLIE_TR("learn", "ended early: no better score for {0} epochs"),
                                      count("train.patience"))
                                     .english()
                               : text(EMBELLIE_TR("learn", "all epochs are done")).english();
    m_writer.append(event);
    m_pulse.reset();
    m_writer.update([&](RunState& state) {
        state.phase = RunPhase::Finished;
        state.reason = event.text;
        state.secondsLeft = 0;
        state.peakMemoryBytes = peakMemoryBytes();
    });
    return 0;
}

void Trainer::trainSteps(BatchesAhead& batches) {
    const double every = m_setup.settings.real("train.checkpoint_minutes") * 60;
    const auto begin = Clock::now();
    const auto waitedBefore = batches.waited();
    do {
        const auto losses = m_task->step(stacked(batches.next()), *this);
        const double loss = losses.at("loss");
        if (!std::isfinite(loss))
            throw Error(text(EMBELLIE_TR("learn", "the loss is no longer a number after step {0}"),
                             m_progress.step + 1))
                .remedy(text(EMBELLIE_TR("learn", "choose a smaller learning rate")));
        ++m_progress.step;
        m_progress.epochLoss += loss;
        m_average->add(m_progress.step);
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        stepDone(loss, (batches.waited() - waitedBefore).count() / std::max(seconds, 1e-9));
        const bool epochEnds = m_progress.step % count("train.steps") == 0;
        if (epochEnds)
            return;
        if (every > 0 && std::chrono::duration<double>(Clock::now() - m_lastCheckpoint).count() > every)
            checkpoint();
    } while (!m_stop.stop_requested());
}

void Trainer::stepDone(double loss, double waitShare) {
    if (Clock::now() - m_lastEvent < std::chrono::seconds(1))
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
                    {"peak_memory_bytes", static_cast<double>(peakMemoryBytes())}};
    m_writer.append(event);
    m_writer.update([&](RunState& state) {
        state.step = m_progress.step;
        state.epoch = event.epoch;
        state.secondsLeft = secondsLeft();
    });
}

double Trainer::secondsLeft() const {
    const std::int64_t done = m_progress.step - m_firstStep;
    const double seconds = std::chrono::duration<double>(Clock::now() - m_begin).count();
    return done > 0 ? seconds / static_cast<double>(done) * static_cast<double>(m_steps - m_progress.step)
                    : -1;
}

Validation Trainer::judge() {
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

bool Trainer::keepIfBest(const Validation& validation, std::int64_t epochNumber) {
    // Where the score is undefined (no rain at all), the loss decides.
    const auto main = validation.scores.find(m_setup.task->mainScore);
    double score = main == validation.scores.end() ? std::nan("") : main->second;
    if (m_mainScore && !m_mainScore->higherIsBetter)
        score = -score;
    if (!std::isfinite(score))
        score = -1e6 - (std::isfinite(validation.loss) ? validation.loss : 1e6);
    if (m_progress.bestEpoch >= 0 && score <= m_progress.bestScore)
        return false;
    m_progress.bestEpoch = epochNumber;
    m_progress.bestScore = score;
    m_progress.bestScores = validation.scores;
    m_writer.update([&](RunState& state) {
        state.bestEpoch = epochNumber;
        state.bestScores = validation.scores;
    });
    m_average->exchange();
    try {
        writeBest(m_writer.paths(), m_setup, *m_task, m_writer.state(), *m_samples, m_baseline);
        writeSamples(m_writer.paths(), count("train.samples_kept"), *m_task, *m_samples, m_unstoppable);
        m_average->exchange();
    } catch (...) {
        m_average->exchange();
        throw;
    }
    return true;
}

bool Trainer::endEpoch(double seconds, double waitShare) {
    const std::int64_t number = epoch();
    const Validation validation = judge();
    RunEvent event;
    event.kind = "epoch";
    event.step = m_progress.step;
    event.epoch = number;
    event.values = prefixed(validation.scores);
    event.values["training_loss"] = m_progress.epochLoss / static_cast<double>(count("train.steps"));
    event.values["validation_loss"] = validation.loss;
    event.values["seconds"] = seconds;
    event.values["sample_wait_share"] = waitShare;
    event.values["best"] = keepIfBest(validation, number) ? 1 : 0;
    event.text = waitShare > 0.05 ? text(EMBELLIE_TR("learn", "waits for samples {0} % of the time"),
                                         numberText(100 * waitShare, 0))
                                        .english()
                                  : "";
    m_writer.append(event);
    m_writer.update([&](RunState& state) {
        state.step = m_progress.step;
        state.epoch = number;
        state.secondsLeft = secondsLeft();
    });
    m_progress.epochLoss = 0;
    checkpoint();
    return count("train.patience") > 0 && number - m_progress.bestEpoch >= count("train.patience");
}

void Trainer::checkpoint() {
    const RunPaths& paths = m_writer.paths();
    m_progress.lastEvent = m_writer.lastEvent();
    const std::int64_t number = m_progress.step;
    const fs::path folder = paths.checkpoints() / std::to_string(number);
    if (!fs::exists(folder))
        writeCheckpoint(folder, *m_task, *m_average, m_progress);
    m_lastCheckpoint = Clock::now();
    RunEvent event;
    event.kind = "checkpoint";
    event.step = m_progress.step;
    event.epoch = epoch();
    event.values["number"] = static_cast<double>(number);
    m_writer.append(event);
    m_writer.update([&](RunState& state) { state.checkpoint = number; });
    auto known = checkpointsOf(paths.run);
    const auto keep = static_cast<std::size_t>(count("train.keep"));
    for (std::size_t i = 0; i + keep < known.size(); ++i)
        fs::remove_all(paths.checkpoints() / std::to_string(known[i]));
}

int Trainer::stopped() {
    const RunPaths& paths = m_writer.paths();
    const StopRequest request = stopRequest(paths.run);
    m_writer.update([](RunState& state) { state.phase = RunPhase::Stopping; });
    RunEvent event;
    event.kind = "ended";
    event.step = m_progress.step;
    event.epoch = epoch();
    RunPhase phase = RunPhase::Finished;
    if (request == StopRequest::Discard) {
        phase = RunPhase::Cancelled;
        event.text =
            text(EMBELLIE_TR("learn", "discarded on request; weights and checkpoints are gone")).english();
        for (const fs::path& part : {paths.checkpoints(), paths.weights(), paths.card(), paths.samples()})
            fs::remove_all(part);
    } else {
        if (request == StopRequest::Keep && m_progress.bestEpoch < 0)
            keepIfBest(judge(), epoch()); // so that there is something to predict with
        if (m_progress.step > m_firstStep || m_progress.step == 0)
            checkpoint();
        if (request == StopRequest::None)
            phase = RunPhase::Starting;
        event.text =
            request == StopRequest::Keep
                ? text(EMBELLIE_TR("learn", "stopped on request after step {0} and kept"), m_progress.step)
                      .english()
                : text(EMBELLIE_TR("learn", "ended at a checkpoint on the signal {0}; waits to be continued"),
                       stopSignal.load())
                      .english();
    }
    m_writer.append(event);
    m_pulse.reset();
    m_writer.update([&](RunState& state) {
        state.phase = phase;
        state.reason = event.text;
        if (phase == RunPhase::Starting)
            state.pid = 0; // nobody works on it: readers say that it waits
        if (phase == RunPhase::Cancelled)
            state.checkpoint = -1;
        state.peakMemoryBytes = peakMemoryBytes();
    });
    clearStopRequests(paths.run);
    return request == StopRequest::None ? ContinueMe : 0;
}

/// Asked to stop while it read its data.
int endedBeforeItBegan(RunWriter& writer) {
    const bool toBeContinued = stopRequest(writer.paths().run) == StopRequest::None;
    RunEvent event;
    event.kind = "ended";
    event.text = text(EMBELLIE_TR("learn", "stopped before the first step")).english();
    writer.append(event);
    writer.update([&](RunState& state) {
        state.phase = toBeContinued ? RunPhase::Starting : RunPhase::Cancelled;
        state.reason = event.text;
        if (toBeContinued)
            state.pid = 0;
    });
    clearStopRequests(writer.paths().run);
    return toBeContinued ? ContinueMe : 0;
}

} // namespace

int trainRun(const fs::path& run) {
    catchStopSignals();
    std::unique_ptr<RunLock> lock;
    std::unique_ptr<RunWriter> writer;
    try {
        RunSetup setup = readSetup(run);
        lock = std::make_unique<RunLock>(run);
        writer = std::make_unique<RunWriter>(run);
        if (!lock->takenOver().empty()) {
            RunEvent event;
            event.kind = "message";
            event.text = lock->takenOver();
            writer->append(event);
        }
        return Trainer(std::move(setup), *writer).run();
    } catch (const Cancelled&) {
        return endedBeforeItBegan(*writer);
    } catch (...) {
        const std::string sentence = sentenceOf(std::current_exception());
        std::cerr << "embellie-learn: " << sentence << std::endl;
        if (!writer)
            return 1;
        try {
            writer->update([&](RunState& state) {
                state.phase = RunPhase::Failed;
                state.reason = sentence;
                state.peakMemoryBytes = peakMemoryBytes();
            });
            RunEvent event;
            event.kind = "ended";
            event.text = sentence;
            writer->append(event);
            clearStopRequests(run);
        } catch (const std::exception& error) {
            std::cerr << "embellie-learn: " << error.what() << std::endl;
        }
        return 1;
    }
}

} // namespace embellie
