#include "core/base/error.h"
#include "gui/workspace/session.h"
#include "gui/workspace/undo_history.h"
#include "gui/workspace/view_state.h"
#include "gui/workspace/work.h"
#include "tests/gui/workspace/busy_workers.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <tuple>

using namespace embellie;

class TestWorkspace : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void viewSurvivesItsJson();
    void badViewsAreToldInOneSentence_data();
    void badViewsAreToldInOneSentence();
    void layersAreFoundAgainInOtherVolumes_data();
    void layersAreFoundAgainInOtherVolumes();
    void undoAndRedoGiveValuesBack();
    void stepsOfOneGroupAreOneStep();
    void workEndsOnTheMainThread();
    void whatAJobThrowsIsTold();
    void cancelledWorkSaysNothing();
    void everyEndIsTold();
    void anOpeningMayBeCancelled();
    void destroyedWorkWaitsForItsJobs();
    void whoeverLooksForFilesDelaysNobody();
};

void TestWorkspace::viewSurvivesItsJson() {
    ViewState state;
    state.view = "four_moments";
    state.dataset = {"/data/a.h5", "/data/b.h5"};
    state.group = "site:frave";
    state.time = parseTime("2023-04-20T06:50:41Z");
    state.layer = LayerMark{0.4, "0.4°", 1};
    state.active = 1;
    state.panes = {{"TH", {}}, {"DBZH", LayerStyle{"reflectivity", Limits{-10, 60}, 1, true}}};
    state.camera = Camera2D{1234.5, -987.25, 250, 250};
    state.camera3d = Camera3D{123, 45, 90000, 10, -20, 3};
    state.ringsKilometres = 50;
    state.azimuthLines = false;
    state.cursor = QPointF(1000, -2000);
    QVERIFY(viewFromJson(viewToJson(state), "/data/view.json") == state);
}

void TestWorkspace::badViewsAreToldInOneSentence_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("says");
    QTest::newRow("no JSON") << "{"
                             << "the view can't be read";
    QTest::newRow("newer") << R"({"format": 99})"
                           << "newer version";
    QTest::newRow("wrong type") << R"({"angle": "low"})"
                                << "the view can't be read";
    QTest::newRow("time") << R"({"time": "yesterday"})"
                          << "the time can't be read";
}

void TestWorkspace::badViewsAreToldInOneSentence() {
    QFETCH(const QString, json);
    QFETCH(const QString, says);
    try {
        viewFromJson(json.toStdString(), "/data/view.json");
        QFAIL("it was read");
    } catch (const Error& error) {
        const QString sentence = QString::fromUtf8(error.what());
        QVERIFY2(sentence.contains(says) && sentence.contains(QStringLiteral("/data/view.json")),
                 error.what());
    }
}

namespace {

/// Layers by angle, label and moments.
VolumeEntry volumeOf(const std::vector<std::tuple<double, std::string, std::vector<std::string>>>& layers) {
    VolumeEntry volume;
    for (const auto& [angle, label, moments] : layers) {
        LayerEntry& layer = volume.layers.emplace_back();
        layer.angle = angle;
        layer.label = label;
        for (const std::string& moment : moments)
            layer.moments.emplace_back().quantity.id = moment;
    }
    return volume;
}

} // namespace

void TestWorkspace::layersAreFoundAgainInOtherVolumes_data() {
    QTest::addColumn<VolumeEntry>("from");
    QTest::addColumn<int>("layer");
    QTest::addColumn<VolumeEntry>("to");
    QTest::addColumn<int>("found");
    const VolumeEntry split =
        volumeOf({{0.5, "0.5°", {"TH"}}, {0.5, "0.5°", {"TH", "VRADH"}}, {1.5, "1.5°", {"TH"}}});
    const VolumeEntry again = volumeOf({{0.5, "0.5°", {"TH"}},
                                        {0.5, "0.5°", {"TH", "VRADH"}},
                                        {0.5, "0.5°", {"TH"}},
                                        {0.5, "0.5°", {"TH", "VRADH"}}});
    const VolumeEntry second = volumeOf({{0.5, "0.5°", {"TH", "VRADH"}}});
    const VolumeEntry members = volumeOf({{850, "member 0, 850 hPa", {"VRADH"}},
                                          {850, "member 1, 850 hPa", {"VRADH"}},
                                          {500, "member 0, 500 hPa", {"VRADH"}}});
    const VolumeEntry turned = volumeOf({{500, "member 0, 500 hPa", {"VRADH"}},
                                         {850, "member 1, 850 hPa", {"VRADH"}},
                                         {850, "member 0, 850 hPa", {"VRADH"}}});
    QTest::newRow("the second of two cuts") << split << 1 << split << 1;
    QTest::newRow("the first of two cuts has not what is looked at") << split << 0 << split << 1;
    QTest::newRow("another angle") << split << 2 << split << 2;
    QTest::newRow("no such angle") << split << 2 << second << 0;
    QTest::newRow("the last of four") << again << 3 << again << 3;
    QTest::newRow("fewer cuts") << again << 3 << split << 1;
    QTest::newRow("one cut") << split << 1 << second << 0;
    QTest::newRow("a member") << members << 1 << members << 1;
    QTest::newRow("members in another order") << members << 1 << turned << 1;
    QTest::newRow("nothing") << split << 1 << VolumeEntry() << 0;
}

void TestWorkspace::layersAreFoundAgainInOtherVolumes() {
    QFETCH(const VolumeEntry, from);
    QFETCH(const int, layer);
    QFETCH(const VolumeEntry, to);
    QFETCH(const int, found);
    QCOMPARE(int(nearestLayer(to, markOf(from, std::size_t(layer)), "VRADH")), found);
}

void TestWorkspace::undoAndRedoGiveValuesBack() {
    UndoHistory<int> history;
    history.remember(1, QStringLiteral("to two"));
    history.remember(2, QStringLiteral("to three"));
    QCOMPARE(history.undoLabel(), QStringLiteral("to three"));
    QCOMPARE(history.undo(3), 2);
    QCOMPARE(history.undo(2), 1);
    QVERIFY(!history.canUndo());
    QCOMPARE(history.redo(1), 2);
    QCOMPARE(history.redo(2), 3);
    QVERIFY(!history.canRedo());
    history.undo(3);
    history.remember(2, QStringLiteral("elsewhere"));
    QVERIFY(!history.canRedo());
}

void TestWorkspace::stepsOfOneGroupAreOneStep() {
    UndoHistory<int> history;
    for (int i = 0; i < 10; ++i)
        history.remember(i, QStringLiteral("zoom"), QStringLiteral("camera"));
    QCOMPARE(history.undo(10), 0);
    QVERIFY(!history.canUndo());
}

void TestWorkspace::workEndsOnTheMainThread() {
    Work work;
    QThread* ran = nullptr;
    QThread* ended = nullptr;
    int result = 0;
    work.run(
        QStringLiteral("Adding"),
        [&](Feedback& feedback) {
            ran = QThread::currentThread();
            feedback.progress(1, 4);
            return 42;
        },
        [&](int value) {
            ended = QThread::currentThread();
            result = value;
        });
    QCOMPARE(work.running().size(), std::size_t(1));
    QTRY_COMPARE(result, 42);
    QVERIFY(ran != QThread::currentThread());
    QVERIFY(ended == QThread::currentThread());
    QTRY_VERIFY(work.isIdle());
}

void TestWorkspace::whatAJobThrowsIsTold() {
    Work work;
    QSignalSpy failed(&work, &Work::failed);
    bool done = false;
    work.run(
        QStringLiteral("Failing"),
        [](Feedback&) { throw Error(text(EMBELLIE_TR("test", "the gain can't be used"))).in("/a.h5"); },
        [&] { done = true; });
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed[0][0].toString().contains(QStringLiteral("the gain can't be used")));
    QVERIFY(failed[0][0].toString().contains(QStringLiteral("/a.h5")));
    QVERIFY(!done);
}

void TestWorkspace::cancelledWorkSaysNothing() {
    Work work;
    QSignalSpy failed(&work, &Work::failed);
    std::atomic<bool> started = false;
    bool done = false;
    const quint64 id = work.run(
        QStringLiteral("Waiting"),
        [&](Feedback& feedback) {
            started = true;
            while (!feedback.isCancelled())
                QThread::msleep(1);
        },
        [&] { done = true; });
    QTRY_VERIFY(started);
    work.cancel(id);
    QTRY_VERIFY(work.isIdle());
    QVERIFY(!done);
    QCOMPARE(failed.size(), 0);
}

void TestWorkspace::everyEndIsTold() {
    Work work;
    QStringList said;
    const auto say = [&](const QString& words) { return [&said, words](auto&&...) { said << words; }; };
    const auto ended = [&](bool cancelled) { said << (cancelled ? "cancelled" : "ended"); };
    work.run(
        QString(), [](Feedback&) {}, say("done"), say("failed"), true, ended);
    QTRY_COMPARE(said, (QStringList{"done", "ended"}));
    said.clear();
    work.run(
        QString(), [](Feedback&) { throw Error(text(EMBELLIE_TR("test", "no"))); }, say("done"),
        say("failed"), true, ended);
    QTRY_COMPARE(said, (QStringList{"failed", "ended"}));
    said.clear();
    work.run(
        QString(), [](Feedback&) { throw Cancelled(); }, say("done"), say("failed"), true, ended);
    QTRY_COMPARE(said, QStringList{"cancelled"});
    said.clear();
    {
        const test::BusyWorkers busy(work);
        work.cancel(work.run(
            QString(), [](Feedback&) {}, say("done"), say("failed"), true, ended));
    }
    QTRY_COMPARE(said, QStringList{"cancelled"});
    QTRY_VERIFY(work.isIdle());
}

void TestWorkspace::anOpeningMayBeCancelled() {
    Session session;
    QSignalSpy ended(&session, &Session::openEnded);
    QSignalSpy problem(&session, &Session::problem);
    session.open({"/somewhere"});
    QVERIFY(session.isOpening());
    session.work().cancelAll();
    QTRY_VERIFY(!session.isOpening());
    QCOMPARE(ended.size(), 1);
    QCOMPARE(problem.size(), 0);
}

void TestWorkspace::destroyedWorkWaitsForItsJobs() {
    std::atomic<bool> ended = false;
    std::atomic<bool> started = false;
    {
        Work work;
        work.run(
            QStringLiteral("Waiting"),
            [&](Feedback& feedback) {
                started = true;
                while (!feedback.isCancelled())
                    QThread::msleep(1);
                ended = true;
            },
            [] { QFAIL("nothing comes after the end"); });
        QTRY_VERIFY(started);
    }
    QVERIFY(ended);
    QCoreApplication::processEvents();
}

void TestWorkspace::whoeverLooksForFilesDelaysNobody() {
    // Disks that never answer, nor hear that nobody waits any more.
    const auto isDead = std::make_shared<std::atomic<bool>>(true);
    const auto ended = std::make_shared<std::atomic<int>>(0);
    QElapsedTimer clock;
    {
        Work work;
        for (int i = 0; i < 2 * Work::mostOpening; ++i)
            work.run(
                QString(),
                [isDead, ended](Feedback&) {
                    while (*isDead)
                        QThread::msleep(1);
                    ++*ended;
                },
                [] { QFAIL("nothing comes after the end"); }, {}, true, {}, Work::Lane::Opening);
        bool isRead = false;
        work.run(
            QString(), [](Feedback&) {}, [&isRead] { isRead = true; });
        QTRY_VERIFY(isRead);
        clock.start();
    }
    QVERIFY(std::chrono::milliseconds(clock.elapsed()) <
            3 * Work::mostPatience); // a window must be able to close
    *isDead = false;
    QTRY_COMPARE(ended->load(), Work::mostOpening); // the others never began
    QCoreApplication::processEvents();
}

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
