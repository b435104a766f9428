#include "core/task/denoise/mixture.h"
#include "core/task/denoise/season.h"
#include "tests/core/task/denoise_settings.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>
#include <stdexcept>

using namespace embellie;
using namespace embellie::denoise;
using test::chosenOf;

namespace {

Season seasonOf(std::optional<float> temperature) {
    Season season(true);
    season.is(temperature);
    return season;
}

Field sweepAt(double latitude, double longitude, TimePoint time) {
    Sweep sweep;
    sweep.site.latitude = latitude;
    sweep.site.longitude = longitude;
    sweep.gates = 3;
    sweep.gateMeters = 1000;
    for (int ray = 0; ray < 4; ++ray)
        sweep.rays.push_back({90.0 * ray, std::fmod(90.0 * (ray + 1), 360.0), 0.5, 0});
    return Field({}, sweep, {time, time}, std::vector<float>(12, 20.0f),
                 std::vector<State>(12, State::Valid));
}

/// The season's two channels of a sample, which are the same in all cells.
std::pair<float, float> seasonOf(const Sample& sample) {
    const SampleArray& input = sample.at("input");
    const auto plane = static_cast<std::size_t>(input.shape[1] * input.shape[2]);
    const float* planes = input.values.data() + input.values.size() - 2 * plane;
    for (std::size_t cell = 0; cell < plane; ++cell)
        if (planes[cell] != planes[0] || planes[plane + cell] != planes[plane])
            throw std::runtime_error("the season differs from cell to cell");
    return {planes[0], planes[plane]};
}

int raysWithClutter(const Sample& sample) {
    const std::vector<float>&rain = sample.at("rain").values, &input = sample.at("input").values;
    const std::size_t plane = rain.size(), gates = plane / 360;
    int rays = 0;
    for (std::size_t ray = 0; ray < 360; ++ray) {
        bool found = false;
        for (std::size_t cell = ray * gates; cell < (ray + 1) * gates; ++cell)
            found = found || (input[plane + cell] == 1 && rain[cell] == 0);
        rays += found;
    }
    return rays;
}

/// Rain of a summer's day and of a winter's, dry days of both; nothing is made up.
Sources days(float summer, float winter) {
    Sources sources;
    sources.gateMeters = {1000};
    sources.rain.resize(1);
    sources.clutter.resize(1);
    sources.sceneRain = sources.sceneClutter = {0};
    for (const float temperature : {summer, winter}) {
        Polar rain(360, 40, 1000), clutter(360, 40, 1000);
        std::fill(rain.z.begin(), rain.z.end(), linear(20));
        // Of the summer's every second ray shows an echo, of the winter's every third.
        for (int ray = 0; ray < 360; ray += temperature == summer ? 2 : 3)
            for (int gate = 0; gate < 40; ++gate)
                clutter.z[clutter.at(ray, gate)] = linear(40);
        rain.temperature = clutter.temperature = temperature;
        sources.rain[0].push_back({rain, std::vector<float>(rain.z.size(), 1.0f)});
        sources.clutter[0].push_back(clutter);
    }
    return sources;
}

MixtureRule plainRule() {
    MixtureRule rule;
    rule.gates = 16;
    rule.syntheticRain = rule.dry = rule.syntheticClutter = rule.noise = rule.varied = rule.offset = 0;
    rule.realClutter = 1;
    rule.moments = chosenOf("season");
    return rule;
}

} // namespace

/// What the date and the latitude tell of insects and snow.
class TestSeason : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void insectsAreOfWarmDaysAndSnowOfColdOnes() {
        QCOMPARE(seasonOf(20.0f).insects(), 1.0);
        QCOMPARE(seasonOf(2.5f).insects(), 0.5);
        QCOMPARE(seasonOf(-15.0f).insects(), 0.05);
        QCOMPARE(seasonOf(20.0f).snow(0.8f), 0.0f);
        QCOMPARE(seasonOf(2.0f).snow(0.8f), 0.4f);
        QCOMPARE(seasonOf(-15.0f).snow(0.8f), 0.8f);
    }
    void whereNobodyLooksOrKnowsInsectsMayBeAndSnowNot() {
        Season unwanted(false);
        unwanted.is(-15.0f);
        for (const Season& season : {unwanted, seasonOf(std::nullopt)}) {
            QVERIFY(!season.temperature());
            QCOMPARE(season.insects(), 1.0);
            QCOMPARE(season.snow(0.8f), 0.0f);
            QVERIFY(season.allows(30.0f));
        }
    }
    void aColdSampleHasNoEchoOfAMuchWarmerDay() {
        QVERIFY(seasonOf(0.0f).allows(7.0f) && seasonOf(0.0f).allows(-30.0f) && seasonOf(0.0f).allows({}));
        QVERIFY(!seasonOf(0.0f).allows(9.0f));
        const Sources sources = days(22, -10);
        int warm = 0, cold = 0;
        for (std::int64_t i = 0; i < 60; ++i) {
            SampleRandom random(5, 0, i);
            const Sample sample = makeSample(sources, plainRule(), random);
            const bool summer = raysWithClutter(sample) > 150; // 180, else 120
            const auto [temperature, known] = seasonOf(sample);
            if (known == 0)
                continue;
            (temperature > 0 ? warm : cold) += summer ? 1 : 0;
        }
        QVERIFY2(warm >= 5, qPrintable(QString::number(warm)));
        QCOMPARE(cold, 0);
    }
    void samplesHaveTheSeasonOfTheirRainAndDoWithout() {
        const Sources sources = days(22, 22);
        int known = 0;
        double sum = 0;
        for (std::int64_t i = 0; i < 200; ++i) {
            SampleRandom random(6, 0, i);
            const auto [temperature, mask] = seasonOf(makeSample(sources, plainRule(), random));
            if (mask == 0) {
                QCOMPARE(temperature, 0.0f);
                continue;
            }
            QCOMPARE(mask, 1.0f);
            ++known;
            sum += 15 * temperature + 10;
        }
        QVERIFY2(known > 150 && known < 190, qPrintable(QString::number(known))); // 0.15 without
        QVERIFY2(std::abs(sum / known - 22) < 1, qPrintable(QString::number(sum / known)));
    }
    // 15 January 2020 at 60° N: P2 = 0.625, so 14.9 - 17.5 - 15.5 * 0.8660 * cos(6 days) = -15.95 °C.
    void aPredictionSeesThePlaceAndTheDate() {
        const TimePoint time = toTimePoint({2020, 1, 15});
        const std::vector<std::size_t> order{0, 1, 2, 3};
        const std::vector<float> planes =
            momentPlanes(chosenOf("season"), sweepAt(60, 10, time), {}, order, 1);
        QCOMPARE(planes.size(), std::size_t(24));
        for (std::size_t cell = 0; cell < 12; ++cell) {
            QVERIFY2(std::abs(planes[cell] - (-15.95 - 10) / 15) < 0.005,
                     qPrintable(QString::number(planes[cell])));
            QCOMPARE(planes[12 + cell], 1.0f);
        }
        for (const Field& unknown : {sweepAt(0, 0, time), sweepAt(60, 10, {})})
            QVERIFY(momentPlanes(chosenOf("season"), unknown, {}, order, 1) == std::vector<float>(24, 0.0f));
        // Behind the height, whose channel it leaves as it was.
        const std::vector<float> both =
            momentPlanes(chosenOf("height,season"), sweepAt(60, 10, time), {}, order, 1);
        QCOMPARE(both.size(), std::size_t(36));
        QVERIFY(std::equal(planes.begin(), planes.end(), both.begin() + 12));
    }
};

QTEST_APPLESS_MAIN(TestSeason)
#include "tst_season.moc"
