#include "core/simulate/scene.h"
#include "core/base/file.h"
#include "core/run/run_writer.h"
#include "core/launch/sweep.h"
#include "gui/pages/judge/cleaning.h"
#include "gui/pages/judge/judgement.h"
#include "gui/pages/judge/run_threshold.h"
#include "gui/pages/judge/score_table.h"
#include "tests/gui/judge/random_volumes.h"
#include "tests/support/test_support.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;

namespace {

void writeDataRecord(const fs::path& run, const std::vector<fs::path>& files) {
    std::string lines;
    for (const fs::path& file : files)
        lines += nlohmann::json{{"path", file.string()}, {"role", "rain"}, {"sha256", "0"}}.dump() + "\n";
    writeFileAtomically(RunPaths{run}.data(), lines);
}

RunRequest request() {
    RunRequest made;
    made.task = "denoise";
    made.network = "unet";
    return made;
}

} // namespace

class TestJudgement : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theDifferenceCountsAsTheScoresDo_data();
    void theDifferenceCountsAsTheScoresDo();
    void aResultIsFoundByAngleShapeAndTime();
    void theCleanedMomentIsTheOneThatWasMade_data();
    void theCleanedMomentIsTheOneThatWasMade();
    void theReferenceIsTheCleanedTwin_data();
    void theReferenceIsTheCleanedTwin();
    void scoresArePooledOverAllSweeps();
    void trainingOnNearDataIsNoticed();
    void earlierResultsServeWhileWeightsAreOlder();
    void theRunsOfASweepCleanTogetherToo();
    void fewGatesAreSaidToBeTooFew();
    void theTableShowsScoresBesideTheRawOnes();
};

void TestJudgement::theDifferenceCountsAsTheScoresDo_data() {
    QTest::addColumn<double>("threshold");
    QTest::addColumn<bool>("withRaw");
    QTest::newRow("any rain") << 0.0 << true;
    QTest::newRow("on the edge of a step") << 15.0 << true;
    QTest::newRow("without raw echoes") << 7.0 << false;
}

void TestJudgement::theDifferenceCountsAsTheScoresDo() {
    QFETCH(double, threshold);
    QFETCH(bool, withRaw);
    const FieldPtr raw = randomField("TH", 0.5, 1, {10, 20, 0});
    const FieldPtr cleaned = randomField("DBZH", 0.5, 2, {5, 30, 20});
    const FieldPtr reference = randomField("DBZH", 0.5, 3, {15, 30, 5});
    JudgedFields counted;
    const FieldPtr difference =
        differenceField(*reference, *cleaned, withRaw ? raw.get() : nullptr, threshold, {1, 2, 3}, counted);
    const Verification scores =
        verify(*reference, *cleaned, withRaw ? raw.get() : nullptr, {{threshold}, RemovedMeans::NoRain});
    const Contingency& table = scores.thresholds.front().candidate;
    QCOMPARE(counted.agree, table.hits);
    QCOMPARE(counted.lost, table.misses);
    QCOMPARE(counted.left, table.falseAlarms);
    const FieldSummary summary = summarise(*difference);
    QCOMPARE(summary.counts[std::size_t(State::NoEcho)], std::size_t(table.correctNegatives));
    QCOMPARE(summary.counts[std::size_t(State::NoData)], difference->size() - std::size_t(scores.cells));
}

void TestJudgement::aResultIsFoundByAngleShapeAndTime() {
    test::ScratchFolder folder;
    const auto data = opened(
        {writeVolume(folder / "a.h5", Noon), writeVolume(folder / "b.h5", Noon + std::chrono::minutes(5))});
    const GroupEntry& group = data->groups().front();
    QCOMPARE(group.volumes.size(), std::size_t(2));
    const LayerEntry& upper = group.volumes[1].layers[1];
    const LayerEntry* found = resultLayer(*data, group, upper);
    QVERIFY(found);
    QCOMPARE(found->angle, upper.angle);
    QCOMPARE(found->time, upper.time);
    const auto other = opened({writeVolume(folder / "later.h5", Noon + std::chrono::hours(3))});
    QVERIFY(!resultLayer(*other, group, upper)); // another time
    LayerEntry longer = upper;
    longer.gates += 1;
    QVERIFY(!resultLayer(*data, group, longer)); // another shape
    GroupEntry elsewhere = group;
    elsewhere.site->latitude += 0.5;
    QCOMPARE(data->groups().size(), std::size_t(1));
    QVERIFY(!resultLayer(*data, elsewhere, upper));          // another radar
    elsewhere.site->latitude = group.site->latitude + 0.001; // files round differently
    QVERIFY(resultLayer(*data, elsewhere, upper));
}

// What the layer of a result holds: "a+" is a with a probability of its own.
void TestJudgement::theCleanedMomentIsTheOneThatWasMade_data() {
    QTest::addColumn<QStringList>("moments");
    QTest::addColumn<QString>("raw");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("cleaned");
    QTest::newRow("ODIM, TH") << QStringList{"TH", "DBZH+"} << "TH"
                              << "DBZH"
                              << "DBZH";
    QTest::newRow("ODIM, replaced") << QStringList{"DBZH+", "VRADH"} << "DBZH"
                                    << "DBZH"
                                    << "DBZH";
    QTest::newRow("CfRadial, any name") << QStringList{"REF", "VEL", "DBZH+"} << "REF"
                                        << "DBZH"
                                        << "DBZH";
    QTest::newRow("CfRadial, filtered one beside")
        << QStringList{"reflectivity", "reflectivity_hh_clut", "DBZH+"} << "reflectivity_hh_clut"
        << "DBZH"
        << "DBZH";
    QTest::newRow("CfRadial, DBZH itself") << QStringList{"DBZH", "DBZH_cleaned+"} << "DBZH"
                                           << "DBZH"
                                           << "DBZH_cleaned";
    QTest::newRow("CfRadial, a second time")
        << QStringList{"DBZH", "DBZH_cleaned+", "DBZH_cleaned_2+"} << "DBZH"
        << "DBZH"
        << "DBZH_cleaned_2";
    QTest::newRow("CfRadial, a result of a result") << QStringList{"REF", "DBZH+", "DBZH_cleaned+"} << "DBZH"
                                                    << "DBZH"
                                                    << "DBZH_cleaned";
    QTest::newRow("classes") << QStringList{"TH", "CLASS"} << "TH"
                             << "CLASS"
                             << "CLASS";
    QTest::newRow("somebody else's file") << QStringList{"DBZH", "VRADH"} << "TH"
                                          << ""
                                          << "DBZH";
}

void TestJudgement::theCleanedMomentIsTheOneThatWasMade() {
    QFETCH(QStringList, moments);
    QFETCH(QString, raw);
    QFETCH(QString, expected);
    QFETCH(QString, cleaned);
    LayerEntry layer;
    const auto add = [&](const std::string& id, Kind kind, const std::string& qualityOf) {
        MomentEntry moment;
        moment.quantity.id = id;
        moment.quantity.kind = kind;
        moment.qualityOf = qualityOf;
        layer.moments.push_back(moment);
    };
    for (const QString& name : moments) {
        const std::string id = QString(name).remove('+').toStdString();
        add(id, Kind::Quantity, "");
        if (name.endsWith('+')) {
            add("PROB", Kind::Probability, id);
            add(UncertaintyId, Kind::Quantity, id);
        }
    }
    QCOMPARE(cleanedMoment(layer, raw.toStdString(), expected.toStdString()), cleaned.toStdString());
}

void TestJudgement::theReferenceIsTheCleanedTwin_data() {
    QTest::addColumn<QStringList>("moments");
    QTest::addColumn<QString>("raw");
    QTest::addColumn<QString>("reference");
    QTest::newRow("French and simulated radars") << QStringList{"TH", "DBZH", "VRADH"} << "TH"
                                                 << "DBZH";
    QTest::newRow("Captains Flat") << QStringList{"TH", "DBZH", "DBZH_CLEAN"} << "TH"
                                   << "DBZH_CLEAN";
    QTest::newRow("Lema") << QStringList{"reflectivity", "reflectivity_hh_clut"} << "reflectivity_hh_clut"
                          << "reflectivity";
    QTest::newRow("nothing but the input") << QStringList{"DBZH", "VRADH"} << "DBZH"
                                           << "";
}

void TestJudgement::theReferenceIsTheCleanedTwin() {
    QFETCH(QStringList, moments);
    QFETCH(QString, raw);
    QFETCH(QString, reference);
    LayerEntry layer;
    for (const QString& id : moments) {
        MomentEntry moment;
        moment.quantity.id = id.toStdString();
        layer.moments.push_back(moment);
    }
    QCOMPARE(QString::fromStdString(likelyReference(layer, raw.toStdString(), "DBZH")), reference);
}

void TestJudgement::scoresArePooledOverAllSweeps() {
    test::ScratchFolder folder;
    const auto data = opened({writeVolume(folder / "a.h5", Noon)});
    std::vector<JudgedLayer> layers;
    Verification expected;
    Feedback silent;
    for (const LayerEntry& layer : data->groups().front().volumes.front().layers) {
        JudgedLayer judged;
        judged.data = judged.results = data;
        judged.layer = layer;
        judged.result = layer;
        judged.raw = judged.cleaned = "TH";
        judged.reference = "DBZH";
        layers.push_back(judged);
        const FieldPtr th = data->read(layer, *layer.find("TH"), silent),
                       dbzh = data->read(layer, *layer.find("DBZH"), silent);
        expected += verify(*dbzh, *th, th.get(), {JudgedThresholds, RemovedMeans::NoRain});
    }
    const Judgement made = judge(layers, JudgedThresholds, std::nullopt, silent);
    QCOMPARE(made.sweeps, std::size_t(2));
    QCOMPARE(made.scores.thresholds.size(), expected.thresholds.size());
    for (std::size_t at = 0; at < expected.thresholds.size(); ++at)
        QCOMPARE(made.scores.thresholds[at].candidate, expected.thresholds[at].candidate);
    layers.front().result.reset(); // a sweep without a result is left out
    QCOMPARE(judge(layers, JudgedThresholds, std::nullopt, silent).sweeps, std::size_t(1));
}

void TestJudgement::trainingOnNearDataIsNoticed() {
    test::ScratchFolder folder;
    const fs::path judged = writeVolume(folder / "judged.h5", Noon);
    const fs::path near = writeVolume(folder / "near.h5", Noon - std::chrono::minutes(5));
    const fs::path far = writeVolume(folder / "far.h5", Noon - std::chrono::hours(24 * 30));
    const auto data = opened({judged});
    const GroupEntry& group = data->groups().front();
    const fs::path run = folder / "run";
    createRun(run, request());
    Feedback silent;
    using Kind = Nearness::Kind;
    QCOMPARE(nearnessOf(run, *data, group, false, silent).kind, Kind::Apart);
    QCOMPARE(nearnessOf(run, *data, group, true, silent).kind, Kind::Simulated);
    writeDataRecord(run, {far, folder / "gone.h5"});
    QCOMPARE(nearnessOf(run, *data, group, false, silent).kind, Kind::Apart);
    writeDataRecord(run, {far, near});
    const Nearness made = nearnessOf(run, *data, group, false, silent);
    QCOMPARE(made.kind, Kind::SameRadar);
    QVERIFY(std::abs(made.hoursApart * 60 - 5) < 0.02);
    writeDataRecord(run, {writeVolume(folder / "made.h5", Noon, SimulatedSiteName)});
    QCOMPARE(nearnessOf(run, *data, group, false, silent).kind, Kind::Simulated);
    writeDataRecord(run, {near, judged});
    QCOMPARE(nearnessOf(run, *data, group, false, silent).kind, Kind::SameFile);
}

void TestJudgement::earlierResultsServeWhileWeightsAreOlder() {
    test::ScratchFolder folder;
    const fs::path run = folder / "run";
    createRun(run, request());
    const std::vector<std::string> files{"/data/a.h5"};
    QVERIFY(earlierResults(run, {}, files, {}).empty());
    writeFileAtomically(RunPaths{run}.weights(), "weights");
    QVERIFY(!judgeableRuns(folder.path(), {}).empty());
    PredictionRequest asked;
    asked.files = files;
    const fs::path prediction = createPrediction(run, asked);
    const fs::path output = folder / "cleaned.h5";
    writeFileAtomically(output, "result");
    PredictionState state;
    state.phase = RunPhase::Running;
    writePredictionState(prediction, state);
    QVERIFY(earlierResults(run, {}, files, {}).empty());
    state.phase = RunPhase::Finished;
    state.results = {{files.front(), output.string(), {}}};
    writePredictionState(prediction, state);
    QCOMPARE(earlierResults(run, {}, files, {}), std::vector<fs::path>{output});
    QVERIFY(earlierResults(run, {}, {"/data/b.h5"}, {}).empty()); // other data
    QVERIFY(earlierResults(run, {}, files, "DBZH").empty());      // another input
    QVERIFY(earlierResults(run, {run}, files, {}).empty());       // not by this ensemble
    chooseRunThreshold(run, 250);
    QVERIFY(earlierResults(run, {}, files, {}).empty()); // another threshold
    chooseRunThreshold(run, readRunThreshold(run)->trained);
    QCOMPARE(earlierResults(run, {}, files, {}), std::vector<fs::path>{output});
    fs::last_write_time(RunPaths{run}.weights(), fs::file_time_type::clock::now() + std::chrono::seconds(5));
    QVERIFY(earlierResults(run, {}, files, {}).empty()); // newer weights
}

void TestJudgement::theRunsOfASweepCleanTogetherToo() {
    test::ScratchFolder folder;
    RunSweep sweep;
    sweep.folder = folder / "seeds";
    sweep.axes = {{"train.seed", {"1", "2", "3"}}};
    sweep.site = "local";
    createSweep(sweep, request());
    const std::vector<fs::path> runs = sweep.runs();
    writeFileAtomically(RunPaths{runs[1]}.weights(), "weights");
    QCOMPARE(judgeableRuns(folder.path(), {}).size(), std::size_t(1)); // one alone is no ensemble
    writeFileAtomically(RunPaths{runs[0]}.weights(), "weights");
    const std::vector<Candidate> found = judgeableRuns(folder.path(), {});
    QCOMPARE(found.size(), std::size_t(3));
    const Candidate& all = found.back();
    QCOMPARE(all.run, runs[0]);
    QCOMPARE(all.members, std::vector<fs::path>{runs[1]}); // the third has no weights yet
    QCOMPARE(titleOf(all), QString("All 2 runs of seeds: U-Net"));
    QCOMPARE(makerOf(all), QString("made by 2 runs of seeds"));
    for (std::size_t at = 0; at < 2; ++at)
        QVERIFY(found[at].members.empty());
}

void TestJudgement::fewGatesAreSaidToBeTooFew() {
    Judgement made;
    made.sweeps = 5;
    made.span = {Noon, Noon + std::chrono::minutes(4)};
    for (const double threshold : {0.0, 30.0}) {
        ThresholdScore score;
        score.threshold = threshold;
        score.candidate = threshold == 0 ? Contingency{900, 100, 50, 5000} : Contingency{300, 25, 5, 5000};
        score.raw = Contingency{950, 50, 800, 4250};
        score.clutter = 800;
        score.clutterKept = 48;
        score.rainKept = 874;
        made.scores.thresholds.push_back(score);
    }
    made.scores.fields = 5;
    QCOMPARE(judgementCaution(made), "5 sweeps, 12:00 to 12:04 UTC; gates not measured are left out. "
                                     "From 30 dBZ only 325 gates are rain: too few to trust.");
    QCOMPARE(judgementInWords(made, 0), "Removes 94 % of what is not rain, loses 8 % of raw's rain.");
    // 900 / (900 + 100 + 50) and 950 / (950 + 50 + 800)
    QCOMPARE(judgementInNumbers(made, 0), "CSI 0.53 raw, 0.86 cleaned.");
    QVERIFY(isBetterThanRaw(made, 0));
    made.scores.thresholds[0].candidate.hits = 100;
    QVERIFY(!isBetterThanRaw(made, 0));
}

void TestJudgement::theTableShowsScoresBesideTheRawOnes() {
    ScoreTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    Judgement made;
    made.sweeps = 1;
    ThresholdScore score;
    score.candidate = {900, 100, 50, 5000};
    score.raw = Contingency{950, 50, 800, 4250};
    made.scores.thresholds.push_back(score);
    model.setJudgement(made);
    QStringList row;
    for (int column = 0; column < model.columnCount(); ++column)
        row << model.index(0, column).data().toString();
    QCOMPARE(row, (QStringList{"0", QString::fromUtf8("1\u2009000"), "0.90", "0.05", "0.86", "0.91", "0.95",
                               "0.53", "1.75"}));
    Verification rival;
    rival.thresholds.push_back(score);
    rival.thresholds.front().candidate = {500, 500, 500, 4550};
    model.setRival("Despeckle", rival);
    QCOMPARE(model.index(0, model.columnCount() - 2).data().toString(), "0.33"); // 500 of 1500
    QVERIFY(model.index(0, model.columnCount() - 2).data(Qt::ToolTipRole).toString().contains("Despeckle"));
    Confusion confusion({{0, "none", {}}, {1, "rain", {}}});
    for (int time = 0; time < 3; ++time)
        confusion.add(1, 1);
    confusion.add(1, 0);
    made.classes = confusion;
    model.setJudgement(made);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(1, 0).data().toString(), "rain");
    QCOMPARE(model.index(1, 2).data().toString(), "0.75");
    QCOMPARE(judgementInWords(made, 1), "75 % of the gates have the right class.");
}

QTEST_MAIN(TestJudgement)
#include "tst_judgement.moc"
