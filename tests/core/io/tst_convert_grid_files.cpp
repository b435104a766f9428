// Grids as CF netCDF that lie at the edge of what the conventions say: codes among values, names that are
// taken, degrees of another ellipsoid, files of one product and time.

#include "core/base/error.h"
#include "core/io/convert/convert.h"
#include "core/io/netcdf.h"
#include "core/io/netcdf_writer.h"
#include "tests/core/io/converted_grids.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <csignal>
#include <sys/resource.h>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;

namespace {

Feedback silent;

} // namespace

class TestConvertGridFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Axes in degrees of another ellipsoid are longitude and latitude, and no plane with places of its own.
    void degreesAreNoPlane() {
        const ScratchFolder scratch;
        {
            TinyNetcdf file(scratch / "in.nc");
            addPlainGrid(file);
            file.variable("crs", NC_INT, {});
            file.att("crs", "crs_wkt",
                     "GEOGCRS[\"a\",DATUM[\"b\",ELLIPSOID[\"Bessel 1841\",6377397.155,299.1528128]],"
                     "CS[ellipsoidal,2],AXIS[\"latitude\",north],AXIS[\"longitude\",east],"
                     "ANGLEUNIT[\"degree\",0.0174532925199433]]");
            file.variable("t", NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
            file.att("t", "grid_mapping", "crs");
        }
        QVERIFY(!openSource(scratch / "in.nc")->describe().grid->crs.empty());
        const Written written = convertedGrids(scratch / "in.nc", scratch / "out.nc");
        QCOMPARE(difference(scratch / "in.nc", scratch / "out.nc", written), QString());
        const NetcdfFile file(scratch / "out.nc");
        QVERIFY(file.find("t")->text("coordinates").empty());
        QCOMPARE(file.find("lat")->text("units"), std::string("degrees_north"));
        const NetcdfVariable& mapping = *file.find(file.find("t")->text("grid_mapping"));
        QCOMPARE(mapping.text("grid_mapping_name"), std::string("latitude_longitude"));
        QCOMPARE(mapping.number("semi_major_axis").value_or(0), 6377397.155);
    }

    // A quality that can't be read is not named by what it qualifies.
    void qualitiesThatAreNotThereAreNotNamed() {
        const ScratchFolder scratch;
        writeComposite(scratch / "in.h5", "+proj=laea +lat_0=55 +lon_0=10 +ellps=WGS84", 0, 0);
        {
            TinyHdf5 file = TinyHdf5::reopened(scratch / "in.h5");
            file.bytes("/dataset1/data1/quality1/data", 3, 4, std::vector<unsigned char>(12, 9));
            file.text("/dataset1/data1/quality1/how", "task", "org.good");
            file.bytes("/dataset1/data1/quality2/data", 2, 2, std::vector<unsigned char>(4, 9));
            file.text("/dataset1/data1/quality2/how", "task", "org.bad");
        }
        convertedGrids(scratch / "in.h5", scratch / "out.nc");
        const NetcdfFile file(scratch / "out.nc");
        QCOMPARE(file.find("DBZH")->text("ancillary_variables"), std::string("DBZH_org_good"));
        QVERIFY(file.find("DBZH_org_good") && !file.find("DBZH_org_bad"));
    }

    // A dimension that has the name of our own, of another length.
    void boundsBesideAnotherNv() {
        const ScratchFolder scratch;
        {
            TinyNetcdf file(scratch / "in.nc");
            file.dimension("nv", 4);
            file.dimension("pair", 2);
            addPlainGrid(file);
            file.att("lat", "bounds", "lat_bnds");
            file.variable("lat_bnds", NC_DOUBLE, {"lat", "pair"}, {50.2, 49.6, 49.6, 48.9});
            file.variable("t", NC_FLOAT, {"nv", "lat", "lon"}, std::vector<double>(24, 5));
        }
        const Written written = convertedGrids(scratch / "in.nc", scratch / "out.nc");
        QCOMPARE(difference(scratch / "in.nc", scratch / "out.nc", written), QString());
        const NetcdfFile file(scratch / "out.nc");
        QCOMPARE(file.find("t")->shape, (std::vector<std::size_t>{4, 2, 3}));
        QCOMPARE(file.find("lat_bnds")->shape, (std::vector<std::size_t>{2, 2}));
        NetcdfWriter writer = NetcdfWriter::create(scratch / "w.nc", scratch / "w.nc");
        writer.dimension("x", 3);
        const auto variable = writer.define("v", NC_DOUBLE, {"x"});
        QVERIFY_EXCEPTION_THROWN(writer.put(variable, std::vector<double>{1, 2}), Error);
    }

    // What lies beyond the codes is still a value.
    void valuesOutsideTheLimits() {
        const ScratchFolder scratch;
        {
            TinyNetcdf file(scratch / "in.nc");
            addPlainGrid(file);
            for (const auto& [name, least] : {std::pair{"in", -8888000.0}, {"out", -2e7}}) {
                file.variable(name, NC_FLOAT, {"lat", "lon"}, {1, 2, -1, -2, least, 6}, {-1});
                file.att(name, "_Undetect", NC_FLOAT, {-2});
            }
        }
        convertedGrids(scratch / "in.nc", scratch / "out.nc");
        const auto source = openSource(scratch / "out.nc");
        const Field in = source->read("in", {}, silent), out = source->read("out", {}, silent);
        QCOMPARE(in.values()[4], -8887999.0f); // a code goes to its neighbour
        QCOMPARE(out.values()[4], -2e7f);
        for (const Field& field : {in, out}) {
            QCOMPARE(field.states()[2], State::NoData);
            QCOMPARE(field.states()[3], State::NoEcho);
        }
        const NetcdfFile file(scratch / "out.nc");
        QVERIFY(file.find("in")->attributes.contains("valid_range"));
        QVERIFY(!file.find("out")->attributes.contains("valid_range"));
    }

    // Members of an ensemble: the Dataset shows the first, each is a file.
    void filesOfOneProductAndTimeStayApart() {
        const ScratchFolder scratch;
        fs::create_directories(scratch / "in");
        for (int member = 0; member < 3; ++member) {
            TinyNetcdf file(scratch / "in" / ("m" + std::to_string(member) + ".nc"));
            addPlainGrid(file);
            file.variable("t", NC_FLOAT, {"lat", "lon"}, std::vector<double>(6, member));
            if (member == 2)
                file.variable("u", NC_FLOAT, {"lat", "lon"}, std::vector<double>(6, 7));
        }
        const Conversion made = convert({{scratch / "in"}, "netcdf", scratch / "out", {}}, silent);
        QCOMPARE(made.files.size(), std::size_t(3));
        for (int member = 0; member < 3; ++member)
            QCOMPARE(openSource(scratch / "out" / ("m" + std::to_string(member) + ".nc"))
                         ->read("t", {}, silent)
                         .values()[0],
                     float(member));
    }

    // HDF5 can't close such a file, and must not end the process for it, nor spoil what is written later.
    void aFullDiskLeavesNothing() {
        const ScratchFolder scratch;
        fs::create_directory(scratch / "out");
        {
            TinyNetcdf file(scratch / "in.nc");
            addPlainGrid(file);
            file.variable("t", NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
        }
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        ::getrlimit(RLIMIT_FSIZE, &before);
        for (const rlim_t bytes : {100, 2000, 6000}) {
            const rlimit small{bytes, before.rlim_max};
            ::setrlimit(RLIMIT_FSIZE, &small);
            std::string words;
            try {
                convert({{scratch / "in.nc"}, "netcdf", scratch / "out" / "o.nc", {}}, silent);
            } catch (const Error& error) {
                words = error.what();
            }
            ::setrlimit(RLIMIT_FSIZE, &before);
            QVERIFY2(words.find("o.nc") != std::string::npos && words.find("disk") != std::string::npos,
                     words.c_str());
            QVERIFY(fs::is_empty(scratch / "out"));
        }
        convert({{scratch / "in.nc"}, "netcdf", scratch / "out" / "o.nc", {}}, silent);
        QCOMPARE(openSource(scratch / "out" / "o.nc")->read("t", {}, silent).values()[5], 6.0f);
    }
};

QTEST_GUILESS_MAIN(TestConvertGridFiles)
#include "tst_convert_grid_files.moc"
