#include "core/base/time.h"

#include <QtTest>

#include <clocale>

using namespace embellie;

Q_DECLARE_METATYPE(embellie::Calendar)

class TestTime : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Days after 1970-01-01 counted by hand in each calendar; standard dates by the Unix clock (date -u -d).
    void datesAreCountedInTheirCalendar_data() {
        QTest::addColumn<QString>("date");
        QTest::addColumn<Calendar>("calendar");
        QTest::addColumn<double>("seconds");
        QTest::newRow("leap day") << "2000-02-29" << Calendar::Standard << 951782400.0;
        QTest::newRow("before 1970") << "1969-12-31 23:59:59" << Calendar::Standard << -1.0;
        QTest::newRow("no leap day in 1900") << "1900-03-01" << Calendar::Standard << -2203891200.0;
        QTest::newRow("milliseconds") << "2023-04-20T06:50:41.25Z" << Calendar::Standard << 1681973441.25;
        QTest::newRow("the first Gregorian day") << "1582-10-15" << Calendar::Standard << -86400.0 * 141427;
        QTest::newRow("the last Julian day") << "1582-10-04" << Calendar::Standard << -86400.0 * 141428;
        QTest::newRow("Gregorian always") << "1582-10-14" << Calendar::Proleptic << -86400.0 * 141428;
        QTest::newRow("Julian leap day") << "1500-02-29" << Calendar::Standard << -86400.0 * 171596;
        QTest::newRow("year 1") << "0001-01-01" << Calendar::Standard << -86400.0 * 719164;
        QTest::newRow("year 1, Gregorian") << "0001-01-01" << Calendar::Proleptic << -86400.0 * 719162;
        QTest::newRow("year 2100") << "2100-03-01" << Calendar::Standard << 4107542400.0;
        QTest::newRow("noleap") << "2000-03-01" << Calendar::NoLeap << 86400.0 * (30 * 365 + 31 + 28);
        QTest::newRow("all_leap") << "2001-03-01" << Calendar::AllLeap << 86400.0 * (31 * 366 + 31 + 29);
        QTest::newRow("360_day") << "2000-02-30" << Calendar::Day360 << 86400.0 * (30 * 360 + 30 + 29);
        QTest::newRow("360_day before") << "1969-12-30" << Calendar::Day360 << -86400.0;
        QTest::newRow("noleap before") << "1968-12-31" << Calendar::NoLeap << -86400.0 * 366;
    }
    void datesAreCountedInTheirCalendar() {
        QFETCH(QString, date);
        QFETCH(Calendar, calendar);
        QFETCH(double, seconds);
        const auto time = parseTime(date.toStdString(), calendar);
        QVERIFY(time.has_value());
        QCOMPARE(static_cast<double>(time->time_since_epoch().count()), seconds * 1000);
        QCOMPARE(toTimePoint(toDate(*time, calendar), calendar), *time);
        QCOMPARE(*parseTime(isoTime(*time, calendar), calendar), *time);
        QCOMPARE(*parseTime(timeText(*time, calendar), calendar), *time);
    }

    // Each is 20 April 2023, 06:50 UTC, and 41 seconds where it says so.
    void zonesAndCompactFormsAreRead_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("seconds");
        for (const char* words :
             {"2023-04-20T06:50:41+00:00", "2023-04-20T08:50:41+02:00", "2023-04-20 03:20:41 -0330",
              "2023-04-20T08:50:41.0+02", "2023-04-20 06:50:41 UTC", "2023-04-20T06:50:41GMT",
              "20230420T065041Z", "20230420T065041", "20230420065041", "20230420 085041 +02:00"})
            QTest::newRow(words) << words << 41;
        for (const char* words :
             {"2023-04-20T08:50+02:00", "20230420T0650Z", "202304200650", "2023-04-19 23:50 -7:00"})
            QTest::newRow(words) << words << 0;
    }
    void zonesAndCompactFormsAreRead() {
        QFETCH(QString, words);
        QFETCH(int, seconds);
        const auto time = parseTime(words.toStdString());
        QVERIFY(time.has_value());
        QCOMPARE(isoTime(*time), "2023-04-20T06:50:" + std::string(seconds ? "41Z" : "00Z"));
        QCOMPARE(isoTime(*parseTime("20230420")), std::string("2023-04-20T00:00:00Z"));
    }

    void daysOfManyCenturiesComeBack() {
        for (const Calendar calendar :
             {Calendar::Standard, Calendar::Proleptic, Calendar::NoLeap, Calendar::AllLeap, Calendar::Day360})
            for (long long day = -9000 * 100; day < 800 * 100; day += 7) {
                const TimePoint time{std::chrono::milliseconds(day * 86'400'000)};
                QCOMPARE(toTimePoint(toDate(time, calendar), calendar), time);
            }
    }

    void textsAreStable() {
        const auto time = *parseTime("2023-04-20 06:50:41");
        QCOMPARE(timeText(time), std::string("2023-04-20 06:50:41"));
        QCOMPARE(isoTime(time), std::string("2023-04-20T06:50:41Z"));
        QCOMPARE(timeText(time + std::chrono::milliseconds(5)), std::string("2023-04-20 06:50:41.005"));
        if (std::setlocale(LC_ALL, "fr_FR.UTF-8"))
            QCOMPARE(timeText(time + std::chrono::milliseconds(5)), std::string("2023-04-20 06:50:41.005"));
        std::setlocale(LC_ALL, "C");
    }

    void whatIsNoTimeIsRefused_data() {
        QTest::addColumn<QString>("words");
        for (const char* words : {"",
                                  "yesterday",
                                  "2023-13-01",
                                  "2023-02-30",
                                  "2023-04-20 25:00",
                                  "2023-04-20 06:60",
                                  "1582-10-10",
                                  "1900-02-29",
                                  "-2147483648-01-01",
                                  "2023-04-20x",
                                  "2023-4",
                                  "2023-04-20 06:50:41 and more",
                                  "2023-04-20 06:50+",
                                  "2023-04-20 06:50+2:",
                                  "2023-04-20 06:50+02:75",
                                  "2023-04-20 06:50 +99:00",
                                  "2023-04-20+02:00",
                                  "20231320",
                                  "202304201",
                                  "20230420T06",
                                  "20230420T0650410",
                                  "2023-04-20 06:50 CET"})
            QTest::newRow(words) << words;
    }
    void whatIsNoTimeIsRefused() {
        QFETCH(QString, words);
        QVERIFY(!parseTime(words.toStdString()).has_value());
    }
};

QTEST_GUILESS_MAIN(TestTime)
#include "tst_time.moc"
