#include "core/score/probability_counts.h"

#include <QtTest>

#include <cmath>
#include <random>

using namespace embellie;

namespace {

constexpr std::size_t Cells = 20'000;

Field fieldOf(std::vector<float> values, std::vector<State> states) {
    Sweep sweep;
    sweep.rays.resize(1);
    sweep.gates = values.size();
    return Field({}, sweep, {}, std::move(values), std::move(states));
}

/// Cells in a readable row: a number, "-" noData, "." noEcho.
Field row(const std::string& cells) {
    std::vector<float> values;
    std::vector<State> states;
    std::istringstream words(cells);
    for (std::string word; words >> word;) {
        states.push_back(word == "-" ? State::NoData : word == "." ? State::NoEcho : State::Valid);
        values.push_back(states.back() == State::Valid ? std::stof(word) : 0.0F);
    }
    return fieldOf(std::move(values), std::move(states));
}

/// Raw echoes, a reference that knows some of them as rain (corrected by up to 3 dB), a probability of each
/// echo in steps of @p grain.
struct Made {
    Field raw, reference, probability;
};
Made randomCells(std::uint32_t seed, double grain) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> one(0, 1);
    std::vector<float> raw(Cells), truth(Cells), chance(Cells);
    std::vector<State> rawStates(Cells), truthStates(Cells), chanceStates(Cells);
    for (std::size_t cell = 0; cell < Cells; ++cell) {
        const double drawn = one(random);
        rawStates[cell] = drawn < 0.1 ? State::NoData : drawn < 0.4 ? State::NoEcho : State::Valid;
        raw[cell] = float(std::round(one(random) * 100) / 2 - 10);
        truthStates[cell] = one(random) < 0.5 ? State::NoData : State::Valid;
        truth[cell] = raw[cell] + float(std::round(one(random) * 6) / 2);
        chanceStates[cell] = rawStates[cell];
        chance[cell] = float(std::round(one(random) / grain) * grain);
    }
    return {fieldOf(raw, rawStates), fieldOf(truth, truthStates), fieldOf(chance, chanceStates)};
}

Field keptAbove(const Field& raw, const Field& probability, double threshold) {
    std::vector<float> values(raw.values().begin(), raw.values().end());
    std::vector<State> states(raw.states().begin(), raw.states().end());
    for (std::size_t cell = 0; cell < values.size(); ++cell)
        if (states[cell] == State::Valid && !(probability.values()[cell] > float(threshold)))
            states[cell] = State::Rejected;
    return fieldOf(std::move(values), std::move(states));
}

} // namespace

class TestProbabilityCounts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Six echoes: rain at 0.9, 0.7, 0.2, no rain at 0.8, 0.4, 0.1; rain without an echo, nothing, unmeasured.
    void countsOfAHandfulOfGates() {
        const Field raw = row("20 20 20 20 20 20 . . -");
        const Field truth = row("20 20 20 - . . 10 . 30");
        const Field chance = row("0.9 0.7 0.2 0.8 0.4 0.1 . . -");
        const ProbabilityCounts counts(truth, raw, probabilitySteps(chance), raw, {{0, 15}, {}});
        QCOMPARE(counts.table(0, 0), (Contingency{3, 1, 3, 1}));
        QCOMPARE(counts.table(0, 400), (Contingency{2, 2, 1, 3})); // 0.4 is not above 0.4
        QCOMPARE(counts.table(0, 399), (Contingency{2, 2, 2, 2}));
        QCOMPARE(counts.table(0, 750), (Contingency{1, 3, 1, 3}));
        QCOMPARE(counts.table(1, 750), (Contingency{1, 2, 1, 4})); // 10 dBZ is no rain from 15 on
        QCOMPARE(counts.table(0, 1000), (Contingency{0, 4, 0, 4}));
        const std::vector<ReliabilityBin> bins = counts.reliability(0, 2);
        QCOMPARE(bins[0].echoes, std::uint64_t(3));
        QCOMPARE(bins[0].rain, std::uint64_t(1));
        QCOMPARE(bins[1].rain, std::uint64_t(2));
        QVERIFY(std::abs(bins[1].forecast - 0.8) < 1e-3);
        QVERIFY(std::isnan(counts.reliability(0, 10)[4].observed()));
    }

    void anyThresholdScoresAsTheFieldCutThere() {
        const VerificationRule rule{{0, 7, 20}, RemovedMeans::NoRain};
        const Made one = randomCells(1, 1e-3), two = randomCells(2, 1e-3);
        ProbabilityCounts counts;
        for (const Made* made : {&one, &two})
            counts += ProbabilityCounts(made->reference, made->raw, probabilitySteps(made->probability),
                                        made->raw, rule);
        double lastPod = 1;
        for (const int step : {0, 1, 250, 400, 777, 999, 1000}) {
            Verification expected;
            for (const Made* made : {&one, &two})
                expected += verify(made->reference, keptAbove(made->raw, made->probability, step / 1000.0),
                                   &made->raw, rule);
            const Verification scores = counts.at(step);
            for (std::size_t at = 0; at < rule.thresholds.size(); ++at) {
                QCOMPARE(scores.thresholds[at].candidate, expected.thresholds[at].candidate);
                QCOMPARE(*scores.thresholds[at].raw, *expected.thresholds[at].raw);
                QCOMPARE(scores.thresholds[at].clutter, expected.thresholds[at].clutter);
                QCOMPARE(scores.thresholds[at].clutterKept, expected.thresholds[at].clutterKept);
            }
            QCOMPARE(scores.error.count, expected.error.count);
            QVERIFY(std::abs(scores.error.sum - expected.error.sum) < 1e-6);
            QCOMPARE(scores.cells, expected.cells);
            QVERIFY(scores.thresholds[0].candidate.pod() <= lastPod); // along the curve
            lastPod = scores.thresholds[0].candidate.pod();
        }
    }

    void aCalibratedForecastLiesOnTheDiagonal() {
        std::mt19937 random(3);
        std::uniform_real_distribution<double> one(0, 1);
        std::vector<float> chance(Cells), certain(Cells);
        std::vector<State> rain(Cells);
        for (std::size_t cell = 0; cell < Cells; ++cell) {
            const double p = one(random);
            chance[cell] = float(p);
            certain[cell] = p < 0.5 ? float(p / 2) : float(0.5 + p / 2); // says more than it knows
            rain[cell] = one(random) < p ? State::Valid : State::NoEcho;
        }
        const std::vector<State> echoes(Cells, State::Valid);
        const std::vector<float> dbz(Cells, 20.0F);
        const Field raw = fieldOf(dbz, echoes), truth = fieldOf(dbz, rain);
        const auto bins = [&](const std::vector<float>& probability) {
            return ProbabilityCounts(truth, raw, probabilitySteps(fieldOf(probability, echoes)), raw, {})
                .reliability(0);
        };
        std::uint64_t all = 0;
        for (const ReliabilityBin& bin : bins(chance)) {
            const double spread = std::sqrt(bin.forecast * (1 - bin.forecast) / double(bin.echoes));
            QVERIFY(std::abs(bin.observed() - bin.forecast) < 4 * spread + 1e-3);
            QVERIFY(bin.forecast > bin.from && bin.forecast < bin.to);
            all += bin.echoes;
        }
        QCOMPARE(all, std::uint64_t(Cells));
        QVERIFY(bins(certain)[1].observed() > bins(certain)[1].forecast + 0.1);
        QVERIFY(bins(certain)[8].observed() < bins(certain)[8].forecast - 0.1);
    }

    // ODIM_H5 results keep probabilities in steps of 0.004; what was removed or kept stays what it was.
    void roundedProbabilitiesGiveTheResultsBack() {
        const VerificationRule rule{{0}, RemovedMeans::NoRain};
        for (const double threshold : {0.4, 0.25, 0.62}) {
            const Made made = randomCells(4, 1e-5);
            const Field cleaned = keptAbove(made.raw, made.probability, threshold);
            std::vector<float> rounded;
            for (const float exact : made.probability.values())
                rounded.push_back(std::isfinite(exact) ? std::round(exact / 0.004F) * 0.004F : 0.0F);
            const Field read =
                fieldOf(rounded, {made.probability.states().begin(), made.probability.states().end()});
            const int step = int(std::lround(threshold * ProbabilitySteps));
            QVERIFY(stepThatMade(cleaned, read) == step);
            std::vector<std::int16_t> steps = probabilitySteps(read);
            agreeWith(steps, cleaned, step);
            const ProbabilityCounts counts(made.reference, made.raw, steps, made.raw, rule);
            QCOMPARE(counts.table(0, step),
                     verify(made.reference, cleaned, &made.raw, rule).thresholds[0].candidate);
        }
    }
};

QTEST_APPLESS_MAIN(TestProbabilityCounts)
#include "tst_probability_counts.moc"
