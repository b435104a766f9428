// Rain gauges, and what they say of a radar's volumes.

#include "core/base/file.h"
#include "core/days/days.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;

namespace {

Settings rule(std::initializer_list<std::pair<const char*, const char*>> changes = {}) {
    Settings settings(daySettings());
    for (const auto& [key, value] : changes)
        settings.setText(key, value);
    return settings;
}

TimePoint at(const char* time) {
    return parseTime(time).value();
}

RadarVolume volumeAt(const char* time) {
    RadarVolume volume;
    volume.radar = "Somewhere";
    volume.site = Site{"some", "Somewhere", 45, 3, 100};
    volume.time = {at(time), at(time), Calendar::Standard};
    volume.files = {"/radar/" + std::string(time) + ".h5"};
    return volume;
}

/// Readings of five minutes from 12:00 on; negative: it never arrived.
Gauge gaugeAt(double latitude, double longitude, const std::vector<double>& rain) {
    Gauge gauge{Site{"g", "", latitude, longitude, 0}, {}};
    TimePoint begin = at("2024-06-15 12:00");
    for (const double one : rain) {
        const TimePoint end = begin + std::chrono::minutes(5);
        if (one >= 0)
            gauge.readings.push_back({begin, end, static_cast<float>(one)});
        begin = end;
    }
    return gauge;
}

DayVolume proposed(const std::vector<Gauge>& gauges, const Settings& settings) {
    Feedback feedback;
    return proposeDays({volumeAt("2024-06-15 12:30")}, gauges, settings, feedback).at(0);
}

} // namespace

class TestDays : public QObject {
    Q_OBJECT
    ScratchFolder m_folder;

    std::vector<Gauge> read(const std::string& content, const Settings& settings = rule()) {
        writeFileAtomically(m_folder / "gauges.csv", content);
        Feedback feedback;
        return readGauges({m_folder / "gauges.csv"}, settings, feedback);
    }

private Q_SLOTS:
    // The same three readings as programs and countries write them.
    void tablesAreReadAsTheyComeFromPrograms_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("our own") << QByteArray("time,station,latitude,longitude,height_m,rain_mm\n"
                                               "2024-06-15T12:05:00Z,A,45.5,3.25,210,0\n"
                                               "2024-06-15T12:10:00Z,A,45.5,3.25,210,0.4\n"
                                               "2024-06-15T12:20:00Z,A,45.5,3.25,210,1.2\n");
        QTest::newRow("a French spreadsheet: byte order mark, semicolons, decimal commas, line ends")
            << QByteArray("\xEF\xBB\xBF"
                          "Date;Poste;Latitude;Longitude;Altitude;Pr\xC3\xA9"
                          "cipitations (mm)\r\n"
                          "15/06/2024 12:05;A;45,5;3,25;210;0\r\n"
                          "15/06/2024 12:10;A;45,5;3,25;210;0,4\r\n"
                          "15/06/2024 12:15;A;45,5;3,25;210;\r\n"
                          "15/06/2024 12:20;A;45,5;3,25;210;1,2\r\n");
        QTest::newRow("Latin-1, tabs, day and clock apart, quoted")
            << QByteArray("\"date\"\theure\tid\tlat\tlon\talti\tpr\xE9"
                          "cipitation [mm]\n"
                          "15/06/2024\t12:05\tA\t45,5\t3,25\t210\t0\n"
                          "15/06/2024\t12:10\tA\t45,5\t3,25\t210\t\"0,4\"\n"
                          "15/06/2024\t12:20\tA\t45,5\t3,25\t210\t1,2\n");
        QTest::newRow("digits for day and clock apart") << QByteArray("date,hour,station,lat,lon,height,rr\n"
                                                                      "20240615,1205,A,45.5,3.25,210,0\n"
                                                                      "20240615,12h10,A,45.5,3.25,210,0.4\n"
                                                                      "20240615,12:20,A,45.5,3.25,210,1.2\n");
        QTest::newRow(
            "digits for a time, codes for missing, shuffled, one line twice, a time zone, a comment")
            << QByteArray("# service\nNUM_POSTE;NOM_USUEL;LAT;LON;ALTI;AAAAMMJJHHMN;RR;QRR\n"
                          "A;Issoire;45.5;3.25;210;202406151220;1.2;1\n"
                          "A;Issoire;45.5;3.25;210;202406151205;0;1\n"
                          "A;Issoire;45.5;3.25;210;202406151205;0;1\n"
                          "A;Issoire;45.5;3.25;210;202406151215;-9999;1\n"
                          "A;Issoire;45.5;3.25;210;2024-06-15T14:10:00+02:00;0.4;1\n")
                   .replace("AAAAMMJJHHMN", "date");
    }
    void tablesAreReadAsTheyComeFromPrograms() {
        QFETCH(const QByteArray, content);
        const auto gauges = read(content.toStdString());
        QCOMPARE(gauges.size(), std::size_t(1));
        QCOMPARE(gauges[0].site.id, std::string("A"));
        QCOMPARE(gauges[0].site.latitude, 45.5);
        QCOMPARE(gauges[0].site.longitude, 3.25);
        QCOMPARE(gauges[0].site.heightMeters, 210.0);
        const auto& readings = gauges[0].readings;
        QCOMPARE(readings.size(), std::size_t(3));
        const std::pair<const char*, float> truth[]{
            {"2024-06-15 12:05", 0.0f}, {"2024-06-15 12:10", 0.4f}, {"2024-06-15 12:20", 1.2f}};
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(timeText(readings[i].end), std::string(truth[i].first) + ":00");
            QVERIFY(readings[i].end - readings[i].begin == std::chrono::minutes(5));
            QCOMPARE(readings[i].millimetres, truth[i].second);
        }
    }

    void aDateIsAWholeDayAndAClockMayBeLocal() {
        const auto days =
            read("date,lat,lon,rr\n2024-06-15,45,3,0\n2024-06-16,45,3,7\n", rule({{"days.day_begins", "6"}}));
        QCOMPARE(timeText(days[0].readings[1].begin), std::string("2024-06-16 06:00:00"));
        QCOMPARE(timeText(days[0].readings[1].end), std::string("2024-06-17 06:00:00"));
        const auto hourly = read("date;heure;lat;lon;rr\n2024-06-15;9;45;3;0\n2024-06-15;10h;45;3;7\n");
        QCOMPARE(timeText(hourly[0].readings[1].begin), std::string("2024-06-15 09:00:00"));
        QCOMPARE(timeText(hourly[0].readings[1].end), std::string("2024-06-15 10:00:00"));
        const auto local = read("time,lat,lon,rr\n2024-06-15 14:00,45,3,0\n2024-06-15 15:00,45,3,7\n",
                                rule({{"days.utc_offset", "2"}, {"days.stamp", "begin"}}));
        QCOMPARE(timeText(local[0].readings[1].begin), std::string("2024-06-15 13:00:00"));
        QCOMPARE(timeText(local[0].readings[1].end), std::string("2024-06-15 14:00:00"));
    }

    void whatIsNotUnderstoodIsRefusedWithItsLine_data() {
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("said");
        const QString header = "time,station,lat,lon,rain\n", good = "2024-06-15 12:00,A,45,3,0\n";
        QTest::newRow("no rain") << "time,station,lat,lon,wind\n" + good << "\"rain\"";
        QTest::newRow("two columns of rain") << "time;lat;lon;rr1;precip\n2024-06-15 12:00;45;3;0;0\n"
                                             << "rr1";
        QTest::newRow("inches") << "time,lat,lon,rain (in)\n2024-06-15 12:00,45,3,0\n"
                                << "found in";
        QTest::newRow("a time") << header + good + "06-15-2024 12:00,A,45,3,0\n"
                                << "line 3";
        QTest::newRow("the 13th month") << header + "13/13/2024 12:00,A,45,3,0\n"
                                        << "line 2";
        QTest::newRow("a word") << header + good + good + "2024-06-15 12:05,A,45,3,lots\n"
                                << "line 4";
        QTest::newRow("negative rain") << header + "2024-06-15 12:05,A,45,3,-2\n"
                                       << "negative";
        QTest::newRow("decimal commas between commas") << header + "2024-06-15 12:05,A,45,3,0,4\n"
                                                       << "found 6";
        QTest::newRow("no place") << header + "2024-06-15 12:05,A,95,3,0\n"
                                  << "95";
        QTest::newRow("no readings") << header << "no reading";
        QTest::newRow("two readings of one time") << header + good + "2024-06-15 12:00,A,45,3,1\n"
                                                  << "0 mm and 1 mm";
        QTest::newRow("one time alone") << header + good << "two times";
    }
    void whatIsNotUnderstoodIsRefusedWithItsLine() {
        QFETCH(const QString, content);
        QFETCH(const QString, said);
        QString sentence;
        try {
            read(content.toStdString());
        } catch (const Error& error) {
            sentence = error.what();
        }
        QVERIFY2(sentence.contains(said) && sentence.contains("gauges.csv"), qPrintable(sentence));
    }

    void netcdfStationsAreReadInEitherOrderOfAxes() {
        for (const bool stationFirst : {true, false}) {
            const fs::path path = m_folder / (stationFirst ? "a.nc" : "b.nc");
            {
                TinyNetcdf file(path);
                file.dimension("station", 2);
                file.dimension("time", 3);
                file.variable("time", NC_DOUBLE, {"time"}, {0, 10, 20});
                file.att("time", "units", "minutes since 2024-06-15 12:00:00");
                file.variable("lat", NC_DOUBLE, {"station"}, {45, 46});
                file.variable("lon", NC_DOUBLE, {"station"}, {3, 4});
                const std::vector<double> rain = stationFirst ? std::vector<double>{0, 1, -1, 2, 0, 3}
                                                              : std::vector<double>{0, 2, 1, 0, -1, 3};
                file.variable("rainfall_amount", NC_DOUBLE,
                              stationFirst ? std::vector<std::string>{"station", "time"}
                                           : std::vector<std::string>{"time", "station"},
                              rain, {-1});
                file.att("rainfall_amount", "units", "mm");
            }
            Feedback feedback;
            const auto gauges = readGauges({path}, rule(), feedback);
            QCOMPARE(gauges.size(), std::size_t(2));
            QCOMPARE(gauges[0].readings.size(), std::size_t(2)); // the fill value is none
            QCOMPARE(gauges[0].readings[1].millimetres, 1.0f);
            QCOMPARE(gauges[1].site.latitude, 46.0);
            QCOMPARE(gauges[1].readings[2].millimetres, 3.0f);
            QVERIFY(gauges[1].readings[2].begin == at("2024-06-15 12:10"));
        }
    }

    void realStationFilesAreRead() {
        EMBELLIE_NEEDS_DATA();
        Feedback feedback;
        // Figures of ncdump: 10 gauges by the minute, 280 by the quarter of an hour.
        const auto city =
            readGauges({*dataFolder() / "stations/openMRG_city_gauges_20150827.nc"}, rule(), feedback);
        QCOMPARE(city.size(), std::size_t(10));
        QVERIFY(city[0].readings.size() > 1000 && city[0].readings.size() <= 1440);
        QVERIFY(std::abs(city[0].site.latitude - 57.7) < 0.3);
        const auto region = readGauges({*dataFolder() / "stations/openrainer_AWS.nc"}, rule(), feedback);
        QCOMPARE(region.size(), std::size_t(280));
        QVERIFY(region[0].readings[0].end - region[0].readings[0].begin == std::chrono::minutes(15));
    }

    // A volume of 12:30 with a quarter of an hour around: readings from 12:15 to 12:45.
    void gaugesDecideWithinTheDistanceAndTheTime() {
        const std::vector<double> dry(12, 0.0);
        std::vector<double> wet = dry, early = dry, trace = dry, missing = dry;
        wet[6] = wet[7] = 0.4;
        early[1] = 5; // 12:05 to 12:10
        trace[6] = 0.2;
        missing[4] = -1;
        const auto settings =
            rule({{"days.window", "15"}, {"days.dry_gauges", "2"}, {"days.distance", "30"}});
        const auto near = [](const std::vector<double>& rain) { return gaugeAt(45.1, 3.1, rain); };
        const auto far = [](const std::vector<double>& rain) { return gaugeAt(45.5, 3, rain); }; // 56 km
        const auto kind = [&](const std::vector<Gauge>& gauges) { return proposed(gauges, settings).kind; };

        QCOMPARE(kind({near(dry), near(dry)}), DayKind::Dry);
        QCOMPARE(kind({near(dry), near(dry), far(wet)}), DayKind::Dry);
        QCOMPARE(kind({near(dry), near(early)}), DayKind::Dry);
        QCOMPARE(kind({near(dry), near(wet)}), DayKind::Wet);
        QCOMPARE(kind({near(wet)}), DayKind::Wet);
        QCOMPARE(kind({near(dry), near(dry), near(trace)}), DayKind::Unsure);
        QCOMPARE(kind({near(dry), near(missing)}),
                 DayKind::Unsure); // one reported all the time, two are needed
        QCOMPARE(kind({near(dry), near(dry), near(missing)}), DayKind::Dry);
        QCOMPARE(kind({far(dry), far(dry)}), DayKind::Unsure);

        QCOMPARE(proposed({near(dry), near(wet)}, settings).reason.english(),
                 std::string("1 of 2 gauges had rain: 0.8 mm"));
        QCOMPARE(proposed({far(wet)}, settings).reason.english(), std::string("no gauge within 30 km"));
        QCOMPARE(proposed({near(dry), near(missing)}, settings).reason.english(),
                 std::string("1 of 2 gauges reported all the time, 2 are needed"));
        const auto two = rule({{"days.window", "15"}, {"days.wet_gauges", "2"}});
        QCOMPARE(proposed({near(dry), near(wet)}, two).kind, DayKind::Unsure);
        QCOMPARE(proposed({near(wet), near(wet)}, two).kind, DayKind::Wet);
    }

    void aRadarWithoutAPlaceIsUnsure() {
        RadarVolume lost = volumeAt("2024-06-15 12:30");
        lost.site.reset();
        Feedback feedback;
        const auto days =
            proposeDays({lost}, {gaugeAt(45, 3, std::vector<double>(12, 1.0))}, rule(), feedback);
        QCOMPARE(days[0].kind, DayKind::Unsure);
    }

    void theListIsCorrectedByHandAndReadAgain() {
        std::vector<DayVolume> days;
        for (const auto& [time, kind] :
             {std::pair("2024-06-15 12:00", DayKind::Dry), std::pair("2024-06-15 12:05", DayKind::Wet),
              std::pair("2024-06-15 12:10", DayKind::Unsure)})
            days.push_back({volumeAt(time), kind, text(EMBELLIE_TR("days", "{0}"), "because")});
        days[1].volume.files.push_back("/radar/second.h5");
        std::string words = daysText(days);
        words.replace(words.find("unsure\t"), 6, "dry");             // by hand
        words.replace(words.find("/radar/2024-06-15 12:10"), 7, ""); // and beside the list
        std::string inWindows;
        for (const char letter : words)
            inWindows += letter == '\n' ? std::string("\r\n") : std::string(1, letter);
        writeFileAtomically(m_folder / "days.txt", inWindows);
        const auto again = readDays(m_folder / "days.txt");
        QCOMPARE(again.size(), std::size_t(3));
        QCOMPARE(again[0].volume.radar, std::string("Somewhere"));
        QVERIFY(again[0].volume.time.begin == at("2024-06-15 12:00"));
        QCOMPARE(filesOfKind(again, DayKind::Wet),
                 (std::vector<std::string>{"/radar/2024-06-15 12:05.h5", "/radar/second.h5"}));
        QCOMPARE(filesOfKind(again, DayKind::Dry),
                 (std::vector<std::string>{"/radar/2024-06-15 12:00.h5",
                                           (m_folder / "2024-06-15 12:10.h5").string()}));
    }

    void aListThatIsNotUnderstoodNamesTheLine() {
        for (const auto& [line, said] : {std::pair("moist\t2024-06-15T12:00:00Z\tA\twhy\t/a.h5\n", "moist"),
                                         std::pair("dry\tyesterday\tA\twhy\t/a.h5\n", "yesterday"),
                                         std::pair("dry /a.h5\n", "between tabs")}) {
            writeFileAtomically(m_folder / "wrong.txt", std::string("# a list\n") + line);
            QString sentence;
            try {
                readDays(m_folder / "wrong.txt");
            } catch (const Error& error) {
                sentence = error.what();
            }
            QVERIFY2(sentence.contains(said) && sentence.contains("line 2"), qPrintable(sentence));
        }
    }

    void aFileServesOnlyOneKind() {
        DayVolume wet{volumeAt("2024-06-15 12:00"), DayKind::Wet, {}}, dry = wet;
        dry.kind = DayKind::Dry;
        QVERIFY_EXCEPTION_THROWN(filesOfKind({wet, dry}, DayKind::Wet), Error);
        dry.kind = DayKind::Unsure;
        QCOMPARE(filesOfKind({wet, dry}, DayKind::Wet).size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestDays)
#include "tst_days.moc"
