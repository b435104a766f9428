#include "core/task/built_in.h"
#include "core/task/denoise/aloft.h"
#include "core/task/denoise/mixture.h"
#include "core/task/denoise/sample_moments.h"
#include "core/task/denoise/samples.h"
#include "core/task/scene_files.h"
#include "tests/core/task/denoise_settings.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>

using namespace embellie;
using namespace embellie::denoise;
using test::chosenOf, test::denoiseSettings, test::None;

namespace {

Sweep sweepAt(double angle, std::size_t gates, double gateMeters) {
    Sweep sweep;
    sweep.fixedAngle = angle;
    sweep.gates = gates;
    sweep.gateMeters = gateMeters;
    sweep.firstGateMeters = gateMeters / 2;
    for (int ray = 0; ray < 4; ++ray)
        sweep.rays.push_back({90.0 * ray, std::fmod(90.0 * (ray + 1), 360.0), angle, 0});
    return sweep;
}

FieldPtr fieldOf(const Sweep& sweep, std::vector<float> values, State missing = State::NoEcho) {
    Quantity quantity;
    quantity.id = "TH";
    std::vector<State> states;
    for (const float value : values)
        states.push_back(std::isfinite(value) ? State::Valid : missing);
    return std::make_shared<Field>(std::move(quantity), sweep, TimeInterval{}, std::move(values),
                                   std::move(states));
}

MixtureRule plainRule() {
    MixtureRule rule;
    rule.gates = 60;
    rule.dry = rule.noise = rule.varied = rule.offset = 0;
    rule.momentDropout = 0;
    rule.moments = chosenOf("aloft");
    return rule;
}

/// What is aloft over the gates of a sample where the label is rain, or is none.
struct Seen {
    double gates = 0, known = 0, echoes = 0;
    double share() const { return echoes / known; }
};
Seen seenIn(const Sample& sample, bool rain, std::size_t from = 0, std::size_t to = 1000) {
    const SampleArray& input = sample.at("input");
    const std::vector<float>& label = sample.at("rain").values;
    const auto plane = static_cast<std::size_t>(input.shape[1] * input.shape[2]),
               gates = static_cast<std::size_t>(input.shape[2]);
    Seen seen;
    for (std::size_t cell = 0; cell < plane; ++cell) {
        if (input.values[plane + cell] == 0 || (label[cell] > 0) != rain || cell % gates < from ||
            cell % gates >= to)
            continue;
        ++seen.gates;
        seen.known += input.values[4 * plane + cell];
        seen.echoes += input.values[4 * plane + cell] == 1 && input.values[3 * plane + cell] > -2.5f;
    }
    return seen;
}
Seen& operator+=(Seen& sum, const Seen& more) {
    sum.gates += more.gates;
    sum.known += more.known;
    sum.echoes += more.echoes;
    return sum;
}

/// Rain of 30 dBZ in one half circle with that many dBZ above it, clutter of 40 dBZ in single rays with
/// nothing above.
Sources halves(const Moment& aloft, float rainAloft) {
    Sources sources;
    sources.gateMeters = {1000};
    Polar rain(360, 60, 1000), clutter = rain;
    rain.moments.emplace_back(rain.z.size(), momentCode(aloft, rainAloft));
    clutter.moments.emplace_back(clutter.z.size(), momentCode(aloft, NothingAloft));
    for (int ray = 0; ray < 360; ++ray)
        for (int gate = 0; gate < 60; ++gate) {
            rain.z[rain.at(ray, gate)] = ray < 180 ? linear(30) : 0;
            clutter.z[clutter.at(ray, gate)] = ray % 4 == 0 ? linear(40) : 0;
        }
    sources.rain = {{{rain, std::vector<float>(rain.z.size(), 1.0f)}}};
    sources.clutter = {{clutter}};
    sources.sceneRain = sources.sceneClutter = {0};
    return sources;
}

} // namespace

/// The sweep above as a further moment.
class TestAloft : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSweepAboveIsAboutADegreeHigher() {
        const std::vector<double> angles{0.5, 0.9, 1.3, 1.8, 2.4, 4.2, 6.5, 9};
        QCOMPARE(sweepAbove(0.5, angles), std::optional<std::size_t>(2)); // 1.3: nearer to 1.5 than 1.8
        QCOMPARE(sweepAbove(0.9, angles), std::optional<std::size_t>(3));
        QCOMPARE(sweepAbove(2.4, angles), std::optional<std::size_t>(5));
        QCOMPARE(sweepAbove(4.2, angles), std::optional<std::size_t>()); // 2.3 higher is another weather
        QCOMPARE(sweepAbove(9, angles), std::optional<std::size_t>());
        QCOMPARE(sweepAbove(0.3, std::vector<double>{0.3, 0.5}), std::optional<std::size_t>());
    }

    // 30 dBZ with 10 dB less above and 20 dBZ with 3 dB more: 100 + 10^2.3 = 299.526.
    void echoesAloftAreSummedAsThoseBelow() {
        QVERIFY(std::abs(aloftSum(1000, -10, 100, 3) - 10 * std::log10(299.526f)) < 1e-3f);
        QCOMPARE(aloftSum(1000, -10, 0, None), 20.0f);
        QCOMPARE(aloftSum(1000, -100, 100, -100), NothingAloft);
        QVERIFY(std::isnan(aloftSum(1000, -10, 1, None)));
    }

    void whatIsNoRainIsTheRest() {
        const Sweep sweep = sweepAt(0.5, 1, 1000);
        const Field rest =
            restOf(*fieldOf(sweep, {20, 20, 20, None}), *fieldOf(sweep, {10, 19.95f, None, 5}));
        QVERIFY(std::abs(rest.values()[0] - 10 * std::log10(90.0f)) < 1e-4f);
        QCOMPARE(rest.states()[1], State::NoEcho); // 1.1 % are left
        QCOMPARE(rest.values()[2], 20.0f);
        QCOMPARE(rest.states()[3], State::NoEcho);
    }

    void noEchoAloftIsNotTheSameAsNotKnowing() {
        const Sweep low = sweepAt(0.5, 3, 1000), high = sweepAt(1.5, 2, 1000);
        const FieldPtr below = fieldOf(low, std::vector<float>(12, 20.0f));
        std::vector<float> values(8, 10.0f);
        values[0] = None;
        const ChosenMoments moments = chosenOf("aloft");
        const auto planes = [&](State missing) {
            return momentPlanes(moments, *below, {{AloftId, fieldOf(high, values, missing)}}, {0, 1, 2, 3},
                                1);
        };
        const std::vector<float> seen = planes(State::NoEcho);
        QCOMPARE(seen.size(), std::size_t(24));
        QCOMPARE(seen[0], -2.5f); // no echo above
        QCOMPARE(seen[12], 1.0f);
        QCOMPARE(seen[1], 0.0f); // (10 dBZ - 10) / 20
        QCOMPARE(seen[13], 1.0f);
        QCOMPARE(seen[2], 0.0f); // the sweep above has ended
        QCOMPARE(seen[14], 0.0f);
        // A file that knows one kind of gap only.
        QVERIFY(planes(State::NoData) == seen);
        values[3] = None;
        std::vector<State> states(8, State::Valid);
        states[0] = State::NoData;
        states[3] = State::NoEcho;
        const Companions both{
            {AloftId, std::make_shared<Field>(below->quantity(), high, TimeInterval{}, values, states)}};
        QCOMPARE(momentPlanes(moments, *below, both, {0, 1, 2, 3}, 1)[12], 0.0f);

        Polar polar = polarOf(*below, 4, 1000);
        addMoments(polar, *below, both, moments.moments);
        QVERIFY(std::isnan(momentValue(moments.moments[0], polar.moments[0][0])));
        QCOMPARE(momentValue(moments.moments[0], polar.moments[0][polar.at(1, 1)]), NothingAloft);
    }

    void aFileServesTheSameQuantityOfTheSweepAbove() {
        SourceInfo info;
        for (const double angle : {0.5, 2.5, 1.6, 1.5}) {
            SweepInfo sweep;
            sweep.fixedAngle = angle;
            sweep.mode = angle == 1.6 ? SweepMode::Rhi : SweepMode::Azimuth;
            info.sweeps.push_back(sweep);
        }
        for (std::size_t sweep = 0; sweep < 4; ++sweep)
            for (const char* id : {"TH", "DBZH"}) {
                if (sweep == 3 && id == std::string("DBZH"))
                    continue;
                ArrayInfo array;
                array.id = "sweep_" + std::to_string(sweep) + "/" + id;
                array.quantity.id = id;
                array.sweep = sweep;
                info.arrays.push_back(array);
            }
        const auto found = [&](const std::string& array, const std::string& without = "") {
            Settings settings = denoiseSettings("height,aloft");
            settings.setText("denoise.without", without);
            std::string names;
            for (const PredictionInput& input : momentArrays(info, settings, array))
                names += input.quantity + "=" + input.array + ";";
            return names;
        };
        QCOMPARE(found("sweep_0/TH"), std::string("aloft=sweep_3/TH;"));
        QCOMPARE(found("sweep_0/DBZH"), std::string("aloft=sweep_1/DBZH;"));
        QCOMPARE(found("sweep_3/TH"), std::string("aloft=sweep_1/TH;"));
        QCOMPARE(found("sweep_1/TH"), std::string());
        QCOMPARE(found("sweep_2/TH"), std::string());
        QCOMPARE(found("sweep_0/TH", "aloft"), std::string());
    }

    void samplesHaveAloftWhatTheirSourcesHave() {
        MixtureRule rule = plainRule();
        rule.syntheticRain = rule.syntheticClutter = 0;
        rule.realClutter = 1;
        const Moment& aloft = rule.moments.moments.front();
        const Sources sources = halves(aloft, 35);
        Seen rain, rest;
        double gates = 0, higher = 0;
        for (std::int64_t i = 0; i < 30; ++i) {
            SampleRandom random(11, 0, i);
            const Sample sample = makeSample(sources, rule, random);
            const std::vector<float>& input = sample.at("input").values;
            const std::size_t plane = 360 * 60;
            for (std::size_t cell = 0; cell < plane; ++cell)
                if (sample.at("rain").values[cell] > 0 && input[4 * plane + cell] > 0) {
                    ++gates;
                    higher +=
                        std::abs(20 * (input[3 * plane + cell] - input[cell]) - 5) < 0.5f; // steps of 0.4
                }
            rain += seenIn(sample, true);
            rest += seenIn(sample, false);
        }
        QVERIFY(rain.gates > 10000 && rest.gates > 10000);
        QVERIFY2(higher > 0.95 * gates, qPrintable(QString::number(higher / gates)));
        QCOMPARE(rain.share(), 1.0);
        QVERIFY2(rest.share() > 0.3 && rest.share() < 0.7, qPrintable(QString::number(rest.share())));
        // The radar would not show what is weaker than all that it shows.
        const Sources weak = halves(aloft, 10);
        SampleRandom random(11, 0, 1);
        QCOMPARE(seenIn(makeSample(weak, rule, random), true).echoes, 0.0);
    }

    // Made-up rain reaches the sweep above near the radar rather than where the beam is at its tops.
    void madeUpRainReachesUp() {
        MixtureRule rule = plainRule();
        rule.syntheticClutter = 0;
        Sources nothing;
        nothing.gateMeters = {2000};
        nothing.rain = {{}};
        nothing.clutter = {{}};
        nothing.sceneRain = nothing.sceneClutter = {0};
        Seen close, far;
        for (std::int64_t i = 0; i < 30; ++i) {
            SampleRandom random(5, 1, i);
            const Sample sample = makeSample(nothing, rule, random);
            close += seenIn(sample, true, 0, 20);
            far += seenIn(sample, true, 40);
        }
        const QString seen = QString("%1, far %2").arg(close.share()).arg(far.share());
        QVERIFY2(close.share() > 0.8, qPrintable(seen));
        QVERIFY2(far.share() < close.share() - 0.1, qPrintable(seen));
    }

    // 40 dBZ of one kind, in dBZ above it on average: what stands on the ground fades, noise is not there.
    void madeUpClutterOnTheGroundFades_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("least");
        QTest::addColumn<double>("most");
        QTest::newRow("mountains") << int(ClutterKind::Mountains) << 0.0 << 25.0;
        QTest::newRow("sea") << int(ClutterKind::Sea) << 0.0 << 25.0;
        QTest::newRow("masts") << int(ClutterKind::PointTargets) << 0.0 << 25.0;
        QTest::newRow("insects") << int(ClutterKind::ClearAir) << 22.0 << 34.0;
        QTest::newRow("speckle") << int(ClutterKind::Speckle) << -40.0 << -40.0;
    }
    void madeUpClutterOnTheGroundFades() {
        QFETCH(int, kind);
        QFETCH(double, least);
        QFETCH(double, most);
        const ChosenMoments moments = chosenOf("aloft");
        const Polar nothing(36, 20, 1000);
        double sum = 0, gates = 0;
        for (std::int64_t i = 0; i < 200; ++i) {
            SampleMoments sample(moments, 0, nothing, SampleRandom(3, 0, i));
            Polar clutter = nothing, seen = nothing;
            for (std::size_t cell = 1; cell < clutter.z.size(); ++cell)
                clutter.z[cell] = linear(40);
            sample.clutterMadeUp(static_cast<ClutterKind>(kind), clutter);
            seen.z = clutter.z;
            seen.z[0] = 1e-9f; // the weakest that the radar shows
            sample.planes(nothing, seen);
            for (std::size_t cell = 1; cell < clutter.z.size(); ++cell) {
                sum += sample.values(0)[cell];
                ++gates;
            }
        }
        QVERIFY2(sum / gates >= least && sum / gates <= most, qPrintable(QString::number(sum / gates)));
    }

    // The sample of a scene is what a prediction on its field would look at.
    void scenesHaveTheirSweepAbove() {
        Settings settings = denoiseSettings("aloft");
        for (const auto& [key, value] :
             {std::pair("denoise.scenes", "1"), std::pair("denoise.gates", "64"),
              std::pair("denoise.gate_meters", "1000"), std::pair("denoise.moment_dropout", "0")})
            settings.setText(key, value);
        Feedback feedback;
        const auto samples = makeSamples(settings, {}, 3, feedback);
        const ValidationCase& one = samples->validation().front();
        QCOMPARE(one.companions.size(), std::size_t(1));
        const SampleArray& input = one.sample.at("input");
        QCOMPARE(input.shape[0], std::int64_t(5));
        const auto plane = static_cast<std::size_t>(input.shape[1] * input.shape[2]);
        std::vector<std::size_t> order(static_cast<std::size_t>(input.shape[1]));
        for (std::size_t ray = 0; ray < order.size(); ++ray)
            order[ray] = ray;
        const std::vector<float> predicted =
            momentPlanes(chosenMoments(settings), *one.input, one.companions, order, 1);
        double echoes = 0, known = 0, differing = 0, something = 0;
        for (std::size_t cell = 0; cell < plane; ++cell) {
            echoes += input.values[plane + cell];
            known += input.values[4 * plane + cell];
            something += input.values[3 * plane + cell] > -2.5f && input.values[4 * plane + cell] > 0;
            differing += std::abs(input.values[3 * plane + cell] - predicted[cell]) > 0.1f; // 2 dB
        }
        QVERIFY(echoes > 1000 && something > 500);
        QVERIFY2(known > 0.9 * echoes, qPrintable(QString("%1 of %2").arg(known).arg(echoes)));
        QVERIFY2(differing < 0.1 * echoes, qPrintable(QString::number(differing / echoes)));
        QCOMPARE(samples->make(0, 1).at("input").shape[0], std::int64_t(5));
    }

    void theSweepsOfScenesAreTheSameWithThoseAboveThem() {
        Feedback feedback;
        std::vector<FieldPtr> without, with, above;
        variedScenes("scene", 4, 1, false, false, feedback,
                     [&](const SceneSweep& scene) { without.push_back(scene.sweep.th); });
        variedScenes("scene", 4, 1, false, true, feedback, [&](const SceneSweep& scene) {
            with.push_back(scene.sweep.th);
            above.push_back(scene.higher()->th);
        });
        QCOMPARE(with.size(), without.size());
        for (std::size_t i = 0; i < with.size(); ++i) {
            QVERIFY(
                std::equal(with[i]->states().begin(), with[i]->states().end(), without[i]->states().begin()));
            for (std::size_t cell = 0; cell < with[i]->size(); ++cell)
                if (with[i]->states()[cell] == State::Valid)
                    QCOMPARE(with[i]->values()[cell], without[i]->values()[cell]);
            const double higher = above[i]->sweep()->fixedAngle - with[i]->sweep()->fixedAngle;
            QVERIFY(higher > 0.49 && higher < 1.51);
        }
    }

    // Rain of a file with two sweeps: what is aloft comes from the second one.
    void filesServeTheirOwnSweepAbove() {
        Settings scene(sceneSettings());
        for (const auto& [key, value] :
             {std::pair("sim.times", "1"), std::pair("sim.gates", "80"),
              std::pair("sim.elevations", "0.5,1.5"), std::pair("sim.moments", "false")})
            scene.setText(key, value);
        test::ScratchFolder folder;
        Feedback feedback;
        const auto files = writeSceneFiles(SimulatedScene(scene), folder / "scene", feedback);
        Settings settings = denoiseSettings("aloft");
        for (const auto& [key, value] :
             {std::pair("denoise.gates", "64"), std::pair("denoise.gate_meters", "1000"),
              std::pair("denoise.moment_dropout", "0"), std::pair("denoise.synthetic_rain", "0"),
              std::pair("denoise.synthetic_clutter", "0"), std::pair("denoise.dry", "0")})
            settings.setText(key, value);
        const auto samples = makeSamples(settings, {{"scene", {files.front().string()}}}, 3, feedback);
        Seen rain;
        for (std::int64_t i = 0; i < 10; ++i)
            rain += seenIn(samples->make(0, i), true);
        QVERIFY(rain.known > 0 && rain.share() > 0.5);
    }
};

QTEST_APPLESS_MAIN(TestAloft)
#include "tst_aloft.moc"
