// What moments, their qualities and meanings are called when sweeps become ODIM_H5 or CfRadial.

#include "core/base/error.h"
#include "core/io/convert/convert.h"
#include "core/io/netcdf_writer.h"
#include "core/io/radar_names.h"
#include "tests/core/io/made_volume.h"
#include "tests/core/io/tiny_hdf5.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <map>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;

namespace {

Feedback silent;

ConvertedFile converted(const fs::path& input, const std::string& format, const fs::path& output,
                        const std::vector<std::string>& arrays = {}) {
    return convert({{input}, format, output, arrays}, silent).files.front();
}

std::string leftOutOf(const ConvertedFile& file) {
    std::string all;
    for (const Text& one : file.leftOut)
        all += one.english() + "\n";
    return all;
}

/// One sweep of three rays and two gates, with these names and units.
void writeCfRadialOf(const fs::path& path, const std::vector<std::pair<std::string, std::string>>& moments) {
    TinyNetcdf file(path);
    file.dimension("time", 3);
    file.dimension("range", 2);
    file.variable("time", NC_DOUBLE, {"time"}, {0, 1, 2});
    file.att("time", "units", "seconds since 2024-01-01T00:00:00Z");
    file.variable("range", NC_DOUBLE, {"range"}, {500, 1500});
    file.variable("azimuth", NC_DOUBLE, {"time"}, {0, 1, 2});
    file.variable("elevation", NC_DOUBLE, {"time"}, {3, 3, 3});
    for (const char* place : {"latitude", "longitude", "altitude"})
        file.variable(place, NC_DOUBLE, {}, {40});
    double shift = 0;
    for (const auto& [name, unit] : moments) {
        file.variable(name, NC_FLOAT, {"time", "range"},
                      {1 + shift, 2.125 + shift, 3 + shift, 4 + shift, 5 + shift, 6 + shift});
        file.att(name, "units", unit);
        ++shift;
    }
}

} // namespace

class TestConvertNames : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Names and units of other families: what ODIM_H5 has another word for, what it has none for, and what it
    // would read in another unit.
    void namesAndUnitsOfOdim() {
        const ScratchFolder scratch;
        writeCfRadialOf(
            scratch / "in.nc",
            {{"reflectivity", "dBZ"}, {"velocity", "meters_per_second"}, {"power", "dBm"}, {"ZDR", "K"}});
        const ConvertedFile made = converted(scratch / "in.nc", "odim", scratch / "out.h5");
        const auto names = made.arrays;
        QCOMPARE(names.size(), std::size_t(3));
        QCOMPARE(names[0].second, std::string("DBZH"));
        QCOMPARE(names[1].second, std::string("VRADH"));
        QCOMPARE(names[2].second, std::string("power"));
        const auto source = openSource(scratch / "out.h5");
        QCOMPARE(source->read("sweep_0/VRADH", {}, silent).values()[1], 3.125f);
        QVERIFY(!source->describe().find("sweep_0/ZDR"));
        const std::string left = leftOutOf(made);
        QVERIFY2(left.find("power: its unit, dBm") != std::string::npos, left.c_str());
        QVERIFY2(left.find("ZDR: it is in K") != std::string::npos, left.c_str());
        QVERIFY(isSameUnit("m/s", "meters_per_second") && !isSameUnit("dBZ", "dB"));
        writeOdimScan(scratch / "named.h5", 0.5, "120000"); // a node, a number, a place
        converted(scratch / "named.h5", "odim", scratch / "out.h5");
        QCOMPARE(openSource(scratch / "out.h5")->describe().siteIdentifiers.size(), std::size_t(3));
    }

    // Two moments that ODIM_H5 calls the same: one has the name, the other keeps its own.
    void oneMomentHasTheNameOfOdim() {
        const ScratchFolder scratch;
        writeCfRadialOf(scratch / "in.nc", {{"corrected_reflectivity", "dBZ"},
                                            {"reflectivity", "dBZ"},
                                            {"velocity", "m/s"},
                                            {"mean_doppler_velocity", "m/s"},
                                            {"width", "m/s"},
                                            {"WRADH", "m/s"}});
        std::map<std::string, std::string> names;
        for (const auto& [id, name] : converted(scratch / "in.nc", "odim", scratch / "out.h5").arrays)
            names[id] = name;
        const std::map<std::string, std::string> wanted{
            {"sweep_0/corrected_reflectivity", "corrected_reflectivity"},
            {"sweep_0/reflectivity", "DBZH"},
            {"sweep_0/velocity", "VRADH"},
            {"sweep_0/mean_doppler_velocity", "mean_doppler_velocity"},
            {"sweep_0/width", "width"},
            {"sweep_0/WRADH", "WRADH"}};
        QVERIFY(names == wanted);
        const auto source = openSource(scratch / "out.h5");
        QCOMPARE(source->read("sweep_0/DBZH", {}, silent).values()[0], 2.0f);
        QCOMPARE(source->read("sweep_0/corrected_reflectivity", {}, silent).values()[0], 1.0f);
    }

    // Names that CfRadial uses itself.
    void momentsCalledLikePartsOfTheFormat() {
        const ScratchFolder scratch;
        OdimVolume volume = madeVolume({{0.5}, {2.5}});
        for (std::vector<OdimMoment>& sweep : volume.sweeps)
            for (const char* name : {"altitude", "time"}) {
                const FieldPtr like = sweep.front().field;
                Quantity quantity = like->quantity();
                quantity.id = name;
                sweep.push_back(
                    {std::make_shared<const Field>(quantity, like->geometry(), like->time(),
                                                   std::vector<float>(like->size(), name[0] == 'a' ? 4 : 7),
                                                   std::vector<State>(like->size(), State::Valid)),
                     {},
                     {},
                     true});
            }
        writeOdimVolume(scratch / "in.h5", volume, silent);
        converted(scratch / "in.h5", "cfradial", scratch / "out.nc");
        const auto source = openSource(scratch / "out.nc");
        QCOMPARE(source->describe().site->heightMeters, 123.0);
        for (const char* sweep : {"sweep_0/", "sweep_1/"}) {
            QCOMPARE(source->read(sweep + std::string("altitude_2"), {}, silent).values()[0], 4.0f);
            QCOMPARE(source->read(sweep + std::string("time_2"), {}, silent).values()[0], 7.0f);
        }
    }

    // A quality is written with what it qualifies, or by itself; never as one of something else.
    void qualitiesFollowTheirMoments() {
        const ScratchFolder scratch;
        writeOdimVolume(scratch / "in.h5", madeVolume({{0.5}}), silent);
        const ConvertedFile some =
            converted(scratch / "in.h5", "odim", scratch / "some.h5", {"CLASS", "PROB"});
        QCOMPARE(openSource(scratch / "some.h5")->describe().arrays.size(), std::size_t(1));
        QCOMPARE(some.arrays.size(), std::size_t(1));
        const std::string left = leftOutOf(some);
        QVERIFY2(left.find("it is a quality of DBZH, which is not written") != std::string::npos,
                 left.c_str());
        converted(scratch / "in.h5", "odim", scratch / "alone.h5", {"PROB"});
        const auto alone = openSource(scratch / "alone.h5");
        QCOMPARE(alone->describe().arrays.size(), std::size_t(1));
        QVERIFY(alone->describe().arrays.front().qualityOf.empty());
    }

    // Sweeps that look straight up are at 90 degrees, whatever the input calls their fixed angle; one of
    // whose rays no time is known was when the volume was.
    void oddSweeps() {
        const ScratchFolder scratch;
        {
            TinyNetcdf file(scratch / "in.nc");
            file.dimension("time", 6);
            file.dimension("range", 2);
            file.dimension("sweep", 2);
            file.dimension("width", 32);
            file.variable("time", NC_DOUBLE, {"time"}, {-1, -1, -1, 20, 21, 22}, {-1});
            file.att("time", "units", "seconds since 2024-01-01T00:00:00Z");
            file.variable("range", NC_DOUBLE, {"range"}, {500, 1500});
            file.variable("azimuth", NC_DOUBLE, {"time"}, {0, 1, 2, 0, 0, 0});
            file.variable("elevation", NC_DOUBLE, {"time"}, {3, 3, 3, 89.75, 90, 90.25});
            file.variable("fixed_angle", NC_DOUBLE, {"sweep"}, {3, 12});
            file.variable("sweep_start_ray_index", NC_INT, {"sweep"}, {0, 3});
            file.variable("sweep_end_ray_index", NC_INT, {"sweep"}, {2, 5});
            std::string modes = "azimuth_surveillance";
            modes.resize(32);
            modes += "vertical_pointing";
            modes.resize(64);
            file.texts("sweep_mode", {"sweep", "width"}, modes);
            for (const char* place : {"latitude", "longitude", "altitude"})
                file.variable(place, NC_DOUBLE, {}, {40});
            file.variable("DBZH", NC_FLOAT, {"time", "range"}, std::vector<double>(12, 5));
        }
        for (const char* format : {"odim", "cfradial"}) {
            converted(scratch / "in.nc", format, scratch / format);
            const auto source = openSource(scratch / format);
            for (const SweepInfo& sweep : source->describe().sweeps)
                QCOMPARE(isoTime(sweep.time.begin), std::string("2024-01-01T00:00:20Z"));
            if (format == std::string("odim"))
                QCOMPARE(source->describe().sweeps[1].fixedAngle, 90.0);
        }
    }

    // Flags whose lowest bit has no name stay flags.
    void flagsWithoutTheLowestBit() {
        const ScratchFolder scratch;
        writeCfRadialOf(scratch / "in.nc", {{"quality", "1"}});
        {
            NetcdfWriter file = NetcdfWriter::change(scratch / "in.nc", scratch / "in.nc");
            const auto flags = file.define("flags", NC_INT, {"time", "range"});
            file.numbers(flags, "flag_masks", NC_INT, {2, 8});
            file.attribute(flags, "flag_meanings", "clutter second_trip");
            file.put(flags, std::vector<double>{0, 2, 8, 10, 0, 2});
            file.close();
        }
        converted(scratch / "in.nc", "odim", scratch / "out.h5");
        const Field field = openSource(scratch / "out.h5")->read("sweep_0/flags", {}, silent);
        QCOMPARE(field.quantity().kind, Kind::Flags);
        QCOMPARE(field.quantity().meanings.size(), std::size_t(2));
        QCOMPARE(field.quantity().meanings[1].value, 8);
        QCOMPARE(field.values()[3], 10.0f);
    }

    // Gates that begin elsewhere have no range of all either.
    void otherRangesAreSaid() {
        const ScratchFolder scratch;
        for (const auto& [gateMeters, firstMeters, isSaid] :
             {std::tuple(500.0, 250.0, false), {250.0, 250.0, true}, {500.0, 750.0, true}}) {
            writeOdimVolume(scratch / "in.h5", madeVolume({{0.5}, {2.5, 90, 50, gateMeters, firstMeters}}),
                            silent);
            const std::string left = leftOutOf(converted(scratch / "in.h5", "cfradial", scratch / "out.nc"));
            QVERIFY2((left.find("the one range of all gates") != std::string::npos) == isSaid, left.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestConvertNames)
#include "tst_convert_names.moc"
