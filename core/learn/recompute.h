#pragma once

#include "core/learn/torch.h"

#include <functional>

namespace embellie {

/// @p stage of @p input without keeping what happens inside it: backward() computes it once more, with the
/// same random numbers. Costs a third of the time of a step and saves most of a stage's memory. The weights
/// inside the stage get their gradients as ever.
torch::Tensor recomputed(const std::function<torch::Tensor(const torch::Tensor&)>& stage,
                         const torch::Tensor& input);

/// While a stage is computed for the second time: whatever counts the batches must not count it again.
class Recomputing {
public:
    Recomputing();
    ~Recomputing();
    Recomputing(const Recomputing&) = delete;
    Recomputing& operator=(const Recomputing&) = delete;
    static bool now();
};

} // namespace embellie
