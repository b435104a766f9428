#include "core/learn/task_learn.h"
#include "core/network/network.h"
#include "core/map/ray_order.h"
#include "core/task/task.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>
#include <random>

using namespace embellie;

/// The first and the last ray of a sector are no neighbours, though those of a circle are.
class TestSectors : public QObject {
    Q_OBJECT

    static constexpr std::size_t Rays = 64, Gates = 24;

    static Sweep sweepOf(const std::vector<std::size_t>& numbers) {
        Sweep sweep;
        sweep.gates = Gates;
        sweep.gateMeters = 1000;
        sweep.firstGateMeters = 500;
        sweep.fixedAngle = 0.5;
        for (const std::size_t number : numbers)
            sweep.rays.push_back(
                {number * 360.0 / Rays, std::fmod((number + 1) * 360.0 / Rays, 360.0), 0.5, 0});
        return sweep;
    }

    /// Random echoes and holes in the rays @p measured; those of @p numbers alone are in the field.
    static FieldPtr fieldOf(const std::vector<std::size_t>& numbers, const std::set<std::size_t>& measured) {
        std::vector<float> values;
        std::vector<State> states;
        for (const std::size_t number : numbers) {
            std::mt19937 random(static_cast<unsigned>(number));
            for (std::size_t gate = 0; gate < Gates; ++gate) {
                values.push_back(static_cast<float>(random() % 500) / 10 - 10);
                states.push_back(random() % 4 == 0 || !measured.contains(number) ? State::NoEcho
                                                                                 : State::Valid);
            }
        }
        Quantity quantity;
        quantity.id = "TH";
        return std::make_shared<Field>(quantity, sweepOf(numbers), TimeInterval{}, values, states);
    }

    static std::vector<std::size_t> some(std::size_t first, std::size_t count) {
        std::vector<std::size_t> numbers;
        for (std::size_t i = 0; i < count; ++i)
            numbers.push_back((first + i) % Rays);
        return numbers;
    }

private Q_SLOTS:
    void missingRaysAreLeftOpen_data() {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("blanks");
        QTest::newRow("the whole circle") << 0 << 64 << 0;
        QTest::newRow("a sector") << 16 << 24 << 40;
        QTest::newRow("a sector across north") << 56 << 24 << 40;
        QTest::newRow("two rays missing: as uneven as antennas are") << 0 << 62 << 0;
        QTest::newRow("too few to know how far apart they are") << 3 << 5 << 0;
    }
    void missingRaysAreLeftOpen() {
        QFETCH(int, first);
        QFETCH(int, count);
        QFETCH(int, blanks);
        const std::vector<std::size_t> circle =
            wholeCircle(sweepOf(some(std::size_t(first), std::size_t(count))));
        QCOMPARE(std::count(circle.begin(), circle.end(), NoRay), std::ptrdiff_t(blanks));
        QCOMPARE(circle.size(), std::size_t(count + blanks));
        std::vector<std::size_t> rays;
        std::remove_copy(circle.begin(), circle.end(), std::back_inserter(rays), NoRay);
        QCOMPARE(rays, raysByAzimuth(sweepOf(some(std::size_t(first), std::size_t(count)))));
    }

    void anRhiHasNoCircle() {
        Sweep sweep = sweepOf(some(16, 24));
        sweep.mode = SweepMode::Rhi;
        QCOMPARE(wholeCircle(sweep), raysByAzimuth(sweep));
    }

    // With and without the height of the beam, whose plane the blank rays have too.
    void aSectorIsSeenAsIfTheRestHadNoEcho_data() {
        QTest::addColumn<QString>("task");
        QTest::addColumn<QString>("moments");
        QTest::newRow("denoise, reflectivity") << "denoise"
                                               << "";
        QTest::newRow("denoise, height and a moment that is missing") << "denoise"
                                                                      << "RHOHV,height";
        QTest::newRow("segment") << "segment"
                                 << "";
    }
    void aSectorIsSeenAsIfTheRestHadNoEcho() {
        QFETCH(QString, task);
        QFETCH(QString, moments);
        const TaskInfo& info = taskOf(task.toStdString());
        Settings settings(settingsOf(info, networkOf("unet")));
        settings.setText("unet.width", "4");
        settings.setText("unet.depth", "2");
        if (task == "denoise") {
            settings.setText("denoise.moments", moments.toStdString());
            settings.setText("denoise.gate_meters", "1000");
        }
        torch::manual_seed(5);
        auto learn = makeTaskLearn(info, networkOf("unet"), settings);
        for (const auto& [name, module] : learn->modules())
            module->eval();
        const std::vector<std::size_t> all = some(0, Rays), sector = some(16, 24);
        const std::set<std::size_t> measured(sector.begin(), sector.end());
        const ResultField alone = learn->predict(fieldOf(sector, measured), {}).front(),
                          within = learn->predict(fieldOf(all, measured), {}).front();
        // Probabilities, or classes where there are none.
        const auto valuesOf = [](const ResultField& result) {
            return result.quality.empty() ? result.field->values() : result.quality.front()->values();
        };
        std::set<float> different;
        for (std::size_t cell = 0; cell < sector.size() * Gates; ++cell) {
            const float own = valuesOf(alone)[cell], whole = valuesOf(within)[16 * Gates + cell];
            QCOMPARE(std::isnan(own), std::isnan(whole));
            if (std::isnan(own))
                continue;
            QVERIFY2(std::abs(own - whole) < 1e-4,
                     qPrintable(QString("%1: %2 %3").arg(cell).arg(own).arg(whole)));
            different.insert(std::round(own * 100));
        }
        QVERIFY(different.size() > 1); // or the same would say nothing
    }
};

QTEST_APPLESS_MAIN(TestSectors)
#include "tst_sectors.moc"
