#include "core/launch/launch.h"
#include "gui/pages/train/train_setup.h"
#include "gui/scene/localised.h"
#include "gui/workspace/paths.h"
#include "tests/support/test_support.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include <fstream>

using namespace embellie;
namespace fs = std::filesystem;

class TestTrainSetup : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theDefaultsCanBeStartedAsTheyAre();
    void aWrongSettingTurnsStartOffAndSaysWhich();
    void everyTaskOffersOnlyNetworksThatFit();
    void dataReplaceTheBuiltInSceneAndItsSmallNetwork();
    void filesOfARoleAreCounted();
    void settingsOfAnotherRunAreTakenOver();
    void aTrainingMayBeginWithTheWeightsOfAnotherRun();
};

static QPushButton* startButton(TrainSetup& setup) {
    return setup.findChild<QPushButton*>("train.start");
}

static QString reason(TrainSetup& setup) {
    return setup.findChild<QLabel*>("train.reason")->text();
}

void TestTrainSetup::initTestCase() {
    // The window looks for the trainer beside its program; tests lie in a folder of their own.
    const fs::path link = fs::canonical("/proc/self/exe").parent_path() / "embellie-learn";
    std::error_code exists;
    fs::create_symlink(test::programFolder() / "embellie-learn", link, exists);
    if (!fs::exists(link))
        QSKIP("built without LibTorch: there is no embellie-learn");
}

void TestTrainSetup::theDefaultsCanBeStartedAsTheyAre() {
    Session session;
    TrainSetup setup(session);
    QVERIFY2(startButton(setup)->isEnabled(), qPrintable(reason(setup)));
    QCOMPARE(reason(setup), QString());
    const RunRequest request = setup.request();
    QCOMPARE(request.task, tasks().front()->id);
    QVERIFY(request.data.empty());
    checkRequest(request); // throws where anything is wrong
    for (const auto& [key, value] : tasks().front()->quickSettings)
        if (setup.form().values().table().find(key))
            QCOMPARE(QString::fromStdString(settingText(setup.form().values().value(key))),
                     QString::fromStdString(value));
    QSignalSpy wanted(&setup, &TrainSetup::startWanted);
    QTest::mouseClick(startButton(setup), Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
}

void TestTrainSetup::aWrongSettingTurnsStartOffAndSaysWhich() {
    Session session;
    TrainSetup setup(session);
    auto* rate = qobject_cast<QLineEdit*>(setup.form().control("train.learning_rate"));
    QVERIFY(rate);
    const QString before = rate->text();
    rate->selectAll();
    QTest::keyClicks(rate, "300");
    QVERIFY(!startButton(setup)->isEnabled());
    QVERIFY2(reason(setup).startsWith("1 setting to correct: "), qPrintable(reason(setup)));
    rate->selectAll();
    QTest::keyClicks(rate, before);
    QVERIFY(startButton(setup)->isEnabled());
    setup.setRefusal("the disk is full");
    QCOMPARE(reason(setup), "the disk is full");
    QVERIFY(startButton(setup)->isEnabled()); // it may be tried again
}

void TestTrainSetup::everyTaskOffersOnlyNetworksThatFit() {
    Session session;
    TrainSetup setup(session);
    auto* task = setup.findChild<QComboBox*>("train.task");
    auto* network = setup.findChild<QComboBox*>("train.network");
    QCOMPARE(task->count(), int(tasks().size()));
    for (int index = 0; index < task->count(); ++index) {
        task->setCurrentIndex(index);
        const TaskInfo& chosen = taskOf(task->currentData().toString().toStdString());
        QCOMPARE(setup.request().task, chosen.id);
        for (int at = 0; at < network->count(); ++at)
            QVERIFY(fits(chosen, networkOf(network->itemData(at).toString().toStdString())));
        for (const DataRole& role : chosen.roles)
            QVERIFY(setup.role(role.id));
        const SettingTable table = settingsOf(chosen, networkOf(setup.request().network));
        for (const Setting& setting : table.all())
            QVERIFY2(setup.form().control(setting.key), setting.key.c_str());
    }
}

void TestTrainSetup::dataReplaceTheBuiltInSceneAndItsSmallNetwork() {
    Session session;
    TrainSetup setup(session);
    const TaskInfo& task = *tasks().front();
    QVERIFY(!task.quickSettings.empty());
    test::ScratchFolder folder;
    setup.role(task.roles.front().id)->addPaths({folder.path()});
    for (const auto& [key, value] : task.quickSettings)
        if (setup.form().values().table().find(key))
            QVERIFY2(setup.form().values().isDefault(key), key.c_str());
    QCOMPARE(setup.request().data.at(task.roles.front().id),
             std::vector<std::string>{folder.path().string()});
    for (const DataRole& role : task.roles)
        if (role.required && role.id != task.roles.front().id) {
            QVERIFY(!startButton(setup)->isEnabled());
            QVERIFY(reason(setup).startsWith(localised(role.label)));
        }
}

void TestTrainSetup::filesOfARoleAreCounted() {
    test::ScratchFolder folder;
    fs::create_directories(folder / "day/.hidden");
    for (const char* name : {"a.h5", "day/b.h5", "day/c.h5", "day/.d", "day/.hidden/e.h5"})
        std::ofstream(folder / name) << "x";
    Feedback silent;
    QCOMPARE(countFiles({folder.path().string()}, silent), std::size_t(3));
    QCOMPARE(countFiles({(folder / "a.h5").string(), (folder / "gone").string()}, silent), std::size_t(1));
}

void TestTrainSetup::settingsOfAnotherRunAreTakenOver() {
    Session session;
    TrainSetup first(session), second(session);
    auto* rate = qobject_cast<QLineEdit*>(first.form().control("train.learning_rate"));
    rate->selectAll();
    QTest::keyClicks(rate, "0.0123");
    first.role(tasks().front()->roles.front().id)->addPaths({"/data/rain"});
    const RunRequest request = first.request();
    second.copyFrom(request);
    QCOMPARE(second.request().settings, request.settings);
    QCOMPARE(second.request().data, request.data);
    QCOMPARE(second.form().values().real("train.learning_rate"), 0.0123);
}

void TestTrainSetup::aTrainingMayBeginWithTheWeightsOfAnotherRun() {
    test::ScratchFolder folder;
    Session session;
    TrainSetup setup(session);
    RunRequest wide = setup.request();
    Settings settings(settingsOf(taskOf(wide.task), networkOf(wide.network)));
    settings.set("unet.width", std::int64_t(12));
    wide.settings = settings.toToml();
    createRun(folder / "1", wide);
    createRun(folder / "2", wide); // it has no weights yet
    const std::string weights = (folder / "1/weights.safetensors").string();
    std::ofstream(weights) << "x";
    setup.setNextRun(folder / "3");

    auto* begin = setup.findChild<QComboBox*>("train.begin");
    begin->showPopup();
    begin->hidePopup();
    QTRY_VERIFY(begin->findData(QString::fromStdString(weights)) > 0); // read by a worker
    QCOMPARE(begin->findData(toQString(folder / "2/weights.safetensors")), -1);
    const int found = begin->findData(QString::fromStdString(weights));
    begin->setCurrentIndex(found);
    QCOMPARE(setup.request().data.at("weights"), std::vector<std::string>{weights});
    QCOMPARE(setup.form().values().integer("unet.width"), std::int64_t(12)); // or they would not fit
    checkRequest(setup.request());

    TrainSetup again(session);
    again.copyFrom(setup.request());
    QCOMPARE(again.request().data, setup.request().data);
    begin->setCurrentIndex(0);
    QVERIFY(setup.request().data.empty());
}

QTEST_MAIN(TestTrainSetup)
#include "tst_train_setup.moc"
