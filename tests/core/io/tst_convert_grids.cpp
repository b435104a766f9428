// Grids and swaths as CF netCDF: what is written is what was read, to our reader and to Python's; projections
// by the names of the conventions lie where PROJ has them.

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/cf/crs.h"
#include "core/io/cf/grid_mapping.h"
#include "core/io/convert/convert.h"
#include "core/map/projection.h"
#include "tests/core/io/converted_grids.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/core/learn/python.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;

namespace {

Feedback silent;

/// Runs the script with the files; empty where it has nothing to say against them.
std::string objection(const std::string& python, const std::string& script,
                      const std::vector<std::string>& arguments, const fs::path& folder) {
    const ProcessResult result = runPython(python, script, arguments, folder);
    return result.status == 0 ? "" : result.output + result.errors;
}

} // namespace

class TestConvertGrids : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void projectionsLieWhereTheyWere_data() {
        QTest::addColumn<QString>("crs");
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("latitude");
        QTest::addColumn<double>("longitude");
        const auto row = [](const char* crs, const char* name, double latitude, double longitude) {
            QTest::newRow(crs) << crs << name << latitude << longitude;
        };
        row("+proj=laea +lat_0=55 +lon_0=10 +x_0=1950000 +y_0=-2100000 +ellps=WGS84 +units=m",
            "lambert_azimuthal_equal_area", 52, 5);
        row("EPSG:3035", "lambert_azimuthal_equal_area", 52, 5);
        row("+proj=stere +lat_0=90 +lat_ts=60 +lon_0=14 +a=6370040 +b=6370040", "polar_stereographic", 62, 5);
        row("+proj=stere +lat_0=90 +lon_0=0 +lat_ts=60 +a=6378140 +b=6356750 +x_0=0 +y_0=3649979.25",
            "polar_stereographic", 52, 5);
        row("+proj=stere +lat_0=-90 +lon_0=0 +k=0.97 +ellps=WGS84", "polar_stereographic", -72, 5);
        row("EPSG:3031", "polar_stereographic", -72, 5);
        row("+proj=stere +lat_0=48 +lon_0=2 +k_0=0.9996 +ellps=GRS80", "stereographic", 47, 3);
        row("+proj=lcc +lat_1=49.8 +lat_2=51.1 +lat_0=50.8 +lon_0=4.36 +x_0=649328 +y_0=665262 +ellps=GRS80",
            "lambert_conformal_conic", 50, 5);
        row("+proj=lcc +lat_1=45 +lon_0=3 +R=6371229", "lambert_conformal_conic", 50, 5);
        row("+proj=lcc +lat_1=45 +lat_0=45 +lon_0=3 +k_0=0.99 +R=6371229", "", 50, 5);
        row("EPSG:2154", "lambert_conformal_conic", 47, 2);
        row("+proj=merc +lat_ts=12 +lon_0=8 +R=6378137", "mercator", 52, 5);
        row("+proj=merc +lon_0=0 +k=0.99 +ellps=WGS84", "mercator", 52, 5);
        row("+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy",
            "transverse_mercator", 52, -1);
        row("+proj=utm +zone=31 +ellps=WGS84", "transverse_mercator", 48, 2);
        row("+proj=utm +zone=56 +south +ellps=GRS80", "transverse_mercator", -27, 153);
        row("+proj=aea +lat_1=-26.2 +lat_2=-29.3 +lat_0=-27.7 +lon_0=153.24 +a=6378137 +b=6356752.31414",
            "albers_conical_equal_area", -27, 153);
        row("+proj=aeqd +lat_0=48.5 +lon_0=2.25 +ellps=WGS84", "azimuthal_equidistant", 48, 3);
        row("+proj=cea +lat_ts=30 +lon_0=0 +ellps=WGS84", "lambert_cylindrical_equal_area", 20, 5);
        row("+proj=ortho +lat_0=40 +lon_0=5 +R=6371000", "orthographic", 42, 5);
        row("+proj=sinu +lon_0=0 +R=6371007.181", "sinusoidal", 42, 5);
        row("+proj=nsper +h=35785831 +lat_0=0 +lon_0=0 +R=6371000", "vertical_perspective", 42, 5);
        row("+proj=geos +a=6378169 +b=6356583.8 +lon_0=9.5 +h=35785831", "geostationary", 42, 5);
        row("+proj=geos +h=35786023 +lon_0=-75 +sweep=x +ellps=GRS80", "geostationary", 30, -80);
        row("+proj=ob_tran +o_proj=longlat +o_lat_p=37.5 +lon_0=357.5 +R=6371229",
            "rotated_latitude_longitude", 50, 5);
        row("+proj=longlat +ellps=bessel", "latitude_longitude", 50, 5);
        row("EPSG:4258", "latitude_longitude", 50, 5);
        row("+proj=gnom +lat_0=56.3675 +lon_0=12.8544 +R=6371000", "", 56, 13);
    }
    void projectionsLieWhereTheyWere() {
        QFETCH(QString, crs);
        QFETCH(QString, name);
        QFETCH(double, latitude);
        QFETCH(double, longitude);
        const CfGridMapping mapping = gridMappingOf(crs.toStdString());
        QCOMPARE(QString::fromStdString(mapping.name), name);
        NetcdfVariable variable; // as it would be read
        const auto text = [&](const std::string& key, const std::string& words) {
            variable.attributes[key] = {true, false, words, {}};
        };
        if (!mapping.name.empty())
            text("grid_mapping_name", mapping.name);
        for (const auto& [key, words] : mapping.texts)
            text(key, words);
        for (const auto& [key, numbers] : mapping.numbers)
            variable.attributes[key] = {false, true, "", numbers};
        const Projection given(crs.toStdString());
        const auto liesThere = [&](const NetcdfVariable& from) {
            const Projection read(crsOfGridMapping(from, 1)->text);
            for (const double north : {-2.0, 0.0, 1.5})
                for (const double east : {-1.5, 0.0, 2.0}) {
                    const GeoPoint place{latitude + north, longitude + east};
                    const auto wanted = given.forward(place), found = read.forward(place);
                    if (!std::isfinite(wanted.x) || std::hypot(wanted.x - found.x, wanted.y - found.y) > 1e-3)
                        return false;
                }
            return true;
        };
        if (!mapping.name.empty())
            QVERIFY(liesThere(variable));
        NetcdfVariable byWkt;
        byWkt.attributes["crs_wkt"] = {true, false, mapping.wkt, {}};
        QVERIFY(liesThere(byWkt));
    }

    void compositesAsOtherProgramsReadThem() {
        const ScratchFolder scratch;
        writeComposite(scratch / "in.h5", "+proj=stere +lat_0=90 +lat_ts=60 +lon_0=14 +ellps=WGS84", -1000,
                       -3000000);
        const Written written = convertedGrids(scratch / "in.h5", scratch / "out.nc");
        QCOMPARE(difference(scratch / "in.h5", scratch / "out.nc", written), QString());
        QVERIFY(openSource(scratch / "out.nc")->describe().time ==
                openSource(scratch / "in.h5")->describe().time); // nominal, not the interval
        const auto python = pythonWith("netCDF4, numpy");
        if (!python)
            QSKIP("needs Python with netCDF4");
        const std::string words = objection(*python, R"(
import sys, netCDF4, numpy as np
d = netCDF4.Dataset(sys.argv[1]); v = d.variables
assert d.Conventions == 'CF-1.8'
assert np.allclose(v['x'][:], [0, 2000, 4000, 6000]) and np.allclose(v['y'][:], -3e6 - np.array([1e3, 3e3, 5e3]))
assert v['x'].standard_name == 'projection_x_coordinate' and v['x'].units == 'm' and v['x'].axis == 'X'
crs = v[v['DBZV'].grid_mapping]
assert crs.grid_mapping_name == 'polar_stereographic' and crs.standard_parallel == 60
assert crs.straight_vertical_longitude_from_pole == 14 and crs.latitude_of_projection_origin == 90
assert crs.semi_major_axis == 6378137 and abs(crs.inverse_flattening - 298.257223563) < 1e-9
assert crs.crs_wkt.startswith('PROJCRS[')
f = v['DBZV']; f.set_auto_mask(False); raw = f[:].ravel(); f.set_auto_mask(True); seen = f[:].ravel()
assert f.units == 'dBZ' and f.dtype == np.float32 and f.dimensions == ('y', 'x')
assert (np.ma.getmaskarray(seen) == np.isin(np.arange(12), [0, 1, 5])).all()
assert raw[0] == f._FillValue and raw[1] == raw[5] == f._Undetect == f.missing_value != f._FillValue
low, high = f.valid_range # GDAL masks by _FillValue and by this alone
assert f._FillValue < f._Undetect < low == np.nextafter(f._Undetect, np.float32(0)) and high == np.finfo(np.float32).max
assert np.allclose(raw[[2, 3, 11]], np.array([102, 103, 111]) / 2 - 32)
assert f.ancillary_variables == 'DBZV_rejected'
r = v['DBZV_rejected']; r.set_auto_mask(False)
assert list(r[:].ravel()) == [-1, 0, 0, 0, 0, 1] + [0] * 6 and list(r.flag_values) == [0, 1]
assert r.flag_meanings == 'kept rejected'
t = v[f.coordinates]
assert t.standard_name == 'time' and t.dimensions == ()
when = lambda x: str(netCDF4.num2date(x, t.units, t.calendar))
assert when(t[...]) == '2020-01-01 12:15:00'
assert [when(x) for x in v[t.bounds][:]] == ['2020-01-01 12:10:00', '2020-01-01 12:20:00']
)",
                                            {(scratch / "out.nc").string()}, scratch.path());
        QVERIFY2(words.empty(), words.c_str());
    }

    // Scan angles in radians; places of each cell where the conventions have no name; a rotated pole by the
    // closed form.
    void axesAndPlacesByTheConventions() {
        const auto python = pythonWith("netCDF4, numpy");
        if (!python)
            QSKIP("needs Python with netCDF4");
        const ScratchFolder scratch;
        writeComposite(scratch / "geos.h5", "+proj=geos +h=35785831 +lon_0=0 +ellps=WGS84", -4000, 4000000);
        writeComposite(scratch / "gnom.h5", "+proj=gnom +lat_0=40 +lon_0=10 +R=6371000", -4000, 3000);
        {
            TinyNetcdf file(scratch / "rotated.nc");
            file.dimension("rlat", 2);
            file.dimension("rlon", 3);
            file.variable("rlat", NC_DOUBLE, {"rlat"}, {-5, 2});
            file.variable("rlon", NC_DOUBLE, {"rlon"}, {-3, 0, 4});
            for (const auto& [axis, name] :
                 {std::pair{"rlat", "grid_latitude"}, {"rlon", "grid_longitude"}}) {
                file.att(axis, "standard_name", name);
                file.att(axis, "units", "degrees");
            }
            file.variable("pole", NC_INT, {});
            file.att("pole", "grid_mapping_name", "rotated_latitude_longitude");
            file.att("pole", "grid_north_pole_latitude", NC_DOUBLE, {39.25});
            file.att("pole", "grid_north_pole_longitude", NC_DOUBLE, {-162});
            file.variable("p", NC_FLOAT, {"rlat", "rlon"}, {1, 2, 3, 4, 5, 6});
            file.att("p", "grid_mapping", "pole");
        }
        for (const char* name : {"geos", "gnom", "rotated"}) {
            const fs::path input =
                scratch / (name + std::string(name == std::string("rotated") ? ".nc" : ".h5"));
            const fs::path output = scratch / (std::string(name) + "_out.nc");
            const Written written = convertedGrids(input, output);
            QCOMPARE(difference(input, output, written), QString());
        }
        const std::string words = objection(*python, R"(
import netCDF4, numpy as np
d = netCDF4.Dataset('geos_out.nc'); v = d.variables
assert v['x'].units == v['y'].units == 'radian' and v['crs'].perspective_point_height == 35785831
assert np.allclose(v['x'][:] * 35785831, [-3000, -1000, 1000, 3000]) and 'lat' not in v
d = netCDF4.Dataset('gnom_out.nc'); v = d.variables
assert not hasattr(v['crs'], 'grid_mapping_name') and 'Gnomonic' in v['crs'].crs_wkt
assert set(v['DBZV'].coordinates.split()) == {'lat', 'lon', 'time'} and v['lat'].dimensions == ('y', 'x')
x, y = np.meshgrid(v['x'][:], v['y'][:]); R, p0, l0 = 6371000, np.radians(40), np.radians(10)
rho = np.hypot(x, y); c = np.arctan(rho / R) # Snyder 1987, 20-14 and 20-15
lat = np.arcsin(np.cos(c) * np.sin(p0) + y * np.sin(c) * np.cos(p0) / rho)
lon = l0 + np.arctan2(x * np.sin(c), rho * np.cos(p0) * np.cos(c) - y * np.sin(p0) * np.sin(c))
assert np.allclose(v['lon'][:], np.degrees(lon), atol=1e-6) and np.allclose(v['lat'][:], np.degrees(lat), atol=1e-6)
d = netCDF4.Dataset('rotated_out.nc'); v = d.variables
assert v['crs'].grid_north_pole_latitude == 39.25 and v['crs'].grid_north_pole_longitude == -162
assert v['rlat'].standard_name == 'grid_latitude' and v['lat'].standard_name == 'latitude'
r, l, p, q = (np.radians(a) for a in (*np.meshgrid(v['rlat'][:], v['rlon'][:], indexing='ij'), 39.25, -162.0))
lat = np.arcsin(np.cos(p) * np.cos(r) * np.cos(l) + np.sin(p) * np.sin(r))
a = np.cos(p) * np.sin(r) - np.sin(p) * np.cos(l) * np.cos(r); b = np.sin(l) * np.cos(r)
lon = np.arctan2(np.sin(q) * a - np.cos(q) * b, np.cos(q) * a + np.sin(q) * b)
assert np.allclose(v['lat'][:], np.degrees(lat), atol=1e-6), (v['lat'][:], np.degrees(lat))
assert np.allclose(v['lon'][:], np.degrees(lon), atol=1e-6), (v['lon'][:], np.degrees(lon))
)",
                                            {}, scratch.path());
        QVERIFY2(words.empty(), words.c_str());
    }

    // Time in a calendar of 365 days, levels, X before Y, packed shorts, flags, classes, no echo; read and
    // written in parts of five cells and at once.
    void cubesKindsAndParts() {
        const ScratchFolder scratch;
        {
            TinyNetcdf file(scratch / "in.nc");
            file.dimension("time", 4);
            file.dimension("lev", 2);
            file.dimension("lat", 3);
            file.dimension("lon", 5);
            file.variable("time", NC_DOUBLE, {"time"}, {0.5, 1.5, 58.5, 59.5});
            file.att("time", "units", "days since 2024-01-01");
            file.att("time", "calendar", "noleap");
            file.att("time", "bounds", "time_bnds");
            file.dimension("two", 2);
            file.variable("time_bnds", NC_DOUBLE, {"time", "two"}, {0, 1, 1, 20, 20, 59, 59, 60});
            file.variable("lev", NC_DOUBLE, {"lev"}, {1000, 850});
            file.att("lev", "units", "hPa");
            file.variable("lat", NC_DOUBLE, {"lat"}, {50, 49.5, 49});
            file.variable("lon", NC_DOUBLE, {"lon"}, {358, 359, 0, 1, 2});
            std::vector<double> cells(120), bits(60), kinds(15);
            for (std::size_t i = 0; i < cells.size(); ++i)
                cells[i] = i % 11 == 3 ? -999 : i % 7 == 5 ? -998 : double(i) * 3;
            for (std::size_t i = 0; i < bits.size(); ++i)
                bits[i] = double(i % 8);
            for (std::size_t i = 0; i < kinds.size(); ++i)
                kinds[i] = i == 4 ? -1 : double(i % 3) * 10;
            file.variable("q", NC_SHORT, {"time", "lev", "lat", "lon"}, cells, {-999});
            file.att("q", "_Undetect", NC_SHORT, {-998});
            file.att("q", "scale_factor", NC_DOUBLE, {0.25});
            file.att("q", "add_offset", NC_DOUBLE, {100});
            file.att("q", "units", "g kg-1");
            file.att("q", "standard_name", "specific_humidity");
            file.variable("bits", NC_BYTE, {"time", "lon", "lat"}, bits);
            file.att("bits", "flag_masks", NC_BYTE, {1, 2, 4});
            file.att("bits", "flag_meanings", "cloud land night");
            file.variable("kinds", NC_BYTE, {"lat", "lon"}, kinds, {-1});
            file.att("kinds", "flag_values", NC_BYTE, {0, 10, 20});
            file.att("kinds", "flag_meanings", "clear low high");
            file.variable("mean", NC_FLOAT, {"time"}, {1, 2, 3, 4});
        }
        const Written whole = convertedGrids(scratch / "in.nc", scratch / "whole.nc");
        const Written parts = convertedGrids(scratch / "in.nc", scratch / "parts.nc", 5);
        QCOMPARE(whole.arrays.size(), std::size_t(4));
        QCOMPARE(difference(scratch / "in.nc", scratch / "whole.nc", whole), QString());
        QCOMPARE(difference(scratch / "in.nc", scratch / "parts.nc", parts), QString());
        const auto python = pythonWith("netCDF4, numpy");
        if (!python)
            QSKIP("needs Python with netCDF4");
        const std::string words = objection(*python, R"(
import netCDF4, numpy as np
for name in ('whole.nc', 'parts.nc'):
    a, b = netCDF4.Dataset('in.nc').variables, netCDF4.Dataset(name).variables
    when = lambda t: [str(x) for x in netCDF4.num2date(t[:], t.units, t.calendar)]
    assert b['time'].calendar == 'noleap' and when(a['time']) == when(b['time']), when(b['time'])
    assert when(b['time'])[2:] == ['2024-02-28 12:00:00', '2024-03-01 12:00:00']
    assert np.allclose((b[b['time'].bounds][:] - b['time'][0]) / 86400 + .5, a['time_bnds'][:])
    assert 'bounds' not in b['lat'].ncattrs() # they lie half-way
    assert b['lev'].standard_name == 'air_pressure' and b['lev'].positive == 'down' and b['lev'].axis == 'Z'
    assert list(b['lat'][:]) == [50, 49.5, 49] and b['lat'].units == 'degrees_north'
    assert np.allclose(b['lon'][:] % 360, a['lon'][:])
    i = np.arange(120).reshape(4, 2, 3, 5)
    q = b['q'][:]; assert (np.ma.getmaskarray(q) == ((i % 11 == 3) | (i % 7 == 5))).all()
    assert np.allclose(q, 100 + .75 * i) and b['q'].standard_name == 'specific_humidity' and b['q'].units == 'g kg-1'
    assert b['bits'].dimensions == ('time', 'lat', 'lon') # Y before X
    assert (b['bits'][:] == a['bits'][:].transpose(0, 2, 1)).all()
    assert list(b['bits'].flag_masks) == [1, 2, 4] and b['bits'].flag_masks.dtype == b['bits'].dtype
    assert (b['kinds'][:].filled(-1) == a['kinds'][:].filled(-1)).all() and list(b['kinds'].flag_values) == [0, 10, 20]
    assert b['kinds'].flag_meanings == 'clear low high' and list(b['mean'][:]) == [1, 2, 3, 4]
)",
                                            {}, scratch.path());
        QVERIFY2(words.empty(), words.c_str());
    }

    // Places cell by cell, one of them missing, bins behind them, a time.
    void swathsKeepTheirPlaces() {
        const ScratchFolder scratch;
        {
            TinyNetcdf file(scratch / "in.nc");
            file.dimension("row", 3);
            file.dimension("col", 2);
            file.dimension("bin", 4);
            file.variable("lat", NC_FLOAT, {"row", "col"}, {10, 11, 12, 13, 14, -999}, {-999});
            file.variable("lon", NC_FLOAT, {"row", "col"}, {20, 21, 22, 23, 24, -999}, {-999});
            std::vector<double> cells(24);
            for (std::size_t i = 0; i < cells.size(); ++i)
                cells[i] = double(i) / 8;
            file.variable("z", NC_FLOAT, {"row", "col", "bin"}, cells);
            file.att("z", "units", "dBZ");
            file.variable("when", NC_DOUBLE, {"row"}, {1e9, 1e9 + 1, 1e9 + 2});
            file.att("when", "units", "seconds since 1970-01-01");
            file.att("when", "standard_name", "time");
            for (const auto& [name, unit] : {std::pair{"lat", "degrees_north"}, {"lon", "degrees_east"}})
                file.att(name, "units", unit);
        }
        const Written written = convertedGrids(scratch / "in.nc", scratch / "out.nc");
        QCOMPARE(difference(scratch / "in.nc", scratch / "out.nc", written), QString());
        const NetcdfFile file(scratch / "out.nc");
        QVERIFY(file.find("z")->text("coordinates").starts_with("lat lon"));
        QCOMPARE(file.find("z")->dimensions, (std::vector<std::string>{"row", "col", "bin"}));
        const auto places = file.values(*file.find("lat"));
        QCOMPARE(places[4], 14.0);
        QVERIFY(std::isnan(places[5]));
    }

    void whatIsNotCarriedIsSaid() {
        const ScratchFolder scratch;
        {
            TinyNetcdf file(scratch / "in.nc");
            addPlainGrid(file);
            file.variable("t", NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
            file.variable("half", NC_FLOAT, {"lat", "lon"}, {0, 0.5, 1, 1, 1, 1});
            file.att("half", "flag_values", NC_FLOAT, {0, 1});
            file.att("half", "flag_meanings", "no yes");
            file.variable("seen", NC_DOUBLE, {"lat", "lon"}, {1e9, 1e9, 1e9, 1e9, 1e9, 1e9});
            file.att("seen", "units", "seconds since 1970-01-01");
            // Hours in float32 have steps of 7 s here; whole days, and milliseconds of one day, none.
            for (const auto& [name, unit, value] : {std::tuple("hour", "hours since 2020-01-01", 30000.3),
                                                    {"day", "days since 1970-01-01", 19723.0},
                                                    {"tick", "milliseconds since 2020-01-01", 5e7 + 1}}) {
                file.variable(name, NC_DOUBLE, {"lat", "lon"}, std::vector<double>(6, value));
                file.att(name, "units", unit);
            }
        }
        const Conversion made = convert({{scratch / "in.nc"}, "netcdf", scratch / "out.nc", {}}, silent);
        std::string left;
        for (const Text& one : made.files.front().leftOut)
            left += one.english() + "\n";
        QVERIFY2(left.find("seen: times") != std::string::npos, left.c_str());
        QVERIFY2(left.find("hour: times") != std::string::npos, left.c_str());
        QVERIFY2(left.find("day: times") == std::string::npos, left.c_str());
        QVERIFY2(left.find("tick: times") == std::string::npos, left.c_str());
        QVERIFY2(left.find("half: the meanings") != std::string::npos, left.c_str());
        QVERIFY2(left.find("attributes") != std::string::npos, left.c_str());
        const auto source = openSource(scratch / "out.nc");
        QCOMPARE(source->read("half", {}, silent).values()[1], 0.5f);
        QVERIFY(!source->describe().find("seen") && source->describe().find("t"));
        try {
            convert({{scratch / "in.nc"}, "odim", scratch / "o.h5", {}}, silent);
            QFAIL("grids are no sweeps");
        } catch (const Error& error) {
            QVERIFY2(std::string(error.what()).find("--to netcdf") != std::string::npos, error.what());
        }
    }

    void theSameContentGivesTheSameBytes() {
        const ScratchFolder scratch;
        writeComposite(scratch / "in.h5", "+proj=laea +lat_0=55 +lon_0=10 +ellps=WGS84", 0, 0);
        convertedGrids(scratch / "in.h5", scratch / "a.nc");
        QTest::qWait(1100); // another second of the clock
        convertedGrids(scratch / "in.h5", scratch / "b.nc");
        QVERIFY(readFile(scratch / "a.nc") == readFile(scratch / "b.nc"));
    }
};

QTEST_GUILESS_MAIN(TestConvertGrids)
#include "tst_convert_grids.moc"
