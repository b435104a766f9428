#include "core/learn/supervised.h"
#include "core/map/ray_order.h"
#include "core/score/confusion.h"
#include "core/simulate/scene.h"
#include "core/task/denoise/mixture.h"
#include "core/task/ensemble.h"
#include "core/task/segment/classes.h"

#include <limits>

namespace embellie {

namespace {

class Segment : public SupervisedTask {
public:
    Segment(const TaskInfo& task, const NetworkInfo& network, const Settings& settings)
        : SupervisedTask(task, network, settings) {}

    Validation validate(const SampleMaker& samples, Feedback& feedback) override {
        Validation validation;
        validation.loss = validationLoss(samples, feedback);
        Confusion all;
        for (const ValidationCase& one : samples.validation())
            all += confusionOf(*one.reference, *predict(one.input, {}).front().field);
        if (all.total() == 0)
            return validation;
        validation.scores = {{"mean_iou", all.meanIou()}, {"accuracy", all.accuracy()}};
        for (std::size_t i = 0; i < all.classes().size(); ++i)
            if (all.classes()[i].value == static_cast<int>(EchoClass::Rain))
                validation.scores["rain_iou"] = all.iou(i);
        return validation;
    }

    /// Raw echoes have no names: nothing to compare with.
    std::map<std::string, double> baseline(const SampleMaker&) override { return {}; }

    std::vector<ResultField> predict(const FieldPtr& input, const Companions&) override {
        return {resultOf(*input, bestOf(*input, chances(*input)))};
    }

    std::vector<ResultField> predictTogether(const FieldPtr& input,
                                             const std::vector<Member>& members) override {
        MemberMean all;
        for (const Member& member : members)
            all.add(dynamic_cast<Segment&>(*member.task).chances(*input));
        const std::vector<std::size_t> best = bestOf(*input, all.mean());
        const std::vector<float> spreads = all.spread();
        std::vector<float> spread(input->size());
        for (std::size_t cell = 0; cell < spread.size(); ++cell)
            spread[cell] = spreads[best[cell] * input->size() + cell];
        ResultField result = resultOf(*input, best);
        result.quality = {uncertaintyField(*input, std::move(spread), members.size(),
                                           "the probability of the named class")};
        return {std::move(result)};
    }

protected:
    std::vector<LossPart> losses(const std::vector<torch::Tensor>& answers,
                                 const Batch& batch) const override {
        const torch::Tensor each = torch::nn::functional::cross_entropy(
            answers[0], batch.at("class").to(torch::kLong),
            torch::nn::functional::CrossEntropyFuncOptions().reduction(torch::kNone));
        return {{"entropy", (batch.at("weight") * each).sum(), 1.0}};
    }
    std::vector<torch::Tensor> counts(const Batch& batch) const override {
        return {batch.at("weight").sum()};
    }

private:
    /// Probabilities, class after class, each in the order of the field's cells.
    std::vector<float> chances(const Field& input) {
        const Sweep& sweep = *input.sweep();
        const std::vector<std::size_t> order = wholeCircle(sweep);
        const int rays = static_cast<int>(order.size()), gates = static_cast<int>(sweep.gates);
        std::vector<float> dbz(order.size() * sweep.gates, std::numeric_limits<float>::quiet_NaN());
        for (std::size_t ray = 0; ray < order.size(); ++ray)
            if (order[ray] != NoRay)
                std::copy_n(input.values().begin() + static_cast<std::ptrdiff_t>(order[ray] * sweep.gates),
                            sweep.gates, dbz.begin() + static_cast<std::ptrdiff_t>(ray * sweep.gates));
        std::vector<float> planes =
            denoise::channels(dbz, rays, gates, sweep.firstGateMeters, sweep.gateMeters);
        const torch::Tensor chance =
            torch::softmax(answers(torch::from_blob(planes.data(), {1, 3, rays, gates}, torch::kFloat32))[0],
                           1)
                .contiguous();
        const float* from = chance.data_ptr<float>();
        std::vector<float> all(segment::classes().size() * input.size());
        for (std::size_t name = 0; name < segment::classes().size(); ++name)
            for (std::size_t ray = 0; ray < order.size(); ++ray, from += sweep.gates)
                if (order[ray] != NoRay)
                    std::copy_n(from, sweep.gates,
                                all.begin() + static_cast<std::ptrdiff_t>(name * input.size() +
                                                                          order[ray] * sweep.gates));
        return all;
    }

    /// Index of the likeliest class, by cell.
    static std::vector<std::size_t> bestOf(const Field& input, const std::vector<float>& chances) {
        std::vector<std::size_t> best(input.size(), 0);
        for (std::size_t name = 1; name < segment::classes().size(); ++name)
            for (std::size_t cell = 0; cell < best.size(); ++cell)
                if (chances[name * best.size() + cell] > chances[best[cell] * best.size() + cell])
                    best[cell] = name;
        return best;
    }

    static ResultField resultOf(const Field& input, const std::vector<std::size_t>& best) {
        std::vector<float> values(input.size(), std::numeric_limits<float>::quiet_NaN());
        for (std::size_t cell = 0; cell < values.size(); ++cell)
            if (input.states()[cell] == State::Valid)
                values[cell] = static_cast<float>(segment::classes()[best[cell]].value);
        Quantity quantity;
        quantity.id = "CLASS";
        quantity.unit = "1";
        quantity.kind = Kind::Classes;
        quantity.meanings = segment::classes();
        Origin origin = input.origin();
        origin.history.push_back("echoes named by a network");
        return {std::make_shared<Field>(
                    std::move(quantity), input.geometry(), input.time(), std::move(values),
                    std::vector<State>(input.states().begin(), input.states().end()), std::move(origin)),
                {}};
    }
};

} // namespace

const TaskLearnMaker& taskLearn_segment() {
    static const TaskLearnMaker maker{
        "segment", [](const Settings& settings, const NetworkInfo& network) -> std::unique_ptr<TaskLearn> {
            return std::make_unique<Segment>(taskOf("segment"), network, settings);
        }};
    return maker;
}

} // namespace embellie
