#include "core/run/predict_settings.h"
#include "core/run/shipped_model.h"
#include "gui/pages/judge/judge_charts.h"
#include "tests/gui/judge/judged_window.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;

/// The Judge page in a window without a screen, on results that were written here.
class TestJudgePage : public QObject, private JudgedWindow {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theSliderMovesScoresAndPictures();
    void theChoiceIsKeptForTheRun();
    void aRivalStandsBesideOrSaysWhyNot();
    void theLastPaneShowsProbabilityAndUncertainty();
    void theShippedNetworkPredictsAlong();
};

void TestJudgePage::initTestCase() {
    open();
    QTRY_VERIFY(judge().scores().judgement().has_value());
    QTRY_VERIFY(judge().isComplete());
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

QTEST_MAIN(TestJudgePage)
#include "tst_judge_page.moc"
