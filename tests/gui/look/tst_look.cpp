#include "core/base/file.h"
#include "core/map/projection.h"
#include "gui/pages/look/data_tree.h"
#include "gui/pages/look/data_tree_model.h"
#include "gui/pages/look/inspector.h"
#include "gui/pages/look/look_page.h"
#include "gui/pages/look/readout_panel.h"
#include "gui/pages/look/time_bar.h"
#include "gui/pages/main_window.h"
#include "gui/pages/problem_strip.h"
#include "gui/pages/start/start_page.h"
#include "gui/pages/status_strip.h"
#include "gui/pages/theme/flat_style.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/gui/look/made_files.h"
#include "tests/gui/workspace/busy_workers.h"
#include "tests/support/test_support.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QTest>
#include <QToolButton>
#include <QTreeView>
#include <QWheelEvent>

#include <cmath>
#include <memory>
#include <numbers>
#include <set>

using namespace embellie;
using namespace embellie::test;

class TestLook : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void startPageOffersTheScene();
    void aCancelledOpeningLeavesTheStartPageWithItsPictures();
    void openingAFolderShowsItsFirstSweep();
    void keysStepSweepsTimesAndMoments();
    void keysCountByPositionOnAFrenchKeyboard();
    void periodBlinksWithTheFieldBefore();
    void wheelKeepsThePlaceUnderTheCursor();
    void doubleClickShowsAllAgain();
    void dragMovesTheFieldWithTheHand();
    void readoutIsTheFieldsValueAtThatGate();
    void clickKeepsThePlace();
    void fourPanesShareCameraAndCursor();
    void dropOpens();
    void badFileIsToldAndTheWindowLives();
    void undoRestoresChoiceAndColours();
    void wrongLimitsAreToldUnderTheField();
    void limitsOfTinyNumbersAreShownWhole();
    void treeIsPrintedAsLines();
    void gapsInTimeAreSeen();
    void volumeIsDrawnInThreeDimensions();
    void frenchReadoutHasADecimalComma();
    void gridIsShownOnItsOwnProjection();

private:
    bool open(const std::filesystem::path& path);
    PaneWidget* pane(int index = 0) const { return m_window->look()->panes()[std::size_t(index)]; }
    QString readout(const QString& label) const;
    void wheel(QPoint at, int delta) const;
    static void move(QWidget* widget, QPoint to, Qt::MouseButtons buttons = Qt::NoButton);

    ScratchFolder m_scratch;
    std::filesystem::path m_scene;
    std::unique_ptr<MainWindow> m_window;
};

void TestLook::initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("embellie-test"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                       QString::fromStdString(m_scratch.path().string()));
    QLocale::setDefault(QLocale::c());
    QApplication::setStyle(new FlatStyle);
    m_scene = m_scratch / "scene";
    writeScene(m_scene);
}

void TestLook::init() {
    QSettings().clear();
    m_window = std::make_unique<MainWindow>(PaletteBook::load(), ThemeKind::Dark);
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestLook::cleanup() {
    m_window.reset();
    QLocale::setDefault(QLocale::c());
}

bool TestLook::open(const std::filesystem::path& path) {
    m_window->openPaths({path});
    return QTest::qWaitFor([this] { return m_window->isComplete() && m_window->session().layer(); }, 30000);
}

QString TestLook::readout(const QString& label) const {
    const ReadoutPanel* panel = m_window->look()->inspector()->readout();
    for (const auto* lines : {&panel->moments(), &panel->place()})
        for (const ReadoutLine& line : *lines)
            if (line.label == label)
                return line.value;
    return {};
}

void TestLook::wheel(QPoint at, int delta) const {
    QWheelEvent event(at, pane()->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(pane(), &event);
}

void TestLook::move(QWidget* widget, QPoint to, Qt::MouseButtons buttons) {
    QMouseEvent event(QEvent::MouseMove, to, widget->mapToGlobal(QPointF(to)), Qt::NoButton, buttons,
                      Qt::NoModifier);
    QApplication::sendEvent(widget, &event);
}

void TestLook::startPageOffersTheScene() {
    QVERIFY(m_window->look()->startPage()->isVisible());
    QVERIFY(m_window->look()->startPage()->sceneButton()->isEnabled());
    QVERIFY(m_window->look()->timeBar()->isHidden());
}

void TestLook::aCancelledOpeningLeavesTheStartPageWithItsPictures() {
    MainWindow window(PaletteBook::load(), ThemeKind::Dark);
    const auto cancel = [&window] {
        QTest::mouseClick(window.status()->findChild<QToolButton*>(QStringLiteral("status.cancel")),
                          Qt::LeftButton);
    };
    {
        const BusyWorkers busy(window.session().work());
        window.session().open({m_scene});
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        cancel();
    }
    QTRY_VERIFY_WITH_TIMEOUT(window.isComplete(), 30000);
    for (const char* picture : {"start.raw", "start.rain"})
        QVERIFY(!window.findChild<QLabel*>(QLatin1String(picture))->pixmap().isNull());
    {
        const BusyWorkers busy(window.session().work());
        window.openScene();
        QVERIFY(!window.isComplete());
        cancel();
    }
    QTRY_VERIFY(window.isComplete());
    QVERIFY(!window.session().layer());
}

void TestLook::openingAFolderShowsItsFirstSweep() {
    QVERIFY(open(m_scene));
    QVERIFY(pane()->field());
    QCOMPARE(pane()->field()->quantity().id, std::string("TH"));
    QCOMPARE(pane()->field()->sweep()->fixedAngle, 0.5);
    QCOMPARE(pane()->field()->size(), std::size_t(90 * 80));
    // Two volumes of two sweeps, each at its own time.
    QVERIFY(m_window->look()->timeBar()->showsSweeps());
    QCOMPARE(m_window->look()->timeBar()->marks().size(), std::size_t(4));
    QVERIFY(!pane()->image().isNull());
    QVERIFY(m_window->windowTitle().contains(QStringLiteral("2024-06-15 14:00")));
    QVERIFY(QApplication::focusWidget() == pane());
}

void TestLook::keysStepSweepsTimesAndMoments() {
    QVERIFY(open(m_scene));
    Session& session = m_window->session();
    QTest::keyClick(pane(), Qt::Key_Up);
    QCOMPARE(session.choice().layer, std::size_t(1));
    QTest::keyClick(pane(), Qt::Key_Up); // there is none above
    QCOMPARE(session.choice().layer, std::size_t(1));
    QTest::keyClick(pane(), Qt::Key_Right);
    QCOMPARE(session.choice().volume, std::size_t(1));
    QCOMPARE(session.choice().layer, std::size_t(1)); // the angle stays
    QTest::keyClick(pane(), Qt::Key_Down);
    QCOMPARE(session.choice().layer, std::size_t(0));
    QTest::keyClick(pane(), Qt::Key_Left);
    QCOMPARE(session.choice().volume, std::size_t(0));
    QTest::keyClick(pane(), Qt::Key_2);
    QCOMPARE(session.choice().moment, session.layer()->moments[1].quantity.id);
    QTest::keyClick(pane(), Qt::Key_C);
    QCOMPARE(session.choice().moment, std::string("CLASS"));
    QTRY_VERIFY(m_window->isComplete());
    QTRY_COMPARE(pane()->field()->quantity().id, std::string("CLASS"));
}

void TestLook::keysCountByPositionOnAFrenchKeyboard() {
    QVERIFY(open(m_scene));
    const auto& moments = m_window->session().layer()->moments;
    // Without Shift a French keyboard sends é from the key of the 2, and : from that of the full stop.
    QKeyEvent second(QEvent::KeyPress, Qt::Key_Eacute, Qt::NoModifier, 11, 0, 0, QStringLiteral("é"));
    QApplication::sendEvent(pane(), &second);
    QCOMPARE(m_window->session().choice().moment, moments[1].quantity.id);
    QTRY_VERIFY(m_window->isComplete());
    QKeyEvent period(QEvent::KeyPress, Qt::Key_Colon, Qt::NoModifier, 60, 0, 0, QStringLiteral(":"));
    QApplication::sendEvent(pane(), &period);
    QCOMPARE(m_window->session().choice().moment, std::string("TH"));
}

void TestLook::periodBlinksWithTheFieldBefore() {
    QVERIFY(open(m_scene));
    QTest::keyClick(pane(), Qt::Key_Up);
    QTRY_VERIFY(m_window->isComplete());
    QTRY_COMPARE(pane()->field()->sweep()->fixedAngle, 2.4);
    QTest::keyClick(pane(), Qt::Key_Period);
    QTRY_VERIFY(m_window->isComplete());
    QTRY_COMPARE(pane()->field()->sweep()->fixedAngle, 0.5);
    QTest::keyClick(pane(), Qt::Key_Period);
    QTRY_COMPARE(pane()->field()->sweep()->fixedAngle, 2.4);
}

void TestLook::wheelKeepsThePlaceUnderTheCursor() {
    QVERIFY(open(m_scene));
    const QPoint at = pane()->pictureRect().topLeft() + QPoint(300, 120);
    const QPointF before = pane()->placeAt(at);
    const double scale = m_window->look()->link().camera().perPixelX;
    for (int i = 0; i < 3; ++i)
        wheel(at, 120);
    QTRY_VERIFY(m_window->isComplete());
    const double nearer = m_window->look()->link().camera().perPixelX;
    QVERIFY(std::abs(nearer / scale - std::pow(2.0, -1.5)) < 1e-9);
    const QPointF after = pane()->placeAt(at);
    QVERIFY2(QLineF(before, after).length() < 0.01 * nearer, "the place under the cursor moved");
    QVERIFY(QLineF(pane()->widgetPosition(before), at).length() < 0.01);
}

void TestLook::doubleClickShowsAllAgain() {
    QVERIFY(open(m_scene));
    const Camera2D all = m_window->look()->link().camera();
    const QPoint at = pane()->pictureRect().center() + QPoint(50, 30);
    wheel(at, 480);
    QTRY_VERIFY(m_window->isComplete());
    QVERIFY(!(m_window->look()->link().camera() == all));
    QTest::mouseDClick(pane(), Qt::LeftButton, {}, at);
    QVERIFY(m_window->look()->link().camera() == all);
}

void TestLook::dragMovesTheFieldWithTheHand() {
    QVERIFY(open(m_scene));
    const QPoint from = pane()->pictureRect().center();
    const QPointF grabbed = pane()->placeAt(from);
    const QPoint to = from + QPoint(60, -25);
    QTest::mousePress(pane(), Qt::LeftButton, {}, from);
    for (int i = 1; i <= 5; ++i)
        move(pane(), from + (to - from) * i / 5, Qt::LeftButton);
    QTest::mouseRelease(pane(), Qt::LeftButton, {}, to);
    QTRY_VERIFY(m_window->isComplete());
    QTRY_VERIFY(QLineF(pane()->widgetPosition(grabbed), to).length() < 0.5);
}

void TestLook::readoutIsTheFieldsValueAtThatGate() {
    QVERIFY(open(m_scene));
    const FieldPtr field = pane()->field();
    const Sweep& sweep = *field->sweep();
    int checked = 0, values = 0;
    for (std::size_t cell = 13; cell < field->size() && checked < 40; cell += 171) {
        const std::size_t ray = cell / sweep.gates, gate = cell % sweep.gates;
        if (gate < 8)
            continue; // a gate near the radar is narrower than a pixel
        // The middle of the gate by the beam's own formula, and 4 degrees a ray from north.
        const double azimuth = (double(ray) * 4 + 2) * std::numbers::pi / 180;
        const double ground = beamPoint(sweep.firstGateMeters + sweep.gateMeters * double(gate),
                                        sweep.rays[ray].elevation, sweep.site.heightMeters)
                                  .groundMeters;
        const QPoint at =
            pane()->widgetPosition({ground * std::sin(azimuth), ground * std::cos(azimuth)}).toPoint();
        move(pane(), at);
        const QString expected = field->states()[cell] == State::Valid
                                     ? QString::number(double(field->values()[cell]), 'f', 1)
                                               .replace(QLatin1Char('-'), QChar(0x2212)) +
                                           QStringLiteral(" dBZ")
                                 : field->states()[cell] == State::NoEcho ? QStringLiteral("no echo")
                                                                          : QStringLiteral("not measured");
        QTRY_VERIFY2(readout(QStringLiteral("Azimuth")).endsWith(QStringLiteral(", ray %1").arg(ray)),
                     qPrintable(readout(QStringLiteral("Azimuth"))));
        QVERIFY2(readout(QStringLiteral("Range")).endsWith(QStringLiteral(", gate %1").arg(gate)),
                 qPrintable(readout(QStringLiteral("Range"))));
        QCOMPARE(readout(QStringLiteral("TH")), expected);
        ++checked;
        values += field->states()[cell] == State::Valid;
    }
    QVERIFY(checked >= 30 && values >= 5);
    QVERIFY(readout(QStringLiteral("Place")).contains(QStringLiteral("° N ")));
    QVERIFY(!readout(QStringLiteral("DBZH")).isEmpty() && !readout(QStringLiteral("CLASS")).isEmpty());
}

void TestLook::clickKeepsThePlace() {
    QVERIFY(open(m_scene));
    const QPoint at = pane()->pictureRect().center() + QPoint(40, 40);
    QTest::mouseClick(pane(), Qt::LeftButton, {}, at);
    const QString range = readout(QStringLiteral("Range"));
    QVERIFY(!range.isEmpty());
    move(pane(), at + QPoint(80, 0));
    QCOMPARE(readout(QStringLiteral("Range")), range);
    QTest::keyClick(pane(), Qt::Key_Escape);
    move(pane(), at + QPoint(81, 0));
    QVERIFY(readout(QStringLiteral("Range")) != range);
}

void TestLook::fourPanesShareCameraAndCursor() {
    m_window->look()->setView("four_moments"); // as the settings may say, before anything is open
    QVERIFY(open(m_scene));
    std::set<std::string> shown;
    for (int i = 0; i < 3; ++i) {
        QVERIFY(pane(i)->isVisible() && pane(i)->field());
        shown.insert(pane(i)->field()->quantity().id);
    }
    QCOMPARE(shown, (std::set<std::string>{"TH", "DBZH", "CLASS"}));
    QVERIFY(!pane(3)->field()); // the scene has three moments
    const QPoint at = pane()->pictureRect().topLeft() + QPoint(100, 90);
    wheel(at, 240);
    QTRY_VERIFY(m_window->isComplete());
    QTRY_VERIFY(std::get<Scene2D>(*pane(0)->frame()->scene).camera ==
                std::get<Scene2D>(*pane(1)->frame()->scene).camera);
    move(pane(1), pane(1)->pictureRect().center());
    QVERIFY(m_window->look()->link().cursor());
    QTest::mouseClick(pane(2), Qt::LeftButton, {}, pane(2)->pictureRect().center());
    QVERIFY(pane(2)->isActive() && !pane(0)->isActive());
    QCOMPARE(m_window->session().choice().moment, pane(2)->field()->quantity().id);
}

void TestLook::dropOpens() {
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(QString::fromStdString((m_scene / "scene1.h5").string()))});
    QDragEnterEvent enter({200, 200}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({200, 200}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &drop);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().layer() && m_window->isComplete(), 20000);
    QCOMPARE(m_window->session().group()->volumes.size(), std::size_t(1));
}

void TestLook::badFileIsToldAndTheWindowLives() {
    const std::filesystem::path bad = m_scratch / "not_radar.h5";
    writeFileAtomically(bad, "this is a letter, not a volume");
    m_window->openPaths({bad});
    QTRY_VERIFY_WITH_TIMEOUT(m_window->problems()->sentences().size() == 1, 20000);
    QVERIFY2(m_window->problems()->sentences().front().contains(QStringLiteral("not_radar.h5")),
             qPrintable(m_window->problems()->sentences().front()));
    QVERIFY(m_window->problems()->isVisible());
    QVERIFY(m_window->look()->startPage()->isVisible());
    QVERIFY(open(m_scene));
    m_window->problems()->dismiss();
    QVERIFY(m_window->problems()->isHidden());
}

void TestLook::undoRestoresChoiceAndColours() {
    QVERIFY(open(m_scene));
    QTest::keyClick(pane(), Qt::Key_Up);
    QTRY_VERIFY(m_window->isComplete());
    auto* low = m_window->look()->inspector()->findChild<QLineEdit*>(QStringLiteral("limitLow"));
    QVERIFY(!pane()->layer().style.limits); // the palette's own
    QCOMPARE(low->text(), QChar(0x2212) + QStringLiteral("32"));
    low->setFocus();
    low->selectAll();
    QTest::keyClicks(low, QStringLiteral("-5"));
    QTest::keyClick(low, Qt::Key_Return);
    QTRY_VERIFY(pane()->layer().style.limits.has_value());
    QVERIFY(*pane()->layer().style.limits == (Limits{-5, 70}));
    m_window->look()->undo();
    QTRY_VERIFY(!pane()->layer().style.limits);
    QCOMPARE(m_window->session().choice().layer, std::size_t(1));
    m_window->look()->undo();
    QCOMPARE(m_window->session().choice().layer, std::size_t(0));
    m_window->look()->redo();
    QCOMPARE(m_window->session().choice().layer, std::size_t(1));
    m_window->look()->redo();
    QTRY_VERIFY(pane()->layer().style.limits.has_value());
}

void TestLook::wrongLimitsAreToldUnderTheField() {
    QVERIFY(open(m_scene));
    auto* low = m_window->look()->inspector()->findChild<QLineEdit*>(QStringLiteral("limitLow"));
    low->setFocus();
    low->selectAll();
    QTest::keyClicks(low, QStringLiteral("warm"));
    QTest::keyClick(low, Qt::Key_Return);
    bool told = false;
    for (const QLabel* label : m_window->look()->inspector()->findChildren<QLabel*>())
        told =
            told || (label->isVisible() && label->text().contains(QStringLiteral("“warm” is not a number")));
    QVERIFY(told);
    QVERIFY(!pane()->layer().style.limits);
}

// As a column of nitrogen dioxide in mol m-2.
void TestLook::limitsOfTinyNumbersAreShownWhole() {
    const ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        addPlainGrid(file);
        file.variable("no2", NC_DOUBLE, {"lat", "lon"}, {39e-5, 40e-5, 41e-5, 45e-5, 50e-5, 51e-5});
        file.att("no2", "units", "mol m-2");
    }
    QVERIFY2(open(folder / "a.nc"), qPrintable(m_window->problems()->sentences().join(u' ')));
    const auto text = [&](const char* name) {
        return m_window->look()->inspector()->findChild<QLineEdit*>(QString::fromLatin1(name))->text();
    };
    QTRY_COMPARE(text("limitLow"), QStringLiteral("0.00039"));
    QCOMPARE(text("limitHigh"), QStringLiteral("0.00051"));
}

void TestLook::treeIsPrintedAsLines() {
    DataTreeModel model(m_window->session());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QVERIFY(open(m_scene));
    QStringList lines;
    const std::function<void(const QModelIndex&, int)> print = [&](const QModelIndex& parent, int depth) {
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            QString detail = model.index(row, 1, parent).data().toString();
            if (depth == 2)
                detail = detail.left(5); // seconds of a sweep depend on the scene's turning
            lines << QString(depth * 2, QLatin1Char(' ')) + index.data().toString() + QStringLiteral(" | ") +
                         detail;
            QCOMPARE(model.parent(index), parent);
            print(index, depth + 1);
        }
    };
    print({}, 0);
    QCOMPARE(lines.size(), 1 + 2 * (1 + 2 * (1 + 3)));
    QVERIFY2(lines[0].endsWith(QStringLiteral(" | 2 times")), qPrintable(lines[0]));
    QCOMPARE(lines[1], QStringLiteral("  2024-06-15 14:00 | UTC"));
    QVERIFY2(lines[2].startsWith(QStringLiteral("    0.5° | 14:0")), qPrintable(lines[2]));
    QStringList moments = lines.mid(3, 3);
    moments.sort();
    QVERIFY2(moments[0].startsWith(QStringLiteral("      CLASS | ")) &&
                 moments[0].endsWith(QStringLiteral(" classes")),
             qPrintable(moments[0]));
    QCOMPARE(moments[1], QStringLiteral("      DBZH | dBZ"));
    QCOMPARE(moments[2], QStringLiteral("      TH | dBZ"));
    QCOMPARE(lines[10], QStringLiteral("  2024-06-15 14:05 | UTC"));
    // The filter keeps what lies above and below a hit.
    m_window->look()->tree()->filter()->setText(QStringLiteral("14:05"));
    const QAbstractItemModel* shown = m_window->look()->tree()->view()->model();
    QCOMPARE(shown->rowCount(shown->index(0, 0)), 1);
}

void TestLook::gapsInTimeAreSeen() {
    std::vector<int> minutes;
    for (int i = 0; i < 48; ++i)
        if (i != 20 && i != 21)
            minutes.push_back(i * 5);
    writeTimes(m_scratch / "times", minutes);
    QVERIFY(open(m_scratch / "times"));
    const TimeBar* bar = m_window->look()->timeBar();
    QVERIFY(!bar->showsSweeps());
    QCOMPARE(bar->marks().size(), std::size_t(46));
    QCOMPARE(bar->gaps().size(), std::size_t(1));
    // From half a step after minute 95 to half a step before minute 110.
    const double begin = bar->marks().front().at;
    QVERIFY(std::abs(bar->gaps()[0].from - begin - 97.5 * 60) < 1);
    QVERIFY(std::abs(bar->gaps()[0].to - begin - 107.5 * 60) < 1);
    // A click chooses the time.
    const int x = int(bar->xOf(bar->marks()[40]));
    QTest::mouseClick(m_window->look()->timeBar(), Qt::LeftButton, {}, {x, bar->height() / 2});
    QCOMPARE(m_window->session().choice().volume, std::size_t(40));
}

void TestLook::volumeIsDrawnInThreeDimensions() {
    QVERIFY(open(m_scene));
    m_window->look()->setView("volume");
    VolumePane* volume = m_window->look()->volumePane();
    const bool drawn = QTest::qWaitFor([&] { return m_window->isComplete() && volume->frame(); }, 60000);
    QVERIFY(drawn);
    if (volume->frame()->problem)
        QSKIP(volume->frame()->problem->what());
    const double before = volume->camera().azimuth;
    const QPoint at = volume->pictureRect().center();
    QTest::mousePress(volume, Qt::LeftButton, {}, at);
    move(volume, at + QPoint(50, 0), Qt::LeftButton);
    QTest::mouseRelease(volume, Qt::LeftButton, {}, at + QPoint(50, 0));
    QVERIFY(volume->camera().azimuth != before);
}

void TestLook::frenchReadoutHasADecimalComma() {
    QLocale::setDefault(QLocale(QLocale::French, QLocale::France));
    QVERIFY(open(m_scene));
    move(pane(), pane()->pictureRect().center() + QPoint(60, 60));
    QTRY_VERIFY(!readout(QStringLiteral("Range")).isEmpty());
    QVERIFY2(QRegularExpression(QStringLiteral("^\\d+,\\d\\d km"))
                 .match(readout(QStringLiteral("Range")))
                 .hasMatch(),
             qPrintable(readout(QStringLiteral("Range"))));
    QVERIFY2(readout(QStringLiteral("Place")).contains(QLatin1Char(',')),
             qPrintable(readout(QStringLiteral("Place"))));
    auto* low = m_window->look()->inspector()->findChild<QLineEdit*>(QStringLiteral("limitLow"));
    low->setFocus();
    low->selectAll();
    QTest::keyClicks(low, QStringLiteral("-2,5"));
    QTest::keyClick(low, Qt::Key_Return);
    QTRY_VERIFY(pane()->layer().style.limits.has_value());
    QCOMPARE(pane()->layer().style.limits->low, -2.5);
}

void TestLook::gridIsShownOnItsOwnProjection() {
    EMBELLIE_NEEDS_DATA();
    QVERIFY(open(*dataFolder() / "odim/grids/T_PAAH21_C_EUOC_20160815114500.hdf"));
    const Plane& plane = m_window->look()->link().plane();
    QVERIFY(!plane.crs.empty());
    const QPoint at = pane()->pictureRect().center();
    wheel(at, 1200); // a cell spans several pixels then
    QTRY_VERIFY(m_window->isComplete());
    QTest::qWait(400);
    move(pane(), at);
    QTRY_VERIFY(!readout(QStringLiteral("Place")).isEmpty());
    // The place told is that of the cell: within its 2 km of the place under the cursor.
    const QPointF point = pane()->placeAt(at);
    const GeoPoint place = Projection(plane.crs).inverse({point.x(), point.y()});
    const QRegularExpressionMatch match = QRegularExpression(QStringLiteral("^([\\d.]+)° N ([\\d.]+)° E$"))
                                              .match(readout(QStringLiteral("Place")));
    QVERIFY2(match.hasMatch(), qPrintable(readout(QStringLiteral("Place"))));
    const double meters =
        geodesicInverse(place, {match.captured(1).toDouble(), match.captured(2).toDouble()}).meters;
    QVERIFY2(meters < 1600, qPrintable(QString::number(meters)));
}

QTEST_MAIN(TestLook)
#include "tst_look.moc"
