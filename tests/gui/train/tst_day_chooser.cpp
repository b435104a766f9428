#include "core/base/file.h"
#include "core/task/scene_files.h"
#include "gui/pages/train/day_chooser.h"
#include "gui/pages/train/train_setup.h"
#include "tests/support/test_support.h"

#include <QSignalSpy>
#include <QTest>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

/// A wet, a doubtful and two dry hours of a small radar, and the gauge beside it.
struct Files {
    test::ScratchFolder folder;
    Files() {
        Settings settings(sceneSettings());
        for (const auto& [key, value] :
             {std::pair("sim.times", "4"), std::pair("sim.interval", "60"), std::pair("sim.rays", "36"),
              std::pair("sim.gates", "20"), std::pair("sim.elevations", "0.5"),
              std::pair("sim.moments", "false"), std::pair("sim.start", "2024-06-15T22:30:00Z")})
            settings.setText(key, value);
        Feedback feedback;
        writeSceneFiles(SimulatedScene(settings), folder / "radar", feedback);
        std::string csv = "time;station;lat;lon;rain_mm\n";
        for (const auto& [time, rain] :
             {std::pair("2024-06-15 22:00", "0"), std::pair("2024-06-15 23:00", "2,4"),
              std::pair("2024-06-16 00:00", "0,2"), std::pair("2024-06-16 01:00", "0"),
              std::pair("2024-06-16 02:00", "0")})
            csv += std::string(time) + ";A;45,8;3,1;" + rain + "\n";
        writeFileAtomically(folder / "gauges.csv", csv);
    }
    fs::path radar(const char* stamp) const {
        return folder / "radar" / (std::string("simul_") + stamp + ".h5");
    }
};

QString countOf(const DayChooser& chooser, const char* kind) {
    return chooser.findChild<QLabel*>(QStringLiteral("days.count.") + kind)->text();
}

void waitUntilIdle(Session& session) {
    QTest::qWait(200); // the proposal waits for the hand
    QTRY_VERIFY_WITH_TIMEOUT(session.work().isIdle(), 20000);
}

} // namespace

class TestDayChooser : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theProposalFollowsTheFieldsAndAClickCorrectsIt();
    void whatIsChosenFillsTheRoles();
    void aWrongStationFileIsToldInALine();
};

void TestDayChooser::theProposalFollowsTheFieldsAndAClickCorrectsIt() {
    const Files files;
    Session session;
    Theme theme;
    DayChooser chooser(session, theme, {(files.folder / "radar").string()});
    Settings rule = chooser.form().values();
    rule.setText("days.dry_gauges", "1");
    rule.setText("days.window", "20");
    chooser.form().setValues(rule);
    chooser.gauges().addPaths({files.folder / "gauges.csv"});
    chooser.show();
    waitUntilIdle(session);
    QCOMPARE(countOf(chooser, "wet"), "wet 1");
    QCOMPARE(countOf(chooser, "dry"), "dry 2");
    QCOMPARE(countOf(chooser, "unsure"), "unsure 1");

    // By hand: dry, wet, unsure and round again; a change of the rule leaves it as it was decided.
    DayCalendar& calendar = chooser.calendar();
    QCOMPARE(calendar.days().size(), std::size_t(4));
    const auto click = [&](const QRect& place) {
        QTest::mouseClick(&calendar, Qt::LeftButton, {}, place.center());
    };
    click(calendar.cellOf(1));
    QCOMPARE(calendar.days()[1].kind, DayKind::Dry);
    click(calendar.cellOf(1));
    QCOMPARE(calendar.days()[1].kind, DayKind::Wet);
    QCOMPARE(countOf(chooser, "wet"), "wet 2");
    auto* distance = qobject_cast<QLineEdit*>(chooser.form().control("days.distance"));
    QVERIFY(distance);
    distance->selectAll();
    QTest::keyClicks(distance, "2"); // the gauge stands 11 km off
    waitUntilIdle(session);
    QCOMPARE(calendar.days()[0].kind, DayKind::Unsure);
    QCOMPARE(calendar.days()[1].kind, DayKind::Wet);
    QVERIFY(!chooser.findChild<QPushButton*>("days.use")->isEnabled());

    // A date is a click for its whole day; the keyboard does the same for a volume.
    QCOMPARE(calendar.dateOf(2), calendar.dateOf(3));
    QVERIFY(calendar.dateOf(1) != calendar.dateOf(2));
    click(calendar.dateOf(2));
    QCOMPARE(calendar.days()[2].kind, DayKind::Dry);
    QCOMPARE(calendar.days()[3].kind, DayKind::Dry);
    calendar.setFocus();
    click(calendar.cellOf(2)); // dry → wet
    QTest::keyClick(&calendar, Qt::Key_Right);
    QTest::keyClick(&calendar, Qt::Key_Space);
    QCOMPARE(calendar.days()[2].kind, DayKind::Wet);
    QCOMPARE(calendar.days()[3].kind, DayKind::Wet);
}

void TestDayChooser::whatIsChosenFillsTheRoles() {
    const Files files;
    Session session;
    TrainSetup setup(session);
    setup.role("rain")->addPaths({files.folder / "radar"});
    QTest::mouseClick(setup.findChild<QPushButton*>("train.days"), Qt::LeftButton);
    auto* chooser = setup.findChild<DayChooser*>();
    QVERIFY(chooser);
    QCOMPARE(chooser->radar().paths(), setup.role("rain")->paths());
    Settings rule = chooser->form().values();
    rule.setText("days.dry_gauges", "1");
    rule.setText("days.window", "20");
    chooser->form().setValues(rule);
    chooser->gauges().addPaths({files.folder / "gauges.csv"});
    waitUntilIdle(session);
    auto* use = chooser->findChild<QPushButton*>("days.use");
    QVERIFY(use->isEnabled());
    QTest::mouseClick(use, Qt::LeftButton);
    QCOMPARE(setup.role("rain")->paths(), std::vector<std::string>{files.radar("20240615_223000").string()});
    QCOMPARE(setup.role("clutter")->paths(),
             (std::vector<std::string>{files.radar("20240616_003000").string(),
                                       files.radar("20240616_013000").string()}));
}

void TestDayChooser::aWrongStationFileIsToldInALine() {
    const Files files;
    Session session;
    Theme theme;
    DayChooser chooser(session, theme, {(files.folder / "radar").string()});
    writeFileAtomically(files.folder / "wrong.csv", "time;lat;lon;wind\n2024-06-15 22:00;45,8;3,1;0\n");
    chooser.gauges().addPaths({files.folder / "wrong.csv"});
    waitUntilIdle(session);
    const QString said = chooser.findChild<QLabel*>("days.said")->text();
    QVERIFY2(said.contains("wrong.csv") && said.contains("\"rain\""), qPrintable(said));
    QVERIFY(chooser.calendar().days().empty());
}

QTEST_MAIN(TestDayChooser)
#include "tst_day_chooser.moc"
