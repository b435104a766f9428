#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/process.h"
#include "gui/workspace/workspace_keeper.h"
#include "tests/support/test_support.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace embellie;
using namespace embellie::test;

namespace fs = std::filesystem;

class TestWorkspaceKeeper : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void workspaceSurvivesItsJson();
    void othersReadItsJson();
    void fieldsOfOthersAreIgnored();
    void pathsCountFromTheFile();
    void whatIsLeftOutIsMissedByNothing();
    void aBadViewCostsOnlyTheView_data();
    void aBadViewCostsOnlyTheView();
    void whatIsNamedTwiceIsOpenOnce();
    void badWorkspacesAreToldInOneSentence_data();
    void badWorkspacesAreToldInOneSentence();
    void contentDecidesWhatIsAWorkspace_data();
    void contentDecidesWhatIsAWorkspace();
    void namesAreShort();
    void theFolderIsThatOfTheUsersState();
    void eachWindowWritesItsOwnFile();
    void anEndedWindowsWorkspaceIsOffered_data();
    void anEndedWindowsWorkspaceIsOffered();
    void aZombieIsNoWindow();
    void nothingOpenLeavesWhatWasKept();
    void numbersThatAreNoneAreLeftOut();
    void whatIsGoneOnWithIsReplacedOnceOursIsWritten();
    void whatCouldNotBeReplacedIsReplacedLater();
    void whatAnotherMachineMayWriteStays();
    void theNewestAreKept();
    void aFolderThatCantBeWrittenIsTold();
};

namespace {

WorkspaceState stateOf(const std::string& name) {
    WorkspaceState state;
    state.open = {{{"/data/" + name}, false, name}};
    state.front = 0;
    state.view = ViewState{};
    return state;
}

WorkspaceState fullState() {
    WorkspaceState state = stateOf("a.h5");
    state.open.push_back({{"/data/b.h5", "/data/c.h5"}, false, ""});
    state.open.push_back({{"/cache/scene"}, true, "Scene"});
    state.front = 1;
    state.view->view = "four_moments";
    state.view->group = "site:frave";
    state.view->time = parseTime("2023-04-20T06:50:41.5Z");
    state.view->layer = LayerMark{0.4, "0.4°", 1};
    state.view->panes = {{"TH", {}}, {"DBZH", LayerStyle{"reflectivity", Limits{-10, 60}, 1, true}}};
    state.view->camera = Camera2D{1234.5, -987.25, 250, 250};
    state.view->cursor = QPointF(1000, -2000);
    state.page = "judge";
    state.run = "/runs/7";
    state.judge =
        JudgeChoice{"/runs/8", {"/runs/9"}, {"/r/x.h5"}, true, true, "TH", "DBZH", 425, 2, "gabella", 1};
    return state;
}

std::string jsonOf(const WorkspaceState& state) {
    return workspaceToJson(state, *parseTime("2026-03-04T12:05:09Z"));
}

/// As a window writes it that has this owner.
void writeOwned(const fs::path& file, const WorkspaceState& state, const QJsonObject& window,
                const char* saved = "2026-03-04T12:05:09Z") {
    QJsonObject json =
        QJsonDocument::fromJson(QByteArray::fromStdString(workspaceToJson(state, *parseTime(saved))))
            .object();
    if (!window.isEmpty())
        json[QStringLiteral("window")] = window;
    fs::create_directories(file.parent_path());
    writeFileAtomically(file, QJsonDocument(json).toJson().toStdString());
}

QJsonObject owner(const std::string& host, pid_t pid, unsigned long long ticks) {
    return {{QStringLiteral("host"), QString::fromStdString(host)},
            {QStringLiteral("pid"), int(pid)},
            {QStringLiteral("ticks"), qint64(ticks)}};
}

std::vector<std::string> titlesIn(const fs::path& folder) {
    std::vector<std::string> titles;
    for (const KeptWorkspace& kept : keptWorkspaces(folder))
        titles.push_back(kept.refusal ? "refused" : kept.state.open.front().title);
    return titles;
}

using Titles = std::vector<std::string>;

} // namespace

void TestWorkspaceKeeper::workspaceSurvivesItsJson() {
    const SavedWorkspace read = workspaceFromJson(jsonOf(fullState()), "/home/w.json");
    QVERIFY(read.state == fullState());
    QVERIFY(read.saved == parseTime("2026-03-04T12:05:09Z"));
    QVERIFY(workspaceFromJson(jsonOf(WorkspaceState{}), "/home/w.json").state == WorkspaceState{});

    // Names of files are bytes.
    const fs::path latin = "/bdd/donn\xe9\x65s/x.h5";
    WorkspaceState bytes = fullState();
    bytes.open.front().paths = {latin};
    bytes.run = latin;
    bytes.judge->run = latin;
    bytes.judge->members = bytes.judge->files = {latin};
    bytes.view->dataset = {latin};
    QVERIFY(workspaceFromJson(jsonOf(bytes), "/home/w.json").state == bytes);
}

void TestWorkspaceKeeper::othersReadItsJson() {
    const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(jsonOf(fullState()))).object();
    QCOMPARE(json[QStringLiteral("embellie")].toString(), QStringLiteral("workspace"));
    QCOMPARE(json[QStringLiteral("format")].toInt(), 1);
    QCOMPARE(json[QStringLiteral("saved")].toString(), QStringLiteral("2026-03-04T12:05:09Z"));
    const QJsonArray open = json[QStringLiteral("open")].toArray();
    QCOMPARE(open.size(), 3);
    QCOMPARE(open[1].toObject()[QStringLiteral("paths")].toArray()[1].toString(),
             QStringLiteral("/data/c.h5"));
    QVERIFY(open[2].toObject()[QStringLiteral("scene")].toBool());
    QCOMPARE(json[QStringLiteral("front")].toInt(), 1);
    const QJsonObject judge = json[QStringLiteral("judge")].toObject();
    QCOMPARE(judge[QStringLiteral("threshold")].toInt(), 425);
    QCOMPARE(judge[QStringLiteral("reference")].toString(), QStringLiteral("DBZH"));
}

void TestWorkspaceKeeper::fieldsOfOthersAreIgnored() {
    QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(jsonOf(fullState()))).object();
    json[QStringLiteral("window")] = 3;
    json[QStringLiteral("annotations")] = QJsonArray{1, 2};
    const SavedWorkspace read = workspaceFromJson(QJsonDocument(json).toJson().toStdString(), "/home/w.json");
    QVERIFY(read.state == fullState());
}

void TestWorkspaceKeeper::pathsCountFromTheFile() {
    const WorkspaceState state = workspaceFromJson(R"({"embellie": "workspace", "format": 1, "run": "runs/1",
                             "open": [{"paths": ["radar/a.h5", "../b.h5"]}, {"paths": []}], "front": 0})",
                                                   "/home/me/w.json")
                                     .state;
    QCOMPARE(state.open.size(), std::size_t(1));
    const std::vector<fs::path> expected = {"/home/me/radar/a.h5", "/home/b.h5"};
    QVERIFY(state.open.front().paths == expected);
    QCOMPARE(state.run, fs::path("/home/me/runs/1"));
    QVERIFY(!state.front); // which one was meant is not known once one names nothing
}

void TestWorkspaceKeeper::whatIsLeftOutIsMissedByNothing() {
    const std::string json = R"({"embellie": "workspace", "format": 1, "front": 0})";
    QVERIFY(workspaceFromJson(json, "/home/w.json").state == WorkspaceState{});
}

void TestWorkspaceKeeper::aBadViewCostsOnlyTheView_data() {
    QTest::addColumn<QString>("view");
    QTest::addColumn<QString>("says");
    QTest::newRow("newer") << QStringLiteral(R"({"format": 99})")
                           << QStringLiteral("this view was written by a newer version");
    QTest::newRow("null") << QStringLiteral(R"({"angle": null})") << QStringLiteral("the view can't be read");
    QTest::newRow("a number") << QStringLiteral("3") << QStringLiteral("the view can't be read");
}

void TestWorkspaceKeeper::aBadViewCostsOnlyTheView() {
    QFETCH(const QString, view);
    QFETCH(const QString, says);
    QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(jsonOf(fullState()))).object();
    json[QStringLiteral("view")] =
        QJsonDocument::fromJson(QStringLiteral("[%1]").arg(view).toUtf8()).array().first();
    const SavedWorkspace read = workspaceFromJson(QJsonDocument(json).toJson().toStdString(), "/home/w.json");
    WorkspaceState rest = fullState();
    rest.view.reset();
    QVERIFY(read.state == rest);
    QVERIFY(read.viewProblem);
    const QString sentence = QString::fromUtf8(read.viewProblem->what());
    QVERIFY2(sentence.contains(says) && sentence.contains(QStringLiteral("/home/w.json")),
             read.viewProblem->what());
}

void TestWorkspaceKeeper::whatIsNamedTwiceIsOpenOnce() {
    WorkspaceState state = fullState();
    state.open.push_back(state.open[1]);
    state.open.push_back({{"/data/d.h5"}, false, ""});
    state.front = 3; // the same as 1
    dropTwins(state);
    QCOMPARE(state.open.size(), std::size_t(4));
    QCOMPARE(state.front, std::optional<std::size_t>(1));
    state.open.insert(state.open.begin(), state.open[1]);
    state.front = 4;
    dropTwins(state); // it moves down with what was dropped before it
    QVERIFY(state.open[*state.front].paths == std::vector<fs::path>{"/data/d.h5"});
    QCOMPARE(state.open.size(), std::size_t(4));
}

void TestWorkspaceKeeper::badWorkspacesAreToldInOneSentence_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("says");
    const QString unreadable = QStringLiteral("the workspace can't be read");
    QTest::newRow("no JSON") << QStringLiteral(R"({"embellie": "workspace", "for)") << unreadable;
    QTest::newRow("a list") << QStringLiteral("[1]") << unreadable;
    QTest::newRow("no format") << QStringLiteral(R"({"embellie": "workspace"})") << unreadable;
    QTest::newRow("wrong type") << QStringLiteral(R"({"embellie": "workspace", "format": 1, "open": [3]})")
                                << unreadable;
    QTest::newRow("something else") << QStringLiteral(R"({"embellie": "atlas", "format": 1})")
                                    << QStringLiteral("not a workspace");
    QTest::newRow("newer") << QStringLiteral(R"({"embellie": "workspace", "format": 2, "open": "elsewhere"})")
                           << QStringLiteral(
                                  "newer version of the program; expected format 1, found format 2");
}

void TestWorkspaceKeeper::badWorkspacesAreToldInOneSentence() {
    QFETCH(const QString, json);
    QFETCH(const QString, says);
    try {
        workspaceFromJson(json.toStdString(), "/home/w.json");
        QFAIL("it was read");
    } catch (const Error& error) {
        const QString sentence = QString::fromUtf8(error.what());
        QVERIFY2(sentence.contains(says) && sentence.contains(QStringLiteral("/home/w.json")), error.what());
    }
}

void TestWorkspaceKeeper::contentDecidesWhatIsAWorkspace_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("is");
    QTest::newRow("ours") << QByteArray::fromStdString(jsonOf(fullState())) << true;
    QTest::newRow("by hand") << QByteArray("\n {\"format\":1,\"embellie\"\n:  \"workspace\"}") << true;
    QTest::newRow("cut off") << QByteArray(R"({"embellie": "workspace", "op)") << true;
    QTest::newRow("a view") << QByteArray::fromStdString(viewToJson(ViewState{})) << false;
    QTest::newRow("another word") << QByteArray(R"({"embellie": "workspaces"})") << false;
    QTest::newRow("at its end") << QByteArray(R"({"embellie")") << false;
    QTest::newRow("a letter") << QByteArray(R"("embellie": "workspace")") << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("HDF5") << QByteArray("\x89HDF\r\n\x1a\n") << false;
}

void TestWorkspaceKeeper::contentDecidesWhatIsAWorkspace() {
    QFETCH(const QByteArray, content);
    QFETCH(const bool, is);
    const ScratchFolder folder;
    writeFileAtomically(folder / "anything.dat", content.toStdString());
    QCOMPARE(isWorkspaceFile(folder / "anything.dat"), is);
    QVERIFY(!isWorkspaceFile(folder.path()));
    QVERIFY(!isWorkspaceFile(folder / "nothing"));
}

void TestWorkspaceKeeper::namesAreShort() {
    WorkspaceState state = fullState();
    QCOMPARE(namesForPeople(state), QStringLiteral("a.h5, b.h5, the built-in scene"));
    state.open.push_back({{"/data/2019"}, false, "Avesnes"});
    state.open.insert(state.open.begin(), {{"/data/2018"}, false, "Avesnes"});
    QCOMPARE(namesForPeople(state), QStringLiteral("Avesnes (2018), a.h5, b.h5 and 2 more"));
}

void TestWorkspaceKeeper::theFolderIsThatOfTheUsersState() {
    qputenv("HOME", "/home/somebody");
    qunsetenv("XDG_STATE_HOME");
    QCOMPARE(workspaceFolder(), fs::path("/home/somebody/.local/state/embellie/workspaces"));
    qputenv("XDG_STATE_HOME", "relative"); // "all paths must be absolute", else ignored
    QCOMPARE(workspaceFolder(), fs::path("/home/somebody/.local/state/embellie/workspaces"));
    qputenv("XDG_STATE_HOME", "/var/me");
    QCOMPARE(workspaceFolder(), fs::path("/var/me/embellie/workspaces"));
}

void TestWorkspaceKeeper::eachWindowWritesItsOwnFile() {
    const ScratchFolder folder;
    fs::path firstFile;
    {
        WorkspaceKeeper first(folder.path() / "deep" / "down"), second(folder.path() / "deep" / "down");
        firstFile = first.file();
        QVERIFY(firstFile != second.file());
        for (int i = 0; i < 20; ++i) {
            first.keep(stateOf("first" + std::to_string(i)));
            second.keep(stateOf("second" + std::to_string(i)));
        }
        const auto keptIn = [](const fs::path& file) {
            return fs::exists(file) ? workspaceFromJson(readFile(file), file).state : WorkspaceState{};
        };
        QTRY_VERIFY(keptIn(firstFile) == stateOf("first19"));
        QTRY_VERIFY(keptIn(second.file()) == stateOf("second19"));
        // Both live: neither is somebody else's to go on with.
        QCOMPARE(titlesIn(firstFile.parent_path()), Titles());
        first.keep(stateOf("first, at its end"));
    }
    Titles titles = titlesIn(firstFile.parent_path());
    std::sort(titles.begin(), titles.end());
    QCOMPARE(titles, Titles({"first, at its end", "second19"}));
    for (const auto& entry : fs::directory_iterator(firstFile.parent_path()))
        QCOMPARE(entry.path().extension(), fs::path(".json")); // nothing is left aside
}

void TestWorkspaceKeeper::anEndedWindowsWorkspaceIsOffered_data() {
    QTest::addColumn<QJsonObject>("window");
    QTest::addColumn<bool>("offered");
    QTest::addColumn<bool>("left");
    const pid_t us = ::getpid();
    const unsigned long long ticks = processStartTicks(us);
    QTest::newRow("closed") << QJsonObject() << true << true;
    QTest::newRow("lives") << owner(hostName(), us, ticks) << false << false;
    QTest::newRow("killed, its number taken by another") << owner(hostName(), us, ticks - 1) << true << true;
    QTest::newRow("killed") << owner(hostName(), 999999999, 1234) << true << true;
    QTest::newRow("on another machine") << owner("elsewhere", us, ticks) << true << false;
    QTest::newRow("by hand") << QJsonObject{{QStringLiteral("pid"), QStringLiteral("many")}} << true << true;
}

void TestWorkspaceKeeper::anEndedWindowsWorkspaceIsOffered() {
    QFETCH(const QJsonObject, window);
    QFETCH(const bool, offered);
    QFETCH(const bool, left);
    const ScratchFolder folder;
    writeOwned(folder / "w.json", stateOf("it"), window);
    const std::vector<KeptWorkspace> kept = keptWorkspaces(folder.path());
    QCOMPARE(kept.size(), std::size_t(offered));
    if (offered)
        QCOMPARE(kept.front().isLeft, left);
}

void TestWorkspaceKeeper::aZombieIsNoWindow() {
    const ScratchFolder folder;
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(0);
    siginfo_t ended{};
    QCOMPARE(::waitid(P_PID, id_t(child), &ended, WEXITED | WNOWAIT), 0); // it stays one
    writeOwned(folder / "w.json", stateOf("it"), owner(hostName(), child, processStartTicks(child)));
    QVERIFY(processStartTicks(child) != 0);
    QCOMPARE(titlesIn(folder.path()), Titles({"it"}));
    ::waitpid(child, nullptr, 0);
}

void TestWorkspaceKeeper::nothingOpenLeavesWhatWasKept() {
    const ScratchFolder folder;
    {
        WorkspaceKeeper keeper(folder.path());
        keeper.keep(WorkspaceState{});
    }
    QCOMPARE(titlesIn(folder.path()), Titles());
    QVERIFY(fs::is_empty(folder.path()));
    {
        WorkspaceKeeper keeper(folder.path());
        keeper.keep(stateOf("it"));
        keeper.keep(WorkspaceState{});
    }
    QCOMPARE(titlesIn(folder.path()), Titles({"it"}));
}

void TestWorkspaceKeeper::numbersThatAreNoneAreLeftOut() {
    constexpr double None = std::numeric_limits<double>::quiet_NaN();
    constexpr double Endless = std::numeric_limits<double>::infinity();
    WorkspaceState state = fullState(), rest = fullState();
    state.view->layer->angle = None;
    state.view->camera->perPixelX = Endless;
    state.view->camera3d = Camera3D{0, 45, None, 0, 0, 4};
    state.view->panes[1].style.limits->low = -Endless;
    state.view->ringsKilometres = None;
    state.view->cursor = QPointF(None, 0);
    rest.view->layer.reset();
    rest.view->camera.reset();
    rest.view->panes[1].style.limits.reset();
    rest.view->cursor.reset();
    const SavedWorkspace read = workspaceFromJson(jsonOf(state), "/home/w.json");
    QVERIFY(!read.viewProblem);
    QVERIFY(read.state == rest);
    // The same again is the same: it is not written every two seconds.
    const ScratchFolder folder;
    WorkspaceKeeper keeper(folder.path());
    const auto number = [&keeper] { // a file renamed into place has another one
        struct stat known {};
        return ::stat(keeper.file().c_str(), &known) == 0 ? known.st_ino : 0;
    };
    keeper.keep(state);
    QTRY_VERIFY(number() != 0);
    const auto first = number();
    keeper.keep(state);
    QTest::qWait(200);
    QCOMPARE(number(), first);
}

void TestWorkspaceKeeper::whatCouldNotBeReplacedIsReplacedLater() {
    const ScratchFolder folder;
    writeOwned(folder / "old.json", stateOf("old"), {});
    const KeptWorkspace old = keptWorkspaces(folder.path()).front();
    writeFileAtomically(folder / "place", "no folder");
    WorkspaceKeeper keeper(folder / "place");
    keeper.takeOver(old);
    keeper.keep(stateOf("new"));
    QVERIFY(QTest::qWaitFor([&keeper] { return keeper.takeProblem().has_value(); }));
    QVERIFY(fs::exists(old.file));
    fs::remove(folder / "place");
    keeper.keep(stateOf("newer"));
    QTRY_VERIFY(!fs::exists(old.file));
    QVERIFY(fs::exists(keeper.file()));
}

void TestWorkspaceKeeper::whatIsGoneOnWithIsReplacedOnceOursIsWritten() {
    const ScratchFolder folder;
    writeOwned(folder / "old.json", stateOf("old"), {});
    const KeptWorkspace old = keptWorkspaces(folder.path()).front();
    WorkspaceKeeper keeper(folder.path());
    keeper.takeOver(old);
    QTest::qWait(200);
    QVERIFY(fs::exists(old.file)); // ours is not written
    keeper.keep(stateOf("new"));
    QTRY_VERIFY(!fs::exists(old.file));
    QVERIFY(fs::exists(keeper.file()));
}

void TestWorkspaceKeeper::whatAnotherMachineMayWriteStays() {
    const ScratchFolder folder;
    writeOwned(folder / "far.json", stateOf("far"), owner("elsewhere", 7, 7));
    {
        WorkspaceKeeper keeper(folder.path());
        keeper.takeOver(keptWorkspaces(folder.path()).front());
        keeper.keep(stateOf("near"));
    }
    QVERIFY(fs::exists(folder / "far.json"));
    QCOMPARE(titlesIn(folder.path()), Titles({"near", "far"}));
}

void TestWorkspaceKeeper::theNewestAreKept() {
    const ScratchFolder folder;
    for (int day = 1; day <= 12; ++day)
        writeOwned(
            folder / (std::to_string(day) + ".json"), stateOf("day " + std::to_string(day)), {},
            ("2026-03-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + "T12:00:00Z").c_str());
    writeOwned(folder / "empty.json", WorkspaceState{}, {}, "2026-03-31T12:00:00Z");
    writeOwned(folder / "again.json", stateOf("day 12"), {}, "2026-03-01T12:00:00Z");
    writeOwned(folder / "lives.json", stateOf("lives"),
               owner(hostName(), ::getpid(), processStartTicks(::getpid())), "2026-01-01T12:00:00Z");
    writeOwned(folder / "far.json", stateOf("far"), owner("elsewhere", 7, 7), "2026-01-01T12:00:00Z");
    writeFileAtomically(folder / ".x.json.1.0.part", "half");
    writeFileAtomically(folder / ".y.json.1.0.part", "half");
    fs::last_write_time(folder / ".x.json.1.0.part",
                        fs::file_time_type::clock::now() - std::chrono::hours(25));
    const Titles newest = {"day 12", "day 11", "day 10", "day 9", "day 8", "day 7", "day 6", "day 5"};
    QCOMPARE(titlesIn(folder.path()), newest);
    tidyWorkspaces(folder.path());
    QCOMPARE(titlesIn(folder.path()), newest);
    for (const char* stays : {"5.json", "12.json", "lives.json", "far.json", ".y.json.1.0.part"})
        QVERIFY2(fs::exists(folder / stays), stays);
    for (const char* goes : {"4.json", "1.json", "empty.json", "again.json", ".x.json.1.0.part"})
        QVERIFY2(!fs::exists(folder / goes), goes);
}

void TestWorkspaceKeeper::aFolderThatCantBeWrittenIsTold() {
    const ScratchFolder folder;
    writeFileAtomically(folder / "file", "no folder");
    WorkspaceKeeper keeper(folder / "file");
    keeper.keep(stateOf("it"));
    std::optional<Error> problem;
    QVERIFY(QTest::qWaitFor([&] { return (problem = keeper.takeProblem()).has_value(); }));
    QVERIFY2(QByteArray(problem->what()).contains("file"), problem->what());
    QVERIFY(!keeper.takeProblem());
    QVERIFY(keptWorkspaces(folder / "file").empty());
}

QTEST_GUILESS_MAIN(TestWorkspaceKeeper)
#include "tst_workspace_keeper.moc"
