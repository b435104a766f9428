#include "core/map/same_cells.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace embellie;

/// Sweeps whose rays are written from any azimuth on, and either way round.
class TestSameCells : public QObject {
    Q_OBJECT

    static constexpr std::size_t Gates = 3;

    /// Rays of 10 degrees in the order of @p numbers; each value says which ray and gate it is.
    static FieldPtr fieldOf(const std::vector<int>& numbers, double moved = 0, double gateMeters = 1000,
                            double firstGateMeters = 500, SweepMode mode = SweepMode::Azimuth) {
        Sweep sweep;
        sweep.mode = mode;
        sweep.gates = Gates;
        sweep.gateMeters = gateMeters;
        sweep.firstGateMeters = firstGateMeters;
        std::vector<float> values;
        std::vector<State> states;
        for (const int number : numbers) {
            const double start = std::fmod(10.0 * number + moved + 360, 360);
            if (mode == SweepMode::Rhi)
                sweep.rays.push_back({20, 20, 2.0 * number, 0});
            else
                sweep.rays.push_back({start, std::fmod(start + 10, 360), 0.5, 0});
            for (std::size_t gate = 0; gate < Gates; ++gate) {
                values.push_back(static_cast<float>(number * 10 + static_cast<int>(gate)));
                states.push_back(number == 7 ? State::NoEcho : State::Valid);
            }
        }
        Quantity quantity;
        quantity.id = "DBZH";
        return std::make_shared<Field>(quantity, sweep, TimeInterval{}, values, states);
    }
    static std::vector<int> numbers(int count, int first = 0) {
        std::vector<int> all(static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i)
            all[static_cast<std::size_t>(i)] = (i + first) % 36;
        return all;
    }

private Q_SLOTS:
    void raysComeInTheOrderThatIsAskedFor_data() {
        QTest::addColumn<QList<int>>("theirs");
        const auto row = [](const char* name, std::vector<int> order) {
            QTest::newRow(name) << QList<int>(order.begin(), order.end());
        };
        row("as they are", numbers(36));
        row("from elsewhere on", numbers(36, 9));
        std::vector<int> back = numbers(36, 5);
        std::reverse(back.begin(), back.end());
        row("the other way round", back);
    }
    void raysComeInTheOrderThatIsAskedFor() {
        QFETCH(QList<int>, theirs);
        const FieldPtr own = fieldOf(numbers(36)), other = fieldOf({theirs.begin(), theirs.end()});
        const FieldPtr found = onCellsOf(*own->sweep(), other);
        QVERIFY(found);
        QVERIFY(std::equal(found->states().begin(), found->states().end(), own->states().begin()));
        for (std::size_t cell = 0; cell < own->size(); ++cell)
            if (own->states()[cell] == State::Valid)
                QCOMPARE(found->values()[cell], own->values()[cell]);
        for (std::size_t ray = 0; ray < 36; ++ray)
            QCOMPARE(found->sweep()->rays[ray].azimuth(), own->sweep()->rays[ray].azimuth());
        QCOMPARE(found == other, theirs.front() == 0 && theirs.back() == 35); // no copy where none is needed
    }

    void anRhiGoesUpOrDown() {
        std::vector<int> up = numbers(20), down(up.rbegin(), up.rend());
        const auto rhi = [](const std::vector<int>& order) {
            return fieldOf(order, 0, 1000, 500, SweepMode::Rhi);
        };
        const FieldPtr found = onCellsOf(*rhi(up)->sweep(), rhi(down));
        QVERIFY(found);
        QCOMPARE(found->values()[3 * Gates], 30.0f);
    }

    void whatLiesElsewhereIsRefused() {
        const FieldPtr own = fieldOf(numbers(36));
        QVERIFY(!onCellsOf(*own->sweep(), fieldOf(numbers(35))));
        QVERIFY(!onCellsOf(*own->sweep(), fieldOf(numbers(36), 0, 500, 250)));    // half as long
        QVERIFY(!onCellsOf(*own->sweep(), fieldOf(numbers(36), 0, 1000, 10500))); // begins 10 km away
        QVERIFY(
            onCellsOf(*own->sweep(), fieldOf(numbers(36, 9), 2))); // an antenna is never quite where it was
        const std::vector<int> east = numbers(12), west = numbers(12, 18);
        QVERIFY(!onCellsOf(*fieldOf(east)->sweep(), fieldOf(west)));           // two sectors
        QVERIFY(!onCellsOf(*fieldOf(east)->sweep(), fieldOf(numbers(12, 1)))); // which overlap but for a ray
    }
};

QTEST_APPLESS_MAIN(TestSameCells)
#include "tst_same_cells.moc"
