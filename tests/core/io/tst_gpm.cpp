// GPM's HDF5: a swath of our own with known codes and places, and the real one.

#include "core/base/error.h"
#include "core/io/dataset.h"
#include "core/io/source.h"
#include "tests/core/io/refusal.h"
#include "tests/core/io/tiny_hdf5.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>

using namespace embellie;
using namespace embellie::test;

namespace {

/// Three scans of two rays and four bins; in the group "swath".
void addSwath(TinyHdf5& file, const std::string& swath) {
    const auto reals = [&](const std::string& name, const std::vector<hsize_t>& shape,
                           const std::vector<float>& cells, const std::string& dimensions) {
        file.array<float>(swath + name, shape, cells, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT);
        file.text(swath + name, "DimensionNames", dimensions);
        file.text(swath + name, "CodeMissingValue", "-9999.9");
    };
    file.group(swath + "/SLV");
    file.group(swath + "/ScanTime");
    reals("/Latitude", {3, 2}, {10, 10.5f, 20, 20.5f, -9999.9f, 30.5f}, "nscan,nray");
    reals("/Longitude", {3, 2}, {100, 101, 110, 111, -9999.9f, 121}, "nscan,nray");
    std::vector<float> cells(24, -9999.9f);
    cells[0] = -1111.1f;
    cells[1] = -1111;
    for (std::size_t i = 8; i < 16; ++i)
        cells[i] = static_cast<float>(i);
    reals("/SLV/zFactor", {3, 2, 4}, cells, "nscan,nray,nbin");
    file.text(swath + "/SLV/zFactor", "Units", "dBZ");
    reals("/SLV/perScan", {3}, {1, 2, 3}, "nscan");
    reals("/SLV/byChance", {3, 2}, {1, 2, 3, 4, 5, 6}, "nfreq,ncase");
    file.array<int>(swath + "/type", {3, 2}, {20032000, -1111, -9999, 1, 2, 3}, H5T_STD_I32LE,
                    H5T_NATIVE_INT);
    file.array<signed char>(swath + "/quality", {3, 2}, {0, 1, -99, 2, 3, 4}, H5T_STD_I8LE, H5T_NATIVE_SCHAR);
    const auto whole = [&](const std::string& name, const std::vector<short>& cellsOf) {
        file.array<short>(swath + "/ScanTime/" + name, {3}, cellsOf, H5T_STD_I16LE, H5T_NATIVE_SHORT);
    };
    whole("Year", {2014, 2014, -9999});
    whole("Month", {12, 12, -99});
    whole("DayOfMonth", {6, 6, -99});
    whole("Hour", {9, 9, -99});
    whole("Minute", {50, 50, -99});
    whole("Second", {2, 3, -99});
    whole("MilliSecond", {500, 200, -9999});
}

void writeHeader(TinyHdf5& file) {
    file.text("/", "FileHeader",
              "AlgorithmID=2AKu;\nSatelliteName=GPM;\nInstrumentName=DPR;\n"
              "StartGranuleDateTime=2014-12-06T08:00:00.000Z;\nProductVersion=V04A;\n");
}

void writeTiny(const std::filesystem::path& path) {
    TinyHdf5 file(path);
    writeHeader(file);
    addSwath(file, "/NS");
}

} // namespace

class TestGpm : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void codesPlacesAndTimesMeanWhatTheFormatSays() {
        const ScratchFolder scratch;
        writeTiny(scratch / "a.HDF5");
        const auto source = openSource(scratch / "a.HDF5");
        const SourceInfo& info = source->describe();
        QCOMPARE(info.format, std::string("GPM HDF5 V04A"));
        QCOMPARE(info.title, std::string("GPM DPR 2AKu"));
        QCOMPARE(isoTime(info.time.begin), std::string("2014-12-06T09:50:02.500Z"));
        QCOMPARE(isoTime(info.time.end), std::string("2014-12-06T09:50:03.200Z"));
        QStringList ids;
        for (const ArrayInfo& array : info.arrays)
            ids << QString::fromStdString(array.id);
        QCOMPARE(ids,
                 (QStringList{"NS/SLV/zFactor", "NS/quality", "NS/type", "NS/Latitude", "NS/Longitude"}));
        Feedback silent;
        const Field field = source->read("NS/SLV/zFactor", {}, silent);
        QCOMPARE(field.quantity().id, std::string("zFactor"));
        QCOMPARE(field.quantity().unit, std::string("dBZ"));
        QCOMPARE(int(field.states()[0]), int(State::NoEcho));
        QCOMPARE(int(field.states()[1]), int(State::NoEcho));
        QCOMPARE(int(field.states()[2]), int(State::NoData));
        QCOMPARE(field.values()[11], 11.0f);
        const Field type = source->read("/NS/type", {}, silent);
        QCOMPARE(type.values()[0], 20032000.0f);
        QCOMPARE(int(type.states()[1]), int(State::NoEcho));
        QCOMPARE(int(type.states()[2]), int(State::NoData));
        QCOMPARE(int(source->read("NS/quality", {}, silent).states()[2]), int(State::NoData));
        const Grid& grid = *field.grid();
        QVERIFY(grid.isCurvilinear());
        QCOMPARE(grid.latitudes[3], 20.5);
        QCOMPARE(grid.longitudes[3], 111.0);
        QVERIFY(std::isnan(grid.latitudes[4]));
        QCOMPARE(grid.axes[2].name, std::string("nbin"));
    }

    void aWindowCutsPlacesAndTimes() {
        const ScratchFolder scratch;
        writeTiny(scratch / "a.HDF5");
        const auto source = openSource(scratch / "a.HDF5");
        Feedback silent;
        const Field part =
            source->read("NS/SLV/zFactor", Window::parse("nscan=1,nray=1:2,nbin=1::2"), silent);
        QCOMPARE(part.size(), std::size_t(2));
        QCOMPARE(part.values()[0], 13.0f);
        QCOMPARE(part.values()[1], 15.0f);
        QCOMPARE(part.grid()->latitudes, (std::vector<double>{20.5}));
        QCOMPARE(part.grid()->longitudes, (std::vector<double>{111}));
        QCOMPARE(isoTime(part.time().begin), std::string("2014-12-06T09:50:03.200Z"));
        // Bins are the layers of the tree.
        const auto dataset = Dataset::open({scratch / "a.HDF5"}, silent);
        QCOMPARE(dataset->groups().size(), std::size_t(1));
        QCOMPARE(dataset->groups()[0].volumes[0].layers.size(), std::size_t(5));
    }

    void swathsKeepTheirNamesApart() {
        const ScratchFolder scratch;
        {
            TinyHdf5 file(scratch / "b.HDF5");
            writeHeader(file);
            addSwath(file, "/HS");
            addSwath(file, "/NS");
        }
        Feedback silent;
        const auto source = openSource(scratch / "b.HDF5");
        QCOMPARE(source->describe().arrays.size(), std::size_t(10));
        QCOMPARE(source->read("HS/SLV/zFactor", {}, silent).quantity().id, std::string("HS/SLV/zFactor"));
        QCOMPARE(source->read("NS/type", {}, silent).values()[0], 20032000.0f);
    }

    void withoutTimesOfScansTheGranulesCounts() {
        const ScratchFolder scratch;
        writeTiny(scratch / "a.HDF5");
        {
            const Hdf5Handle file(H5Fopen((scratch / "a.HDF5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
            H5Ldelete(file, "/NS/ScanTime", H5P_DEFAULT);
        }
        QCOMPARE(isoTime(openSource(scratch / "a.HDF5")->describe().time.begin),
                 std::string("2014-12-06T08:00:00Z"));
    }

    void whatIsDamagedIsSaidInOneSentence() {
        const ScratchFolder scratch;
        {
            TinyHdf5 file(scratch / "sizes.HDF5");
            writeHeader(file);
            file.group("/NS");
            file.array<float>("/NS/Latitude", {2, 2}, {1, 2, 3, 4}, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT);
            file.array<float>("/NS/Longitude", {2, 1}, {1, 2}, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT);
        }
        {
            TinyHdf5 file(scratch / "nowhere.HDF5");
            writeHeader(file);
            file.group("/NS");
            for (const char* name : {"/NS/Latitude", "/NS/Longitude"})
                file.array<float>(name, {2, 1}, {-9999.9f, -9999.9f}, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT);
        }
        for (const auto& [name, says] :
             {std::pair{"sizes.HDF5", "/NS/Longitude"}, {"nowhere.HDF5", "/NS/Latitude"}}) {
            const QString sentence = QString::fromStdString(refusalOf(scratch / name));
            QVERIFY2(sentence.contains(name) && sentence.contains(says) && !sentence.contains('\n') &&
                         sentence.endsWith('.'),
                     sentence.toUtf8());
        }
        {
            TinyHdf5 file(scratch / "none.HDF5");
            writeHeader(file);
            file.group("/NS");
        }
        QVERIFY(QString::fromStdString(refusalOf(scratch / "none.HDF5"))
                    .contains("of no family that is read here"));
    }

    void theRealSwathHasItsTimesAndLayers() {
        EMBELLIE_NEEDS_DATA();
        const auto path = *dataFolder() / "satellite/2A-RW-BRS.GPM.Ku.V6-20160118.20141206-S095002-E095137."
                                          "004383.V04A.HDF5";
        const auto source = openSource(path);
        QCOMPARE(isoTime(source->describe().time.begin), std::string("2014-12-06T09:50:02.500Z"));
        Feedback silent;
        const Field bin = source->read("/NS/SLV/zFactorCorrected", Window::parse("nbin=139"), silent);
        QCOMPARE(bin.values()[98 * 49 + 37], 28.92f);
    }
};

QTEST_GUILESS_MAIN(TestGpm)
#include "tst_gpm.moc"
