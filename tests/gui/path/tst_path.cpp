#include "core/base/file.h"
#include "core/base/process.h"
#include "core/run/run_directory.h"
#include "core/run/worker.h"
#include "core/score/verification.h"
#include "gui/pages/judge/judge_page.h"
#include "gui/pages/main_window.h"
#include "gui/pages/page_switch.h"
#include "gui/pages/problem_strip.h"
#include "gui/pages/theme/flat_style.h"
#include "gui/pages/train/train_page.h"
#include "tests/support/test_support.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>
#include <QUrl>

#include <csignal>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

constexpr int TrainingMilliseconds = 120'000;

template <class Child>
Child* child(QWidget& window, const char* name) {
    auto* found = window.findChild<Child*>(QLatin1String(name));
    if (!found)
        qFatal("there is no %s", name);
    return found;
}

void dropFiles(QWidget* target, const std::vector<fs::path>& files) {
    QMimeData urls;
    QList<QUrl> list;
    for (const fs::path& file : files)
        list << QUrl::fromLocalFile(QString::fromStdString(file.string()));
    urls.setUrls(list);
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &urls, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &urls, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &drop);
}

void typeSetting(SettingsForm& form, const char* key, const char* value) {
    form.setShowsAdvanced(true);
    auto* edit = qobject_cast<QLineEdit*>(form.control(key));
    QVERIFY2(edit, key);
    QTest::mouseDClick(edit, Qt::LeftButton);
    edit->selectAll();
    QTest::keyClicks(edit, QLatin1String(value));
    QCOMPARE(form.errorOf(key), QString());
}

void clickPage(MainWindow& window, int index) {
    QTest::mouseClick(window.findChild<PageSwitch*>(QStringLiteral("window.pages"))->button(index),
                      Qt::LeftButton);
}

TrainPage& trainPage(MainWindow& window) {
    return *qobject_cast<TrainPage*>(window.page(QStringLiteral("train")));
}

JudgePage& judgePage(MainWindow& window) {
    return *qobject_cast<JudgePage*>(window.page(QStringLiteral("judge")));
}

RunStatus statusOf(MainWindow& window, const fs::path& run) {
    const RunSnapshotPtr known = trainPage(window).follower().find(run);
    return known ? known->status : RunStatus::Waiting;
}

std::unique_ptr<MainWindow> newWindow() {
    auto window = std::make_unique<MainWindow>(PaletteBook::load(), ThemeKind::Dark);
    window->show();
    return window;
}

fs::path startTraining(MainWindow& window, const std::vector<fs::path>& files, const char* steps) {
    clickPage(window, 1);
    TrainPage& train = trainPage(window);
    if (!QTest::qWaitFor([&] { return train.follower().hasLooked(); }, 10'000))
        qFatal("the folder of runs is not read");
    const std::size_t before = train.follower().runs().size();
    dropFiles(train.setup().role("scene"), files);
    SettingsForm& form = train.setup().form();
    typeSetting(form, "train.epochs", "2");
    typeSetting(form, "train.steps", steps);
    typeSetting(form, "train.threads", "1");
    typeSetting(form, "unet.width", "4");
    typeSetting(form, "unet.depth", "2");
    typeSetting(form, "denoise.gates", "32");
    auto* start = child<QPushButton>(window, "train.start");
    if (!start->isEnabled())
        qFatal("Start is off: %s", qPrintable(child<QLabel>(window, "train.reason")->text()));
    QTest::mouseClick(start, Qt::LeftButton);
    const auto isListed = [&] { return train.follower().runs().size() > before; };
    if (!QTest::qWaitFor(isListed, 20'000))
        qFatal("the run is not listed: %s", qPrintable(child<QLabel>(window, "train.reason")->text()));
    return train.follower().runs().front()->run;
}

std::vector<fs::path> scenesIn(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".h5")
            files.push_back(entry.path());
    return files;
}

/// Set in a second process of this program: the folder of scenes that its window trains on.
constexpr const char* VictimsScenes = "EMBELLIE_TEST_VICTIMS_SCENES";

} // namespace

/// A window in a process of its own, which starts a run by mouse and keyboard and then stays open until it is
/// killed.
class Victim : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void startsARunAndStaysOpen() {
        auto window = newWindow();
        const fs::path run =
            startTraining(*window, scenesIn(qEnvironmentVariable(VictimsScenes).toStdString()), "20");
        QVERIFY(isRunDirectory(run));
        QTest::qWait(TrainingMilliseconds);
        QFAIL("nobody killed this window");
    }
};

/// The whole path as a person walks it, with the mouse and the keyboard, in a window without a screen.
class TestPath : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void fromFilesToScoresWithTheWindowKilledInBetween();
    void aKilledTrainerIsLostAndGoesOn();

private:
    test::ScratchFolder m_folder;
    std::vector<fs::path> m_files;
    fs::path m_runs;
};

void TestPath::initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setStyle(new FlatStyle);
    m_runs = m_folder / "runs";
    qputenv("EMBELLIE_RUNS", m_runs.c_str());
    qputenv("XDG_CONFIG_HOME", (m_folder / "config").c_str());
    qputenv("XDG_CACHE_HOME", (m_folder / "cache").c_str());

    ProcessRequest simulate;
    simulate.program = test::programFolder() / "embellie-cli";
    simulate.arguments = {"simulate",
                          "--output",
                          (m_folder / "scene").string(),
                          "--seed",
                          "5",
                          "--sim.times",
                          "3",
                          "--sim.elevations",
                          "0.5,1.5",
                          "--sim.rays",
                          "90",
                          "--sim.gates",
                          "64",
                          "--sim.gate_length",
                          "2000"};
    const ProcessResult made = runProcess(simulate);
    QVERIFY2(made.status == 0, made.errors.c_str());
    m_files = scenesIn(m_folder / "scene");
    QCOMPARE(m_files.size(), std::size_t(3));
}

void TestPath::fromFilesToScoresWithTheWindowKilledInBetween() {
    ProcessRequest request;
    request.program = "/proc/self/exe";
    request.environment[VictimsScenes] = (m_folder / "scene").string();
    request.log = m_folder / "victim.txt";
    const pid_t victim = startProcess(request);
    const auto started = [&] {
        if (!fs::exists(m_runs))
            return false;
        const std::vector<RunSummary> runs = listRuns(m_runs);
        return runs.size() == 1 && runs.front().status == RunStatus::Running;
    };
    const bool runs = QTest::qWaitFor(started, 60'000);
    QVERIFY(processIsAlive(victim));
    QCOMPARE(kill(victim, SIGKILL), 0);
    QTRY_VERIFY(!processIsAlive(victim));
    QVERIFY2(runs, readFile(m_folder / "victim.txt").c_str());
    const fs::path run = listRuns(m_runs).front().run;
    QVERIFY(listRuns(m_runs).front().state->step < 40); // it was not over yet

    auto window = newWindow();
    QTRY_VERIFY(trainPage(*window).follower().find(run));
    QTRY_VERIFY_WITH_TIMEOUT(isOver(statusOf(*window, run)), TrainingMilliseconds);
    const RunSnapshotPtr trained = trainPage(*window).follower().find(run);
    QVERIFY2(trained->status == RunStatus::Finished,
             trained->state ? trained->state->reason.c_str() : "no state");
    QCOMPARE(trained->validationLoss.size(), std::size_t(2)); // two epochs
    QVERIFY(trained->baseline && trained->hasWeights);

    dropFiles(window.get(), m_files);
    QTRY_COMPARE(window->session().opened().size(), std::size_t(1));
    QCOMPARE(window->session().group()->volumes.size(), std::size_t(3));
    clickPage(*window, 2);
    JudgePage& judge = judgePage(*window);
    auto* show = child<QPushButton>(*window, "judge.show");
    QTRY_VERIFY(show->isEnabled());
    QTRY_VERIFY(judge.isComplete());
    QTest::mouseClick(show, Qt::LeftButton);
    QTRY_VERIFY2_WITH_TIMEOUT(judge.scores().judgement().has_value(),
                              qPrintable(child<QLabel>(*window, "judge.reason")->text()),
                              TrainingMilliseconds);
    QTRY_VERIFY(judge.isComplete());

    // The predictor stays for the next cleaning, for as long as this window is there.
    QVERIFY(liveWorker(run));

    // The same scores, computed here from the files as the predictor wrote them.
    const auto state = readPredictionState(RunPaths{run}.predictions() / "1");
    QVERIFY(state && state->results.size() == m_files.size());
    Verification expected;
    for (const PredictionState::Result& result : state->results) {
        const auto raw = openSource(result.input), cleaned = openSource(result.output);
        Feedback silent;
        for (int sweep = 0; sweep < 2; ++sweep) {
            const std::string prefix = "sweep_" + std::to_string(sweep) + "/";
            const Field reference = raw->read(prefix + "DBZH", {}, silent);
            const Field candidate = cleaned->read(prefix + "DBZH", {}, silent);
            const Field echoes = raw->read(prefix + "TH", {}, silent);
            expected += verify(reference, candidate, &echoes, {JudgedThresholds, RemovedMeans::NoRain});
        }
    }
    const Judgement& shown = *judge.scores().judgement();
    QCOMPARE(shown.sweeps, std::size_t(6));
    QCOMPARE(shown.scores.thresholds.size(), expected.thresholds.size());
    for (std::size_t at = 0; at < expected.thresholds.size(); ++at) {
        QCOMPARE(shown.scores.thresholds[at].candidate, expected.thresholds[at].candidate);
        QCOMPARE(*shown.scores.thresholds[at].raw, *expected.thresholds[at].raw);
    }
    QVERIFY(expected.thresholds[0].candidate.hits + expected.thresholds[0].candidate.misses > 0);
    QVERIFY(judge.panes().fields().cleaned && judge.panes().fields().difference);
    QCOMPARE(child<MessageStrip>(*window, "judge.sentence")->message(),
             judgementInWords(shown, 0) + ' ' + judgementInNumbers(shown, 0));
    // It was trained on these files, and the page says so.
    QVERIFY(child<MessageStrip>(*window, "judge.nearness")->message().contains("these very files"));

    PaneWidget* pane = judge.panes().pane(JudgedPanes::Cleaned);
    QTest::mouseClick(pane, Qt::LeftButton, {}, pane->rect().center());
    QVERIFY(!judge.panes().readout().isEmpty());
    QTest::keyClick(pane, Qt::Key_Period);
    QVERIFY(judge.panes().isBlinked());
    QCOMPARE(pane->field(), judge.panes().fields().raw);
    QTest::keyClick(pane, Qt::Key_Period);
    QCOMPARE(pane->field(), judge.panes().fields().cleaned);
    QCOMPARE(window->problems()->sentences(), QStringList());
    window.reset();
    QTRY_VERIFY(!liveWorker(run));
}

void TestPath::aKilledTrainerIsLostAndGoesOn() {
    auto window = newWindow();
    const fs::path run = startTraining(*window, m_files, "200");
    const auto known = [&] { return trainPage(*window).follower().find(run); };
    QTRY_VERIFY_WITH_TIMEOUT(known() && known()->status == RunStatus::Running && known()->state->step > 3,
                             60'000);
    QCOMPARE(kill(known()->state->pid, SIGKILL), 0);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*window, run), RunStatus::Lost, 30'000);
    auto* goOn = child<QPushButton>(*window, "run.go_on");
    QTRY_VERIFY(goOn->isVisible());
    QTest::mouseClick(goOn, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(statusOf(*window, run) == RunStatus::Running && known()->state->attempt == 2,
                             60'000);
    QTest::mouseClick(child<QPushButton>(*window, "run.stop"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*window, run), RunStatus::Finished, 60'000);
    QVERIFY(known()->state->checkpoint >= 0);
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    if (qEnvironmentVariableIsSet(VictimsScenes)) {
        Victim victim;
        return QTest::qExec(&victim, {QString::fromLocal8Bit(argv[0])});
    }
    TestPath test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_path.moc"
