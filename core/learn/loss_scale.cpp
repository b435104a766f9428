#include "core/learn/loss_scale.h"

namespace embellie {

bool LossScale::unscale(const std::vector<torch::Tensor>& parameters) {
    const torch::NoGradGuard noGradients;
    std::vector<torch::Tensor> finite;
    for (const torch::Tensor& parameter : parameters) {
        if (!parameter.grad().defined())
            continue;
        torch::Tensor gradient = parameter.grad();
        gradient.mul_(1 / m_state.factor);
        finite.push_back(torch::isfinite(gradient).all());
    }
    if (finite.empty() || torch::stack(finite).all().item<bool>()) {
        if (++m_state.good == m_goodSteps) {
            m_state.good = 0;
            m_state.factor = std::min(2 * m_state.factor, 0x1p40);
        }
        return true;
    }
    m_state.good = 0;
    m_state.factor = std::max(m_state.factor / 2, 0x1p-20);
    return false;
}

} // namespace embellie
