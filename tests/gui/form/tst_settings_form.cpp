#include "gui/form/number_text.h"
#include "gui/form/settings_form.h"
#include "gui/scene/localised.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace embellie;

namespace {

SettingTable sampleTable() {
    return {
        booleanSetting("train.mirror", true, EMBELLIE_TR("test", "Mirror"),
                       EMBELLIE_TR("test", "Mirrors samples")),
        integerSetting("train.steps", 700, 1, 100000, "", EMBELLIE_TR("test", "Steps"),
                       EMBELLIE_TR("test", "How many batches")),
        realSetting("train.learning_rate", 0.003, 1e-6, 0.1, "", EMBELLIE_TR("test", "Learning rate"),
                    EMBELLIE_TR("test", "Step of the optimiser")),
        realSetting("denoise.gate", 500, 50, 5000, "m", EMBELLIE_TR("test", "Gate length"),
                    EMBELLIE_TR("test", "Length of a gate")),
        choiceSetting("train.precision", "fp32",
                      {{"fp32", EMBELLIE_TR("test", "single")}, {"bf16", EMBELLIE_TR("test", "brain")}},
                      EMBELLIE_TR("test", "Precision"), EMBELLIE_TR("test", "Numbers of the network")),
        advanced(textSetting("train.tag", "", EMBELLIE_TR("test", "Tag"), EMBELLIE_TR("test", "Free text"))),
        advanced(pathSetting("train.map", "", EMBELLIE_TR("test", "Map"), EMBELLIE_TR("test", "A file"))),
        advanced(listSetting("unet.widths", {16, 32}, 1, 512, "", EMBELLIE_TR("test", "Widths"),
                             EMBELLIE_TR("test", "Channels a stage"))),
    };
}

void type(SettingsForm& form, const char* key, const char* typed) {
    auto* edit = qobject_cast<QLineEdit*>(form.control(key));
    QVERIFY(edit);
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, QString::fromUtf8(typed));
}

} // namespace

class TestSettingsForm : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale(QLocale::English)); }
    void typedNumbersReachTheSettings_data();
    void typedNumbersReachTheSettings();
    void everyTypeHasItsControl();
    void aValueOutsideItsRangeSaysSoUnderItsField();
    void everyControlSaysWhatItIsWithUnitAndRange();
    void advancedSettingsShowOnDemandAndWhenWrong();
    void upAndDownStepWithinTheRange();
    void valuesStayWhenTheTableChanges();
    void frenchFormsShowAndTakeDecimalCommas();
};

void TestSettingsForm::typedNumbersReachTheSettings_data() {
    QTest::addColumn<QLocale>("locale");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<double>("value"); // NaN: refused
    const QLocale english(QLocale::English), french(QLocale::French, QLocale::France);
    QTest::newRow("plain") << english << "0.01" << 0.01;
    QTest::newRow("exponent") << english << "1e-3" << 0.001;
    QTest::newRow("a comma is no decimal sign in English") << english << "0,01" << qQNaN();
    QTest::newRow("words are no number") << english << "fast" << qQNaN();
    QTest::newRow("nothing is no number") << english << "" << qQNaN();
    QTest::newRow("over the limit") << english << "3" << qQNaN();
    QTest::newRow("under the limit") << english << "-0.01" << qQNaN();
    QTest::newRow("French comma") << french << "0,01" << 0.01;
    QTest::newRow("a point is understood in French too") << french << "0.01" << 0.01;
    QTest::newRow("French exponent") << french << "2,5e-3" << 0.0025;
}

void TestSettingsForm::typedNumbersReachTheSettings() {
    QFETCH(QLocale, locale);
    QFETCH(QString, typed);
    QFETCH(double, value);
    QLocale::setDefault(locale);
    SettingsForm form;
    form.setTable(sampleTable());
    auto* edit = qobject_cast<QLineEdit*>(form.control("train.learning_rate"));
    edit->selectAll();
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, typed);
    if (qIsNaN(value)) {
        QVERIFY(!form.errorOf("train.learning_rate").isEmpty());
        QCOMPARE(form.problems(), QStringList{"Learning rate"});
    } else {
        QCOMPARE(form.errorOf("train.learning_rate"), QString());
        QCOMPARE(form.values().real("train.learning_rate"), value);
    }
}

void TestSettingsForm::everyTypeHasItsControl() {
    SettingsForm form;
    form.setTable(sampleTable());
    QSignalSpy changes(&form, &SettingsForm::valueChanged);
    qobject_cast<QCheckBox*>(form.control("train.mirror"))->click();
    type(form, "train.steps", "12");
    auto* combo = qobject_cast<QComboBox*>(form.control("train.precision"));
    QCOMPARE(combo->currentText(), "single");
    QTest::keyClick(combo, Qt::Key_Down);
    type(form, "train.tag", "first try");
    type(form, "train.map", "/data/map.nc");
    type(form, "unet.widths", "8, 16,32");
    QCOMPARE(form.problems(), QStringList());
    const Settings& values = form.values();
    QCOMPARE(values.boolean("train.mirror"), false);
    QCOMPARE(values.integer("train.steps"), 12);
    QCOMPARE(values.string("train.precision"), std::string("bf16"));
    QCOMPARE(values.string("train.tag"), std::string("first try"));
    QCOMPARE(values.string("train.map"), std::string("/data/map.nc"));
    QCOMPARE(values.list("unet.widths"), (std::vector<double>{8, 16, 32}));
    QVERIFY(changes.count() >= 6);
}

void TestSettingsForm::aValueOutsideItsRangeSaysSoUnderItsField() {
    SettingsForm form;
    form.setTable(sampleTable());
    form.show();
    QSignalSpy spy(&form, &SettingsForm::problemsChanged);
    type(form, "train.learning_rate", "3");
    QCOMPARE(form.errorOf("train.learning_rate"), "3 is over the limit of 0.1");
    QCOMPARE(form.values().real("train.learning_rate"), 0.003); // the last right one
    QCOMPARE(form.problems(), QStringList{"Learning rate"});
    QCOMPARE(spy.count(), 1);
    type(form, "train.steps", "2.5");
    QVERIFY2(form.errorOf("train.steps").contains("whole number"), qPrintable(form.errorOf("train.steps")));
    type(form, "unet.widths", "8, 1000");
    QVERIFY(form.errorOf("unet.widths").contains("over the limit of 512"));
    type(form, "train.learning_rate", "0.01");
    QCOMPARE(form.problems(), (QStringList{"Steps", "Widths"}));
}

void TestSettingsForm::everyControlSaysWhatItIsWithUnitAndRange() {
    SettingsForm form;
    form.setTable(sampleTable());
    const SettingTable table = sampleTable();
    for (const Setting& setting : table.all()) {
        const QString tip = form.control(setting.key)->toolTip();
        QVERIFY2(tip.contains(localised(setting.help)), setting.key.c_str());
        QVERIFY2(tip.contains(QString::fromStdString(setting.key)), setting.key.c_str());
        QVERIFY2(!form.control(setting.key)->accessibleName().isEmpty(), setting.key.c_str());
    }
    QVERIFY(form.control("denoise.gate")->toolTip().contains("50 to 5000 m"));
    QVERIFY(!form.findChild<QToolButton*>("form.advanced")->toolTip().isEmpty());
}

void TestSettingsForm::advancedSettingsShowOnDemandAndWhenWrong() {
    SettingsForm form;
    form.setTable(sampleTable());
    form.show();
    auto* more = form.findChild<QToolButton*>("form.advanced");
    QVERIFY(more->text().startsWith("5 of 8 shown"));
    QVERIFY(!form.control("unet.widths")->isVisible());
    more->click();
    QVERIFY(more->text().startsWith("8 of 8 shown"));
    QVERIFY(form.control("unet.widths")->isVisible());
    type(form, "unet.widths", "0");
    more->click();
    QVERIFY(form.control("unet.widths")->isVisible());
    QVERIFY(!form.control("train.tag")->isVisible());
}

void TestSettingsForm::upAndDownStepWithinTheRange() {
    SettingsForm form;
    form.setTable(sampleTable());
    QWidget* rate = form.control("train.learning_rate");
    QTest::keyClick(rate, Qt::Key_Up);
    QCOMPARE(form.values().real("train.learning_rate"), 0.0031);
    QTest::keyClick(form.control("train.steps"), Qt::Key_Down);
    QCOMPARE(form.values().integer("train.steps"), 699);
    type(form, "train.steps", "1");
    QTest::keyClick(form.control("train.steps"), Qt::Key_Down);
    QCOMPARE(form.values().integer("train.steps"), 1);
}

void TestSettingsForm::valuesStayWhenTheTableChanges() {
    SettingsForm form;
    form.setTable(sampleTable());
    type(form, "train.steps", "55");
    form.setTable({integerSetting("train.steps", 10, 1, 100, "", EMBELLIE_TR("test", "Steps"), {}),
                   integerSetting("other.depth", 4, 1, 8, "", EMBELLIE_TR("test", "Depth"), {})});
    QCOMPARE(form.values().integer("train.steps"), 55);
    QCOMPARE(form.values().integer("other.depth"), 4);
    Settings copied{sampleTable()};
    copied.set("train.steps", std::int64_t(33));
    form.setValues(copied);
    QCOMPARE(form.values().integer("train.steps"), 33);
    QCOMPARE(qobject_cast<QLineEdit*>(form.control("train.steps"))->text(), "33");
}

void TestSettingsForm::frenchFormsShowAndTakeDecimalCommas() {
    QLocale::setDefault(QLocale(QLocale::French, QLocale::France));
    SettingsForm form;
    form.setTable(sampleTable());
    auto* rate = qobject_cast<QLineEdit*>(form.control("train.learning_rate"));
    QCOMPARE(rate->text(), "0,003");
    QVERIFY(rate->toolTip().contains("0,1"));
    auto* widths = qobject_cast<QLineEdit*>(form.control("unet.widths"));
    QCOMPARE(widths->text(), "16; 32");
    type(form, "unet.widths", "8,5; 16");
    QCOMPARE(form.values().list("unet.widths"), (std::vector<double>{8.5, 16}));
    type(form, "unet.widths", "8, 16");
    QCOMPARE(form.values().list("unet.widths"), (std::vector<double>{8, 16}));
    type(form, "train.learning_rate", "0,3");
    QCOMPARE(form.errorOf("train.learning_rate"), "0,3 is over the limit of 0,1");
    QCOMPARE(numberForPeople(-12345.678, 1, "m s-1", QLocale()),
             QString::fromUtf8("\u221212\u2009345,7 m/s"));
}

QTEST_MAIN(TestSettingsForm)
#include "tst_settings_form.moc"
