#include "core/simulate/gauges.h"
#include "core/simulate/rain.h"
#include "core/simulate/scene.h"

#include <QtTest>

#include <cmath>

using namespace embellie;

namespace {

Settings world(std::initializer_list<std::pair<const char*, const char*>> changes) {
    Settings settings(sceneSettings());
    settings.setText("sim.rays", "90");
    settings.setText("sim.gates", "28");
    settings.setText("sim.gate_length", "2000");
    settings.setText("sim.elevations", "0.5");
    for (const auto& [key, value] : changes)
        settings.setText(key, value);
    return settings;
}

} // namespace

class TestGauges : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Over all gauges and hours the rain in the buckets is the mean rain of the map, but for the gauges'
    // number.
    void gaugesHoldTheRainThatFell() {
        const Settings settings = world({{"sim.times", "24"},
                                         {"sim.interval", "10"},
                                         {"sim.gauges", "200"},
                                         {"sim.rain_cover", "0.5"},
                                         {"sim.cells", "0"}});
        Feedback feedback;
        const FieldPtr gauges = SimulatedScene(settings).gauges(feedback);
        const Series& series = std::get<Series>(gauges->geometry());
        QCOMPARE(series.stations.size(), std::size_t(200));
        QCOMPARE(series.times.size(), std::size_t(24));
        double caught = 0;
        for (const float value : gauges->values()) {
            QVERIFY(std::abs(std::remainder(value, 0.2)) < 1e-5);
            caught += value / 200;
        }
        const ScenePlan plan = planOf(settings);
        const RainModel rain(plan);
        const double reach = 0.9 * plan.maxRangeKm();
        double fell = 0;
        for (int time = 0; time < 24; ++time) {
            const RainMap map = rain.at(10 * time);
            double sum = 0, cells = 0;
            for (std::size_t row = 0; row < plan.map.cells; ++row)
                for (std::size_t column = 0; column < plan.map.cells; ++column)
                    if (std::hypot(plan.map.centreKm(column), plan.map.centreKm(row)) < reach) {
                        sum += rateOf(map.cells[row * plan.map.cells + column]);
                        ++cells;
                    }
            fell += sum / cells / 6;
        }
        QVERIFY(fell > 0.5);
        QVERIFY2(std::abs(caught / fell - 1) < 0.3, qPrintable(QString("%1 %2").arg(caught).arg(fell)));
        for (const Site& site : series.stations)
            QVERIFY(std::hypot((site.latitude - 45.7) * 111, (site.longitude - 3.1) * 78) < 102);
    }

    void drySpellsTakeTheirShare() {
        double dry = 0, changes = 0;
        constexpr int seeds = 20, hours = 600;
        for (int seed = 1; seed <= seeds; ++seed) {
            Settings settings = world({{"sim.dry_share", "0.6"}, {"sim.spell", "10"}, {"sim.gates", "10"}});
            settings.set("sim.seed", std::int64_t(seed));
            const RainModel rain(planOf(settings));
            bool before = false;
            for (int hour = 0; hour < hours; ++hour) {
                const bool isDry = rain.wetness(60 * hour) <= 0;
                dry += isDry;
                changes += hour > 0 && isDry != before;
                before = isDry;
            }
        }
        QVERIFY2(std::abs(dry / (seeds * hours) - 0.6) < 0.06,
                 qPrintable(QString::number(dry / (seeds * hours))));
        const double spell = seeds * hours / changes; // of both kinds, hours
        QVERIFY2(spell > 7 && spell < 15, qPrintable(QString::number(spell)));
    }

    void aDrySpellHasNoRainAnywhere() {
        const Settings settings = world(
            {{"sim.dry_share", "0.9"}, {"sim.times", "40"}, {"sim.interval", "60"}, {"sim.gauges", "5"}});
        const SimulatedScene scene(settings);
        const RainModel rain(planOf(settings));
        Feedback feedback;
        const FieldPtr gauges = scene.gauges(feedback);
        int dry = 0, wet = 0;
        for (std::size_t time = 0; time < scene.times(); time += 4) {
            const bool isDry = rain.wetness(60.0 * double(time)) <= 0;
            (isDry ? dry : wet) += 1;
            if (isDry)
                QCOMPARE(scene.sweep(time, 0).dbzh->coverage(), 0.0);
        }
        QVERIFY(dry > 5);
    }

    void theTableHasALineForEachReading() {
        const Settings settings =
            world({{"sim.times", "3"}, {"sim.gauges", "4"}, {"sim.gauge_missing", "0.3"}});
        Feedback feedback;
        const FieldPtr gauges = SimulatedScene(settings).gauges(feedback);
        const QStringList lines = QString::fromStdString(gaugesCsv(*gauges)).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.front(), QString("time,station,latitude,longitude,height_m,rain_mm"));
        QCOMPARE(lines.size() - 1, qsizetype(summarise(*gauges).counts[std::size_t(State::Valid)]));
        QVERIFY(lines.size() > 1 && lines.size() <= 13);
        QCOMPARE(lines[1].split(',').size(), qsizetype(6));
        QVERIFY(lines[1].startsWith("2024-06-15T14:0"));
    }
};

QTEST_GUILESS_MAIN(TestGauges)
#include "tst_gauges.moc"
