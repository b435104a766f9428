#include "gui/workspace/paths.h"
#include "tests/gui/judge/judged_window.h"

#include <QSlider>
#include <QTableView>
#include <QTest>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;

/// What the Judge page compares is kept, and compared again in another window.
class TestJudgeKept : public QObject, private JudgedWindow {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_other.reset(); }
    void theSameIsComparedAgain();
    void itComesBackWhenThePageIsTurnedToLater();
    void resultFilesComeBack();
    void aRunThatIsGoneIsToldAndAnotherIsJudged();
    void theShippedNetworkIsFoundWhereverItLies();
    void aChoiceByHandGoesFirst();
    void othersThatComeLeaveItAlone();
    void itIsMeantForTheDataItCameWith();

private:
    bool isJudged(MainWindow& window);
    static JudgePage& judgeOf(MainWindow& window) {
        return *qobject_cast<JudgePage*>(window.page(QStringLiteral("judge")));
    }
    template <class Child>
    static Child* in(MainWindow& window, const char* name) {
        auto* found = window.findChild<Child*>(QLatin1String(name));
        if (!found)
            qFatal("there is no %s", name);
        return found;
    }
    /// Another window that goes on with what the first one shows now.
    void goOn(const WorkspaceState& state);

    std::unique_ptr<MainWindow> m_other;
};

void TestJudgeKept::initTestCase() {
    open();
    QVERIFY(isJudged(*m_window));
}

bool TestJudgeKept::isJudged(MainWindow& window) {
    return QTest::qWaitFor(
        [&] { return judgeOf(window).scores().judgement().has_value() && judgeOf(window).isComplete(); },
        20000);
}

void TestJudgeKept::goOn(const WorkspaceState& state) {
    // By way of the disk, as it is.
    const WorkspaceState read =
        workspaceFromJson(workspaceToJson(state, now()), m_folder / "workspace.json").state;
    QVERIFY(read == state);
    m_other = std::make_unique<MainWindow>(PaletteBook::load(), ThemeKind::Light);
    m_other->resize(1280, 800);
    m_other->show();
    m_other->openWorkspace(read);
    QTRY_VERIFY(m_other->session().layer() && m_other->isComplete());
}

void TestJudgeKept::theSameIsComparedAgain() {
    const WorkspaceState usual = m_window->workspaceState();
    QVERIFY(usual.judge);
    QVERIFY(!usual.judge->threshold); // the run's own
    QCOMPARE(usual.judge->run, m_run);
    QCOMPARE(usual.judge->raw, std::string("TH"));
    QCOMPARE(usual.judge->reference, std::string("DBZH"));

    child<QSlider>("judge.threshold")->setValue(70);
    child<QTableView>("judge.scores")->setCurrentIndex(judge().scores().index(2, 0));
    child<QComboBox>("judge.rival")->setCurrentIndex(1);
    child<QComboBox>("judge.last")->setCurrentIndex(1);
    QVERIFY(isJudged(*m_window));
    const WorkspaceState state = m_window->workspaceState();
    QCOMPARE(state.page, std::string("judge"));
    QCOMPARE(state.judge->threshold, std::optional(700));

    goOn(state);
    QVERIFY(isJudged(*m_other));
    QCOMPARE(m_other->currentPage()->pageId(), QStringLiteral("judge"));
    QVERIFY(m_other->workspaceState() == state);
    QCOMPARE(in<QSlider>(*m_other, "judge.threshold")->value(), 70);
    QCOMPARE(in<QTableView>(*m_other, "judge.scores")->currentIndex().row(), 2);
    // Not only the widgets say so: the scores are those at that threshold, counted here one by one.
    const Verification& scores = judgeOf(*m_other).scores().judgement()->scores;
    for (std::size_t row = 0; row < JudgedThresholds.size(); ++row) {
        const Contingency wanted = expected(0.7, JudgedThresholds[row]);
        QVERIFY(scores.thresholds[row].candidate == wanted);
        QVERIFY(!(wanted == expected(Threshold, JudgedThresholds[row])));
    }
    // The pictures are the same, too: raw, cleaned, difference at 15 dBZ by that threshold.
    for (const auto which : {JudgedPanes::Raw, JudgedPanes::Cleaned, JudgedPanes::Difference})
        QTRY_COMPARE(judgeOf(*m_other).panes().pane(which)->image(), judge().panes().pane(which)->image());
    child<QComboBox>("judge.rival")->setCurrentIndex(0);
    child<QComboBox>("judge.last")->setCurrentIndex(0);
}

void TestJudgeKept::itComesBackWhenThePageIsTurnedToLater() {
    child<QSlider>("judge.threshold")->setValue(55);
    auto* reference = child<QComboBox>("judge.reference_array");
    reference->setCurrentIndex(reference->findData(QStringLiteral("TH")));
    QVERIFY(isJudged(*m_window));
    m_window->showPage(QStringLiteral("look"));
    const WorkspaceState state = m_window->workspaceState();
    goOn(state);
    QCOMPARE(m_other->currentPage()->pageId(), QStringLiteral("look"));
    QVERIFY(m_other->workspaceState() == state); // also while nothing of it is taken up
    QVERIFY(!judgeOf(*m_other).scores().judgement());
    m_other->showPage(QStringLiteral("judge"));
    QVERIFY(isJudged(*m_other));
    QVERIFY(m_other->workspaceState().judge == state.judge);
    QCOMPARE(in<QComboBox>(*m_other, "judge.reference_array")->currentText(), QStringLiteral("TH"));
    m_window->showPage(QStringLiteral("judge"));
    reference->setCurrentIndex(reference->findData(QStringLiteral("DBZH")));
    QVERIFY(isJudged(*m_window));
}

void TestJudgeKept::resultFilesComeBack() {
    WorkspaceState state = m_window->workspaceState();
    state.judge = JudgeChoice{};
    state.judge->files = {m_folder / "cleaned0.h5", m_folder / "cleaned1.h5"};
    state.judge->raw = "TH";
    state.judge->reference = "DBZH";
    goOn(state);
    QVERIFY(isJudged(*m_other));
    QCOMPARE(in<QComboBox>(*m_other, "judge.candidate")->currentText(), QStringLiteral("cleaned0.h5 …"));
    const JudgeChoice shown = *judgeOf(*m_other).choice();
    QVERIFY(shown.files == state.judge->files && shown.run.empty());
    QVERIFY(judgeOf(*m_other).scores().judgement()->scores.thresholds[0].candidate ==
            expected(Threshold, JudgedThresholds[0]));
}

void TestJudgeKept::aRunThatIsGoneIsToldAndAnotherIsJudged() {
    WorkspaceState state = m_window->workspaceState();
    state.judge->run = m_folder / "elsewhere" / "9";
    state.judge->threshold = 900; // of that one
    state.judge->row = 2;
    goOn(state);
    QVERIFY(isJudged(*m_other));
    QTRY_COMPARE(m_other->problems()->sentences().size(), 1);
    QVERIFY(m_other->problems()->sentences().front().contains(toQString(state.judge->run)));
    QCOMPARE(judgeOf(*m_other).choice()->run, m_run);
    QVERIFY(!judgeOf(*m_other).choice()->threshold);
    QCOMPARE(judgeOf(*m_other).choice()->row, 0);
}

void TestJudgeKept::theShippedNetworkIsFoundWhereverItLies() {
    WorkspaceState state = m_window->workspaceState();
    state.judge = JudgeChoice{};
    state.judge->run = "/cache/of/another/version/denoise";
    state.judge->isShipped = true;
    goOn(state);
    auto* candidates = in<QComboBox>(*m_other, "judge.candidate");
    QTRY_VERIFY(candidates->count() > 1);
    QTRY_VERIFY(judgeOf(*m_other).isComplete());
    QVERIFY2(!candidates->currentText().startsWith(QStringLiteral("Run ")),
             qPrintable(candidates->currentText()));
    QVERIFY(judgeOf(*m_other).choice()->isShipped);
    QVERIFY(m_other->problems()->sentences().isEmpty());
    m_other.reset();
    // Or predicts along with a run.
    state.judge->run = m_run;
    state.judge->isShipped = false;
    state.judge->isAlong = true;
    goOn(state);
    auto* along = in<QCheckBox>(*m_other, "judge.along");
    QTRY_VERIFY(along->isVisible() && along->isChecked());
    QCOMPARE(judgeOf(*m_other).choice()->run, m_run);
    QVERIFY(judgeOf(*m_other).choice()->members.empty()); // they are the run's own
}

void TestJudgeKept::aChoiceByHandGoesFirst() {
    WorkspaceState state = m_window->workspaceState();
    const fs::path second = m_folder / "runs" / "2";
    RunRequest request;
    request.task = "denoise";
    request.network = "unet";
    createRun(second, request);
    writeFileAtomically(RunPaths{second}.weights(), "weights");
    state.judge->run = second;
    state.judge->threshold = 900; // no results yet: this waits for them
    goOn(state);
    QTRY_COMPARE(judgeOf(*m_other).choice()->run, second);
    auto* candidates = in<QComboBox>(*m_other, "judge.candidate");
    QTRY_COMPARE(candidates->currentText().left(5), QStringLiteral("Run 2"));
    // What stands beside it is chosen at once.
    in<QComboBox>(*m_other, "judge.rival")->setCurrentIndex(1);
    in<QComboBox>(*m_other, "judge.last")->setCurrentIndex(1);
    QCOMPARE(QString::fromStdString(judgeOf(*m_other).choice()->rival),
             in<QComboBox>(*m_other, "judge.rival")->currentData().toString());
    QCOMPARE(judgeOf(*m_other).choice()->lastPicture, 1);
    QCOMPARE(judgeOf(*m_other).choice()->run, second);
    QCOMPARE(judgeOf(*m_other).choice()->threshold, std::optional(900)); // still waits
    const int first = candidates->findText(QStringLiteral("Run 1"), Qt::MatchStartsWith);
    QVERIFY(first >= 0);
    candidates->setCurrentIndex(first);
    Q_EMIT candidates->activated(first); // as by hand
    QVERIFY(isJudged(*m_other));
    QVERIFY(!judgeOf(*m_other).choice()->threshold || *judgeOf(*m_other).choice()->threshold != 900);
}

void TestJudgeKept::othersThatComeLeaveItAlone() {
    m_other = std::make_unique<MainWindow>(PaletteBook::load(), ThemeKind::Light);
    m_other->resize(1280, 800);
    m_other->show();
    Session& session = m_other->session();
    Opening other{{m_files.front()}};
    other.choosing = Choosing::Never;
    other.id = session.reserve();
    m_other->openWorkspace(m_window->workspaceState());
    QTRY_VERIFY(session.layer());
    QVERIFY(isJudged(*m_other));
    std::optional<bool> wasComplete;
    connect(&session, &Session::choiceChanged, this, [&] { wasComplete = judgeOf(*m_other).isComplete(); });
    session.open(other);
    QTRY_COMPARE(session.opened().size(), std::size_t(2));
    QCOMPARE(session.choice().data, 1);
    QCOMPARE(wasComplete, std::optional(true)); // nothing is read anew
    disconnect(&session, nullptr, this, nullptr);
}

void TestJudgeKept::itIsMeantForTheDataItCameWith() {
    WorkspaceState state = m_window->workspaceState();
    state.page = "look"; // and is not taken up yet
    state.judge->rival = "despeckle";
    goOn(state);
    QCOMPARE(judgeOf(*m_other).choice()->rival, std::string("despeckle"));
    m_other->openPaths({m_files.front()});
    QTRY_VERIFY(m_other->session().opened().size() == 2 && m_other->isComplete());
    QCOMPARE(m_other->session().choice().data, 1);
    m_other->showPage(QStringLiteral("judge"));
    QTRY_VERIFY(judgeOf(*m_other).isComplete() && judgeOf(*m_other).choice());
    QCOMPARE(judgeOf(*m_other).choice()->rival, std::string());
}

QTEST_MAIN(TestJudgeKept)
#include "tst_judge_kept.moc"
