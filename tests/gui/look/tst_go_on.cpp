#include "core/base/file.h"
#include "gui/action/action_list.h"
#include "gui/pages/look/look_page.h"
#include "gui/pages/main_window.h"
#include "gui/pages/problem_strip.h"
#include "gui/pages/start/built_in_scene.h"
#include "gui/pages/start/go_on_card.h"
#include "gui/pages/start/start_page.h"
#include "gui/pages/theme/flat_style.h"
#include "gui/pages/train/train_page.h"
#include "gui/workspace/paths.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/gui/look/made_files.h"
#include "tests/support/test_support.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>
#include <QThread>

#include <atomic>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace embellie;
using namespace embellie::test;

namespace fs = std::filesystem;

namespace {

/// A file on a disk that does not answer: whoever opens a pipe that nobody writes into waits.
class DeadDisk {
public:
    explicit DeadDisk(fs::path file) : m_file(std::move(file)) {
        if (::mkfifo(m_file.c_str(), 0600) != 0)
            qFatal("no pipe can be made");
    }
    ~DeadDisk() {
        answer();
        QThread::msleep(200); // also for a test that failed
        m_ends = true;
        m_thread.join();
    }
    DeadDisk(const DeadDisk&) = delete;
    DeadDisk& operator=(const DeadDisk&) = delete;
    /// From now on the file is there for everybody who waits, and empty.
    void answer() {
        if (m_thread.joinable())
            return;
        m_thread = std::thread([this] {
            while (!m_ends) {
                if (const int pipe = ::open(m_file.c_str(), O_WRONLY | O_NONBLOCK); pipe >= 0)
                    ::close(pipe);
                QThread::msleep(1);
            }
        });
    }

private:
    fs::path m_file;
    std::thread m_thread;
    std::atomic<bool> m_ends = false;
};

} // namespace

/// A window that opens again what another one had open.
class TestGoOn : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_window.reset(); }
    void whatWasOpenedAndShownOpensAgain();
    void nothingIsOfferedWhereNothingWasKept();
    void enterGoesOn();
    void thePageInFrontAndTheRunComeBack();
    void theBuiltInSceneComesBack();
    void whatIsGoneIsToldAndTheRestOpens();
    void whereWhatWasShownIsGoneSomethingElseIsShown();
    void aDeadDiskKeepsNothingElseWaiting();
    void twoWindowsKeepTheirOwn();
    void anEarlierOneMayBeChosen();
    void aNewerWorkspaceSaysSo();
    void whatCantBeReadHidesNothing();
    void aWorkspaceFileOpensLikeAnyOther();
    void aBrokenWorkspaceFileIsTold();
    void theOrderIsThatOfAsking();
    void whoeverLooksElsewhereIsLeftThere();

private:
    std::unique_ptr<MainWindow> window();
    static bool isReady(MainWindow& window, std::size_t opened);
    GoOnCard* card() const { return m_window->look()->startPage()->goOnCard(); }
    static std::vector<fs::path> tree(const MainWindow& window);
    std::vector<fs::path> kept() const;

    ScratchFolder m_scratch;
    fs::path m_radar, m_times, m_grid, m_workspaces;
    std::unique_ptr<MainWindow> m_window;
};

void TestGoOn::initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("embellie-test"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope,
                       QString::fromStdString(m_scratch.path().string()));
    qputenv("XDG_CACHE_HOME", (m_scratch / "cache").c_str());
    qputenv("EMBELLIE_RUNS", (m_scratch / "runs").c_str());
    QLocale::setDefault(QLocale::c());
    QApplication::setStyle(new FlatStyle);
    m_radar = m_scratch / "radar";
    m_times = m_scratch / "times";
    m_grid = m_scratch / "grid.nc";
    writeScene(m_radar);
    writeTimes(m_times, {0, 5, 10});
    TinyNetcdf file(m_grid);
    addPlainGrid(file);
    file.variable("no2", NC_DOUBLE, {"lat", "lon"}, {39, 40, 41, 45, 50, 51});
}

void TestGoOn::init() {
    QSettings().clear();
    m_workspaces = m_scratch / ("workspaces of " + std::string(QTest::currentTestFunction()));
    m_window = window();
}

std::unique_ptr<MainWindow> TestGoOn::window() {
    auto made = std::make_unique<MainWindow>(PaletteBook::load(), ThemeKind::Dark);
    made->resize(1280, 800);
    made->useWorkspaces(m_workspaces);
    made->show();
    if (!QTest::qWaitForWindowActive(made.get()))
        qFatal("the window does not come");
    return made;
}

bool TestGoOn::isReady(MainWindow& window, std::size_t opened) {
    return QTest::qWaitFor(
        [&] {
            return window.session().opened().size() == opened && window.session().layer() &&
                   window.isComplete();
        },
        30000);
}

std::vector<fs::path> TestGoOn::tree(const MainWindow& window) {
    std::vector<fs::path> paths;
    for (const OpenItem& item : window.workspaceState().open)
        paths.insert(paths.end(), item.paths.begin(), item.paths.end());
    return paths;
}

std::vector<fs::path> TestGoOn::kept() const {
    std::vector<fs::path> files;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(m_workspaces, missing))
        if (entry.path().extension() == ".json") // not what is being written aside
            files.push_back(entry.path());
    return files;
}

void TestGoOn::whatWasOpenedAndShownOpensAgain() {
    m_window->openPaths({m_grid});
    m_window->openPaths({m_radar});
    m_window->openPaths({m_times});
    QVERIFY(isReady(*m_window, 3));
    const auto at = [&](const fs::path& path) {
        const std::vector<fs::path> open = tree(*m_window);
        return int(std::find(open.begin(), open.end(), path) - open.begin());
    };
    Choice choice;
    choice.data = at(m_radar);
    choice.volume = 1;
    choice.layer = 1;
    m_window->session().setChoice(choice);
    LookPage* look = m_window->look();
    look->setView("four_moments");
    QVERIFY(isReady(*m_window, 3));
    // Everything that is chosen by hand, by what people save by hand.
    ViewState state = look->viewState();
    state.panes = {{"DBZH", LayerStyle{"reflectivity", Limits{-5, 45}, 1, true}}, {"TH", {}}, {"CLASS", {}}};
    state.active = 1;
    state.camera = Camera2D{12000, -8000, 150, 150};
    state.ringsKilometres = 25;
    state.azimuthLines = false;
    state.cursor = QPointF(10000, -9000);
    look->restore(state);
    QVERIFY(isReady(*m_window, 3));
    const WorkspaceState before = m_window->workspaceState();
    QVERIFY(before.view->camera == state.camera);
    QVERIFY(before.view->cursor == state.cursor);
    std::vector<QImage> pictures;
    for (int pane = 0; pane < 3; ++pane)
        pictures.push_back(look->panes()[std::size_t(pane)]->image());
    m_window.reset();

    m_window = window();
    QTRY_VERIFY(card()->isVisible());
    QCOMPARE(m_window->session().opened().size(), std::size_t(0)); // nothing unasked
    QVERIFY(!m_window->session().isOpening());
    QVERIFY2(card()->names().contains(QStringLiteral("grid.nc")) ||
                 card()->names().contains(QStringLiteral(",")),
             qPrintable(card()->names()));
    const std::vector<fs::path> files = kept();
    QCOMPARE(files.size(), std::size_t(1));
    QTest::mouseClick(card()->button(), Qt::LeftButton);
    QVERIFY(isReady(*m_window, 3));
    look = m_window->look();
    QVERIFY(m_window->workspaceState() == before);
    const std::vector<PaneState> panes = look->viewToSave().panes;
    QVERIFY(std::equal(state.panes.begin(), state.panes.end(), panes.begin()));
    QVERIFY(look->link().camera() == *state.camera);
    for (int pane = 0; pane < 3; ++pane)
        QCOMPARE(look->panes()[std::size_t(pane)]->image(), pictures[std::size_t(pane)]);
    QVERIFY(m_window->problems()->sentences().isEmpty());
    QVERIFY(!m_window->actions().find(QStringLiteral("look.undo"))->isEnabled());
    // The window goes on in a file of its own, in place of the other.
    QTRY_VERIFY(kept().size() == 1 && kept() != files);
}

void TestGoOn::nothingIsOfferedWhereNothingWasKept() {
    QTest::qWait(300);
    QVERIFY(card()->isHidden());
    QVERIFY(m_window->look()->startPage()->sceneButton()->property("primary").toBool());
    QTest::keyClick(m_window.get(), Qt::Key_G, Qt::ControlModifier);
    QTRY_COMPARE(m_window->problems()->sentences().size(), 1);
    QVERIFY(m_window->problems()->sentences().front().contains(QStringLiteral("nothing to go on with")));
}

void TestGoOn::enterGoesOn() {
    m_window->openPaths({m_radar});
    QVERIFY(isReady(*m_window, 1));
    m_window = window(); // the former one goes after the new one came: as two windows do
    QTRY_VERIFY(!kept().empty());
    m_window = window();
    QTRY_VERIFY(card()->isVisible());
    QTRY_VERIFY(QApplication::focusWidget());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(isReady(*m_window, 1));
    QVERIFY(tree(*m_window) == std::vector<fs::path>{m_radar});
}

void TestGoOn::thePageInFrontAndTheRunComeBack() {
    const fs::path older = m_scratch / "runs" / "1", newer = m_scratch / "runs" / "2",
                   outside = m_scratch / "elsewhere" / "7";
    RunRequest request;
    request.task = "denoise";
    request.network = "unet";
    for (const fs::path& run : {older, newer, outside}) {
        fs::create_directories(run.parent_path());
        createRun(run, request);
    }
    for (const fs::path& run : {older, outside}) {
        if (!m_window)
            m_window = window();
        m_window->openPaths({m_radar});
        QVERIFY(isReady(*m_window, 1));
        m_window->openPaths({run});
        auto* train = qobject_cast<TrainPage*>(m_window->currentPage());
        QTRY_VERIFY((train = qobject_cast<TrainPage*>(m_window->currentPage())));
        QTRY_COMPARE(train->lookedAt(), run);
        m_window.reset();

        m_window = window();
        QTRY_VERIFY(card()->isVisible());
        QTest::mouseClick(card()->button(), Qt::LeftButton);
        QVERIFY(isReady(*m_window, 1));
        QCOMPARE(m_window->currentPage()->pageId(), QStringLiteral("train"));
        train = qobject_cast<TrainPage*>(m_window->currentPage());
        QTRY_VERIFY(train->runs().rowOf(run) >= 0);
        QTRY_COMPARE(train->lookedAt(), run);
        m_window.reset();
    }
    fs::remove_all(outside); // what is gone is told, and another is shown
    m_window = window();
    QTRY_VERIFY(card()->isVisible());
    QTest::mouseClick(card()->button(), Qt::LeftButton);
    QVERIFY(isReady(*m_window, 1));
    QTRY_COMPARE(m_window->problems()->sentences().size(), 1);
    QVERIFY(m_window->problems()->sentences().front().contains(toQString(outside)));
    const fs::path inRuns = m_scratch / "runs";
    QTRY_COMPARE(qobject_cast<TrainPage*>(m_window->currentPage())->lookedAt().parent_path(), inRuns);
}

void TestGoOn::theBuiltInSceneComesBack() {
    const fs::path cache = toPath(QStandardPaths::writableLocation(QStandardPaths::CacheLocation));
    fs::create_directories(cache);
    writeScene(builtInSceneFolder(cache), 1); // a small one in its place
    m_window->openScene();
    m_window->openPaths({m_times});
    QVERIFY(isReady(*m_window, 2));
    m_window.reset();
    // Another version has it elsewhere.
    std::string content = readFile(kept().front());
    const std::string mine = builtInSceneFolder(cache).string();
    for (std::size_t found = content.find(mine); found != std::string::npos; found = content.find(mine))
        content.replace(found, mine.size(), "/nowhere/scene");
    writeFileAtomically(kept().front(), content);

    m_window = window();
    QTRY_VERIFY(card()->isVisible());
    QVERIFY2(card()->names().startsWith(QStringLiteral("the built-in scene, ")), qPrintable(card()->names()));
    QTest::mouseClick(card()->button(), Qt::LeftButton);
    QVERIFY(isReady(*m_window, 2));
    QVERIFY(m_window->session().opened().front().isScene);
    QVERIFY(m_window->problems()->sentences().isEmpty());
}

void TestGoOn::whatIsGoneIsToldAndTheRestOpens() {
    const fs::path disk = m_scratch / "disk", away = m_scratch / "away";
    writeTimes(disk / "lost", {20});
    m_window->openPaths({disk / "lost"});
    QVERIFY(isReady(*m_window, 1));
    m_window->openPaths({m_radar});
    QVERIFY(isReady(*m_window, 2));
    const ViewState view = m_window->look()->viewState();
    m_window.reset();
    fs::rename(disk, away);

    m_window = window();
    QTRY_VERIFY(card()->isVisible());
    QTest::mouseClick(card()->button(), Qt::LeftButton);
    QVERIFY(isReady(*m_window, 1));
    QTRY_COMPARE(m_window->problems()->sentences().size(), 1);
    QVERIFY(m_window->problems()->sentences().front().contains(toQString(disk / "lost")));
    QVERIFY(m_window->look()->viewState() == view);
    m_window.reset();

    // The whole is still offered, after what was left of it, and opens once the disk is back.
    fs::rename(away, disk);
    const std::vector<KeptWorkspace> offers = keptWorkspaces(m_workspaces);
    QCOMPARE(offers.size(), std::size_t(2));
    m_window = window();
    m_window->openWorkspace(offers.back().state);
    QVERIFY(isReady(*m_window, 2));
    const std::vector<fs::path> both = {disk / "lost", m_radar};
    QVERIFY(tree(*m_window) == both);
}

void TestGoOn::whereWhatWasShownIsGoneSomethingElseIsShown() {
    WorkspaceState state;
    state.open = {{{m_scratch / "nowhere"}, false, ""}, {{m_times}, false, ""}, {{m_radar}, false, ""}};
    state.front = 0;
    state.view = ViewState{};
    m_window->openWorkspace(state);
    QVERIFY(isReady(*m_window, 2));
    QCOMPARE(m_window->problems()->sentences().size(), 1);
    const std::vector<fs::path> rest = {m_times, m_radar};
    QVERIFY(tree(*m_window) == rest);
}

void TestGoOn::aDeadDiskKeepsNothingElseWaiting() {
    const fs::path dead = m_scratch / "dead.h5";
    DeadDisk disk(dead);
    WorkspaceState state;
    state.open = {{{dead}, false, "Dead"}, {{m_radar}, false, "Radar"}};
    state.front = 1;
    state.view = ViewState{};
    state.view->panes = {{"DBZH", {}}};
    state.view->layer = LayerMark{2.4, "2.4°", 0};
    {
        WorkspaceKeeper former(m_workspaces);
        former.keep(state);
    }
    m_window = window();
    QTRY_VERIFY(card()->isVisible()); // only offered: nobody looks at the disk
    QTest::mouseClick(card()->button(), Qt::LeftButton);
    QTRY_VERIFY(m_window->session().layer());
    QTRY_VERIFY(m_window->look()->panes()[0]->field());
    QCOMPARE(m_window->look()->panes()[0]->field()->quantity().id, std::string("DBZH"));
    QCOMPARE(m_window->session().choice().layer, std::size_t(1));
    if (m_window->session().isOpening()) {
        const std::vector<fs::path> both = {dead, m_radar};
        QVERIFY(tree(*m_window) == both); // a program that is killed now has lost nothing
        QCOMPARE(m_window->workspaceState().open.front().title, std::string("Dead"));
        QTRY_COMPARE(kept().size(), std::size_t(2));
    }
    disk.answer();
    QVERIFY(isReady(*m_window, 1));
    QCOMPARE(m_window->problems()->sentences().size(), 1);
    QCOMPARE(m_window->session().choice().layer, std::size_t(1));
}

void TestGoOn::twoWindowsKeepTheirOwn() {
    std::unique_ptr<MainWindow> other = window();
    m_window->openPaths({m_radar});
    other->openPaths({m_times});
    QVERIFY(isReady(*m_window, 1) && isReady(*other, 1));
    QTRY_COMPARE(kept().size(), std::size_t(2));
    {
        const std::unique_ptr<MainWindow> third = window();
        QTest::qWait(300);
        QVERIFY(third->look()->startPage()->goOnCard()->isHidden()); // both live
    }
    m_window.reset();
    other.reset();
    const std::vector<KeptWorkspace> offers = keptWorkspaces(m_workspaces);
    QCOMPARE(offers.size(), std::size_t(2));
    std::set<fs::path> open;
    for (const KeptWorkspace& offer : offers)
        open.insert(offer.state.open.front().paths.front());
    const std::set<fs::path> both = {m_radar, m_times};
    QVERIFY(open == both);
}

void TestGoOn::anEarlierOneMayBeChosen() {
    for (const fs::path& path : {m_radar, m_times}) {
        WorkspaceState state;
        state.open = {{{path}, false, path.filename().string()}};
        state.front = 0;
        WorkspaceKeeper former(m_workspaces);
        former.keep(state);
        QTest::qWait(20); // one after the other, by the clock
    }
    m_window = window();
    QTRY_VERIFY(card()->isVisible());
    QCOMPARE(card()->names(), QStringLiteral("times"));
    const auto links = card()->findChildren<QLabel*>();
    const auto earlier = std::find_if(links.begin(), links.end(), [](const QLabel* label) {
        return label->text().contains(QStringLiteral(">radar<"));
    });
    QVERIFY(earlier != links.end());
    Q_EMIT(*earlier)->linkActivated(QStringLiteral("open"));
    QVERIFY(isReady(*m_window, 1));
    QVERIFY(tree(*m_window) == std::vector<fs::path>{m_radar});
    QTRY_COMPARE(keptWorkspaces(m_workspaces).size(), std::size_t(1)); // the other one
}

void TestGoOn::aNewerWorkspaceSaysSo() {
    fs::create_directories(m_workspaces);
    writeFileAtomically(m_workspaces / "w.json", R"({"embellie": "workspace", "format": 7})");
    m_window = window();
    QTRY_VERIFY(card()->isVisible());
    QVERIFY(card()->names().contains(QStringLiteral("newer version of the program")));
    QVERIFY(!card()->button()->isVisible());
    QVERIFY(m_window->look()->startPage()->sceneButton()->property("primary").toBool());
    m_window->actions().find(QStringLiteral("window.go_on"))->trigger();
    QTRY_COMPARE(m_window->problems()->sentences().size(), 1);
    QVERIFY(m_window->problems()->sentences().front().contains(QStringLiteral("newer version")));
}

void TestGoOn::whatCantBeReadHidesNothing() {
    WorkspaceState state;
    state.open = {{{m_radar}, false, "Radar"}};
    {
        WorkspaceKeeper former(m_workspaces);
        former.keep(state);
    }
    writeFileAtomically(m_workspaces / "broken.json", "{\"embellie\": \"work");
    m_window = window();
    QTRY_VERIFY(card()->isVisible());
    QCOMPARE(card()->names(), QStringLiteral("Radar"));
    QTest::mouseClick(card()->button(), Qt::LeftButton);
    QVERIFY(isReady(*m_window, 1));
    QVERIFY(m_window->problems()->sentences().isEmpty());
}

void TestGoOn::aWorkspaceFileOpensLikeAnyOther() {
    WorkspaceState state;
    state.open = {{{m_times}, false, ""}, {{m_radar}, false, ""}};
    state.front = 1;
    state.view = ViewState{};
    state.view->panes = {{"CLASS", {}}};
    writeFileAtomically(m_scratch / "monday", workspaceToJson(state, now()));
    m_window->openPaths({m_scratch / "monday"});
    QVERIFY(isReady(*m_window, 2));
    const std::vector<fs::path> both = {m_times, m_radar};
    QVERIFY(tree(*m_window) == both);
    QCOMPARE(m_window->session().choice().moment, std::string("CLASS"));
    // What is open already stays, and comes first.
    m_window = window();
    m_window->openPaths({m_grid});
    QVERIFY(isReady(*m_window, 1));
    m_window->openPaths({m_scratch / "monday"});
    QVERIFY(isReady(*m_window, 3));
    const std::vector<fs::path> all = {m_grid, m_times, m_radar};
    QVERIFY(tree(*m_window) == all);
    QCOMPARE(m_window->session().choice().data, 2);
}

void TestGoOn::aBrokenWorkspaceFileIsTold() {
    writeFileAtomically(m_scratch / "cut.json", R"({"embellie": "workspace", "format": 1, "open": [)");
    m_window->openPaths({m_scratch / "cut.json", m_radar});
    QVERIFY(isReady(*m_window, 1));
    QCOMPARE(m_window->problems()->sentences().size(), 1);
    QVERIFY(
        m_window->problems()->sentences().front().contains(QStringLiteral("the workspace can't be read")));
}

void TestGoOn::theOrderIsThatOfAsking() {
    // The first takes longer, and yet stands first; what is looked at stays so when it comes.
    const auto isReleased = std::make_shared<std::atomic<bool>>(false);
    Session session;
    Opening slow{{m_radar}};
    slow.choosing = Choosing::Never;
    slow.prepare = [isReleased](Feedback&) {
        while (!*isReleased)
            QThread::msleep(1);
    };
    const quint64 slowId = session.open(slow);
    session.open({m_grid}, true);
    QTRY_COMPARE(session.opened().size(), std::size_t(1));
    QCOMPARE(session.opening().size(), std::size_t(1));
    QCOMPARE(session.opening().front().id, slowId);
    *isReleased = true;
    QTRY_COMPARE(session.opened().size(), std::size_t(2));
    QCOMPARE(session.opened().front().id, slowId);
    QVERIFY(session.data()->paths == std::vector<fs::path>{m_grid});
    QCOMPARE(session.moment()->quantity.id, std::string("no2"));
    // A place that was reserved is kept.
    const quint64 first = session.reserve();
    session.open({m_times}, false);
    QTRY_COMPARE(session.opened().size(), std::size_t(3));
    Opening late{{m_radar / "scene0.h5"}};
    late.choosing = Choosing::Never;
    late.id = first;
    session.open(late);
    QTRY_COMPARE(session.opened().size(), std::size_t(4));
    QCOMPARE(session.opened()[2].id, first);
    QVERIFY(session.data()->paths == std::vector<fs::path>{m_grid});
}

void TestGoOn::whoeverLooksElsewhereIsLeftThere() {
    const fs::path dead = m_scratch / "slow.h5";
    DeadDisk disk(dead);
    WorkspaceState state;
    state.open = {{{dead, m_radar}, false, ""}, {{m_times}, false, ""}};
    state.front = 0;
    state.view = ViewState{};
    m_window->openWorkspace(state);
    QTRY_COMPARE(m_window->session().opened().size(), std::size_t(1));
    if (!m_window->session().isOpening())
        QSKIP("an empty pipe is no slow disk here");
    QVERIFY(!m_window->session().layer()); // what was shown is still awaited
    Choice byHand;
    byHand.data = 0;
    byHand.volume = 2;
    m_window->session().setChoice(byHand);
    disk.answer();
    QVERIFY(isReady(*m_window, 2));
    QVERIFY(m_window->session().data()->paths == std::vector<fs::path>{m_times});
    QCOMPARE(m_window->session().choice().volume, std::size_t(2));
}

QTEST_MAIN(TestGoOn)
#include "tst_go_on.moc"
