// CfRadial 1 as it comes from many programs: angles, gates and sweeps that differ from the rule.

#include "core/base/error.h"
#include "core/io/source.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;

namespace {

constexpr int Gates = 4;

struct Made {
    std::vector<double> azimuths, fixed{0.5}, resolution;
    std::vector<double> starts{0}, ends; ///< of the sweeps
    std::string rangeUnit = "meters";
    double firstGate = 250, gate = 500; ///< in that unit
    std::string heightUnit = "meters";
    double height = 300;
    std::string timeUnit = "seconds since 2020-01-01T00:00:00Z";
};

void write(const fs::path& path, const Made& made) {
    TinyNetcdf file(path);
    const std::size_t rays = made.azimuths.size();
    file.dimension("time", rays);
    file.dimension("range", Gates);
    file.dimension("sweep", made.fixed.size());
    std::vector<double> seconds, ranges, elevations, cells;
    for (std::size_t ray = 0; ray < rays; ++ray) {
        seconds.push_back(0.1 * static_cast<double>(ray));
        elevations.push_back(0.5);
        for (int gate = 0; gate < Gates; ++gate)
            cells.push_back(static_cast<double>(ray));
    }
    for (int gate = 0; gate < Gates; ++gate)
        ranges.push_back(made.firstGate + gate * made.gate);
    file.variable("time", NC_DOUBLE, {"time"}, seconds);
    file.att("time", "units", made.timeUnit);
    file.variable("range", NC_FLOAT, {"range"}, ranges);
    file.att("range", "units", made.rangeUnit);
    file.variable("azimuth", NC_FLOAT, {"time"}, made.azimuths, {-9999});
    file.variable("elevation", NC_FLOAT, {"time"}, elevations);
    file.variable("latitude", NC_DOUBLE, {}, {40});
    file.variable("longitude", NC_DOUBLE, {}, {-100});
    file.variable("altitude", NC_DOUBLE, {}, {made.height});
    file.att("altitude", "units", made.heightUnit);
    file.variable("fixed_angle", NC_FLOAT, {"sweep"}, made.fixed);
    file.variable("sweep_start_ray_index", NC_INT, {"sweep"}, made.starts);
    file.variable("sweep_end_ray_index", NC_INT, {"sweep"},
                  made.ends.empty() ? std::vector<double>{static_cast<double>(rays - 1)} : made.ends);
    if (!made.resolution.empty())
        file.variable("ray_angle_res", NC_FLOAT, {"sweep"}, made.resolution);
    file.variable("DBZ", NC_FLOAT, {"time", "range"}, cells);
    file.att("DBZ", "units", "dBZ");
}

Field readOne(const fs::path& file, const std::string& id) {
    Feedback silent;
    return openSource(file)->read(id, {}, silent);
}

double widthOf(const Ray& ray) {
    return std::remainder(ray.azimuthStop - ray.azimuthStart, 360);
}

} // namespace

class TestCfradial : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachSweepHasItsOwnResolution() {
        const ScratchFolder folder;
        Made made;
        for (int ray = 0; ray < 720; ++ray)
            made.azimuths.push_back(0.25 + 0.5 * ray);
        for (int ray = 0; ray < 360; ++ray)
            made.azimuths.push_back(0.5 + ray);
        made.fixed = {0.5, 3};
        made.resolution = {0.5, 1};
        made.starts = {0, 720};
        made.ends = {719, 1079};
        write(folder / "a.nc", made);
        QCOMPARE(widthOf(readOne(folder / "a.nc", "sweep_0/DBZ").sweep()->rays[7]), 0.5);
        QCOMPARE(widthOf(readOne(folder / "a.nc", "sweep_1/DBZ").sweep()->rays[7]), 1.0);
    }

    void lengthsMayBeInKilometres() {
        const ScratchFolder folder;
        Made made;
        made.azimuths = {0, 90, 180, 270};
        made.rangeUnit = "km";
        made.firstGate = 0.25;
        made.gate = 0.5;
        made.heightUnit = "kilometers";
        made.height = 0.19;
        write(folder / "a.nc", made);
        QVERIFY(std::abs(openSource(folder / "a.nc")->describe().site->heightMeters - 190) < 1e-9);
        const Field field = readOne(folder / "a.nc", "sweep_0/DBZ");
        QVERIFY(std::abs(field.sweep()->gateMeters - 500) < 0.01);
        QVERIFY(std::abs(field.sweep()->firstGateMeters - 250) < 0.01);
    }

    void numbersWithoutAUnitAreNoTimes() {
        const ScratchFolder folder;
        Made made;
        made.azimuths = {0, 90, 180, 270};
        made.timeUnit = "s";
        write(folder / "a.nc", made);
        const SourceInfo info = openSource(folder / "a.nc")->describe();
        QVERIFY(!info.hasTime && info.sweeps[0].time == TimeInterval{});
        QCOMPARE(readOne(folder / "a.nc", "sweep_0/DBZ").sweep()->rays[3].timeSeconds, 0.1 * 3);
    }

    void aRayWithoutAzimuthLiesBetweenItsNeighbours() {
        const ScratchFolder folder;
        Made made;
        for (int ray = 0; ray < 360; ++ray)
            made.azimuths.push_back(std::fmod(340.5 + ray, 360));
        for (const std::size_t missing : {0, 19, 20, 200, 359})
            made.azimuths[missing] = -9999;
        write(folder / "a.nc", made);
        const Field field = readOne(folder / "a.nc", "sweep_0/DBZ");
        for (const std::size_t ray : {19, 20, 200}) {
            const double wanted = std::fmod(340.5 + static_cast<double>(ray), 360);
            QVERIFY2(std::abs(std::remainder(field.sweep()->rays[ray].azimuth() - wanted, 360)) < 1e-3,
                     std::to_string(field.sweep()->rays[ray].azimuth()).c_str());
            QCOMPARE(field.values()[ray * Gates], static_cast<float>(ray));
        }
        for (std::size_t ray = 0; ray < 72; ++ray) // more than a few: nobody knows where they are
            made.azimuths[5 * ray] = -9999;
        write(folder / "b.nc", made);
        QVERIFY_EXCEPTION_THROWN(openSource(folder / "b.nc")->describe(), Error);
    }
};

QTEST_GUILESS_MAIN(TestCfradial)
#include "tst_cfradial.moc"
