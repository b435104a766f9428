#include "core/base/process.h"
#include "core/run/mirror_link.h"
#include "core/run/run_writer.h"
#include "gui/pages/gpu_badge.h"
#include "gui/pages/judge/cleaning.h"
#include "gui/pages/main_window.h"
#include "gui/pages/theme/flat_style.h"
#include "gui/pages/train/train_page.h"
#include "tests/gui/train/fake_slurm.h"
#include "tests/gui/workspace/busy_workers.h"
#include "tests/support/test_support.h"

#include <QApplication>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

template <class Child>
Child* child(QWidget& parent, const char* name) {
    auto* found = parent.findChild<Child*>(QLatin1String(name));
    if (!found)
        qFatal("there is no %s", name);
    return found;
}

void type(QLineEdit* edit, const char* text) {
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, QLatin1String(text));
}

void chooseSite(QWidget& parent, const char* id) {
    auto* sites = child<QComboBox>(parent, "train.site");
    QTRY_VERIFY(sites->findData(QLatin1String(id)) >= 0);
    sites->setFocus();
    const int wanted = sites->findData(QLatin1String(id));
    while (sites->currentIndex() != wanted)
        QTest::keyClick(sites, sites->currentIndex() < wanted ? Qt::Key_Down : Qt::Key_Up);
}

TrainPage& trainPage(MainWindow& window) {
    return *qobject_cast<TrainPage*>(window.page(QStringLiteral("train")));
}

RunRequest request() {
    RunRequest made;
    made.task = "denoise";
    made.network = "unet";
    made.program = "embellie test";
    made.created = now();
    return made;
}

/// A run of a sweep with some epochs behind it.
void writeEpochs(const fs::path& run, const std::vector<double>& scores, RunPhase phase) {
    RunWriter writer(run);
    for (std::size_t epoch = 0; epoch < scores.size(); ++epoch) {
        RunEvent event;
        event.kind = "epoch";
        event.step = 10 * std::int64_t(epoch + 1);
        event.epoch = std::int64_t(epoch);
        event.values = {{"score.csi", scores[epoch]}, {"validation_loss", 1 - scores[epoch]}};
        writer.append(event);
    }
    writer.update([&](RunState& state) {
        state.phase = phase;
        state.epoch = std::int64_t(scores.size());
        state.epochs = 10;
        state.mainScore = "csi";
        if (!scores.empty())
            state.bestScores = {{"csi", *std::max_element(scores.begin(), scores.end())}};
    });
}

Devices oneGpu(pid_t pid, const std::string& user, const std::string& program) {
    Devices devices;
    devices.host = "n1";
    Gpu gpu;
    gpu.model = "RTX 2080 Ti";
    gpu.memoryTotalBytes = 11'000'000'000;
    gpu.memoryUsedBytes = 3'100'000'000;
    GpuProcess process;
    process.pid = pid;
    process.user = user;
    process.program = program;
    process.memoryBytes = 3'100'000'000;
    gpu.processes.push_back(process);
    devices.gpus.push_back(gpu);
    return devices;
}

} // namespace

/// The Train page before a cluster: its queue is a folder of small scripts.
class TestTrainSites : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void wallTimesAreReadAsPeopleWriteThem_data();
    void wallTimesAreReadAsPeopleWriteThem();
    void aRequestOverTheLimitsIsRefusedBesideItsField();
    void aRunWaitsInTheQueueInPlainWordsAndIsTakenOutOfIt();
    void aCancelledStartMayBeTriedAgain();
    void aNewRunIsThatOfTheStart();
    void aSweepIsOneArrayAndIsShownAtOnce();
    void aSweepIsRankedAndTheHopelessAreNamed();
    void aMirroredRunOffersItsWeightsAndIsJudgeable();
    void theBadgeSaysWhatIsHeldAndThatItIsBack();
    void settingsSiteAndNoteOfAnotherRunComeBack();

private:
    std::unique_ptr<MainWindow> newWindow();
    test::ScratchFolder m_folder;
    std::unique_ptr<test::FakeSlurm> m_slurm;
    fs::path m_runs;
};

void TestTrainSites::initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setStyle(new FlatStyle);
    m_runs = m_folder / "runs";
    qputenv("EMBELLIE_RUNS", m_runs.c_str());
    qputenv("XDG_CONFIG_HOME", (m_folder / "config").c_str());
    qputenv("XDG_CACHE_HOME", (m_folder / "cache").c_str());
    QSettings().remove(QStringLiteral("train/site")); // of an earlier test
    fs::create_directories(m_folder / "config/embellie/sites");
    writeFileAtomically(m_folder / "config/embellie/sites/toy.toml", test::ToySite);
    m_slurm = std::make_unique<test::FakeSlurm>(m_folder / "slurm");
    if (!fs::exists(programFolder() / "embellie-learn"))
        QSKIP("built without LibTorch: there is no embellie-learn to submit");
}

std::unique_ptr<MainWindow> TestTrainSites::newWindow() {
    auto window = std::make_unique<MainWindow>(PaletteBook::load(), ThemeKind::Dark);
    window->show();
    window->showPage(QStringLiteral("train"));
    return window;
}

void TestTrainSites::wallTimesAreReadAsPeopleWriteThem_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("minutes");
    QTest::newRow("hours") << "8 h" << 480;
    QTest::newRow("minutes") << "90 min" << 90;
    QTest::newRow("both") << "1h 30" << 90;
    QTest::newRow("days") << "2 d" << 2880;
    QTest::newRow("French days") << "2 j 4 h" << 3120;
    QTest::newRow("Slurm") << "1:30:00" << 90;
    QTest::newRow("Slurm's days") << "1-12" << 2160;
    QTest::newRow("bare") << "45" << 45;
    QTest::newRow("empty") << "" << 0;
    QTest::newRow("nothing") << "0 h" << 0;
    QTest::newRow("words") << "soon" << 0;
}

void TestTrainSites::wallTimesAreReadAsPeopleWriteThem() {
    QFETCH(QString, typed);
    QFETCH(int, minutes);
    const auto time = wallTimeFromTyped(typed);
    QCOMPARE(time ? int(time->count()) : 0, minutes);
    if (time)
        QCOMPARE(wallTimeFromTyped(wallTimeForPeople(*time)), time);
}

void TestTrainSites::aRequestOverTheLimitsIsRefusedBesideItsField() {
    Session session;
    TrainSetup setup(session);
    setup.show();
    setup.site().setSites(knownSites());
    auto* start = child<QPushButton>(setup, "train.start");
    QCOMPARE(start->text(), "Train here");
    QVERIFY(!child<QLineEdit>(setup, "site.gpus")->isVisible());
    chooseSite(setup, "toy");
    QCOMPARE(start->text(), "Train on Toy");
    QVERIFY2(start->isEnabled(), qPrintable(child<QLabel>(setup, "train.reason")->text()));
    auto* gpus = child<QLineEdit>(setup, "site.gpus");
    auto* gpusError = child<QLabel>(setup, "site.gpus.error");
    type(gpus, "2"); // a node has two, a user may have one
    QVERIFY(gpusError->isVisible());
    QVERIFY2(gpusError->text().contains("1"), qPrintable(gpusError->text()));
    QVERIFY(!start->isEnabled());
    QVERIFY2(child<QLabel>(setup, "train.reason")->text().contains("gpus"),
             qPrintable(child<QLabel>(setup, "train.reason")->text()));
    type(gpus, "1");
    QVERIFY(!gpusError->isVisible());
    auto* time = child<QLineEdit>(setup, "site.wall_time");
    auto* timeError = child<QLabel>(setup, "site.wall_time.error");
    type(time, "9 h");
    QVERIFY(timeError->isVisible());
    QVERIFY(!gpusError->isVisible());
    QVERIFY(!start->isEnabled());
    type(time, "soon");
    QVERIFY(timeError->isVisible());
    type(time, "7 h 30 min");
    QVERIFY(!timeError->isVisible());
    QVERIFY(start->isEnabled());
    const RunRequest asked = setup.request();
    QCOMPARE(asked.resources.at("site"), "toy");
    QCOMPARE(resourcesFrom(asked.resources).time, std::chrono::minutes(450));
    QCOMPARE(resourcesFrom(asked.resources).gpus, 1);
    QCOMPARE(resourcesFrom(asked.resources).partition, "gpu");
}

void TestTrainSites::aRunWaitsInTheQueueInPlainWordsAndIsTakenOutOfIt() {
    m_slurm->queue("4700|PENDING|gpu|300|N/A|0:00|1:00:00||Priority\n"
                   "4711|PENDING|gpu|100|2026-01-02T14:20:00|0:00|1:00:00||Resources\n"
                   "4712|PENDING|gpu|200|N/A|0:00|1:00:00||Priority\n"
                   "4713|PENDING|gpu|50|N/A|0:00|1:00:00||Priority\n");
    auto window = newWindow();
    chooseSite(*window, "toy");
    QTest::mouseClick(child<QPushButton>(*window, "train.start"), Qt::LeftButton);
    TrainPage& page = trainPage(*window);
    const fs::path run = m_runs / "1";
    QTRY_VERIFY_WITH_TIMEOUT(page.follower().find(run), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(isQueued(*page.follower().find(run)), 20'000);
    const std::string sent = m_slurm->called("sbatch");
    QVERIFY2(sent.find("--time") != std::string::npos, sent.c_str());
    const auto* queue = child<QLabel>(*window, "run.queue");
    QTRY_VERIFY(queue->isVisible());
    for (const char* said : {"2 jobs wait before it", "14:20", "estimate", "aiting is not an error"})
        QVERIFY2(queue->text().contains(QLatin1String(said)), qPrintable(queue->text()));
    QCOMPARE(page.runs().index(0, RunListModel::StateWords).data().toString(), "waiting in the queue");
    auto* stop = child<QPushButton>(*window, "train.stop_waiting");
    QVERIFY(stop->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(page.follower().find(run)->status == RunStatus::Cancelled ||
                                 page.follower().find(run)->status == RunStatus::Finished,
                             20'000);
    QVERIFY2(m_slurm->called("scancel").find("4711") != std::string::npos,
             m_slurm->called("scancel").c_str());
    QTRY_VERIFY(!stop->isVisible());
}

void TestTrainSites::aCancelledStartMayBeTriedAgain() {
    auto window = newWindow();
    chooseSite(*window, "toy");
    auto* start = child<QPushButton>(*window, "train.start");
    const auto* reason = child<QLabel>(*window, "train.reason");
    {
        const test::BusyWorkers busy(window->session().work());
        QTest::mouseClick(start, Qt::LeftButton);
        QVERIFY(!start->isEnabled());
        QVERIFY(!reason->text().isEmpty());
        QTest::mouseClick(child<QToolButton>(*window, "status.cancel"), Qt::LeftButton);
    }
    QTRY_VERIFY(start->isEnabled());
    QCOMPARE(reason->text(), QString());
}

void TestTrainSites::aNewRunIsThatOfTheStart() {
    auto window = newWindow();
    TrainSetup& setup = trainPage(*window).setup();
    const RunRequest start = setup.request(); // learns the built-in scene in half a minute
    Settings values = setup.form().values();
    for (const auto& [key, value] : tasks().front()->quickSettings)
        if (values.table().find(key))
            QCOMPARE(settingText(values.value(key)), value);
    values.set("train.seed", std::int64_t(7));
    setup.form().setValues(values);
    setup.role(tasks().front()->roles.front().id)->addPaths({m_folder.path()});
    QVERIFY(setup.request().settings != start.settings);
    for (int time = 0; time < 2; ++time) {
        window->actions().find(QStringLiteral("train.new"))->trigger();
        QCOMPARE(setup.request().settings, start.settings);
        QVERIFY(setup.request().data.empty());
    }
}

void TestTrainSites::aSweepIsOneArrayAndIsShownAtOnce() {
    m_slurm->queue("");
    auto window = newWindow();
    TrainPage& page = trainPage(*window);
    chooseSite(*window, "toy");
    QTest::mouseClick(child<QToolButton>(*window, "train.sweep"), Qt::LeftButton);
    SweepForm& sweep = page.setup().sweep();
    type(sweep.valuesAt(0), "0.001; 0.003; 300"); // the last is over the limit
    QVERIFY(!sweep.problems().isEmpty());
    QVERIFY(!child<QPushButton>(*window, "train.start")->isEnabled());
    type(sweep.valuesAt(0), "0.001; 0.003");
    QTest::mouseClick(child<QToolButton>(*window, "sweep.add"), Qt::LeftButton);
    sweep.settingAt(1)->setCurrentIndex(sweep.settingAt(1)->findData("train.batch"));
    type(sweep.valuesAt(1), "1; 2");
    QCOMPARE(sweep.runs(), std::size_t(4));
    auto* start = child<QPushButton>(*window, "train.start");
    QVERIFY2(start->isEnabled(), qPrintable(child<QLabel>(*window, "train.reason")->text()));
    QCOMPARE(start->text(), "Train on Toy: 4 runs");
    QTest::mouseClick(start, Qt::LeftButton);
    auto* table = child<QTableView>(*window, "sweep.table");
    QTRY_VERIFY_WITH_TIMEOUT(table->isVisible() && table->model()->rowCount() == 4, 20'000);
    const std::string sent = m_slurm->called("sbatch");
    QVERIFY2(sent.find("--array") != std::string::npos, sent.c_str());
    QVERIFY(isSweep(m_runs / "2"));
    QCOMPARE(readSweep(m_runs / "2").size(), std::size_t(4));
    // Back to the curves.
    QTest::mouseClick(child<QToolButton>(*window, "train.show_sweep"), Qt::LeftButton);
    QVERIFY(!table->isVisible());
}

void TestTrainSites::aSweepIsRankedAndTheHopelessAreNamed() {
    test::ScratchFolder folder;
    RunSweep sweep;
    sweep.folder = folder / "7";
    sweep.site = "local";
    const SettingTable settings = settingsOf(taskOf("denoise"), networkOf("unet"));
    sweep.axes = {parseSweepAxis("train.learning_rate=1e-2,1e-3", settings),
                  parseSweepAxis("train.batch=1,2", settings)};
    createSweep(sweep, request());
    const auto runs = sweep.runs();
    writeEpochs(runs[0], {0.1, 0.1, 0.1, 0.1}, RunPhase::Running);
    writeEpochs(runs[1], {0.5, 0.6, 0.7, 0.8}, RunPhase::Finished);
    writeEpochs(runs[2], {0.4, 0.5, 0.6, 0.6}, RunPhase::Finished);
    const SweepSnapshotPtr read = readSweepSnapshot(sweep.folder);
    QCOMPARE(rankedRows(*read), (std::vector<std::size_t>{1, 2, 0, 3}));
    QCOMPARE(read->hopeless, std::vector<std::size_t>{0});
    const Theme& theme = PaletteBook::load()->theme(ThemeKind::Light);
    const ParallelData data = parallelDataOf(*read, runs[2], theme);
    QCOMPARE(data.axes.size(), std::size_t(3));
    QCOMPARE(data.axes[0].ticks.front().text, QLocale().toString(0.001)); // by size, not as given
    QVERIFY(data.lines[1].strong && data.lines[2].strong && !data.lines[0].strong);
    QVERIFY(std::isnan(data.lines[3].places.back())); // no score yet
    QVERIFY(data.lines[1].places.back() > data.lines[2].places.back());

    SweepView view;
    view.setTheme(theme);
    view.setSweep(read);
    view.resize(700, 600);
    view.show();
    auto* table = child<QTableView>(view, "sweep.table");
    QCOMPARE(table->model()->index(0, 1).data().toString(), "001");
    QSignalSpy chosen(&view, &SweepView::runChosen);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(1, 1)).center());
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.front().front().value<fs::path>(), runs[2]);
    QSignalSpy stopped(&view, &SweepView::stopWanted);
    QTest::mouseClick(child<QPushButton>(view, "sweep.stop"), Qt::LeftButton);
    QCOMPARE(stopped.count(), 1);
    QCOMPARE(stopped.front().front().value<std::vector<fs::path>>(), std::vector<fs::path>{runs[0]});
}

void TestTrainSites::aMirroredRunOffersItsWeightsAndIsJudgeable() {
    test::ScratchFolder folder;
    const fs::path run = folder / "3";
    createRun(run, request());
    {
        RunWriter writer(run);
        writer.update([](RunState& state) {
            state.phase = RunPhase::Finished;
            state.bestEpoch = 2;
            state.host = "far";
        });
    }
    MirrorLink link;
    link.site = "toy";
    link.run = "/home/somebody/embellie-runs/3";
    link.status = RunStatus::Finished;
    writeMirrorLink(run, link);
    RunReader reader(run);
    reader.poll();
    RunDesk desk;
    desk.readSites();
    const auto snapshot = std::make_shared<RunSnapshot>(snapshotOf(reader, desk.placeOf(reader)));
    QVERIFY(snapshot->place.isMirror);
    QCOMPARE(snapshot->place.label, "Toy");
    QVERIFY(snapshot->weightsAreFar);
    RunPanel panel;
    panel.setRun(snapshot);
    panel.show();
    auto* fetch = child<QPushButton>(panel, "run.fetch");
    QVERIFY(fetch->isVisible());
    QVERIFY(child<QPushButton>(panel, "run.judge")->isVisible());
    QSignalSpy wanted(&panel, &RunPanel::fetchWanted);
    QTest::mouseClick(fetch, Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    const std::vector<Candidate> candidates = judgeableRuns(folder.path(), {});
    QCOMPARE(candidates.size(), std::size_t(1));
    QCOMPARE(candidates.front().site, "Toy");
}

void TestTrainSites::theBadgeSaysWhatIsHeldAndThatItIsBack() {
    using Kind = GpuBadgeText::Kind;
    const Devices others = oneGpu(99, "somebody", "python");
    QCOMPARE(gpuBadgeText(others, {}, {}, "me", false).word, "No GPU held");
    QVERIFY(gpuBadgeText(others, {}, {}, "me", false).details.contains("somebody: python, 3.1 GB"));
    const Devices mine = oneGpu(99, "me", "embellie-learn");
    QCOMPARE(gpuBadgeText(mine, {}, {}, "me", false).word, "Holding 1 GPU, 3.1 GB");
    QCOMPARE(gpuBadgeText(others, {}, {99}, "me", false).kind, Kind::Held); // a run's own process
    QCOMPARE(gpuBadgeText(others, {}, {}, "me", true).word, "GPU given back");
    Devices none;
    none.host = "laptop";
    none.absence = text(EMBELLIE_TR("launch", "no NVIDIA driver here"));
    QCOMPARE(gpuBadgeText(none, {}, {}, "me", false).word, "No GPU here");
    const GpuUse far{"HAL", "13", 1, 3.1e9};
    QCOMPARE(gpuBadgeText(none, {far}, {}, "me", false).word, "HAL: holding 1 GPU, 3.1 GB");
    QCOMPARE(gpuBadgeText(none, {}, {}, "me", true).kind, Kind::Returned);
}

void TestTrainSites::settingsSiteAndNoteOfAnotherRunComeBack() {
    Session session;
    TrainSetup first(session), second(session);
    for (TrainSetup* setup : {&first, &second})
        setup->site().setSites(knownSites());
    chooseSite(first, "toy");
    type(child<QLineEdit>(first, "site.wall_time"), "3 h");
    second.site().choose("local", {});
    second.copyFrom(first.request());
    QCOMPARE(second.request().resources, first.request().resources);

    auto made = std::make_shared<RunSnapshot>();
    made->run = m_folder / "noted";
    made->note = "first";
    RunPanel panel;
    panel.setRun(made);
    panel.show();
    auto* note = child<QLineEdit>(panel, "run.note");
    QCOMPARE(note->text(), "first");
    QSignalSpy edited(&panel, &RunPanel::noteEdited);
    type(note, "with the range channel");
    QTest::keyClick(note, Qt::Key_Return);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(edited.front().at(1).toString(), "with the range channel");
}

QTEST_MAIN(TestTrainSites)
#include "tst_train_sites.moc"
