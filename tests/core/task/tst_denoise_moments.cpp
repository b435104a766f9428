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

bool near(float value, double expected, double tolerance = 1e-4) {
    return std::abs(value - expected) <= tolerance;
}

Field fieldWith(const Sweep& sweep, const std::string& id, std::vector<float> values) {
    Quantity quantity;
    quantity.id = id;
    std::vector<State> states;
    for (const float value : values)
        states.push_back(std::isfinite(value) ? State::Valid : State::NoEcho);
    return Field(std::move(quantity), sweep, {}, std::move(values), std::move(states));
}

Sweep sweepOf(int rays, std::size_t gates, double gateMeters) {
    Sweep sweep;
    sweep.gates = gates;
    sweep.gateMeters = gateMeters;
    sweep.firstGateMeters = gateMeters / 2;
    for (int ray = 0; ray < rays; ++ray)
        sweep.rays.push_back({ray * 360.0 / rays, std::fmod((ray + 1) * 360.0 / rays, 360.0), 0.5, 0});
    return sweep;
}

/// Rain of 20 dBZ in one half, dry clutter of 20 dBZ in the other, both with all of the moments (or the
/// clutter without).
Sources halves(const std::vector<Moment>& moments, bool clutterHasThem) {
    Sources sources;
    sources.gateMeters = {1000};
    Polar rain(360, 64, 1000);
    for (int ray = 0; ray < 360; ++ray)
        for (int gate = 0; gate < 64; ++gate)
            rain.z[rain.at(ray, gate)] = linear(20);
    Polar clutter = rain;
    for (std::size_t i = 0; i < clutter.z.size(); i += 2)
        clutter.z[i] = linear(40);
    for (const Moment& moment : moments) {
        rain.moments.emplace_back(rain.z.size(), momentCode(moment, moment.middle));
        clutter.moments.emplace_back(clutterHasThem ? clutter.z.size() : 0,
                                     momentCode(moment, moment.middle - moment.scale));
    }
    sources.rain = {{{rain, std::vector<float>(rain.z.size(), 1.0f)}}};
    sources.clutter = {{clutter}};
    sources.sceneRain = sources.sceneClutter = {0};
    return sources;
}

/// What a run would tell.
class Told : public Feedback {
public:
    void message(const Text& text) override { words += text.english() + "\n"; }
    std::string words;
};

MixtureRule plainRule(const std::string& moments) {
    MixtureRule rule;
    rule.gates = 24;
    rule.syntheticRain = rule.dry = rule.syntheticClutter = rule.noise = rule.varied = 0;
    rule.realClutter = 1;
    rule.offset = 0;
    rule.moments = chosenOf(moments);
    return rule;
}

Sample sampleNumber(const Sources& sources, const MixtureRule& rule, std::int64_t index) {
    SampleRandom random(17, 0, index);
    return makeSample(sources, rule, random);
}

} // namespace

/// Moments beside reflectivity in samples and predictions.
class TestDenoiseMoments : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTaskWithoutMomentsHasTheChannelsItHad() {
        const auto channels = [](const std::string& moments) {
            std::string names;
            for (const ChannelInfo& channel : taskOf("denoise").channels(denoiseSettings(moments)))
                names += channel.quantity + ";";
            return names;
        };
        QCOMPARE(channels(""), std::string("TH;echo mask;range;"));
        QCOMPARE(channels("RHOHV, height,VRADH"),
                 std::string("TH;echo mask;range;RHOHV;RHOHV mask;VRADH;VRADH mask;height;"));
        QVERIFY_EXCEPTION_THROWN(channels("RHOVH"), Error);
    }

    // Two echoes of 20 dBZ with ZDR 3 and 0 dB: vertically 10^1.7 + 10^2 = 150.1187, so 10 log10(200 /
    // 150.1187). 30 dBZ with RHOHV 0.99 and 20 dBZ with 0.5: (1000 * 0.99 + 100 * 0.5) / 1100.
    void aMixtureHasTheMomentsOfItsParts() {
        const ChosenMoments all = chosenOf("RHOHV,ZDR,VRADH,WRADH,SQI");
        const Moment &rho = all.moments[0], &zdr = all.moments[1], &velocity = all.moments[2];
        QVERIFY(near(mixed(zdr, 100, 3, 100, 0), 1.24596));
        QVERIFY(near(mixed(rho, 1000, 0.99f, 100, 0.5f), 0.945455));
        QCOMPARE(mixed(velocity, 100, -7, 99, 12), -7.0f);
        QCOMPARE(mixed(velocity, 99, -7, 100, 12), 12.0f);
        for (const Moment& moment : all.moments) {
            QCOMPARE(mixed(moment, 0, None, 5, 0.25f), 0.25f);
            QCOMPARE(mixed(moment, 5, 0.25f, 4, None), 0.25f); // the stronger one is known,
            QVERIFY(std::isnan(mixed(moment, 5, None, 6, None)));
            QVERIFY(std::isnan(mixed(moment, 5, 0.25f, 6, None))); // or is not
            for (const float part : {-2.5f, -0.71f, 0.0f, 1.3f, 2.5f}) {
                const float value = moment.middle + part * moment.scale;
                QVERIFY(near(momentValue(moment, momentCode(moment, value)), value, 0.01 * moment.scale));
                QVERIFY(near(scaled(moment, value), part, 1e-5));
            }
            QCOMPARE(momentCode(moment, None), std::uint8_t(0));
            QVERIFY(std::isnan(momentValue(moment, 0)));
            QCOMPARE(scaled(moment, None), 0.0f);
        }
    }

    void momentsChangeNothingElseOfASample() {
        const std::string moments = "RHOHV,ZDR,VRADH,WRADH,SQI,height";
        const Sources sources = halves(chosenOf(moments).moments, true);
        MixtureRule rule; // all that there is: made-up echoes, noise, blanks
        rule.gates = 40;
        for (std::int64_t i = 0; i < 6; ++i) {
            rule.moments = {};
            const Sample without = sampleNumber(sources, rule, i);
            rule.moments = chosenOf(moments);
            const Sample with = sampleNumber(sources, rule, i);
            QCOMPARE(with.at("input").shape, (std::vector<std::int64_t>{14, 360, 40}));
            const auto &longer = with.at("input").values, &shorter = without.at("input").values;
            QVERIFY(std::equal(shorter.begin(), shorter.end(), longer.begin()));
            for (const char* name : {"rain", "weight", "value"})
                QVERIFY(with.at(name) == without.at(name));
            const std::size_t plane = 360 * 40;
            for (std::size_t channel = 3; channel < 13; ++channel)
                for (std::size_t cell = 0; cell < plane; ++cell) {
                    const float value = longer[channel * plane + cell];
                    QVERIFY(std::abs(value) <= MomentReach);
                    if (longer[plane + cell] == 0) // no echo, no moment
                        QCOMPARE(value, 0.0f);
                }
        }
    }

    void aMomentIsUsedOnlyWhereRainAndTheRestHaveIt() {
        MixtureRule rule = plainRule("RHOHV");
        rule.momentDropout = 0;
        const std::size_t plane = 360 * 24;
        double known = 0;
        for (const bool both : {false, true}) {
            const Sources sources = halves(rule.moments.moments, both);
            known = 0;
            for (std::int64_t i = 0; i < 20; ++i) {
                const auto input = sampleNumber(sources, rule, i).at("input").values;
                for (std::size_t cell = 0; cell < plane; ++cell)
                    known += input[4 * plane + cell];
            }
            if (!both)
                QCOMPARE(known, 0.0);
        }
        QVERIFY(known > 10 * plane);
    }

    // Rain of 20 dBZ beside clutter that dominates every second gate: each gate shows the moment of its
    // label, and whether it is there at all says nothing of the label. A moment is there in 0.7 * 0.7 of the
    // samples.
    void valuesTellTheLabelAndTheirAbsenceDoesNot() {
        const MixtureRule rule = plainRule("RHOHV");
        const Sources sources = halves(rule.moments.moments, true);
        const std::size_t plane = 360 * 24;
        PresenceCount presence;
        int samplesWith = 0;
        double rainSum = 0, restSum = 0;
        for (std::int64_t i = 0; i < 200; ++i) {
            const Sample sample = sampleNumber(sources, rule, i);
            const auto &input = sample.at("input").values, &rain = sample.at("rain").values;
            bool any = false;
            for (std::size_t cell = 0; cell < plane; ++cell) {
                if (input[plane + cell] == 0)
                    continue;
                const bool has = input[4 * plane + cell] > 0;
                any = any || has;
                presence.add(rain[cell] > 0, has);
                if (has)
                    (rain[cell] > 0 ? rainSum : restSum) += input[3 * plane + cell];
            }
            samplesWith += any ? 1 : 0;
        }
        // Only weak echoes, which are rarer among the rest here, are lost by a rule.
        QVERIFY2(presence.tells() < 0.1, qPrintable(QString::number(presence.tells())));
        QVERIFY2(std::abs(samplesWith - 98) < 30, qPrintable(QString::number(samplesWith)));
        QVERIFY(rainSum / presence.rainWith > -0.5);
        QVERIFY(restSum / presence.restWith < -0.5);
    }

    // 80 of 100 gates of rain and 20 of 50 others have it: 0.8 - 0.4.
    void howMuchPresenceTellsIsADifferenceOfShares() {
        PresenceCount count;
        QCOMPARE(count.tells(), 0.0);
        for (int i = 0; i < 100; ++i)
            count.add(true, i < 80);
        for (int i = 0; i < 50; ++i)
            count.add(false, i < 20);
        QVERIFY(std::abs(count.tells() - 0.4) < 1e-12);
    }

    // A file whose reference has left its RHOHV in the rain alone.
    void aRunTellsWhereAMomentGivesTheAnswerAway() {
        Settings scene(sceneSettings());
        for (const auto& [key, value] :
             {std::pair("sim.times", "1"), std::pair("sim.gates", "80"), std::pair("sim.elevations", "0.5")})
            scene.setText(key, value);
        const SimulatedScene simulated(scene);
        const SimulatedSweep sweep = simulated.sweep(0, 0);
        std::vector<float> cut(sweep.rhohv->values().begin(), sweep.rhohv->values().end());
        for (std::size_t i = 0; i < cut.size(); ++i)
            if (sweep.classes->values()[i] != 1)
                cut[i] = None;
        SimulatedVolume volume{simulated.time(0), {sweep}};
        volume.sweeps[0].rhohv = std::make_shared<Field>(fieldWith(*sweep.th->sweep(), "RHOHV", cut));
        test::ScratchFolder folder;
        Feedback silent;
        writeOdimVolume(folder / "leak.h5", odimVolume(simulated, volume), silent);

        Settings settings = denoiseSettings("RHOHV,ZDR");
        settings.setText("denoise.gate_meters", "1000");
        settings.setText("denoise.gates", "64");
        Told told;
        makeSamples(settings, {{"scene", {(folder / "leak.h5").string()}}}, 3, told);
        QVERIFY2(told.words.find("RHOHV is there for ") != std::string::npos, told.words.c_str());
        QVERIFY2(told.words.find("ZDR") == std::string::npos, told.words.c_str());
    }

    // What teaches nothing must not look as if it did.
    void filesThatTeachNothingAreTold() {
        test::ScratchFolder folder;
        const auto write = [&](const char* name, double gateMeters, float dbz) {
            Sweep sweep;
            sweep.site = {"tst", "Test", 50, 4, 100};
            sweep.fixedAngle = 0.5;
            sweep.gates = 60;
            sweep.gateMeters = gateMeters;
            sweep.firstGateMeters = gateMeters / 2;
            for (int ray = 0; ray < 360; ++ray)
                sweep.rays.push_back({ray * 1.0, std::fmod(ray + 1.0, 360), 0.5, 0});
            const TimePoint time = toTimePoint({2024, 6, 1, 12, 0, 0});
            Quantity quantity;
            quantity.id = "DBZH";
            quantity.unit = "dBZ";
            const std::size_t cells = 360 * 60;
            const State state = std::isnan(dbz) ? State::NoEcho : State::Valid;
            OdimVolume volume;
            volume.time = time;
            volume.site = sweep.site;
            volume.sweeps = {
                {{std::make_shared<Field>(quantity, sweep, TimeInterval{time, time},
                                          std::vector<float>(cells, dbz), std::vector<State>(cells, state)),
                  {},
                  {}}}};
            Feedback silent;
            writeOdimVolume(folder / name, volume, silent);
            return (folder / name).string();
        };
        const std::string rain = write("rain.h5", 1000, 20), empty = write("empty.h5", 1000, None),
                          coarse = write("coarse.h5", 2500, 20), dry = write("dry.h5", 1000, 5);
        Settings settings = denoiseSettings("");
        settings.setText("denoise.gate_meters", "1000");
        settings.setText("denoise.gates", "64");
        settings.setText("denoise.varied_scenes", "0");
        const auto told = [&](const std::vector<std::string>& wet, const std::vector<std::string>& other) {
            Told words;
            makeSamples(settings, {{"rain", wet}, {"clutter", other}}, 3, words);
            return QString::fromStdString(words.words);
        };
        QCOMPARE(told({rain}, {dry}), QString());
        settings.setText("denoise.hold_out", "Nowhere");
        QVERIFY(told({rain}, {dry}).contains("no radar and no day is called \"Nowhere\""));
        settings.setText("denoise.hold_out", "Test");
        QVERIFY(!told({rain}, {dry}).contains("no radar"));
        settings.setText("denoise.hold_out", "");
        QVERIFY(told({empty}, {dry}).contains("rain: not one of 1 sweeps is learnt from"));
        QVERIFY(told({rain}, {dry, coarse}).contains("clutter: 1 of 2 sweeps have gates longer than 1000 m"));
        try {
            told({coarse}, {dry});
            QFAIL("gates of 2500 m are no gates of 1000 m");
        } catch (const Error& error) {
            QVERIFY2(std::string(error.what()).find("2500 m") != std::string::npos, error.what());
        }
    }

    // The moment has half as wide rays and gates of 125 m in another order, and ends before the reflectivity.
    void momentsOnOtherRaysAndGatesAreTheNearest() {
        const Sweep coarse = sweepOf(360, 16, 250);
        Sweep fine = sweepOf(720, 24, 125);
        std::rotate(fine.rays.begin(), fine.rays.begin() + 100, fine.rays.end());
        std::vector<float> dbz(360 * 16, None), rho(720 * 24);
        for (std::size_t ray = 0; ray < 720; ++ray)
            for (std::size_t gate = 0; gate < 24; ++gate)
                rho[ray * 24 + gate] = 0.7f + 0.0003f * static_cast<float>(fine.rays[ray].azimuth()) +
                                       0.005f * static_cast<float>(gate);
        dbz[90 * 16 + 4] = 10;
        dbz[90 * 16 + 5] = 30;  // joined with the one before: the stronger one's moment
        dbz[90 * 16 + 14] = 30; // beyond the end of the moment
        const Field reflectivity = fieldWith(coarse, "TH", dbz);
        const Companions further{{"RHOHV", std::make_shared<Field>(fieldWith(fine, "RHOHV", rho))}};
        const ChosenMoments moments = chosenOf("RHOHV,ZDR,height");
        std::vector<std::size_t> order(360);
        for (std::size_t ray = 0; ray < 360; ++ray)
            order[ray] = (ray + 10) % 360; // what is first in azimuth need not be first in the file
        const std::vector<float> planes = momentPlanes(moments, reflectivity, further, order, 2);
        const std::size_t plane = 360 * 8;
        QCOMPARE(planes.size(), 5 * plane);
        // Gate 5 of 250 m has its centre at 1375 m, between gates 10 and 11 of 125 m.
        const float seen = 0.85f + 0.1f * planes[80 * 8 + 2];
        QVERIFY2(near(seen, 0.7 + 0.0003 * 90.5 + 0.005 * 10.5, 0.003), qPrintable(QString::number(seen)));
        float known = 0, others = 0;
        for (std::size_t cell = 0; cell < plane; ++cell) {
            known += planes[plane + cell];
            others += planes[2 * plane + cell] + planes[3 * plane + cell]; // ZDR, which is not there
        }
        QCOMPARE(known, 1.0f);
        QCOMPARE(others, 0.0f);
        // 3750 m sin(0.5 degrees) + (3750 m)² / (2 * 4/3 * 6371 km) = 32.72 m + 0.83 m.
        QVERIFY(near(10e3f * planes[4 * plane + 7], 33.55, 0.05));

        Polar polar = polarOf(reflectivity, 360, 500);
        addMoments(polar, reflectivity, further, moments.moments);
        QVERIFY(near(momentValue(moments.moments[0], polar.moments[0][polar.at(90, 2)]), seen, 0.002));
        QVERIFY(polar.moments[1].empty());
    }

    void arraysOfTheSameSweepServeUnlessTheyAreLeftOut() {
        SourceInfo info;
        for (const auto& [sweep, id] : {std::pair(0, "TH"), std::pair(1, "TH"), std::pair(1, "RHOHV"),
                                        std::pair(1, "VRADH"), std::pair(1, "UVRADH"), std::pair(0, "ZDR")}) {
            ArrayInfo array;
            array.id = "sweep_" + std::to_string(sweep) + "/" + id;
            array.quantity.id = id;
            array.sweep = static_cast<std::size_t>(sweep);
            info.arrays.push_back(array);
        }
        Settings settings = denoiseSettings("RHOHV,ZDR,VRADH");
        const auto names = [&](const std::string& array) {
            std::string all;
            for (const PredictionInput& input : momentArrays(info, settings, array))
                all += input.quantity + "=" + input.array + ";";
            return all;
        };
        QCOMPARE(names("sweep_1/TH"), std::string("RHOHV=sweep_1/RHOHV;VRADH=sweep_1/UVRADH;"));
        QCOMPARE(names("sweep_0/TH"), std::string("ZDR=sweep_0/ZDR;"));
        settings.setText("denoise.without", "VRADH");
        QCOMPARE(names("sweep_1/TH"), std::string("RHOHV=sweep_1/RHOHV;"));
    }

    void scenesHaveTheirMomentsInTrainingAndValidation() {
        Settings settings = denoiseSettings("RHOHV,VRADH");
        settings.setText("denoise.scenes", "1");
        settings.setText("denoise.gates", "64");
        settings.setText("denoise.moment_dropout", "0");
        settings.setText("denoise.gate_meters", "1000");
        settings.setText("denoise.synthetic_rain", "0");
        settings.setText("denoise.dry", "0");
        Feedback feedback;
        const auto samples = makeSamples(settings, {}, 3, feedback);
        const ValidationCase& one = samples->validation().front();
        QCOMPARE(one.companions.size(), std::size_t(2));
        const SampleArray& input = one.sample.at("input");
        QCOMPARE(input.shape[0], std::int64_t(7));
        // The sample is the field as it would be predicted: rays and gates are already those.
        const auto plane = static_cast<std::size_t>(input.shape[1] * input.shape[2]);
        std::vector<std::size_t> order(static_cast<std::size_t>(input.shape[1]));
        for (std::size_t ray = 0; ray < order.size(); ++ray)
            order[ray] = ray;
        const std::vector<float> predicted =
            momentPlanes(chosenOf("RHOHV,VRADH"), *one.input, one.companions, order, 1);
        QCOMPARE(predicted.size(), 4 * plane);
        double known = 0, echoes = 0, differing = 0;
        for (std::size_t cell = 0; cell < plane; ++cell) {
            echoes += input.values[plane + cell];
            known += input.values[4 * plane + cell];
            if (std::abs(input.values[3 * plane + cell] - predicted[cell]) > 0.02f)
                ++differing;
        }
        QVERIFY(echoes > 1000);
        QVERIFY2(known > 0.95 * echoes, qPrintable(QString("%1 of %2").arg(known).arg(echoes)));
        QVERIFY2(differing < 0.05 * echoes, qPrintable(QString::number(differing / echoes)));
        const Sample trained = samples->make(0, 1);
        QCOMPARE(trained.at("input").shape[0], std::int64_t(7));
    }
};

QTEST_APPLESS_MAIN(TestDenoiseMoments)
#include "tst_denoise_moments.moc"
