#include "gui/action/action_finder.h"
#include "gui/action/action_list.h"
#include "gui/action/watchdog.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QRegularExpression>
#include <QTest>

#include <thread>

using namespace embellie;

class TestActions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keysAndFinderRunTheSameAction();
    void finderLeavesOutWhatIsOff();
    void watchdogNamesTheActionThatBlocked();
    void watchdogIsSilentWhileTheWindowAnswers();
};

void TestActions::keysAndFinderRunTheSameAction() {
    QWidget window;
    ActionList actions;
    int runs = 0;
    actions.add(&window,
                {QStringLiteral("test.run"),
                 QStringLiteral("Turn the field"),
                 QStringLiteral("Turns it."),
                 {Qt::CTRL | Qt::Key_J},
                 true},
                [&] { ++runs; });
    ActionFinder finder(actions, &window);
    window.show();
    window.setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_J, Qt::ControlModifier);
    QCOMPARE(runs, 1);
    QCOMPARE(actions.lastRun(), QStringLiteral("Turn the field"));
    finder.setFocus();
    QTest::keyClicks(&finder, QStringLiteral("FIELD"));
    QTest::keyClick(&finder, Qt::Key_Return);
    QTRY_COMPARE(runs, 2);
    QVERIFY(finder.text().isEmpty());
}

void TestActions::finderLeavesOutWhatIsOff() {
    QWidget window;
    ActionList actions;
    bool ran = false;
    QAction* off = actions.add(
        &window,
        {QStringLiteral("test.off"), QStringLiteral("Undo"), QStringLiteral("Takes back."), {}, true},
        [&] { ran = true; });
    off->setEnabled(false);
    ActionFinder finder(actions, &window);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    finder.setFocus();
    QTest::keyClicks(&finder, QStringLiteral("undo"));
    QCOMPARE(finder.completer()->completionCount(), 0);
    QTest::keyClick(&finder, Qt::Key_Return);
    QTest::qWait(20);
    QVERIFY(!ran);
}

static QStringList warnings;
static void collectWarnings(QtMsgType type, const QMessageLogContext&, const QString& message) {
    if (type == QtWarningMsg)
        warnings << message;
}

void TestActions::watchdogNamesTheActionThatBlocked() {
    warnings.clear();
    const QtMessageHandler before = qInstallMessageHandler(collectWarnings);
    {
        const Watchdog watchdog([] { return QStringLiteral("Next time"); }, std::chrono::milliseconds(50));
        QTest::qWait(120);
        warnings.clear();
        std::this_thread::sleep_for(std::chrono::milliseconds(400));
        QTest::qWait(100);
    }
    qInstallMessageHandler(before);
    const QStringList found = warnings.filter(QStringLiteral("Next time"));
    QVERIFY2(!found.isEmpty(), "no warning came");
    const QRegularExpressionMatch match =
        QRegularExpression(QStringLiteral("for (\\d+) ms")).match(found.first());
    QVERIFY(match.hasMatch());
    // It asks every 50 ms: the sleep is seen from the question that fell into it on.
    const int told = match.captured(1).toInt();
    QVERIFY2(told >= 300, qPrintable(found.first()));
}

void TestActions::watchdogIsSilentWhileTheWindowAnswers() {
    warnings.clear();
    const QtMessageHandler before = qInstallMessageHandler(collectWarnings);
    {
        // A limit far above what a busy machine makes of an idle loop.
        const Watchdog watchdog([] { return QString(); }, std::chrono::milliseconds(2000));
        QTest::qWait(100);
    }
    qInstallMessageHandler(before);
    QCOMPARE(warnings, QStringList());
}

QTEST_MAIN(TestActions)
#include "tst_actions.moc"
