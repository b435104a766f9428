#pragma once

#include "core/learn/batches.h"
#include "core/learn/buckets.h"
#include "core/learn/device.h"
#include "core/learn/pulse.h"
#include "core/learn/ranks.h"
#include "core/learn/run_setup.h"
#include "core/learn/train_state.h"
#include "core/run/run_writer.h"

#include <chrono>
#include <map>
#include <memory>
#include <string>

namespace embellie {

/// The memory does not suffice for a part of a batch, in a run of several ranks: all of them must begin again
/// with more parts, as memory.json says.
class MemoryShort : public std::exception {
public:
    const char* what() const noexcept override {
        return "the memory does not suffice: batches are computed in more parts from here on";
    }
};

/// One attempt at a run: all of it that one rank does. The first rank alone judges and writes.
class Training : public StepTools {
public:
    /// @param writer null in ranks other than the first
    Training(RunSetup setup, const RankPlace& place, const std::filesystem::path& run, RunWriter* writer);

    /// @return 0 or ContinueMe @throws Cancelled where it was stopped before the first step, RanksLost,
    /// MemoryShort, Error
    int run();

    torch::Tensor summed(torch::Tensor count) override;
    void inPrecision(const std::function<void()>& forward) override;
    void correct(torch::optim::Optimizer& optimizer, const Batch& batch, const LossOf& lossOf) override;

private:
    using Clock = std::chrono::steady_clock;
    class MessageFeedback : public Feedback {
    public:
        MessageFeedback(Training& training, std::stop_token stop)
            : Feedback(std::move(stop)), m_training(training) {}
        void message(const Text& text) override { m_training.say(text.english()); }

    private:
        Training& m_training;
    };

    const std::string& setting(const std::string& key) const { return m_setup.settings.string(key); }
    std::int64_t count(const std::string& key) const { return m_setup.settings.integer(key); }
    std::int64_t epoch() const { return m_progress.step / count("train.steps"); }
    bool isFirst() const { return m_writer != nullptr; }

    int work();
    void prepare();
    void begin();
    std::int64_t newestReadable();
    void resume(std::int64_t number);
    void trainSteps(DeviceFeed& feed);
    double stepOnce(const Batch& batch);
    void moreParts();
    void agree();
    double agreed(double firstsWord); ///< the first rank's word, heard by all
    std::int64_t shareFirst() const;
    std::int64_t share() const;
    std::int64_t leastShare() const; ///< of any rank: all compute a batch in the same number of parts

    // training_record.cpp: what is written. Of no effect in other ranks than the first.
    void say(const std::string& sentence);
    void note(RunEvent event);
    void update(const std::function<void(RunState&)>& change);
    void tellMemory();
    void stepDone(double loss, double waitShare);
    bool endEpoch(double seconds, double waitShare); ///< @return whether patience is at its end
    Validation judge();
    bool keepIfBest(const Validation& validation, std::int64_t epoch);
    void checkpoint();
    void removeOldCheckpoints() const;
    int stopped();
    void finished(bool patienceEnded);
    double secondsLeft() const;

    RunSetup m_setup;
    RankPlace m_place;
    RunPaths m_paths;
    RunWriter* m_writer;
    std::stop_source m_stop;
    MessageFeedback m_feedback;
    Feedback m_unstoppable; ///< what is judged at an epoch's end is judged to the end
    DeviceChoice m_device;
    Precision m_precision;
    const ScoreInfo* m_mainScore = nullptr;
    std::unique_ptr<Ranks> m_ranks; ///< null: alone
    std::unique_ptr<SampleMaker> m_samples;
    std::unique_ptr<TaskLearn> m_task;
    std::unique_ptr<AveragedWeights> m_average;
    std::map<std::string, double> m_baseline;
    std::map<torch::optim::Optimizer*, double> m_rates;
    std::map<torch::optim::Optimizer*, std::unique_ptr<GradientBuckets>> m_buckets;
    LossScale m_lossScale;
    TrainProgress m_progress;
    DeviceFeed* m_feed = nullptr;
    std::int64_t m_steps = 0, m_firstStep = 0;
    std::int64_t m_parts = 1;   ///< of this rank's share of a batch
    std::int64_t m_skipped = 0; ///< steps left out by the loss scale, this attempt
    bool m_correcting = false;  ///< the weights are being changed: a failure now can't be repeated
    bool m_stopping = false, m_checkpointDue = false; ///< as all ranks agreed
    double m_rate = 0;                                ///< of the learning rate, last used
    double m_expectedBytes = 0;                       ///< of memory, as told at the start
    Clock::time_point m_begin{}, m_lastCheckpoint{}, m_lastEvent{};
    std::unique_ptr<Pulse> m_pulse; // last: it ends first
};

} // namespace embellie
