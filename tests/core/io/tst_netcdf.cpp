// CF grids and CfRadial, each trap in a file of a few bytes written by netCDF's own calls.

#include "core/base/error.h"
#include "core/io/netcdf.h"
#include "core/io/result.h"
#include "core/io/source.h"
#include "core/map/projection.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>

using namespace embellie;
using namespace embellie::test;

class TestNetcdf : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void missingAndLimitsFollowTheConventions_data();
    void missingAndLimitsFollowTheConventions();
    void numbersMayBeWrittenAsText();
    void timesAreReadInTheirCalendar_data();
    void timesAreReadInTheirCalendar();
    void timeAndLevelAreAxes();
    void curvilinearCellsHaveTheirPlaces();
    void projectedAxesAreMetres();
    void aRotatedPoleIsAProjection();
    void flagsAndClassesHaveNames();
    void flagsKeepTheirLowBits();
    void sweepsShareOneTimeDimension();
    void raggedRaysBecomeARectangle();
    void aRadarLookingUpIsOneSweep();
    void aSweepLookingUpIsOneAmongOthers();
    void aResultReadsBackAndLeavesTheRestAlone_data();
    void aResultReadsBackAndLeavesTheRestAlone();
    void aResultMayBeCleanedAgain();
    void aResultOfRaggedRaysIsRagged();
};

static Field readOne(const std::filesystem::path& file, const std::string& id,
                     const std::string& window = {}) {
    Feedback silent;
    return openSource(file)->read(id, Window::parse(window), silent);
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

void TestNetcdf::missingAndLimitsFollowTheConventions_data() {
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

void TestNetcdf::missingAndLimitsFollowTheConventions() {
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

void TestNetcdf::numbersMayBeWrittenAsText() {
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

void TestNetcdf::timesAreReadInTheirCalendar_data() {
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

void TestNetcdf::timesAreReadInTheirCalendar() {
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

void TestNetcdf::timeAndLevelAreAxes() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc", NC_64BIT_OFFSET);
        addPlainGrid(file);
        file.att("", "Conventions", "CF-1.6");
        file.dimension("time", 2);
        file.dimension("plev", 2);
        file.variable("time", NC_INT, {"time"}, {0, 6});
        file.att("time", "units", "hours since 2020-01-01");
        file.variable("plev", NC_FLOAT, {"plev"}, {850, 500});
        file.att("plev", "units", "hPa");
        std::vector<double> cells;
        for (int i = 0; i < 24; ++i)
            cells.push_back(i);
        file.variable("t", NC_FLOAT, {"time", "plev", "lat", "lon"}, cells);
    }
    const std::unique_ptr<Source> source = openSource(folder / "a.nc");
    QCOMPARE(source->describe().format, std::string("CF 1.6"));
    const Grid& grid = *source->describe().grid;
    QCOMPARE(grid.axes[0].role, AxisRole::Time);
    QCOMPARE(grid.axes[1].role, AxisRole::Level);
    QCOMPARE(grid.axes[2].role, AxisRole::Y);
    QCOMPARE(grid.axes[2].bounds, (std::vector<double>{50.5, 49.5, 48.5}));
    QCOMPARE(grid.crs, std::string());
    const Field field = readOne(folder / "a.nc", "t", "time=1,plev=1,lon=0:3:2");
    QCOMPARE(shapeOf(field.geometry()), (std::vector<std::size_t>{1, 1, 2, 2}));
    QCOMPARE(field.values()[0], 18.0f);
    QCOMPARE(field.values()[3], 23.0f);
    QCOMPARE(isoTime(field.time().begin), std::string("2020-01-01T06:00:00Z"));
    QCOMPARE(field.grid()->axes[3].centres, (std::vector<double>{1, 3}));
    QCOMPARE(field.grid()->axes[1].centres, (std::vector<double>{500}));
}

void TestNetcdf::curvilinearCellsHaveTheirPlaces() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        file.dimension("NUMROWS", 2);
        file.dimension("NUMCELLS", 2);
        file.variable("lat", NC_INT, {"NUMROWS", "NUMCELLS"}, {4500000, 4510000, 4600000, 4610000});
        file.att("lat", "scale_factor", NC_DOUBLE, {1e-5}); // packed like the values
        file.variable("lon", NC_FLOAT, {"NUMROWS", "NUMCELLS"}, {359, 360, -200, 1});
        file.variable("wind", NC_FLOAT, {"NUMROWS", "NUMCELLS"}, {1, 2, 3, 4});
    }
    const Field field = readOne(folder / "a.nc", "wind", "NUMROWS=1");
    QVERIFY(field.grid()->isCurvilinear());
    QCOMPARE(field.grid()->latitudes.size(), std::size_t(2));
    QVERIFY(std::abs(field.grid()->latitudes[1] - 46.1) < 1e-9);
    QCOMPARE(field.grid()->longitudes[0], -200.0);
}

void TestNetcdf::projectedAxesAreMetres() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        file.dimension("y", 2);
        file.dimension("x", 2);
        file.variable("y", NC_DOUBLE, {"y"}, {10, 9.5});
        file.variable("x", NC_DOUBLE, {"x"}, {-0.25, 0.25});
        for (const char* axis : {"x", "y"}) {
            file.att(axis, "units", "km");
            file.att(axis, "standard_name", std::string("projection_") + axis + "_coordinate");
        }
        file.variable("proj", NC_INT, {});
        file.att("proj", "grid_mapping_name", "lambert_azimuthal_equal_area");
        file.att("proj", "latitude_of_projection_origin", NC_DOUBLE, {52});
        file.att("proj", "longitude_of_projection_origin", NC_DOUBLE, {10});
        file.variable("rain", NC_FLOAT, {"y", "x"}, {1, 2, 3, 4});
        file.att("rain", "grid_mapping", "proj");
    }
    const Field field = readOne(folder / "a.nc", "rain");
    QCOMPARE(field.grid()->axes[0].unit, std::string("m"));
    QCOMPARE(field.grid()->axes[0].centres, (std::vector<double>{10000, 9500}));
    QCOMPARE(field.grid()->axes[1].bounds, (std::vector<double>{-500, 0, 500}));
    const GeoPoint origin = Projection(field.grid()->crs).inverse({0, 0});
    QVERIFY(std::abs(origin.latitude - 52) < 1e-9 && std::abs(origin.longitude - 10) < 1e-9);
}

void TestNetcdf::aRotatedPoleIsAProjection() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        file.dimension("rlat", 2);
        file.dimension("rlon", 2);
        for (const char* axis : {"rlat", "rlon"}) {
            file.variable(axis, NC_DOUBLE, {axis}, {0, 1});
            file.att(axis, "units", "degrees");
        }
        file.att("rlat", "standard_name", "grid_latitude");
        file.att("rlon", "standard_name", "grid_longitude");
        file.variable("pole", NC_INT, {});
        file.att("pole", "grid_mapping_name", "rotated_latitude_longitude");
        file.att("pole", "grid_north_pole_latitude", NC_DOUBLE, {39.25});
        file.att("pole", "grid_north_pole_longitude", NC_DOUBLE, {-162});
        file.variable("p", NC_FLOAT, {"rlat", "rlon"}, {1, 2, 3, 4});
        file.att("p", "grid_mapping", "pole");
    }
    // The rotated equator's origin lies 90 degrees from the rotated pole, on the meridian opposite to it.
    const Field field = readOne(folder / "a.nc", "p");
    const GeoPoint origin = Projection(field.grid()->crs).inverse({0, 0});
    QVERIFY(std::abs(origin.latitude - 50.75) < 1e-9);
    QVERIFY(std::abs(origin.longitude - 18) < 1e-9);
}

void TestNetcdf::flagsAndClassesHaveNames() {
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
void TestNetcdf::flagsKeepTheirLowBits() {
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

// Rays of two sweeps: three and two, over four gates.
static void addRadar(TinyNetcdf& file, bool up = false) {
    file.dimension("time", 5);
    file.dimension("range", 4);
    file.dimension("sweep", 2);
    file.dimension("string", 24);
    file.variable("time", NC_DOUBLE, {"time"}, {0, 1, 2, 3, 4});
    file.att("time", "units", "seconds since 2020-01-01T00:00:00Z");
    file.variable("range", NC_FLOAT, {"range"}, {125, 375, 625, 875});
    file.variable("azimuth", NC_FLOAT, {"time"}, {359.5, 0.5, 1.5, 10, 11});
    file.variable("elevation", NC_FLOAT, {"time"},
                  up ? std::vector<double>{90, 90, 90, 90, 90} : std::vector<double>{1, 1, 1, 3, 3});
    file.variable("latitude", NC_DOUBLE, {}, {48});
    file.variable("longitude", NC_DOUBLE, {}, {2});
    file.variable("altitude", NC_DOUBLE, {}, {100});
    file.variable("fixed_angle", NC_FLOAT, {"sweep"}, {1, 3});
    file.variable("sweep_start_ray_index", NC_INT, {"sweep"}, {0, 3});
    file.variable("sweep_end_ray_index", NC_INT, {"sweep"}, {2, 4});
    file.att("", "Conventions", "CF-1.7"); // says nothing of radars: the content does
}

void TestNetcdf::sweepsShareOneTimeDimension() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        addRadar(file);
        std::vector<double> cells;
        for (int i = 0; i < 20; ++i)
            cells.push_back(i);
        file.variable("DBZ", NC_FLOAT, {"time", "range"}, cells);
    }
    const SourceInfo info = openSource(folder / "a.nc")->describe();
    QCOMPARE(info.sweeps.size(), std::size_t(2));
    QCOMPARE(info.sweeps[0].azimuthRow0, 359.5);
    QCOMPARE(info.sweeps[1].rays, std::size_t(2));
    const Field field = readOne(folder / "a.nc", "sweep_1/DBZ", "gate=1:");
    QCOMPARE(shapeOf(field.geometry()), (std::vector<std::size_t>{2, 3}));
    QCOMPARE(field.values()[0], 13.0f);
    QCOMPARE(field.sweep()->firstGateMeters, 375.0);
    QCOMPARE(field.sweep()->rays[1].timeSeconds, 1.0);
    QCOMPARE(isoTime(field.time().begin), std::string("2020-01-01T00:00:03Z"));
    QCOMPARE(readOne(folder / "a.nc", "sweep_0/DBZ").sweep()->rays[0].azimuthStart, 359.0);
}

void TestNetcdf::raggedRaysBecomeARectangle() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        addRadar(file);
        file.dimension("n_points", 9);
        file.variable("ray_n_gates", NC_INT, {"time"}, {4, 0, 2, 1, 2});
        file.variable("ray_start_index", NC_INT, {"time"}, {0, 4, 4, 6, 7});
        file.variable("DBZ", NC_SHORT, {"n_points"}, {1, 2, 3, 4, 5, 6, 7, 8, 9});
    }
    QCOMPARE(statesOf(readOne(folder / "a.nc", "sweep_0/DBZ")), QString("vvvvnnnnvvnn"));
    const Field second = readOne(folder / "a.nc", "sweep_1/DBZ");
    QCOMPARE(statesOf(second), QString("vnnnvvnn"));
    QCOMPARE(second.values()[4], 8.0f);
}

void TestNetcdf::aRadarLookingUpIsOneSweep() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        addRadar(file, true);
        file.variable("DBZ", NC_FLOAT, {"time", "range"}, std::vector<double>(20, 1));
    }
    const SourceInfo info = openSource(folder / "a.nc")->describe();
    QCOMPARE(info.sweeps.size(), std::size_t(1));
    QCOMPARE(info.sweeps[0].mode, SweepMode::VerticalPointing);
    QCOMPARE(info.sweeps[0].rays, std::size_t(5));
    QVERIFY(info.find("DBZ") && info.find("sweep_0/DBZ"));
}

// A volume that begins with a look at the zenith, or ends so.
void TestNetcdf::aSweepLookingUpIsOneAmongOthers() {
    for (const bool isFirst : {true, false}) {
        ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            addRadar(file);
            const std::string up("vertical_pointing\0\0\0\0\0\0\0", 24),
                round("azimuth_surveillance\0\0\0\0", 24);
            file.texts("sweep_mode", {"sweep", "string"}, isFirst ? up + round : round + up);
            file.variable("DBZ", NC_FLOAT, {"time", "range"}, std::vector<double>(20, 1));
        }
        const SourceInfo info = openSource(folder / "a.nc")->describe();
        QCOMPARE(info.sweeps.size(), std::size_t(2));
        QCOMPARE(info.sweeps[0].rays, std::size_t(3));
        QCOMPARE(info.sweeps[isFirst ? 0 : 1].mode, SweepMode::VerticalPointing);
        QCOMPARE(info.sweeps[isFirst ? 1 : 0].mode, SweepMode::Azimuth);
    }
}

void TestNetcdf::aResultReadsBackAndLeavesTheRestAlone_data() {
    QTest::addColumn<int>("format");
    QTest::newRow("netCDF-4") << int(NC_NETCDF4);
    QTest::newRow("classic") << 0;
}

void TestNetcdf::aResultReadsBackAndLeavesTheRestAlone() {
    QFETCH(int, format);
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc", format);
        addRadar(file);
        std::vector<double> cells;
        for (int i = 0; i < 20; ++i)
            cells.push_back(i % 4 == 3 ? -9999 : i);
        file.variable("raw", NC_FLOAT, {"time", "range"}, cells, {-9999});
        file.att("raw", "units", "dBZ");
    }
    const Field raw = readOne(folder / "a.nc", "sweep_1/raw");
    QCOMPARE(statesOf(raw), QString("vvvnvvvn"));
    Quantity quantity = raw.quantity();
    quantity.id = "DBZH";
    std::vector<State> states(raw.states().begin(), raw.states().end());
    states[1] = State::Rejected;
    states[5] = State::NoEcho;
    const std::vector<float> values(raw.values().begin(), raw.values().end());
    const auto cleaned = std::make_shared<const Field>(quantity, raw.geometry(), raw.time(), values, states);
    Quantity chance;
    chance.id = "P";
    chance.unit = "1";
    chance.kind = Kind::Probability;
    const auto probability =
        std::make_shared<const Field>(chance, raw.geometry(), raw.time(), std::vector<float>(8, 0.25f),
                                      std::vector<State>(raw.states().begin(), raw.states().end()));
    Feedback silent;
    chance.id = UncertaintyId;
    chance.longName = "standard deviation of something";
    chance.kind = Kind::Quantity;
    const auto unsure =
        std::make_shared<const Field>(chance, raw.geometry(), raw.time(), std::vector<float>(8, 0.125f),
                                      std::vector<State>(raw.states().begin(), raw.states().end()));
    writeResult(folder / "b.nc", folder / "a.nc", {{1, {cleaned, {probability, unsure}, {}}}},
                {{"embellie_run", std::string("seven")}}, silent);

    const Field found = readOne(folder / "b.nc", "sweep_1/DBZH");
    QCOMPARE(statesOf(found), QString("vrvnvuvn"));
    for (const std::size_t cell : {0, 2, 4, 6})
        QCOMPARE(found.values()[cell], raw.values()[cell]);
    const auto source = openSource(folder / "b.nc");
    QCOMPARE(source->describe().find("sweep_1/DBZH_probability")->quantity.kind, Kind::Probability);
    QCOMPARE(source->read("sweep_1/DBZH_probability", {}, silent).values()[0], 0.25f);
    const ArrayInfo* const second = source->describe().find("sweep_1/DBZH_uncertainty");
    QVERIFY(second);
    QCOMPARE(second->quantity.id, std::string(UncertaintyId));
    QCOMPARE(second->quantity.longName, chance.longName);
    QCOMPARE(second->qualityOf, std::string("sweep_1/DBZH"));
    QCOMPARE(source->read(second->id, {}, silent).values()[0], 0.125f);
    // The sweep without a result has none; what was there is as it was.
    QCOMPARE(statesOf(readOne(folder / "b.nc", "sweep_0/DBZH")), QString(12, 'n'));
    const Field kept = readOne(folder / "b.nc", "sweep_0/raw"),
                before = readOne(folder / "a.nc", "sweep_0/raw");
    QCOMPARE(statesOf(kept), statesOf(before));
    QCOMPARE(kept.values()[5], before.values()[5]);
    QCOMPARE(NetcdfFile(folder / "b.nc").globalText("embellie_run"), std::string("seven"));
    QVERIFY_EXCEPTION_THROWN(writeResult(folder / "a.nc", folder / "a.nc", {}, {}, silent), Error);
}

void TestNetcdf::aResultMayBeCleanedAgain() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "0.nc");
        addRadar(file);
        file.variable("DBZH", NC_FLOAT, {"time", "range"}, std::vector<double>(20, 1));
        file.att("DBZH", "units", "dBZ");
    }
    Feedback silent;
    for (int time = 1; time <= 3; ++time) {
        const auto before = folder / (std::to_string(time - 1) + ".nc"),
                   after = folder / (std::to_string(time) + ".nc");
        const Field raw = readOne(before, "sweep_0/DBZH");
        std::vector<State> states(raw.states().begin(), raw.states().end());
        states[std::size_t(time)] = State::Rejected;
        const auto cleaned = std::make_shared<const Field>(
            raw.quantity(), raw.geometry(), raw.time(),
            std::vector<float>(raw.values().begin(), raw.values().end()), states);
        writeResult(after, before, {{0, {cleaned, {}, {}}}}, {}, silent);
    }
    QCOMPARE(statesOf(readOne(folder / "3.nc", "sweep_0/DBZH")), QString("vvvvvvvvvvvv"));
    QCOMPARE(statesOf(readOne(folder / "3.nc", "sweep_0/DBZH_cleaned")), QString("vrvvvvvvvvvv"));
    QCOMPARE(statesOf(readOne(folder / "3.nc", "sweep_0/DBZH_cleaned_2")), QString("vvrvvvvvvvvv"));
    QCOMPARE(statesOf(readOne(folder / "3.nc", "sweep_0/DBZH_cleaned_3")), QString("vvvrvvvvvvvv"));
}

void TestNetcdf::aResultOfRaggedRaysIsRagged() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        addRadar(file);
        file.dimension("n_points", 9);
        file.variable("ray_n_gates", NC_INT, {"time"}, {4, 0, 2, 1, 2});
        file.variable("ray_start_index", NC_INT, {"time"}, {0, 4, 4, 6, 7});
        file.variable("DBZ", NC_SHORT, {"n_points"}, {1, 2, 3, 4, 5, 6, 7, 8, 9});
        file.att("DBZ", "units", "dBZ");
    }
    Feedback silent;
    std::vector<OdimResultSweep> results;
    for (const std::size_t sweep : {0, 1}) {
        const Field raw = readOne(folder / "a.nc", "sweep_" + std::to_string(sweep) + "/DBZ");
        Quantity quantity = raw.quantity();
        quantity.id = "DBZH";
        std::vector<State> states(raw.states().begin(), raw.states().end());
        states[0] = State::Rejected;
        results.push_back({sweep,
                           {std::make_shared<const Field>(
                                quantity, raw.geometry(), raw.time(),
                                std::vector<float>(raw.values().begin(), raw.values().end()), states),
                            {},
                            {}}});
    }
    writeResult(folder / "b.nc", folder / "a.nc", results, {}, silent);
    const Field first = readOne(folder / "b.nc", "sweep_0/DBZH"),
                second = readOne(folder / "b.nc", "sweep_1/DBZH");
    QCOMPARE(statesOf(first), QString("rvvvnnnnvvnn"));
    QCOMPARE(statesOf(second), QString("rnnnvvnn"));
    QCOMPARE(first.values()[8], 5.0f);
    QCOMPARE(second.values()[4], 8.0f);
    // Other programs find it as they find the input's own moments.
    const NetcdfFile file(folder / "b.nc");
    QCOMPARE(file.find("DBZH")->dimensions, std::vector<std::string>{"n_points"});
    QCOMPARE(file.values(*file.find("DBZH")), (std::vector<double>{-9998, 2, 3, 4, 5, 6, -9998, 8, 9}));
    QCOMPARE(file.values(*file.find("DBZH_rejected")), (std::vector<double>{1, 0, 0, 0, 0, 0, 1, 0, 0}));
}

QTEST_GUILESS_MAIN(TestNetcdf)
#include "tst_netcdf.moc"
