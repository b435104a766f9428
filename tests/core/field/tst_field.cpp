#include "core/base/error.h"
#include "core/field/field.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace embellie;

namespace {

constexpr float NaN = std::numeric_limits<float>::quiet_NaN();

Sweep twoRays(std::size_t gates) {
    Sweep sweep;
    sweep.rays = {{0, 1, 0.5, 0}, {1, 2, 0.5, 0}};
    sweep.gates = gates;
    sweep.gateMeters = 500;
    sweep.firstGateMeters = 250;
    return sweep;
}

} // namespace

class TestField : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void missingSamplesStayMissing() {
        const Field field({}, twoRays(2), {}, {1, 2, 3, 4},
                          {State::Valid, State::NoData, State::NoEcho, State::Rejected});
        QCOMPARE(field.values()[0], 1.0f);
        for (std::size_t cell = 1; cell < 4; ++cell)
            QVERIFY(std::isnan(field.values()[cell]));
        QCOMPARE(field.states()[3], State::Rejected);
        QCOMPARE(field.coverage(), 0.25);
    }

    void aValueThatIsNoNumberIsNotMeasured() {
        const Field field({}, twoRays(1), {}, {NaN, std::numeric_limits<float>::infinity()},
                          {State::Valid, State::Valid});
        for (const State state : field.states())
            QCOMPARE(state, State::NoData);
        for (const float value : field.values())
            QVERIFY(std::isnan(value));
    }

    void numbersOfCellsHaveToAgree() {
        QVERIFY_EXCEPTION_THROWN(Field({}, twoRays(2), {}, {1, 2, 3}, std::vector<State>(4)), Error);
        QVERIFY_EXCEPTION_THROWN(Field({}, twoRays(2), {}, {1, 2, 3, 4}, std::vector<State>(3)), Error);
        QCOMPARE(Field({}, twoRays(0), {}, {}, {}).coverage(), 0.0);
    }

    void theSummaryIsOfValidCellsOnly() {
        const Field field(
            {}, twoRays(3), {}, {-5, 2, 100, 9, 9, 9},
            {State::Valid, State::Valid, State::NoEcho, State::NoData, State::NoData, State::Rejected});
        const FieldSummary summary = summarise(field);
        QCOMPARE(summary.min, -5.0);
        QCOMPARE(summary.max, 2.0);
        QCOMPARE(summary.mean, -1.5);
        QCOMPARE(summary.counts, (std::array<std::size_t, 4>{2, 2, 1, 1}));
        const FieldSummary none =
            summarise(Field({}, twoRays(1), {}, {0, 0}, {State::NoData, State::NoEcho}));
        QVERIFY(std::isnan(none.min) && std::isnan(none.max) && std::isnan(none.mean));
    }

    void theMeanOfManyEqualValuesIsThatValue() {
        const std::size_t gates = 4'000'000; // float sums drift here
        const Field field({}, twoRays(gates), {}, std::vector<float>(2 * gates, 0.1f),
                          std::vector<State>(2 * gates));
        QVERIFY(std::abs(summarise(field).mean - double(0.1f)) < 1e-9);
    }

    void aRayIsCentredTheShortWay_data() {
        QTest::addColumn<double>("start");
        QTest::addColumn<double>("stop");
        QTest::addColumn<double>("centre"); // degrees
        QTest::newRow("plain") << 10.0 << 11.0 << 10.5;
        QTest::newRow("over north") << 359.5 << 0.5 << 0.0;
        QTest::newRow("over north, late") << 359.0 << 0.4 << 359.7;
        QTest::newRow("turning left") << 0.5 << 359.5 << 0.0;
        QTest::newRow("no width") << 77.0 << 77.0 << 77.0;
    }
    void aRayIsCentredTheShortWay() {
        QFETCH(double, start);
        QFETCH(double, stop);
        QFETCH(double, centre);
        const double found = Ray{start, stop, 0, 0}.azimuth();
        QVERIFY2(found >= 0 && found < 360, qPrintable(QString::number(found)));
        QVERIFY(std::abs(std::remainder(found - centre, 360.0)) < 1e-9);
    }

    void cellsAreEdgedHalfWay() {
        QCOMPARE(halfWayBounds({0, 1, 3}), (std::vector<double>{-0.5, 0.5, 2, 4}));
        QCOMPARE(halfWayBounds({10, 8}), (std::vector<double>{11, 9, 7}));
        QCOMPARE(halfWayBounds({5}, 2), (std::vector<double>{4, 6}));
        QVERIFY(halfWayBounds({}).empty());
    }

    void shapesFollowTheGeometry() {
        Grid grid;
        grid.axes = {{"time", AxisRole::Time, "", {0, 1}, {}}, {"y", AxisRole::Y, "m", {0, 1, 2}, {}}};
        QCOMPARE(shapeOf(grid), (std::vector<std::size_t>{2, 3}));
        QCOMPARE(cellCount(Geometry(grid)), std::size_t(6));
        QCOMPARE(shapeOf(twoRays(7)), (std::vector<std::size_t>{2, 7}));
        QCOMPARE(shapeOf(Series{{Site{}, Site{}}, {TimePoint{}}}), (std::vector<std::size_t>{2, 1}));
        QVERIFY(grid.axis(AxisRole::Y) == &grid.axes[1]);
        QVERIFY(!grid.axis(AxisRole::Level));
    }
};

QTEST_GUILESS_MAIN(TestField)
#include "tst_field.moc"
