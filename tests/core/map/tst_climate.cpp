#include "core/map/climate.h"

#include <QtTest>

#include <cmath>

using namespace embellie;

namespace {

double at(double latitude, int month, int day) {
    return expectedTemperature(latitude, toTimePoint({2021, month, day}));
}

bool near(double value, double expected) {
    return std::abs(value - expected) < 0.1;
}

} // namespace

class TestClimate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // P2 is -1/2 at the equator, 0 where the square of the sine is 1/3, 1 at the poles.
    void theModelsClosedFormAtThreeLatitudes() {
        QVERIFY(near(at(0, 1, 20), 28.9) && near(at(0, 7, 20), 28.9));
        const double third = 35.2644, wave = 15.5 / std::sqrt(3.0);
        QVERIFY(near(at(third, 1, 21), 14.9 - wave) && near(at(third, 7, 22), 14.9 + wave));
        QVERIFY(near(at(90, 1, 21), -13.1 - 15.5) && near(at(90, 7, 22), -13.1 + 15.5));
    }
    void theSouthHasTheOtherSeason() {
        QVERIFY(near(at(-35.2644, 1, 21), at(35.2644, 7, 22)));
        QVERIFY(at(-45, 1, 15) > at(-45, 7, 15) + 15);
    }
    void aYearIsWithoutAStep() {
        QVERIFY(std::abs(at(60, 12, 31) - expectedTemperature(60, toTimePoint({2022, 1, 1}))) < 0.2);
    }
};

QTEST_APPLESS_MAIN(TestClimate)
#include "tst_climate.moc"
