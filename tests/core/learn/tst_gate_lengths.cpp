#include "core/learn/task_learn.h"
#include "core/network/network.h"
#include "core/task/task.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>
#include <random>

using namespace embellie;

/// In which gates a network looks at a sweep whose own have another length.
class TestGateLengths : public QObject {
    Q_OBJECT

    static constexpr std::size_t Rays = 16, Gates = 12;

    /// The same weights whatever the lengths.
    static std::unique_ptr<TaskLearn> learnerOf(const char* lengths) {
        Settings settings(settingsOf(taskOf("denoise"), networkOf("unet")));
        for (const auto& [key, value] :
             {std::pair("unet.width", "4"), std::pair("unet.depth", "2"), std::pair("denoise.moments", ""),
              std::pair("denoise.own_cut", "0"), std::pair("denoise.gate_meters", lengths)})
            settings.setText(key, value);
        torch::manual_seed(5);
        auto learn = makeTaskLearn(taskOf("denoise"), networkOf("unet"), settings);
        for (const auto& [name, module] : learn->modules())
            module->eval();
        return learn;
    }

    /// Random echoes and holes, each repeated over @p parts gates of 2000 m / @p parts.
    static FieldPtr fieldInParts(std::size_t parts) {
        Sweep sweep;
        sweep.gates = Gates * parts;
        sweep.gateMeters = 2000.0 / static_cast<double>(parts);
        sweep.firstGateMeters = sweep.gateMeters / 2;
        for (std::size_t ray = 0; ray < Rays; ++ray)
            sweep.rays.push_back({ray * 360.0 / Rays, std::fmod((ray + 1) * 360.0 / Rays, 360.0), 0.5, 0});
        std::mt19937 random(3);
        std::vector<float> values;
        std::vector<State> states;
        for (std::size_t cell = 0; cell < Rays * Gates; ++cell) {
            const float value = static_cast<float>(random() % 500) / 10 - 10;
            const State state = random() % 4 == 0 ? State::NoEcho : State::Valid;
            values.insert(values.end(), parts, value);
            states.insert(states.end(), parts, state);
        }
        Quantity quantity;
        quantity.id = "TH";
        return std::make_shared<Field>(quantity, sweep, TimeInterval{}, values, states);
    }

    /// Probabilities of the gates of 2000 m: the mean of their parts.
    static std::vector<double> probabilities(const char* lengths, std::size_t parts) {
        const ResultField result = learnerOf(lengths)->predict(fieldInParts(parts), {}).front();
        std::vector<double> means(Rays * Gates);
        for (std::size_t i = 0; i < Rays * Gates * parts; ++i)
            means[i / parts] += result.quality.front()->values()[i] / static_cast<double>(parts);
        return means;
    }

private Q_SLOTS:
    void coarseGatesAreLookedAtInEachLengthUpToTheirOwn() {
        const auto looked = probabilities("500,1000,2000,5000", 1);
        const auto fine = probabilities("500", 4), middle = probabilities("1000", 2),
                   own = probabilities("2000", 1);
        double apart = 0;
        for (std::size_t i = 0; i < looked.size(); ++i) {
            if (std::isnan(own[i])) { // no echo
                QVERIFY(std::isnan(looked[i]));
                continue;
            }
            QVERIFY2(std::abs(looked[i] - (fine[i] + middle[i] + own[i]) / 3) < 1e-5,
                     qPrintable(QString("%1: %2").arg(i).arg(looked[i])));
            apart = std::max(apart, std::abs(fine[i] - own[i]));
        }
        QVERIFY(apart > 0.001); // or the mean would say nothing
    }

    void fineGatesAreLookedAtInTheShortestAlone() {
        const auto looked = probabilities("1000,2000", 4), joined = probabilities("1000", 2);
        for (std::size_t i = 0; i < looked.size(); ++i)
            QVERIFY(std::isnan(looked[i]) == std::isnan(joined[i]) &&
                    (std::isnan(looked[i]) || std::abs(looked[i] - joined[i]) < 1e-5));
    }
};

QTEST_APPLESS_MAIN(TestGateLengths)
#include "tst_gate_lengths.moc"
