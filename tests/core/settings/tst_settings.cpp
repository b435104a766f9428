#include "core/base/file.h"
#include "core/settings/settings.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <clocale>
#include <nlohmann/json.hpp>

using namespace embellie;

namespace {

SettingTable table() {
    constexpr TextPattern nothing = EMBELLIE_TR("t", "x");
    return {realSetting("train.learning_rate", 0.003, 1e-6, 0.1, "", nothing, nothing),
            integerSetting("train.epochs", 20, 1, 10000, "", nothing, nothing),
            integerSetting("train.seed", 1, 0, 9e18, "", nothing, nothing),
            booleanSetting("train.ema", true, nothing, nothing),
            choiceSetting("unet.norm", "group", {{"group", nothing}, {"batch", nothing}}, nothing, nothing),
            textSetting("note", "", nothing, nothing),
            pathSetting("data.folder", "/data", nothing, nothing),
            listSetting("unet.widths", {16, 32}, 1, 512, "", nothing, nothing)};
}

std::string sentenceOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

} // namespace

class TestSettings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { std::setlocale(LC_ALL, "C"); }

    void textsAreReadByTheirType_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("stored");
        QTest::newRow("real") << "train.learning_rate"
                              << "1e-3"
                              << "0.001";
        QTest::newRow("whole as real") << "train.learning_rate"
                                       << "+0.05"
                                       << "0.05";
        QTest::newRow("integer") << "train.epochs"
                                 << "300"
                                 << "300";
        QTest::newRow("integer by exponent") << "train.epochs"
                                             << "1e3"
                                             << "1000";
        QTest::newRow("beyond 2^53") << "train.seed"
                                     << "9007199254740993"
                                     << "9007199254740993";
        QTest::newRow("boolean") << "train.ema"
                                 << "no"
                                 << "false";
        QTest::newRow("choice") << "unet.norm"
                                << "batch"
                                << "batch";
        QTest::newRow("list") << "unet.widths"
                              << "8, 16,32"
                              << "8,16,32";
        QTest::newRow("list of one") << "unet.widths"
                                     << "64"
                                     << "64";
        QTest::newRow("text with anything") << "note"
                                            << "a \"b\" = [c] ü"
                                            << "a \"b\" = [c] ü";
    }
    void textsAreReadByTheirType() {
        QFETCH(QString, key);
        QFETCH(QString, words);
        QFETCH(QString, stored);
        for (const char* locale : {"C", "fr_FR.UTF-8"}) {
            std::setlocale(LC_ALL, locale);
            Settings settings(table());
            settings.setText(key.toStdString(), words.toStdString());
            QCOMPARE(settingText(settings.value(key.toStdString())), stored.toStdString());
            Settings again(table()); // there and back through TOML
            again.mergeToml(settings.toToml(), "again.toml");
            for (const Setting& setting : again.table().all())
                QVERIFY(again.value(setting.key) == settings.value(setting.key));
        }
    }

    void whatDoesNotFitIsSaidInOneSentence_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("over")
            << "train.learning_rate"
            << "3"
            << "train.learning_rate: 3 is over the limit of 0.1; expected a number from 1e-06 to 0.1.";
        QTest::newRow("under")
            << "train.epochs"
            << "0"
            << "train.epochs: 0 is under the limit of 1; expected a whole number from 1 to 10000.";
        QTest::newRow("no number")
            << "train.epochs"
            << "many"
            << "train.epochs: \"many\" does not fit here; expected a whole number from 1 to 10000.";
        QTest::newRow("half")
            << "train.epochs"
            << "2.5"
            << "train.epochs: \"2.5\" does not fit here; expected a whole number from 1 to 10000.";
        QTest::newRow("decimal comma")
            << "train.learning_rate"
            << "0,01"
            << "train.learning_rate: \"0,01\" does not fit here; expected a number from 1e-06 "
               "to 0.1.";
        QTest::newRow("nan")
            << "train.learning_rate"
            << "nan"
            << "train.learning_rate: \"nan\" does not fit here; expected a number from 1e-06 to 0.1.";
        QTest::newRow("choice")
            << "unet.norm"
            << "grup"
            << "unet.norm: \"grup\" does not fit here; expected one of: group, batch; perhaps group is "
               "meant.";
        QTest::newRow("list entry")
            << "unet.widths"
            << "16,1000"
            << "unet.widths: 1000 is over the limit of 512; expected numbers from 1 to 512, "
               "separated by commas.";
        QTest::newRow("open list")
            << "unet.widths"
            << "16,"
            << "unet.widths: \"16,\" does not fit here; expected numbers from 1 to 512, separated "
               "by commas.";
        QTest::newRow("misspelt key")
            << "train.lerning_rate"
            << "1"
            << "there is no setting \"train.lerning_rate\"; perhaps train.learning_rate is "
               "meant.";
        QTest::newRow("key without table")
            << "learning_rate"
            << "1"
            << "there is no setting \"learning_rate\"; perhaps train.learning_rate is "
               "meant.";
        QTest::newRow("far from all") << "zzz"
                                      << "1"
                                      << "there is no setting \"zzz\".";
    }
    void whatDoesNotFitIsSaidInOneSentence() {
        QFETCH(QString, key);
        QFETCH(QString, words);
        QFETCH(QString, sentence);
        Settings settings(table());
        QCOMPARE(QString::fromStdString(
                     sentenceOf([&] { settings.setText(key.toStdString(), words.toStdString()); })),
                 sentence);
        QVERIFY(settings == Settings(table()));
    }

    void tomlNamesFileAndLineAndChangesNothingWhenItFails() {
        Settings settings(table());
        QCOMPARE(
            sentenceOf([&] { settings.mergeToml("[train]\nepochs = 5\nlearning_rate = 2\n", "a.toml"); }),
            std::string(
                "a.toml, line 3, train.learning_rate: 2 is over the limit of 0.1; expected a number from "
                "1e-06 to 0.1."));
        QVERIFY(settings.isDefault("train.epochs"));
        QCOMPARE(sentenceOf([&] { settings.mergeToml("[train]\nepoch = 5\n", "a.toml"); }),
                 std::string(
                     "a.toml, line 2: there is no setting \"train.epoch\"; perhaps train.epochs is meant."));
        QVERIFY(
            sentenceOf([&] { settings.mergeToml("[train\n", "a.toml"); }).starts_with("a.toml, line 1: "));
        QVERIFY(sentenceOf([&] {
                    settings.mergeToml("note = 2020-01-01\n", "a.toml");
                }).starts_with("a.toml, line 1: "));
    }

    void aFileForSeveralTablesMayHaveOtherKeysButNoSlips() {
        Settings settings(table());
        settings.mergeToml("[other]\nx = 1\n[train]\nepochs = 7\n", "a.toml", true);
        QCOMPARE(settings.integer("train.epochs"), std::int64_t(7));
        QVERIFY(sentenceOf([&] { settings.mergeToml("[train]\nepcohs = 7\n", "a.toml", true); }) !=
                "no error");
    }

    void tomlIsOrderedByTableAndEscaped() {
        Settings settings(table());
        settings.set("note", "tab\there \"quoted\" \\ back\nline");
        const std::string toml = settings.toToml();
        QVERIFY(toml.starts_with("note = \"tab\\u0009here \\\"quoted\\\" \\\\ back\\nline\"\n"));
        QVERIFY(toml.find("\n[train]\nlearning_rate = 0.003\nepochs = 20\n") != std::string::npos);
        QVERIFY(toml.find("widths = [16, 32]\n") != std::string::npos);
        QCOMPARE(settings.toJson()["unet.widths"].dump(), std::string("[16.0,32.0]"));
        QCOMPARE(settings.toJson()["train.ema"].dump(), std::string("true"));
    }

    void nearerFilesPrecede() {
        const test::ScratchFolder scratch;
        namespace fs = std::filesystem;
        const auto write = [&](const fs::path& folder, int epochs, const std::string& more) {
            fs::create_directories(folder);
            writeFileAtomically(folder / "embellie.toml",
                                "[train]\nepochs = " + std::to_string(epochs) + "\n" + more);
        };
        qputenv("XDG_CONFIG_DIRS", (scratch / "site").c_str());
        qputenv("XDG_CONFIG_HOME", (scratch / "user").c_str());
        const fs::path work = scratch / "project/a/b";
        fs::create_directories(work);
        const auto epochs = [&] {
            Settings settings(table());
            mergeSettingFiles(settings, work.string());
            return settings.integer("train.epochs");
        };
        QCOMPARE(epochs(), std::int64_t(20));
        write(scratch / "site/embellie", 31, "ema = false\n");
        QCOMPARE(epochs(), std::int64_t(31));
        write(scratch / "user/embellie", 32, "");
        QCOMPARE(epochs(), std::int64_t(32));
        write(scratch / "project", 33, "");
        QCOMPARE(epochs(), std::int64_t(33));
        write(scratch / "project/a", 34, "");
        QCOMPARE(epochs(), std::int64_t(34));
        Settings settings(table());
        mergeSettingFiles(settings, work.string());
        QCOMPARE(settings.boolean("train.ema"), false); // what only the site says stays
        qunsetenv("XDG_CONFIG_DIRS");
        qunsetenv("XDG_CONFIG_HOME");
    }

    void theNearestNameIsFoundOnlyWhenItIsNear_data() {
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("nearest");
        QTest::newRow("letters swapped") << "traim.epohcs"
                                         << "train.epochs";
        QTest::newRow("one missing") << "uet.norm"
                                     << "unet.norm";
        QTest::newRow("nothing like it") << "completely.different"
                                         << "";
        QTest::newRow("empty") << ""
                               << "";
    }
    void theNearestNameIsFoundOnlyWhenItIsNear() {
        QFETCH(QString, wanted);
        QFETCH(QString, nearest);
        QCOMPARE(nearestName(wanted.toStdString(), {"train.epochs", "unet.norm", "unet.widths"}),
                 nearest.toStdString());
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
