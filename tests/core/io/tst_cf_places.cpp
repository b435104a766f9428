// Where the cells of grids lie that are written by a producer's own habits, or that say it in several ways.

#include "core/base/error.h"
#include "core/io/source.h"
#include "core/map/projection.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>

using namespace embellie;
using namespace embellie::test;

namespace {

Field readOne(const std::filesystem::path& file, const std::string& id) {
    Feedback silent;
    return openSource(file)->read(id, Window{}, silent);
}

bool areNear(const std::vector<double>& found, const std::vector<double>& wanted, double tolerance) {
    return std::equal(found.begin(), found.end(), wanted.begin(), wanted.end(),
                      [&](double one, double other) {
                          return std::isnan(other) ? std::isnan(one) : std::abs(one - other) <= tolerance;
                      });
}

} // namespace

class TestCfPlaces : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // FCI on MTG counts its columns' angle towards west, other imagers' x falls without being mirrored.
    void anglesTowardsWestAreTurned() {
        for (const bool isFci : {true, false}) {
            const ScratchFolder folder;
            {
                TinyNetcdf file(folder / "a.nc");
                file.group("data");
                const std::string name = isFci ? "mtg_geos_projection" : "projection";
                addMapping(file, name, "geostationary");
                addAxes(file, {0.1, 0.05}, {0.1, 0, -0.1}, "rad");
                file.variable("radiance", NC_FLOAT, {"y", "x"}, {1, 2, 3, 4, 5, 6});
                file.att("radiance", "grid_mapping", name);
            }
            const Field field = readOne(folder / "a.nc", "data/radiance");
            const std::vector<double> metres = field.grid()->axis(AxisRole::X)->centres;
            const double first = isFci ? -3578602.3 : 3578602.3;
            QVERIFY(areNear(metres, {first, 0, -first}, 1e-3));
            QCOMPARE(Projection(field.grid()->crs).inverse({metres[0], 0}).longitude < 0, isFci);
            QVERIFY(areNear(field.grid()->axis(AxisRole::Y)->centres, {3578602.3, 1789301.15}, 1e-3));
        }
    }
};

QTEST_GUILESS_MAIN(TestCfPlaces)
#include "tst_cf_places.moc"
