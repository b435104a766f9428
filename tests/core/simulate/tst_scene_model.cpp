#include "core/base/file.h"
#include "core/score/verification.h"
#include "core/simulate/clutter.h"
#include "core/simulate/rain.h"
#include "core/simulate/scene.h"
#include "core/simulate/terrain.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace embellie;

namespace {

Settings small(std::initializer_list<std::pair<const char*, const char*>> changes = {}) {
    Settings settings(sceneSettings());
    settings.setText("sim.rays", "180");
    settings.setText("sim.gates", "120");
    settings.setText("sim.elevations", "0.5,3");
    for (const auto& [key, value] : changes)
        settings.setText(key, value);
    return settings;
}

std::string bytesOf(const Field& field) {
    return std::string(reinterpret_cast<const char*>(field.values().data()), field.values().size_bytes()) +
           std::string(reinterpret_cast<const char*>(field.states().data()), field.states().size_bytes());
}

std::size_t countOf(const Field& classes, EchoClass wanted) {
    return static_cast<std::size_t>(
        std::count(classes.values().begin(), classes.values().end(), static_cast<float>(wanted)));
}

} // namespace

class TestSceneModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSameSeedGivesTheSameBytesInAnyOrder() {
        const SimulatedScene scene(small());
        Feedback feedback;
        const SimulatedVolume volume = scene.volume(4, feedback);
        const SimulatedScene again(small());
        (void)again.sweep(1, 0);
        for (const std::size_t sweep : {1, 0}) {
            const SimulatedSweep alone = again.sweep(4, sweep);
            QCOMPARE(sha256(bytesOf(*alone.th)), sha256(bytesOf(*volume.sweeps[sweep].th)));
            QCOMPARE(sha256(bytesOf(*alone.dbzh)), sha256(bytesOf(*volume.sweeps[sweep].dbzh)));
            QCOMPARE(sha256(bytesOf(*alone.classes)), sha256(bytesOf(*volume.sweeps[sweep].classes)));
        }
        QVERIFY(bytesOf(*SimulatedScene(small({{"sim.seed", "2"}})).sweep(4, 0).th) !=
                bytesOf(*volume.sweeps[0].th));
        QVERIFY(bytesOf(*scene.sweep(3, 0).th) != bytesOf(*volume.sweeps[0].th));
    }

    void geometryIsWhatWasAskedFor() {
        const SimulatedScene scene(small({{"sim.gate_length", "750"}, {"sim.range_start", "1500"}}));
        const FieldPtr made = scene.sweep(1, 1).th;
        const Field& field = *made;
        const Sweep& sweep = *field.sweep();
        QCOMPARE(sweep.rays.size(), std::size_t(180));
        QCOMPARE(sweep.gates, std::size_t(120));
        QCOMPARE(sweep.firstGateMeters, 1875.0);
        QCOMPARE(sweep.fixedAngle, 3.0);
        QCOMPARE(sweep.rays[179].azimuth(), 359.0);
        QCOMPARE(isoTime(field.time().begin), std::string("2024-06-15T14:05:20Z"));
        QCOMPARE(field.quantity().unit, std::string("dBZ"));
        QCOMPARE(isoTime(scene.time(1)), std::string("2024-06-15T14:05:00Z"));
    }

    void valuesAreMultiplesOfTheStepAboveTheSensitivity() {
        const Settings settings = small();
        const ScenePlan plan = planOf(settings);
        const SimulatedScene scene(settings);
        const SimulatedSweep sweep = scene.sweep(0, 0);
        for (const FieldPtr& field : {sweep.th, sweep.dbzh})
            for (std::size_t cell = 0; cell < field->size(); ++cell) {
                if (field->states()[cell] != State::Valid) {
                    QCOMPARE(field->states()[cell], State::NoEcho);
                    continue;
                }
                const float value = field->values()[cell];
                QCOMPARE(std::fmod(value, 0.5f), 0.0f);
                const double least = plan.noiseAt(plan.rangeMeters(cell % plan.gates)) + plan.detectionDb;
                QVERIFY(value >= least - 0.25001);
            }
    }

    // A radar without noise, ground, insects and the rest hears the rain alone; half a decibel of fading
    // apart.
    void withoutNuisancesThereIsOnlyRain() {
        const SimulatedScene scene(small({{"sim.ground", "-30"},
                                          {"sim.clear_air", "-30"},
                                          {"sim.spokes", "0"},
                                          {"sim.speckle", "0"},
                                          {"sim.turbines", "0"},
                                          {"sim.relief", "0"},
                                          {"sim.detection", "5"}}));
        const SimulatedSweep sweep = scene.sweep(0, 0);
        const Verification scores = verify(*sweep.dbzh, *sweep.th, nullptr, {{0}, RemovedMeans::NoRain});
        QVERIFY(scores.thresholds[0].candidate.csi() > 0.97);
        QVERIFY(std::abs(scores.error.bias()) < 0.2);
        QVERIFY(scores.error.rmse() > 0.5 && scores.error.rmse() < 1.5);
        QCOMPARE(countOf(*sweep.classes, EchoClass::GroundClutter) +
                     countOf(*sweep.classes, EchoClass::ClearAir) +
                     countOf(*sweep.classes, EchoClass::Interference) +
                     countOf(*sweep.classes, EchoClass::Speckle),
                 std::size_t(0));
    }

    void aDryDayHasNoRain() {
        const SimulatedScene scene(
            small({{"sim.rain_cover", "0"}, {"sim.cells", "0"}, {"sim.band", "false"}}));
        const SimulatedSweep sweep = scene.sweep(0, 0);
        QVERIFY(sweep.dbzh->coverage() < 1e-3);
        QVERIFY(sweep.th->coverage() > 0.01);
    }

    void everyKindOfEchoOccurs() {
        std::array<std::size_t, 9> counts{};
        for (const char* seed : {"1", "2", "3"}) {
            const SimulatedSweep sweep =
                SimulatedScene(small({{"sim.seed", seed}, {"sim.coast", "15"}, {"sim.height", "80"}}))
                    .sweep(0, 0);
            for (std::size_t kind = 0; kind < counts.size(); ++kind)
                counts[kind] += countOf(*sweep.classes, static_cast<EchoClass>(kind));
        }
        for (std::size_t kind = 0; kind < counts.size(); ++kind)
            QVERIFY2(counts[kind] > 0, echoClasses()[kind].name.c_str());
    }

    void theClassIsNoneExactlyWhereNothingIsHeard() {
        const SimulatedSweep sweep = SimulatedScene(small()).sweep(0, 0);
        for (std::size_t cell = 0; cell < sweep.th->size(); ++cell)
            QCOMPARE(sweep.classes->values()[cell] == 0, sweep.th->states()[cell] == State::NoEcho);
    }

    // Ground echo belongs to the site: the same gates at all times; rain drifts on.
    void groundClutterStaysWhileRainMoves() {
        const SimulatedScene scene(small({{"sim.times", "20"}}));
        const SimulatedSweep early = scene.sweep(0, 0), late = scene.sweep(12, 0);
        std::size_t both = 0, either = 0;
        for (std::size_t cell = 0; cell < early.th->size(); ++cell) {
            const bool first =
                early.classes->values()[cell] == static_cast<float>(EchoClass::GroundClutter) &&
                late.classes->values()[cell] != static_cast<float>(EchoClass::Rain);
            const bool second =
                late.classes->values()[cell] == static_cast<float>(EchoClass::GroundClutter) &&
                early.classes->values()[cell] != static_cast<float>(EchoClass::Rain);
            both += first && second;
            either += first || second;
        }
        QVERIFY2(both > 0.8 * double(either), qPrintable(QString("%1 of %2").arg(both).arg(either)));
        const auto rain = verify(*early.dbzh, *late.dbzh, nullptr, {{10}, RemovedMeans::NoRain});
        QVERIFY(rain.thresholds[0].candidate.csi() < 0.6);
    }

    // The stated law: rates of the widespread rain well inside its areas are log-normal with the spread asked
    // for.
    void theShareOfRainFollowsItsSetting() {
        for (const double cover : {0.1, 0.4}) {
            double share = 0;
            constexpr int seeds = 12;
            for (int seed = 1; seed <= seeds; ++seed) {
                Settings settings = small({{"sim.band", "false"}, {"sim.cells", "0"}});
                settings.set("sim.seed", std::int64_t(seed));
                settings.set("sim.rain_cover", cover);
                const ScenePlan plan = planOf(settings);
                const RainMap map = RainModel(plan).at(0);
                std::size_t wet = 0;
                for (const RainMap::Cell& cell : map.cells)
                    wet += cell.stratiform > 0;
                share += double(wet) / double(map.cells.size()) / seeds;
            }
            QVERIFY2(std::abs(share - cover) < 0.05, qPrintable(QString::number(share)));
        }
    }

    void theBeamSeesTheBrightBandAndLessAbove() {
        const ScenePlan plan = planOf(small({{"sim.gates", "240"}, {"sim.melting_height", "2900"}}));
        const BeamProfile low = beamProfile(plan, 0.5), high = beamProfile(plan, 3);
        QVERIFY(std::abs(low.stratiform[5] - 1) < 0.01); // near the ground all of it
        const auto strongest =
            std::max_element(high.stratiform.begin(), high.stratiform.end()) - high.stratiform.begin();
        QVERIFY(std::abs(high.heightMeters[std::size_t(strongest)] - 2650) < 300);
        QVERIFY(high.stratiform[std::size_t(strongest)] > 1.5);
        QVERIFY(high.stratiform[230] < 1e-3);
        QVERIFY(low.convective[200][14] > low.convective[200][6]);
        // A wide beam smooths the bright band, which a narrow one resolves.
        Settings wide =
            small({{"sim.gates", "240"}, {"sim.melting_height", "2900"}, {"sim.beam_width", "3"}});
        const BeamProfile blurred = beamProfile(planOf(wide), 3);
        QVERIFY(*std::max_element(blurred.stratiform.begin(), blurred.stratiform.end()) <
                high.stratiform[std::size_t(strongest)]);
    }

    void theTerrainHidesWhatLiesBehindIt() {
        const ScenePlan plan = planOf(small({{"sim.relief", "600"}}));
        const Terrain terrain(plan);
        const GroundView low = terrain.view(plan, 0.5), high = terrain.view(plan, 6);
        for (std::size_t ray = 0; ray < plan.rays; ++ray)
            for (std::size_t gate = 1; gate < plan.gates; ++gate) // the open share only falls along a ray
                QVERIFY(low.transmission[ray * plan.gates + gate] <=
                        low.transmission[ray * plan.gates + gate - 1]);
        const auto hidden = [&](const GroundView& view) {
            return std::count_if(view.transmission.begin(), view.transmission.end(),
                                 [](float open) { return open < 0.5f; });
        };
        QVERIFY(hidden(low) > 100);
        QCOMPARE(hidden(high), std::ptrdiff_t(0));
        QVERIFY(terrain.metersAt(0, 0) < plan.site.heightMeters);
    }

    void aSpokeGrowsWithRangeSquared() {
        const ScenePlan plan = planOf(small({{"sim.spokes", "12"}}));
        const Nuisance nuisance(plan);
        const auto echo = nuisance.spokes(0, 0);
        int checked = 0;
        for (std::size_t ray = 0; ray < plan.rays; ++ray) {
            const float* row = echo.data() + ray * plan.gates;
            if (row[20] <= 0 || row[100] <= 0)
                continue;
            const double rise = 10 * std::log10(row[100] / row[20]);
            const double wanted = 20 * std::log10(plan.rangeMeters(100) / plan.rangeMeters(20)) + 0.016 * 80;
            if (std::abs(rise - wanted) < 1e-3)
                ++checked; // where two transmitters overlap, one of them pulsed, another number is right
        }
        QVERIFY(checked >= 3);
    }

    void settingsThatDoNotFitTogetherAreErrors() {
        QVERIFY_EXCEPTION_THROWN(SimulatedScene(small({{"sim.gates", "8000"}})), Error);
        QVERIFY_EXCEPTION_THROWN(SimulatedScene(small({{"sim.start", "tomorrow"}})), Error);
        QVERIFY_EXCEPTION_THROWN(SimulatedScene(small({{"sim.elevations", ""}})), Error);
    }

    void workStopsWhenAsked() {
        std::stop_source stop;
        stop.request_stop();
        Feedback feedback(stop.get_token());
        QVERIFY_EXCEPTION_THROWN(SimulatedScene(small()).volume(0, feedback), Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestSceneModel)
#include "tst_scene_model.moc"
