#include "gui/action/action_list.h"
#include "gui/pages/look/data_tree.h"
#include "gui/pages/look/layer_reader.h"
#include "gui/pages/start/built_in_scene.h"
#include "gui/pages/train/train_page.h"
#include "gui/workspace/paths.h"
#include "tests/gui/look/go_on_window.h"

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QThread>

#include <atomic>
#include <set>

using namespace embellie;
using namespace embellie::test;

namespace fs = std::filesystem;

/// A window that opens again what another one had open.
class TestGoOn : public QObject, private GoOnWindow {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { makeFiles(); }
    void init() { begin(); }
    void cleanup() { m_window.reset(); }
    void whatWasOpenedAndShownOpensAgain();
    void nothingIsOfferedWhereNothingWasKept();
    void enterGoesOn();
    void theFocusIsTakenFromNobodyWhoTypes();
    void thePageInFrontAndTheRunComeBack();
    void theBuiltInSceneComesBack();
    void twoWindowsKeepTheirOwn();
    void anEarlierOneMayBeChosen();
    void aWorkspaceFileOpensLikeAnyOther();
    void theOrderIsThatOfAsking();
    void openedAnewItIsStillLookedAt();
    void whatIsReadIsNotReadAnewForOthers();
    void goingOnTwiceIsGoingOnOnce();
    void relativeAndAbsoluteNamesAreOne();
};

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
    m_window.reset();
    m_window = window();
    QTRY_VERIFY(card()->isVisible());
    QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget*>(card()->button()));
    m_window->currentPage()->setFocus(); // as after a button of the bar
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(card()->button()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(isReady(*m_window, 1));
    QVERIFY(tree(*m_window) == std::vector<fs::path>{m_radar});
}

void TestGoOn::theFocusIsTakenFromNobodyWhoTypes() {
    auto* filter = m_window->look()->tree()->filter();
    const auto offer = [this] {
        KeptWorkspace kept;
        kept.state.open = {{{m_radar}, false, "Radar"}};
        m_window->look()->startPage()->setOffers({kept});
    };
    filter->setFocus();
    QTest::keyClick(filter, Qt::Key_A);
    offer();
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(filter));
    filter->clear();
    offer();
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(card()->button()));
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

void TestGoOn::openedAnewItIsStillLookedAt() {
    Session session;
    for (const fs::path& path : {m_grid, m_times, m_radar}) {
        session.open({path}, false);
        QTRY_VERIFY(!session.isOpening());
    }
    const auto again = [&](const fs::path& path) {
        Opening opening{{path}};
        opening.choosing = Choosing::Never;
        session.open(opening);
        QTRY_VERIFY(!session.isOpening());
    };
    Choice choice;
    choice.data = 1;
    choice.volume = 2;
    session.setChoice(choice);
    const std::string moment = session.choice().moment;
    const std::shared_ptr<Dataset> before = session.data()->dataset;
    again(m_grid); // it goes behind the others
    QCOMPARE(session.choice().data, 0);
    QCOMPARE(session.data()->dataset, before);
    QSignalSpy changes(&session, &Session::choiceChanged);
    again(m_times); // itself, behind all others
    QVERIFY(session.data() && session.data()->paths == std::vector<fs::path>{m_times});
    QVERIFY(session.data()->dataset != before);
    QCOMPARE(session.choice().volume, std::size_t(2));
    QCOMPARE(session.choice().moment, moment);
    QVERIFY(!changes.isEmpty());
    changes.clear();
    again(m_times); // in its place: pages must hear of it all the same
    QVERIFY(!changes.isEmpty());
}

void TestGoOn::whatIsReadIsNotReadAnewForOthers() {
    Session session;
    LayerReader reader(session, nullptr);
    const quint64 earlier = session.reserve();
    session.open({m_radar}, true);
    QTRY_VERIFY(session.layer());
    reader.setLayer(session.choice(), {"TH"});
    QTRY_VERIFY(reader.field("TH"));
    const FieldPtr field = reader.field("TH");
    Opening other{{m_grid}};
    other.choosing = Choosing::Never;
    other.id = earlier;
    session.open(other);
    QTRY_COMPARE(session.opened().size(), std::size_t(2));
    QCOMPARE(session.choice().data, 1);
    reader.setLayer(session.choice(), {"TH"});
    QCOMPARE(reader.field("TH"), field);
    session.setChoice(Choice{0, 0, 0, 0, {}});
    reader.setLayer(session.choice(), {"no2"});
    QVERIFY(!reader.field("TH"));
    QTRY_VERIFY(reader.field("no2"));
}

void TestGoOn::goingOnTwiceIsGoingOnOnce() {
    WorkspaceState state;
    state.open = {{{m_grid}, false, ""}, {{m_radar}, false, ""}, {{m_times}, false, ""}};
    state.front = 2;
    state.view = ViewState{};
    state.view->panes = {{"DBZH", {}}};
    state.view->group = "site:xxtst";
    state.view->time = minuteAfterNoon(5);
    {
        WorkspaceKeeper former(m_workspaces);
        former.keep(state);
    }
    m_window = window();
    const KeptWorkspace former = keptWorkspaces(m_workspaces).front();
    // The others begin once what was looked at is shown.
    const Session& session = m_window->session();
    std::optional<bool> wasShown;
    connect(&session, &Session::openedChanged, this, [&] {
        if (session.opened().size() == 2)
            wasShown = session.data() && m_window->look()->panes()[0]->field();
    });
    m_window->goOnWith(former);
    m_window->goOnWith(former);
    QCOMPARE(m_window->session().opening().size(), std::size_t(3));
    QVERIFY(isReady(*m_window, 3));
    QCOMPARE(wasShown, std::optional(true));
    disconnect(&session, nullptr, this, nullptr);
    const std::vector<fs::path> all = {m_grid, m_radar, m_times};
    QVERIFY(tree(*m_window) == all);
    QCOMPARE(m_window->session().choice().data, 2);
    QVERIFY(m_window->session().volume()->time.begin == minuteAfterNoon(5));
    QTRY_VERIFY(!fs::exists(former.file));
    QTRY_COMPARE(kept().size(), std::size_t(1));
    const WorkspaceState written = workspaceFromJson(readFile(kept().front()), kept().front()).state;
    QCOMPARE(written.front, std::optional<std::size_t>(2));
    QVERIFY(written.view->time == minuteAfterNoon(5));

    // Going on with what is open already, and looked at elsewhere, shows what it showed.
    Choice other;
    other.data = 1;
    m_window->session().setChoice(other);
    m_window->openWorkspace(written);
    QTRY_COMPARE(m_window->session().data() ? m_window->session().data()->paths : std::vector<fs::path>(),
                 std::vector<fs::path>{m_times});
    QVERIFY(isReady(*m_window, 3));
    QVERIFY(m_window->session().volume()->time.begin == minuteAfterNoon(5));
    QVERIFY(tree(*m_window) == all);
}

void TestGoOn::relativeAndAbsoluteNamesAreOne() {
    const fs::path folder = fs::current_path();
    fs::current_path(m_scratch.path());
    m_window->openPaths({"radar", ""});
    QVERIFY(isReady(*m_window, 1));
    m_window->openPaths({m_times});
    QVERIFY(isReady(*m_window, 2));
    m_window->openPaths({m_radar});
    QVERIFY(isReady(*m_window, 3));
    const WorkspaceState state = m_window->workspaceState();
    fs::current_path(folder);
    const std::vector<fs::path> both = {m_radar, m_times};
    QVERIFY(tree(*m_window) == both);
    QCOMPARE(state.front, std::optional<std::size_t>(0));
}

QTEST_MAIN(TestGoOn)
#include "tst_go_on.moc"
