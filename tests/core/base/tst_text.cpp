#include "core/base/error.h"

#include <QtTest>

#include <clocale>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

using namespace embellie;

class TestText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { std::setlocale(LC_ALL, "C"); }

    void patternsAreFilledInAnyOrder() {
        QCOMPARE(fillPattern("{1} of {0}", {"rays", "360"}), std::string("360 of rays"));
        QCOMPARE(fillPattern("{0}{0} {2} {x} {", {"a"}), std::string("aa {2} {x} {"));
        QCOMPARE(fillPattern("{10}", std::vector<std::string>(11, "z")), std::string("z"));
        QCOMPARE(text(EMBELLIE_TR("t", "{0} {1} {2}"), 3, 0.1, "x").english(), std::string("3 0.1 x"));
    }

    void anArgumentIsNeverTakenForAPattern() {
        QCOMPARE(fillPattern("{0} {1}", {"{1}", "b"}), std::string("{1} b"));
    }

    void numbersReadBackWhateverTheLocale_data() {
        QTest::addColumn<double>("value");
        for (const double value : {0.1, 1e-300, 1.0 / 3, -123456.789, 5e300})
            QTest::newRow(qPrintable(QString::number(value))) << value;
    }
    void numbersReadBackWhateverTheLocale() {
        QFETCH(double, value);
        if (!std::setlocale(LC_ALL, "fr_FR.UTF-8"))
            QSKIP("needs the locale fr_FR.UTF-8 (Debian: locales-all)");
        QCOMPARE(std::string(std::localeconv()->decimal_point),
                 std::string(",")); // the locale is really French
        const std::string written = numberText(value);
        QVERIFY(written.find(',') == std::string::npos);
        std::setlocale(LC_ALL, "C");
        QCOMPARE(std::strtod(written.c_str(), nullptr), value);
    }

    void decimalsAreFixedInFrenchToo() {
        if (!std::setlocale(LC_ALL, "fr_FR.UTF-8"))
            QSKIP("needs the locale fr_FR.UTF-8 (Debian: locales-all)");
        QCOMPARE(numberText(2.345678, 3), std::string("2.346"));
        QCOMPARE(numberText(0.417f), std::string("0.417"));
        QCOMPARE(numberText(std::numeric_limits<double>::quiet_NaN()), std::string("nan"));
    }

    void anErrorIsOneSentenceWithAllItsParts() {
        Error error(text(EMBELLIE_TR("t", "the gain can't be used")));
        error.in("/data/a.h5", "/dataset1/what")
            .expected(text(EMBELLIE_TR("t", "a number")))
            .found(text(EMBELLIE_TR("t", "\"{0}\""), "abc"))
            .remedy(text(EMBELLIE_TR("t", "ask the provider")));
        QCOMPARE(
            std::string(error.what()),
            std::string(
                "/data/a.h5, /dataset1/what: the gain can't be used; expected a number, found \"abc\"; ask "
                "the provider."));
        QVERIFY(!error.isWrongUse());
        QVERIFY(error.wrongUse().isWrongUse());
        const auto json = errorToJson(error)["error"];
        QCOMPARE(json["file"].get<std::string>(), std::string("/data/a.h5"));
        QCOMPARE(json["found"].get<std::string>(), std::string("\"abc\""));
        QCOMPARE(json["message"].get<std::string>(), std::string(error.what()));
    }

    void theErrorKeepsPatternAndArgumentsForTheTranslator() {
        const Error error(text(EMBELLIE_TR("io", "{0} has {1} rays"), "x", 5));
        QCOMPARE(std::string(error.whatText().context()), std::string("io"));
        QCOMPARE(std::string(error.whatText().pattern()), std::string("{0} has {1} rays"));
        QCOMPARE(error.whatText().arguments(), (std::vector<std::string>{"x", "5"}));
    }

    void aFullDiskAndAMissingPermissionSayWhatToDo() {
        constexpr TextPattern what = EMBELLIE_TR("t", "the file can't be written");
        QVERIFY(std::string(systemError(what, "/a", ENOSPC).what()).find("free some space") !=
                std::string::npos);
        QVERIFY(std::string(systemError(what, "/a", EACCES).what()).find("permission") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
