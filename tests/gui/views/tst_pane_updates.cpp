// What a pane sends to the screen: little, and yet the screen shows what the picture is.

#include "core/field/field.h"
#include "gui/views/pane/pane_widget.h"
#include "gui/views/pane/tiles.h"
#include "tests/gui/draw/synthetic.h"
#include "tests/support/test_support.h"

#include <QApplication>
#include <QGridLayout>
#include <QPaintEvent>
#include <QRandomGenerator>
#include <QScreen>
#include <QTest>

using namespace embellie;

namespace {

qint64 areaOf(const QRegion& region) {
    qint64 area = 0;
    for (const QRect& part : region)
        area += qint64(part.width()) * part.height();
    return area;
}

/// What one widget painted since it was asked last.
class Painted : public QObject {
public:
    explicit Painted(QWidget* widget) { widget->installEventFilter(this); }
    qint64 take() { return std::exchange(m_area, 0); }

private:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint)
            m_area += areaOf(static_cast<QPaintEvent*>(event)->region());
        return false;
    }
    qint64 m_area = 0;
};

} // namespace

class TestPaneUpdates : public QObject {
    Q_OBJECT
    std::shared_ptr<const PaletteBook> m_book;
    GlProbe m_probe;

    /// A window with two linked panes of a made volume.
    struct Window {
        ThemeSource theme;
        DrawingThread drawing;
        PaneLink link;
        QWidget top;
        PaneWidget* panes[2];
        static constexpr double rings = 50;
        Window(const std::shared_ptr<const PaletteBook>& book, const GlProbe& probe,
               DisplayLine* line = nullptr)
            : theme(book, ThemeKind::Light), drawing(probe) {
            if (line)
                drawing.setLine(*line);
            auto* grid = new QGridLayout(&top);
            for (int i = 0; i < 2; ++i) {
                panes[i] = new PaneWidget(drawing, link, theme);
                panes[i]->setCaption(QStringLiteral("DBZH"), {});
                panes[i]->setRingKilometres(rings);
                grid->addWidget(panes[i], 0, i);
            }
            top.resize(900, 520);
            const FieldPtr field = fieldAt(0);
            link.setGround(*naturalPlane(*field), extentIn(*field, *naturalPlane(*field)));
            show(0);
            top.show();
        }
        static FieldPtr fieldAt(double phase) {
            test::SweepShape shape;
            shape.gates = 240;
            return test::madeReflectivity(test::madeSweep(shape), phase);
        }
        void show(double phase) {
            panes[0]->setField(fieldAt(phase));
            panes[1]->setField(fieldAt(phase + 1));
        }
        /// Nothing more is to be drawn or painted.
        bool settle() {
            const bool complete = QTest::qWaitFor([&] {
                return panes[0]->image().size() == panes[0]->pictureRect().size() &&
                       panes[1]->image().size() == panes[1]->pictureRect().size() && panes[0]->isComplete() &&
                       panes[1]->isComplete();
            });
            QTest::qWait(50);
            return complete;
        }
        QImage onScreen() {
            return top.screen()->grabWindow(top.winId()).toImage().convertToFormat(QImage::Format_RGB32);
        }
        /// All of it painted anew, lines over the pictures too.
        QImage paintedAnew() {
            for (const double kilometres : {20.0, rings})
                for (PaneWidget* pane : panes)
                    pane->setRingKilometres(kilometres);
            return top.grab().toImage().convertToFormat(QImage::Format_RGB32);
        }
        void drag(QPoint by) {
            PaneWidget* pane = panes[0];
            const QPoint from = pane->pictureRect().center();
            QTest::mousePress(pane, Qt::LeftButton, {}, from);
            QTest::mouseMove(pane, from + QPoint(6, 0)); // a drag, and no click that trembles
            QTest::mouseMove(pane, from + by);
            QTest::mouseRelease(pane, Qt::LeftButton, {}, from + by);
        }
    };

private Q_SLOTS:
    void initTestCase() {
        m_book = PaletteBook::load(test::sourceFolder() / "resources" / "palettes" / "palettes.json");
        m_probe.answer = GlProbe::Answer::Fails;
        m_probe.reason = text(EMBELLIE_TR("draw", "no OpenGL without a display ({0})"), "test");
    }

    // The old picture moved, and the parts named put over it, is the new one.
    void partsMakeTheNewPicture_data() {
        QTest::addColumn<QPoint>("moved");
        for (const QPoint moved : {QPoint(0, 0), QPoint(20, 0), QPoint(-31, 7), QPoint(0, -64),
                                   QPoint(199, 1), QPoint(200, 0), QPoint(-500, 3)})
            QTest::addRow("%d right, %d down", moved.x(), moved.y()) << moved;
    }
    void partsMakeTheNewPicture() {
        QFETCH(const QPoint, moved);
        QRandomGenerator random(7);
        QImage before(200, 150, QImage::Format_RGB32);
        for (int y = 0; y < before.height(); ++y)
            for (int x = 0; x < before.width(); ++x)
                before.setPixel(x, y, 0xff000000 | (random.generate() & 0xffffff));
        const auto movedBy = [&](const QImage& image) {
            QImage result(image.size(), QImage::Format_RGB32);
            result.fill(0xff123456);
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (image.rect().contains(QPoint(x, y) - moved))
                        result.setPixel(x, y, image.pixel(QPoint(x, y) - moved));
            return result;
        };
        QImage now = movedBy(before);
        const QRect kept = now.rect() & now.rect().translated(moved);
        if (!kept.isEmpty())
            now.setPixel(kept.center(), 0xffabcdef);
        QImage made = movedBy(before);
        QRegion named;
        for (const QRect& part : changedTiles(before, now, moved)) {
            QVERIFY(now.rect().contains(part) && !named.intersects(part));
            named += part;
            for (int y = part.top(); y <= part.bottom(); ++y)
                for (int x = part.left(); x <= part.right(); ++x)
                    made.setPixel(x, y, now.pixel(x, y));
        }
        QCOMPARE(made, now);
        const qint64 coming = qint64(now.width()) * now.height() - areaOf(kept);
        QVERIFY2(areaOf(named) <= coming + 32 * 32, qPrintable(QString::number(areaOf(named))));
        QVERIFY(changedTiles(before, before).empty());
        QCOMPARE(changedTiles(before, QImage(10, 10, QImage::Format_RGB32)),
                 std::vector<QRect>{QRect(0, 0, 10, 10)});
    }

    void theScreenShowsWhatThePictureIs() {
        Window window(m_book, m_probe);
        QVERIFY(QTest::qWaitForWindowExposed(&window.top));
        QVERIFY(window.settle());
        Painted first(window.panes[0]), second(window.panes[1]);
        const qint64 picture = areaOf(window.panes[0]->pictureRect());

        // A drag sends the strip that comes in, what was under the cross, and labels that stay at the edge.
        window.link.setCursor(PaneCursor{{30'000, 20'000}, true});
        window.drag({24, 0});
        QVERIFY(window.settle());
        first.take(), second.take();
        window.drag({24, -10});
        QVERIFY(window.settle());
        QVERIFY2(second.take() < picture / 3, "a pane that was moved was painted anew");
        QCOMPARE(window.onScreen(), window.paintedAnew());

        // A new field sends the tiles that differ: none where it is the same.
        QVERIFY(window.settle());
        first.take(), second.take();
        window.show(0);
        QVERIFY(window.settle());
        QVERIFY(first.take() == 0 && second.take() == 0);

        // And whatever is done, one after another.
        QRandomGenerator random(3);
        for (int i = 0; i < 40; ++i) {
            switch (random.bounded(5)) {
            case 0:
                window.show(0.1 * random.bounded(10));
                break;
            case 1:
                window.link.zoom(random.bounded(2) ? 1.4 : 0.8, {100, 100},
                                 window.panes[0]->pictureRect().size(), random.bounded(2) == 0);
                break;
            case 2:
                window.link.setCursor(
                    PaneCursor{{random.bounded(80'000.0), random.bounded(60'000.0)}, random.bounded(2) == 0});
                break;
            case 3:
                window.theme.setKind(random.bounded(2) ? ThemeKind::Dark : ThemeKind::Light);
                break;
            default:
                window.drag({random.bounded(-60, 60), random.bounded(-60, 60)});
            }
            if (random.bounded(3) == 0)
                QVERIFY(window.settle());
        }
        QVERIFY(window.settle());
        QCOMPARE(window.onScreen(), window.paintedAnew());
    }

    // What a line is told to carry is what is painted, and a display that answers late slows nothing but
    // itself.
    void aSlowDisplayIsSentOnePictureAtATime() {
        class Line : public DisplayLine {
        public:
            int asked = 0, underWay = 0, most = 0;
            bool arrived = false;

        private:
            void ask() override {
                ++asked;
                most = std::max(most, ++underWay);
                QTimer::singleShot(60, this, [this] { arrived = true; });
            }
            bool hasAnswered() override {
                if (arrived)
                    --underWay;
                return std::exchange(arrived, false);
            }
        };
        Line line;
        Window window(m_book, m_probe, &line);
        QVERIFY(QTest::qWaitForWindowExposed(&window.top));
        QVERIFY(window.settle());
        QTRY_VERIFY(!line.isBusy());
        line.asked = 0;
        QElapsedTimer timer;
        timer.start();
        int moves = 0;
        const QPoint from = window.panes[0]->pictureRect().center();
        QTest::mousePress(window.panes[0], Qt::LeftButton, {}, from);
        while (timer.elapsed() < 600) {
            ++moves;
            QTest::mouseMove(window.panes[0], from + QPoint(moves % 90, 10 + moves % 3));
            QTest::qWait(5);
        }
        QTest::mouseRelease(window.panes[0], Qt::LeftButton, {}, from + QPoint(50, 30));
        QVERIFY(window.settle());
        QTRY_VERIFY(!line.isBusy());
        QCOMPARE(line.most, 1);
        QVERIFY2(line.asked >= 2 && line.asked <= int(timer.elapsed() / 60) + 1,
                 qPrintable(QStringLiteral("%1 questions, %2 moves").arg(line.asked).arg(moves)));
        QVERIFY(moves > 2 * line.asked);
        QVERIFY(line.last().bytes > 0);
        QCOMPARE(window.onScreen(), window.paintedAnew());
    }
};

QTEST_MAIN(TestPaneUpdates)
#include "tst_pane_updates.moc"
