#include "core/learn/training.h"

#include "core/learn/foreign.h"
#include "core/learn/joint_norm.h"
#include "core/learn/memory_limit.h"
#include "core/learn/record.h"
#include "core/learn/safetensors.h"
#include "core/learn/trainer.h"
#include "core/run/start_weights.h"

#include <cmath>

namespace embellie {

namespace fs = std::filesystem;

Training::Training(RunSetup setup, const RankPlace& place, const fs::path& run, RunWriter* writer)
    : m_setup(std::move(setup)), m_place(place), m_paths{run}, m_writer(writer),
      m_feedback(*this, m_stop.get_token()) {
    if (m_writer)
        m_pulse = std::make_unique<Pulse>(*m_writer, m_stop);
    m_steps = count("train.epochs") * count("train.steps");
    for (const ScoreInfo& score : m_setup.task->scores)
        if (score.id == m_setup.task->mainScore)
            m_mainScore = &score;
}

int Training::run() {
    try {
        return work();
    } catch (const RanksLost& lost) {
        if (m_ranks && lost.rank() == 0 && m_ranks->speaksWithout(0))
            m_ranks->endFirst();
        throw;
    } catch (const Cancelled&) {
        if (m_ranks)
            m_ranks->leave("", false);
        throw;
    } catch (const MemoryShort& reason) {
        m_ranks->leave(reason.what(), true);
        throw;
    } catch (...) {
        if (m_ranks)
            m_ranks->leave(sentenceOf(std::current_exception()), false);
        throw;
    }
}

/// Samples of the joint batch that are this rank's: from here …
std::int64_t Training::shareFirst() const {
    return count("train.batch") * m_place.rank / m_place.size;
}

std::int64_t Training::share() const {
    return count("train.batch") * (m_place.rank + 1) / m_place.size - shareFirst();
}

std::int64_t Training::leastShare() const {
    return count("train.batch") / m_place.size;
}

torch::Tensor Training::summed(torch::Tensor count) {
    return m_ranks ? m_ranks->sum(count).to(count.device()) : count;
}

void Training::inPrecision(const std::function<void()>& forward) {
    const torchcompat::Autocast autocast(m_precision.autocast);
    forward();
}

void Training::correct(torch::optim::Optimizer& optimizer, const Batch& batch, const LossOf& lossOf) {
    const double factor = scheduleFactor(setting("train.schedule"), m_setup.settings.real("train.warm_up"),
                                         m_progress.step, m_steps);
    auto [rate, isNew] = m_rates.try_emplace(&optimizer, optimizer.param_groups().front().options().get_lr());
    m_rate = rate->second * factor;
    std::vector<torch::Tensor> parameters;
    for (auto& group : optimizer.param_groups()) {
        group.options().set_lr(m_rate);
        parameters.insert(parameters.end(), group.params().begin(), group.params().end());
    }
    auto& buckets = m_buckets[&optimizer];
    if (m_ranks && !buckets)
        buckets = std::make_unique<GradientBuckets>(*m_ranks, parameters);
    optimizer.zero_grad();
    const std::vector<Batch> parts = cut(batch, m_parts);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (buckets && i + 1 == parts.size())
            buckets->arm();
        const torch::Tensor loss = lossOf(parts[i]);
        (m_precision.scaled ? loss * m_lossScale.factor() : loss).backward();
    }
    if (buckets)
        buckets->finish();
    if (m_feed)
        m_feed->prefetch();
    if (m_precision.scaled && !m_lossScale.unscale(parameters)) {
        ++m_skipped;
        return;
    }
    if (const double clip = m_setup.settings.real("train.clip"); clip > 0)
        torch::nn::utils::clip_grad_norm_(parameters, clip);
    m_correcting = true;
    optimizer.step();
    m_correcting = false;
}

double Training::agreed(double firstsWord) {
    return m_ranks
               ? m_ranks->sum(torch::full({1}, isFirst() ? firstsWord : 0, torch::kFloat64)).item<double>()
               : firstsWord;
}

/// Whether to stop, and whether a checkpoint is due: the same in all ranks.
void Training::agree() {
    const double every = m_setup.settings.real("train.checkpoint_minutes") * 60;
    const bool due =
        every > 0 && std::chrono::duration<double>(Clock::now() - m_lastCheckpoint).count() > every;
    const bool stop = m_stop.stop_requested() || (!isFirst() && stopSignal != 0);
    if (!m_ranks) {
        m_stopping = stop;
        m_checkpointDue = due;
        return;
    }
    const torch::Tensor words =
        m_ranks->sum(torch::tensor({stop ? 1.0 : 0.0, isFirst() && due ? 1.0 : 0.0}, torch::kFloat64));
    m_stopping = words[0].item<double>() > 0;
    m_checkpointDue = words[1].item<double>() > 0;
}

/// Reads the newest checkpoint that can be read. One that a bad disk spoilt is put aside. @return its number;
/// -1 where there is none @throws Error where there are some and all are spoilt, or where one can't be
/// opened, or is a newer program's: such a one is whole
std::int64_t Training::newestReadable() {
    const auto known = checkpointsOf(m_paths.run);
    std::optional<Error> why;
    for (auto number = known.rbegin(); number != known.rend(); ++number) {
        const fs::path folder = m_paths.checkpoints() / std::to_string(*number);
        demandOurs(folder);
        try {
            m_progress = readCheckpoint(folder, *m_task, *m_average, m_place.rank, m_device.device);
        } catch (const Error& error) {
            if (!why)
                why = error;
            continue;
        }
        for (auto spoilt = known.rbegin(); spoilt != number; ++spoilt) {
            const fs::path folder = m_paths.checkpoints() / std::to_string(*spoilt);
            fs::remove_all(folder.string() + ".spoilt");
            fs::rename(folder, folder.string() + ".spoilt");
            say(text(EMBELLIE_TR("learn", "checkpoint {0} can't be read and is put aside: {1}"), *spoilt,
                     why->what())
                    .english());
        }
        return *number;
    }
    if (why)
        throw *why;
    return -1;
}

/// The first rank has read it already.
void Training::resume(std::int64_t number) {
    if (!isFirst())
        m_progress = readCheckpoint(m_paths.checkpoints() / std::to_string(number), *m_task, *m_average,
                                    m_place.rank, m_device.device);
    m_lossScale.setState(m_progress.lossScale);
    RunEvent event;
    event.kind = "resumed";
    event.step = m_progress.step;
    event.epoch = epoch();
    event.values["keeps"] = static_cast<double>(m_progress.lastEvent);
    event.text = text(EMBELLIE_TR("learn", "continues from checkpoint {0}, step {1} of {2}"), number,
                      m_progress.step, m_steps)
                     .english();
    note(event);
    update([&](RunState& state) {
        state.checkpoint = number;
        state.bestEpoch = m_progress.bestEpoch;
        state.bestScores = m_progress.bestScores;
    });
}

/// Device, ranks, data, modules.
void Training::prepare() {
    if (m_place.size > count("train.batch"))
        throw Error(text(EMBELLIE_TR("learn", "{0} processes can't share a batch of {1}"), m_place.size,
                         count("train.batch")))
            .remedy(text(EMBELLIE_TR("learn", "set train.batch to a multiple of the processes")));
    m_device = chooseDevice(setting("train.device"), m_place.local, ownEnvironment());
    m_precision = choosePrecision(setting("train.precision"), m_device.device);
    const int threads = setThreads(m_setup.settings, m_place.here);
    update([&](RunState& state) {
        state.device = deviceWords(m_device.device, threads, m_precision);
        if (m_place.size > 1)
            state.device =
                text(EMBELLIE_TR("learn", "{0} processes, each: {1}"), m_place.size, state.device).english();
        state.steps = m_steps;
        state.epochs = count("train.epochs");
        state.mainScore = m_setup.task->mainScore;
        state.reason = text(EMBELLIE_TR("learn", "reads the data")).english();
    });
    for (const std::string& message : {m_device.message, m_precision.message})
        if (!message.empty())
            say(message);
    if (m_place.size > 1) {
        const Environment environment = ownEnvironment();
        const auto timeout = std::chrono::duration<double>(m_setup.settings.real("train.rank_timeout"));
        m_ranks = std::make_unique<Ranks>(Ranks::Plan{
            m_place, m_paths.run, std::chrono::duration_cast<std::chrono::milliseconds>(timeout),
            environment("EMBELLIE_INTERFACE").value_or(environment("GLOO_SOCKET_IFNAME").value_or("")),
            m_device.device});
    }
    torch::manual_seed(static_cast<std::uint64_t>(count("train.seed")));
    m_samples = m_setup.task->samples(m_setup.settings, m_setup.request.data,
                                      static_cast<std::uint64_t>(count("train.seed")), m_feedback);
    if (isFirst())
        for (const std::string& sentence : recordData(m_paths, *m_samples, m_feedback))
            say(sentence);
    if (isFirst())
        keepModel(m_paths, m_setup.settings);
    m_task = makeTaskLearn(*m_setup.task, *m_setup.network, m_setup.settings);
    if (const auto start = m_setup.request.data.find(StartRole);
        start != m_setup.request.data.end() && !start->second.empty()) {
        setStartWeights(*m_task, *m_setup.task, m_setup.settings, readSafeTensors(start->second.front()),
                        start->second.front());
        say(text(EMBELLIE_TR("learn", "begins with the weights of {0}"), start->second.front()).english());
    }
    for (const auto& [name, module] : m_task->modules()) {
        module->to(m_device.device);
        setRanks(*module, m_ranks.get());
    }
    m_average = std::make_unique<AveragedWeights>(*m_task, m_setup.settings.real("train.ema"));
    if (isFirst())
        m_baseline = m_task->baseline(*m_samples);
    if (m_ranks)
        m_ranks->meet();
}

/// From the newest checkpoint, or from the beginning.
void Training::begin() {
    const auto number =
        static_cast<std::int64_t>(agreed(isFirst() ? static_cast<double>(newestReadable()) : 0));
    if (m_place.rank > 0) // a stream of its own; a checkpoint has better
        torch::manual_seed(static_cast<std::uint64_t>(count("train.seed")) ^
                           static_cast<std::uint64_t>(m_place.rank) << 32);
    if (number >= 0) {
        resume(number);
    } else {
        RunEvent event;
        // A former attempt that never got to a checkpoint counts for nothing.
        event.kind = isFirst() && m_writer->attempt() > 1 ? "resumed" : "started";
        if (event.kind == "resumed")
            event.values["keeps"] = 0;
        event.text =
            m_samples->validation().empty()
                ? text(EMBELLIE_TR("learn", "nothing to validate on (one time or radar alone): the last "
                                            "weights are kept; {0} steps"),
                       m_steps)
                      .english()
                : text(EMBELLIE_TR("learn", "{0} validation fields, {1} steps"),
                       m_samples->validation().size(), m_steps)
                      .english();
        note(event);
        RunEvent baseline;
        baseline.kind = "baseline";
        for (const auto& [id, value] : m_baseline)
            baseline.values["score." + id] = value;
        note(baseline);
    }
    m_parts = std::min(leastShare(),
                       std::max(count("train.accumulate"),
                                static_cast<std::int64_t>(agreed(static_cast<double>(readParts(m_paths))))));
    tellMemory();
}

int Training::work() {
    prepare();
    begin();
    m_firstStep = m_progress.step;
    m_begin = m_lastCheckpoint = Clock::now();
    update([&](RunState& state) {
        state.phase = RunPhase::Running;
        state.reason.clear();
        state.step = m_progress.step;
        state.epoch = epoch();
    });
    BatchesAhead batches(*m_samples, {.steps = count("train.steps"),
                                      .batch = count("train.batch"),
                                      .first = shareFirst(),
                                      .share = share(),
                                      .from = m_progress.step,
                                      .to = m_steps,
                                      .workers = static_cast<int>(count("train.workers"))});
    DeviceFeed feed(batches, m_device.device, m_steps - m_progress.step);
    m_feed = &feed;
    limitMemory(m_setup.settings.real("train.memory_limit"));
    bool patienceEnded = agreed(count("train.patience") > 0 && m_progress.highestEpoch >= 0 &&
                                epoch() - m_progress.highestEpoch >= count("train.patience")) > 0;
    while (m_progress.step < m_steps && !patienceEnded) {
        const auto begin = Clock::now();
        const auto waitedBefore = feed.waited();
        trainSteps(feed);
        // An epoch that is complete is judged even where a stop is asked: the resumed run would miss it.
        if (m_progress.step % count("train.steps") != 0)
            return stopped();
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        patienceEnded = endEpoch(seconds, (feed.waited() - waitedBefore).count() / std::max(seconds, 1e-9));
        if (m_stopping && m_progress.step < m_steps && !patienceEnded)
            return stopped();
    }
    finished(patienceEnded);
    return 0;
}

/// Until the end of the epoch, or until all agree to stop.
void Training::trainSteps(DeviceFeed& feed) {
    const auto begin = Clock::now();
    const auto waitedBefore = feed.waited();
    do {
        const double loss = stepOnce(feed.next());
        if (!std::isfinite(loss) && !m_precision.scaled)
            throw Error(text(EMBELLIE_TR("learn", "the loss is no longer a number after step {0}"),
                             m_progress.step + 1))
                .remedy(text(EMBELLIE_TR("learn", "choose a smaller learning rate")));
        ++m_progress.step;
        if (std::isfinite(loss)) // the loss scale leaves a step of fp16 out where it is not
            m_progress.epochLoss += loss;
        m_average->add(m_progress.step);
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        stepDone(loss, (feed.waited() - waitedBefore).count() / std::max(seconds, 1e-9));
        agree();
        if (m_progress.step % count("train.steps") == 0)
            return;
        if (m_checkpointDue)
            checkpoint();
    } while (!m_stopping);
}

/// A step whose memory does not suffice is done again in more parts.
double Training::stepOnce(const Batch& batch) {
    for (;;) {
        const torch::Tensor streams = randomState(m_device.device);
        try {
            return m_task->step(batch, *this).at("loss");
        } catch (const RanksLost&) {
            throw;
        } catch (...) {
            if (m_correcting || m_parts >= leastShare() || !isOutOfMemory(std::current_exception()))
                throw;
        }
        // Outside the handler: the exception holds on to what is to be freed.
        moreParts();
        setRandomState(streams, m_device.device);
    }
}

void Training::moreParts() {
    m_parts = std::min(2 * m_parts, leastShare());
    writeParts(m_paths, m_parts);
    say(text(EMBELLIE_TR("learn", "the memory does not suffice for {0} samples at once: each batch of {1} is "
                                  "computed in {2} parts from here on"),
             (share() + m_parts / 2 - 1) / std::max<std::int64_t>(1, m_parts / 2), count("train.batch"),
             m_parts)
            .english());
    if (m_ranks)
        throw MemoryShort(); // the others wait for what this rank can't send
    for (const auto& [name, module] : m_task->modules())
        for (torch::Tensor& parameter : module->parameters())
            parameter.mutable_grad() = torch::Tensor();
}

} // namespace embellie
