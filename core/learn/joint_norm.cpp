#include "core/learn/joint_norm.h"

#include "core/learn/ranks.h"
#include "core/learn/recompute.h"

namespace embellie {

namespace {

torch::Tensor byChannel(const torch::Tensor& numbers) {
    return numbers.view({1, -1, 1, 1});
}

struct RanksPointer : torch::CustomClassHolder {
    explicit RanksPointer(Ranks* ranks) : ranks(ranks) {}
    Ranks* ranks;
};

/// (x - mean) / deviation over the batch of all ranks. Mean and squared deviations of the ranks are joined by
/// the formula of Chan, Golub and LeVeque (1983), which loses no digits where the mean is large.
struct Normalise : torch::autograd::Function<Normalise> {
    static torch::autograd::variable_list forward(torch::autograd::AutogradContext* context,
                                                  const torch::Tensor& input, Ranks* ranks, double epsilon) {
        const torch::Tensor x = input.to(torch::kFloat32);
        const std::int64_t channels = x.size(1), cells = x.numel() / channels;
        const torch::Tensor mean = x.mean({0, 2, 3}), squares = (x - byChannel(mean)).pow(2).sum({0, 2, 3});
        const torch::Tensor all = ranks->gathered(
            torch::cat({mean, squares, torch::full({1}, static_cast<double>(cells), mean.options())})
                .to(torch::kFloat64)); // (rank, 2 · channels + 1)
        const torch::Tensor counts = all.select(1, 2 * channels).unsqueeze(1), count = counts.sum();
        const torch::Tensor means = all.narrow(1, 0, channels);
        const torch::Tensor jointMean = (means * counts).sum(0) / count;
        const torch::Tensor jointSquares =
            (all.narrow(1, channels, channels) + counts * (means - jointMean).pow(2)).sum(0);
        const torch::Tensor variance = jointSquares / count;
        const auto options = mean.options();
        const torch::Tensor inverse = (variance + epsilon).rsqrt().to(options);
        const torch::Tensor normal = (x - byChannel(jointMean.to(options))) * byChannel(inverse);
        context->save_for_backward({normal, inverse, count});
        context->saved_data["ranks"] = c10::IValue::make_capsule(c10::make_intrusive<RanksPointer>(ranks));
        context->saved_data["type"] = static_cast<std::int64_t>(input.scalar_type());
        const torch::Tensor mean32 = jointMean.to(options),
                            unbiased = (jointSquares / (count - 1).clamp_min(1)).to(options);
        context->mark_non_differentiable({mean32, unbiased});
        return {normal, mean32, unbiased};
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const torch::Tensor &normal = saved[0], &inverse = saved[1], &count = saved[2];
        Ranks* ranks = static_cast<RanksPointer*>(context->saved_data["ranks"].toCapsule().get())->ranks;
        const torch::Tensor slope = gradients[0];
        const std::int64_t channels = normal.size(1);
        const torch::Tensor sums =
            ranks->sum(
                torch::cat({slope.sum({0, 2, 3}), (slope * normal).sum({0, 2, 3})}).to(torch::kFloat64)) /
            count;
        const torch::Tensor means = sums.to(inverse.options());
        const torch::Tensor back =
            byChannel(inverse) * (slope - byChannel(means.narrow(0, 0, channels)) -
                                  normal * byChannel(means.narrow(0, channels, channels)));
        const auto type = static_cast<torch::ScalarType>(context->saved_data["type"].toInt());
        return {back.to(type), torch::Tensor(), torch::Tensor()};
    }
};

} // namespace

JointBatchNormImpl::JointBatchNormImpl(std::int64_t channels)
    : m_weight(register_parameter("weight", torch::ones({channels}))),
      m_bias(register_parameter("bias", torch::zeros({channels}))),
      m_mean(register_buffer("running_mean", torch::zeros({channels}))),
      m_variance(register_buffer("running_var", torch::ones({channels}))),
      m_batches(register_buffer("num_batches_tracked", torch::zeros({}, torch::kLong))) {}

torch::Tensor JointBatchNormImpl::forward(const torch::Tensor& input) {
    constexpr double epsilon = 1e-5, share = 0.1;             // of the new batch in the running numbers
    const bool counts = is_training() && !Recomputing::now(); // else they have this batch already
    if (counts)
        m_batches += 1;
    if (!is_training() || !m_ranks) {
        const bool keeps = counts || !is_training();
        return torch::batch_norm(input, m_weight, m_bias, keeps ? m_mean : torch::Tensor(),
                                 keeps ? m_variance : torch::Tensor(), is_training(), share, epsilon,
                                 torch::globalContext().userEnabledCuDNN());
    }
    const auto joint = Normalise::apply(input, m_ranks, epsilon);
    if (counts) {
        const torch::NoGradGuard noGradients;
        m_mean.lerp_(joint[1], share);
        m_variance.lerp_(joint[2], share);
    }
    return (joint[0] * byChannel(m_weight) + byChannel(m_bias)).to(input.scalar_type());
}

void setRanks(torch::nn::Module& module, Ranks* ranks) {
    for (const auto& part : module.modules())
        if (auto* norm = dynamic_cast<JointBatchNormImpl*>(part.get()))
            norm->setRanks(ranks);
}

} // namespace embellie
