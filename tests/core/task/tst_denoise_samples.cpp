#include "core/task/denoise/mixture.h"
#include "core/task/denoise/synthetic.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <thread>

using namespace embellie;
using namespace embellie::denoise;

namespace {

Mixture blankMixture(int rays, int gates) {
    const Polar empty(rays, gates, 1000);
    return {empty, empty, std::vector<float>(empty.z.size(), 1.0f),
            std::vector<std::uint8_t>(empty.z.size(), 0)};
}

/// A sweep of uniform rain with a clear hole around the radar.
Sources someSources() {
    Sources sources;
    sources.gateMeters = {500, 1000};
    for (const float meters : sources.gateMeters) {
        Polar rain(360, 300, meters), clutter(360, 300, meters);
        SampleRandom random(5, 0, 0);
        for (int ray = 0; ray < 360; ++ray)
            for (int gate = 30; gate < 200; ++gate)
                rain.z[rain.at(ray, gate)] = linear(25 + random.normal());
        for (std::size_t i = 0; i < clutter.z.size(); i += 7)
            clutter.z[i] = linear(20);
        std::vector<float> trust = rainTrust(rain);
        sources.rain.push_back({{std::move(rain), std::move(trust)}});
        sources.clutter.push_back({std::move(clutter)});
    }
    sources.sceneRain = sources.sceneClutter = {0, 0};
    return sources;
}

} // namespace

class TestDenoiseSamples : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Two echoes of equal reflectivity are 10 log10(2) = 3.0103 dB more; ten times more swallows the tenth by
    // 0.4139 dB.
    void echoesAddInLinearUnits() {
        Mixture mixture = blankMixture(8, 4);
        mixture.rain.z[0] = linear(20);
        mixture.clutter.z[0] = linear(20);
        mixture.rain.z[1] = linear(30);
        mixture.clutter.z[1] = linear(20);
        mixture.clutter.z[2] = linear(7);
        const Polar seen = sum(mixture);
        QVERIFY(std::abs(decibels(seen.z[0]) - 23.0103) < 1e-3);
        QVERIFY(std::abs(decibels(seen.z[1]) - 30.4139) < 1e-3);
        QVERIFY(std::abs(decibels(seen.z[2]) - 7) < 1e-3);
        QCOMPARE(seen.z[3], 0.0f);
    }

    void labelsSayWhichEchoIsStronger() {
        Mixture mixture = blankMixture(8, 4);
        const auto set = [&](std::size_t i, float rain, float clutter) {
            mixture.rain.z[i] = rain > -90 ? linear(rain) : 0;
            mixture.clutter.z[i] = clutter > -90 ? linear(clutter) : 0;
        };
        set(0, 20, -99);
        set(1, -99, 20);
        set(2, 30, 20);
        set(3, 20, 22); // within 3 dB of a draw
        set(4, 20, 30);
        mixture.trust[0] = 0.3f;
        const Sample sample = sampleOf(mixture, sum(mixture));
        const auto &rain = sample.at("rain").values, &weight = sample.at("weight").values,
                   &value = sample.at("value").values;
        const std::vector<float> rains{1, 0, 1, 0, 0, 0}, weights{0.3f, 1, 1, 0.2f, 1, 0};
        for (std::size_t i = 0; i < rains.size(); ++i) {
            QCOMPARE(rain[i], rains[i]);
            QCOMPARE(weight[i], weights[i]);
        }
        QVERIFY(std::abs(unscaled(value[2]) - 30) < 1e-3); // the rain alone, not the sum
        const auto& input = sample.at("input").values;
        const std::size_t plane = 32;
        QVERIFY(std::abs(input[0] - 0.5f) < 1e-5); // (20 - 10) / 20
        QCOMPARE(input[5], -1.5f);
        QCOMPARE(input[plane], 1.0f);
        QCOMPARE(input[plane + 5], 0.0f);
        QVERIFY(std::abs(input[2 * plane + 1] - 0.015f) < 1e-6); // second gate of 1 km
    }

    // Of 400 samples a quarter comes from the scenes, within four standard deviations of a binomial draw.
    void scenesHaveTheirShareBesideFiles() {
        Sources sources;
        sources.gateMeters = {1000};
        Polar strong(360, 64, 1000), weak(360, 64, 1000);
        std::fill(strong.z.begin(), strong.z.end(), linear(50));
        std::fill(weak.z.begin(), weak.z.end(), linear(20));
        sources.rain = {{}};
        sources.clutter = {{strong, weak, weak}};
        sources.sceneRain = {0};
        sources.sceneClutter = {1};
        MixtureRule rule;
        rule.gates = 16;
        rule.dry = rule.realClutter = 1;
        rule.syntheticClutter = rule.noise = rule.varied = 0;
        rule.sceneClutter = 0.25f;
        int scenes = 0;
        for (int i = 0; i < 400; ++i) {
            SampleRandom random(3, 0, i);
            const auto sample = makeSample(sources, rule, random);
            const auto& input = sample.at("input").values;
            scenes += *std::max_element(input.begin(), input.begin() + 360 * 16) > scaled(36);
        }
        QVERIFY2(std::abs(scenes - 100) < 35, qPrintable(QString::number(scenes)));
    }

    void samplesAreTheSameWhoeverMakesThem() {
        const Sources sources = someSources();
        const MixtureRule rule;
        const auto make = [&](std::int64_t index) {
            SampleRandom random(11, 2, index);
            return makeSample(sources, rule, random);
        };
        std::vector<Sample> alone, together(8);
        for (std::int64_t i = 0; i < 8; ++i)
            alone.push_back(make(i));
        std::vector<std::jthread> threads;
        for (int worker = 0; worker < 3; ++worker)
            threads.emplace_back([&, worker] {
                for (std::int64_t i = 7 - worker; i >= 0; i -= 3) // another order too
                    together[static_cast<std::size_t>(i)] = make(i);
            });
        threads.clear();
        for (std::size_t i = 0; i < alone.size(); ++i) {
            QVERIFY(alone[i] == together[i]);
            QVERIFY(i == 0 || !(alone[i] == alone[0]));
            for (const auto& [name, array] : alone[i])
                for (const float value : array.values)
                    QVERIFY(std::isfinite(value));
        }
    }

    void rainIsTrustedWhereItIsWideAndSmooth() {
        Polar sweep(360, 200, 1000);
        SampleRandom random(1, 0, 0);
        for (int ray = 0; ray < 360; ++ray)
            for (int gate = 0; gate < 200; ++gate) {
                if (ray >= 40 && ray < 140 && gate >= 3 && gate < 100)
                    sweep.z[sweep.at(ray, gate)] = linear(25); // rain that reaches to the radar
                if (ray >= 200 && ray < 300 && gate >= 20 && gate < 100)
                    sweep.z[sweep.at(ray, gate)] = linear(20 + 12 * random.normal()); // rough
                if (ray >= 320 && ray < 328 && gate >= 50 && gate < 58)
                    sweep.z[sweep.at(ray, gate)] = linear(25); // too small
            }
        const std::vector<float> trust = rainTrust(sweep);
        QCOMPARE(trust[sweep.at(90, 50)], 1.0f);
        QCOMPARE(trust[sweep.at(90, 4)], 0.0f); // nearer than 8 km, and no rim
        QVERIFY(trust[sweep.at(90, 7)] < 1.0f); // the rim
        double rough = 0, small = 0;
        for (int ray = 210; ray < 290; ++ray)
            for (int gate = 30; gate < 90; ++gate)
                rough += trust[sweep.at(ray, gate)] > 0;
        for (int ray = 318; ray < 330; ++ray)
            for (int gate = 48; gate < 60; ++gate)
                small += trust[sweep.at(ray, gate)] > 0;
        QVERIFY2(rough / (80 * 60) < 0.05, qPrintable(QString::number(rough)));
        QCOMPARE(small, 0.0);
    }

    void gatesAreJoinedByMeanOfLinearZ() {
        Sweep sweep;
        sweep.gateMeters = 250;
        sweep.firstGateMeters = 125;
        sweep.gates = 8;
        for (int ray = 0; ray < 360; ++ray)
            sweep.rays.push_back({double(ray), double((ray + 1) % 360), 0.5, 0});
        std::vector<float> values(360 * 8, std::numeric_limits<float>::quiet_NaN());
        std::vector<State> states(values.size(), State::NoEcho);
        const std::vector<float> row{10, 20, 30, 10};
        for (std::size_t i = 0; i < row.size(); ++i) {
            values[8 * 100 + i] = row[i];
            states[8 * 100 + i] = State::Valid;
        }
        Quantity quantity;
        quantity.id = "TH";
        const Field field(quantity, sweep, {}, values, states);
        const Polar polar = polarOf(field, 360, 500);
        QCOMPARE(polar.gates, 4);
        QVERIFY(std::abs(polar.z[polar.at(100, 0)] - (10 + 100) / 2.0f) < 1e-2);
        QVERIFY(std::abs(polar.z[polar.at(100, 1)] - (1000 + 10) / 2.0f) < 1e-1);
        QCOMPARE(polar.z[polar.at(100, 2)], 0.0f);
    }

    void madeUpEchoesAreThereAndFinite() {
        int withRain = 0, withClutter = 0;
        for (std::int64_t i = 0; i < 20; ++i) {
            Polar rain(360, 240, 1000), clutter = rain;
            SampleRandom random(3, 0, i);
            addSyntheticRain(rain, random, 0.35f);
            addSyntheticClutter(clutter, random, 1, 0.4f, 1);
            for (const float z : rain.z)
                QVERIFY(std::isfinite(z) && z >= 0 && z < 1e9f);
            for (const float z : clutter.z)
                QVERIFY(std::isfinite(z) && z >= 0 && z < 1e9f);
            withRain += std::count_if(rain.z.begin(), rain.z.end(), [](float z) { return z > 1; }) > 100;
            withClutter +=
                std::count_if(clutter.z.begin(), clutter.z.end(), [](float z) { return z > 0; }) > 100;
        }
        QVERIFY(withRain >= 18);
        QVERIFY(withClutter >= 17);
    }

    // Of rain everywhere: never stronger, some of it gone, and what is left lies together.
    void patchesOfRainLieTogether() {
        int some = 0;
        for (std::int64_t i = 0; i < 20; ++i) {
            Polar rain(360, 240, 1000);
            std::fill(rain.z.begin(), rain.z.end(), linear(30));
            SampleRandom random(4, 0, i);
            keepPatches(rain, random);
            double left = 0, beside = 0;
            for (int ray = 0; ray < rain.rays; ++ray)
                for (int gate = 0; gate + 1 < rain.gates; ++gate) {
                    const float here = rain.z[rain.at(ray, gate)];
                    QVERIFY(here >= 0 && here <= linear(30.001f));
                    left += here > 0;
                    beside += here > 0 && rain.z[rain.at(ray, gate + 1)] > 0;
                }
            const double share = left / (360 * 239);
            QVERIFY2(share < 0.95, qPrintable(QString::number(share)));
            if (share > 0.01) {
                ++some;
                QVERIFY2(beside > 0.8 * left, qPrintable(QString("%1 of %2").arg(beside).arg(left)));
            }
        }
        QVERIFY2(some >= 15, qPrintable(QString::number(some)));
    }

    // Of rain everywhere: as strong on all rays, weaker with range, and gone at the far end.
    void shallowRainEndsAtSomeRange() {
        for (std::int64_t i = 0; i < 20; ++i) {
            Polar rain(360, 400, 2000);
            std::fill(rain.z.begin(), rain.z.end(), linear(30));
            SampleRandom random(5, 0, i);
            makeShallow(rain, random);
            QVERIFY(rain.z[rain.at(0, 0)] > linear(14.99f));
            QCOMPARE(rain.z[rain.at(0, 399)], 0.0f);
            for (int gate = 0; gate + 1 < rain.gates; ++gate)
                QVERIFY(rain.z[rain.at(0, gate + 1)] <= rain.z[rain.at(0, gate)]);
            for (int ray = 1; ray < rain.rays; ++ray)
                QVERIFY(std::equal(rain.z.begin(), rain.z.begin() + rain.gates,
                                   rain.z.begin() + static_cast<std::ptrdiff_t>(rain.at(ray, 0))));
        }
    }

    // Compared with other made-up rain: median reflectivity, and the farthest gate.
    void madeUpSnowIsWeakAndShallow() {
        std::vector<float> strength[2];
        int farthest[2] = {0, 0};
        for (std::int64_t i = 0; i < 20; ++i)
            for (const int snow : {0, 1}) {
                Polar rain(360, 250, 2000);
                SampleRandom random(6, 0, i);
                addSyntheticRain(rain, random, static_cast<float>(snow));
                for (int ray = 0; ray < rain.rays; ++ray)
                    for (int gate = 0; gate < rain.gates; ++gate)
                        if (const float z = rain.z[rain.at(ray, gate)]; z > linear(-20)) {
                            strength[snow].push_back(decibels(z));
                            farthest[snow] = std::max(farthest[snow], gate);
                        }
            }
        const auto median = [](std::vector<float>& numbers) {
            const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
            std::nth_element(numbers.begin(), middle, numbers.end());
            return *middle;
        };
        const float weak = median(strength[1]), strong = median(strength[0]);
        QVERIFY2(weak > -15 && weak < 10 && strong > weak + 8,
                 qPrintable(QString("%1 %2").arg(weak).arg(strong)));
        QVERIFY(farthest[1] <= 161 && farthest[0] == 249); // twice 160 km at most
    }

    // Its mean without 20 log r is the same near and far, and it fills many rays.
    void interferenceInSectorsGrowsWithRange() {
        int found = 0, wide = 0;
        for (std::int64_t i = 0; i < 60; ++i) {
            Polar clutter(360, 240, 1000), before = clutter;
            SampleRandom random(7, 0, i);
            addSyntheticClutter(clutter, random, 1, 1, 1, [&](ClutterKind kind) {
                double sums[2] = {0, 0}, counts[2] = {0, 0};
                std::set<int> rays;
                for (int ray = 0; kind == ClutterKind::Spokes && ray < clutter.rays; ++ray)
                    for (int gate = 20; gate < clutter.gates; ++gate) {
                        const std::size_t cell = clutter.at(ray, gate);
                        const float added = clutter.z[cell] - before.z[cell];
                        if (added <= 1e-3f * before.z[cell] || added <= 0)
                            continue;
                        rays.insert(ray);
                        sums[gate / 120] +=
                            decibels(added) - 20 * std::log10(clutter.rangeMeters(gate) / 100e3f);
                        ++counts[gate / 120];
                    }
                before = clutter;
                if (counts[0] < 300 || counts[1] < 300)
                    return;
                ++found;
                wide += rays.size() > 12;
                const double change = sums[1] / counts[1] - sums[0] / counts[0];
                QVERIFY2(std::abs(change) < 4, qPrintable(QString::number(change)));
            });
        }
        QVERIFY2(found >= 8 && wide >= 0.8 * found, qPrintable(QString("%1 %2").arg(found).arg(wide)));
    }

    void insectsAreAddedByTheirChanceAlone() {
        std::map<ClutterKind, int> counts[2];
        for (const int insects : {0, 1})
            for (std::int64_t i = 0; i < 150; ++i) {
                Polar clutter(60, 30, 1000);
                SampleRandom random(8, insects, i);
                addSyntheticClutter(clutter, random, 1, 0, insects,
                                    [&](ClutterKind kind) { ++counts[insects][kind]; });
            }
        QCOMPARE(counts[0][ClutterKind::ClearAir], 0);
        QVERIFY(std::abs(counts[1][ClutterKind::ClearAir] - 0.45 * 150) < 20);           // 3 deviations
        QVERIFY(counts[0][ClutterKind::Ring] < 45 && counts[0][ClutterKind::Ring] > 10); // 26 expected
        QVERIFY(std::abs(counts[0][ClutterKind::Specks] - 75) < 20);
    }
};

QTEST_APPLESS_MAIN(TestDenoiseSamples)
#include "tst_denoise_samples.moc"
