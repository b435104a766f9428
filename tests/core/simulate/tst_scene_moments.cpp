// What the radar says beside reflectivity, and the surfaces it looks at: against closed forms, published
// numbers and what the classes of echoes are known for.

#include "core/map/climate.h"
#include "core/simulate/clutter.h"
#include "core/simulate/moments.h"
#include "core/simulate/rain.h"
#include "core/simulate/scene.h"
#include "core/simulate/terrain.h"
#include "core/simulate/variety.h"
#include "core/simulate/wind.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace embellie;

namespace {

using Changes = std::initializer_list<std::pair<const char*, const char*>>;

Settings small(Changes changes = {}) {
    Settings settings(sceneSettings());
    settings.setText("sim.rays", "180");
    settings.setText("sim.gates", "120");
    settings.setText("sim.elevations", "0.5,3");
    for (const auto& [key, value] : changes)
        settings.setText(key, value);
    return settings;
}

Settings empty(Changes changes = {}) {
    Settings settings = small({{"sim.ground", "-30"},
                               {"sim.clear_air", "-30"},
                               {"sim.spokes", "0"},
                               {"sim.speckle", "0"},
                               {"sim.relief", "0"},
                               {"sim.turbines", "0"},
                               {"sim.rain_cover", "0"},
                               {"sim.cells", "0"},
                               {"sim.band", "false"}});
    for (const auto& [key, value] : changes)
        settings.setText(key, value);
    return settings;
}

double median(std::vector<float> values) {
    if (values.empty())
        return std::numeric_limits<double>::quiet_NaN();
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Values of @p field where the class is @p kind.
std::vector<float> of(const SimulatedSweep& sweep, const FieldPtr& field, EchoClass kind) {
    std::vector<float> values;
    for (std::size_t cell = 0; cell < field->size(); ++cell)
        if (sweep.classes->values()[cell] == static_cast<float>(kind) &&
            field->states()[cell] == State::Valid)
            values.push_back(field->values()[cell]);
    return values;
}

double shareBelow(const std::vector<float>& values, float limit) {
    return static_cast<double>(std::count_if(values.begin(), values.end(),
                                             [&](float value) { return std::abs(value) < limit; })) /
           static_cast<double>(std::max<std::size_t>(values.size(), 1));
}

GateMoments momentsOfOne(std::span<const EchoTraits> echoes, float noise, float samples,
                         std::uint64_t index) {
    return momentsOf(echoes, noise, 16, samples, RandomStream(1, Purpose::Copolar),
                     RandomStream(1, Purpose::PulsePair), index);
}

} // namespace

class TestSceneMoments : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // A mean of n exponential numbers has the variance 1/n.
    void gammaMeansHaveTheirMoments_data() {
        QTest::addColumn<float>("samples");
        QTest::newRow("8") << 8.0f;
        QTest::newRow("24") << 24.0f;
    }
    void gammaMeansHaveTheirMoments() {
        QFETCH(float, samples);
        const RandomStream stream(3, Purpose::Fading);
        double sum = 0, squares = 0;
        constexpr int count = 100'000;
        for (int i = 0; i < count / 4; ++i)
            for (const float normal : stream.normal(static_cast<std::uint64_t>(i))) {
                const double value = gammaMean(samples, normal);
                sum += value;
                squares += value * value;
            }
        const double mean = sum / count, variance = squares / count - mean * mean;
        QVERIFY(std::abs(mean - 1) < 0.005);
        QVERIFY(std::abs(variance * samples - 1) < 0.04);
    }

    // Of n pairs without any correlation the squared modulus of the estimate has the mean 1/n (Touzi et al.,
    // IEEE Trans. Geosci. Remote Sens. 37, 1999); of fully correlated ones it is one.
    void coherencyIsBiasedAsItShouldBe() {
        const RandomStream stream(5, Purpose::Copolar);
        double none = 0, strong = 0;
        constexpr int count = 40'000;
        float ratio = 0;
        for (int i = 0; i < count; ++i) {
            const auto normals = stream.normal(static_cast<std::uint64_t>(i));
            none += std::norm(estimatedCoherency(0, 16, normals, ratio)) / count;
            strong += std::abs(estimatedCoherency({0, 0.9f}, 400, normals, ratio)) / count;
        }
        QVERIFY2(std::abs(none * 16 - 1) < 0.04, qPrintable(QString::number(none * 16)));
        QVERIFY(std::abs(strong - 0.9) < 0.002);
        QVERIFY(std::abs(estimatedCoherency(1, 16, stream.normal(0), ratio)) > 0.999f);
    }

    // With very many pulses the estimates are the closed forms of the pulse-pair processor.
    void momentsOfOneEchoAreItsOwn() {
        EchoTraits echo;
        echo.power = 100;
        echo.velocity = 20; // beyond 16: folded to -12
        echo.width = 2;
        echo.rho = 0.98f;
        echo.zdrDb = 1.5f;
        const EchoTraits one[]{echo};
        const GateMoments clear = momentsOfOne(one, 0, 1e6f, 1);
        QVERIFY(std::abs(clear.velocity + 12) < 0.05f);
        QVERIFY(std::abs(clear.width - 2) < 0.05f);
        QVERIFY(std::abs(clear.rhohv - 0.98f) < 0.002f);
        QVERIFY(std::abs(clear.zdrDb - 1.5f) < 0.02f);
        QVERIFY(std::abs(clear.sqi - std::exp(-0.5 * std::pow(M_PI * 2 / 16, 2))) < 0.005);
        // Noise of a tenth of the signal, in both polarisations alike.
        const GateMoments noisy = momentsOfOne(one, 10, 1e6f, 2);
        const double vertical = 100 / std::pow(10, 0.15);
        QVERIFY(std::abs(noisy.rhohv - 0.98 * std::sqrt(100 * vertical / (110 * (vertical + 10)))) < 0.003);
        QVERIFY(std::abs(noisy.velocity + 12) < 0.05f);
    }

    // Rain over ground: the stronger one decides the velocity, both spoil the correlation.
    void momentsOfTwoEchoesLieBetween() {
        EchoTraits rain, ground;
        rain.power = 100;
        rain.velocity = 8;
        ground.power = 10;
        ground.phase = 2;
        ground.rho = 0.7f;
        const EchoTraits both[]{rain, ground};
        const GateMoments mixed = momentsOfOne(both, 0, 1e6f, 3);
        const double wide = std::exp(-0.5 * std::pow(M_PI / 16, 2));
        const std::complex<double> sum = std::polar(100 * wide, M_PI / 2) + 10 * wide;
        QVERIFY(std::abs(mixed.velocity - 16 / M_PI * std::arg(sum)) < 0.05);
        QVERIFY(std::abs(mixed.rhohv - std::abs(100.0 + std::polar(7.0, 2.0)) / 110) < 0.003);
    }

    // The authors' value for vertical polarisation at 10 GHz, sea state 3 and 1 degree.
    void theSeaIsThePublishedModels() {
        QVERIFY(std::abs(seaDb(10, 3, 1, false) + 41.19) < 0.01);
        QVERIFY(seaDb(5.6, 3, 0.5, true) < seaDb(5.6, 3, 0.5, false)); // horizontal is the weaker one
        QVERIFY(seaDb(5.6, 5, 0.5, true) > seaDb(5.6, 2, 0.5, true) + 5);
        QCOMPARE(seaDb(5.6, 3, -1, true), seaDb(5.6, 3, 0.1, true));
    }

    void windTurnsAndGrowsWithHeight() {
        const WindProfile wind(planOf(small({{"sim.wind_speed", "12"}, {"sim.wind_from", "270"}})));
        QVERIFY(std::abs(wind.at(1500).east - 12) < 0.2);
        const auto near = wind.at(10), high = wind.at(6000);
        QVERIFY(std::hypot(near.east, near.north) < 7);
        QVERIFY(near.north > 1); // backed: from the south-west
        QVERIFY(std::hypot(high.east, high.north) > 17);
    }

    // Velocities of rain are the wind's, folded; the classes look as they are known to.
    void momentsFitTheClasses() {
        const Settings settings = small({{"sim.rain_cover", "0.6"},
                                         {"sim.nyquist", "10"},
                                         {"sim.coast", "12"},
                                         {"sim.height", "90"},
                                         {"sim.turbines", "12"},
                                         {"sim.sea_state", "5"},
                                         {"sim.elevations", "0.2"},
                                         {"sim.wind_speed", "16"}});
        const ScenePlan plan = planOf(settings);
        const SimulatedSweep sweep = SimulatedScene(settings).sweep(0, 0);
        const WindProfile wind(plan);
        const BeamProfile profile = beamProfile(plan, 0.2);
        double squares = 0, count = 0, folded = 0;
        for (std::size_t cell = 0; cell < sweep.th->size(); ++cell) {
            if (sweep.vradh->states()[cell] != State::Valid ||
                sweep.classes->values()[cell] != static_cast<float>(EchoClass::Rain) ||
                sweep.th->values()[cell] < 20)
                continue;
            const std::size_t gate = cell % plan.gates;
            const auto at = wind.at(profile.heightMeters[gate] - plan.site.heightMeters);
            const double azimuth = plan.azimuth(cell / plan.gates);
            const double truth = at.east * std::sin(azimuth) + at.north * std::cos(azimuth);
            const double off = std::remainder(sweep.vradh->values()[cell] - truth, 2 * plan.nyquist);
            squares += off * off;
            ++count;
            folded += std::abs(truth) > plan.nyquist;
            QVERIFY(std::abs(sweep.vradh->values()[cell]) <= plan.nyquist + 0.05);
        }
        QVERIFY(count > 1000 && folded > 100);
        QVERIFY2(std::sqrt(squares / count) < 2, qPrintable(QString::number(std::sqrt(squares / count))));

        using enum EchoClass;
        QVERIFY(median(of(sweep, sweep.rhohv, Rain)) > 0.95);
        QVERIFY(median(of(sweep, sweep.rhohv, GroundClutter)) < 0.85);
        QVERIFY(shareBelow(of(sweep, sweep.vradh, GroundClutter), 1) > 0.8);
        const auto sea = of(sweep, sweep.vradh, SeaClutter);
        QVERIFY2(sea.size() > 100, qPrintable(QString::number(sea.size())));
        QVERIFY(shareBelow(sea, 5) > 0.9 && shareBelow(sea, 0.3f) < 0.6);
        const auto parks = of(sweep, sweep.vradh, WindPark);
        QVERIFY(parks.size() > 100);
        QVERIFY(shareBelow(parks, 5) > 0.35 && shareBelow(parks, 5) < 0.65); // anything up to 10 m/s
        QVERIFY(median(of(sweep, sweep.rhohv, WindPark)) < 0.85);
        QVERIFY(median(of(sweep, sweep.sqi, Noise)) < 0.4);
        QVERIFY(median(of(sweep, sweep.rhohv, Noise)) < 0.4);
    }

    void furtherMomentsCanBeLeftOutAndChangeNothing() {
        const SimulatedSweep with = SimulatedScene(small()).sweep(2, 0),
                             without = SimulatedScene(small({{"sim.moments", "false"}})).sweep(2, 0);
        QCOMPARE(with.fields().size(), std::size_t(8));
        QCOMPARE(without.fields().size(), std::size_t(3));
        for (std::size_t cell = 0; cell < with.th->size(); ++cell) {
            QCOMPARE(with.th->states()[cell], without.th->states()[cell]);
            if (with.th->states()[cell] == State::Valid)
                QCOMPARE(with.th->values()[cell], without.th->values()[cell]);
            QCOMPARE(with.rhohv->states()[cell], with.th->states()[cell]);
            if (with.vradh->states()[cell] == State::Valid)
                QVERIFY(with.sqi->values()[cell] > 0.197f);
        }
    }

    // A turbine's neighbours in azimuth hear it through the side lobes; behind it lies a tail.
    void aWindParkHasSideLobesAndATail() {
        const ScenePlan plan = planOf(small({{"sim.turbines", "1"},
                                             {"sim.relief", "0"},
                                             {"sim.rays", "360"},
                                             {"sim.noise", "-70"},
                                             {"sim.height", "100"},
                                             {"sim.elevations", "0"}}));
        const Terrain terrain(plan);
        const auto echo =
            WindParks(plan, terrain).echo(0, std::vector<float>(plan.rays * plan.gates, 1.0f), 0, 0);
        const auto strongest =
            static_cast<std::size_t>(std::max_element(echo.begin(), echo.end()) - echo.begin());
        const std::size_t ray = strongest / plan.gates, gate = strongest % plan.gates;
        QVERIFY(10 * std::log10(echo[strongest]) > 30);
        std::size_t wide = 0;
        for (std::size_t i = 0; i < plan.rays; ++i)
            wide += echo[i * plan.gates + gate] > 0;
        QVERIFY(wide > 20);
        const double side =
            10 * std::log10(echo[(ray + 12) % plan.rays * plan.gates + gate] / echo[strongest]);
        QVERIFY2(side < -30 && side > -80, qPrintable(QString::number(side)));
        QVERIFY(echo[strongest + 5] > 0 && echo[strongest + 5] < 0.05 * echo[strongest]);
        QVERIFY(gate < 4 || echo[strongest - std::min<std::size_t>(gate, 12)] == 0);
    }

    void theSeaLiesBehindTheCoastAndEndsAtTheHorizon() {
        const Settings settings = empty({{"sim.coast", "15"},
                                         {"sim.height", "60"},
                                         {"sim.elevations", "0"},
                                         {"sim.sea_state", "4"},
                                         {"sim.gates", "150"}});
        const ScenePlan plan = planOf(settings);
        const Terrain terrain(plan);
        QVERIFY(!terrain.isSea(0, 0));
        const GroundView view = terrain.view(plan, 0);
        std::vector<float> byRange(plan.gates, GroundView::NoGround);
        for (std::size_t cell = 0; cell < view.seaDbz.size(); ++cell) {
            const std::size_t gate = cell % plan.gates;
            byRange[gate] = std::max(byRange[gate], view.seaDbz[cell]);
            if (view.seaDbz[cell] > GroundView::NoGround) {
                const double azimuth = plan.azimuth(cell / plan.gates);
                bool wet = false; // each third of a gate is looked at
                for (const double third : {-1 / 3.0, 0.0, 1 / 3.0}) {
                    const double km = plan.rangeMeters(gate) / 1000 + third;
                    wet |= terrain.isSea(km * std::sin(azimuth), km * std::cos(azimuth));
                }
                QVERIFY(wet);
            }
        }
        QVERIFY(*std::max_element(byRange.begin(), byRange.end()) > 10);
        // The horizon of an antenna at 60 m is sqrt(2 · 4/3 · 6371 km · 60 m) = 32 km away.
        QVERIFY(byRange[33] > byRange[45] + 15);
        const Terrain inland(planOf(empty()));
        QVERIFY(!inland.isSea(200, 200));
    }

    void obstaclesAndBlankedSectorsHideWhatLiesBehind() {
        const ScenePlan open = planOf(empty()), closed = planOf(empty({{"sim.obstacles", "8"}}));
        const GroundView without = Terrain(open).view(open, 0.5), with = Terrain(closed).view(closed, 0.5);
        std::size_t hidden = 0;
        for (std::size_t ray = 0; ray < open.rays; ++ray) {
            const std::size_t place = ray * open.gates + 20;
            hidden += with.transmission[place] < 0.8f * without.transmission[place];
        }
        QVERIFY(hidden > 3 && hidden < open.rays / 2);
        const SimulatedSweep sweep = SimulatedScene(small({{"sim.blanked", "1"}})).sweep(0, 0);
        for (const FieldPtr& field : sweep.fields()) {
            const auto blanked = std::count(field->states().begin(), field->states().end(), State::NoData);
            QVERIFY(blanked > 0 && blanked % 120 == 0);
        }
    }

    void mountainsAreHeardAndHide() {
        const ScenePlan flat = planOf(small({{"sim.gates", "200"}, {"sim.relief", "30"}})),
                        alpine = planOf(
                            small({{"sim.gates", "200"}, {"sim.relief", "30"}, {"sim.mountains", "6"}}));
        const GroundView low = Terrain(flat).view(flat, 0.5), high = Terrain(alpine).view(alpine, 0.5);
        const auto strong = [](const GroundView& view) {
            return std::count_if(view.groundDbz.begin(), view.groundDbz.end(),
                                 [](float dbz) { return dbz > 20; });
        };
        QVERIFY2(strong(high) > strong(low) + 200,
                 qPrintable(QString("%1 %2").arg(strong(high)).arg(strong(low))));
        QVERIFY(std::count_if(high.transmission.begin(), high.transmission.end(),
                              [](float open) { return open < 0.2f; }) > 500);
    }

    // Of n pulses the noise's mean exceeds 1 + detection with the chance that a Poisson number of that mean
    // stays below n.
    void noiseIsGammaDistributed() {
        const auto share = [](Changes changes) {
            Settings settings = empty({{"sim.samples", "24"},
                                       {"sim.detection", "-3"},
                                       {"sim.step", "0.01"},
                                       {"sim.noise", "-30"},
                                       {"sim.gates", "200"},
                                       {"sim.range_start", "5000"}});
            for (const auto& [key, value] : changes)
                settings.setText(key, value);
            return SimulatedScene(settings).sweep(0, 0).th->coverage();
        };
        const auto wanted = [](double limit) {
            double sum = 0, term = std::exp(-24 * limit);
            for (int k = 0; k < 24; ++k) {
                sum += term;
                term *= 24 * limit / (k + 1);
            }
            return sum;
        };
        QVERIFY(std::abs(share({}) / wanted(1 + std::pow(10, -0.3)) - 1) < 0.15);
        QVERIFY(std::abs(share({{"sim.noise_left", "0.1"}}) / wanted(0.9 + std::pow(10, -0.3)) - 1) < 0.1);
    }

    // A filter takes the ground away; with a limit its strongest gates are dropped, with what else is there.
    void aClutterFilterWeakensTheGround() {
        const auto groundOf = [](Changes changes) {
            const SimulatedSweep sweep = SimulatedScene(small(changes)).sweep(0, 0);
            std::vector<float> all = of(sweep, sweep.th, EchoClass::GroundClutter);
            std::sort(all.begin(), all.end());
            return all;
        };
        const auto plain = groundOf({}), filtered = groundOf({{"sim.clutter_filter", "30"}}),
                   limited = groundOf({{"sim.clutter_filter", "30"}, {"sim.clutter_limit", "20"}});
        QVERIFY(plain.size() > 1000 && filtered.size() < 0.8 * double(plain.size()));
        QVERIFY(filtered.back() < plain.back() - 8);
        QVERIFY(limited.size() < filtered.size());
    }

    void echoesOfPoorCoherenceCanBeDropped() {
        const SimulatedSweep sweep = SimulatedScene(small({{"sim.echo_sqi", "0.4"}})).sweep(0, 0);
        const SimulatedSweep all = SimulatedScene(small()).sweep(0, 0);
        QVERIFY(*std::min_element(sweep.sqi->values().begin(), sweep.sqi->values().end(),
                                  [](float a, float b) { return b != b || a < b; }) > 0.397f);
        QVERIFY(of(sweep, sweep.th, EchoClass::Interference).size() <
                0.5 * double(of(all, all.th, EchoClass::Interference).size()));
        QVERIFY(of(sweep, sweep.th, EchoClass::Rain).size() >
                0.8 * double(of(all, all.th, EchoClass::Rain).size()));
    }

    void aDespecklingRadarShowsNothingLonely() {
        const SimulatedSweep sweep =
            SimulatedScene(small({{"sim.despeckle", "true"}, {"sim.speckle", "0.02"}})).sweep(0, 0);
        for (std::size_t cell = 1; cell + 1 < sweep.th->size(); ++cell)
            if (sweep.th->states()[cell] == State::Valid && cell % 120 != 0 && cell % 120 != 119)
                QVERIFY(sweep.th->states()[cell - 1] == State::Valid ||
                        sweep.th->states()[cell + 1] == State::Valid);
    }

    void theOffsetMovesEveryReflectivity() {
        const SimulatedSweep plain = SimulatedScene(small()).sweep(0, 0),
                             moved = SimulatedScene(small({{"sim.offset", "4"}})).sweep(0, 0);
        std::size_t compared = 0;
        for (std::size_t cell = 0; cell < plain.th->size(); ++cell)
            if (plain.th->states()[cell] == State::Valid && moved.th->states()[cell] == State::Valid) {
                QCOMPARE(moved.th->values()[cell], plain.th->values()[cell] + 4);
                ++compared;
            }
        QVERIFY(compared > 1000);
    }

    void varietyDrawsOnlyWhatWasNotChosen() {
        Settings settings(sceneSettings());
        QVERIFY(variedSettings(settings) == settings);
        settings.set("sim.variety", true);
        settings.set("sim.gate_length", 300.0);
        settings.set("sim.rain_cover", 0.22); // chosen, though it is the default
        const Settings one = variedSettings(settings);
        QCOMPARE(one.real("sim.gate_length"), 300.0);
        QCOMPARE(one.real("sim.rain_cover"), 0.22);
        QVERIFY(variedSettings(settings) == one);
        settings.set("sim.seed", std::int64_t(2));
        const Settings other = variedSettings(settings);
        for (const char* key : {"sim.noise", "sim.detection", "sim.offset", "sim.relief", "sim.wind_from"})
            QVERIFY2(one.real(key) != other.real(key), key);
        // Choosing one leaves what is drawn for the others.
        Settings fixed = settings;
        fixed.set("sim.noise", -33.0);
        QCOMPARE(variedSettings(fixed).real("sim.detection"), other.real("sim.detection"));
        QCOMPARE(variedSettings(fixed).real("sim.noise"), -33.0);
    }

    void variedRadarsAreOfManyKinds() {
        std::set<double> lengths;
        int coasts = 0, alpine = 0, southern = 0;
        double least = 1e9, most = -1e9;
        for (int seed = 1; seed <= 60; ++seed) {
            Settings settings(sceneSettings());
            settings.set("sim.variety", true);
            settings.set("sim.seed", std::int64_t(seed));
            const ScenePlan plan = planOf(variedSettings(settings));
            lengths.insert(plan.gateMeters);
            coasts += plan.coastKm > 0;
            alpine += plan.mountains > 0;
            southern += plan.site.latitude < 0;
            // As warm as the height of the melting layer says, 6.5 °C a km.
            const Settings drawn = variedSettings(settings);
            QVERIFY(std::abs(expectedTemperature(plan.site.latitude, plan.start) -
                             6.5e-3 * drawn.real("sim.melting_height")) < 3.2);
            least = std::min(least, plan.noiseDbz);
            most = std::max(most, plan.noiseDbz);
            QVERIFY(plan.maxRangeKm() > 60 && plan.maxRangeKm() < 262);
            QVERIFY(plan.elevations.front() < 0.9);
            QVERIFY(std::is_sorted(plan.elevations.begin(), plan.elevations.end()));
        }
        QVERIFY(lengths.size() >= 7 && *lengths.begin() == 250 && *lengths.rbegin() == 2000);
        QVERIFY(coasts > 8 && coasts < 35);
        QVERIFY(alpine > 15 && alpine < 45);
        QVERIFY(southern > 8 && southern < 52);
        QVERIFY(least < -52 && most > -36);
        Settings settings(sceneSettings());
        settings.set("sim.variety", true);
        settings.set("sim.elevations", std::vector<double>{0.5});
        const SimulatedScene scene(settings);
        QCOMPARE(scene.sweep(0, 0).th->sweep()->gateMeters, scene.settings().real("sim.gate_length"));
    }
};

QTEST_GUILESS_MAIN(TestSceneMoments)
#include "tst_scene_moments.moc"
