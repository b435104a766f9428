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
    // A batch without a valid cell teaches nothing; its quotient is 0, not NaN.
    const torch::Tensor valid = tools.summed(torch::stack(counts(batch))).clamp_min(1e-6);
    std::vector<std::string> names;
    std::vector<double> factors;
    torch::Tensor sums = torch::zeros_like(valid);
    tools.correct(*m_optimizer, batch, [&](const Batch& part) {
        std::vector<torch::Tensor> answers;
        tools.inPrecision([&] { answers = m_network->forward(part.at("input")); });
        const std::vector<LossPart> parts = losses(answers, part);
        names.clear();
        factors.clear();
        std::vector<torch::Tensor> shares;
        torch::Tensor loss = torch::zeros({}, valid.options());
        for (std::size_t i = 0; i < parts.size(); ++i) {
            shares.push_back(parts[i].sum / valid[static_cast<std::int64_t>(i)]);
            loss = loss + parts[i].factor * shares.back();
            names.push_back(parts[i].name);
            factors.push_back(parts[i].factor);
        }
        sums += torch::stack(shares).detach();
        return loss;
    });
    const torch::Tensor all = tools.summed(sums).cpu();
    std::map<std::string, double> values;
    double loss = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        values[names[i]] = all[static_cast<std::int64_t>(i)].item<double>();
        loss += factors[i] * values[names[i]];
    }
    values["loss"] = loss;
    return values;
}

std::vector<torch::Tensor> SupervisedTask::answers(const torch::Tensor& input) {
    const torch::NoGradGuard noGradients;
    m_network->eval();
    std::vector<torch::Tensor> answers =
        m_network->forward(input.to(m_network->parameters().front().device()));
    for (torch::Tensor& answer : answers)
        answer = answer.cpu();
    return answers;
}

double SupervisedTask::validationLoss(const SampleMaker& samples, Feedback& feedback) {
    std::map<std::string, std::array<double, 3>> parts; // sum, count, factor
    for (const ValidationCase& one : samples.validation()) {
        feedback.throwIfCancelled();
        if (one.sample.empty())
            continue;
        const Batch batch = stacked({one.sample});
        const std::vector<torch::Tensor> valid = counts(batch);
        const std::vector<LossPart> found = losses(answers(batch.at("input")), batch);
        for (std::size_t i = 0; i < found.size(); ++i) {
            auto& [sum, count, factor] = parts[found[i].name];
            sum += found[i].sum.item<double>();
            count += valid[i].item<double>();
            factor = found[i].factor;
        }
    }
    double loss = parts.empty() ? std::numeric_limits<double>::quiet_NaN() : 0;
    for (const auto& [name, part] : parts)
        loss += part[2] * part[0] / std::max(part[1], 1e-6);
    return loss;
}

} // namespace embellie
