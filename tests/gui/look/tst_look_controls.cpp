// What stands beside the picture says what is shown, and the keys go where the eyes are.
#include "core/base/file.h"
#include "gui/action/action_finder.h"
#include "gui/pages/look/data_tree.h"
#include "gui/pages/look/data_tree_model.h"
#include "gui/pages/look/inspector.h"
#include "gui/pages/look/look_page.h"
#include "gui/pages/look/readout_panel.h"
#include "gui/pages/main_window.h"
#include "gui/pages/problem_strip.h"
#include "gui/pages/start/start_page.h"
#include "gui/pages/theme/flat_style.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/core/io/two_composites.h"
#include "tests/gui/look/made_files.h"
#include "tests/support/test_support.h"

#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <QTreeView>

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

using namespace embellie;
using namespace embellie::test;

class TestLookControls : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_window.reset(); }
    void limitsAreShownFromTheirFirstDigit_data();
    void limitsAreShownFromTheirFirstDigit();
    void fewerDigitsThanThereAreChangeNothing();
    void aQuantityTwiceOnOneGridCanBothBeShown();
    void aViewFromBeforeNamesTheFirst();
    void keysStepSweepsInThreeDimensions();
    void threeDimensionsSayWhereValuesAre();
    void pagesBeginWithTheFocus_data();
    void pagesBeginWithTheFocus();
    void theStartPageBeginsWithItsButton();
    void noPageMakesTheWindowWider();
    void aFirstLookIsAtSomethingMeasured_data();
    void aFirstLookIsAtSomethingMeasured();
    void longUnitsLeaveRoomForNames();
    void gridsHaveANameInTheTree();

private:
    bool open(const std::filesystem::path& path);
    PaneWidget* pane(int index = 0) const { return m_window->look()->panes()[std::size_t(index)]; }
    QLineEdit* limit(const char* name) const {
        return m_window->look()->inspector()->findChild<QLineEdit*>(QString::fromLatin1(name));
    }
    float firstValue() const { return pane()->field() ? pane()->field()->values()[0] : NAN; }
    QModelIndex row(const QString& name) const;

    ScratchFolder m_scratch;
    std::unique_ptr<MainWindow> m_window;
};

void TestLookControls::initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("embellie-test"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                       QString::fromStdString(m_scratch.path().string()));
    QLocale::setDefault(QLocale::c());
    QApplication::setStyle(new FlatStyle);
    writeScene(m_scratch / "scene", 1);
}

void TestLookControls::init() {
    QSettings().clear();
    m_window = std::make_unique<MainWindow>(PaletteBook::load(), ThemeKind::Dark);
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

bool TestLookControls::open(const std::filesystem::path& path) {
    m_window->openPaths({path});
    return QTest::qWaitFor([this] { return m_window->isComplete() && m_window->session().layer(); }, 30000);
}

/// The tree's first row of that name, in its view.
QModelIndex TestLookControls::row(const QString& name) const {
    const QAbstractItemModel* model = m_window->look()->tree()->view()->model();
    return model->match(model->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly | Qt::MatchRecursive)
        .value(0);
}

void TestLookControls::limitsAreShownFromTheirFirstDigit_data() {
    QTest::addColumn<QString>("unit");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<QString>("lowText");
    QTest::addColumn<QString>("highText");
    QTest::newRow("a Nyquist velocity") << "m s-1" << -24.0691 << 24.0691 << "\u221224.07"
                                        << "24.07";
    QTest::newRow("pressures") << "Pa" << 98'000.0 << 103'000.0 << "98\u2009000"
                               << "103\u2009000";
    QTest::newRow("whole numbers are never rounded") << "Pa" << 101'325.0 << 103'000.0 << "101\u2009325"
                                                     << "103\u2009000";
    QTest::newRow("limits close to each other") << "K" << 273.151 << 273.164 << "273.151"
                                                << "273.164";
}

void TestLookControls::limitsAreShownFromTheirFirstDigit() {
    QFETCH(QString, unit);
    QFETCH(double, low);
    QFETCH(double, high);
    {
        TinyNetcdf file(m_scratch / "limits.nc");
        addPlainGrid(file);
        file.variable("some", NC_DOUBLE, {"lat", "lon"}, {low, high, low, high, low, high});
        file.att("some", "units", unit.toStdString());
    }
    QVERIFY2(open(m_scratch / "limits.nc"), qPrintable(m_window->problems()->sentences().join(u' ')));
    ViewState state = m_window->look()->viewState();
    state.panes[0].style.limits = Limits{low, high};
    m_window->look()->restore(state);
    for (const char* name : {"limitLow", "limitHigh"}) {
        QLineEdit* field = limit(name);
        QFETCH(QString, lowText);
        QFETCH(QString, highText);
        QTRY_COMPARE(field->text(), field == limit("limitLow") ? lowText : highText);
        QCOMPARE(field->cursorPosition(), 0); // of what does not fit, the end is cut
        QVERIFY2(field->fontMetrics().horizontalAdvance(field->text()) + 4 <= field->width(),
                 qPrintable(QStringLiteral("%1 in %2 pixels").arg(field->text()).arg(field->width())));
    }
}

void TestLookControls::fewerDigitsThanThereAreChangeNothing() {
    QVERIFY(open(m_scratch / "scene"));
    ViewState state = m_window->look()->viewState();
    const Limits exact{-24.0691, 71.1234};
    state.panes[0].style.limits = exact;
    m_window->look()->restore(state);
    QTRY_COMPARE(limit("limitLow")->text(), QStringLiteral("\u221224.07"));
    limit("limitLow")->setFocus();
    QTest::keyClick(limit("limitLow"), Qt::Key_Return);
    QVERIFY(pane()->layer().style.limits == exact);
    // Who changes one leaves the other.
    limit("limitHigh")->setFocus();
    limit("limitHigh")->selectAll();
    QTest::keyClicks(limit("limitHigh"), QStringLiteral("60.55"));
    QTest::keyClick(limit("limitHigh"), Qt::Key_Return);
    QTRY_COMPARE(pane()->layer().style.limits->high, 60.55);
    QVERIFY(std::abs(pane()->layer().style.limits->low - exact.low) < 1e-3);
    QCOMPARE(limit("limitHigh")->text(), QStringLiteral("60.55"));
}

void TestLookControls::aQuantityTwiceOnOneGridCanBothBeShown() {
    writeTwoComposites(m_scratch / "twice.h5");
    QVERIFY2(open(m_scratch / "twice.h5"), qPrintable(m_window->problems()->sentences().join(u' ')));
    QTRY_COMPARE(firstValue(), 18.0f);
    QTreeView* tree = m_window->look()->tree()->view();
    const QModelIndex second = row(QStringLiteral("dataset2/DBZH"));
    QVERIFY(second.isValid());
    tree->scrollTo(second);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(second).center());
    QTRY_COMPARE(firstValue(), 8.0f);
    QCOMPARE(tree->currentIndex(), second);
    // The read-out has both, each by the name that the tree gives it.
    m_window->look()->link().setCursor(PaneCursor{{-3000, 2000}, true});
    const auto lines = [this] {
        QStringList all;
        for (const ReadoutLine& line : m_window->look()->inspector()->readout()->moments())
            all << line.label + u' ' + line.value;
        return all;
    };
    QTRY_COMPARE(lines(), (QStringList{"DBZH 18.0 dBZ", "dataset2/DBZH 8.0 dBZ"}));
    QCOMPARE(pane()->layer().palette->id, std::string("reflectivity"));
    // Four moments show both.
    m_window->look()->setView("four_moments");
    const auto firstValues = [this] {
        std::set<float> all;
        for (const PaneWidget* each : m_window->look()->panes())
            if (each->isVisible() && each->field())
                all.insert(each->field()->values()[0]);
        return all;
    };
    QTRY_COMPARE(firstValues(), (std::set<float>{8, 18}));
    // And what is kept of it opens again.
    const ViewState kept = viewFromJson(viewToJson(m_window->look()->viewState()), "view.json");
    m_window->look()->setView("one_moment");
    m_window->session().setChoice(m_window->look()->tree()->model()->choiceOf({}));
    m_window->look()->restore(kept);
    QTRY_COMPARE(firstValue(), 8.0f);
}

void TestLookControls::aViewFromBeforeNamesTheFirst() {
    writeTwoComposites(m_scratch / "twice.h5");
    QVERIFY(open(m_scratch / "twice.h5"));
    ViewState state = m_window->look()->viewState();
    state.panes = {PaneState{"dataset2/DBZH", {}}};
    m_window->look()->restore(state);
    QTRY_COMPARE(firstValue(), 8.0f);
    state.panes = {PaneState{"DBZH", {}}};
    m_window->look()->restore(state);
    QTRY_COMPARE(firstValue(), 18.0f);
}

void TestLookControls::keysStepSweepsInThreeDimensions() {
    QVERIFY(open(m_scratch / "scene"));
    QTRY_VERIFY(pane()->hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F4);
    QTRY_COMPARE(m_window->look()->viewState().view, std::string("volume"));
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(m_window->look()->volumePane()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
    QCOMPARE(m_window->look()->viewState().view, std::string("volume"));
    QCOMPARE(m_window->session().choice().layer, std::size_t(1));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F2);
    QVERIFY(pane()->hasFocus());
    // Who types keeps the focus.
    QTRY_VERIFY(m_window->isComplete() && limit("limitLow")->isEnabled());
    limit("limitLow")->setFocus();
    QVERIFY(limit("limitLow")->hasFocus());
    m_window->look()->setView("volume");
    QVERIFY(limit("limitLow")->hasFocus());
}

void TestLookControls::threeDimensionsSayWhereValuesAre() {
    QVERIFY(open(m_scratch / "scene"));
    const ReadoutPanel* panel = m_window->look()->inspector()->readout();
    QVERIFY(panel->emptyText().contains(QStringLiteral("Point at the field: its values stand here")));
    m_window->look()->link().setCursor(PaneCursor{{10000, 10000}, true});
    QTRY_VERIFY(!panel->place().empty());
    m_window->look()->setView("volume");
    QVERIFY(panel->place().empty() && panel->moments().empty()); // nothing of the former picture
    QVERIFY(panel->emptyText().contains(QStringLiteral("3-D")));
    QVERIFY(!panel->emptyText().contains(QStringLiteral("its values stand here")));
    m_window->look()->setView("one_moment");
    QTRY_VERIFY(!panel->place().empty());
}

void TestLookControls::pagesBeginWithTheFocus_data() {
    QTest::addColumn<QString>("id");
    for (const char* id : {"look", "train", "judge"})
        QTest::newRow(id) << id;
}

void TestLookControls::pagesBeginWithTheFocus() {
    QFETCH(QString, id);
    MainWindow window(PaletteBook::load(), ThemeKind::Dark);
    window.showPage(id);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QWidget* focus = QApplication::focusWidget();
    QVERIFY(focus);
    QVERIFY2(window.page(id) == focus || window.page(id)->isAncestorOf(focus),
             focus->metaObject()->className());
    QTest::keyClicks(focus, QStringLiteral("um"));
    QVERIFY(window.finder()->text().isEmpty());
}

void TestLookControls::theStartPageBeginsWithItsButton() {
    const QPushButton* button = m_window->look()->startPage()->sceneButton();
    QTRY_VERIFY(button->hasFocus());
    // It comes back where all is closed.
    QVERIFY(open(m_scratch / "scene"));
    QTRY_VERIFY(pane()->hasFocus());
    m_window->session().close(m_window->session().data()->id);
    QTRY_VERIFY(button->hasFocus());
}

void TestLookControls::noPageMakesTheWindowWider() {
    QVERIFY(open(m_scratch / "scene"));
    // As narrow as the widest page allows, so that nothing is left over.
    const auto leastWidth = [this](const char* page) {
        m_window->showPage(QString::fromLatin1(page));
        QApplication::processEvents();
        return m_window->minimumSizeHint().width();
    };
    const int least = std::max({leastWidth("look"), leastWidth("train"), leastWidth("judge")});
    m_window->resize(least, 800);
    QApplication::processEvents();
    QCOMPARE(m_window->width(), least);
    for (const char* page : {"look", "judge", "look", "train", "look", "judge", "train"}) {
        m_window->showPage(QString::fromLatin1(page));
        QApplication::processEvents();
        QCOMPARE(m_window->width(), least);
    }
}

void TestLookControls::aFirstLookIsAtSomethingMeasured_data() {
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("shown");
    QTest::newRow("ASCAT") << QStringList{"wvc_index", "model_speed", "wind_speed"} << "model_speed";
    QTest::newRow("GPM") << QStringList{"flagBB", "heightBB"} << "heightBB";
    QTest::newRow("places and times") << QStringList{"scanTime", "lat_bnds", "tb"} << "tb";
    QTest::newRow("no part of a word")
        << QStringList{"quality_index", "relative_humidity"} << "relative_humidity";
    QTest::newRow("nor its beginning") << QStringList{"flag", "longwave", "timing"} << "longwave";
    QTest::newRow("nothing else") << QStringList{"quality", "flag"} << "quality";
    QTest::newRow("flags come last") << QStringList{"DQF*", "quality"} << "quality";
    QTest::newRow("flags alone") << QStringList{"DQF*"} << "DQF";
}

void TestLookControls::aFirstLookIsAtSomethingMeasured() {
    QFETCH(QStringList, names);
    QFETCH(QString, shown);
    const auto path = m_scratch / (std::string("first") + std::to_string(qHash(names.join(u' '))) + ".nc");
    {
        TinyNetcdf file(path);
        addPlainGrid(file);
        for (const QString& each : names) {
            const std::string name = QString(each).remove(u'*').toStdString();
            if (each.endsWith(u'*')) {
                file.variable(name, NC_BYTE, {"lat", "lon"}, {0, 1, 0, 1, 0, 1});
                file.att(name, "flag_values", NC_BYTE, {0, 1});
                file.att(name, "flag_meanings", "good bad");
            } else {
                file.variable(name, NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6.5});
            }
        }
    }
    QVERIFY2(open(path), qPrintable(m_window->problems()->sentences().join(u' ')));
    QCOMPARE(QString::fromStdString(m_window->look()->viewState().panes[0].quantity), shown);
}

void TestLookControls::longUnitsLeaveRoomForNames() {
    {
        TinyNetcdf file(m_scratch / "units.nc");
        addPlainGrid(file);
        file.att("", "title", "Lightning");
        for (const char* name : {"flash_extent_density", "flash_centroid_density"}) {
            file.variable(name, NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6.5});
            file.att(name, "units", "Count per nominal 3136 microradian2 pixel per 1.0 min");
        }
    }
    QVERIFY(open(m_scratch / "units.nc"));
    QTreeView* tree = m_window->look()->tree()->view();
    QVERIFY(row(QStringLiteral("flash_extent_density")).isValid());
    tree->expandAll();
    QApplication::processEvents();
    const int all = tree->viewport()->width();
    for (const int width : {all, all + 200, all - 40}) {
        tree->resize(width, tree->height());
        QApplication::processEvents();
        QVERIFY2(
            tree->columnWidth(1) <= tree->viewport()->width() / 3 + 1,
            qPrintable(QStringLiteral("%1 of %2").arg(tree->columnWidth(1)).arg(tree->viewport()->width())));
        QVERIFY(tree->columnWidth(1) > 24);
        QCOMPARE(tree->columnWidth(0) + tree->columnWidth(1), tree->viewport()->width());
    }
}

void TestLookControls::gridsHaveANameInTheTree() {
    {
        TinyNetcdf file(m_scratch / "plain.nc");
        addPlainGrid(file);
        file.variable("t", NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
    }
    QVERIFY(open(m_scratch / "plain.nc"));
    DataTreeModel model(m_window->session());
    const QModelIndex layer = model.indexOf(m_window->session().choice());
    QCOMPARE(DataTreeModel::levelOf(layer), 2);
    QCOMPARE(layer.data().toString(), QStringLiteral("grid"));
}

QTEST_MAIN(TestLookControls)
#include "tst_look_controls.moc"
