// Rays in a circle, and how much room the gaps between them have.

#include "core/map/ray_order.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace embellie;

namespace {

/// Rays of no width at @p azimuths.
Sweep sweepAt(const std::vector<double>& azimuths) {
    Sweep sweep;
    sweep.gates = 1;
    for (const double azimuth : azimuths)
        sweep.rays.push_back({azimuth, azimuth, 0.5, 0});
    return sweep;
}

std::size_t missing(const std::vector<std::size_t>& circle) {
    return static_cast<std::size_t>(std::count(circle.begin(), circle.end(), NoRay));
}

} // namespace

class TestRayOrder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSectorIsFilledUpToTheCircle() {
        std::vector<double> azimuths;
        for (int ray = 0; ray < 90; ++ray)
            azimuths.push_back(100 + ray);
        const auto circle = wholeCircle(sweepAt(azimuths));
        QCOMPARE(circle.size(), std::size_t(360));
        QCOMPARE(missing(circle), std::size_t(270));
    }

    void raysThatCoincideMakeNoGaps_data() {
        QTest::addColumn<int>("turns");
        QTest::addColumn<double>("jitter"); // degrees
        QTest::newRow("three turns in one sweep") << 3 << 0.001;
        QTest::newRow("four turns, on the same azimuths") << 4 << 0.0;
    }
    void raysThatCoincideMakeNoGaps() {
        QFETCH(int, turns);
        QFETCH(double, jitter);
        std::vector<double> azimuths;
        for (int turn = 0; turn < turns; ++turn)
            for (int ray = 0; ray < 360; ++ray)
                azimuths.push_back(ray + jitter * turn);
        const auto circle = wholeCircle(sweepAt(azimuths));
        QCOMPARE(missing(circle), std::size_t(0));
        QCOMPARE(circle.size(), azimuths.size());
    }

    void anAntennaThatDwellsLeavesTheOthersAlone() {
        std::vector<double> azimuths;
        for (int ray = 0; ray < 360; ++ray)
            azimuths.push_back(ray);
        for (int ray = 1; ray <= 500; ++ray)
            azimuths.push_back(45 + 0.001 * ray);
        QCOMPARE(missing(wholeCircle(sweepAt(azimuths))), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestRayOrder)
#include "tst_ray_order.moc"
