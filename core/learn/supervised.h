#pragma once

#include "core/learn/task_learn.h"

namespace embellie {

/// A sum over valid cells. The loss is the sum over the whole batch, of all parts and ranks, divided by the
/// number of its valid cells: never a mean of means. A cell of weight 0.3 counts as 0.3 of a cell in both.
struct LossPart {
    std::string name;
    torch::Tensor sum;
    double factor = 1;
};

/// The common case: one network called "network", one AdamW called "main", and a loss of the answers. A task
/// says the loss, and judges and predicts through answers().
class SupervisedTask : public TaskLearn {
public:
    SupervisedTask(const TaskInfo& task, const NetworkInfo& network, const Settings& settings);
    std::vector<std::pair<std::string, std::shared_ptr<torch::nn::Module>>> modules() override;
    std::vector<std::pair<std::string, std::shared_ptr<torch::optim::Optimizer>>> optimisers() override;
    std::map<std::string, double> step(const Batch& batch, StepTools& tools) override;

protected:
    virtual std::vector<LossPart> losses(const std::vector<torch::Tensor>& answers,
                                         const Batch& batch) const = 0;
    /// What each of losses() is divided by, in its order: valid cells, whatever the answers.
    virtual std::vector<torch::Tensor> counts(const Batch& batch) const = 0;

    /// Without gradients, in evaluation mode; one tensor (1, channels, rows, columns) a head, on the CPU.
    /// On the CPU, a field for which the network would need more than @p mostBytes is computed in overlapping
    /// parts, where the network's reach is known.
    std::vector<torch::Tensor> answers(const torch::Tensor& input, double mostBytes = 600e6);
    /// Loss of the validation cases, pooled over their cells. @throws Cancelled
    double validationLoss(const SampleMaker& samples, Feedback& feedback);
    const Settings& settings() const { return m_settings; }

private:
    Settings m_settings;
    double m_cellBytes; ///< of a cell on its way through the network
    std::int64_t m_multiple;
    std::shared_ptr<NetworkModule> m_network;
    std::shared_ptr<torch::optim::Optimizer> m_optimizer;
};

} // namespace embellie
