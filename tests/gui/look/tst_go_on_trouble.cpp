#include "gui/action/action_list.h"
#include "gui/workspace/paths.h"
#include "tests/gui/look/go_on_window.h"

#include <QThread>

#include <atomic>
#include <fcntl.h>
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

/// What opens again where files are gone, disks are slow, and others wrote what is read.
class TestGoOnTrouble : public QObject, private GoOnWindow {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { makeFiles(); }
    void init() { begin(); }
    void cleanup() { m_window.reset(); }
    void whatIsGoneIsToldAndTheRestOpens();
    void whereWhatWasShownIsGoneSomethingElseIsShown();
    void aDeadDiskKeepsNothingElseWaiting();
    void onlyTheNewestArePutAside();
    void aNewerWorkspaceSaysSo();
    void whatCantBeReadHidesNothing();
    void aBrokenWorkspaceFileIsTold();
    void whoeverLooksElsewhereIsLeftThere();
    void manyDeadDisksKeepNothingElseWaiting();
};

void TestGoOnTrouble::whatIsGoneIsToldAndTheRestOpens() {
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
    QVERIFY(m_window->problems()->sentences().front().startsWith(
        toQString(disk / "lost") + QStringLiteral(": this is not there any more")));
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

void TestGoOnTrouble::whereWhatWasShownIsGoneSomethingElseIsShown() {
    WorkspaceState state;
    state.open = {{{m_scratch / "nowhere.h5", m_scratch / "either.h5", m_scratch / "neither.h5"}, false, ""},
                  {{m_times}, false, ""},
                  {{m_radar}, false, ""}};
    state.front = 0;
    state.view = ViewState{};
    m_window->openWorkspace(state);
    QVERIFY(isReady(*m_window, 2));
    QCOMPARE(m_window->problems()->sentences().size(), 1);
    QVERIFY(m_window->problems()->sentences().front().contains(QStringLiteral("the other 2 files")));
    const std::vector<fs::path> rest = {m_times, m_radar};
    QVERIFY(tree(*m_window) == rest);
}

void TestGoOnTrouble::aDeadDiskKeepsNothingElseWaiting() {
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

void TestGoOnTrouble::onlyTheNewestArePutAside() {
    for (int i = 0; i < 12; ++i) {
        WorkspaceState state;
        state.open = {{{m_scratch / std::to_string(i)}, false, std::to_string(i)}};
        WorkspaceKeeper(m_workspaces).keep(state);
        QTest::qWait(5);
    }
    m_window = window();
    QTRY_VERIFY(card()->isVisible());
    QCOMPARE(card()->names(), QStringLiteral("11"));
    QTRY_COMPARE(kept().size(), mostKeptWorkspaces);
}

void TestGoOnTrouble::aNewerWorkspaceSaysSo() {
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

void TestGoOnTrouble::whatCantBeReadHidesNothing() {
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

void TestGoOnTrouble::aBrokenWorkspaceFileIsTold() {
    writeFileAtomically(m_scratch / "cut.json", R"({"embellie": "workspace", "format": 1, "open": [)");
    m_window->openPaths({m_scratch / "cut.json", m_radar});
    QVERIFY(isReady(*m_window, 1));
    QCOMPARE(m_window->problems()->sentences().size(), 1);
    QVERIFY(
        m_window->problems()->sentences().front().contains(QStringLiteral("the workspace can't be read")));
}

void TestGoOnTrouble::whoeverLooksElsewhereIsLeftThere() {
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
    const WorkspaceState meanwhile = m_window->workspaceState(); // is what is kept
    QCOMPARE(meanwhile.open.size(), std::size_t(2));
    QCOMPARE(meanwhile.front, std::optional<std::size_t>(1));
    QVERIFY(meanwhile.view->time == minuteAfterNoon(10));
    disk.answer();
    QVERIFY(isReady(*m_window, 2));
    QVERIFY(m_window->session().data()->paths == std::vector<fs::path>{m_times});
    QCOMPARE(m_window->session().choice().volume, std::size_t(2));
}

void TestGoOnTrouble::manyDeadDisksKeepNothingElseWaiting() {
    WorkspaceState state;
    std::vector<std::unique_ptr<DeadDisk>> disks;
    for (int i = 0; i < Work::mostReading + 1; ++i) { // as many as ever read
        const fs::path dead = m_scratch / ("dead" + std::to_string(i) + ".h5");
        disks.push_back(std::make_unique<DeadDisk>(dead));
        state.open.push_back({{dead}, false, ""});
    }
    state.open.push_back({{m_radar}, false, ""});
    m_window->openWorkspace(state);
    QTRY_VERIFY(m_window->session().layer());
    QTRY_VERIFY(m_window->look()->panes()[0]->field());
    if (!m_window->session().isOpening())
        QSKIP("an empty pipe is no slow disk here");
    m_window->openPaths({m_times}); // nor what is opened meanwhile
    QTRY_VERIFY(m_window->session().data()->paths == std::vector<fs::path>{m_times});
    for (const auto& disk : disks)
        disk->answer();
    QVERIFY(isReady(*m_window, 2));
}

QTEST_MAIN(TestGoOnTrouble)
#include "tst_go_on_trouble.moc"
