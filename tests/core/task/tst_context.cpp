#include "core/task/denoise/context.h"
#include "core/task/denoise/own_cut.h"
#include "core/task/sample_random.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace embellie;
using namespace embellie::denoise;

namespace {

constexpr int Rays = 180, Gates = 100;
constexpr double GateMeters = 1000, FirstGateMeters = 500;

std::size_t at(int ray, int gate) {
    return static_cast<std::size_t>(ray * Gates + gate);
}

/// Gates of two classes whose feature is normally distributed about +1 (rain) and -1, with deviation 1: the
/// probability of a network that learnt from equal shares is 1 / (1 + exp(-2 x)).
struct Sweep {
    std::vector<float> probability = std::vector<float>(Rays * Gates);
    std::vector<std::uint8_t> rain = std::vector<std::uint8_t>(Rays * Gates),
                              echo = std::vector<std::uint8_t>(Rays * Gates, 1);

    template <class ShareAt>
    explicit Sweep(ShareAt&& shareAt) {
        SampleRandom random(3, 0, 0);
        for (int ray = 0; ray < Rays; ++ray)
            for (int gate = 0; gate < Gates; ++gate) {
                const bool isRain = random.chance(shareAt(ray, gate));
                const double feature = random.normal() + (isRain ? 1 : -1);
                rain[at(ray, gate)] = isRain;
                probability[at(ray, gate)] = static_cast<float>(1 / (1 + std::exp(-2 * feature)));
            }
    }
    double brier(const std::vector<float>& chance) const {
        double sum = 0;
        for (std::size_t i = 0; i < chance.size(); ++i)
            sum += std::pow(static_cast<double>(chance[i]) - rain[i], 2);
        return sum / static_cast<double>(chance.size());
    }
    std::vector<float> corrected(const ContextRule& rule) const {
        return inContext(probability, echo, Rays, Gates, FirstGateMeters, GateMeters, rule);
    }
};

double mean(const std::vector<float>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

} // namespace

class TestContext : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theShareOfRainIsFoundAndBayesRuleFollows_data() {
        QTest::addColumn<double>("share");
        QTest::newRow("hardly any rain") << 0.08;
        QTest::newRow("half") << 0.5;
        QTest::newRow("nearly all rain") << 0.9;
    }
    void theShareOfRainIsFoundAndBayesRuleFollows() {
        QFETCH(double, share);
        const Sweep sweep([&](int, int) { return share; });
        const std::vector<float> corrected = sweep.corrected({1, 20, 0, 0.02});
        QVERIFY(std::abs(mean(corrected) - share) < 0.02);
        // The posterior under the true share, in closed form.
        double worst = 0;
        for (std::size_t i = 0; i < corrected.size(); ++i) {
            const double p = std::clamp<double>(sweep.probability[i], 1e-4, 1 - 1e-4),
                         odds = share / (1 - share) * p / (1 - p);
            worst = std::max(worst, std::abs(corrected[i] - odds / (1 + odds)));
        }
        QVERIFY2(worst < 0.06, qPrintable(QString::number(worst)));
        QVERIFY(sweep.brier(corrected) < sweep.brier(sweep.probability) + 1e-3);
    }

    void theShareAroundAGateCounts() {
        // Rain in the east, something else in the west: the share of the sweep says nothing, that nearby all.
        const Sweep sweep([](int ray, int) { return ray < Rays / 2 ? 0.95 : 0.05; });
        const double without = sweep.brier(sweep.corrected({1, 20, 0, 0.02})),
                     with = sweep.brier(sweep.corrected({1, 20, 1, 0.02}));
        QVERIFY2(with < 0.5 * without, qPrintable(QString("%1 %2").arg(with).arg(without)));
    }

    void theCircleHasNoSeam() {
        const Sweep sweep([](int ray, int gate) { return ray < 60 && gate > 20 ? 0.9 : 0.2; });
        std::vector<float> turned(sweep.probability.size());
        constexpr int Turn = 37;
        for (int ray = 0; ray < Rays; ++ray)
            for (int gate = 0; gate < Gates; ++gate)
                turned[at((ray + Turn) % Rays, gate)] = sweep.probability[at(ray, gate)];
        const ContextRule rule;
        const std::vector<float> straight = sweep.corrected(rule),
                                 round = inContext(turned, sweep.echo, Rays, Gates, FirstGateMeters,
                                                   GateMeters, rule);
        for (int ray = 0; ray < Rays; ++ray)
            for (int gate = 0; gate < Gates; ++gate)
                QVERIFY(std::abs(round[at((ray + Turn) % Rays, gate)] - straight[at(ray, gate)]) < 1e-5f);
    }

    void gatesWithoutEchoCountForNothing() {
        Sweep sweep([](int, int) { return 0.9; });
        std::vector<float> other = sweep.probability;
        for (int ray = 0; ray < Rays; ++ray)
            for (int gate = 0; gate < Gates; gate += 2) {
                sweep.echo[at(ray, gate)] = 0;
                sweep.probability[at(ray, gate)] = 0;
                other[at(ray, gate)] = 1;
            }
        const ContextRule rule;
        const std::vector<float> one = sweep.corrected(rule),
                                 two = inContext(other, sweep.echo, Rays, Gates, FirstGateMeters, GateMeters,
                                                 rule);
        for (int ray = 0; ray < Rays; ++ray)
            for (int gate = 0; gate < Gates; ++gate) {
                if (gate % 2 == 0) {
                    QCOMPARE(one[at(ray, gate)], 0.0f);
                    QCOMPARE(two[at(ray, gate)], 1.0f);
                } else {
                    QCOMPARE(one[at(ray, gate)], two[at(ray, gate)]);
                }
            }
    }

    // Odds of 2/3 everywhere: the share is below one half and moves nothing. Odds of 3/2: the share's are the
    // same, and after 8 repetitions (3/2)^(4 - 3 * 0.75^8).
    void theShareSpeaksForRainAndNeverAgainstIt() {
        Sweep sweep([](int, int) { return 0.5; });
        std::fill(sweep.probability.begin(), sweep.probability.end(), 0.4f);
        for (const float chance : sweep.corrected({0.75, 20, 0.3}))
            QVERIFY(std::abs(chance - 0.4f) < 1e-6);
        std::fill(sweep.probability.begin(), sweep.probability.end(), 0.6f);
        const double odds = std::pow(1.5, 4 - 3 * std::pow(0.75, 8));
        for (const float chance : sweep.corrected({0.75, 20, 0.3}))
            QVERIFY(std::abs(chance - odds / (1 + odds)) < 1e-4);
    }

    // Two heaps of probabilities: the cut lies in the middle of the gap between their bins, and becomes 0.5.
    void probabilitiesPartAtTheSweepsOwnCut() {
        std::vector<float> probability(100, 0.205f);
        std::fill(probability.begin() + 70, probability.end(), 0.605f);
        probability[99] = 0.9f; // without echo: counts for nothing and stays
        std::vector<std::uint8_t> echo(100, 1);
        echo[99] = 0;
        QVERIFY(std::abs(ownCut(probability, echo) - (0.21 + 0.60) / 2) < 1e-9);
        const auto shifted = [](double chance, double cut) {
            const double odds = chance / (1 - chance) * (1 - cut) / cut;
            return odds / (1 + odds);
        };
        const auto parted = partedAtOwnCut(probability, echo, {});
        QVERIFY(std::abs(parted[0] - shifted(0.205, 0.405)) < 1e-5);
        QVERIFY(std::abs(parted[80] - shifted(0.605, 0.405)) < 1e-5);
        QVERIFY(parted[0] < 0.5f && parted[80] > 0.5f);
        QCOMPARE(parted[99], 0.9f);
        // Beyond the limits the cut is that limit.
        QVERIFY(std::abs(partedAtOwnCut(probability, echo, {1, 0.5, 0.6})[0] - shifted(0.205, 0.5)) < 1e-5);
        QVERIFY(std::abs(partedAtOwnCut(probability, echo, {1, 0.1, 0.3})[0] - shifted(0.205, 0.3)) < 1e-5);
        // Half the strength moves the logit half as far.
        QVERIFY(std::abs(std::log(1 / partedAtOwnCut(probability, echo, {0.5, 0.3, 0.65})[0] - 1) -
                         (std::log(1 / 0.205 - 1) + std::log(1 / shifted(0.205, 0.405) - 1)) / 2) < 1e-4);
        QCOMPARE(partedAtOwnCut(probability, echo, {0, 0.3, 0.65}), probability);
        QCOMPARE(partedAtOwnCut(probability, echo, {1, 0.3, 0.65, 200}), probability);
        // One heap alone says nothing; what is certain stays so.
        const std::vector<float> same(100, 0.2f), certain{0, 1};
        QCOMPARE(ownCut(same, echo), 0.5);
        const auto sure = partedAtOwnCut(certain, {1, 1}, {1, 0.3, 0.65, 0});
        QCOMPARE(sure, certain);
    }

    void withoutStrengthOrEchoNothingMoves() {
        const Sweep sweep([](int, int) { return 0.2; });
        QCOMPARE(sweep.corrected({0, 20, 0.5}), sweep.probability);
        const std::vector<std::uint8_t> none(sweep.echo.size(), 0);
        QCOMPARE(inContext(sweep.probability, none, Rays, Gates, FirstGateMeters, GateMeters, {}),
                 sweep.probability);
        // One ray, one gate: no neighbourhood, no crash.
        QVERIFY(inContext({0.7f}, {1}, 1, 1, FirstGateMeters, GateMeters, {}).front() > 0.7f);
    }
};

QTEST_APPLESS_MAIN(TestContext)
#include "tst_context.moc"
