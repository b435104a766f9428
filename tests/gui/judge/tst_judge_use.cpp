#include "gui/workspace/paths.h"
#include "tests/gui/judge/judged_window.h"
#include "tests/gui/workspace/busy_workers.h"

#include <QFileDialog>
#include <QScopeGuard>
#include <QTest>
#include <QToolButton>

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;

/// The Judge page under the hands of somebody who points, types, cancels and goes away.
class TestJudgeUse : public QObject, private JudgedWindow {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theReadoutFollowsThresholdSweepAndClosing();
    void arrowsAreForTheListOrNumberThatHasTheFocus();
    void cancelledScoresAreSaidAndMayBeginAnew();
    void resultFilesAreACandidateOnceTheyAreChosen();
    void theScoresDoNotWaitForWhatTheNetworkLearntFrom();
    void whileAnotherPageIsInFrontNothingIsComputed();
};

void TestJudgeUse::initTestCase() {
    open();
    QTRY_VERIFY(judge().scores().judgement().has_value());
    QTRY_VERIFY(judge().isComplete());
}

void TestJudgeUse::theReadoutFollowsThresholdSweepAndClosing() {
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

void TestJudgeUse::arrowsAreForTheListOrNumberThatHasTheFocus() {
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

void TestJudgeUse::cancelledScoresAreSaidAndMayBeginAnew() {
    auto* reference = child<QComboBox>("judge.reference_array");
    const int before = reference->currentIndex();
    {
        const BusyWorkers busy(m_window->session().work());
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
        const BusyWorkers busy(m_window->session().work());
        rival->setCurrentIndex(rival->findData("despeckle"));
        m_window->session().work().cancelAll();
    }
    QTRY_VERIFY(judge().isComplete());
    QCOMPARE(child<QLabel>("judge.rival_reason")->text(), QStringLiteral("cancelled"));
    QVERIFY(judge().panes().pane(JudgedPanes::Rival)->isHidden());
    rival->setCurrentIndex(0);
    QTRY_VERIFY(judge().isComplete());
}

void TestJudgeUse::resultFilesAreACandidateOnceTheyAreChosen() {
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

void TestJudgeUse::theScoresDoNotWaitForWhatTheNetworkLearntFrom() {
    const std::string slow = (m_folder / "slow.h5").string(); // as a file on a dead network folder
    QCOMPARE(mkfifo(slow.c_str(), 0600), 0);
    writeFileAtomically(RunPaths{m_run}.data(), nlohmann::json{{"path", slow}}.dump() + "\n" +
                                                    nlohmann::json{{"path", m_files[0]}}.dump() + "\n");
    const auto answer = qScopeGuard([&] {
        for (int turn = 0; turn < 500 && !judge().isComplete(); ++turn) {
            if (const int writer = ::open(slow.c_str(), O_WRONLY | O_NONBLOCK); writer >= 0)
                ::close(writer);
            QTest::qWait(10);
        }
        fs::remove(RunPaths{m_run}.data());
    });
    auto* combo = child<QComboBox>("judge.candidate");
    const int own = combo->currentIndex();
    combo->setCurrentIndex(combo->findText(QStringLiteral("Shipped: U-Net")));
    QVERIFY(!judge().scores().judgement().has_value());
    combo->setCurrentIndex(own);
    QTRY_VERIFY(judge().scores().judgement().has_value());
    QTRY_VERIFY(judge().panes().fields().cleaned);
    QVERIFY(!judge().isComplete());
    combo->setCurrentIndex(combo->findText(QStringLiteral("Shipped: U-Net"))); // gives the reading up
    combo->setCurrentIndex(own);
}

void TestJudgeUse::whileAnotherPageIsInFrontNothingIsComputed() {
    QTRY_VERIFY(judge().isComplete());
    Session& session = m_window->session();
    auto* rival = child<QComboBox>("judge.rival");
    rival->setCurrentIndex(rival->findData("despeckle"));
    QTRY_VERIFY(judge().scores().rival().has_value());
    QTRY_VERIFY(judge().isComplete());
    QCOMPARE(session.choice().volume, std::size_t(0));
    const TimePoint first = judge().panes().fields().raw->time().begin;
    m_window->showPage(QStringLiteral("look"));
    QTRY_VERIFY(m_window->isComplete() && session.work().isIdle());

    QStringList asked;
    const auto listening = connect(&session.work(), &Work::changed, this, [&asked, work = &session.work()] {
        for (const RunningWork& each : work->running())
            asked << each.title;
    });
    session.stepTime(1);
    QTRY_VERIFY(m_window->isComplete() && session.work().isIdle());
    disconnect(listening);
    QVERIFY2(asked.filter(rival->currentText()).isEmpty(), qPrintable(asked.join(u'\n')));
    QCOMPARE(judge().panes().fields().raw->time().begin, first);

    m_window->showPage(QStringLiteral("judge")); // catches up
    QTRY_VERIFY(judge().isComplete());
    QVERIFY(judge().panes().fields().raw->time().begin > first);
    QVERIFY(judge().panes().fields().cleaned);
    QVERIFY(judge().panes().pane(JudgedPanes::Rival)->field());
    QVERIFY(judge().scores().judgement().has_value() && judge().scores().rival().has_value());
    rival->setCurrentIndex(0);
    session.stepTime(-1);
    QTRY_VERIFY(judge().isComplete());
    QCOMPARE(m_window->problems()->sentences(), QStringList());
}

QTEST_MAIN(TestJudgeUse)
#include "tst_judge_use.moc"
