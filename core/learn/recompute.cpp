#include "core/learn/recompute.h"

#include "core/learn/device.h"

namespace embellie {

namespace {

// backward() runs on threads of LibTorch: the word is the thread's.
thread_local int depth = 0;

struct Stage : torch::CustomClassHolder {
    std::function<torch::Tensor(const torch::Tensor&)> compute;
    torch::Tensor random;
    torchcompat::AutocastState autocast;
};

struct Recompute : torch::autograd::Function<Recompute> {
    // @p gate wants a gradient, so that the result does, even where the input is data.
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& input,
                                 const torch::Tensor& gate, c10::intrusive_ptr<Stage> stage) {
        (void)gate;
        stage->random = randomState(input.device());
        stage->autocast = torchcompat::AutocastState::of(input.device().type());
        context->save_for_backward({input});
        context->saved_data["stage"] = c10::IValue::make_capsule(stage);
        const torch::NoGradGuard noGradients;
        return stage->compute(input);
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list gradients) {
        const torch::Tensor saved = context->get_saved_variables()[0];
        auto* stage = static_cast<Stage*>(context->saved_data["stage"].toCapsule().get());
        const torch::Tensor input =
            saved.detach().requires_grad_(saved.is_floating_point() && context->needs_input_grad(0));
        const torch::Tensor after = randomState(input.device());
        setRandomState(stage->random, input.device());
        torch::Tensor output;
        {
            const torch::AutoGradMode withGradients(true);
            const torchcompat::Autocast autocast(stage->autocast);
            const Recomputing again;
            output = stage->compute(input);
        }
        setRandomState(after, input.device());
        torch::autograd::backward({output}, {gradients[0]});
        return {input.grad(), torch::Tensor(), torch::Tensor()};
    }
};

} // namespace

Recomputing::Recomputing() {
    ++depth;
}

Recomputing::~Recomputing() {
    --depth;
}

bool Recomputing::now() {
    return depth > 0;
}

torch::Tensor recomputed(const std::function<torch::Tensor(const torch::Tensor&)>& compute,
                         const torch::Tensor& input) {
    if (!torch::GradMode::is_enabled())
        return compute(input);
    auto stage = c10::make_intrusive<Stage>();
    stage->compute = compute;
    return Recompute::apply(
        input, torch::zeros({1}, input.options().dtype(torch::kFloat32).requires_grad(true)), stage);
}

} // namespace embellie
