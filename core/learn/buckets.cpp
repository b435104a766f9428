#include "core/learn/buckets.h"

#include <torch/csrc/autograd/utils/lambda_post_hook.h>

namespace embellie {

GradientBuckets::GradientBuckets(Ranks& ranks, std::vector<torch::Tensor> parameters, std::int64_t bytes)
    : m_ranks(ranks), m_parameters(std::move(parameters)), m_places(m_parameters.size()),
      m_bucketOf(m_parameters.size()), m_isReady(m_parameters.size()) {
    std::int64_t size = 0;
    for (std::size_t i = m_parameters.size(); i-- > 0;) {
        const std::int64_t own = static_cast<std::int64_t>(m_parameters[i].nbytes());
        if (m_buckets.empty() || size + own > bytes ||
            m_parameters[i].scalar_type() != m_parameters[m_buckets.back().parameters[0]].scalar_type()) {
            m_buckets.emplace_back();
            size = 0;
        }
        m_buckets.back().parameters.push_back(i);
        m_bucketOf[i] = m_buckets.size() - 1;
        size += own;
    }
    for (Bucket& bucket : m_buckets) {
        std::int64_t numbers = 0;
        for (const std::size_t i : bucket.parameters)
            numbers += m_parameters[i].numel();
        bucket.all =
            torch::zeros({numbers}, m_parameters[bucket.parameters[0]].options().requires_grad(false));
        std::int64_t at = 0;
        for (const std::size_t i : bucket.parameters) {
            m_places[i] = bucket.all.narrow(0, at, m_parameters[i].numel()).view(m_parameters[i].sizes());
            at += m_parameters[i].numel();
        }
    }
    using Variables = torch::autograd::variable_list;
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        auto node = torch::autograd::impl::grad_accumulator(m_parameters[i]);
        const std::uintptr_t key =
            node->add_post_hook(std::make_unique<torch::autograd::utils::LambdaPostHook>(
                [this, i](const Variables& outputs, const Variables&) {
                    if (m_armed)
                        ready(i);
                    return outputs;
                }));
        m_hooks.emplace_back(std::move(node), key);
    }
}

GradientBuckets::~GradientBuckets() {
    for (auto& [node, key] : m_hooks)
        node->del_post_hook(key);
}

void GradientBuckets::arm() {
    m_sent = 0;
    m_isReady.assign(m_parameters.size(), false);
    for (Bucket& bucket : m_buckets)
        bucket.missing = bucket.parameters.size();
    m_armed = true;
}

void GradientBuckets::ready(std::size_t parameter) {
    if (m_isReady[parameter])
        return;
    m_isReady[parameter] = true;
    const torch::NoGradGuard noGradients;
    if (const torch::Tensor& gradient = m_parameters[parameter].grad(); gradient.defined())
        m_places[parameter].copy_(gradient);
    else
        m_places[parameter].zero_();
    --m_buckets[m_bucketOf[parameter]].missing;
    sendFull();
}

void GradientBuckets::sendFull() {
    for (; m_sent < m_buckets.size() && m_buckets[m_sent].missing == 0; ++m_sent)
        m_buckets[m_sent].sum = m_ranks.later(m_buckets[m_sent].all);
}

void GradientBuckets::finish() {
    for (std::size_t i = m_parameters.size(); i-- > 0;)
        ready(i); // what this step had no use for
    m_armed = false;
    const torch::NoGradGuard noGradients;
    for (Bucket& bucket : m_buckets) {
        bucket.sum->wait();
        bucket.sum.reset();
        for (const std::size_t i : bucket.parameters) {
            if (!m_parameters[i].grad().defined())
                m_parameters[i].mutable_grad() = torch::empty_like(m_parameters[i]);
            m_parameters[i].mutable_grad().copy_(m_places[i]);
        }
    }
}

} // namespace embellie
