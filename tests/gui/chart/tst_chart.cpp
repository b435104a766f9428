#include "gui/chart/colour_bar.h"
#include "gui/chart/curve_chart.h"
#include "tests/support/test_support.h"

#include <QApplication>
#include <QImage>
#include <QLocale>
#include <QPainter>
#include <QTest>

#include <cmath>
#include <limits>

using namespace embellie;

class TestChart : public QObject {
    Q_OBJECT
    std::shared_ptr<const PaletteBook> m_book;

    static QImage painted(const ChartData& data, const Theme& theme, QSize size = {400, 300}) {
        QImage image(size, QImage::Format_RGB32);
        image.fill(theme.window);
        QPainter painter(&image);
        paintCurveChart(painter, QRectF(QPointF(0, 0), QSizeF(size)), data, theme);
        return image;
    }
    /// Mean row of the pixels of a colour in a column; negative where there is none.
    static double rowOf(const QImage& image, int column, QRgb colour) {
        double sum = 0;
        int count = 0;
        for (int y = 0; y < image.height(); ++y)
            if (image.pixel(column, y) == colour)
                sum += y, ++count;
        return count ? sum / count : -1;
    }
    static int countOf(const QImage& image, QRgb colour) {
        int count = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                count += image.pixel(x, y) == colour;
        return count;
    }

private Q_SLOTS:
    void initTestCase() {
        m_book = PaletteBook::load(test::sourceFolder() / "resources" / "palettes" / "palettes.json");
        QLocale::setDefault(QLocale::c());
    }
    void cleanup() { QLocale::setDefault(QLocale::c()); }

    void ticksAreRoundAndWithinTheLimits_data() {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<QVector<double>>("ticks");
        QTest::newRow("steps") << 0.0 << 700.0 << QVector<double>{0, 200, 400, 600};
        QTest::newRow("scores") << 0.38 << 0.92 << QVector<double>{0.4, 0.6, 0.8};
        QTest::newRow("about zero") << -1.0 << 1.0 << QVector<double>{-1, -0.5, 0, 0.5, 1};
        QTest::newRow("small") << 0.0 << 1e-4 << QVector<double>{0, 2.5e-5, 5e-5, 7.5e-5, 1e-4};
    }

    void ticksAreRoundAndWithinTheLimits() {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(QVector<double>, ticks);
        const std::vector<double> found = roundTicks({low, high}, 4);
        QCOMPARE(found.size(), static_cast<std::size_t>(ticks.size()));
        for (std::size_t i = 0; i < found.size(); ++i)
            QVERIFY(std::abs(found[i] - ticks[static_cast<qsizetype>(i)]) <= 1e-9 * (high - low));
    }

    void numbersFollowTheLocale() {
        QCOMPARE(tickText(0.5, 0.25), "0.50");
        QCOMPARE(tickText(-12, 4), QStringLiteral("\u221212"));
        QCOMPARE(tickText(-1e-17, 0.1), "0.0");
        QLocale::setDefault(QLocale(QLocale::French, QLocale::France));
        QCOMPARE(tickText(0.5, 0.1), "0,5");
    }

    void curvesLieWhereTheirNumbersSay() {
        const Theme& theme = m_book->theme(ThemeKind::Light);
        const QColor blue = theme.curves[0], brown = theme.curves[1];
        ChartData data;
        data.xLimits = Limits{0, 100};
        data.yLimits = Limits{0, 1};
        data.series = {{{}, blue, CurveSeries::Stroke::Solid, false, {}, {{0, 0.25}, {100, 0.25}}},
                       {{}, brown, CurveSeries::Stroke::Solid, false, {}, {{0, 0.75}, {100, 0.75}}}};
        const QImage image = painted(data, theme);
        // Half the way between both is the middle of the axis, and the frame's top and bottom lie as far
        // again.
        const double low = rowOf(image, 200, blue.rgb()), high = rowOf(image, 200, brown.rgb());
        QVERIFY(low > high && high > 0);
        const double top = rowOf(image, 200, theme.controlBorder.rgb());
        QVERIFY2(std::abs(top - (low + high) / 2) < 2,
                 qPrintable(QString::number(top))); // of top and bottom line the mean
    }

    void trainingIsDashedAndBrokenPointsBreakTheLine() {
        const Theme& theme = m_book->theme(ThemeKind::Dark);
        const QColor colour = theme.curves[0];
        ChartData data;
        data.xLimits = Limits{0, 100};
        data.yLimits = Limits{0, 1};
        const double nan = std::numeric_limits<double>::quiet_NaN();
        data.series = {{{},
                        colour,
                        CurveSeries::Stroke::Solid,
                        false,
                        {},
                        {{0, 0.5}, {40, 0.5}, {50, nan}, {60, 0.5}, {100, 0.5}}}};
        const QImage solid = painted(data, theme);
        int columns = 0, coloured = 0;
        for (int x = 60; x < 370; ++x) {
            ++columns;
            coloured += rowOf(solid, x, colour.rgb()) >= 0;
        }
        QVERIFY2(coloured > columns * 0.7 && coloured < columns * 0.88,
                 qPrintable(QString::number(coloured)));
        data.series[0].points = {{0, 0.5}, {100, 0.5}};
        const int whole = countOf(painted(data, theme), colour.rgb());
        data.series[0].stroke = CurveSeries::Stroke::Dashed;
        QVERIFY(countOf(painted(data, theme), colour.rgb()) < whole * 3 / 4);
    }

    void emptyChartsSayWhatToDo() {
        const Theme& theme = m_book->theme(ThemeKind::Light);
        ChartData data;
        const QImage silent = painted(data, theme);
        data.empty = "no step yet";
        QVERIFY(painted(data, theme) != silent);
        data.series = {{"run", theme.curves[0], CurveSeries::Stroke::Solid, false, {}, {}}};
        QVERIFY(countOf(painted(data, theme, {20, 10}), theme.curves[0].rgb()) ==
                0); // too small for anything, no crash
    }

    void labelsAtTheEndsDoNotOverlap() {
        const Theme& theme = m_book->theme(ThemeKind::Light);
        ChartData data;
        data.yLimits = Limits{0, 1};
        const std::vector<QPointF> points = {{0, 0}, {10, 0.5}};
        const QColor colour = theme.curves[0];
        data.series = {{"a", colour, CurveSeries::Stroke::Solid, false, {}, points},
                       {"a", colour, CurveSeries::Stroke::Solid, false, {}, points}};
        const QImage unlabelled = painted(data, theme);
        const auto inked = [&] {
            const QImage image = painted(data, theme);
            int count = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    count += image.pixel(x, y) != unlabelled.pixel(x, y);
            return count;
        };
        data.series[0].endLabel = "run 1: 0.50";
        const int one = inked();
        QVERIFY(one > 50);
        // The same label once more at the same place takes twice the ink only where one of them makes room.
        data.series[1].endLabel = "run 1: 0.50";
        const int two = inked();
        QVERIFY2(two > 1.6 * one && two < 2.4 * one, qPrintable(QStringLiteral("%1, %2").arg(one).arg(two)));
    }

    void colourBarsShowEveryStepInOrder_data() {
        QTest::addColumn<int>("orientation");
        QTest::newRow("vertical") << static_cast<int>(Qt::Vertical);
        QTest::newRow("horizontal") << static_cast<int>(Qt::Horizontal);
    }

    void colourBarsShowEveryStepInOrder() {
        QFETCH(int, orientation);
        const auto along = static_cast<Qt::Orientation>(orientation);
        const Theme& theme = m_book->theme(ThemeKind::Dark);
        const Palette& palette = *m_book->find("reflectivity");
        const ColourBar bar{ColourScale(palette, {}, ThemeKind::Dark), "dBZ"};
        const QSize size = colourBarSize(bar, QApplication::font(), along);
        QImage image(size, QImage::Format_RGB32);
        image.fill(theme.window);
        QPainter painter(&image);
        painter.setFont(QApplication::font());
        paintColourBar(painter, image.rect(), bar, theme, along);
        painter.end();
        std::vector<QRgb> seen;
        const int last = along == Qt::Vertical ? image.height() : image.width();
        for (int i = 0; i < last; ++i) {
            const QRgb colour =
                along == Qt::Vertical ? image.pixel(2, image.height() - 1 - i) : image.pixel(i, 2);
            const bool step = std::find(palette.colours[1].begin(), palette.colours[1].end(), colour) !=
                              palette.colours[1].end();
            if (step && (seen.empty() || seen.back() != colour))
                seen.push_back(colour);
        }
        QCOMPARE(seen, palette.colours[1]);
        QVERIFY(countOf(image, theme.text.rgb()) > 30); // labels
    }

    // Of a Nyquist velocity of 58.6 m/s: parts of it have all kinds of decimals.
    void labelsOfVelocityArePairsOfOnePrecision() {
        const ColourScale scale(*m_book->find("radial_velocity"), {{}, Limits{-58.6, 58.6}}, ThemeKind::Dark);
        const std::vector<ColourBarLabel> labels = colourBarLabels(scale, 10, 16);
        QVERIFY(labels.size() >= 6);
        QCOMPARE(labels.back().text, QStringLiteral("58.6"));
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const ColourBarLabel &label = labels[i], &opposite = labels[labels.size() - 1 - i];
            QCOMPARE(label.edge, scale.edges().size() - 1 - opposite.edge);
            QCOMPARE(label.text.section(u'.', 1).size(), 1);
            if (label.edge > opposite.edge)
                QCOMPARE(opposite.text, QChar(0x2212) + label.text);
            QVERIFY(i == 0 || (label.edge - labels[i - 1].edge) * 10 >= 15); // they don't touch
        }
    }

    void roundLabelsHaveTheDecimalsThatEachNeeds() {
        const ColourScale scale(*m_book->find("differential_reflectivity"), {}, ThemeKind::Dark);
        QStringList texts;
        for (const ColourBarLabel& label : colourBarLabels(scale, 40, 16))
            texts << label.text;
        QCOMPARE(texts,
                 (QString::fromUtf8("−4 −2 −1 −0.5 −0.25 0.25 0.5 0.75 1 1.5 2 2.5 3 4 5 6 8").split(u' ')));
    }

    // As of five minutes' rain, and of limits that somebody typed.
    void labelsTellEdgesApart() {
        Palette few = *m_book->find("rain_amount");
        few.edges = {0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6,
                     0.75, 1,    1.25, 1.5, 2,    2.5, 3,   4,   5};
        for (const ColourScale& scale : {ColourScale(few, {}, ThemeKind::Dark),
                                         ColourScale(few, {{}, Limits{0.13, 4.71}}, ThemeKind::Dark)}) {
            const std::vector<ColourBarLabel> labels = colourBarLabels(scale, 40, 16);
            QCOMPARE(labels.size(), scale.edges().size());
            QStringList texts;
            for (const ColourBarLabel& label : labels)
                texts << label.text;
            QCOMPARE(texts.removeDuplicates(), 0);
        }
    }

    // As on a wall: the lines of the grid are counted down a column.
    void largeChartsHaveNoMoreLinesThanSmallOnes() {
        const Theme& theme = m_book->theme(ThemeKind::Light);
        ChartData data;
        data.xLimits = Limits{0, 700};
        data.yLimits = Limits{0, 1};
        data.series = {
            {{}, theme.curves[0], CurveSeries::Stroke::Solid, false, {}, {{0, 0.93}, {700, 0.93}}}};
        const QImage image = painted(data, theme, {3600, 1800});
        int lines = 0;
        for (int y = 100; y < 1700; ++y)
            lines += image.pixel(1777, y) != theme.base.rgb() && image.pixel(1777, y - 1) == theme.base.rgb();
        QVERIFY2(lines >= 4 && lines <= 9, qPrintable(QString::number(lines))); // eight, and the curve
    }

    void classesAreALegend() {
        const Theme& theme = m_book->theme(ThemeKind::Light);
        const Palette& palette = *m_book->find("echo_class");
        const ColourBar bar{ColourScale(palette, {}, ThemeKind::Light), {}};
        const QSize size = colourBarSize(bar, QApplication::font(), Qt::Vertical);
        QImage image(size, QImage::Format_RGB32);
        image.fill(theme.window);
        QPainter painter(&image);
        painter.setFont(QApplication::font());
        paintColourBar(painter, image.rect(), bar, theme, Qt::Vertical);
        painter.end();
        for (QRgb colour : palette.colours[0])
            QVERIFY(countOf(image, colour) > 40);
    }

    void sizesFollowTheFont() {
        const ColourBar bar{ColourScale(*m_book->find("reflectivity"), {}, ThemeKind::Dark), "dBZ"};
        QFont large = QApplication::font();
        large.setPointSizeF(large.pointSizeF() * 2);
        const QSize one = colourBarSize(bar, QApplication::font(), Qt::Vertical),
                    two = colourBarSize(bar, large, Qt::Vertical);
        QVERIFY(two.width() > 1.5 * one.width() && two.height() > 1.5 * one.height());
    }
};

QTEST_MAIN(TestChart)
#include "tst_chart.moc"
