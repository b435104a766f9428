#include "gui/chart/curve_chart.h"
#include "gui/chart/parallel_chart.h"
#include "tests/support/test_support.h"

#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace embellie;

namespace {

ParallelData threeAxes() {
    ParallelData data;
    data.axes = {categoryAxis("rate", {"0.001", "0.01"}), categoryAxis("width", {"8", "16", "32"}),
                 valueAxis("CSI", {0.4, 0.8})};
    ParallelLine low, high, unknown;
    low.name = "low";
    low.places = {0, 0, placeOf(0.5, {0.4, 0.8})};
    low.colour = QColor(200, 0, 0);
    high.name = "high";
    high.places = {1, 1, placeOf(0.8, {0.4, 0.8})};
    high.colour = QColor(0, 0, 200);
    high.strong = true;
    unknown.places = {1, 0.5, std::numeric_limits<double>::quiet_NaN()};
    unknown.colour = QColor(0, 200, 0);
    unknown.strong = true;
    data.lines = {low, high, unknown};
    return data;
}

} // namespace

class TestParallelChart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void placesRunFromTheFirstCategoryToTheLast() {
        const ParallelData data = threeAxes();
        QCOMPARE(data.axes[1].ticks[0].place, 0.0);
        QCOMPARE(data.axes[1].ticks[1].place, 0.5);
        QCOMPARE(data.axes[1].ticks[2].place, 1.0);
        QCOMPARE(categoryAxis("one", {"x"}).ticks[0].place, 0.5);
        QCOMPARE(placeOf(0.5, {0.4, 0.8}), 0.25);
        QCOMPARE(placeOf(3, {3, 3}), 0.5); // one value only
    }

    void aClickChoosesTheNearestLineAndNoneFarFromAll() {
        ParallelChart chart;
        chart.setTheme(PaletteBook::load()->theme(ThemeKind::Light));
        chart.setData(threeAxes());
        chart.resize(500, 300);
        chart.show();
        QSignalSpy chosen(&chart, &ParallelChart::chosen);
        // The strong line lies at the top of all axes, the other at the bottom: found by walking down a
        // column.
        std::vector<int> order;
        for (int y = 0; y < chart.height(); ++y)
            if (const int line = chart.lineAt(QPointF(chart.width() * 0.4, y));
                line >= 0 && (order.empty() || order.back() != line))
                order.push_back(line);
        QCOMPARE(order, (std::vector<int>{1, 2, 0}));
        QTest::mouseClick(&chart, Qt::LeftButton, {}, QPoint(chart.width() / 2, chart.height() - 1));
        QCOMPARE(chosen.count(), 0);
        for (int y = 0; y < chart.height() && chosen.isEmpty(); ++y)
            if (chart.lineAt(QPointF(chart.width() * 0.4, y)) == 1)
                QTest::mouseClick(&chart, Qt::LeftButton, {}, QPoint(int(chart.width() * 0.4), y));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.front().front().toInt(), 1);
    }

    void aRunWithoutScoreEndsBeforeTheLastAxis() {
        const ParallelData data = threeAxes();
        QImage image(500, 300, QImage::Format_RGB32);
        QPainter painter(&image);
        paintParallelChart(painter, QRectF(0, 0, 500, 300), data,
                           PaletteBook::load()->theme(ThemeKind::Light));
        painter.end();
        const auto rightmost = [&](const QColor& colour) {
            for (int x = image.width() - 1; x >= 0; --x)
                for (int y = 0; y < image.height(); ++y)
                    if (image.pixel(x, y) == colour.rgb())
                        return x;
            return -1;
        };
        QVERIFY(rightmost(QColor(0, 0, 200)) > 400);
        QVERIFY(rightmost(QColor(0, 200, 0)) > 0);
        QVERIFY(rightmost(QColor(0, 200, 0)) < 300);
    }
};

QTEST_MAIN(TestParallelChart)
#include "tst_parallel_chart.moc"
