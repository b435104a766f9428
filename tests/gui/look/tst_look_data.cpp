// What the Look page shows of data that come, go, or can't be read.
#include "core/base/file.h"
#include "gui/pages/look/inspector.h"
#include "gui/pages/look/layer_reader.h"
#include "gui/pages/look/look_page.h"
#include "gui/pages/main_window.h"
#include "gui/pages/problem_strip.h"
#include "gui/pages/start/recent_files.h"
#include "gui/pages/theme/flat_style.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/gui/look/made_files.h"
#include "tests/support/test_support.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSettings>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace embellie;
using namespace embellie::test;

class TestLookData : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_window.reset(); }
    void whatCantBeReadLeavesNoPictureOfAnotherTime();
    void timesStepAtTheSameCut();
    void whatIsLeftAfterClosingShowsItsOwnMoment();
    void theRightSideStaysFolded();
    void hiddenMomentsStayWithinTheirBudget_data();
    void hiddenMomentsStayWithinTheirBudget();
    void theLastOfManyFilesAreRemembered();

private:
    bool open(const std::filesystem::path& path);
    PaneWidget* pane() const { return m_window->look()->panes()[0]; }

    ScratchFolder m_settings;
    std::unique_ptr<MainWindow> m_window;
};

void TestLookData::initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("embellie-test"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                       QString::fromStdString(m_settings.path().string()));
    QLocale::setDefault(QLocale::c());
    QApplication::setStyle(new FlatStyle);
}

void TestLookData::init() {
    QSettings().clear();
    m_window = std::make_unique<MainWindow>(PaletteBook::load(), ThemeKind::Light);
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

bool TestLookData::open(const std::filesystem::path& path) {
    const std::size_t before = m_window->session().opened().size();
    m_window->openPaths({path});
    return QTest::qWaitFor(
        [&] { return m_window->session().opened().size() > before && m_window->isComplete(); }, 30000);
}

void TestLookData::whatCantBeReadLeavesNoPictureOfAnotherTime() {
    const ScratchFolder folder;
    writeTimes(folder.path(), {0, 5});
    QVERIFY(open(folder.path()));
    QVERIFY(pane()->field());
    writeFileAtomically(folder / "t5.h5", "spoilt meanwhile");
    QTest::keyClick(pane(), Qt::Key_Right);
    QCOMPARE(m_window->session().choice().volume, std::size_t(1));
    QTRY_VERIFY(m_window->isComplete());
    QVERIFY(!pane()->field());
    QVERIFY(pane()->image().isNull());
    QCOMPARE(m_window->problems()->sentences().size(), 1);
    QTest::keyClick(pane(), Qt::Key_Left);
    QTRY_VERIFY(m_window->isComplete() && pane()->field());
}

void TestLookData::timesStepAtTheSameCut() {
    const ScratchFolder folder;
    writeSplitCuts(folder.path(), {0, 5, 10});
    QVERIFY(open(folder.path()));
    const Session& session = m_window->session();
    QTest::keyClick(pane(), Qt::Key_Up);
    QTest::keyClick(pane(), Qt::Key_V);
    QCOMPARE(session.choice().layer, std::size_t(1));
    QCOMPARE(session.choice().moment, std::string("VRADH"));
    for (int time = 1; time < 3; ++time) {
        QTest::keyClick(pane(), Qt::Key_Right);
        QCOMPARE(session.choice().volume, std::size_t(time));
        QCOMPARE(session.choice().layer, std::size_t(1));
        QTRY_VERIFY(m_window->isComplete() && pane()->field());
        QCOMPARE(pane()->field()->quantity().id, std::string("VRADH"));
    }
    m_window->look()->undo();
    QCOMPARE(session.choice().volume, std::size_t(1));
    QCOMPARE(session.choice().layer, std::size_t(1));
}

void TestLookData::whatIsLeftAfterClosingShowsItsOwnMoment() {
    const ScratchFolder folder;
    writeTimes(folder.path(), {0});
    {
        TinyNetcdf file(folder / "a.nc");
        addPlainGrid(file);
        file.variable("no2", NC_DOUBLE, {"lat", "lon"}, {39, 40, 41, 45, 50, 51});
    }
    QVERIFY(open(folder / "t0.h5"));
    QVERIFY(open(folder / "a.nc"));
    Session& session = m_window->session();
    Choice radar;
    radar.data = 0;
    session.setChoice(radar);
    QTRY_VERIFY(m_window->isComplete() && pane()->field());
    QCOMPARE(pane()->field()->quantity().id, std::string("DBZH"));
    session.close(session.data()->id);
    QCOMPARE(session.choice().moment, std::string("no2"));
    QTRY_VERIFY(m_window->isComplete() && pane()->field());
    QCOMPARE(pane()->field()->quantity().id, std::string("no2"));
    // Not by the page's doing alone.
    Session other;
    other.open({folder / "t0.h5"});
    QTRY_VERIFY(other.moment());
    other.open({folder / "a.nc"}, false);
    QTRY_COMPARE(other.opened().size(), std::size_t(2));
    other.close(other.data()->id);
    QVERIFY(other.moment());
}

void TestLookData::theRightSideStaysFolded() {
    const ScratchFolder folder;
    writeTimes(folder.path(), {0, 5});
    QVERIFY(open(folder.path()));
    const Inspector* inspector = m_window->look()->inspector();
    QVERIFY(inspector->isVisible());
    QTest::keyClick(pane(), Qt::Key_I, Qt::ControlModifier);
    QVERIFY(!inspector->isVisible());
    QTest::keyClick(pane(), Qt::Key_Right);
    QTRY_VERIFY(m_window->isComplete());
    QCOMPARE(m_window->session().choice().volume, std::size_t(1));
    QVERIFY(!inspector->isVisible());
    QTest::keyClick(pane(), Qt::Key_I, Qt::ControlModifier);
    QVERIFY(inspector->isVisible());
}

void TestLookData::hiddenMomentsStayWithinTheirBudget_data() {
    QTest::addColumn<int>("kept");
    QTest::newRow("none") << 0;
    QTest::newRow("one") << 1;
    QTest::newRow("all") << 3;
}

void TestLookData::hiddenMomentsStayWithinTheirBudget() {
    QFETCH(const int, kept);
    const std::vector<std::string> moments = {"DBZH", "RHOHV", "TH", "VRADH"};
    const ScratchFolder folder;
    writeVolume(folder / "a.h5", minuteAfterNoon(0), {tinySweep(1, minuteAfterNoon(0), moments)});
    Session session;
    session.open({folder / "a.h5"});
    QTRY_VERIFY(session.layer());
    const std::size_t fieldBytes = bytesOf(*tinySweep(1, minuteAfterNoon(0), moments).front().field);
    LayerReader reader(session, nullptr, fieldBytes * std::size_t(kept));
    for (const std::string shown : {"TH", "VRADH", "DBZH"}) {
        reader.setLayer(session.choice(), {shown});
        QTRY_VERIFY(reader.isComplete() && session.work().isIdle());
        QVERIFY(reader.field(shown));
        QCOMPARE(int(std::count_if(moments.begin(), moments.end(),
                                   [&](const std::string& id) { return reader.field(id) != nullptr; })),
                 kept + 1);
    }
    // What was shown last is worth more than what was read ahead.
    QCOMPARE(reader.field("VRADH") != nullptr, kept > 0);
}

void TestLookData::theLastOfManyFilesAreRemembered() {
    const ScratchFolder folder;
    std::vector<std::filesystem::path> paths;
    for (int i = 0; i < 12; ++i) {
        writeTimes(folder.path(), {i});
        paths.push_back(folder / ("t" + std::to_string(i) + ".h5"));
    }
    const auto names = [] {
        QStringList names;
        for (const RecentEntry& entry : recentFiles())
            names << QFileInfo(entry.path).fileName();
        return names;
    };
    m_window->openPaths(paths);
    QTRY_VERIFY(m_window->isComplete() && m_window->session().layer());
    QCOMPARE(names().join(u' '), QStringLiteral("t11.h5 t10.h5 t9.h5 t8.h5 t7.h5 t6.h5 t5.h5 t4.h5"));
    QVERIFY(open(folder / "t9.h5"));
    QCOMPARE(names().join(u' '), QStringLiteral("t9.h5 t11.h5 t10.h5 t8.h5 t7.h5 t6.h5 t5.h5 t4.h5"));
    // What there is to count is kept, not the words of the language it was opened in.
    QCOMPARE(detailForPeople({{}, {}, QStringLiteral("times"), 12, {}, false}), QStringLiteral("12 times"));
    QCOMPARE(detailForPeople({}), QString());
    // Reading and writing the settings once for each of so many would take minutes.
    std::vector<RecentEntry> many;
    for (int i = 0; i < 20000; ++i)
        many.push_back(
            {QStringLiteral("/data/%1.h5").arg(i), {}, {}, 0, QDateTime::currentDateTime(), false});
    QElapsedTimer timer;
    timer.start();
    addRecentFiles(many);
    QVERIFY(timer.elapsed() < 5000);
    QCOMPARE(names().front(), QStringLiteral("0.h5"));
    QCOMPARE(recentFiles().size(), mostRecentFiles);
}

QTEST_MAIN(TestLookData)
#include "tst_look_data.moc"
