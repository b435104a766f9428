#include "core/learn/supervised.h"

namespace embellie {

SupervisedTask::SupervisedTask(const TaskInfo& task, const NetworkInfo& network, const Settings& settings)
    : m_settings(settings),
      m_network(networkLearnOf(network.id).make(settings, networkShape(task, settings))),
      m_optimizer(std::make_shared<torch::optim::AdamW>(
          m_network->parameters(), torch::optim::AdamWOptions(settings.real("train.learning_rate"))
                                       .weight_decay(settings.real("train.weight_decay")))) {}

std::vector<std::pair<std::string, std::shared_ptr<torch::nn::Module>>> SupervisedTask::modules() {
    return {{"network", m_network}};
}

std::vector<std::pair<std::string, std::shared_ptr<torch::optim::Optimizer>>> SupervisedTask::optimisers() {
    return {{"main", m_optimizer}};
}

std::map<std::string, double> SupervisedTask::step(const Batch& batch, StepTools& tools) {
    m_network->train();
    Batch here;
    for (const auto& [name, tensor] : batch)
        here[name] = tensor.to(tools.device());
    std::vector<torch::Tensor> answers;
    tools.inPrecision([&] { answers = m_network->forward(here.at("input")); });
    torch::Tensor loss = torch::zeros({}, tools.device());
    std::map<std::string, double> values;
    for (const LossPart& part : losses(answers, here)) {
        // A batch without a valid cell teaches nothing; its quotient is 0, not NaN.
        const torch::Tensor share = part.sum / tools.summed(part.count.detach()).clamp_min(1e-6);
        values[part.name] = share.item<double>();
        loss = loss + part.factor * share;
    }
    values["loss"] = loss.item<double>();
    tools.correct(*m_optimizer, loss);
    return values;
}

std::vector<torch::Tensor> SupervisedTask::answers(const torch::Tensor& input) {
    const torch::NoGradGuard noGradients;
    m_network->eval();
    return m_network->forward(input.to(m_network->parameters().front().device()));
}

double SupervisedTask::validationLoss(const SampleMaker& samples, Feedback& feedback) {
    std::map<std::string, std::array<double, 3>> parts; // sum, count, factor
    for (const ValidationCase& one : samples.validation()) {
        feedback.throwIfCancelled();
        if (one.sample.empty())
            continue;
        const Batch batch = stacked({one.sample});
        for (const LossPart& part : losses(answers(batch.at("input")), batch)) {
            auto& [sum, count, factor] = parts[part.name];
            sum += part.sum.item<double>();
            count += part.count.item<double>();
            factor = part.factor;
        }
    }
    double loss = parts.empty() ? std::numeric_limits<double>::quiet_NaN() : 0;
    for (const auto& [name, part] : parts)
        loss += part[2] * part[0] / std::max(part[1], 1e-6);
    return loss;
}

} // namespace embellie
