// The palettes and themes we ship: lengths, lightness, steps that stay apart under four kinds of colour
// vision, contrast.

#include "gui/scene/palette.h"
#include "tests/gui/scene/colour_science.h"
#include "tests/support/test_support.h"

#include <QTest>

using namespace embellie;
using namespace embellie::test;

class TestPaletteCheck : public QObject {
    Q_OBJECT
    std::shared_ptr<const PaletteBook> m_book;

    static const char* themeName(std::size_t theme) { return theme == 0 ? "light" : "dark"; }

private Q_SLOTS:
    void initTestCase() {
        m_book = PaletteBook::load(sourceFolder() / "resources" / "palettes" / "palettes.json");
        QVERIFY(m_book->palettes().size() >= 15);
    }

    void colourDifferencesAreThePublishedOnes_data() {
        // Sharma et al. 2005, table 1.
        QTest::addColumn<QVector<double>>("labs");
        QTest::addColumn<double>("difference");
        const double pairs[][7] = {{50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425},
                                   {50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615},
                                   {50, 2.8361, -74.0200, 50, 0, -82.7485, 3.4412},
                                   {50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000},
                                   {50, -1.1848, -84.8006, 50, 0, -82.7485, 1.0000},
                                   {50, -0.9009, -85.5211, 50, 0, -82.7485, 1.0000},
                                   {50, 0, 0, 50, -1, 2, 2.3669},
                                   {50, -1, 2, 50, 0, 0, 2.3669},
                                   {50, 2.4900, -0.0010, 50, -2.4900, 0.0009, 7.1792},
                                   {50, 2.4900, -0.0010, 50, -2.4900, 0.0011, 7.2195},
                                   {50, -0.0010, 2.4900, 50, 0.0009, -2.4900, 4.8045},
                                   {50, -0.0010, 2.4900, 50, 0.0011, -2.4900, 4.7461},
                                   {50, 2.5, 0, 50, 0, -2.5, 4.3065},
                                   {50, 2.5, 0, 73, 25, -18, 27.1492},
                                   {50, 2.5, 0, 61, -5, 29, 22.8977},
                                   {50, 2.5, 0, 56, -27, -3, 31.9030},
                                   {50, 2.5, 0, 58, 24, 15, 19.4535},
                                   {50, 2.5, 0, 50, 3.1736, 0.5854, 1.0000},
                                   {60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644},
                                   {63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630},
                                   {61.2901, 3.7196, -5.3901, 61.4292, 2.2480, -4.9620, 1.8731},
                                   {35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645},
                                   {22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373},
                                   {36.4612, 47.8580, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146},
                                   {90.8027, -2.0831, 1.4410, 91.1528, -1.6435, 0.0447, 1.4441},
                                   {90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381},
                                   {6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377},
                                   {2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082}};
        int row = 0;
        for (const auto& pair : pairs)
            QTest::addRow("pair %d", ++row) << QVector<double>(pair, pair + 6) << pair[6];
    }

    void colourDifferencesAreThePublishedOnes() {
        QFETCH(QVector<double>, labs);
        QFETCH(double, difference);
        const double found = ciede2000({labs[0], labs[1], labs[2]}, {labs[3], labs[4], labs[5]});
        QVERIFY2(std::abs(found - difference) <= 5e-5, qPrintable(QString::number(found, 'f', 5)));
    }

    void lightnessOfGreysIsKnown() {
        QVERIFY(std::abs(labOf(qRgb(255, 255, 255))[0] - 100) < 1e-6);
        QVERIFY(std::abs(labOf(qRgb(119, 119, 119))[0] - 50.03) <
                0.02); // sRGB 119 is the middle grey of CIELAB
        QVERIFY(std::abs(contrast(Qt::black, Qt::white) - 21) < 1e-4);
    }

    void palettesHold_data() {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("theme");
        for (const PalettePtr& palette : m_book->palettes())
            for (std::size_t theme = 0; theme < 2; ++theme)
                QTest::addRow("%s %s", palette->id.c_str(), themeName(theme))
                    << QString::fromStdString(palette->id) << static_cast<int>(theme);
    }

    void palettesHold() {
        QFETCH(QString, id);
        QFETCH(int, theme);
        const Palette& palette = *m_book->find(id.toStdString());
        const std::vector<QRgb>& colours = palette.colours[static_cast<std::size_t>(theme)];
        const bool classes = palette.kind == Palette::Kind::Classes;
        QCOMPARE(colours.size(), classes ? palette.classes.size() : palette.edges.size() - 1);
        QVERIFY(palette.traditional.empty() || palette.traditional.size() == colours.size());

        checkLightness(palette, colours);
        if (QTest::currentTestFailed())
            return;

        double least = 1e9;
        for (std::size_t i = 0; i < colours.size(); ++i)
            for (std::size_t k = i + 1; k < colours.size(); ++k)
                if (classes || k == i + 1 ||
                    (palette.kind == Palette::Kind::Cyclic && i == 0 && k + 1 == colours.size()))
                    least = std::min(least, leastDifference(colours[i], colours[k]));
        const double wanted = palette.id == "cloud_type" ? 4 : classes ? 6 : 2.3;
        QVERIFY2(least >= wanted, qPrintable(QStringLiteral("two steps are only %1 apart").arg(least)));

        const StateColours& states = palette.states[static_cast<std::size_t>(theme)];
        for (QRgb state : {states.noEcho, states.noData, states.rejected}) {
            if (palette.id == "brightness_temperature" && state == states.noEcho)
                continue; // an image of temperatures has no cell without echo
            for (QRgb colour : colours)
                QVERIFY2(leastDifference(state, colour) >= 2.3,
                         qPrintable(QColor(colour).name() + " looks like the state " + QColor(state).name()));
        }
    }

    void windowColoursHaveContrast_data() {
        QTest::addColumn<int>("theme");
        QTest::newRow("light") << 0;
        QTest::newRow("dark") << 1;
    }

    void windowColoursHaveContrast() {
        QFETCH(int, theme);
        const Theme& t = m_book->theme(static_cast<ThemeKind>(theme));
        const struct {
            const char* name;
            QColor front;
            std::vector<QColor> grounds;
            double least;
        } rules[] = {
            {"text",
             t.text,
             {t.window, t.base, t.alternateBase, t.button, t.goodFill, t.warningFill, t.errorFill},
             4.5},
            {"mutedText", t.mutedText, {t.window, t.base, t.alternateBase, t.button}, 4.5},
            {"accent", t.accent, {t.window, t.base}, 4.5},
            {"good", t.good, {t.window, t.base, t.goodFill}, 4.5},
            {"warning", t.warning, {t.window, t.base, t.warningFill}, 4.5},
            {"error", t.error, {t.window, t.base, t.errorFill}, 4.5},
            {"accentText", t.accentText, {t.accent}, 4.5},
            {"selectionText", t.selectionText, {t.selection}, 4.5},
            {"tooltipText", t.tooltipText, {t.tooltip}, 4.5},
            {"controlBorder", t.controlBorder, {t.window, t.base, t.button}, 3},
            {"focus", t.focus, {t.window, t.base, t.button}, 3},
            {"disabledText", t.disabledText, {t.window, t.base}, 3},
        };
        for (const auto& rule : rules)
            for (const QColor& ground : rule.grounds)
                QVERIFY2(contrast(rule.front, ground) >= rule.least, rule.name);
        QVERIFY(t.curves.size() >= 8);
        for (std::size_t i = 0; i < t.curves.size(); ++i) {
            QVERIFY(contrast(t.curves[i], t.base) >= 3);
            for (std::size_t k = i + 1; k < t.curves.size(); ++k)
                QVERIFY2(leastDifference(t.curves[i].rgb(), t.curves[k].rgb()) >= 11,
                         qPrintable(QString::number(i)));
        }
        const QRgb states[] = {t.states.canvas, t.states.noEcho, t.states.noData, t.states.rejected};
        for (std::size_t i = 0; i < 4; ++i)
            for (std::size_t k = i + 1; k < 4; ++k)
                QVERIFY(leastDifference(states[i], states[k]) >= 3);
    }

private:
    static void checkLightness(const Palette& palette, const std::vector<QRgb>& colours) {
        std::vector<double> steps;
        for (std::size_t i = 1; i < colours.size(); ++i)
            steps.push_back(labOf(colours[i])[0] - labOf(colours[i - 1])[0]);
        const auto allAlike = [&](std::size_t from, std::size_t to, bool up) {
            for (std::size_t i = from; i < to; ++i)
                if (up ? steps[i] <= 0 : steps[i] >= 0)
                    return false;
            return true;
        };
        if (palette.kind == Palette::Kind::Sequential) {
            if (palette.id == "brightness_temperature") {
                // Colour under the landmark, grey above it: each half darkens by itself.
                std::size_t half = 0;
                while (palette.edges[half] < palette.landmarks.front())
                    ++half;
                QVERIFY(allAlike(0, half - 1, false) && allAlike(half, steps.size(), false));
                return;
            }
            QVERIFY(allAlike(0, steps.size(), true) || allAlike(0, steps.size(), false));
        } else if (palette.kind == Palette::Kind::Diverging) {
            std::size_t neutral = 0;
            for (std::size_t i = 0; i < colours.size(); ++i)
                if (std::abs(palette.edges[i] + palette.edges[i + 1]) <
                    std::abs(palette.edges[neutral] + palette.edges[neutral + 1]))
                    neutral = i;
            const bool up = steps[neutral] > 0;
            QVERIFY(allAlike(0, neutral, !up) && allAlike(neutral, steps.size(), up));
        }
    }
};

QTEST_GUILESS_MAIN(TestPaletteCheck)
#include "tst_palette_check.moc"
