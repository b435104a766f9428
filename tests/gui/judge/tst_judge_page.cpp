#include "core/base/file.h"
#include "core/io/result.h"
#include "core/run/predict_settings.h"
#include "core/run/run_writer.h"
#include "core/run/shipped_model.h"
#include "gui/pages/judge/judge_charts.h"
#include "gui/pages/judge/judge_page.h"
#include "gui/pages/main_window.h"
#include "gui/pages/problem_strip.h"
#include "gui/pages/theme/flat_style.h"
#include "gui/workspace/paths.h"
#include "tests/gui/workspace/busy_workers.h"
#include "tests/support/test_support.h"

#include <QApplication>
#include <QFileDialog>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t Rays = 90, Gates = 60;
constexpr double Threshold = 0.4; // of the network that "made" the results

/// One sweep: weather in the north, ground clutter in the south, a probability that mostly knows them apart.
struct Made {
    std::vector<float> raw, truth, chance;
    std::vector<bool> echo, rain;
};

Made madeSweep(std::uint32_t seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> one(0, 1);
    Made made;
    for (std::size_t cell = 0; cell < Rays * Gates; ++cell) {
        const bool north = cell / Gates < Rays / 2;
        made.echo.push_back(one(random) < (north ? 0.8 : 0.3));
        made.rain.push_back(made.echo.back() && one(random) < (north ? 0.9 : 0.1));
        made.raw.push_back(float(std::round(one(random) * 60) / 2));
        made.truth.push_back(made.raw.back());
        const double chance = (made.rain.back() ? 0.35 : 0) + 0.65 * one(random);
        made.chance.push_back(float(std::round(chance / 0.004) * 0.004));
    }
    return made;
}

FieldPtr fieldOf(const std::string& id, Kind kind, const std::vector<float>& values,
                 const std::vector<State>& states, TimePoint time) {
    Sweep sweep;
    sweep.site = {"xxtst", "Testville", 45, 3, 100};
    sweep.fixedAngle = 0.5;
    for (std::size_t ray = 0; ray < Rays; ++ray)
        sweep.rays.push_back({double(ray) * 4, ray + 1 == Rays ? 0.0 : double(ray + 1) * 4, 0.5, 0});
    sweep.firstGateMeters = 500;
    sweep.gateMeters = 1000;
    sweep.gates = Gates;
    Quantity quantity;
    quantity.id = id;
    quantity.unit = kind == Kind::Probability ? "1" : "dBZ";
    quantity.kind = kind;
    return std::make_shared<Field>(quantity, sweep, TimeInterval{time, time + std::chrono::seconds(20)},
                                   values, states);
}

} // namespace

/// The Judge page in a window without a screen, on results that were written here.
class TestJudgePage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theSliderMovesScoresAndPictures();
    void theReadoutFollowsThresholdSweepAndClosing();
    void theChoiceIsKeptForTheRun();
    void arrowsAreForTheListOrNumberThatHasTheFocus();
    void cancelledScoresAreSaidAndMayBeginAnew();
    void aRivalStandsBesideOrSaysWhyNot();
    void theLastPaneShowsProbabilityAndUncertainty();
    void theShippedNetworkPredictsAlong();
    void resultFilesAreACandidateOnceTheyAreChosen();

private:
    template <class Child>
    Child* child(const char* name) {
        auto* found = m_window->findChild<Child*>(QLatin1String(name));
        if (!found)
            qFatal("there is no %s", name);
        return found;
    }
    JudgePage& judge() { return *qobject_cast<JudgePage*>(m_window->page(QStringLiteral("judge"))); }
    Contingency expected(double threshold, double dbz) const;
    void makePrediction(const std::string& name, const std::vector<std::string>& members = {});

    test::ScratchFolder m_folder;
    fs::path m_run;
    std::vector<std::string> m_files;
    std::vector<Made> m_made;
    std::unique_ptr<MainWindow> m_window;
};

void TestJudgePage::initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QLocale::setDefault(QLocale::c()); // numbers are typed and read below
    QApplication::setStyle(new FlatStyle);
    qputenv("EMBELLIE_RUNS", (m_folder / "runs").c_str());
    qputenv("XDG_CONFIG_HOME", (m_folder / "config").c_str());
    qputenv("XDG_CACHE_HOME", (m_folder / "cache").c_str());

    Feedback silent;
    for (int minute : {0, 5}) {
        const Made made = madeSweep(std::uint32_t(minute + 1));
        const TimePoint time = toTimePoint({2026, 3, 4, 12, minute, 0});
        std::vector<State> echo, truth;
        for (std::size_t cell = 0; cell < made.raw.size(); ++cell) {
            echo.push_back(made.echo[cell] ? State::Valid : State::NoEcho);
            truth.push_back(made.rain[cell] ? State::Valid : State::NoData); // removed is no rain
        }
        OdimVolume volume;
        volume.time = time;
        volume.site = {"xxtst", "Testville", 45, 3, 100};
        volume.sweeps = {{{fieldOf("TH", Kind::Quantity, made.raw, echo, time), {}, {}},
                          {fieldOf("DBZH", Kind::Quantity, made.truth, truth, time), {}, {}}}};
        const fs::path input = m_folder / ("t" + std::to_string(minute) + ".h5");
        writeOdimVolume(input, volume, silent);
        m_files.push_back(input.string());
        m_made.push_back(made);
    }
    m_run = m_folder / "runs" / "1";
    RunRequest run;
    run.task = "denoise";
    run.network = "unet";
    run.settings = "[denoise]\nthreshold = 0.4\n";
    fs::create_directories(m_run.parent_path());
    createRun(m_run, run);
    writeFileAtomically(RunPaths{m_run}.weights(), "weights");
    makePrediction("cleaned");

    m_window = std::make_unique<MainWindow>(PaletteBook::load(), ThemeKind::Light);
    m_window->resize(1280, 800);
    m_window->show();
    m_window->session().open({m_files.begin(), m_files.end()});
    m_window->showPage(QStringLiteral("judge"));
    QTRY_VERIFY(judge().scores().judgement().has_value());
    QTRY_VERIFY(judge().isComplete());
}

/// Result files by the chances of m_made, as the run's, with @p members, would be.
void TestJudgePage::makePrediction(const std::string& name, const std::vector<std::string>& members) {
    Feedback silent;
    PredictionRequest request;
    request.files = m_files;
    request.members = members;
    PredictionState state;
    state.phase = RunPhase::Finished;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        const Made& made = m_made[i];
        const TimePoint time = toTimePoint({2026, 3, 4, 12, int(i) * 5, 0});
        std::vector<State> echo, kept;
        for (std::size_t cell = 0; cell < made.raw.size(); ++cell) {
            echo.push_back(made.echo[cell] ? State::Valid : State::NoEcho);
            kept.push_back(!made.echo[cell]                       ? State::NoEcho
                           : made.chance[cell] > float(Threshold) ? State::Valid
                                                                  : State::Rejected);
        }
        const fs::path output = m_folder / (name + std::to_string(i) + ".h5");
        writeResult(output, m_files[i],
                    {{0,
                      {fieldOf("DBZH", Kind::Quantity, made.raw, kept, time),
                       {fieldOf("PROBABILITY", Kind::Probability, made.chance, echo, time),
                        fieldOf("uncertainty", Kind::Quantity, made.raw, echo, time)},
                       {}}}},
                    {}, silent);
        state.results.push_back({m_files[i], output.string(), {}});
    }
    writePredictionState(createPrediction(m_run, request), state);
}

Contingency TestJudgePage::expected(double threshold, double dbz) const {
    Contingency table;
    for (const Made& made : m_made)
        for (std::size_t cell = 0; cell < made.raw.size(); ++cell)
            table.add(made.rain[cell] && made.truth[cell] >= dbz,
                      made.echo[cell] && made.raw[cell] >= dbz && made.chance[cell] > float(threshold));
    return table;
}

void TestJudgePage::theSliderMovesScoresAndPictures() {
    auto* slider = child<QSlider>("judge.threshold");
    QVERIFY(slider->isVisible());
    QCOMPARE(slider->value(), 40);
    const auto shown = [&](std::size_t at) { return judge().scores().judgement()->scores.thresholds[at]; };
    QCOMPARE(shown(0).candidate, expected(0.4, 0));
    slider->setFocus();
    double threshold = 0.4;
    const std::vector<std::pair<Qt::Key, int>> keys{{Qt::Key_PageUp, 45},
                                                    {Qt::Key_Right, 46}, // not the next time
                                                    {Qt::Key_Home, 0},
                                                    {Qt::Key_End, 100},
                                                    {Qt::Key_PageDown, 95}};
    for (const auto& [key, value] : keys) {
        QTest::keyClick(slider, key);
        QCOMPARE(slider->value(), value);
        threshold = slider->value() / 100.0;
        QCOMPARE(shown(0).candidate, expected(threshold, 0)); // at once
        QCOMPARE(shown(2).candidate, expected(threshold, JudgedThresholds[2]));
        QTRY_VERIFY(judge().isComplete());
        const JudgedFields& fields = judge().panes().fields();
        const Made& made = m_made[m_window->session().choice().volume];
        std::size_t kept = 0, wanted = 0;
        for (std::size_t cell = 0; cell < fields.cleaned->size(); ++cell) {
            kept += fields.cleaned->states()[cell] == State::Valid;
            wanted += made.echo[cell] && made.chance[cell] > float(threshold);
        }
        QCOMPARE(kept, wanted);
        QVERIFY(fields.agree + fields.left <= kept);
        // The chosen point lies on the curve.
        const ChartMark& chosen = child<CurveChart>("judge.pod_far")->data().marks.back();
        if (const Contingency table = expected(threshold, 0); table.hits > 0) {
            QCOMPARE(chosen.point, QPointF(table.far(), table.pod()));
            const std::vector<QPointF>& curve = child<CurveChart>("judge.pod_far")->data().series[0].points;
            QVERIFY(std::find(curve.begin(), curve.end(), chosen.point) != curve.end());
        }
    }
    QCOMPARE(threshold, 0.95);
    const CurveChart* reliability = child<CurveChart>("judge.reliability");
    std::uint64_t echoes = 0;
    for (const Made& made : m_made)
        echoes += std::uint64_t(std::count(made.echo.begin(), made.echo.end(), true));
    double share = 0;
    for (const ChartBar& bar : reliability->data().bars)
        share += bar.height;
    QVERIFY(std::abs(share - 1) < 1e-9);
    std::uint64_t rain = 0, of = 0; // the ninth bin, by hand
    for (const Made& made : m_made)
        for (std::size_t cell = 0; cell < made.raw.size(); ++cell)
            if (made.echo[cell] && made.chance[cell] > 0.8F && made.chance[cell] <= 0.9001F) {
                ++of;
                rain += made.rain[cell];
            }
    QCOMPARE(reliability->data().bars[8].height, double(of) / double(echoes));
    QCOMPARE(reliability->data().series[1].points[8].y(), double(rain) / double(of));

    auto* number = child<QLineEdit>("judge.threshold_number");
    number->selectAll();
    QTest::keyClicks(number, "0.125");
    QTest::keyClick(number, Qt::Key_Return);
    QCOMPARE(shown(0).candidate, expected(0.125, 0));
    number->selectAll();
    QTest::keyClicks(number, "1.5"); // no probability
    QTest::keyClick(number, Qt::Key_Return);
    QCOMPARE(number->text(), QStringLiteral("0.125"));
}

void TestJudgePage::theReadoutFollowsThresholdSweepAndClosing() {
    JudgedPanes& panes = judge().panes();
    const auto* said = child<QLabel>("judge.cursor");
    Session& session = m_window->session();
    auto* slider = child<QSlider>("judge.threshold");
    slider->setValue(40);
    QTRY_VERIFY(judge().isComplete());
    // A gate with an echo at both times, of the first one between both thresholds.
    const Made &first = m_made[0], &second = m_made[1];
    PaneWidget* raw = panes.pane(JudgedPanes::Raw);
    std::optional<QPoint> at;
    std::size_t cell = 0;
    const QRect area = raw->pictureRect();
    for (int y = area.top(); y < area.bottom() && !at; y += 3)
        for (int x = area.left(); x < area.right() && !at; x += 3) {
            const auto hit = raw->cellAt(raw->placeAt(QPoint(x, y)));
            if (hit && first.rain[*hit] && second.echo[*hit] && first.raw[*hit] != second.raw[*hit] &&
                first.chance[*hit] > 0.45F && first.chance[*hit] < 0.85F) {
                at = QPoint(x, y);
                cell = *hit;
            }
        }
    QVERIFY(at);
    QCOMPARE(session.choice().volume, std::size_t(0));
    QTest::mouseClick(raw, Qt::LeftButton, {}, *at); // pinned: the mouse may go elsewhere
    const auto isRaw = [said](float dbz) {
        return said->text().contains(QStringLiteral("raw</span>&nbsp;%1").arg(double(dbz), 0, 'f', 1));
    };
    QVERIFY2(isRaw(first.raw[cell]), qPrintable(said->text()));
    QVERIFY(!said->text().contains("removed"));
    slider->setValue(90);
    QTRY_VERIFY2(said->text().contains("removed"), qPrintable(said->text()));
    slider->setValue(40);
    QTRY_VERIFY(!said->text().contains("removed"));
    session.stepTime(1);
    QTRY_VERIFY(judge().isComplete());
    QVERIFY2(isRaw(second.raw[cell]), qPrintable(said->text()));
    session.stepTime(-1);
    QTRY_VERIFY(judge().isComplete());
    panes.show({}, {}); // as when the data are closed
    QCOMPARE(said->text(), QString());
    session.stepTime(1);
    session.stepTime(-1);
    QTRY_VERIFY(judge().isComplete());
    QTest::keyClick(raw, Qt::Key_Escape);
}

void TestJudgePage::theChoiceIsKeptForTheRun() {
    auto* keep = child<QPushButton>("judge.keep_threshold");
    auto* reset = child<QPushButton>("judge.reset_threshold");
    child<QSlider>("judge.threshold")->setValue(30);
    QVERIFY(keep->isEnabled());
    QTest::mouseClick(keep, Qt::LeftButton);
    QTRY_VERIFY(!keep->isEnabled());
    QTRY_VERIFY(judge().isComplete());
    QCOMPARE(readPredictSettings(m_run).at("denoise.threshold"), std::string("0.3"));
    PredictionRequest later;
    later.files = {"/later.h5"};
    QCOMPARE(readPredictionRequest(createPrediction(m_run, later)).settings.at("denoise.threshold"),
             std::string("0.3"));
    QCOMPARE(reset->text(), QStringLiteral("Back to 0.40"));
    QTest::mouseClick(reset, Qt::LeftButton);
    QTRY_VERIFY(!reset->isEnabled());
    QVERIFY(readPredictSettings(m_run).empty());
    QCOMPARE(judge().scores().judgement()->scores.thresholds[0].candidate, expected(0.4, 0));
}

void TestJudgePage::arrowsAreForTheListOrNumberThatHasTheFocus() {
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    Session& session = m_window->session();
    auto* table = child<QTableView>("judge.scores");
    table->setFocus();
    const int row = table->currentIndex().row();
    QTest::keyClick(table, Qt::Key_Down);
    QCOMPARE(table->currentIndex().row(), row + 1);
    QTest::keyClick(table, Qt::Key_Up);
    QCOMPARE(table->currentIndex().row(), row);

    auto* number = child<QLineEdit>("judge.threshold_number");
    number->setFocus();
    QCOMPARE(number->text(), QStringLiteral("0.40"));
    QTest::keyClick(number, Qt::Key_Up);
    QCOMPARE(number->text(), QStringLiteral("0.41"));
    QTest::keyClick(number, Qt::Key_Down);
    QCOMPARE(number->text(), QStringLiteral("0.40"));
    QTest::keyClick(number, Qt::Key_Left);

    auto* last = child<QComboBox>("judge.last");
    last->setFocus();
    QTest::keyClick(last, Qt::Key_Down);
    QCOMPARE(last->currentIndex(), 1);
    QTest::keyClick(last, Qt::Key_Up);
    QCOMPARE(last->currentIndex(), 0);
    QCOMPARE(session.choice().volume, std::size_t(0));

    QTest::keyClick(last, Qt::Key_Right); // means nothing in a list
    QCOMPARE(session.choice().volume, std::size_t(1));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Left); // nor in a table of rows
    QCOMPARE(session.choice().volume, std::size_t(0));
    QTRY_VERIFY(judge().isComplete());
}

void TestJudgePage::cancelledScoresAreSaidAndMayBeginAnew() {
    auto* reference = child<QComboBox>("judge.reference_array");
    const int before = reference->currentIndex();
    {
        const test::BusyWorkers busy(m_window->session().work());
        reference->setCurrentIndex(reference->findData("TH"));
        QTest::mouseClick(child<QToolButton>("status.cancel"), Qt::LeftButton);
    }
    QTRY_VERIFY(judge().isComplete());
    QVERIFY(!judge().scores().judgement().has_value()); // those of the former reference would mislead
    const auto* caution = child<QLabel>("judge.caution");
    QVERIFY2(caution->text().contains("cancelled"), qPrintable(caution->text()));
    reference->setCurrentIndex(before);
    QTRY_VERIFY(judge().scores().judgement().has_value());
    QVERIFY(!caution->text().contains("cancelled"));
    QTRY_VERIFY(judge().isComplete());

    auto* rival = child<QComboBox>("judge.rival");
    {
        const test::BusyWorkers busy(m_window->session().work());
        rival->setCurrentIndex(rival->findData("despeckle"));
        m_window->session().work().cancelAll();
    }
    QTRY_VERIFY(judge().isComplete());
    QCOMPARE(child<QLabel>("judge.rival_reason")->text(), QStringLiteral("cancelled"));
    QVERIFY(judge().panes().pane(JudgedPanes::Rival)->isHidden());
    rival->setCurrentIndex(0);
    QTRY_VERIFY(judge().isComplete());
}

void TestJudgePage::aRivalStandsBesideOrSaysWhyNot() {
    auto* rival = child<QComboBox>("judge.rival");
    const int columns = judge().scores().columnCount();
    PaneWidget* pane = judge().panes().pane(JudgedPanes::Rival);
    QVERIFY(pane->isHidden());
    rival->setCurrentIndex(rival->findData("despeckle"));
    QTRY_VERIFY(judge().scores().rival().has_value());
    QTRY_VERIFY(judge().isComplete());
    QCOMPARE(judge().scores().columnCount(), columns + 2);
    QVERIFY(pane->isVisible() && pane->field());
    // It counts the same gates as the network's scores do.
    const Contingency table = judge().scores().rival()->thresholds[0].candidate;
    QCOMPARE(table.total(), expected(0.4, 0).total());
    QCOMPARE(table.hits + table.misses, expected(0.4, 0).hits + expected(0.4, 0).misses);
    QCOMPARE(child<CurveChart>("judge.pod_far")->data().marks[1].label, rival->currentText());
    QCOMPARE(child<CurveChart>("judge.pod_far")->data().marks[1].point, QPointF(table.far(), table.pod()));

    rival->setCurrentIndex(rival->findData("fuzzy")); // there is no RHOHV
    QVERIFY(child<QLabel>("judge.rival_reason")->text().contains("RHOHV"));
    QVERIFY(pane->isHidden());
    QCOMPARE(judge().scores().columnCount(), columns);
    rival->setCurrentIndex(rival->findData("clutter_map")); // there are two times
    QTRY_VERIFY(judge().scores().rival().has_value());
    rival->setCurrentIndex(0);
    QVERIFY(child<QLabel>("judge.rival_reason")->text().isEmpty());
    QTRY_VERIFY(judge().isComplete());
    QCOMPARE(m_window->problems()->sentences(), QStringList());
}

void TestJudgePage::theLastPaneShowsProbabilityAndUncertainty() {
    auto* last = child<QComboBox>("judge.last");
    PaneWidget* pane = judge().panes().pane(JudgedPanes::Difference);
    const Made& made = m_made[m_window->session().choice().volume];
    const auto echo = std::size_t(std::find(made.echo.begin(), made.echo.end(), true) - made.echo.begin());
    QCOMPARE(pane->field()->quantity().kind, Kind::Classes);
    last->setCurrentIndex(1);
    QCOMPARE(pane->field()->values()[echo], made.chance[echo]);
    QVERIFY(judge().panes().findChild<QWidget*>("judge.categories")->isHidden());
    last->setCurrentIndex(2);
    QCOMPARE(pane->field()->values()[echo], made.raw[echo]);
    last->setCurrentIndex(0);
    QCOMPARE(pane->field(), judge().panes().fields().difference);
    QTRY_VERIFY(judge().isComplete());
}

void TestJudgePage::theShippedNetworkPredictsAlong() {
    auto* along = child<QCheckBox>("judge.along");
    auto* combo = child<QComboBox>("judge.candidate");
    const int own = combo->currentIndex(), shipped = combo->findText(QStringLiteral("Shipped: U-Net"));
    QCOMPARE(combo->currentText(), QStringLiteral("Run 1: U-Net"));
    QVERIFY(shipped >= 0 && shipped != own);
    QVERIFY(!along->isHidden() && !along->isChecked());
    const Contingency alone = expected(Threshold, 0);
    const std::vector<Made> before = m_made;
    for (Made& made : m_made) // what both together would have said
        for (float& chance : made.chance)
            chance = float(std::round((1 - chance) / 0.004) * 0.004);
    makePrediction("together", {usableRun(*shippedModel("denoise")).string()});
    const Contingency together = expected(Threshold, 0);
    QVERIFY(!(together == alone));
    const auto shown = [&] {
        const auto& judgement = judge().scores().judgement();
        return judgement ? judgement->scores.thresholds[0].candidate : Contingency();
    };
    along->setChecked(true);
    QTRY_COMPARE(shown(), together);
    QTRY_VERIFY(judge().isComplete());

    combo->setCurrentIndex(shipped); // with itself it can't
    QVERIFY(along->isHidden());
    QTRY_VERIFY(judge().isComplete());
    QVERIFY(!judge().scores().judgement().has_value());
    combo->setCurrentIndex(own); // what was ticked stays so
    QVERIFY(!along->isHidden());
    QTRY_COMPARE(shown(), together);
    along->setChecked(false);
    QTRY_COMPARE(shown(), alone);
    QTRY_VERIFY(judge().isComplete());
    m_made = before;

    std::vector<Candidate> known = shippedCandidates();
    Candidate run = judgeableRuns(m_folder / "runs", {}).front();
    const Candidate joint = withShipped(run, known).value();
    QCOMPARE(joint.members, std::vector<fs::path>{known.front().run});
    QCOMPARE(titleOf(joint), QStringLiteral("Run 1 and the shipped one: U-Net"));
    QCOMPARE(makerOf(joint), QStringLiteral("made by run 1 and the shipped network"));
    QVERIFY(!withShipped(known.front(), known));
    run.members = {"/a", "/b"};
    run.name = "dropout";
    QCOMPARE(titleOf(withShipped(run, known).value()),
             QStringLiteral("All 3 runs of dropout and the shipped one: U-Net"));
    QCOMPARE(makerOf(run), QStringLiteral("made by 3 runs of dropout"));
    run.site = "HAL"; // the shipped network lies here
    QVERIFY(!withShipped(run, known));
}

void TestJudgePage::resultFilesAreACandidateOnceTheyAreChosen() {
    auto* combo = child<QComboBox>("judge.candidate");
    QTRY_VERIFY(judge().isComplete());
    const QString before = combo->currentText();
    const int choose = combo->findText(QStringLiteral("Result files…"));
    const auto dialog = [this] { return m_window->findChild<QFileDialog*>(); };
    combo->setCurrentIndex(choose);
    QVERIFY(dialog());
    dialog()->reject();
    QTRY_VERIFY(!dialog());
    QCOMPARE(combo->currentText(), before);
    QTRY_VERIFY(judge().isComplete());
    QVERIFY(judge().scores().judgement().has_value());

    combo->setCurrentIndex(choose);
    Q_EMIT dialog()->filesSelected({toQString(m_folder / "cleaned1.h5")});
    dialog()->reject();
    QTRY_VERIFY(!dialog());
    QCOMPARE(combo->currentText(), QStringLiteral("cleaned1.h5"));
    QTRY_VERIFY(judge().isComplete());
    QTRY_VERIFY(judge().scores().judgement().has_value());
    QCOMPARE(judge().scores().judgement()->sweeps, std::size_t(1));
    QCOMPARE(combo->findText(QStringLiteral("Result files…")), combo->count() - 1);
    combo->setCurrentIndex(combo->findText(before));
    QTRY_VERIFY(judge().isComplete());
    QCOMPARE(m_window->problems()->sentences(), QStringList());
}

QTEST_MAIN(TestJudgePage)
#include "tst_judge_page.moc"
