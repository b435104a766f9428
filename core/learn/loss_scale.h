#pragma once

#include "core/learn/torch.h"

#include <vector>

namespace embellie {

/// Factor on the loss that keeps the small gradients of fp16 from vanishing (Micikevicius et al., Mixed
/// precision training, 2018): halved when a gradient is not finite, and that step is left out; doubled after
/// a row of good steps.
class LossScale {
public:
    struct State {
        double factor = 65536;
        std::int64_t good = 0; ///< steps in a row
    };
    explicit LossScale(std::int64_t goodSteps = 2000) : m_goodSteps(goodSteps) {}

    double factor() const { return m_state.factor; }
    /// Divides the gradients by the factor and changes it. @return whether all are finite: correct the
    /// weights
    bool unscale(const std::vector<torch::Tensor>& parameters);
    const State& state() const { return m_state; }
    void setState(const State& state) { m_state = state; }

private:
    std::int64_t m_goodSteps;
    State m_state;
};

} // namespace embellie
