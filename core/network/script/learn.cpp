#include "core/learn/network_learn.h"
#include "core/learn/script.h"
#include "core/network/script/script.h"

#include <numeric>
#include <set>

namespace embellie {

namespace {

/// Parts of a TorchScript module under their names, its tensors shared: what trainer and files of weights go
/// through.
class PartModule : public torch::nn::Module {
public:
    PartModule(const torch::jit::Module& origin, std::set<const void*>& seen) : m_origin(origin) {
        // A tensor that serves in two places is learnt once.
        for (const auto& parameter : origin.named_parameters(false))
            if (seen.insert(parameter.value.unsafeGetTensorImpl()).second)
                register_parameter(parameter.name, parameter.value, parameter.value.requires_grad());
        // Buffers, and what counts as none for its type: BatchNorm's count of batches may be None.
        for (const auto& attribute : origin.named_attributes(false))
            if (attribute.value.isTensor() &&
                seen.insert(attribute.value.toTensor().unsafeGetTensorImpl()).second)
                register_buffer(attribute.name, attribute.value.toTensor());
        for (const auto& child : origin.named_children())
            m_parts.push_back(register_module(child.name, std::make_shared<PartModule>(child.value, seen)));
    }

    /// Code may have put other tensors in the place of its buffers (self.count = self.count + 1).
    void follow() {
        const torch::NoGradGuard noGradients;
        for (auto& buffer : named_buffers(false)) {
            const c10::IValue now = m_origin.attr(buffer.key());
            if (!now.isTensor() || now.toTensor().is_same(buffer.value()))
                continue;
            buffer.value().copy_(now.toTensor());
            m_origin.setattr(buffer.key(), buffer.value());
        }
        for (const std::shared_ptr<PartModule>& part : m_parts)
            part->follow();
    }

private:
    torch::jit::Module m_origin;
    std::vector<std::shared_ptr<PartModule>> m_parts;
};

class ScriptNetwork : public NetworkModule {
public:
    ScriptNetwork(const ScriptModel& model, const NetworkShape& shape)
        : m_model(model), m_shape(shape), m_module(loadScript(model.file.string())) {
        for (const ScriptInput& input : model.inputs)
            for (const int channel : input.taskChannels)
                if (channel >= shape.inputChannels)
                    throw Error(text(EMBELLIE_TR("script", "the task has no channel {0}"), channel))
                        .in(model.file)
                        .expected(
                            text(EMBELLIE_TR("script", "numbers from 0 to {0}"), shape.inputChannels - 1));
        std::set<const void*> seen;
        m_part = register_module("model", std::make_shared<PartModule>(m_module, seen));
    }

    std::vector<torch::Tensor> forward(torch::Tensor input) override {
        const torch::Tensor whole = paddedTo(m_model.multiple, m_model.circular, input);
        std::vector<torch::Tensor> inputs;
        for (const ScriptInput& one : m_model.inputs) {
            std::vector<torch::Tensor> planes;
            for (const int channel : one.taskChannels)
                planes.push_back(whole.narrow(1, channel, 1));
            inputs.push_back(torch::cat(planes, 1));
        }
        if (inputs.empty())
            inputs.push_back(whole);
        std::vector<torch::Tensor> answers = heads(runScript(m_module, inputs), whole);
        if (is_training())
            m_part->follow();
        for (torch::Tensor& answer : answers)
            answer =
                withoutPadding(m_model.multiple, answer, input.size(2), input.size(3)).to(torch::kFloat32);
        return answers;
    }

    void train(bool on) override {
        NetworkModule::train(on);
        m_module.train(on);
    }

    torch::jit::Module scripted() const override { return m_module; }

private:
    /// What came, as the heads of the task: one tensor each, or one tensor with the channels of all.
    std::vector<torch::Tensor> heads(std::vector<torch::Tensor> answers, const torch::Tensor& input) const {
        const std::vector<std::int64_t> wanted(m_shape.headChannels.begin(), m_shape.headChannels.end());
        const std::int64_t all = std::accumulate(wanted.begin(), wanted.end(), std::int64_t(0));
        if (answers.size() == 1 && wanted.size() > 1 && answers[0].dim() == 4 && answers[0].size(1) == all)
            answers = answers[0].split_with_sizes(wanted, 1);
        bool fits = answers.size() == wanted.size();
        for (std::size_t i = 0; fits && i < wanted.size(); ++i)
            fits = answers[i].sizes() ==
                   torch::IntArrayRef({input.size(0), wanted[i], input.size(2), input.size(3)});
        if (!fits)
            throw refusal(answers, all, input);
        return answers;
    }

    Error refusal(const std::vector<torch::Tensor>& answers, std::int64_t all,
                  const torch::Tensor& input) const {
        std::string found;
        for (const torch::Tensor& answer : answers)
            found += (found.empty() ? "" : ", ") + c10::str(answer.sizes());
        std::string heads;
        for (const int head : m_shape.headChannels)
            heads += (heads.empty() ? "" : " + ") + std::to_string(head);
        return Error(text(EMBELLIE_TR("script", "the model's answer is not that of the task's heads")))
            .in(m_model.file)
            .expected(text(EMBELLIE_TR("script", "for {0} the sizes [{1}, {2}, {3}, {4}], with {5} channels "
                                                 "together or one tensor each"),
                           c10::str(input.sizes()), input.size(0), all, input.size(2), input.size(3), heads))
            .found(text(EMBELLIE_TR("script", "{0}"), found));
    }

    ScriptModel m_model;
    NetworkShape m_shape;
    torch::jit::Module m_module;
    std::shared_ptr<PartModule> m_part;
};

} // namespace

const NetworkLearn& networkLearn_script() {
    static const NetworkLearn learn{
        "script", [](const Settings& settings, const NetworkShape& shape) -> std::shared_ptr<NetworkModule> {
            return std::make_shared<ScriptNetwork>(readScriptModel(settings.string("script.file")), shape);
        }};
    return learn;
}

} // namespace embellie
