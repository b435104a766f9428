#pragma once

#include "core/learn/network_learn.h"
#include "core/learn/torch.h"
#include "core/task/task.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace embellie {

/// Samples stacked along a new first axis, by the names that the sample maker gave.
using Batch = std::map<std::string, torch::Tensor>;
Batch stacked(const std::vector<Sample>& samples);

/// What the trainer does for a task's step: it owns schedule, clipping, precision, the parts of a batch and
/// (with several ranks) the sums over them.
class StepTools {
public:
    virtual ~StepTools() = default;
    /// Over all ranks: what counts of cells are divided by.
    virtual torch::Tensor summed(torch::Tensor count) = 0;
    /// Runs @p forward in the precision of the run.
    virtual void inPrecision(const std::function<void()>& forward) = 0;
    /// The loss of a part of the batch; those of all parts (of all ranks) add up to that of the batch.
    using LossOf = std::function<torch::Tensor(const Batch& part)>;
    /// One correction: gradients of the batch, computed in as many parts as the memory asks for, clipped, at
    /// the scheduled rate.
    virtual void correct(torch::optim::Optimizer& optimizer, const Batch& batch, const LossOf& lossOf) = 0;
};

/// A result on the input's geometry: a moment and what qualifies it.
struct ResultField {
    FieldPtr field;
    std::vector<FieldPtr> quality;
};

/// How good a network is on the validation cases.
struct Validation {
    double loss = 0;                      ///< NaN where there is none
    std::map<std::string, double> scores; ///< by ScoreInfo::id; NaN where undefined
};

/// The LibTorch half of a task: modules, optimisers, loss, validation, prediction. The trainer saves and
/// averages whatever is named here, so that tasks with several networks (adversarial) need nothing else.
class TaskLearn {
public:
    virtual ~TaskLearn() = default;
    virtual std::vector<std::pair<std::string, std::shared_ptr<torch::nn::Module>>> modules() = 0;
    virtual std::vector<std::pair<std::string, std::shared_ptr<torch::optim::Optimizer>>> optimisers() = 0;
    /// Learns from one batch (this rank's share of it, where the modules are) through StepTools::correct().
    /// @return losses of all ranks' shares by name, "loss" among them
    virtual std::map<std::string, double> step(const Batch& batch, StepTools& tools) = 0;
    /// Judges the modules as they are, on whole fields, in physical units. @throws Cancelled
    virtual Validation validate(const SampleMaker& samples, Feedback& feedback) = 0;
    /// The same scores for the raw fields: what must be beaten.
    virtual std::map<std::string, double> baseline(const SampleMaker& samples) = 0;
    /// Results for one field of a file, beside which it has these further moments. The modules are in
    /// evaluation mode.
    virtual std::vector<ResultField> predict(const FieldPtr& input, const Companions& companions) = 0;

    /// One of several trained networks of the same task, and what it looks at beside the input.
    struct Member {
        TaskLearn* task = nullptr;
        Companions companions{};
    };
    /// The mean of what all members say of the field, turned into results by this one's settings (a
    /// threshold), with the members' spread as a further quality field (UncertaintyId). @throws Error where
    /// the task has no such mean
    virtual std::vector<ResultField> predictTogether(const FieldPtr& input,
                                                     const std::vector<Member>& members);
};

/// Makes the learning half, in the task's learn.cpp; settings are those of task, network and training.
struct TaskLearnMaker {
    std::string id;
    std::unique_ptr<TaskLearn> (*make)(const Settings&, const NetworkInfo&);
};

/// In the order of tasks.def.
const std::vector<const TaskLearnMaker*>& taskLearners();
std::unique_ptr<TaskLearn> makeTaskLearn(const TaskInfo& task, const NetworkInfo& network,
                                         const Settings& settings);

} // namespace embellie
