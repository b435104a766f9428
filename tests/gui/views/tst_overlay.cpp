// Rings and axes at any scale, and how near and far a pane may look.

#include "gui/scene/palette.h"
#include "gui/views/pane/overlay.h"
#include "gui/views/pane/pane_link.h"
#include "tests/support/test_support.h"

#include <QElapsedTimer>
#include <QImage>
#include <QPainter>
#include <QTest>

#include <cmath>
#include <functional>

using namespace embellie;

class TestOverlay : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        m_book = PaletteBook::load(test::sourceFolder() / "resources" / "palettes" / "palettes.json");
    }

    void ringsAreFewAtAnyScale_data() {
        QTest::addColumn<double>("metersPerPixel");
        QTest::addColumn<bool>("seen");
        QTest::newRow("the whole sweep") << 750.0 << true;
        QTest::newRow("a gate") << 1.0 << true;
        QTest::newRow("as near as the wheel gets") << 0.07 << true;
        QTest::newRow("by a saved view") << 1e-6 << false; // nearer than what a painter can tell
        QTest::newRow("no scale") << 0.0 << false;
    }
    void ringsAreFewAtAnyScale() {
        QFETCH(const double, metersPerPixel);
        QFETCH(const bool, seen);
        const Camera2D camera{150'000, 120'000, metersPerPixel, metersPerPixel};
        for (const double kilometres : {0.0, 50.0}) {
            const QImage image = painted(camera, [&](QPainter& painter, const OverlayGround& ground) {
                paintRings(painter, ground, kilometres, true, 250);
            });
            QVERIFY(!seen || kilometres > 0 || isDrawnOn(image));
        }
    }

    void ringsLieWhereTheyAreAtAnyScale_data() {
        QTest::addColumn<double>("metersPerPixel");
        QTest::newRow("50 m") << 50.0;
        QTest::newRow("5 m") << 5.0;
        QTest::newRow("10 cm") << 0.1;
    }
    void ringsLieWhereTheyAreAtAnyScale() {
        QFETCH(const double, metersPerPixel);
        // The middle of the picture lies on a ring.
        const Camera2D camera{120'000, -160'000, metersPerPixel, metersPerPixel};
        const QImage image = painted(camera, [&](QPainter& painter, const OverlayGround& ground) {
            paintRings(painter, ground, 0, false, 250);
        });
        // Beside its label, and on either side of it nothing.
        const double along = std::atan2(120'000, 160'000); // of the site, east of south
        int on = 0, beside = 0;
        for (int step = 80; step <= 160; ++step)
            for (const int aside : {-12, 0, 12}) {
                const QPointF direction(std::cos(along), -std::sin(along)),
                    outwards(std::sin(along), std::cos(along));
                const double radius = 200'000 / metersPerPixel;
                const double bend = radius - std::sqrt(radius * radius - double(step) * step);
                const QPointF at = QPointF(Size.width() / 2.0, Size.height() / 2.0) + step * direction +
                                   (aside - bend) * outwards;
                bool lit = false;
                for (int dx = -1; dx <= 1; ++dx)
                    for (int dy = -1; dy <= 1; ++dy)
                        lit = lit || image.pixel(int(at.x()) + dx, int(at.y()) + dy) != m_ground.rgb();
                (aside == 0 ? on : beside) += lit;
            }
        QCOMPARE(on, 81);
        QCOMPARE(beside, 0);
    }

    void axesEndAtAnyScale_data() {
        QTest::addColumn<double>("perPixel");
        QTest::addColumn<bool>("seen");
        QTest::newRow("an hour") << 4.0 << true;
        QTest::newRow("a millisecond a pixel") << 1e-3 << true;
        QTest::newRow("by a saved view") << 1e-12 << false;
        QTest::newRow("no scale") << 0.0 << false;
    }
    void axesEndAtAnyScale() {
        QFETCH(const double, perPixel);
        QFETCH(const bool, seen);
        const Camera2D camera{86'400, 5'000, perPixel, perPixel};
        for (const Plane::Kind kind : {Plane::Kind::TimeHeight, Plane::Kind::RangeHeight}) {
            const QImage image = painted(camera, [&](QPainter& painter, const OverlayGround& ground) {
                paintAxes(painter, ground, Plane{kind, {}});
            });
            QVERIFY(!seen || isDrawnOn(image));
        }
    }

    void zoomEndsBothWays_data() {
        QTest::addColumn<QRectF>("extent");
        QTest::addColumn<int>("kind");
        QTest::newRow("a radar's map") << QRectF(-250e3, -250e3, 500e3, 500e3) << int(Plane::Kind::Map);
        QTest::newRow("degrees") << QRectF(-180, -90, 360, 180) << int(Plane::Kind::Map);
        QTest::newRow("range and height") << QRectF(0, 0, 250e3, 15e3) << int(Plane::Kind::RangeHeight);
        QTest::newRow("time and height") << QRectF(0, 0, 20, 15e3) << int(Plane::Kind::TimeHeight);
    }
    void zoomEndsBothWays() {
        QFETCH(const QRectF, extent);
        QFETCH(const int, kind);
        PaneLink link;
        link.setPaneSize(this, Size);
        link.setGround(Plane{Plane::Kind(kind), {}}, extent);
        const Camera2D whole = link.camera();
        const QPointF pixel(20, 30);
        const QPointF kept = whole.toPlane(pixel, Size);
        for (int i = 0; i < 200; ++i)
            link.zoom(std::sqrt(2.0), pixel, Size, true);
        QVERIFY(std::abs(link.camera().perPixelX / whole.perPixelX / 1e-4 - 1) < 1e-9);
        QVERIFY(std::abs(link.camera().perPixelY / whole.perPixelY / 1e-4 - 1) < 1e-9);
        const QPointF at = link.camera().toPixel(kept, Size);
        QVERIFY(QLineF(at, pixel).length() < 0.01);
        for (int i = 0; i < 200; ++i)
            link.zoom(std::sqrt(0.5), pixel, Size, true);
        QVERIFY(std::abs(link.camera().perPixelX / whole.perPixelX / 100 - 1) < 1e-9);
        // From a saved view that is nearer than this one only gets back.
        link.setCamera({0, 0, 1e-9, 1e-9}, false);
        link.zoom(2, pixel, Size, true);
        QCOMPARE(link.camera().perPixelX, 1e-9);
        link.zoom(0.5, pixel, Size, true);
        QCOMPARE(link.camera().perPixelX, 2e-9);
        link.leave(this);
    }

private:
    static constexpr QSize Size{600, 400};
    const QColor m_ground = Qt::black;

    /// What is painted at once, or not at all.
    QImage painted(const Camera2D& camera,
                   const std::function<void(QPainter&, const OverlayGround&)>& paint) const {
        QImage image(Size, QImage::Format_RGB32);
        image.fill(m_ground);
        QPainter painter(&image);
        QElapsedTimer timer;
        timer.start();
        paint(painter, {camera, Size, m_book->theme(ThemeKind::Dark)});
        if (timer.elapsed() > 1000)
            QTest::qFail(qPrintable(QStringLiteral("%1 ms").arg(timer.elapsed())), __FILE__, __LINE__);
        return image;
    }
    bool isDrawnOn(const QImage& image) const {
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixel(x, y) != m_ground.rgb())
                    return true;
        return false;
    }

    std::shared_ptr<const PaletteBook> m_book;
};

QTEST_MAIN(TestOverlay)
#include "tst_overlay.moc"
