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
    void timeAndLevelAreAxes();
    void curvilinearCellsHaveTheirPlaces();
    void projectedAxesAreMetres();
    void aRotatedPoleIsAProjection();
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
