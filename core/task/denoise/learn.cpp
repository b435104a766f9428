#include "core/learn/supervised.h"
#include "core/map/ray_order.h"
#include "core/score/verification.h"
#include "core/task/denoise/cleaned.h"
#include "core/task/denoise/context.h"
#include "core/task/denoise/mixture.h"
#include "core/task/denoise/own_cut.h"
#include "core/task/ensemble.h"

#include <algorithm>
#include <limits>

namespace embellie {

namespace {

using denoise::channels;

/// Probability of rain and restored dBZ, by cell of the field.
struct Answer {
    std::vector<float> probability, dbz;
};

/// How gates of a field become those that the network sees: so many are joined, or one is so many.
struct Look {
    std::size_t joined = 1, parts = 1;
};

class Denoise : public SupervisedTask {
public:
    Denoise(const TaskInfo& task, const NetworkInfo& network, const Settings& settings)
        : SupervisedTask(task, network, settings), m_moments(denoise::chosenMoments(settings)) {}

    Validation validate(const SampleMaker& samples, Feedback& feedback) override {
        Validation validation;
        validation.loss = validationLoss(samples, feedback);
        validation.scores = scores(samples, [&](const ValidationCase& one) {
            return predict(one.input, one.companions).front().field;
        });
        return validation;
    }

    std::map<std::string, double> baseline(const SampleMaker& samples) override {
        return scores(samples, [](const ValidationCase& one) { return one.input; });
    }

    std::vector<ResultField> predict(const FieldPtr& input, const Companions& companions) override;
    std::vector<ResultField> predictTogether(const FieldPtr& input,
                                             const std::vector<Member>& members) override;

protected:
    std::vector<LossPart> losses(const std::vector<torch::Tensor>& answers,
                                 const Batch& batch) const override {
        const torch::Tensor &rain = batch.at("rain"), &weight = batch.at("weight");
        return {
            {"entropy",
             (weight * torch::binary_cross_entropy_with_logits(answers[0], rain, {}, {}, at::Reduction::None))
                 .sum(),
             1.0},
            {"value", (weight * rain * (answers[1] - batch.at("value")).abs()).sum(), 0.1}};
    }
    std::vector<torch::Tensor> counts(const Batch& batch) const override {
        return {batch.at("weight").sum(), (batch.at("weight") * batch.at("rain")).sum()};
    }

private:
    template <class Candidate>
    std::map<std::string, double> scores(const SampleMaker& samples, Candidate&& candidate) {
        Verification all;
        const VerificationRule rule{{settings().real("denoise.judge_threshold")}, RemovedMeans::NoRain};
        for (const ValidationCase& one : samples.validation())
            all += verify(*one.reference, *candidate(one), one.input.get(), rule);
        if (all.thresholds.empty())
            return {};
        const ThresholdScore& score = all.thresholds.front();
        return {{"csi", score.candidate.csi()},        {"pod", score.candidate.pod()},
                {"far", score.candidate.far()},        {"hss", score.candidate.hss()},
                {"clutter_left", score.clutterLeft()}, {"rmse", all.error.rmse()}};
    }

    Answer answer(std::vector<float> planes, int rays, int gates);
    std::vector<Look> looks(double gateMeters) const;
    Answer answerFor(const Field& input, const Companions& companions);
    Answer answerFor(const Field& input, const Companions& companions, const Look& look);
    ResultField resultOf(const Field& input, Answer answer) const;

    const denoise::ChosenMoments m_moments;
};

/// To the network's channels, rays in the order of azimuth; the mean with the mirrored sweep where that is
/// set.
Answer Denoise::answer(std::vector<float> planes, int rays, int gates) {
    const torch::Tensor input = torch::from_blob(
        planes.data(), {1, static_cast<std::int64_t>(planes.size()) / (rays * gates), rays, gates},
        torch::kFloat32);
    std::vector<torch::Tensor> heads = answers(input);
    torch::Tensor probability = torch::sigmoid(heads[0]), value = heads[1];
    if (settings().boolean("denoise.mirror")) {
        heads = answers(input.flip({2}));
        probability = (probability + torch::sigmoid(heads[0]).flip({2})) / 2;
        value = (value + heads[1].flip({2})) / 2;
    }
    probability = probability.contiguous();
    value = value.contiguous();
    Answer answer{{probability.data_ptr<float>(), probability.data_ptr<float>() + probability.numel()},
                  {value.data_ptr<float>(), value.data_ptr<float>() + value.numel()}};
    for (float& number : answer.dbz)
        number = denoise::unscaled(number);
    return answer;
}

/// Gates much finer than any learnt from are joined to the shortest of those. Coarser ones are looked at in
/// parts too, once for each learnt length up to their own: rain among other echo is told better where gates
/// are short, and one threshold serves gates of all lengths.
std::vector<Look> Denoise::looks(double gateMeters) const {
    std::vector<double> lengths = settings().list("denoise.gate_meters");
    std::sort(lengths.begin(), lengths.end());
    const auto times = [](double of, double length) {
        return static_cast<std::size_t>(std::max(1.0, std::floor(of / length + 0.34)));
    };
    std::vector<Look> looks{{times(lengths.front(), gateMeters), times(gateMeters, lengths.front())}};
    for (const double length : lengths)
        if (const std::size_t parts = times(gateMeters, length); parts < looks.back().parts)
            looks.push_back({1, parts});
    return looks;
}

Answer Denoise::answerFor(const Field& input, const Companions& companions) {
    const std::vector<Look> all = looks(input.sweep()->gateMeters);
    Answer mean{std::vector<float>(input.size()), std::vector<float>(input.size())};
    const auto share = 1 / static_cast<float>(all.size());
    for (const Look& look : all) {
        const Answer one = answerFor(input, companions, look);
        for (std::size_t i = 0; i < input.size(); ++i) {
            mean.probability[i] = std::min(1.0f, mean.probability[i] + share * one.probability[i]);
            mean.dbz[i] += share * one.dbz[i];
        }
    }
    return mean;
}

/// Sorts the rays by azimuth, closes the circle, brings gates to those of the look and the answer back to the
/// field's own.
Answer Denoise::answerFor(const Field& input, const Companions& companions, const Look& look) {
    const Sweep& sweep = *input.sweep();
    const std::vector<std::size_t> order = wholeCircle(sweep);
    const auto [joined, parts] = look;
    const std::size_t rays = order.size(), whole = (sweep.gates + joined - 1) / joined, gates = whole * parts;
    std::vector<float> dbz(rays * gates, std::numeric_limits<float>::quiet_NaN());
    for (std::size_t ray = 0; ray < rays; ++ray)
        for (std::size_t gate = 0; gate < whole && order[ray] != NoRay; ++gate) {
            const std::size_t begin = gate * joined, end = std::min(begin + joined, sweep.gates);
            float sum = 0;
            for (std::size_t at = begin; at < end; ++at)
                if (const float value = input.values()[order[ray] * sweep.gates + at]; std::isfinite(value))
                    sum += denoise::linear(value);
            if (sum > 0)
                std::fill_n(dbz.begin() + static_cast<std::ptrdiff_t>(ray * gates + gate * parts), parts,
                            denoise::decibels(sum / static_cast<float>(end - begin)));
        }
    const double gateMeters = sweep.gateMeters * static_cast<double>(joined) / static_cast<double>(parts),
                 firstGateMeters = sweep.firstGateMeters + (gateMeters - sweep.gateMeters) / 2;
    std::vector<float> planes =
        channels(dbz, static_cast<int>(rays), static_cast<int>(gates), firstGateMeters, gateMeters);
    for (const float value : denoise::momentPlanes(m_moments, input, companions, order, joined))
        planes.insert(planes.end(), parts, value);
    Answer looked = answer(std::move(planes), static_cast<int>(rays), static_cast<int>(gates));
    std::vector<std::uint8_t> echo(dbz.size());
    std::transform(dbz.begin(), dbz.end(), echo.begin(), [](float value) { return std::isfinite(value); });
    denoise::ContextRule context;
    context.strength = settings().real("denoise.context");
    looked.probability = denoise::inContext(looked.probability, echo, static_cast<int>(rays),
                                            static_cast<int>(gates), firstGateMeters, gateMeters, context);
    Answer own{std::vector<float>(input.size()), std::vector<float>(input.size())};
    const auto share = 1 / static_cast<float>(parts);
    for (std::size_t ray = 0; ray < rays; ++ray)
        for (std::size_t gate = 0; gate < sweep.gates && order[ray] != NoRay; ++gate)
            for (std::size_t part = 0; part < parts; ++part) {
                const std::size_t to = order[ray] * sweep.gates + gate,
                                  from = ray * gates + gate / joined * parts + part;
                own.probability[to] = std::min(1.0f, own.probability[to] + share * looked.probability[from]);
                own.dbz[to] += share * looked.dbz[from];
            }
    return own;
}

std::vector<ResultField> Denoise::predict(const FieldPtr& input, const Companions& companions) {
    return {resultOf(*input, answerFor(*input, companions))};
}

std::vector<ResultField> Denoise::predictTogether(const FieldPtr& input, const std::vector<Member>& members) {
    // Networks that look at a moment which is missing here are worse than those that never knew it.
    const auto hasAll = [](const Member& member) {
        const auto& moments = dynamic_cast<Denoise&>(*member.task).m_moments.moments;
        return std::all_of(moments.begin(), moments.end(), [&](const denoise::Moment& moment) {
            return member.companions.contains(moment.id);
        });
    };
    const bool someHaveAll = std::any_of(members.begin(), members.end(), hasAll);
    MemberMean probability, dbz;
    for (const Member& member : members) {
        if (someHaveAll && !hasAll(member))
            continue;
        Answer answer = dynamic_cast<Denoise&>(*member.task).answerFor(*input, member.companions);
        probability.add(answer.probability);
        dbz.add(answer.dbz);
    }
    ResultField result = resultOf(*input, {probability.mean(), dbz.mean()});
    result.quality.push_back(
        uncertaintyField(*input, probability.spread(), probability.members(), "the probability of rain"));
    return {std::move(result)};
}

/// What the threshold makes of an answer.
ResultField Denoise::resultOf(const Field& input, Answer answer) const {
    const double threshold = settings().real("denoise.threshold");
    if (settings().string("denoise.value") == "restored")
        for (float& number : answer.dbz)
            number = std::round(2 * number) / 2;
    else
        answer.dbz.clear();
    std::vector<std::uint8_t> echo(input.size());
    std::transform(input.values().begin(), input.values().end(), echo.begin(),
                   [](float value) { return std::isfinite(value); });
    denoise::OwnCutRule rule;
    rule.strength = settings().real("denoise.own_cut");
    auto [field, probability] = denoise::cleaned(
        input, partedAtOwnCut(std::move(answer.probability), echo, rule), static_cast<float>(threshold),
        "probability of rain",
        "echoes with a probability of rain up to " + numberText(threshold) + " removed by a network",
        answer.dbz);
    return {std::move(field), {std::move(probability)}};
}

} // namespace

const TaskLearnMaker& taskLearn_denoise() {
    static const TaskLearnMaker maker{
        "denoise", [](const Settings& settings, const NetworkInfo& network) -> std::unique_ptr<TaskLearn> {
            return std::make_unique<Denoise>(taskOf("denoise"), network, settings);
        }};
    return maker;
}

} // namespace embellie
