#include "core/base/file.h"
#include "core/base/process.h"
#include "core/run/run_writer.h"
#include "gui/pages/train/run_curves.h"
#include "gui/pages/train/run_follower.h"
#include "gui/pages/train/run_list_model.h"
#include "gui/pages/train/run_panel.h"
#include "tests/support/test_support.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

RunRequest request(int minute) {
    RunRequest made;
    made.task = "denoise";
    made.network = "unet";
    made.program = "embellie test";
    made.note = "as asked";
    made.created = toTimePoint({2026, 1, 2, 3, minute, 0});
    return made;
}

RunSnapshotPtr snapshot(const std::string& name, RunStatus status, std::optional<double> best = {}) {
    auto made = std::make_shared<RunSnapshot>();
    made->run = "/runs/" + name;
    made->name = QString::fromStdString(name);
    made->request = request(std::stoi(name));
    made->status = status;
    made->network = "U-Net";
    made->mainScore = "csi";
    made->best = best;
    made->seconds = 232;
    return made;
}

QString asText(const RunListModel& model) {
    QString lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column)
            lines +=
                model.index(row, column).data().toString() + (column + 1 < model.columnCount() ? "|" : "\n");
    }
    return lines;
}

/// A trainer's pen with a little of everything; ends as the process that wrote it is alive.
void writeTraining(const fs::path& run) {
    RunWriter writer(run);
    const auto append = [&](const char* kind, int step, int epoch, std::map<std::string, double> values) {
        RunEvent event;
        event.kind = kind;
        event.step = step;
        event.epoch = epoch;
        event.values = std::move(values);
        writer.append(event);
    };
    append("started", 0, 0, {});
    append("message", 0, 0, {{"memory_estimate_bytes", 0.5e9}, {"memory_bytes", 25e9}});
    append("baseline", 0, 0, {{"score.csi", 0.42}});
    for (int epoch = 0; epoch < 3; ++epoch) {
        const int tenths = 9 - epoch;
        append("step", epoch * 10 + 5, epoch, {{"loss", tenths / 10.0 + 0.1}});
        append("epoch", epoch * 10 + 10, epoch,
               {{"training_loss", tenths / 10.0},
                {"validation_loss", tenths / 10.0 + 0.05},
                {"sample_wait_share", 0.008 + 0.1 * epoch},
                {"score.csi", (5 + epoch) / 10.0}});
    }
    writer.update([](RunState& state) {
        state.phase = RunPhase::Running;
        state.epoch = 2;
        state.epochs = 5;
        state.mainScore = "csi";
        state.secondsLeft = 232;
        state.peakMemoryBytes = 420'000'000;
        state.bestScores = {{"csi", 0.7}};
    });
}

/// As if the process that wrote the state had died.
void makeOwnerDead(const fs::path& run) {
    ProcessRequest request;
    request.program = "/bin/true";
    const pid_t dead = startProcess(request);
    QTRY_VERIFY(!processIsAlive(dead));
    auto state = nlohmann::json::parse(readFile(RunPaths{run}.state()));
    state["pid"] = dead;
    state["start_ticks"] = 1;
    writeFileAtomically(RunPaths{run}.state(), state.dump());
}

} // namespace

class TestRunList : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsFollowTheRunsAndKeepTheirPlaces();
    void aNoteIsEditedInPlace();
    void curvesComeFromTheEvents();
    void thePanelSaysWhatHoldsTheTrainingUp();
    void aRunStartedElsewhereIsFoundAndFollowed();
    void aRunWhoseTrainerDiedIsLost();
    void aBrokenRunIsListedWithItsProblem();
    void runsKeepTheirColourWhileTheyAreDrawn();
    void theNextRunHasTheNextNumber();
    void durationsAreSaidInWords();
};

void TestRunList::rowsFollowTheRunsAndKeepTheirPlaces() {
    RunListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRuns({snapshot("2", RunStatus::Running), snapshot("1", RunStatus::Finished, 0.816)});
    QCOMPARE(asText(model), "2|running|3 min 52 s|U-Net|—|\n1|finished|3 min 52 s|U-Net|0.82|\n");
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    const QPersistentModelIndex first = model.index(1, 0);
    model.setRuns({snapshot("3", RunStatus::Waiting), snapshot("2", RunStatus::Lost),
                   snapshot("1", RunStatus::Finished, 0.816)});
    QCOMPARE(first.row(), 2); // a selection would have stayed with its run
    QCOMPARE(model.rowOf("/runs/3"), 0);
    model.setRuns({snapshot("3", RunStatus::Running), snapshot("1", RunStatus::Finished, 0.816)});
    QCOMPARE(first.row(), 1);
    QCOMPARE(model.rowOf("/runs/2"), -1);
    QCOMPARE(reset.count(), 0);
    model.setRuns({});
    QCOMPARE(model.rowCount(), 0);
}

void TestRunList::aNoteIsEditedInPlace() {
    test::ScratchFolder folder;
    createRun(folder / "1", request(1));
    RunFollower follower(folder.path());
    QTRY_COMPARE(follower.runs().size(), std::size_t(1));
    QCOMPARE(follower.runs().front()->note, "as asked");
    RunListModel model;
    connect(&model, &RunListModel::noteEdited,
            [](const fs::path& run, const QString& note) { writeNote(run, note); });
    model.setRuns(follower.runs());
    const QModelIndex note = model.index(0, RunListModel::Note);
    QVERIFY(note.flags() & Qt::ItemIsEditable);
    QVERIFY(!(model.index(0, RunListModel::Name).flags() & Qt::ItemIsEditable));
    QVERIFY(model.setData(note, "with the range channel", Qt::EditRole));
    QCOMPARE(note.data().toString(), "with the range channel");
    follower.refresh();
    QTRY_COMPARE(follower.runs().front()->note, "with the range channel");
}

void TestRunList::curvesComeFromTheEvents() {
    test::ScratchFolder folder;
    createRun(folder / "7", request(1));
    writeTraining(folder / "7");
    RunReader reader(folder / "7");
    reader.poll();
    const RunSnapshot made = snapshotOf(reader);
    QCOMPARE(made.status, RunStatus::Running); // this process is alive
    QCOMPARE(made.trainingLoss, (std::vector<QPointF>{{10, 0.9}, {20, 0.8}, {30, 0.7}}));
    QCOMPARE(made.score.back(), QPointF(30, 0.7));
    QCOMPARE(made.baseline.value(), 0.42);
    QCOMPARE(made.best.value(), 0.7);
    QVERIFY(made.network.startsWith("U-Net, "));
    const ChartData chart = scoreChart({std::make_shared<RunSnapshot>(made)}, {});
    QCOMPARE(chart.baseline->label, "raw, no cleaning 0.42");
    QCOMPARE(chart.series.front().endLabel, "run 7: 0.70");
}

void TestRunList::thePanelSaysWhatHoldsTheTrainingUp() {
    test::ScratchFolder folder;
    createRun(folder / "7", request(1));
    writeTraining(folder / "7");
    RunReader reader(folder / "7");
    reader.poll();
    auto made = std::make_shared<RunSnapshot>(snapshotOf(reader));
    RunPanel panel;
    panel.setRun(made);
    const auto facts = [&] {
        static const QRegularExpression tags(QStringLiteral("<[^>]*>"));
        return panel.findChild<QLabel*>("run.facts")->text().replace("<br>", "\n").remove(tags);
    };
    QVERIFY2(facts().contains("time left 3 min 52 s\n"), qPrintable(facts()));
    QVERIFY2(facts().contains("waits for samples, 21 % of the time\n"), qPrintable(facts())); // as told last
    QVERIFY2(facts().contains("memory 420 MB at most, 500 MB expected, of 25.0 GB"), qPrintable(facts()));
    made = std::make_shared<RunSnapshot>(*made);
    made->waitShare = 0.008;
    made->expectedBytes = 0; // a trainer of another version says less
    panel.setRun(made);
    QVERIFY2(facts().contains("waits for arithmetic; samples 0.8 % of the time\n"), qPrintable(facts()));
    QVERIFY2(facts().contains("memory 420 MB at most"), qPrintable(facts()));
    made = std::make_shared<RunSnapshot>(*made);
    made->status = RunStatus::Finished;
    panel.setRun(made);
    QVERIFY2(facts().contains("waited for arithmetic"), qPrintable(facts()));
    QVERIFY(!facts().contains("time left"));
}

void TestRunList::aRunStartedElsewhereIsFoundAndFollowed() {
    test::ScratchFolder folder;
    RunFollower follower(folder.path());
    QTRY_VERIFY(follower.hasLooked());
    QVERIFY(follower.runs().empty());
    createRun(folder / "1", request(1));
    QTRY_COMPARE(follower.runs().size(), std::size_t(1));
    QCOMPARE(follower.runs().front()->status, RunStatus::Waiting);
    writeTraining(folder / "1");
    QTRY_COMPARE(follower.runs().front()->status, RunStatus::Running);
    QCOMPARE(statusForPeople(*follower.runs().front()), "running, epoch 3 of 5");
    createRun(folder / "2", request(2));
    QTRY_COMPARE(follower.runs().size(), std::size_t(2));
    QCOMPARE(follower.runs().front()->name, "2"); // newest first
}

void TestRunList::aRunWhoseTrainerDiedIsLost() {
    test::ScratchFolder folder;
    createRun(folder / "1", request(1));
    writeTraining(folder / "1");
    makeOwnerDead(folder / "1");
    RunFollower follower(folder.path());
    QTRY_VERIFY(!follower.runs().empty() && follower.runs().front()->status == RunStatus::Lost);
}

void TestRunList::aBrokenRunIsListedWithItsProblem() {
    test::ScratchFolder folder;
    createRun(folder / "1", request(1));
    writeFileAtomically(RunPaths{folder / "1"}.request(), "format = 99\n");
    RunFollower follower(folder.path());
    QTRY_COMPARE(follower.runs().size(), std::size_t(1));
    QVERIFY2(follower.runs().front()->problem.contains("99"), qPrintable(follower.runs().front()->problem));
    RunListModel model;
    model.setRuns(follower.runs());
    QCOMPARE(model.index(0, RunListModel::StateWords).data().toString(), "can't be read");
    QCOMPARE(model.index(0, RunListModel::Name).data(Qt::ToolTipRole).toString(),
             follower.runs().front()->problem);
}

void TestRunList::runsKeepTheirColourWhileTheyAreDrawn() {
    Theme theme;
    theme.curves = {Qt::red, Qt::green};
    theme.mutedText = Qt::gray;
    RunColours colours;
    colours.setChosen({"/a", "/b", "/c"});
    QCOMPARE(colours.colours(theme).at("/a"), QColor(Qt::red));
    QCOMPARE(colours.colours(theme).at("/c"), QColor(Qt::gray)); // more than there are colours
    colours.setChosen({"/b"});
    colours.setChosen({"/b", "/d"});
    QCOMPARE(colours.colours(theme).at("/b"), QColor(Qt::green));
    QCOMPARE(colours.colours(theme).at("/d"), QColor(Qt::red));
}

void TestRunList::theNextRunHasTheNextNumber() {
    test::ScratchFolder folder;
    QCOMPARE(nextRun(folder.path()), folder / "1");
    QCOMPARE(nextRun(folder / "not there yet"), folder / "not there yet/1");
    for (const char* name : {"2", "13", "14b", "notes"})
        fs::create_directory(folder / name);
    QCOMPARE(nextRun(folder.path()), folder / "14");
}

void TestRunList::durationsAreSaidInWords() {
    QCOMPARE(durationForPeople(-1), "—");
    QCOMPARE(durationForPeople(12.4), "12 s");
    QCOMPARE(durationForPeople(232), "3 min 52 s");
    QCOMPARE(durationForPeople(65), "1 min 05 s");
    QCOMPARE(durationForPeople(3900), "1 h 05 min");
}

QTEST_MAIN(TestRunList)
#include "tst_run_list.moc"
