#pragma once

#include "core/learn/loss_scale.h"
#include "core/learn/safetensors.h"
#include "core/learn/task_learn.h"
#include "core/run/run_directory.h"

#include <filesystem>
#include <map>
#include <string>

namespace embellie {

/// Running mean of all weights and buffers of a task's modules (exponential, after Polyak and Juditsky 1992):
/// what is judged and kept.
class AveragedWeights {
public:
    /// @p share of the old in the mean, 0: the mean is the weights themselves
    AveragedWeights(TaskLearn& task, double share);
    /// After correction number @p step, from 1. In the first steps the share is smaller, so that the random
    /// start is forgotten.
    void add(std::int64_t step);
    /// Exchanges mean and weights: before judging, and again after it.
    void exchange();
    std::map<std::string, torch::Tensor>& tensors() { return m_mean; }

private:
    TaskLearn& m_task;
    double m_share;
    std::map<std::string, torch::Tensor> m_mean;
};

/// Weights and buffers of all modules, "module.name", not copied.
std::map<std::string, torch::Tensor> weightsOf(TaskLearn& task);
/// @throws Error where names or shapes differ
void setWeights(TaskLearn& task, const std::map<std::string, torch::Tensor>& weights,
                const std::filesystem::path& file);
/// Weights that a training begins with. Of a network that looked at fewer channels, the first of ours, the
/// others begin without a say. @throws Error
void setStartWeights(TaskLearn& task, const TaskInfo& info, const Settings& settings, SafeTensors start,
                     const std::filesystem::path& file);

/// Where a run stands, beside its tensors: all that a resume needs to go on to the bit.
struct TrainProgress {
    std::int64_t step = 0;                    ///< corrections done
    double epochLoss = 0;                     ///< sum of the losses of this epoch's steps so far
    std::int64_t lastEvent = 0;               ///< events after it are void on resuming
    std::int64_t bestEpoch = -1;              ///< whose weights are kept
    std::map<std::string, double> bestScores; ///< theirs
    std::int64_t highestEpoch = -1;           ///< had the highest score of all so far
    double highestScore = 0;
    LossScale::State lossScale{}; ///< of fp16
};

/// Writes checkpoints/@p number, complete when renamed into place. @p streams (rank, byte): randomState() of
/// every rank. @throws Error; earlier ones are then untouched
void writeCheckpoint(const std::filesystem::path& folder, TaskLearn& task, AveragedWeights& average,
                     const TrainProgress& progress, const torch::Tensor& streams);
/// @throws Error where a file of the checkpoint is there and can't be opened, or where a newer program wrote
/// it
void demandOurs(const std::filesystem::path& checkpoint);
/// Sets the random streams to those of @p rank; leaves them where the run had fewer ranks. @throws Error
TrainProgress readCheckpoint(const std::filesystem::path& folder, TaskLearn& task, AveragedWeights& average,
                             int rank, torch::Device device);

/// Out of sight at once, so that whoever looks on never finds half a checkpoint; then taken away. What a
/// reader on a network disk still holds stays for clearHalfWritten().
void removeCheckpoint(const std::filesystem::path& folder);

/// Takes away what trainers that were killed left half written. The caller holds the RunLock.
void clearHalfWritten(const RunPaths& paths);

/// memory.json: into how many parts a batch must be cut for the memory to suffice, as far as attempts have
/// found out; 1 where there is nothing.
std::int64_t readParts(const RunPaths& paths);
/// @throws Error
void writeParts(const RunPaths& paths, std::int64_t parts);

} // namespace embellie
