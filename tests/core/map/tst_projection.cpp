#include "core/base/error.h"
#include "core/map/projection.h"

#include <QtTest>

#include <clocale>
#include <cmath>

using namespace embellie;

class TestProjection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Worked examples of IOGP Guidance Note 7-2 (Coordinate Conversions and Transformations), and a rotated
    // pole, whose origin is known in closed form; tolerance in metres (degrees where the plane is
    // geographic).
    void planesAgreeWithPublishedExamples_data() {
        QTest::addColumn<QString>("crs");
        QTest::addColumn<double>("latitude");
        QTest::addColumn<double>("longitude");
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("LAEA Europe") << "EPSG:3035" << 50.0 << 5.0 << 3962799.45 << 2999718.85 << 0.01;
        QTest::newRow("pseudo Mercator") << "EPSG:3857" << 24.0 + 22.0 / 60 + 54.433 / 3600
                                         << -(100.0 + 20.0 / 60) << -11169055.58 << 2800000.00 << 0.01;
        QTest::newRow("polar stereographic A (UPS)")
            << "+proj=stere +lat_0=90 +lon_0=0 +k=0.994 +x_0=2000000 "
               "+y_0=2000000 +ellps=WGS84"
            << 73.0 << 44.0 << 3320416.75 << 632668.43 << 0.01;
        QTest::newRow("rotated pole")
            << "+proj=ob_tran +o_proj=longlat +o_lon_p=0 +o_lat_p=39.25 +lon_0=18 +ellps=WGS84" << 50.75
            << 18.0 << 0.0 << 0.0 << 1e-6;
        QTest::newRow("plate carrée") << "" << 46.0 << 3.0 << 3.0 << 46.0 << 0.0;
    }
    void planesAgreeWithPublishedExamples() {
        QFETCH(QString, crs);
        QFETCH(double, latitude);
        QFETCH(double, longitude);
        QFETCH(double, x);
        QFETCH(double, y);
        QFETCH(double, tolerance);
        const Projection projection(crs.toStdString());
        const auto point = projection.forward({latitude, longitude});
        QVERIFY2(std::abs(point.x - x) <= tolerance && std::abs(point.y - y) <= tolerance,
                 qPrintable(QString("%1 %2").arg(point.x, 0, 'f', 4).arg(point.y, 0, 'f', 4)));
        const GeoPoint back = projection.inverse(point);
        QVERIFY(std::abs(back.latitude - latitude) < 1e-8 && std::abs(back.longitude - longitude) < 1e-8);
    }

    void theSitePlaneIsTrueAroundTheSite() {
        for (const char* locale : {"C", "fr_FR.UTF-8"}) {
            std::setlocale(LC_ALL, locale);
            const GeoPoint site{50.1283, 3.8118};
            const Projection plane(sitePlane(site));
            for (double azimuth = 0; azimuth < 360; azimuth += 30) {
                const auto point = plane.forward(geodesicForward(site, azimuth, 150e3));
                QVERIFY(std::abs(point.x - 150e3 * std::sin(azimuth * M_PI / 180)) < 0.01);
                QVERIFY(std::abs(point.y - 150e3 * std::cos(azimuth * M_PI / 180)) < 0.01);
            }
        }
        std::setlocale(LC_ALL, "C");
    }

    void geographicPlanesAreKnown() {
        QVERIFY(Projection("").isGeographic());
        QVERIFY(Projection("EPSG:4326").isGeographic());
        QVERIFY(!Projection("EPSG:3035").isGeographic());
        const auto point = Projection("EPSG:4326").forward({46, 3}); // x first whatever the authority says
        QCOMPARE(point.x, 3.0);
    }

    void outsideItsDomainThereIsNothing() {
        const Projection geostationary("+proj=geos +h=35785831 +lon_0=0 +ellps=GRS80");
        QVERIFY(!std::isfinite(geostationary.forward({0, 180}).x));
        QVERIFY(!std::isfinite(geostationary.inverse({1e7, 1e7}).latitude));
    }

    void anUnknownProjectionIsAnError_data() {
        QTest::addColumn<QString>("crs");
        for (const char* crs :
             {"nonsense", "+proj=nonsense", "EPSG:999999999", "+proj=utm +zone=99", "+proj=pipeline"})
            QTest::newRow(crs) << crs;
    }
    void anUnknownProjectionIsAnError() {
        QFETCH(QString, crs);
        QVERIFY_EXCEPTION_THROWN(Projection{crs.toStdString()}, Error);
    }
};

QTEST_GUILESS_MAIN(TestProjection)
#include "tst_projection.moc"
