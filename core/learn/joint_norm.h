#pragma once

#include "core/learn/torch.h"

namespace embellie {

class Ranks;

/// Batch normalisation by channel (batch, channel, row, column) whose mean and variance are those of the
/// joint batch of all ranks. Weights and buffers have the names of torch.nn.BatchNorm2d, and alone it is the
/// same to the bit.
class JointBatchNormImpl : public torch::nn::Module {
public:
    explicit JointBatchNormImpl(std::int64_t channels);
    torch::Tensor forward(const torch::Tensor& input);
    /// Null: alone. Not owned.
    void setRanks(Ranks* ranks) { m_ranks = ranks; }

private:
    torch::Tensor m_weight, m_bias, m_mean, m_variance, m_batches;
    Ranks* m_ranks = nullptr;
};
TORCH_MODULE(JointBatchNorm);

/// Tells every JointBatchNorm below @p module.
void setRanks(torch::nn::Module& module, Ranks* ranks);

} // namespace embellie
