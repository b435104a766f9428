// Where the cells of grids lie that are written in less usual, yet valid ways.

#include "core/base/error.h"
#include "core/base/time.h"
#include "core/io/source.h"
#include "core/map/projection.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>
#include <numbers>

#include <nlohmann/json.hpp>

using namespace embellie;
using namespace embellie::test;

namespace {

Field readOne(const std::filesystem::path& file, const std::string& id, const std::string& window = {}) {
    Feedback silent;
    return openSource(file)->read(id, Window::parse(window), silent);
}

} // namespace

class TestCfGrids : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // As GPM's IMERG: (time, lon, lat). Everywhere else rows are of one latitude.
    void longitudeBeforeLatitudeIsExchanged() {
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            addPlainGrid(file); // 50, 49 north; 1, 2, 3 east
            file.dimension("time", 2);
            file.variable("time", NC_DOUBLE, {"time"}, {0, 60});
            file.att("time", "units", "minutes since 2020-01-01");
            // The value says where it is: time, latitude, longitude.
            file.variable("rain", NC_FLOAT, {"time", "lon", "lat"},
                          {501, 491, 502, 492, 503, 493, 1501, 1491, 1502, 1492, 1503, 1493});
            file.variable("level", NC_FLOAT, {"lon", "time", "lat"},
                          {501, 491, 1501, 1491, 502, 492, 1502, 1492, 503, 493, 1503, 1493});
        }
        const auto source = openSource(folder / "a.nc");
        const ArrayInfo& info = *source->describe().find("rain");
        QCOMPARE(info.shape, (std::vector<std::size_t>{2, 2, 3}));
        QCOMPARE(info.dimensions, (std::vector<std::string>{"time", "lat", "lon"}));
        const std::vector<float> wanted{501, 502, 503, 491, 492, 493, 1501, 1502, 1503, 1491, 1492, 1493};
        const Field rain = readOne(folder / "a.nc", "rain");
        QCOMPARE(std::vector<float>(rain.values().begin(), rain.values().end()), wanted);
        QCOMPARE(rain.grid()->axes[1].role, AxisRole::Y);
        QCOMPARE(rain.grid()->axes[1].centres, (std::vector<double>{50, 49}));
        QCOMPARE(rain.grid()->axes[2].centres, (std::vector<double>{1, 2, 3}));
        const Field part = readOne(folder / "a.nc", "rain", "time=1:,lon=1:,lat=0:1");
        QCOMPARE(std::vector<float>(part.values().begin(), part.values().end()),
                 (std::vector<float>{1502, 1503}));
        const Field apart = readOne(folder / "a.nc", "level"); // lat, time, lon
        QCOMPARE(std::vector<float>(apart.values().begin(), apart.values().end()),
                 (std::vector<float>{501, 502, 503, 1501, 1502, 1503, 491, 492, 493, 1491, 1492, 1493}));
    }

    // As in ocean models: corners and centres on the same indices.
    void coordinatesNameThePlacesOfAVariable() {
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            file.dimension("j", 2);
            file.dimension("i", 2);
            for (const auto& [name, first] :
                 {std::pair("TLAT", 10.0), {"ULON", 21.0}, {"ULAT", 11.0}, {"TLON", 20.0}}) {
                file.variable(name, NC_DOUBLE, {"j", "i"}, {first, first, first + 5, first + 5});
                file.att(name, "units",
                         std::string(name).ends_with("LAT") ? "degrees_north" : "degrees_east");
            }
            for (const char letter : {'T', 'U'}) {
                const std::string name = letter == 'T' ? "TEMP" : "UVEL";
                file.variable(name, NC_FLOAT, {"j", "i"}, {1, 2, 3, 4});
                file.att(name, "coordinates", std::string(1, letter) + "LON " + letter + "LAT time");
            }
        }
        QCOMPARE(readOne(folder / "a.nc", "TEMP").grid()->latitudes[0], 10.0);
        QCOMPARE(readOne(folder / "a.nc", "TEMP").grid()->longitudes[0], 20.0);
        QCOMPARE(readOne(folder / "a.nc", "UVEL").grid()->latitudes[0], 11.0);
        QCOMPARE(readOne(folder / "a.nc", "UVEL").grid()->longitudes[0], 21.0);
    }

    // As WRF: places at each time, which do not move, and the time under another name than its dimension.
    void placesMayHaveATimeInFront() {
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            for (const auto& [name, size] : {std::pair("Time", 2), {"south_north", 2}, {"west_east", 3}})
                file.dimension(name, std::size_t(size));
            file.variable("XLAT", NC_FLOAT, {"Time", "south_north", "west_east"},
                          {50, 50, 50, 51, 51, 51, 50, 50, 50, 51, 51, 51});
            file.variable("XLONG", NC_FLOAT, {"Time", "south_north", "west_east"},
                          {1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3});
            file.variable("XTIME", NC_FLOAT, {"Time"}, {0, 60});
            file.att("XTIME", "units", "minutes since 2021-07-14 00:00:00");
            file.variable("T2", NC_FLOAT, {"Time", "south_north", "west_east"}, std::vector<double>(12, 280));
            file.att("T2", "coordinates", "XLONG XLAT XTIME");
        }
        const Field field = readOne(folder / "a.nc", "T2");
        QCOMPARE(field.grid()->latitudes, (std::vector<double>{50, 50, 50, 51, 51, 51}));
        QCOMPARE(field.grid()->longitudes, (std::vector<double>{1, 2, 3, 1, 2, 3}));
        QCOMPARE(field.grid()->axes[0].role, AxisRole::Time);
        QCOMPARE(isoTime(field.time().end), std::string("2021-07-14T01:00:00Z"));
    }

    // As IMERG (all in one group), TROPOMI (places in the group, data in one inside it) and ocean colour
    // (places in a group beside): a dimension is that of the nearest group that has it.
    void groupsAreReadWithTheDimensionsAroundThem() {
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            file.dimension("row", 2);
            file.dimension("pixel", 2);
            file.group("Grid");
            addPlainGrid(file);
            file.variable("rain", NC_FLOAT, {"lon", "lat"}, {501, 491, 502, 492, 503, 493});
            file.group("Grid/Intermediate");
            file.variable("error", NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
            file.att("error", "units", "mm/hr");
            file.group("navigation");
            file.variable("latitude", NC_DOUBLE, {"row", "pixel"}, {60, 60, 61, 61});
            file.variable("longitude", NC_DOUBLE, {"row", "pixel"}, {7, 8, 7, 8});
            file.group("ocean");
            file.variable("error", NC_FLOAT, {"row", "pixel"}, {10, 20, 30, 40});
            file.att("error", "coordinates", "/navigation/longitude /navigation/latitude");
        }
        const auto source = openSource(folder / "a.nc");
        const SourceInfo& info = source->describe();
        std::vector<std::string> ids;
        for (const ArrayInfo& array : info.arrays)
            ids.push_back(array.id + " " + array.quantity.id);
        // Two of one name keep their groups.
        QCOMPARE(ids, (std::vector<std::string>{"Grid/rain rain",
                                                "Grid/Intermediate/error Grid/Intermediate/error",
                                                "ocean/error ocean/error", "navigation/latitude latitude",
                                                "navigation/longitude longitude"}));
        const Field rain = readOne(folder / "a.nc", "/Grid/rain");
        QCOMPARE(std::vector<float>(rain.values().begin(), rain.values().end()),
                 (std::vector<float>{501, 502, 503, 491, 492, 493}));
        const Field error = readOne(folder / "a.nc", "Grid/Intermediate/error", "Grid/lat=1:");
        QCOMPARE(error.grid()->axes[0].centres, (std::vector<double>{49}));
        QCOMPARE(error.values()[2], 6.0f);
        QCOMPARE(error.quantity().unit, std::string("mm/hr"));
        QCOMPARE(readOne(folder / "a.nc", "ocean/error").grid()->latitudes,
                 (std::vector<double>{60, 60, 61, 61}));
    }

    // As TROPOMI and VIIRS: bands behind the places, and rows that are the second dimension.
    void placesMayBeOverAnyTwoDimensions() {
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            for (const auto& [name, size] : {std::pair("time", 1), {"row", 2}, {"pixel", 3}, {"band", 2}})
                file.dimension(name, std::size_t(size));
            file.variable("latitude", NC_DOUBLE, {"time", "row", "pixel"}, {50, 50, 50, 51, 51, 51});
            file.variable("longitude", NC_DOUBLE, {"time", "row", "pixel"}, {1, 2, 3, 1, 2, 3});
            file.variable("bands", NC_FLOAT, {"row", "pixel", "band"},
                          {501, -501, 502, -502, 503, -503, 511, -511, 512, -512, 513, -513});
            file.variable("turned", NC_FLOAT, {"band", "pixel", "row"},
                          {501, 511, 502, 512, 503, 513, -501, -511, -502, -512, -503, -513});
        }
        for (const char* name : {"bands", "turned"}) {
            const Field field = readOne(folder / "a.nc", name);
            const Grid& grid = *field.grid();
            QCOMPARE(grid.latitudes, (std::vector<double>{50, 50, 50, 51, 51, 51}));
            const auto place = [&](AxisRole role) {
                return static_cast<std::size_t>(grid.axis(role) - grid.axes.data());
            };
            std::vector<std::size_t> strides(3, 1);
            for (std::size_t d = 3; d-- > 1;)
                strides[d - 1] = strides[d] * grid.axes[d].centres.size();
            QVERIFY(place(AxisRole::Y) < place(AxisRole::X));
            for (std::size_t y = 0; y < 2; ++y)
                for (std::size_t x = 0; x < 3; ++x)
                    QCOMPARE(
                        field.values()[y * strides[place(AxisRole::Y)] + x * strides[place(AxisRole::X)]],
                        static_cast<float>(501 + 10 * y + x));
        }
    }

    void axesAreInMetresWhateverTheFileWrites_data() {
        QTest::addColumn<QString>("mapping");
        QTest::addColumn<QString>("unit");
        QTest::addColumn<double>("metres"); // of one
        const double height = 35786023;
        for (const char* unit : {"m", "metres", "meter"})
            QTest::addRow("%s", unit) << "polar_stereographic" << unit << 1.0;
        QTest::newRow("km") << "polar_stereographic"
                            << "km" << 1e3;
        QTest::newRow("hundreds of km") << "polar_stereographic"
                                        << "100 km" << 1e5;
        QTest::newRow("thousands of metres") << "polar_stereographic"
                                             << "1000 meter" << 1e3;
        QTest::newRow("scan angles in radians") << "geostationary"
                                                << "rad" << height;
        QTest::newRow("scan angles, nothing said") << "geostationary"
                                                   << "1" << height;
        QTest::newRow("scan angles in microradians") << "geostationary"
                                                     << "microradian" << 1e-6 * height;
        QTest::newRow("scan angles in degrees") << "geostationary"
                                                << "degrees" << height * std::numbers::pi / 180;
        QTest::newRow("geostationary in metres") << "geostationary"
                                                 << "metres" << 1.0;
        QTest::newRow("geostationary in km") << "geostationary"
                                             << "kilometers" << 1e3;
    }
    void axesAreInMetresWhateverTheFileWrites() {
        QFETCH(QString, mapping);
        QFETCH(QString, unit);
        QFETCH(double, metres);
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            addMapping(file, "crs", mapping.toStdString());
            addAxes(file, {2, 1}, {-3, 0, 3}, unit.toStdString());
            file.variable("v", NC_FLOAT, {"y", "x"}, {1, 2, 3, 4, 5, 6});
            file.att("v", "grid_mapping", "crs");
        }
        const Field field = readOne(folder / "a.nc", "v");
        const std::vector<double>& x = field.grid()->axes[1].centres;
        QVERIFY2(std::abs(x[2] / (3 * metres) - 1) < 1e-12, qPrintable(QString::number(x[2])));
        QCOMPARE(field.grid()->axes[1].unit, std::string("m"));
    }

    void latitudesMayBeInRadians() {
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            addPlainGrid(file);
            file.variable("v", NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
            for (const char* axis : {"lat", "lon"})
                file.att(axis, "units", "radian");
        }
        QVERIFY(std::abs(readOne(folder / "a.nc", "v").grid()->axes[1].centres[0] - 180 / std::numbers::pi) <
                1e-9);
    }

    // As the Met Office's rotated grids.
    void aRotatedLongitudeGoesOneWayRound() {
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            addMapping(file, "crs", "rotated_latitude_longitude");
            file.att("crs", "grid_north_pole_latitude", NC_DOUBLE, {40});
            addAxes(file, {1, 0}, {359, 0, 1}, "degrees");
            file.att("y", "standard_name", "grid_latitude");
            file.att("x", "standard_name", "grid_longitude");
            file.variable("v", NC_FLOAT, {"y", "x"}, {1, 2, 3, 4, 5, 6});
            file.att("v", "grid_mapping", "crs");
        }
        QCOMPARE(readOne(folder / "a.nc", "v").grid()->axes[1].centres, (std::vector<double>{359, 360, 361}));
    }

    void anObliqueMercatorHasItsCentreWhereItSays() {
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            addMapping(file, "crs", "oblique_mercator");
            for (const auto& [name, value] : {std::pair("azimuth_of_central_line", 30.0),
                                              {"latitude_of_projection_origin", 46.95},
                                              {"longitude_of_projection_origin", 7.44},
                                              {"scale_factor_at_projection_origin", 1.0}})
                file.att("crs", name, NC_DOUBLE, {value});
            addAxes(file, {1000, 0}, {0, 1000, 2000}, "m");
            file.variable("v", NC_FLOAT, {"y", "x"}, {1, 2, 3, 4, 5, 6});
            file.att("v", "grid_mapping", "crs");
        }
        const Projection projection(readOne(folder / "a.nc", "v").grid()->crs);
        const GeoPoint origin = projection.inverse({0, 0}), north = projection.inverse({0, 1000});
        QVERIFY(std::abs(origin.latitude - 46.95) < 1e-9 && std::abs(origin.longitude - 7.44) < 1e-9);
        // North of it 1 km is 1000 m of the meridian, whose radius at 46.95 N is 6369.6 km.
        QVERIFY(std::abs(north.longitude - 7.44) < 1e-5);
        QVERIFY(std::abs((north.latitude - 46.95) * std::numbers::pi / 180 * 6369500 - 1000) < 1);
    }

    // As large-eddy simulations: nothing says where on the Earth the metres are, so no cell has a place.
    void metresWithoutAProjectionHaveNoPlace() {
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            addAxes(file, {2, 1}, {-3, 0, 3}, "km");
            file.variable("w", NC_FLOAT, {"y", "x"}, {1, 2, 3, 4, 5, 6});
        }
        const Field field = readOne(folder / "a.nc", "w");
        QCOMPARE(field.grid()->axes[1].centres, (std::vector<double>{-3000, 0, 3000}));
        const Projection projection(field.grid()->crs);
        QVERIFY(!projection.isGeographic());
        QVERIFY(!std::isfinite(projection.inverse({0, 0}).latitude));
        QVERIFY(!std::isfinite(projection.forward({0, 0}).x));
        Feedback silent;
        const nlohmann::json info = infoJson(*openSource(folder / "a.nc"), silent);
        QVERIFY2(info["grid"]["corners"]["LL"]["lat"].is_null(), info["grid"].dump().c_str());
    }

    void aProjectionThatIsNoneIsToldWithItsFile() {
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            file.variable("crs", NC_INT, {});
            file.att("crs", "crs_wkt", "LOCAL_CS[\"Unnamed\",UNIT[\"metre\",1]]");
            addAxes(file, {1, 0}, {0, 1, 2}, "m");
            file.variable("v", NC_FLOAT, {"y", "x"}, {1, 2, 3, 4, 5, 6});
            file.att("v", "grid_mapping", "crs");
        }
        try {
            openSource(folder / "a.nc");
            QFAIL("it was opened");
        } catch (const Error& error) {
            const std::string told = error.what();
            QVERIFY2(told.find("a.nc, crs") != std::string::npos, told.c_str());
        }
    }

    // The mapping of the axes, not the one of the latitudes and longitudes that are there too.
    void theMappingOfTheAxesCounts() {
        for (const char* written :
             {"crs: x y wgs: lat lon", "wgs: lat lon crs: x y", "wgs: lat lon crs: y x", "crs"}) {
            const ScratchFolder folder;
            {
                TinyNetcdf file(folder / "a.nc");
                addMapping(file, "crs", "polar_stereographic");
                addMapping(file, "wgs", "latitude_longitude");
                addAxes(file, {2000, 1000}, {-3000, 0, 3000}, "m");
                file.variable("v", NC_FLOAT, {"y", "x"}, {1, 2, 3, 4, 5, 6});
                file.att("v", "grid_mapping", written);
            }
            QVERIFY2(readOne(folder / "a.nc", "v").grid()->crs.find("stere") != std::string::npos, written);
        }
    }

    void anEmptyVariableLeavesTheOthers() {
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            addPlainGrid(file);
            file.dimension("time", 0); // unlimited, nothing written yet
            file.variable("time", NC_DOUBLE, {"time"});
            file.att("time", "units", "hours since 2020-01-01");
            file.variable("t", NC_FLOAT, {"time", "lat", "lon"});
            file.variable("height", NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
        }
        const auto source = openSource(folder / "a.nc");
        QVERIFY(source->describe().find("height") && !source->describe().find("t"));
        QCOMPARE(readOne(folder / "a.nc", "height").values()[5], 6.0f);
    }

    // As cfgrib writes: the start of the forecast is called time, what it is valid for has the standard name.
    void theTimeIsTheOneByStandardName() {
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            addPlainGrid(file);
            for (const auto& [name, day, standard] :
                 {std::tuple("time", 0, "forecast_reference_time"), {"valid_time", 2, "time"}}) {
                file.variable(name, NC_DOUBLE, {}, {double(day)});
                file.att(name, "units", "days since 2020-01-01");
                file.att(name, "standard_name", standard);
            }
            file.variable("tp", NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
            file.att("tp", "coordinates", "time valid_time");
        }
        QCOMPARE(isoTime(readOne(folder / "a.nc", "tp").time().begin), std::string("2020-01-03T00:00:00Z"));
    }

    // Bounds of a scalar time are the interval around it; what lies elsewhere or was never written is not.
    void boundsOfOneTimeLieAroundIt() {
        const ScratchFolder folder;
        const double missing = 9.969209968386869e36;
        for (const auto& [bounds, begin, end] : {std::tuple(std::vector<double>{6, 12}, "06", "12"),
                                                 {{12, 6}, "06", "12"},
                                                 {{12, 18}, "12", "18"},
                                                 {{0, 6}, "12", "12"},
                                                 {{0, 0}, "12", "12"},
                                                 {{missing, missing}, "12", "12"},
                                                 {{6, missing}, "12", "12"}}) {
            {
                TinyNetcdf file(folder / "a.nc");
                addPlainGrid(file);
                file.dimension("pair", 2);
                file.variable("time", NC_DOUBLE, {}, {12});
                file.att("time", "units", "hours since 2020-01-01");
                file.att("time", "bounds", "time_bnds");
                file.variable("time_bnds", NC_DOUBLE, {"pair"}, bounds);
                file.variable("t", NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
            }
            const TimeInterval time = readOne(folder / "a.nc", "t").time();
            QCOMPARE(isoTime(time.begin), "2020-01-01T" + std::string(begin) + ":00:00Z");
            QCOMPARE(isoTime(time.end), "2020-01-01T" + std::string(end) + ":00:00Z");
        }
    }

    // The same with several steps: hours since the forecast began are no times, what they are valid for is.
    void stepsOfAForecastAreTimes() {
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            addPlainGrid(file);
            file.dimension("step", 2);
            file.variable("step", NC_DOUBLE, {"step"}, {6, 12});
            file.att("step", "units", "hours");
            file.att("step", "standard_name", "forecast_period");
            file.variable("valid_time", NC_DOUBLE, {"step"}, {30, 36});
            file.att("valid_time", "units", "hours since 2020-01-01");
            file.att("valid_time", "standard_name", "time");
            file.variable("tp", NC_FLOAT, {"step", "lat", "lon"}, std::vector<double>(12, 1));
        }
        const auto source = openSource(folder / "a.nc");
        QCOMPARE(source->describe().arrays.size(), std::size_t(1));
        QCOMPARE(isoTime(source->describe().time.begin), std::string("2020-01-02T06:00:00Z"));
        QCOMPARE(isoTime(readOne(folder / "a.nc", "tp", "step=1").time().begin),
                 std::string("2020-01-02T12:00:00Z"));
    }

    // As ASCAT: when each cell was seen. A time of one cell counts before them.
    void aSwathIsOfTheTimesOfItsCells() {
        for (const bool nominal : {false, true}) {
            const ScratchFolder folder;
            {
                TinyNetcdf file(folder / "a.nc");
                for (const char* name : {"row", "cell"})
                    file.dimension(name, 2);
                const std::vector<std::string> both{"row", "cell"};
                file.variable("time", NC_INT, both, {60, -1, 120, 90}, {-1});
                file.att("time", "units", "seconds since 2020-01-01");
                file.variable("lat", NC_DOUBLE, both, {50, 50, 51, 51});
                file.variable("lon", NC_DOUBLE, both, {1, 2, 1, 2});
                file.variable("wind", NC_FLOAT, both, {1, 2, 3, 4});
                if (nominal) {
                    file.variable("nominal_time", NC_DOUBLE, {}, {100});
                    file.att("nominal_time", "units", "seconds since 2020-01-01");
                    file.att("nominal_time", "standard_name", "time");
                }
            }
            const auto source = openSource(folder / "a.nc");
            QCOMPARE(source->describe().arrays.front().id, std::string("wind"));
            const TimeInterval time = source->describe().time;
            QCOMPARE(isoTime(time.begin),
                     std::string(nominal ? "2020-01-01T00:01:40Z" : "2020-01-01T00:01:00Z"));
            QCOMPARE(isoTime(time.end),
                     std::string(nominal ? "2020-01-01T00:01:40Z" : "2020-01-01T00:02:00Z"));
        }
    }

    // Places that are data as well (of a projected grid, say) have no time of their own.
    void theFilesTimeIsThatOfItsData() {
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            for (const auto& [name, size] : {std::pair("time", 2), {"j", 2}, {"i", 3}})
                file.dimension(name, std::size_t(size));
            file.variable("lat", NC_DOUBLE, {"j", "i"}, {50, 50, 50, 51, 51, 51});
            file.variable("lon", NC_DOUBLE, {"j", "i"}, {1, 2, 3, 1, 2, 3});
            file.variable("time", NC_DOUBLE, {"time"}, {0, 1});
            file.att("time", "units", "days since 2020-01-01");
            file.variable("t", NC_FLOAT, {"time", "j", "i"}, std::vector<double>(12, 280));
        }
        const auto source = openSource(folder / "a.nc");
        QVERIFY(source->describe().hasTime);
        QCOMPARE(isoTime(source->describe().time.end), std::string("2020-01-02T00:00:00Z"));
        QVERIFY(source->describe().grid->axis(AxisRole::Time));
    }
};

QTEST_GUILESS_MAIN(TestCfGrids)
#include "tst_cf_grids.moc"
