#include "core/learn/supervised.h"

namespace embellie {

/// What learning keeps is the most that answering holds at once.
static double bytesPerCell(const NetworkInfo& network, const Settings& settings, const NetworkShape& shape) {
    constexpr std::int64_t side = 256;
    return network.trainingBytes(settings, shape, side, side) / (side * side);
}

SupervisedTask::SupervisedTask(const TaskInfo& task, const NetworkInfo& network, const Settings& settings)
    : m_settings(settings), m_cellBytes(bytesPerCell(network, settings, networkShape(task, settings))),
      m_multiple(network.sizes(settings).multiple),
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

std::vector<torch::Tensor> SupervisedTask::answers(const torch::Tensor& input, double mostBytes) {
    const torch::NoGradGuard noGradients;
    m_network->eval();
    const std::vector<torch::Tensor> parameters = m_network->parameters();
    const torch::Device device =
        parameters.empty() ? torch::Device(torch::kCPU) : parameters.front().device();
    const auto answered = [&](const torch::Tensor& part) {
        std::vector<torch::Tensor> answers = m_network->forward(part.to(device));
        for (torch::Tensor& answer : answers)
            answer = answer.cpu();
        return answers;
    };
    const std::int64_t columns = input.size(3);
    const std::optional<std::int64_t> reach = m_network->reach();
    const auto most = static_cast<std::int64_t>(mostBytes / m_cellBytes / static_cast<double>(input.size(2)));
    if (columns <= most || !reach || !device.is_cpu())
        return answered(input);
    // Parts begin where the network's own cells begin, so that they are joined as in the whole.
    const auto ceiled = [&](std::int64_t size) { return (size + m_multiple - 1) / m_multiple * m_multiple; };
    const std::int64_t rim = ceiled(*reach),
                       width = std::max(rim, (most - 2 * rim) / m_multiple * m_multiple);
    std::vector<std::vector<torch::Tensor>> parts;
    for (std::int64_t from = 0; from < columns; from += width) {
        const std::int64_t to = std::min(columns, from + width),
                           begin = std::max<std::int64_t>(0, from - rim), end = std::min(columns, to + rim);
        const std::vector<torch::Tensor> found = answered(input.narrow(3, begin, end - begin));
        parts.resize(found.size());
        for (std::size_t head = 0; head < found.size(); ++head)
            parts[head].push_back(found[head].narrow(3, from - begin, to - from).clone());
    }
    std::vector<torch::Tensor> joined;
    for (const std::vector<torch::Tensor>& head : parts)
        joined.push_back(torch::cat(head, 3));
    return joined;
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
