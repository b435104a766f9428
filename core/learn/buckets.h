#pragma once

#include "core/learn/ranks.h"

#include <memory>
#include <vector>

namespace embellie {

/// Gradients of one optimiser summed over the ranks, in buckets that leave while backward() still computes
/// the next ones. Parameters are taken from the last to the first, about as backward() reaches them; a bucket
/// leaves when it is full and those before it have left, so that the order is the same on all ranks.
class GradientBuckets {
public:
    /// @param bytes of a bucket, about
    GradientBuckets(Ranks& ranks, std::vector<torch::Tensor> parameters, std::int64_t bytes = 1 << 20);
    ~GradientBuckets();
    GradientBuckets(const GradientBuckets&) = delete;
    GradientBuckets& operator=(const GradientBuckets&) = delete;

    /// The next backward() is the last one of the step: its gradients are complete.
    void arm();
    /// Waits until all gradients are those of all ranks. @throws RanksLost
    void finish();

private:
    struct Bucket {
        torch::Tensor all; ///< flat
        std::vector<std::size_t> parameters;
        std::size_t missing = 0;
        std::unique_ptr<Ranks::Later> sum;
    };
    void ready(std::size_t parameter);
    void sendFull();

    Ranks& m_ranks;
    std::vector<torch::Tensor> m_parameters;
    std::vector<torch::Tensor> m_places; ///< views of the buckets, of each parameter's shape
    std::vector<std::size_t> m_bucketOf;
    std::vector<bool> m_isReady;
    std::vector<Bucket> m_buckets;
    std::vector<std::pair<std::shared_ptr<torch::autograd::Node>, std::uintptr_t>> m_hooks;
    std::size_t m_sent = 0;
    bool m_armed = false;
};

} // namespace embellie
