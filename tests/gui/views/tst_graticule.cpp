// Meridians and parallels where longitudes jump and where meridians meet.

#include "core/map/projection.h"
#include "gui/scene/palette.h"
#include "gui/views/pane/overlay.h"
#include "tests/support/test_support.h"

#include <QImage>
#include <QPainter>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstdlib>

using namespace embellie;

class TestGraticule : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        m_book = PaletteBook::load(test::sourceFolder() / "resources" / "palettes" / "palettes.json");
    }

    void theDateLineIsAMeridianLikeOthers_data() {
        QTest::addColumn<double>("latitude");
        QTest::newRow("on the equator") << 0.0;
        QTest::newRow("in the north") << 45.0;
        QTest::newRow("in the south") << -60.0;
    }
    void theDateLineIsAMeridianLikeOthers() {
        QFETCH(double, latitude);
        const QImage here = inner({latitude, 0}), there = inner({latitude, 180});
        QVERIFY(lines(here) > 1500);
        QCOMPARE(there, here);
    }

    void allMeridiansMeetAtAPole_data() {
        QTest::addColumn<double>("latitude");
        QTest::newRow("north") << 90.0;
        QTest::newRow("south") << -90.0;
    }
    void allMeridiansMeetAtAPole() {
        QFETCH(double, latitude);
        const QImage image = inner({latitude, 0});
        const QSize half(image.width() / 2 - 20, image.height() / 2 - 20);
        std::vector<int> quarters;
        for (const QPoint& at : {QPoint(0, 0), QPoint(image.width() - half.width(), 0),
                                 QPoint(0, image.height() - half.height()),
                                 QPoint(image.width() - half.width(), image.height() - half.height())})
            quarters.push_back(lines(image.copy(QRect(at, half))));
        const auto [least, most] = std::minmax_element(quarters.begin(), quarters.end());
        QVERIFY(*least > 500);
        QVERIFY2(*most - *least < *most / 5, qPrintable(QString("%1 to %2").arg(*least).arg(*most)));
    }

    // As in the Met Office's files of the North Atlantic, whose axis goes on beyond 360 degrees.
    void aTurnedPoleHasLinesWhereverItsAxisBegins() {
        const std::string crs =
            "+proj=ob_tran +o_proj=longlat +o_lon_p=0 +o_lat_p=37.5 +lon_0=357.5 +R=6371229 +no_defs";
        const QImage here = painted(crs, {-8.5, 0.5, 0.1, 0.1}), there = painted(crs, {351.5, 0.5, 0.1, 0.1});
        QVERIFY(lines(here) > 1500);
        int others = 0; // a line at half a pixel may fall to either side
        for (int y = 0; y < here.height(); ++y)
            for (int x = 0; x < here.width(); ++x)
                others += here.pixel(x, y) != there.pixel(x, y);
        QVERIFY2(others < 50, qPrintable(QString::number(others)));
        // The middle is at 0 degrees of both: 52.5 N and 2.5 W by the definition of the pole.
        const Projection projection(crs);
        const Projection::Point middle = projection.forward({52.5, -2.5});
        QVERIFY(std::abs(std::remainder(middle.x, 360)) < 0.3 && std::abs(middle.y) < 0.3);
    }

    void withoutPlacesThereAreNoLines() { QCOMPARE(lines(painted(UnplacedPlane)), 0); }

private:
    const Theme& theme() const { return m_book->theme(ThemeKind::Dark); }
    QImage painted(const std::string& crs, const Camera2D& camera = {0, 0, 5000, 5000}) const {
        QImage image(800, 800, QImage::Format_RGB32);
        image.fill(theme().window);
        QPainter painter(&image);
        Graticule graticule;
        graticule.paint(painter, {camera, image.size(), theme()}, {Plane::Kind::Map, crs});
        return image;
    }
    /// Without the rim, where the labels are.
    QImage inner(const GeoPoint& middle) const {
        return painted(sitePlane(middle)).copy(QRect(100, 60, 600, 680));
    }
    int lines(const QImage& image) const {
        const QRgb ground = QColor(theme().window).rgb();
        int count = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                count += image.pixel(x, y) != ground;
        return count;
    }

    std::shared_ptr<const PaletteBook> m_book;
};

QTEST_MAIN(TestGraticule)
#include "tst_graticule.moc"
