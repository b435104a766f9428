#include "core/map/radar.h"

#include <QtTest>

#include <cmath>

using namespace embellie;

namespace {

Sweep sweepOf(const std::vector<std::pair<double, double>>& edges) {
    Sweep sweep;
    for (const auto& [start, stop] : edges)
        sweep.rays.push_back({start, stop, 0.5, 0});
    sweep.gates = 10;
    sweep.gateMeters = 1000;
    sweep.firstGateMeters = 500;
    return sweep;
}

int found(const RayIndex& index, double angle) {
    const auto ray = index.find(angle);
    return ray ? static_cast<int>(*ray) : -1;
}

} // namespace

class TestRadar : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Heights and ground distances of the same triangle in 40 digits (Python's mpmath); tolerance in metres.
    void theBeamIsWhereTheTriangleSays_data() {
        QTest::addColumn<double>("range");
        QTest::addColumn<double>("elevation");
        QTest::addColumn<double>("antenna");
        QTest::addColumn<double>("height");
        QTest::addColumn<double>("ground");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("100 km") << 100e3 << 0.5 << 0.0 << 1461.1325028163 << 99981.303724051 << 1e-6;
        QTest::newRow("240 km") << 240e3 << 0.5 << 420.0 << 5902.7941606386 << 239856.08257014 << 1e-6;
        QTest::newRow("10 degrees") << 50e3 << 10.0 << 100.0 << 8924.9742958952 << 49188.982119775 << 1e-6;
        QTest::newRow("downwards from a mountain")
            << 1000.0 << -1.0 << 2000.0 << 1982.606422366 << 999.61439320452 << 1e-7;
        QTest::newRow("straight up") << 10e3 << 90.0 << 50.0 << 10050.0 << 0.0 << 1e-7;
        QTest::newRow("highest of a volume")
            << 250e3 << 19.5 << 11.0 << 86699.1626534 << 233308.78284826 << 1e-6;
        QTest::newRow("at the antenna") << 0.0 << 5.0 << 300.0 << 300.0 << 0.0 << 0.0;
    }
    void theBeamIsWhereTheTriangleSays() {
        QFETCH(double, range);
        QFETCH(double, elevation);
        QFETCH(double, antenna);
        QFETCH(double, height);
        QFETCH(double, ground);
        QFETCH(double, tolerance);
        const BeamPoint point = beamPoint(range, elevation, antenna);
        QVERIFY2(std::abs(point.heightMeters - height) <= tolerance,
                 qPrintable(QString::number(point.heightMeters, 'g', 15)));
        QVERIFY2(std::abs(point.groundMeters - ground) <= tolerance,
                 qPrintable(QString::number(point.groundMeters, 'g', 15)));
        if (elevation < 90 && range > 0) // there and back, within a millimetre
            QVERIFY(std::abs(rangeAtGround(point.groundMeters, elevation, antenna) - range) < 1e-3);
    }

    void aSteepRayNeverGetsFar() {
        QVERIFY(std::isinf(rangeAtGround(100e3, 90, 0)));
        QVERIFY(std::isinf(rangeAtGround(100e3, 89.9, 0)));
        QCOMPARE(rangeAtGround(0, 90, 0), 0.0);
    }

    // GeographicLib's documentation of GeodSolve: JFK to Heathrow, roughly (40.6, -73.8) to (51.6, -0.5).
    void geodesicsAreThoseOfGeographicLib() {
        const Bearing bearing = geodesicInverse({40.6, -73.8}, {51.6, -0.5});
        QVERIFY(std::abs(bearing.meters - 5551759.400) < 1e-3);
        QVERIFY(std::abs(bearing.azimuth - 51.198883) < 1e-6);
        const GeoPoint there = geodesicForward({40.6, -73.8}, bearing.azimuth, bearing.meters);
        QVERIFY(std::abs(there.latitude - 51.6) < 1e-9 && std::abs(there.longitude + 0.5) < 1e-9);
        QCOMPARE(geodesicInverse({50, 3}, {50, 3}).meters, 0.0);
        QVERIFY(std::abs(geodesicInverse({50, 3}, {49, 3}).azimuth - 180) < 1e-9);
        const double west = geodesicInverse({0, 0}, {0, -1}).azimuth; // never negative
        QVERIFY(std::abs(west - 270) < 1e-9);
    }

    void aGateLiesAtItsAzimuthAndDistance() {
        Sweep sweep = sweepOf({{89, 91}, {359, 1}});
        sweep.site.latitude = 50.1283;
        sweep.site.longitude = 3.8118;
        sweep.site.heightMeters = 209;
        const GatePlace east = gatePlace(sweep, 0, 9), north = gatePlace(sweep, 1, 0);
        QCOMPARE(east.rangeMeters, 9500.0);
        const Bearing back = geodesicInverse({sweep.site.latitude, sweep.site.longitude}, east.place);
        QVERIFY(std::abs(back.azimuth - 90) < 1e-7 && std::abs(back.meters - east.groundMeters) < 1e-6);
        QVERIFY(north.place.latitude > sweep.site.latitude);
        QVERIFY(std::abs(north.place.longitude - sweep.site.longitude) < 1e-12);
        QCOMPARE(north.heightMeters, beamPoint(500, 0.5, 209).heightMeters);
    }

    void raysAreFoundInAnyOrder() {
        const RayIndex index(sweepOf({{180, 270}, {270, 0}, {0, 90}, {90, 180}}));
        QCOMPARE(found(index, 0.0), 2);
        QCOMPARE(found(index, 359.9), 1);
        QCOMPARE(found(index, -0.1), 1);
        QCOMPARE(found(index, 200), 0);
        QCOMPARE(found(index, 360 + 100), 3);
        QCOMPARE(found(index, std::nan("")), -1);
    }

    void rowsThatStartElsewhereAndTurnLeftAreFound() {
        std::vector<std::pair<double, double>> edges;
        for (int ray = 0; ray < 360; ++ray) { // the first row at 138 degrees, turning anticlockwise
            const double start = std::fmod(138.0 - ray + 720, 360);
            edges.push_back({start, std::fmod(start - 1 + 360, 360)});
        }
        const RayIndex index(sweepOf(edges));
        for (int ray = 0; ray < 360; ++ray)
            QCOMPARE(found(index, 137.5 - ray), ray);
    }

    void aGapStaysAGapAndASliverIsClosed() {
        std::vector<std::pair<double, double>> edges;
        for (int ray = 0; ray < 360; ++ray)
            if (ray < 100 || ray >= 103)
                edges.push_back({ray + 0.004, ray + 0.99}); // a hundredth of a degree between them
        const RayIndex index(sweepOf(edges));
        QCOMPARE(found(index, 101.5), -1);
        QCOMPARE(found(index, 99.5), 99);
        QCOMPARE(found(index, 103.5), 100);
        QVERIFY(found(index, 49.997) >= 0);
        QVERIFY(found(index, 0.0) >= 0);
        const auto table = index.table(3600);
        QCOMPARE(std::count(table.begin(), table.end(), -1),
                 std::ptrdiff_t(30)); // three degrees, to half a step
    }

    void ofOverlappingRaysTheNearestCentreWins() {
        std::vector<std::pair<double, double>> edges; // 361 rays: the last one measures the first again
        for (int ray = 0; ray < 361; ++ray)
            edges.push_back(
                {std::fmod(ray + 0.3 * (ray == 360), 360.0), std::fmod(ray + 1 + 0.3 * (ray == 360), 360.0)});
        const RayIndex index(sweepOf(edges));
        QCOMPARE(found(index, 0.4), 0);
        QCOMPARE(found(index, 0.9), 360);
        QCOMPARE(found(index, 1.1), 360);
        QCOMPARE(found(index, 1.2), 1);
    }

    void rayNumbersOtherThan360AreCovered() {
        for (const int rays : {1, 2, 90, 420, 720}) {
            std::vector<std::pair<double, double>> edges;
            for (int ray = 0; ray < rays; ++ray)
                edges.push_back({ray * 360.0 / rays, std::fmod((ray + 1) * 360.0 / rays, 360)});
            const auto table = RayIndex(sweepOf(edges)).table(1000);
            for (std::size_t step = 0; rays > 2 && step < table.size(); ++step)
                QCOMPARE(table[step], static_cast<int>((static_cast<double>(step) + 0.5) * rays / 1000));
        }
        QVERIFY(!RayIndex(sweepOf({})).find(0));
    }

    void raysWithoutWidthShareTheSpaceBetweenThem() {
        Sweep sweep = sweepOf({});
        sweep.mode = SweepMode::Rhi;
        for (const double elevation : {0.0, 1.0, 2.1, 3.0, 9.0, 10.0})
            sweep.rays.push_back({184, 184, elevation, 0});
        const RayIndex index(sweep);
        QCOMPARE(found(index, 0.45), 0);
        QCOMPARE(found(index, 0.55), 1);
        QCOMPARE(found(index, 1.6), 2);
        QCOMPARE(found(index, 6.0), -1);
        QCOMPARE(found(index, 8.7), 4);
        QCOMPARE(found(index, -0.3), 0);
    }
};

QTEST_GUILESS_MAIN(TestRadar)
#include "tst_radar.moc"
