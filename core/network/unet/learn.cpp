#include "core/learn/joint_norm.h"
#include "core/learn/network_learn.h"
#include "core/learn/recompute.h"
#include "core/learn/script.h"
#include "core/network/unet/unet.h"

#include <algorithm>

namespace embellie {

namespace {

namespace nn = torch::nn;
namespace F = torch::nn::functional;

/// One row more on both sides, as on a closed circle. Its own way back adds two rows to a copy; that of cat
/// and narrow fills three fields with zeros first.
struct Wrap : torch::autograd::Function<Wrap> {
    static torch::Tensor forward(torch::autograd::AutogradContext*, const torch::Tensor& x) {
        return torch::cat({x.narrow(2, x.size(2) - 1, 1), x, x.narrow(2, 0, 1)}, 2);
    }
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext*,
                                                   torch::autograd::variable_list gradients) {
        const torch::Tensor& slope = gradients[0];
        const std::int64_t rows = slope.size(2) - 2;
        torch::Tensor back = slope.narrow(2, 1, rows).clone();
        back.select(2, 0).add_(slope.select(2, rows + 1));
        back.select(2, rows - 1).add_(slope.select(2, 0));
        return {back};
    }
};

/// Each cell four times over. Its own way back: that of upsample_nearest2d takes four times as long.
struct Doubled : torch::autograd::Function<Doubled> {
    static torch::Tensor forward(torch::autograd::AutogradContext*, const torch::Tensor& x) {
        return torch::upsample_nearest2d(x, c10::nullopt, std::vector<double>{2.0, 2.0});
    }
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext*,
                                                   torch::autograd::variable_list gradients) {
        return {torch::avg_pool2d(gradients[0], {2, 2}, {2, 2}, {0, 0}, false, true, 1)}; // a sum
    }
};

/// The channels of both, one behind the other. Its own way back: LibTorch 1.13 adds 16-bit gradients that
/// don't lie close together one by one.
struct Joined : torch::autograd::Function<Joined> {
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& one,
                                 const torch::Tensor& other) {
        context->saved_data["channels"] = one.size(1);
        return torch::cat({one, other}, 1);
    }
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list gradients) {
        const torch::Tensor& slope = gradients[0];
        const std::int64_t channels = context->saved_data["channels"].toInt();
        torch::Tensor one = slope.narrow(1, 0, channels);
        if (one.element_size() == 2)
            one = one.contiguous(slope.suggest_memory_format());
        return {one, slope.narrow(1, channels, slope.size(1) - channels)};
    }
};

/// 3×3 convolution, normalisation, ReLU; rows wrap around where the circle is closed.
class ConvolutionImpl : public nn::Module {
public:
    ConvolutionImpl(int in, int out, const Settings& settings)
        : m_circular(settings.boolean("unet.circular")), m_kind(settings.string("unet.normalisation")) {
        m_convolution = register_module(
            "conv",
            nn::Conv2d(
                nn::Conv2dOptions(in, out, 3).padding({m_circular ? 0 : 1, 1}).bias(m_kind == "none")));
        nn::init::kaiming_normal_(m_convolution->weight, 0, torch::kFanIn, torch::kReLU);
        if (m_kind == "none")
            nn::init::zeros_(m_convolution->bias);
        if (m_kind == "batch")
            m_batch = register_module("norm", JointBatchNorm(out));
        if (m_kind == "group") {
            int groups = std::min(8, out);
            while (out % groups != 0)
                --groups;
            m_group = register_module("norm", nn::GroupNorm(nn::GroupNormOptions(groups, out)));
        }
    }

    torch::Tensor forward(torch::Tensor x) {
        if (m_circular)
            x = Wrap::apply(x);
        x = m_convolution->forward(x);
        if (m_batch)
            x = m_batch->forward(x);
        if (m_group) // 1.13 has no bf16 group normalisation on the CPU
            x = m_group->forward(x.to(torch::kFloat32));
        return torch::relu_(x);
    }

private:
    bool m_circular;
    std::string m_kind;
    nn::Conv2d m_convolution{nullptr};
    JointBatchNorm m_batch{nullptr};
    nn::GroupNorm m_group{nullptr};
};
TORCH_MODULE(Convolution);

class UnetModule : public NetworkModule {
public:
    UnetModule(const Settings& settings, const NetworkShape& shape)
        : m_widths(unetWidths(settings)), m_circular(settings.boolean("unet.circular")),
          m_recompute(settings.boolean("unet.recompute")), m_dropout(settings.real("unet.dropout")),
          m_script(unetScript(settings, shape)), m_normalisation(settings.string("unet.normalisation")),
          m_channelsLast(m_normalisation != "group" && *std::ranges::min_element(m_widths) > 1) {
        const auto pair = [&](const std::string& name, int in, int out) {
            nn::Sequential stage(Convolution(in, out, settings), Convolution(out, out, settings));
            return register_module(name, stage);
        };
        int channels = shape.inputChannels;
        for (std::size_t stage = 0; stage < m_widths.size(); ++stage) {
            m_down.push_back(pair("down" + std::to_string(stage), channels, m_widths[stage]));
            channels = m_widths[stage];
        }
        for (std::size_t stage = m_widths.size() - 1; stage-- > 0;) {
            const int above = m_widths[stage];
            m_lift.push_back(register_module("lift" + std::to_string(stage),
                                             nn::Conv2d(nn::Conv2dOptions(channels, above, 1))));
            m_up.push_back(pair("up" + std::to_string(stage), 2 * above, above));
            channels = above;
        }
        for (std::size_t head = 0; head < shape.headChannels.size(); ++head)
            m_heads.push_back(
                register_module("head" + std::to_string(head),
                                nn::Conv2d(nn::Conv2dOptions(channels, shape.headChannels[head], 1))));
    }

    std::vector<torch::Tensor> forward(torch::Tensor input) override {
        const std::int64_t rows = input.size(2), columns = input.size(3);
        torch::Tensor x = padded(input);
        if (m_channelsLast && x.device().is_cpu()) // a quarter less time for a step
            x = x.contiguous(torch::MemoryFormat::ChannelsLast);
        std::vector<torch::Tensor> skipped;
        for (std::size_t stage = 0; stage < m_down.size(); ++stage) {
            if (stage > 0)
                x = torch::max_pool2d(x, 2);
            x = through(m_down[stage], x);
            if (stage + 1 < m_down.size())
                skipped.push_back(x);
        }
        if (m_dropout > 0)
            x = F::dropout2d(x, F::Dropout2dFuncOptions().p(m_dropout).training(is_training()));
        for (std::size_t step = 0; step < m_up.size(); ++step) {
            // The 1×1 convolution before the upsampling gives the same as after it, at a quarter of the work.
            x = Doubled::apply(m_lift[step]->forward(x));
            const torch::Tensor& across = skipped[skipped.size() - 1 - step];
            x = through(m_up[step], Joined::apply(across.to(x.scalar_type()), x));
        }
        std::vector<torch::Tensor> weights, biases, answers;
        for (nn::Conv2d& head : m_heads) {
            weights.push_back(head->weight);
            biases.push_back(head->bias);
        }
        // All heads in one convolution, since the way back reads x once a convolution.
        const torch::Tensor weight = torch::cat(weights);
        if (weight.size(0) == 1) // see m_channelsLast
            x = x.contiguous();
        x = torch::conv2d(x, weight, torch::cat(biases));
        std::int64_t first = 0;
        for (const nn::Conv2d& head : m_heads) {
            const std::int64_t count = head->weight.size(0);
            answers.push_back(x.narrow(1, first, count)
                                  .to(torch::kFloat32)
                                  .contiguous()
                                  .narrow(2, missing(rows) / 2, rows)
                                  .narrow(3, 0, columns));
            first += count;
        }
        return answers;
    }

    /// Two convolutions a stage on the way down and up, each as wide as the stage is coarse, and the place in
    /// the coarsest cell. Normalisation by groups looks at the whole field.
    std::optional<std::int64_t> reach() const override {
        if (m_normalisation == "group")
            return std::nullopt;
        std::int64_t cells = 0;
        for (std::size_t stage = 0; stage < m_widths.size(); ++stage)
            cells += (stage + 1 < m_widths.size() ? 4 : 3) * (std::int64_t(1) << stage);
        return cells;
    }

    torch::jit::Module scripted() const override {
        torch::jit::Module module = scriptModule(*this, "Unet");
        module.define(m_script);
        return module;
    }

private:
    torch::Tensor through(nn::Sequential& stage, const torch::Tensor& x) {
        if (!m_recompute || !is_training())
            return stage->forward(x);
        return recomputed([stage](const torch::Tensor& input) mutable { return stage->forward(input); }, x);
    }
    /// Up to a multiple of what the coarsest stage needs: rows on both sides by going round (or blank),
    /// columns blank at the far end.
    torch::Tensor padded(const torch::Tensor& x) const {
        const std::int64_t rows = missing(x.size(2)), columns = missing(x.size(3)), before = rows / 2;
        if (m_circular && rows > 0) {
            const torch::Tensor order = torch::arange(-before, x.size(2) + rows - before,
                                                      torch::TensorOptions(torch::kLong).device(x.device()));
            return torch::constant_pad_nd(x.index_select(2, order.remainder(x.size(2))), {0, columns});
        }
        return rows + columns > 0 ? torch::constant_pad_nd(x, {0, columns, before, rows - before}) : x;
    }
    std::int64_t missing(std::int64_t size) const {
        const std::int64_t multiple = std::int64_t(1) << (m_widths.size() - 1);
        return (multiple - size % multiple) % multiple;
    }

    std::vector<int> m_widths;
    bool m_circular, m_recompute;
    double m_dropout;
    std::string m_script, m_normalisation;
    /// The gradient of a convolution with one channel as result comes out wrong in bf16 with LibTorch 1.13
    /// when channels are last; normalisation by groups has no such layout.
    bool m_channelsLast;
    std::vector<nn::Sequential> m_down, m_up;
    std::vector<nn::Conv2d> m_lift, m_heads;
};

} // namespace

const NetworkLearn& networkLearn_unet() {
    static const NetworkLearn learn{
        "unet", [](const Settings& settings, const NetworkShape& shape) -> std::shared_ptr<NetworkModule> {
            return std::make_shared<UnetModule>(settings, shape);
        }};
    return learn;
}

} // namespace embellie
