// Files joined into volumes, on tiny files and on the real ones of two radars; the cache keeps its budget.

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/dataset.h"
#include "tests/core/io/tiny_hdf5.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/core/io/two_composites.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;

class TestDataset : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneElevationAFileMakesVolumesByCycle();
    void oneQuantityAFileMakesOneVolume();
    void raysOfOtherFilesComeInTheOrderOfTheFirst();
    void manyRadarsAreJoinedInTime();
    void aQuantityGivenTwiceIsNoted();
    void distantSitesOfOneNameStayApart();
    void timesAndLevelsOfGridsBecomeVolumesAndLayers();
    void aSeriesOfGridFilesIsOneProduct();
    void aQuantityTwiceOnOneGridHasTwoNames();
    void numbersOfProductsHaveTheirUnit_data();
    void numbersOfProductsHaveTheirUnit();
    void aFileThatCannotBeReadIsAProblem();
    void theCacheKeepsItsBudget();
    void whatIsLargeIsSummarisedInParts();
    void frenchFilesOfTwoCyclesAreTwoVolumes();
    void belgianFilesOfOneTimeAreOneVolume();
};

static std::shared_ptr<Dataset> openAll(const std::vector<fs::path>& paths) {
    Feedback silent;
    return Dataset::open(paths, silent);
}

static QStringList anglesOf(const VolumeEntry& volume) {
    QStringList out;
    for (const LayerEntry& layer : volume.layers)
        out << QString::fromStdString(layer.label);
    return out;
}

static QStringList momentsOf(const LayerEntry& layer) {
    QStringList out;
    for (const MomentEntry& moment : layer.moments)
        out << QString::fromStdString(moment.quantity.id);
    out.sort();
    return out;
}

void TestDataset::oneElevationAFileMakesVolumesByCycle() {
    ScratchFolder folder;
    // The second cycle begins with an angle that the first one did not have.
    writeOdimScan(folder / "a.h5", 8, "120000");
    writeOdimScan(folder / "b.h5", 1.6, "120100");
    writeOdimScan(folder / "c.h5", 0.4, "120200");
    writeOdimScan(folder / "d.h5", 6, "120500");
    writeOdimScan(folder / "e.h5", 1.62, "120600"); // within 0.05 degrees: the same sweep
    writeOdimScan(folder / "f.h5", 0.4, "120700");
    writeOdimScan(folder / "g.h5", 8, "130000"); // after a long pause
    const auto dataset = openAll({folder.path()});
    QCOMPARE(dataset->groups().size(), std::size_t(1));
    const GroupEntry& group = dataset->groups()[0];
    QCOMPARE(group.key, std::string("site:xxabc"));
    QCOMPARE(group.title, std::string("Testtown"));
    QCOMPARE(group.volumes.size(), std::size_t(3));
    QCOMPARE(anglesOf(group.volumes[0]), (QStringList{"0.4°", "1.6°", "8°"}));
    QCOMPARE(anglesOf(group.volumes[1]), (QStringList{"0.4°", "1.62°", "6°"}));
    QCOMPARE(anglesOf(group.volumes[2]), (QStringList{"8°"}));
    QCOMPARE(isoTime(group.volumes[1].time.begin), std::string("2020-01-01T12:05:00Z"));
    QVERIFY(group.notes.empty());
}

void TestDataset::oneQuantityAFileMakesOneVolume() {
    ScratchFolder folder;
    const auto write = [&](const char* name, const char* quantity, const char* source, const char* time) {
        TinyHdf5 file(folder / name);
        file.odimRoot("PVOL", source, time);
        for (int i = 1; i <= 2; ++i) {
            const std::string path = "/dataset" + std::to_string(i);
            file.odimSweep(path, i, 4, 3, time);
            file.odimMoment(path + "/data1", quantity, 4, 3);
        }
    };
    write("a.h5", "DBZH", "WMO:06475,RAD:BX43,PLC:Helchteren,NOD:behel", "120000");
    write("b.h5", "RHOHV", "WMO:06475", "120000");
    write("c.h5", "DBZH", "WMO:06475,NOD:behel", "120500");
    const auto dataset = openAll({folder.path()});
    QCOMPARE(dataset->groups().size(), std::size_t(1));
    const GroupEntry& group = dataset->groups()[0];
    QCOMPARE(group.title, std::string("Helchteren"));
    QCOMPARE(group.volumes.size(), std::size_t(2));
    QCOMPARE(group.volumes[0].layers.size(), std::size_t(2));
    QCOMPARE(momentsOf(group.volumes[0].layers[1]), (QStringList{"DBZH", "RHOHV"}));
    QCOMPARE(momentsOf(group.volumes[1].layers[1]), (QStringList{"DBZH"}));
}

void TestDataset::raysOfOtherFilesComeInTheOrderOfTheFirst() {
    ScratchFolder folder;
    // Row i of the second file looks where row (i + 1) % 4 of the first one does; each cell says which way.
    const auto write = [&](const char* name, const char* quantity, int first) {
        TinyHdf5 file(folder / name);
        file.odimRoot("SCAN");
        file.odimSweep("/dataset1", 0.5, 4, 1);
        std::vector<double> from, to;
        std::vector<unsigned char> cells;
        for (int row = 0; row < 4; ++row) {
            const int quarter = (row + first) % 4;
            from.push_back(90.0 * quarter);
            to.push_back(90.0 * (quarter + 1));
            cells.push_back(static_cast<unsigned char>(100 + quarter));
        }
        file.numbers("/dataset1/how", "startazA", from);
        file.numbers("/dataset1/how", "stopazA", to);
        const std::string path = "/dataset1/data1";
        file.text(path + "/what", "quantity", quantity);
        for (const auto& [name2, value] :
             {std::pair("gain", 1.0), {"offset", 0.0}, {"nodata", 255.0}, {"undetect", 0.0}})
            file.number(path + "/what", name2, value);
        file.bytes(path + "/data", 4, 1, cells);
    };
    write("a.h5", "DBZH", 0);
    write("b.h5", "TH", 1);
    const auto dataset = openAll({folder.path()});
    QCOMPARE(dataset->groups().size(), std::size_t(1));
    const LayerEntry& layer = dataset->groups()[0].volumes[0].layers[0];
    QCOMPARE(momentsOf(layer), (QStringList{"DBZH", "TH"}));
    Feedback silent;
    const FieldPtr other = dataset->read(layer, *layer.find("TH"), silent);
    for (std::size_t row = 0; row < 4; ++row) {
        QCOMPARE(other->values()[row], 100.0f + static_cast<float>(row));
        QCOMPARE(other->sweep()->rays[row].azimuth(), 45.0 + 90.0 * static_cast<double>(row));
    }
    fs::remove(folder / "a.h5"); // what else there is can be looked at without it
    const auto again = openAll({folder / "b.h5"});
    const LayerEntry& alone = again->groups()[0].volumes[0].layers[0];
    QCOMPARE(again->read(alone, *alone.find("TH"), silent)->values()[0], 101.0f);
}

// Volumes of three radars, file by file in turn, at times that lie within half a minute and beyond.
void TestDataset::manyRadarsAreJoinedInTime() {
    ScratchFolder folder;
    const char* times[] = {"120000", "120020", "120500"};
    for (int radar = 0; radar < 3; ++radar)
        for (int turn = 0; turn < 3; ++turn) {
            TinyHdf5 file(folder / ("f" + std::to_string(turn) + std::to_string(radar) + ".h5"));
            file.odimRoot("PVOL", "NOD:xx" + std::string(3, static_cast<char>('a' + radar)), times[turn]);
            file.replaceNumber("/where", "lon", 2.25 + radar);
            for (int sweep = 1; sweep <= 2; ++sweep) {
                const std::string path = "/dataset" + std::to_string(sweep);
                file.odimSweep(path, sweep + (turn == 1 ? 10 : 0), 4, 3, times[turn]);
                file.odimMoment(path + "/data1", "DBZH", 4, 3);
            }
        }
    const auto dataset = openAll({folder.path()});
    QCOMPARE(dataset->groups().size(), std::size_t(3));
    for (const GroupEntry& group : dataset->groups()) {
        QCOMPARE(group.volumes.size(), std::size_t(2));
        QCOMPARE(anglesOf(group.volumes[0]), (QStringList{"1°", "2°", "11°", "12°"}));
        QCOMPARE(anglesOf(group.volumes[1]), (QStringList{"1°", "2°"}));
    }
}

void TestDataset::aQuantityGivenTwiceIsNoted() {
    ScratchFolder folder;
    writeOdimScan(folder / "a.h5", 1, "120000", "DBZH", "NOD:xxabc", 100);
    writeOdimScan(folder / "b.h5", 1, "120000", "DBZH", "NOD:xxabc", 50);
    const auto dataset = openAll({folder.path()});
    const GroupEntry& group = dataset->groups()[0];
    QCOMPARE(group.volumes.size(), std::size_t(1));
    QCOMPARE(group.volumes[0].layers.size(), std::size_t(1));
    QCOMPARE(group.notes.size(), std::size_t(1));
    QVERIFY2(group.notes[0].find("b.h5") != std::string::npos, group.notes[0].c_str());
    const LayerEntry& layer = group.volumes[0].layers[0];
    Feedback silent;
    QCOMPARE(dataset->read(layer, *layer.find("DBZH"), silent)->values()[0], 18.0f); // the first file's
}

void TestDataset::distantSitesOfOneNameStayApart() {
    ScratchFolder folder;
    writeOdimScan(folder / "a.h5", 1, "120000", "DBZH", "PLC:mobile");
    {
        TinyHdf5 file(folder / "b.h5");
        file.text("/what", "object", "SCAN");
        file.text("/what", "source", "PLC:mobile");
        file.text("/what", "date", "20200101");
        file.text("/what", "time", "120000");
        file.number("/where", "lat", 43);
        file.number("/where", "lon", 2.25);
        file.number("/where", "height", 100);
        file.odimSweep("/dataset1", 1, 4, 3);
        file.odimMoment("/dataset1/data1", "DBZH", 4, 3);
    }
    QCOMPARE(openAll({folder.path()})->groups().size(), std::size_t(2));
}

static void writeGrid(const fs::path& path, double hour, const std::string& name, const std::string& title) {
    TinyNetcdf file(path);
    addPlainGrid(file);
    file.att("", "title", title);
    file.dimension("time", 2);
    file.dimension("lev", 2);
    file.variable("time", NC_DOUBLE, {"time"}, {hour, hour + 1});
    file.att("time", "units", "hours since 2020-01-01");
    file.variable("lev", NC_DOUBLE, {"lev"}, {850, 500});
    file.att("lev", "units", "hPa");
    std::vector<double> cells;
    for (int i = 0; i < 24; ++i)
        cells.push_back(100 * hour + i);
    file.variable(name, NC_FLOAT, {"time", "lev", "lat", "lon"}, cells);
}

void TestDataset::timesAndLevelsOfGridsBecomeVolumesAndLayers() {
    ScratchFolder folder;
    writeGrid(folder / "a.nc", 0, "t", "analysis");
    writeGrid(folder / "b.nc", 1, "u", "analysis");
    const auto dataset = openAll({folder.path()});
    QCOMPARE(dataset->groups().size(), std::size_t(1));
    const GroupEntry& group = dataset->groups()[0];
    QCOMPARE(group.volumes.size(), std::size_t(3)); // 0, 1 and 2 o'clock
    const LayerEntry& layer = group.volumes[1].layers[1];
    QCOMPARE(layer.label, std::string("500 hPa"));
    QCOMPARE(momentsOf(layer), (QStringList{"t", "u"}));
    Feedback silent;
    // 1 o'clock is the second time of one file and the first of the other.
    QCOMPARE(dataset->read(layer, *layer.find("t"), silent)->values()[0], 18.0f);
    QCOMPARE(dataset->read(layer, *layer.find("u"), silent)->values()[0], 106.0f);
}

void TestDataset::aSeriesOfGridFilesIsOneProduct() {
    ScratchFolder folder;
    for (const auto& [name, hour] : {std::pair{"x_2.nc", 5.0}, {"x_1.nc", 3.0}}) {
        TinyNetcdf file(folder / name);
        addPlainGrid(file);
        file.variable("valid_time", NC_DOUBLE, {}, {hour});
        file.att("valid_time", "standard_name", "time");
        file.att("valid_time", "units", "hours since 2020-01-01");
        file.variable("rain", NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
    }
    const auto dataset = openAll({folder.path()});
    QCOMPARE(dataset->groups().size(), std::size_t(1)); // nothing names the product, yet it is one
    QCOMPARE(dataset->groups()[0].volumes.size(), std::size_t(2));
    QCOMPARE(isoTime(dataset->groups()[0].volumes[0].time.begin), std::string("2020-01-01T03:00:00Z"));
}

// The first keeps the plain name, so that what asks for the quantity finds what it always found.
void TestDataset::aQuantityTwiceOnOneGridHasTwoNames() {
    ScratchFolder folder;
    writeTwoComposites(folder / "a.h5", "120000");
    writeTwoComposites(folder / "b.h5", "121000");
    const auto dataset = openAll({folder.path()});
    QCOMPARE(dataset->groups().size(), std::size_t(1));
    const GroupEntry& group = dataset->groups()[0];
    QCOMPARE(group.volumes.size(), std::size_t(2));
    QVERIFY2(group.notes.empty(), group.notes.empty() ? "" : group.notes[0].c_str());
    Feedback silent;
    for (const VolumeEntry& volume : group.volumes) { // the same names at all times
        QCOMPARE(volume.layers.size(), std::size_t(1));
        const LayerEntry& layer = volume.layers[0];
        QCOMPARE(momentsOf(layer), (QStringList{"DBZH", "dataset2/DBZH", "se.smhi.detector.beamblockage"}));
        QCOMPARE(dataset->read(layer, *layer.find("DBZH"), silent)->values()[0], 18.0f);
        const MomentEntry& second = *layer.find("dataset2/DBZH");
        const FieldPtr field = dataset->read(layer, second, silent);
        QCOMPARE(field->values()[0], 8.0f);
        QCOMPARE(field->quantity().id, std::string("DBZH")); // it is one, in whatever palette and unit
        QCOMPARE(layer.find("se.smhi.detector.beamblockage")->qualityOf, std::string("dataset2/DBZH"));
    }
}

// ODIM_H5 2.4, "Product-specific parameters".
void TestDataset::numbersOfProductsHaveTheirUnit_data() {
    QTest::addColumn<double>("parameter");
    QTest::addColumn<QString>("label");
    QTest::newRow("CAPPI") << 1000.0 << "CAPPI 1000 m";
    QTest::newRow("PCAPPI") << 500.0 << "PCAPPI 500 m";
    QTest::newRow("ETOP") << 7.0 << "ETOP 7 dBZ";
    QTest::newRow("PPI") << 0.5 << QString::fromUtf8("PPI 0.5°");
    QTest::newRow("VIL") << 2.0 << "VIL 2";
    QTest::newRow("MAX") << 0.0 << "MAX";
}

void TestDataset::numbersOfProductsHaveTheirUnit() {
    QFETCH(double, parameter);
    QFETCH(QString, label);
    ScratchFolder folder;
    writeTwoComposites(folder / "a.h5", "120000", QTest::currentDataTag(), parameter);
    const auto dataset = openAll({folder / "a.h5"});
    QCOMPARE(QString::fromStdString(dataset->groups()[0].volumes[0].layers[0].label), label);
}

void TestDataset::aFileThatCannotBeReadIsAProblem() {
    ScratchFolder folder;
    writeOdimScan(folder / "a.h5", 1, "120000");
    writeFileAtomically(folder / "notes.txt", "not a radar");
    writeFileAtomically(folder / ".hidden", "left out");
    const auto dataset = openAll({folder.path()});
    QCOMPARE(dataset->files().size(), std::size_t(1));
    QCOMPARE(dataset->problems().size(), std::size_t(1));
    QVERIFY_EXCEPTION_THROWN(openAll({folder / "notes.txt"}), Error);
    fs::create_directory(folder / "empty");
    QVERIFY_EXCEPTION_THROWN(openAll({folder / "empty"}), Error);
    fs::create_directory(folder / "bad");
    writeFileAtomically(folder / "bad/1.txt", "x");
    writeFileAtomically(folder / "bad/2.txt", "y");
    QVERIFY_EXCEPTION_THROWN(openAll({folder / "bad"}), Error);
}

void TestDataset::theCacheKeepsItsBudget() {
    const auto field = [] {
        Sweep sweep;
        sweep.rays.resize(10);
        sweep.gates = 100;
        return std::make_shared<const Field>(Quantity{}, sweep, TimeInterval{}, std::vector<float>(1000),
                                             std::vector<State>(1000));
    };
    FieldCache cache(20'000);
    cache.put("a", field());
    cache.put("b", field());
    const std::size_t two = cache.bytes();
    QVERIFY(two > 10'000 && two <= 20'000);
    QVERIFY(cache.find("a")); // used last: "b" goes first
    cache.put("c", field());
    cache.put("d", field());
    QVERIFY(cache.bytes() <= 20'000);
    QVERIFY(!cache.find("b"));
    QVERIFY(cache.find("d"));
    FieldCache none(0);
    none.put("a", field());
    QVERIFY(!none.find("a") && none.bytes() == 0);
}

void TestDataset::whatIsLargeIsSummarisedInParts() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        addPlainGrid(file); // 2 × 3
        file.dimension("time", 5);
        file.variable("time", NC_DOUBLE, {"time"}, {0, 1, 2, 3, 4});
        file.att("time", "units", "hours since 2020-01-01");
        std::vector<double> cells;
        for (int i = 0; i < 30; ++i)
            cells.push_back(i % 7 == 0 || i < 6 ? -1 : i); // the first time has none
        file.variable("v", NC_FLOAT, {"time", "lat", "lon"}, cells, {-1});
    }
    Feedback silent;
    const auto whole = infoJson(*openSource(folder / "a.nc"), silent);
    QCOMPARE(whole["arrays"][0]["counts"]["valid"].get<int>(), 20);
    QCOMPARE(whole["arrays"][0]["min"].get<double>(), 6.0);
    for (const std::size_t cells : {1, 6, 13, 29, 30})
        QCOMPARE(infoJson(*openSource(folder / "a.nc"), silent, cells).dump(), whole.dump());
}

void TestDataset::frenchFilesOfTwoCyclesAreTwoVolumes() {
    EMBELLIE_NEEDS_DATA();
    const auto dataset = openAll({*dataFolder() / "odim/avesnes"});
    QCOMPARE(dataset->groups().size(), std::size_t(1));
    const GroupEntry& group = dataset->groups()[0];
    QCOMPARE(group.title, std::string("Avesnes"));
    QCOMPARE(group.volumes.size(), std::size_t(2));
    QCOMPARE(anglesOf(group.volumes[0]), (QStringList{"0.4°", "1°", "1.6°", "3.6°", "8°"}));
    QCOMPARE(anglesOf(group.volumes[1]), (QStringList{"0.4°", "1°", "1.6°", "2.6°", "6°"}));
    QCOMPARE(momentsOf(group.volumes[0].layers[0]), (QStringList{"DBZH", "TH", "VRADH"}));
    Feedback silent;
    const LayerEntry& layer = group.volumes[0].layers[0];
    const FieldPtr field = dataset->read(layer, *layer.find("TH"), silent);
    QCOMPARE(field->sweep()->fixedAngle, 0.4);
    QCOMPARE(dataset->read(layer, *layer.find("TH"), silent), field); // from the cache
}

void TestDataset::belgianFilesOfOneTimeAreOneVolume() {
    EMBELLIE_NEEDS_DATA();
    const auto dataset =
        openAll({*dataFolder() / "odim/behel_20200207", *dataFolder() / "odim/volumes/bejab.pvol.hdf"});
    QCOMPARE(dataset->groups().size(), std::size_t(2));
    const GroupEntry& group = dataset->groups()[0];
    QCOMPARE(group.title, std::string("Helchteren"));
    QCOMPARE(group.volumes.size(), std::size_t(3));
    QCOMPARE(group.volumes[0].layers.size(), std::size_t(12));
    for (const LayerEntry& layer : group.volumes[0].layers)
        QCOMPARE(momentsOf(layer), (QStringList{"DBZH", "RHOHV", "VRAD", "WRAD"}));
    QCOMPARE(momentsOf(group.volumes[2].layers[0]), (QStringList{"DBZH", "RHOHV"}));
    QVERIFY(group.notes.empty());
}

QTEST_GUILESS_MAIN(TestDataset)
#include "tst_dataset.moc"
