#include "core/base/file.h"
#include "core/run/launch_record.h"
#include "core/run/mirror_link.h"
#include "gui/pages/judge/judge_page.h"
#include "gui/pages/main_window.h"
#include "gui/pages/page_switch.h"
#include "gui/pages/theme/flat_style.h"
#include "gui/pages/train/train_page.h"
#include "tests/real/seen.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTableView>
#include <QToolButton>
#include <QUrl>

#include <csignal>
#include <memory>
#include <thread>

using namespace embellie;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

/// Set in a second process of this program: "SITE SCENE", what its window trains on and where.
constexpr const char* VictimsTask = "EMBELLIE_TEST_VICTIMS_TASK";
constexpr int Epochs = 12, Steps = 10;

template <class Child>
Child* child(QWidget& window, const char* name) {
    auto* found = window.findChild<Child*>(QLatin1String(name));
    if (!found)
        qFatal("there is no %s", name);
    return found;
}

TrainPage& trainPage(MainWindow& window) {
    return *qobject_cast<TrainPage*>(window.page(QStringLiteral("train")));
}

void type(QLineEdit* edit, const QString& words) {
    QTest::mouseDClick(edit, Qt::LeftButton);
    edit->selectAll();
    QTest::keyClicks(edit, words);
}

void dropFolder(QWidget* target, const fs::path& folder) {
    QMimeData urls;
    urls.setUrls({QUrl::fromLocalFile(QString::fromStdString(folder.string()))});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &urls, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &enter);
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &urls, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &drop);
}

std::unique_ptr<MainWindow> newWindow() {
    auto window = std::make_unique<MainWindow>(PaletteBook::load(), ThemeKind::Dark);
    window->resize(1280, 900);
    window->show();
    QTest::mouseClick(window->findChild<PageSwitch*>(QStringLiteral("window.pages"))->button(1),
                      Qt::LeftButton);
    if (!QTest::qWaitFor([&] { return trainPage(*window).follower().hasLooked(); }, 10'000))
        qFatal("the folder of runs is not read");
    return window;
}

/// Task, network, data, settings and site, by mouse and keyboard.
void fillIn(MainWindow& window, const QString& site, const fs::path& scene, int epochs = Epochs) {
    TrainSetup& setup = trainPage(window).setup();
    dropFolder(setup.role("scene"), scene);
    setup.form().setShowsAdvanced(true);
    for (const auto& [key, value] : {std::pair{"train.epochs", QString::number(epochs)},
                                     {"train.steps", QString::number(Steps)},
                                     {"train.threads", QString("1")},
                                     {"unet.width", QString("4")},
                                     {"unet.depth", QString("2")},
                                     {"denoise.gates", QString("32")}}) {
        auto* edit = qobject_cast<QLineEdit*>(setup.form().control(key));
        QVERIFY2(edit, key);
        type(edit, value);
    }
    auto* sites = child<QComboBox>(window, "train.site");
    if (!QTest::qWaitFor([&] { return sites->findData(site) >= 0; }, 10'000))
        QFAIL("the site is not offered");
    sites->setFocus();
    QTest::keyClicks(sites, sites->itemText(sites->findData(site)));
    QCOMPARE(sites->currentData().toString(), site);
}

/// @return the new run; empty, and said, where there is none
fs::path start(MainWindow& window) {
    TrainPage& train = trainPage(window);
    std::set<fs::path> before;
    for (const RunSnapshotPtr& run : train.follower().runs())
        before.insert(run->run);
    auto* button = child<QPushButton>(window, "train.start");
    const auto refused = [&](const char* what) {
        qWarning("%s: %s", what, qPrintable(child<QLabel>(window, "train.reason")->text()));
        return fs::path();
    };
    if (!QTest::qWaitFor([&] { return button->isEnabled(); }, 10'000))
        return refused("Start is off");
    QTest::mouseClick(button, Qt::LeftButton);
    fs::path made;
    const auto isListed = [&] {
        for (const RunSnapshotPtr& run : train.follower().runs())
            if (!before.contains(run->run))
                made = run->run;
        return !made.empty();
    };
    if (!QTest::qWaitFor(isListed, 30'000))
        return refused("the run is not listed");
    return made;
}

} // namespace

/// A window in a process of its own that starts a run and stays open until it is killed.
class Victim : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void startsARunAndStaysOpen() {
        const QStringList task = qEnvironmentVariable(VictimsTask).split(QLatin1Char(' '));
        auto window = newWindow();
        fillIn(*window, task[0], task[1].toStdString());
        QVERIFY(!start(*window).empty());
        QTest::qWait(120'000);
        QFAIL("nobody killed this window");
    }
};

/// The window's button, a real Slurm, and a real sshd in front of it.
class TestWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void theButtonSubmitsAndTheCurveComesIn_data();
    void theButtonSubmitsAndTheCurveComesIn();
    void cleaningWithASlurmRunIsAJob();
    void aSweepOnThisMachineComesToARankedTable();
    void aRequestOverTheLimitsIsRefusedInTheForm();
    void killedWindowsLeaveRunsThatEndWellAndAreFound();
    void aWindowThroughAnUntrustedForwardedDisplaySubmitsToo();

private:
    test::ScratchFolder m_folder;
    std::unique_ptr<test::SlurmRig> m_slurm;
    std::unique_ptr<test::SshdRig> m_far;
    std::unique_ptr<test::Person> m_person;
    fs::path m_scene;
};

void TestWindow::initTestCase() {
    EMBELLIE_NEEDS_SLURM();
    EMBELLIE_NEEDS_SSHD();
    m_slurm = std::make_unique<test::SlurmRig>(test::SlurmRig::Options{});
    auto variables = m_slurm->variables();
    variables["EMBELLIE_RESOURCES"] = (test::sourceFolder() / "resources").string();
    m_far = std::make_unique<test::SshdRig>(variables);
    m_person = std::make_unique<test::Person>(m_folder / "home", m_slurm->variables());
    m_person->addSite("rig", test::slurmSite());
    m_person->addSite("far", test::sshSite(m_far->config()));
    m_scene = m_person->makeScene();
    // This program is a window of that person.
    for (const auto& [name, value] : m_person->environment())
        qputenv(name.c_str(), QByteArray::fromStdString(value));
    qputenv("XDG_CONFIG_HOME", (m_person->home() / ".config").c_str());
    qputenv("XDG_CACHE_HOME", (m_person->home() / ".cache").c_str());
    QApplication::setStyle(new FlatStyle);
}

void TestWindow::cleanup() {
    if (!m_slurm)
        return;
    for (const std::string& job : m_slurm->jobs())
        m_slurm->ask("scancel", {job});
    QVERIFY(test::becomes([&] { return m_slurm->left().empty() && m_far->left().empty(); }, 20s));
}

void TestWindow::theButtonSubmitsAndTheCurveComesIn_data() {
    QTest::addColumn<QString>("site");
    QTest::newRow("Slurm") << "rig";
    QTest::newRow("ssh, then Slurm") << "far";
}

void TestWindow::theButtonSubmitsAndTheCurveComesIn() {
    QFETCH(QString, site);
    // Long enough to be looked at in between, whatever the machine: a mirror is brought twice a second.
    constexpr int LongEpochs = 3 * Epochs;
    auto window = newWindow();
    fillIn(*window, site, m_scene, LongEpochs);
    const fs::path run = start(*window);
    QVERIFY(!run.empty());
    const auto known = [&] { return trainPage(*window).follower().find(run); };
    std::set<std::size_t> lengths; // of the curve, while the window says that it works
    std::set<QString> words;       // of the queue
    const auto isOver = [&] {
        words.insert(child<QLabel>(*window, "run.queue")->text());
        if (known() && known()->status == RunStatus::Running)
            lengths.insert(known()->validationLoss.size());
        return known() && embellie::isOver(known()->status);
    };
    const bool came = QTest::qWaitFor(isOver, 90'000);
    QVERIFY2(came, known() ? qPrintable(QString("%1; %2; %3")
                                            .arg(statusKey(known()->status),
                                                 child<QLabel>(*window, "run.queue")->text(),
                                                 child<QLabel>(*window, "run.facts")->text()))
                           : "the run is not listed any more");
    QCOMPARE(known()->status, RunStatus::Finished);
    QVERIFY2(lengths.size() >= 3, "the curve did not come in while it worked");
    QVERIFY2(words.size() >= 2, "the queue was not told in words");
    QCOMPARE(known()->validationLoss.size(), std::size_t(LongEpochs));
    const auto mirror = readMirrorLink(run);
    QCOMPARE(mirror.has_value(), site == QLatin1String("far"));
    QCOMPARE(test::faultOf(mirror ? fs::path(mirror->run) : run, LongEpochs, Steps), QString());
    QVERIFY(!readLaunchRecord(run)->job.empty());
    if (mirror)
        QCOMPARE(m_far->logins(), 1);
}

void TestWindow::cleaningWithASlurmRunIsAJob() {
    const fs::path run = m_person->runs() / "1000"; // judged is the newest
    std::vector<std::string> words = test::smallTraining(m_scene, run);
    words.insert(words.end(), {"--site", "rig"});
    const ProcessResult trained = m_person->cli(words, 120s);
    QVERIFY2(trained.status == 0, trained.errors.c_str());
    const std::string other = m_slurm->ask(
        "sbatch", {"--parsable", "--gres=gpu:2", "--mem=100", "--output=/dev/null", "--wrap", "sleep 600"});
    QVERIFY(test::becomes([&] { return m_slurm->state(other) == "RUNNING"; }, 20s));

    auto window = newWindow();
    dropFolder(window.get(), m_scene);
    QTRY_COMPARE_WITH_TIMEOUT(window->session().opened().size(), std::size_t(1), 20'000);
    QTest::mouseClick(window->findChild<PageSwitch*>(QStringLiteral("window.pages"))->button(2),
                      Qt::LeftButton);
    auto& judge = *qobject_cast<JudgePage*>(window->page(QStringLiteral("judge")));
    QVERIFY(judge.openRun(run));
    auto* show = child<QPushButton>(*window, "judge.show");
    auto* reason = child<QLabel>(*window, "judge.reason");
    QTRY_VERIFY_WITH_TIMEOUT(show->isEnabled() && judge.isComplete(), 20'000);
    const auto job = [&](const char* number) {
        const auto record = readLaunchRecord(RunPaths{run}.predictions() / number);
        return record ? record->job : std::string();
    };
    // Its place in the queue is told; who cancels takes it out of there and may ask again.
    QTest::mouseClick(show, Qt::LeftButton);
    QTRY_VERIFY2_WITH_TIMEOUT(reason->text().contains("waits in the queue"), qPrintable(reason->text()),
                              20'000);
    const std::string first = job("1");
    QCOMPARE(m_slurm->state(first), std::string("PENDING"));
    window->session().work().cancelAll();
    QTRY_VERIFY_WITH_TIMEOUT(show->isEnabled(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_slurm->state(first) == "CANCELLED", 20'000);

    QTest::mouseClick(show, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!job("2").empty() && m_slurm->state(job("2")) == "PENDING", 20'000);
    m_slurm->ask("scancel", {other});
    QTRY_VERIFY2_WITH_TIMEOUT(judge.scores().judgement().has_value(), qPrintable(reason->text()), 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_slurm->state(job("2")) == "COMPLETED", 20'000);
    fs::remove_all(run); // of another shape than the runs of this window
}

void TestWindow::aSweepOnThisMachineComesToARankedTable() {
    auto window = newWindow();
    fillIn(*window, QStringLiteral("local"), m_scene);
    TrainPage& train = trainPage(*window);
    QTest::mouseClick(child<QToolButton>(*window, "train.sweep"), Qt::LeftButton);
    SweepForm& sweep = train.setup().sweep();
    type(sweep.valuesAt(0), QStringLiteral("0.001; 0.003"));
    QTest::mouseClick(child<QToolButton>(*window, "sweep.add"), Qt::LeftButton);
    sweep.settingAt(1)->setCurrentIndex(sweep.settingAt(1)->findData(QStringLiteral("train.batch")));
    type(sweep.valuesAt(1), QStringLiteral("1; 2"));
    type(qobject_cast<QLineEdit*>(train.setup().form().control("train.epochs")), QStringLiteral("2"));
    auto* button = child<QPushButton>(*window, "train.start");
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), 10'000);
    const fs::path folder = train.follower().next();
    QTest::mouseClick(button, Qt::LeftButton);
    auto* table = child<QTableView>(*window, "sweep.table");
    QTRY_VERIFY_WITH_TIMEOUT(table->isVisible() && table->model()->rowCount() == 4, 20'000);
    // One after another, by a process that would outlive this window.
    const auto rowsOf = [&] { return sweepTable(readSweep(folder)); };
    const auto areOver = [&] {
        const std::vector<SweepRow> rows = rowsOf();
        return std::all_of(rows.begin(), rows.end(),
                           [](const SweepRow& row) { return isOver(row.summary.status); });
    };
    QTRY_VERIFY2_WITH_TIMEOUT(areOver(), qPrintable(child<QLabel>(*window, "train.reason")->text()), 120'000);
    std::set<std::string> settings;
    std::vector<double> scores;
    for (const SweepRow& row : rowsOf()) {
        QCOMPARE(test::faultOf(row.run, 2, Steps), QString());
        settings.insert(readRunRequest(row.run).settings);
        QVERIFY(row.score.has_value());
        scores.push_back(*row.score);
    }
    QCOMPARE(settings.size(), std::size_t(4));
    // The table ranks them: numbers from 1 down its first column, and the best run first.
    const SweepSnapshotPtr read = readSweepSnapshot(folder);
    const auto* model = qobject_cast<SweepTableModel*>(table->model());
    QVERIFY(model);
    const auto best = [&] {
        return model->runAt(0) == read->rows[rankedRows(*read).front()].run &&
               model->index(3, 0).data().toString() == QLatin1String("4");
    };
    QTRY_VERIFY_WITH_TIMEOUT(best(), 20'000);
    QCOMPARE(*read->rows[rankedRows(*read).front()].score, *std::max_element(scores.begin(), scores.end()));
    QTRY_VERIFY_WITH_TIMEOUT(test::processesWith("HOME", m_person->home().string()).empty(), 20'000);
    fs::remove_all(folder); // of another shape than the runs of this window
}

void TestWindow::aRequestOverTheLimitsIsRefusedInTheForm() {
    auto window = newWindow();
    fillIn(*window, QStringLiteral("rig"), m_scene);
    auto* gpus = child<QLineEdit>(*window, "site.gpus");
    auto* startButton = child<QPushButton>(*window, "train.start");
    QTRY_VERIFY(startButton->isEnabled());
    type(gpus, QStringLiteral("3"));
    QTRY_VERIFY(!startButton->isEnabled());
    QVERIFY(child<QLabel>(*window, "site.gpus.error")->text().contains(QLatin1String("2")));
    QTest::mouseClick(startButton, Qt::LeftButton);
    QTest::qWait(300);
    QVERIFY(m_slurm->jobs().empty());
    type(gpus, QStringLiteral("1"));
    QTRY_VERIFY(startButton->isEnabled());
}

void TestWindow::killedWindowsLeaveRunsThatEndWellAndAreFound() {
    const int windows = qEnvironmentVariableIntValue("EMBELLIE_LONG_TESTS") ? 20 : 3;
    const std::size_t before = listRuns(m_person->runs()).size();
    for (int n = 0; n < windows; ++n) {
        ProcessRequest request;
        request.program = "/proc/self/exe";
        request.environment[VictimsTask] = (n % 2 ? "local " : "rig ") + m_scene.string();
        request.log = m_folder / "victim.txt";
        const pid_t victim = startProcess(request);
        QVERIFY2(test::becomes([&] { return listRuns(m_person->runs()).size() == before + n + 1; }, 60s),
                 readFile(m_folder / "victim.txt").c_str());
        // At any moment of what follows: while it submits, while the run waits, while it works.
        std::this_thread::sleep_for(std::chrono::milliseconds(QRandomGenerator::global()->bounded(2500)));
        QVERIFY(processIsAlive(victim));
        QCOMPARE(::kill(victim, SIGKILL), 0);
        QVERIFY(test::becomes([&] { return !processIsAlive(victim); }, 10s));
    }
    auto window = newWindow();
    RunFollower& follower = trainPage(*window).follower();
    QCOMPARE(follower.runs().size(), before + windows);
    // One that was killed before its request was sent waits for a person: the window offers to go on.
    for (const RunSummary& run : listRuns(m_person->runs())) {
        const auto record = readLaunchRecord(run.run);
        if (readMirrorLink(run.run))
            continue;
        if (!record || (record->pid == 0 && record->job.empty()))
            QVERIFY2(m_person->cli({"train", "--run", run.run.string(), "--resume", "--detach"}).status == 0,
                     run.run.c_str());
    }
    QVERIFY(QTest::qWaitFor(
        [&] {
            for (const RunSnapshotPtr& run : follower.runs())
                if (!isOver(run->status))
                    return false;
            return true;
        },
        180'000));
    for (const RunSnapshotPtr& run : follower.runs())
        if (!readMirrorLink(run->run))
            QCOMPARE(test::faultOf(run->run, static_cast<int>(run->state->epochs), Steps), QString());
}

void TestWindow::aWindowThroughAnUntrustedForwardedDisplaySubmitsToo() {
    if (!test::areInstalled({"Xvfb", "xauth", "mcookie"}))
        QSKIP("needs Xvfb and xauth (packaging/test --all)");
    // A screen of our own that lets nobody in without its cookie; from that one ssh -X makes an untrusted
    // one.
    const std::string authority = (m_folder / "authority").string();
    ProcessRequest tool;
    tool.program = "/usr/bin/mcookie";
    std::string cookie = runProcess(tool).output;
    cookie.resize(32);
    const auto allow = [&](const std::string& display) {
        tool.program = "/usr/bin/xauth";
        tool.arguments = {"-f", authority, "add", display, ".", cookie};
        return runProcess(tool).status == 0;
    };
    QVERIFY(allow(":0")); // the server takes every cookie of the file, whatever its display
    ProcessRequest screen;
    screen.program = "/usr/bin/Xvfb";
    screen.arguments = {"-displayfd", "1",   "-auth",   authority, "-noreset",
                        "-nolisten",  "tcp", "-screen", "0",       "1400x1000x24"};
    screen.log = m_folder / "screen.txt";
    const pid_t server = startProcess(screen);
    struct Ends {
        pid_t process;
        ~Ends() { ::kill(process, SIGTERM); }
    } const ends{server};
    const auto number = [&] { // a line of its own, among what the server tells
        const QRegularExpression line("^[0-9]+$", QRegularExpression::MultilineOption);
        const std::string said = fs::exists(screen.log) ? readFile(screen.log) : std::string();
        return line.match(QString::fromStdString(said)).captured().toStdString();
    };
    QVERIFY(test::becomes([&] { return !number().empty(); }, 20s));
    const std::string display = ":" + number();
    QVERIFY(allow(display));

    const std::size_t before = listRuns(m_person->runs()).size();
    std::string command = "env";
    for (const auto& [name, value] : m_person->environment())
        if (name != "HOME" && name != "XDG_RUNTIME_DIR")
            command += " " + name + "=" + value;
    command += " EMBELLIE_SOURCE=" + test::sourceFolder().string() +
               " XDG_CONFIG_HOME=" + (m_person->home() / ".config").string() + " QT_QPA_PLATFORM=xcb " +
               VictimsTask + "='rig " + m_scene.string() + "' " + fs::read_symlink("/proc/self/exe").string();
    ProcessRequest ssh;
    ssh.program = "/usr/bin/ssh";
    ssh.arguments = {"-F", m_far->config().string(), "-X",  "-o",   "ForwardX11Trusted=no",
                     "-o", "BatchMode=yes",          "far", command};
    ssh.environment = {{"DISPLAY", display}, {"XAUTHORITY", authority}};
    ssh.log = m_folder / "forwarded.txt";
    const pid_t line = startProcess(ssh);
    const bool submitted =
        test::becomes([&] { return listRuns(m_person->runs()).size() == before + 1; }, 90s);
    QVERIFY2(submitted, readFile(ssh.log).c_str());
    const fs::path run = listRuns(m_person->runs()).front().run;
    QVERIFY(test::becomes([&] { return test::look(run).count("epoch") > 0; }, 60s));
    QVERIFY(processIsAlive(line));
    m_far->cut(); // the window ends with its display, the run does not
    QVERIFY(test::comesTo(run, RunStatus::Finished, 90s));
    QCOMPARE(test::faultOf(run, Epochs, Steps), QString());
    QVERIFY(test::becomes([&] { return !processIsAlive(line); }, 20s));
}

int main(int argc, char** argv) {
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    if (qEnvironmentVariableIsSet(VictimsTask)) {
        Victim victim;
        return QTest::qExec(&victim, {QString::fromLocal8Bit(argv[0])});
    }
    TestWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_real_window.moc"
