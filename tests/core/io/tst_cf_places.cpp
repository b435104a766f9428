// Where the cells of grids lie that are written by a producer's own habits, or that say it in several ways.

#include "core/base/error.h"
#include "core/io/source.h"
#include "core/map/projection.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>
#include <numbers>
#include <vector>

using namespace embellie;
using namespace embellie::test;

namespace {

Field readOne(const std::filesystem::path& file, const std::string& id) {
    Feedback silent;
    return openSource(file)->read(id, Window{}, silent);
}

constexpr const char* Wgs84 =
    "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
    "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433],AXIS[\"Latitude\",NORTH],"
    "AXIS[\"Longitude\",EAST]]";

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

    // As rioxarray writes what is in degrees: a mapping, and axes of which nothing is said.
    void bareAxesOfAGeographicMappingAreDegrees_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("wkt");
        QTest::addColumn<QString>("unit");
        QTest::newRow("named") << "latitude_longitude" << QString() << QString();
        QTest::newRow("in WKT alone") << QString() << Wgs84 << QString();
        QTest::newRow("both, degrees") << "latitude_longitude" << Wgs84 << "degrees";
    }
    void bareAxesOfAGeographicMappingAreDegrees() {
        QFETCH(QString, name);
        QFETCH(QString, wkt);
        QFETCH(QString, unit);
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            file.dimension("y", 2);
            file.dimension("x", 3);
            file.variable("y", NC_DOUBLE, {"y"}, {50, 49.9});
            file.variable("x", NC_DOUBLE, {"x"}, {5, 5.1, 5.2});
            file.variable("spatial_ref", NC_INT, {});
            if (!name.isEmpty())
                file.att("spatial_ref", "grid_mapping_name", name.toStdString());
            if (!wkt.isEmpty())
                file.att("spatial_ref", "crs_wkt", wkt.toStdString());
            for (const char* axis : {"y", "x"})
                if (!unit.isEmpty())
                    file.att(axis, "units", unit.toStdString());
            file.variable("v", NC_FLOAT, {"y", "x"}, {1, 2, 3, 4, 5, 6});
            file.att("v", "grid_mapping", "spatial_ref");
        }
        const Field field = readOne(folder / "a.nc", "v");
        QCOMPARE(field.grid()->axis(AxisRole::X)->unit, std::string("degrees"));
        const GeoPoint place = Projection(field.grid()->crs)
                                   .inverse({field.grid()->axis(AxisRole::X)->centres[2],
                                             field.grid()->axis(AxisRole::Y)->centres[1]});
        QVERIFY(std::abs(place.latitude - 49.9) < 1e-6 && std::abs(place.longitude - 5.2) < 1e-6);
    }

    // A mapping of no known name doesn't hide latitudes and longitudes along the axes.
    void anUnknownMappingLeavesLatitudesAndLongitudes() {
        for (const char* name : {"", "rotated_mercator"}) {
            const ScratchFolder folder;
            {
                TinyNetcdf file(folder / "a.nc");
                addPlainGrid(file);
                file.variable("crs", NC_INT, {});
                file.att("crs", "epsg_code", "EPSG:4326");
                if (*name)
                    file.att("crs", "grid_mapping_name", name);
                file.variable("v", NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
                file.att("v", "grid_mapping", "crs");
            }
            const Field field = readOne(folder / "a.nc", "v");
            QCOMPARE(field.grid()->crs, std::string());
            QCOMPARE(field.grid()->axis(AxisRole::Y)->centres, (std::vector<double>{50, 49}));
        }
    }

    // As RegCM: a rotated Mercator, and the places of all cells beside it. A mapping that is known counts
    // before such places; where there are none, an unknown one is told.
    void anUnknownMappingLeavesThePlacesOfCells_data() {
        QTest::addColumn<QString>("mapping");
        QTest::addColumn<bool>("hasPlaces");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("unknown, with places") << "rotated_mercator" << true << "places";
        QTest::newRow("unknown, without") << "rotated_mercator" << false << "refused";
        QTest::newRow("known, with places") << "polar_stereographic" << true << "projected";
        QTest::newRow("nothing said, without") << "" << false << "unplaced";
    }
    void anUnknownMappingLeavesThePlacesOfCells() {
        QFETCH(QString, mapping);
        QFETCH(bool, hasPlaces);
        QFETCH(QString, outcome);
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            addAxes(file, {0, 50000}, {0, 50000, 100000}, "m");
            if (mapping.isEmpty())
                file.variable("crs", NC_INT, {});
            else
                addMapping(file, "crs", mapping.toStdString());
            if (hasPlaces) {
                file.variable("xlat", NC_DOUBLE, {"y", "x"}, {0, 0, 0, 0.5, 0.5, 0.5});
                file.variable("xlon", NC_DOUBLE, {"y", "x"}, {1, 2, 3, 1, 2, 3});
                for (const auto& [name, unit] :
                     {std::pair("xlat", "degrees_north"), {"xlon", "degrees_east"}})
                    file.att(name, "units", unit);
            }
            file.variable("tas", NC_FLOAT, {"y", "x"}, {1, 2, 3, 4, 5, 6});
            file.att("tas", "grid_mapping", "crs");
        }
        if (outcome == "refused") {
            QVERIFY_EXCEPTION_THROWN(openSource(folder / "a.nc"), Error);
            return;
        }
        const Field field = readOne(folder / "a.nc", "tas");
        QCOMPARE(field.grid()->isCurvilinear(), outcome == "places");
        if (outcome == "places")
            QCOMPARE(field.grid()->longitudes, (std::vector<double>{1, 2, 3, 1, 2, 3}));
        else
            QCOMPARE(field.grid()->crs == UnplacedPlane, outcome == "unplaced");
    }

    // As xarray's open_rasterio. 4000 km of UTM are 4000 km / 0.9996 along WGS84's meridian: 36.14472 north.
    void aCodeMayBeWrittenAsInit() {
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            file.dimension("y", 2);
            file.dimension("x", 3);
            file.variable("y", NC_DOUBLE, {"y"}, {4000000, 3999970});
            file.variable("x", NC_DOUBLE, {"x"}, {500000, 500030, 500060});
            file.variable("v", NC_FLOAT, {"y", "x"}, {1, 2, 3, 4, 5, 6});
            file.att("v", "crs", "+init=epsg:32618 +no_defs");
        }
        const Field field = readOne(folder / "a.nc", "v");
        const GeoPoint place = Projection(field.grid()->crs).inverse({500000, 4000000});
        QVERIFY(std::abs(place.latitude - 36.14472) < 1e-5 && std::abs(place.longitude + 75) < 1e-6);
    }

    // Bounds are given modulo 360, as their centres; what makes no axis is left.
    void boundsFollowTheirCentresRoundTheEarth_data() {
        QTest::addColumn<std::vector<double>>("centres");
        QTest::addColumn<std::vector<double>>("bounds");
        QTest::addColumn<std::vector<double>>("edges");
        using List = std::vector<double>;
        QTest::newRow("at Greenwich")
            << List{358.5, 359.5, 0.5} << List{358, 359, 359, 0, 0, 1} << List{358, 359, 360, 361};
        QTest::newRow("against the axis")
            << List{358.5, 359.5, 0.5} << List{359, 358, 0, 359, 1, 0} << List{358, 359, 360, 361};
        QTest::newRow("at 180") << List{179, -179, -177} << List{178, 180, 180, -178, -178, -176}
                                << List{178, 180, 182, 184};
        QTest::newRow("the edge alone")
            << List{0, 1, 2} << List{359.5, 0.5, 0.5, 1.5, 1.5, 2.5} << List{-0.5, 0.5, 1.5, 2.5};
        QTest::newRow("uneven cells stay")
            << List{1, 2, 4} << List{0, 1.5, 1.5, 3, 3, 6} << List{0, 1.5, 3, 6};
        QTest::newRow("centres at an edge") << List{0, 1, 2} << List{359, 0, 0, 1, 1, 2} << List{-1, 0, 1, 2};
        QTest::newRow("one cell all round") << List{180} << List{0, 360} << List{0, 360};
        QTest::newRow("one cell all round from its centre") << List{0} << List{0, 360} << List{0, 360};
        QTest::newRow("back and forth")
            << List{1, 2, 3} << List{0, 2.5, 2.5, 1.5, 1.5, 3.5} << List{0.5, 1.5, 2.5, 3.5};
    }
    void boundsFollowTheirCentresRoundTheEarth() {
        QFETCH(std::vector<double>, centres);
        QFETCH(std::vector<double>, bounds);
        QFETCH(std::vector<double>, edges);
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            file.dimension("lat", 2);
            file.dimension("lon", centres.size());
            file.dimension("pair", 2);
            file.variable("lat", NC_DOUBLE, {"lat"}, {50, 49});
            file.variable("lon", NC_DOUBLE, {"lon"}, centres);
            file.variable("lon_bnds", NC_DOUBLE, {"lon", "pair"}, bounds);
            file.att("lon", "bounds", "lon_bnds");
            file.variable("v", NC_FLOAT, {"lat", "lon"}, std::vector<double>(2 * centres.size(), 1));
        }
        QCOMPARE(readOne(folder / "a.nc", "v").grid()->axis(AxisRole::X)->bounds, edges);
    }

    // The plane is in metres as its axes, whatever unit the CRS was given in; axes that name no unit are in
    // the CRS's.
    void aPlaneThatCountsInAnotherUnitIsInMetres_data() {
        QTest::addColumn<QString>("attribute");
        QTest::addColumn<QString>("crs");
        QTest::addColumn<QString>("unit");
        QTest::addColumn<double>("step"); // 100 km
        const QString stere = "+proj=stere +lat_0=90 +lat_ts=60 +lon_0=10 ";
        const QString wkt =
            QStringLiteral("PROJCS[\"polar\",%1,PROJECTION[\"Polar_Stereographic\"],"
                           "PARAMETER[\"latitude_of_origin\",60],PARAMETER[\"central_meridian\","
                           "10],UNIT[\"%2\",%3]]")
                .arg(Wgs84);
        QTest::newRow("metres") << "proj4" << stere + "+R=6370040"
                                << "m" << 1e5;
        QTest::newRow("km") << "proj4" << stere + "+R=6370040 +units=km"
                            << "km" << 100.0;
        QTest::newRow("km, axes in metres") << "proj4" << stere + "+R=6370040 +units=km"
                                            << "m" << 1e5;
        QTest::newRow("km, bare axes") << "proj4" << stere + "+R=6370040 +units=km"
                                       << "" << 100.0;
        QTest::newRow("an Earth in km") << "proj4" << stere + "+a=6370.04 +b=6370.04 +units=km"
                                        << "km" << 100.0;
        QTest::newRow("WKT in km") << "esri_pe_string" << wkt.arg("kilometre", "1000") << "km" << 100.0;
        QTest::newRow("WKT in feet, bare axes")
            << "esri_pe_string" << wkt.arg("foot", "0.3048") << "" << 1e5 / 0.3048;
    }
    void aPlaneThatCountsInAnotherUnitIsInMetres() {
        QFETCH(QString, attribute);
        QFETCH(QString, crs);
        QFETCH(QString, unit);
        QFETCH(double, step);
        const ScratchFolder folder;
        {
            TinyNetcdf file(folder / "a.nc");
            addAxes(file, {-20 * step, -21 * step}, {0, step, 2 * step}, unit.toStdString());
            file.variable("v", NC_FLOAT, {"y", "x"}, {1, 2, 3, 4, 5, 6});
            file.att("v", attribute.toStdString(), crs.toStdString());
        }
        const Field field = readOne(folder / "a.nc", "v");
        const double x = field.grid()->axis(AxisRole::X)->centres[0],
                     y = field.grid()->axis(AxisRole::Y)->centres[0];
        QVERIFY(std::abs(y + 2e6) < 1e-3);
        // On a sphere: R (1 + sin 60) tan((90 - lat) / 2) = 2000 km; WGS84's differs by less than 0.1
        // degrees.
        const GeoPoint place = Projection(field.grid()->crs).inverse({x, y});
        QVERIFY2(std::abs(place.latitude - 70.89821) < (attribute == "proj4" ? 1e-5 : 0.1),
                 qPrintable(QString::number(place.latitude, 'f', 6)));
        QVERIFY(std::abs(place.longitude - 10) < 1e-9);
    }

    // -999 and -9999 that no attribute declares are no degrees, radians are.
    void placesOfCellsAreDegreesOnEarth_data() {
        QTest::addColumn<QString>("unit");
        QTest::addColumn<std::vector<double>>("latitudes");
        QTest::addColumn<std::vector<double>>("longitudes");
        QTest::addColumn<std::vector<double>>("north");
        QTest::addColumn<std::vector<double>>("east");
        using List = std::vector<double>;
        const double no = std::nan(""), rad = std::numbers::pi / 180;
        QTest::newRow("undeclared") << "" << List{-999, 51, 90, -90} << List{-9999, 5, 370, -180}
                                    << List{no, 51, 90, -90} << List{no, 5, 370, -180};
        QTest::newRow("degrees") << "degree" << List{50, 51, 50, 51} << List{5, 5, 6, 6}
                                 << List{50, 51, 50, 51} << List{5, 5, 6, 6};
        QTest::newRow("radians") << "radian" << List{50 * rad, 51 * rad, 90 * rad, -999}
                                 << List{5 * rad, 6 * rad, 180 * rad, -999} << List{50, 51, 90, no}
                                 << List{5, 6, 180, no};
    }
    void placesOfCellsAreDegreesOnEarth() {
        QFETCH(QString, unit);
        QFETCH(std::vector<double>, latitudes);
        QFETCH(std::vector<double>, longitudes);
        QFETCH(std::vector<double>, north);
        QFETCH(std::vector<double>, east);
        for (const nc_type type : {NC_DOUBLE, NC_FLOAT}) {
            const ScratchFolder folder;
            {
                TinyNetcdf file(folder / "a.nc");
                file.dimension("row", 2);
                file.dimension("cell", 2);
                file.variable("lat", type, {"row", "cell"}, latitudes);
                file.variable("lon", type, {"row", "cell"}, longitudes);
                for (const char* place : {"lat", "lon"})
                    if (!unit.isEmpty())
                        file.att(place, "units", unit.toStdString());
                file.variable("v", NC_FLOAT, {"row", "cell"}, {1, 2, 3, 4});
            }
            const Field field = readOne(folder / "a.nc", "v");
            QVERIFY(areNear(field.grid()->latitudes, north, 1e-5));
            QVERIFY(areNear(field.grid()->longitudes, east, 2e-5));
            for (const double latitude : field.grid()->latitudes)
                QVERIFY(!(std::abs(latitude) > 90));
        }
    }
};

QTEST_GUILESS_MAIN(TestCfPlaces)
#include "tst_cf_places.moc"
