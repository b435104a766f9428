// What netCDF attributes say of numbers: missing values, limits, flags and times, each case in a file of a
// few bytes written by netCDF's own calls.

#include "core/io/netcdf.h"
#include "core/io/source.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>

using namespace embellie;
using namespace embellie::test;

class TestNetcdfValues : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void missingAndLimitsFollowTheConventions_data();
    void missingAndLimitsFollowTheConventions();
    void numbersMayBeWrittenAsText();
    void timesAreReadInTheirCalendar_data();
    void timesAreReadInTheirCalendar();
    void flagsAndClassesHaveNames();
    void flagsKeepTheirLowBits();
};

static Field readOne(const std::filesystem::path& file, const std::string& id) {
    Feedback silent;
    return openSource(file)->read(id, Window{}, silent);
}

static QString statesOf(const Field& field) {
    QString out;
    for (const State state : field.states())
        out += QChar("vnur"[static_cast<int>(state)]);
    return out;
}

struct Attribute {
    const char* name;
    int type;
    std::vector<double> values;
};
struct PackedCase {
    int type;
    std::vector<Attribute> attributes;
    bool isUnsigned = false;
    std::vector<double> raw;
};
Q_DECLARE_METATYPE(PackedCase)

void TestNetcdfValues::missingAndLimitsFollowTheConventions_data() {
    QTest::addColumn<PackedCase>("packed");
    QTest::addColumn<QString>("states");
    QTest::addColumn<double>("lastValue");
    QTest::newRow("packed with fill") << PackedCase{NC_SHORT,
                                                    {{"scale_factor", NC_DOUBLE, {0.1}},
                                                     {"add_offset", NC_DOUBLE, {5}},
                                                     {"_FillValue", NC_SHORT, {-1}}},
                                                    false,
                                                    {-1, 0, 1, 2, 3, 10}}
                                      << "nvvvvv" << 6.0;
    QTest::newRow("missing_value beside the default fill")
        << PackedCase{NC_INT, {{"missing_value", NC_INT, {7}}}, false, {7, NC_FILL_INT, 1, 2, 3, 4}}
        << "nnvvvv" << 4.0;
    QTest::newRow("limits stored as integers are packed")
        << PackedCase{NC_SHORT,
                      {{"scale_factor", NC_DOUBLE, {0.1}}, {"valid_range", NC_SHORT, {0, 50}}},
                      false,
                      {-1, 0, 50, 51, 1, 20}}
        << "nvvnvv" << 2.0;
    QTest::newRow("real limits of packed numbers are physical")
        << PackedCase{NC_INT,
                      {{"scale_factor", NC_FLOAT, {0.01}},
                       {"valid_min", NC_FLOAT, {160}},
                       {"valid_max", NC_FLOAT, {340}}},
                      false,
                      {-10000, 15999, 16000, 34000, 34001, 20000}}
        << "nnvvnv" << 200.0;
    QTest::newRow("a negative scale turns the limits") << PackedCase{NC_SHORT,
                                                                     {{"scale_factor", NC_DOUBLE, {-1}},
                                                                      {"valid_min", NC_DOUBLE, {-5}},
                                                                      {"valid_max", NC_DOUBLE, {0}}},
                                                                     false,
                                                                     {-1, 0, 5, 6, 1, 2}}
                                                       << "nvvnvv" << -2.0;
    QTest::newRow("bytes that are unsigned")
        << PackedCase{NC_BYTE,
                      {{"_FillValue", NC_BYTE, {-1}}, {"scale_factor", NC_DOUBLE, {2}}},
                      true,
                      {-1, -2, 0, 1, 127, -128}}
        << "nvvvvv" << 256.0;
    QTest::newRow("unsigned bytes have no default fill")
        << PackedCase{NC_BYTE, {}, true, {-127, -1, -128, 0, 127, 1}} << "vvvvvv" << 1.0;
    QTest::newRow("nor have signed ones")
        << PackedCase{NC_BYTE, {}, false, {-127, -1, -128, 0, 127, 1}} << "vvvvvv" << 1.0;
    QTest::newRow("nor those of a type of their own")
        << PackedCase{NC_UBYTE, {}, false, {255, 129, 128, 0, 127, 1}} << "vvvvvv" << 1.0;
    QTest::newRow("no echo outside the limits of what is valid")
        << PackedCase{NC_FLOAT,
                      {{"_FillValue", NC_FLOAT, {-99}},
                       {"_Undetect", NC_FLOAT, {-88}},
                       {"valid_range", NC_FLOAT, {-87, 60}}},
                      false,
                      {-99, -88, -87.5, 61, -87, 60}}
        << "nunnvv" << 60.0;
    QTest::newRow("CfRadial's undetect")
        << PackedCase{NC_UBYTE,
                      {{"_FillValue", NC_UBYTE, {255}}, {"_Undetect", NC_UBYTE, {0}}},
                      false,
                      {255, 0, 1, 2, 3, 4}}
        << "nuvvvv" << 4.0;
    QTest::newRow("NaN among reals") << PackedCase{NC_FLOAT,
                                                   {{"_FillValue", NC_FLOAT, {std::nan("")}}},
                                                   false,
                                                   {std::nan(""), 1, 2, 3, 4, 5}}
                                     << "nvvvvv" << 5.0;
    QTest::newRow("entirely fill") << PackedCase{NC_FLOAT, {}, false, {}} << "nnnnnn" << std::nan("");
}

void TestNetcdfValues::missingAndLimitsFollowTheConventions() {
    QFETCH(PackedCase, packed);
    QFETCH(QString, states);
    QFETCH(double, lastValue);
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        addPlainGrid(file);
        std::vector<double> fill;
        for (const Attribute& attribute : packed.attributes)
            if (std::string(attribute.name) == "_FillValue")
                fill = attribute.values;
        file.variable("v", packed.type, {"lat", "lon"}, packed.raw, fill);
        for (const Attribute& attribute : packed.attributes)
            if (std::string(attribute.name) != "_FillValue")
                file.att("v", attribute.name, attribute.type, attribute.values);
        if (packed.isUnsigned)
            file.att("v", "_Unsigned", "True");
    }
    const Field field = readOne(folder / "a.nc", "v");
    QCOMPARE(statesOf(field), states);
    QVERIFY(std::isnan(lastValue) ? std::isnan(field.values()[5])
                                  : field.values()[5] == static_cast<float>(lastValue));
}

void TestNetcdfValues::numbersMayBeWrittenAsText() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        addPlainGrid(file);
        file.variable("v", NC_SHORT, {"lat", "lon"}, {-9999, 0, 1, 2, 3, 200});
        for (const auto& [name, value] :
             {std::pair("scale_factor", "0.01"), {"add_offset", "273.15"}, {"missing_value", "-9999."}})
            file.att("v", name, value);
        file.variable("w", NC_SHORT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
        file.att("w", "scale_factor", "0.01 of a degree");
    }
    const Field field = readOne(folder / "a.nc", "v");
    QCOMPARE(statesOf(field), QString("nvvvvv"));
    QCOMPARE(field.values()[5], 275.15f);
    QCOMPARE(readOne(folder / "a.nc", "w").values()[5], 6.0f);
}

void TestNetcdfValues::timesAreReadInTheirCalendar_data() {
    QTest::addColumn<QString>("units");
    QTest::addColumn<QString>("calendar");
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("iso");
    // Expected dates by Python's cftime, but for those of years, and of months of other lengths than 30 days,
    // which it refuses: by hand.
    QTest::newRow("hours since 1900") << "hours since 1900-01-01"
                                      << "gregorian" << 837180.0 << "1995-07-04T12:00:00Z";
    QTest::newRow("seconds, ISO") << "seconds since 2022-06-28T07:21:36Z"
                                  << "" << 4.0 << "2022-06-28T07:21:40Z";
    QTest::newRow("as xarray writes them")
        << "nanoseconds since 1970-01-01"
        << "proleptic_gregorian" << 1.68197362480825e18 << "2023-04-20T06:53:44.808Z";
    QTest::newRow("a zone") << "minutes since 2021-01-10 00:30:00 +1:00"
                            << "standard" << 60.0 << "2021-01-10T00:30:00Z";
    QTest::newRow("short digits") << "seconds since 1970-1-1 0:00:00 0:00"
                                  << "" << 86400.0 << "1970-01-02T00:00:00Z";
    QTest::newRow("no leap days") << "days since 2000-01-01"
                                  << "noleap" << 59.0 << "2000-03-01T00:00:00Z";
    QTest::newRow("months of 30 days") << "days since 2000-01-01"
                                       << "360_day" << 59.0 << "2000-02-30T00:00:00Z";
    QTest::newRow("leap days always") << "days since 2001-01-01"
                                      << "366_day" << 59.0 << "2001-02-29T00:00:00Z";
    QTest::newRow("Julian") << "days since 1850-01-01"
                            << "julian" << 29235.5 << "1930-01-16T12:00:00Z";
    QTest::newRow("Julian names of days") << "days since 1970-01-01"
                                          << "julian" << -150000.0 << "1559-04-29T00:00:00Z";
    QTest::newRow("COARDS' origin") << "hours since 1-1-1 00:00:0.0"
                                    << "" << 17557128.0 << "2003-11-27T00:00:00Z";
    QTest::newRow("the year 1, standard") << "days since 0001-01-01"
                                          << "standard" << 730121.0 << "2000-01-01T00:00:00Z";
    QTest::newRow("the year 1, Gregorian always")
        << "days since 0001-01-01"
        << "proleptic_gregorian" << 730121.0 << "2000-01-03T00:00:00Z";
    QTest::newRow("a leap day of the Julian years") << "days since 1500-01-01"
                                                    << "standard" << 59.0 << "1500-02-29T00:00:00Z";
    QTest::newRow("no such day, Gregorian always") << "days since 1500-01-01"
                                                   << "proleptic_gregorian" << 59.0 << "1500-03-01T00:00:00Z";
    QTest::newRow("from 1500 until now") << "days since 1500-01-01"
                                         << "gregorian" << 182621.0 << "2000-01-10T00:00:00Z";
    QTest::newRow("the first Gregorian day") << "days since 1582-10-04"
                                             << "standard" << 1.0 << "1582-10-15T00:00:00Z";
    QTest::newRow("the last Julian day") << "days since 1582-10-15"
                                         << "standard" << -0.5 << "1582-10-04T12:00:00Z";
    QTest::newRow("the day before, Gregorian always")
        << "days since 1582-10-15"
        << "proleptic_gregorian" << -1.0 << "1582-10-14T00:00:00Z";
    const std::pair<const char*, const char*> zones[] = {
        {"+0100", "2021-01-10T00:30:00Z"}, {"-0630", "2021-01-10T08:00:00Z"},  {"+1", "2021-01-10T00:30:00Z"},
        {"+01", "2021-01-10T00:30:00Z"},   {"+01:30", "2021-01-10T00:00:00Z"}, {"Z", "2021-01-10T01:30:00Z"},
        {"UTC", "2021-01-10T01:30:00Z"},   {"GMT", "2021-01-10T01:30:00Z"}};
    for (const auto& [zone, iso] : zones) {
        QTest::addRow("the zone %s", zone)
            << QStringLiteral("minutes since 2021-01-10 00:30:00 ") + zone << "standard" << 60.0 << iso;
        QTest::addRow("the zone %s without space", zone)
            << QStringLiteral("minutes since 2021-01-10T00:30:00") + zone << "standard" << 60.0 << iso;
    }
    QTest::newRow("a zone after a date alone") << "hours since 2021-01-10 -0630"
                                               << "" << 0.0 << "2021-01-10T06:30:00Z";
    QTest::newRow("a calendar in capitals") << "days since 2000-01-01"
                                            << "NOLEAP" << 59.0 << "2000-03-01T00:00:00Z";
    QTest::newRow("a calendar with a capital") << "days since 1582-10-04"
                                               << "Gregorian" << 1.0 << "1582-10-15T00:00:00Z";
    QTest::newRow("an offset without space, seconds") << "seconds since 1970-01-01T00:00:00+00:00"
                                                      << "" << 1.0 << "1970-01-01T00:00:01Z";
    QTest::newRow("capitals") << "Days Since 1970-01-01"
                              << "" << 1.0 << "1970-01-02T00:00:00Z";
    QTest::newRow("two blanks") << "days  since  1970-01-01"
                                << "" << 1.0 << "1970-01-02T00:00:00Z";
    QTest::newRow("a small t") << "seconds since 1970-01-01t01:00:00z"
                               << "" << 1.0 << "1970-01-01T01:00:01Z";
    QTest::newRow("slashes") << "days since 1970/1/02 06:00:00"
                             << "" << 1.0 << "1970-01-03T06:00:00Z";
    QTest::newRow("no marks") << "days since 19000101"
                              << "" << 1.0 << "1900-01-02T00:00:00Z";
    QTest::newRow("no marks, with a clock") << "days since 19000101T063000"
                                            << "" << 1.0 << "1900-01-02T06:30:00Z";
    QTest::newRow("a month alone") << "months since 1979-01"
                                   << "360_day" << 1.0 << "1979-02-01T00:00:00Z";
    for (const auto& [value, iso] : {std::pair(20200229.5, "2020-02-29T12:00:00Z"),
                                     {19700101.0, "1970-01-01T00:00:00Z"},
                                     {20201301.0, "missing"},
                                     {-9999.0, "missing"},
                                     {1e20, "missing"},
                                     {std::nan(""), "missing"}})
        QTest::addRow("dates as numbers, %.1f", value) << "day as %Y%m%d.%f"
                                                       << "standard" << value << iso;
    QTest::newRow("dates as numbers of 30 days a month")
        << "day as %Y%m%d.%f"
        << "360_day" << 20200230.25 << "2020-02-30T06:00:00Z";
    QTest::newRow("another form of dates") << "day as %d.%m.%Y"
                                           << "" << 1.0 << "";
    QTest::newRow("years") << "years since 2000-01-01"
                           << "standard" << 1000.0 << "2999-12-31T04:46:14.678Z";
    QTest::newRow("months") << "months since 2000-01-01"
                            << "standard" << 12000.0 << "2999-12-31T04:46:14.678Z";
    QTest::newRow("years of 360 days") << "years since 2000-01-01"
                                       << "360_day" << 1.5 << "2001-07-01T00:00:00Z";
    QTest::newRow("months of 30 days each") << "months since 2000-01-01"
                                            << "360_day" << 18.0 << "2001-07-01T00:00:00Z";
    QTest::newRow("years of 365 days") << "years since 2000-01-01"
                                       << "365_day" << 40.0 << "2040-01-01T00:00:00Z";
    QTest::newRow("months of 365 days / 12") << "months since 2000-01-01"
                                             << "noleap" << 1.0 << "2000-01-31T10:00:00Z";
    QTest::newRow("years of 366 days") << "years since 2000-01-01"
                                       << "all_leap" << 40.0 << "2040-01-01T00:00:00Z";
    QTest::newRow("months of 366 days / 12") << "months since 2000-01-01"
                                             << "all_leap" << 1.0 << "2000-01-31T12:00:00Z";
    for (const double value : {std::nan(""), double(NC_FILL_FLOAT), 1e20, -1e20})
        QTest::addRow("%g is no time", value) << "hours since 1-1-1"
                                              << "" << value << "missing";
    QTest::newRow("not a time") << "kelvin"
                                << "" << 1.0 << "";
    QTest::newRow("a year beyond all calendars") << "days since -99999999999-01-01"
                                                 << "" << 1.0 << "";
    QTest::newRow("no date") << "days since launch"
                             << "" << 1.0 << "";
}

void TestNetcdfValues::timesAreReadInTheirCalendar() {
    QFETCH(QString, units);
    QFETCH(QString, calendar);
    QFETCH(double, value);
    QFETCH(QString, iso);
    const auto unit = parseTimeUnit(units.toStdString(), calendar.toStdString());
    QCOMPARE(unit.has_value(), !iso.isEmpty());
    if (!unit)
        return;
    const double seconds = unit->seconds(value);
    QCOMPARE(std::isfinite(seconds) ? QString::fromStdString(isoTime(timeAtSeconds(seconds), unit->calendar))
                                    : QStringLiteral("missing"),
             iso);
}

void TestNetcdfValues::flagsAndClassesHaveNames() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        addPlainGrid(file);
        file.variable("type", NC_BYTE, {"lat", "lon"}, {0, 1, 2, 0, 1, 2});
        file.att("type", "flag_values", NC_BYTE, {0, 1, 2});
        file.att("type", "flag_meanings", "clear cloud snow");
        file.variable("quality", NC_INT, {"lat", "lon"}, {0, 1, 2, 3, 1, 2});
        file.att("quality", "flag_masks", NC_INT, {1, 2});
        file.att("quality", "flag_meanings", "rain, ice");
    }
    const SourceInfo info = openSource(folder / "a.nc")->describe();
    QCOMPARE(info.find("type")->quantity.kind, Kind::Classes);
    QCOMPARE(info.find("type")->quantity.meanings[2], (Meaning{2, "snow", {}}));
    QCOMPARE(info.find("quality")->quantity.kind, Kind::Flags);
    QCOMPARE(info.find("quality")->quantity.meanings[1], (Meaning{2, "ice", {}}));
}

// As OceanColor's l2_flags: a value of 31 bits is no float32. Unsigned bytes have their masks as bytes too.
void TestNetcdfValues::flagsKeepTheirLowBits() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        addPlainGrid(file);
        const double high = 1 << 30, highest = -std::ldexp(1.0, 31);
        std::vector<double> masks{highest, high};
        std::string names = "spare fail";
        for (int bit = 0; bit < 30; ++bit) {
            masks.push_back(1 << bit);
            names += " F" + std::to_string(bit);
        }
        file.variable("l2_flags", NC_INT, {"lat", "lon"},
                      {high + 1, high + 2, (1 << 23) + 1, highest + 4, 1 << 24, 3});
        file.att("l2_flags", "flag_masks", NC_INT, masks);
        file.att("l2_flags", "flag_meanings", names);
        file.variable("byte", NC_BYTE, {"lat", "lon"}, {0, 1, 2, -128, -127, 3});
        file.att("byte", "_Unsigned", "true");
        file.att("byte", "flag_masks", NC_BYTE, {1, 2, -128});
        file.att("byte", "flag_meanings", "a b c");
        file.variable("code", NC_UINT, {"lat", "lon"}, {1, 2, 1, 2, 1, 2});
        file.att("code", "flag_values", NC_UINT, {1, 4294967295.0});
        file.att("code", "flag_meanings", "one last");
    }
    const Field flags = readOne(folder / "a.nc", "l2_flags");
    QCOMPARE(std::vector<float>(flags.values().begin(), flags.values().end()),
             (std::vector<float>{1, 2, (1 << 23) + 1, 4, 0, 3}));
    QCOMPARE(flags.quantity().meanings.size(), std::size_t(24));
    QCOMPARE(flags.quantity().meanings.back(), (Meaning{1 << 23, "F23", {}}));
    const Field byte = readOne(folder / "a.nc", "byte");
    QCOMPARE(byte.values()[3], 128.0f);
    QCOMPARE(byte.quantity().meanings[2], (Meaning{128, "c", {}}));
    QCOMPARE(readOne(folder / "a.nc", "code").quantity().meanings, (std::vector<Meaning>{{1, "one", {}}}));
}

QTEST_GUILESS_MAIN(TestNetcdfValues)
#include "tst_netcdf_values.moc"
