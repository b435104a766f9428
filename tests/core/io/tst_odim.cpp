// The traps of ODIM_H5, each in a file of a few bytes written by HDF5's own calls.

#include "core/base/error.h"
#include "core/map/projection.h"
#include "core/io/source.h"
#include "tests/core/io/tiny_hdf5.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>

using namespace embellie;
using namespace embellie::test;

class TestOdim : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void codesBecomeValuesAndStates_data();
    void codesBecomeValuesAndStates();
    void everyStorageGivesTheSameNumbers_data();
    void everyStorageGivesTheSameNumbers();
    void oneElementArraysAreScalars();
    void attributesMayLieAtTheDataset();
    void floatsKeepNanAsNoData();
    void aQualityFieldWithoutGainGivesItsNumbers();
    void rowsStartWhereTheFileSays_data();
    void rowsStartWhereTheFileSays();
    void sweepsKeepTheFilesOrderAndSizes();
    void theRowRadiatedFirstIsTheEarliest();
    void anRhiHasElevations();
    void theAnglesOfAnRhiMayBeWords();
    void rejectedCellsAreToldFromNoEcho();
    void probabilitiesAndClassesHaveTheirKinds();
    void theFirstGateBeginsInTheVersionsUnit();
    void aWindowKeepsCentresTrue();
    void aFileWithoutConventionsIsRecognised();
    void aGridLiesBetweenItsCorners();
    void aGridInKilometresIsReadInMetres_data();
    void aGridInKilometresIsReadInMetres();
    void aProjectionThatIsNoneIsToldWithItsFile();
};

static Field readOne(const std::filesystem::path& file, const std::string& id,
                     const std::string& window = {}) {
    Feedback silent;
    return openSource(file)->read(id, Window::parse(window), silent);
}

static QString statesOf(const Field& field) {
    QString out;
    for (const State state : field.states())
        out += QChar("vnur"[static_cast<int>(state)]); // valid, no data, undetect, rejected
    return out;
}

void TestOdim::codesBecomeValuesAndStates_data() {
    QTest::addColumn<double>("nodata");
    QTest::addColumn<double>("undetect");
    QTest::addColumn<QString>("states"); // of the codes 0, 1, 100, 254, 255
    QTest::addColumn<bool>("ambiguous");
    QTest::newRow("as usual") << 255.0 << 0.0 << "uvvvn" << false;
    QTest::newRow("undetect is not zero") << 255.0 << 254.0 << "vvvun" << false;
    QTest::newRow("one code for both") << 0.0 << 0.0 << "nvvvv" << true;
    QTest::newRow("codes that no byte has") << -1.0 << 256.0 << "vvvvv" << false;
}

void TestOdim::codesBecomeValuesAndStates() {
    QFETCH(double, nodata);
    QFETCH(double, undetect);
    QFETCH(QString, states);
    QFETCH(bool, ambiguous);
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.h5");
        file.odimRoot("SCAN");
        file.odimSweep("/dataset1", 0, 1, 5); // an elevation of 0.0 is a good one
        file.text("/dataset1/data1/what", "quantity", "DBZH");
        file.number("/dataset1/data1/what", "gain", 0.5);
        file.number("/dataset1/data1/what", "offset", -32);
        file.number("/dataset1/data1/what", "nodata", nodata);
        file.number("/dataset1/data1/what", "undetect", undetect);
        file.bytes("/dataset1/data1/data", 1, 5, {0, 1, 100, 254, 255});
    }
    const Field field = readOne(folder / "a.h5", "sweep_0/DBZH");
    QCOMPARE(statesOf(field), states);
    QCOMPARE(field.quantity().ambiguous, ambiguous);
    QCOMPARE(field.quantity().unit, std::string("dBZ"));
    QCOMPARE(field.values()[2], 18.0f);
    QVERIFY(states[4] == 'v' ? field.values()[4] == 95.5f : std::isnan(field.values()[4]));
    QCOMPARE(field.sweep()->fixedAngle, 0.0);
    QCOMPARE(field.sweep()->firstGateMeters, 250.0);
}

void TestOdim::everyStorageGivesTheSameNumbers_data() {
    QTest::addColumn<int>("chunkRows"); // 0: contiguous
    QTest::addColumn<int>("chunkColumns");
    QTest::addColumn<bool>("shuffle");
    QTest::addColumn<bool>("bigEndian");
    QTest::newRow("contiguous, little-endian") << 0 << 0 << false << false;
    QTest::newRow("contiguous, big-endian") << 0 << 0 << false << true;
    QTest::newRow("one chunk") << 7 << 11 << false << true;
    QTest::newRow("chunks that don't divide the sizes") << 3 << 4 << false << false;
    QTest::newRow("shuffled, big-endian, many chunks") << 2 << 5 << true << true;
}

void TestOdim::everyStorageGivesTheSameNumbers() {
    QFETCH(int, chunkRows);
    QFETCH(int, chunkColumns);
    QFETCH(bool, shuffle);
    QFETCH(bool, bigEndian);
    ScratchFolder folder;
    std::vector<short> cells;
    for (int i = 0; i < 77; ++i)
        cells.push_back(static_cast<short>(i * 397 - 15000));
    cells[5] = -32768;
    {
        TinyHdf5 file(folder / "a.h5");
        file.odimRoot("SCAN");
        file.odimSweep("/dataset1", 1, 7, 11);
        file.text("/dataset1/data1/what", "quantity", "TH");
        file.number("/dataset1/data1/what", "gain", 0.01);
        file.number("/dataset1/data1/what", "offset", 0);
        file.number("/dataset1/data1/what", "nodata", -32768);
        TinyHdf5::Storage storage;
        if (chunkRows > 0)
            storage = {{hsize_t(chunkRows), hsize_t(chunkColumns)}, shuffle, 6};
        file.array("/dataset1/data1/data", {7, 11}, cells, bigEndian ? H5T_STD_I16BE : H5T_STD_I16LE,
                   H5T_NATIVE_SHORT, storage);
    }
    const Field field = readOne(folder / "a.h5", "/dataset1/data1");
    QCOMPARE(field.size(), std::size_t(77));
    for (std::size_t i = 0; i < 77; ++i) {
        if (i == 5)
            QCOMPARE(field.states()[i], State::NoData);
        else
            QCOMPARE(field.values()[i], static_cast<float>(cells[i] * 0.01));
    }
}

void TestOdim::oneElementArraysAreScalars() {
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.h5");
        file.text("/", "Conventions", "ODIM_H5/V2_0", true);
        file.text("/what", "object", "PVOL", true);
        file.text("/what", "source", "RAD:NL51;PLC:nldhl", true);
        file.text("/what", "date", "20110610", true);
        file.text("/what", "time", "114002", true);
        for (const auto& [name, value] : {std::pair{"lat", 52.95}, {"lon", 4.79}, {"height", 50.0}})
            file.numbers("/where", name, {value}, true);
        for (const auto& [name, value] : {std::pair{"elangle", 0.3}, {"rscale", 1000.0}, {"rstart", 2.0}})
            file.numbers("/dataset1/where", name, {value}, true);
        file.text("/dataset1/data1/what", "quantity", "DBZH", true);
        file.numbers("/dataset1/data1/what", "gain", {0.5}, true);
        file.numbers("/dataset1/data1/what", "offset", {-31.5}, true);
        file.bytes("/dataset1/data1/data", 2, 2, {10, 20, 30, 40});
    }
    const std::unique_ptr<Source> source = openSource(folder / "a.h5");
    const SourceInfo& info = source->describe();
    QCOMPARE(info.format, std::string("ODIM_H5 2.0"));
    QCOMPARE(info.title, std::string("nldhl"));
    QCOMPARE(isoTime(info.time.begin), std::string("2011-06-10T11:40:02Z"));
    QCOMPARE(info.siteIdentifiers, (std::vector<std::string>{"RAD:NL51", "PLC:nldhl"}));
    QCOMPARE(info.sweeps[0].firstGateMeters, 2500.0); // rstart is in kilometres
    QCOMPARE(readOne(folder / "a.h5", "sweep_0/DBZH").values()[3], -11.5f);
}

void TestOdim::attributesMayLieAtTheDataset() {
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.h5");
        file.odimRoot("SCAN");
        file.odimSweep("/dataset1", 1, 1, 2);
        file.text("/dataset1/what", "quantity", "VRADH");
        file.number("/dataset1/what", "gain", 2);
        file.number("/dataset1/what", "offset", -10);
        file.number("/dataset1/what", "nodata", 9);
        file.bytes("/dataset1/data1/data", 1, 2, {9, 20});
    }
    const Field field = readOne(folder / "a.h5", "sweep_0/VRADH");
    QCOMPARE(statesOf(field), QString("nv"));
    QCOMPARE(field.values()[1], 30.0f);
    QCOMPARE(field.quantity().unit, std::string("m s-1"));
}

void TestOdim::floatsKeepNanAsNoData() {
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.h5");
        file.odimRoot("SCAN");
        file.odimSweep("/dataset1", 1, 1, 4);
        file.text("/dataset1/data1/what", "quantity", "DBZH");  // no gain: real numbers are what they are
        file.number("/dataset1/data1/what", "nodata", -9999.1); // rounded in the array
        const float none = std::numeric_limits<float>::quiet_NaN();
        file.array<float>("/dataset1/data1/data", {1, 4}, {none, -9999.1f, 12.5f, -32.0f}, H5T_IEEE_F32BE,
                          H5T_NATIVE_FLOAT);
    }
    const Field field = readOne(folder / "a.h5", "sweep_0/DBZH");
    QCOMPARE(statesOf(field), QString("nnvv"));
    QCOMPARE(field.values()[2], 12.5f);
}

void TestOdim::aQualityFieldWithoutGainGivesItsNumbers() {
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.h5");
        file.odimRoot("SCAN");
        file.odimSweep("/dataset1", 1, 1, 2);
        file.odimMoment("/dataset1/data1", "TH", 1, 2);
        file.text("/dataset1/data1/quality1/how", "task", "fi.fmi.ropo.detector.classification");
        file.bytes("/dataset1/data1/quality1/data", 1, 2, {0, 255});
        file.number("/dataset1/quality1/what", "gain", -0.5);
        file.number("/dataset1/quality1/what", "offset", 1);
        file.bytes("/dataset1/quality1/data", 1, 2, {0, 2});
    }
    const Field field = readOne(folder / "a.h5", "sweep_0/TH/quality1");
    QCOMPARE(statesOf(field), QString("vv")); // the moment's nodata is not its own
    QCOMPARE(field.values()[1], 255.0f);
    QCOMPARE(readOne(folder / "a.h5", "/dataset1/quality1").values()[1], 0.0f);
    const SourceInfo info = openSource(folder / "a.h5")->describe();
    QCOMPARE(info.find("sweep_0/TH/quality1")->qualityOf, std::string("sweep_0/TH"));
    QCOMPARE(info.find("sweep_0/quality1")->qualityOf, std::string("sweep_0"));
    QCOMPARE(info.find("sweep_0/TH/quality1")->quantity.id,
             std::string("fi.fmi.ropo.detector.classification"));
}

void TestOdim::rowsStartWhereTheFileSays_data() {
    QTest::addColumn<int>("rays");
    QTest::addColumn<double>("startOfRow0"); // startazA; NaN: not in the file
    QTest::addColumn<double>("astart");      // NaN: not in the file
    QTest::addColumn<double>("centre");
    const double none = std::numeric_limits<double>::quiet_NaN();
    QTest::newRow("360 rays, nothing said") << 360 << none << none << 0.5;
    QTest::newRow("361 rays") << 361 << none << none << 180.0 / 361;
    QTest::newRow("420 rays") << 420 << none << none << 180.0 / 420;
    QTest::newRow("astart before north") << 360 << none << -0.5 << 0.0;
    QTest::newRow("begins in the south-west") << 360 << 182.25 << none << 182.75;
    QTest::newRow("beginnings alone, no ends") << 360 << 182.25 << none << 182.75;
    QTest::newRow("a sector that is the whole circle") << 360 << none << none << 0.5;
    QTest::newRow("row 0 lies across north") << 360 << 359.75 << 0.0 << 0.25; // angles are surer than astart
}

void TestOdim::rowsStartWhereTheFileSays() {
    QFETCH(int, rays);
    QFETCH(double, startOfRow0);
    QFETCH(double, astart);
    QFETCH(double, centre);
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.h5");
        file.odimRoot("SCAN");
        file.odimSweep("/dataset1", 1, rays, 2);
        file.odimMoment("/dataset1/data1", "TH", rays, 2);
        if (!std::isnan(startOfRow0)) {
            std::vector<double> start, stop;
            for (int i = 0; i < rays; ++i) {
                start.push_back(std::fmod(startOfRow0 + i, 360));
                stop.push_back(std::fmod(startOfRow0 + i + 1, 360));
            }
            file.numbers("/dataset1/how", "startazA", start);
            if (!QByteArray(QTest::currentDataTag()).startsWith("beginnings"))
                file.numbers("/dataset1/how", "stopazA", stop);
        }
        if (!std::isnan(astart))
            file.number("/dataset1/how", "astart", astart);
        if (QByteArray(QTest::currentDataTag()).startsWith("a sector")) {
            file.number("/dataset1/where", "startaz", 0);
            file.number("/dataset1/where", "stopaz", 360);
        }
    }
    const Field field = readOne(folder / "a.h5", "sweep_0/TH");
    QCOMPARE(field.sweep()->rays.size(), std::size_t(rays));
    QVERIFY(std::abs(std::remainder(field.sweep()->rays[0].azimuth() - centre, 360)) < 1e-9);
    const double step = 360.0 / rays;
    QVERIFY(std::abs(std::remainder(field.sweep()->rays[10].azimuth() - centre - 10 * step, 360)) < 1e-9);
}

void TestOdim::sweepsKeepTheFilesOrderAndSizes() {
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.h5");
        file.odimRoot("PVOL");
        const double angles[] = {0.5, 2.5, 1.5};
        for (int i = 0; i < 11; ++i) { // dataset10 comes after dataset2
            const std::string path = "/dataset" + std::to_string(i + 1);
            file.odimSweep(path, i < 3 ? angles[i] : i, 2 + i, 3 + i, "120000", 250 + i);
            file.odimMoment(path + "/data1", "DBZH", 2 + i, 3 + i);
        }
    }
    const SourceInfo info = openSource(folder / "a.h5")->describe();
    QCOMPARE(info.sweeps.size(), std::size_t(11));
    QCOMPARE(info.sweeps[1].fixedAngle, 2.5);
    QCOMPARE(info.sweeps[2].fixedAngle, 1.5);
    QCOMPARE(info.sweeps[9].fixedAngle, 9.0);
    QCOMPARE(info.find("sweep_9/DBZH")->path, std::string("/dataset10/data1"));
    QCOMPARE(info.find("sweep_9/DBZH")->shape, (std::vector<std::size_t>{11, 12}));
    QCOMPARE(info.sweeps[4].gateMeters, 254.0);
}

void TestOdim::theRowRadiatedFirstIsTheEarliest() {
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.h5");
        file.odimRoot("PVOL");
        file.odimSweep("/dataset1", 1, 4, 1);
        file.number("/dataset1/how", "NI", 12.5);
        file.odimMoment("/dataset1/data1", "DBZH", 4, 1);
        file.odimSweep("/dataset2", 1, 4, 1);
        file.odimMoment("/dataset2/data1", "DBZH", 4, 1);
        file.numbers("/dataset2/how", "startazT", {1577880002, 1577880003, 1577880000, 1577880001});
        file.numbers("/dataset2/how", "stopazT", {1577880003, 1577880004, 1577880001, 1577880002});
    }
    // 2020-01-01 12:00:00 UTC is 1577880000.
    const Field timed = readOne(folder / "a.h5", "sweep_1/DBZH");
    QCOMPARE(timed.sweep()->rays[2].timeSeconds, 0.5);
    QCOMPARE(timed.sweep()->rays[1].timeSeconds, 3.5);
    QCOMPARE(*readOne(folder / "a.h5", "sweep_0/DBZH").sweep()->nyquist, 12.5);
}

void TestOdim::anRhiHasElevations() {
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.h5");
        file.odimRoot("ELEV");
        file.number("/dataset1/where", "az_angle", 184);
        file.number("/dataset1/where", "rscale", 500);
        file.number("/dataset1/where", "rstart", 0);
        file.numbers("/dataset1/how", "startelA", {10, 5, -1});
        file.numbers("/dataset1/how", "stopelA", {9, 4, 0});
        file.odimMoment("/dataset1/data1", "TH", 3, 2);
    }
    const Field field = readOne(folder / "a.h5", "sweep_0/TH");
    QCOMPARE(field.sweep()->mode, SweepMode::Rhi);
    QCOMPARE(field.sweep()->fixedAngle, 184.0);
    QCOMPARE(field.sweep()->rays[0].elevation, 9.5);
    QCOMPARE(field.sweep()->rays[2].elevation, -0.5);
    QCOMPARE(field.sweep()->rays[1].azimuth(), 184.0);
}

// "Simple array of doubles" is, in ODIM_H5, numbers with commas between them in a text, too.
void TestOdim::theAnglesOfAnRhiMayBeWords() {
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.h5");
        file.odimRoot("ELEV");
        file.number("/dataset1/where", "az_angle", 184);
        file.number("/dataset1/where", "rscale", 500);
        file.number("/dataset1/where", "rstart", 0);
        file.text("/dataset1/where", "angles", "9.5, 4.5,-0.5");
        file.odimMoment("/dataset1/data1", "TH", 3, 2);
    }
    const Field field = readOne(folder / "a.h5", "sweep_0/TH");
    QCOMPARE(field.sweep()->rays[0].elevation, 9.5);
    QCOMPARE(field.sweep()->rays[1].elevation, 4.5);
    QCOMPARE(field.sweep()->rays[2].elevation, -0.5);
}

void TestOdim::rejectedCellsAreToldFromNoEcho() {
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.h5");
        file.odimRoot("SCAN");
        file.odimSweep("/dataset1", 1, 1, 4);
        file.text("/dataset1/data1/what", "quantity", "DBZH");
        file.number("/dataset1/data1/what", "gain", 1);
        file.number("/dataset1/data1/what", "offset", 0);
        file.number("/dataset1/data1/what", "nodata", 255);
        file.number("/dataset1/data1/what", "undetect", 0);
        file.bytes("/dataset1/data1/data", 1, 4, {0, 0, 40, 255});
        file.text("/dataset1/data1/quality1/how", "task", "fr.embellie.rejected");
        file.bytes("/dataset1/data1/quality1/data", 1, 4, {0, 1, 1, 1});
    }
    QCOMPARE(statesOf(readOne(folder / "a.h5", "sweep_0/DBZH")), QString("urvn"));
    QCOMPARE(statesOf(readOne(folder / "a.h5", "sweep_0/DBZH", "gate=1:3")), QString("rv"));
}

void TestOdim::probabilitiesAndClassesHaveTheirKinds() {
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.h5");
        file.odimRoot("SCAN");
        file.odimSweep("/dataset1", 1, 1, 2);
        file.odimMoment("/dataset1/data1", "TH", 1, 2);
        file.text("/dataset1/data1/quality1/how", "task", "fr.embellie.probability");
        file.number("/dataset1/data1/quality1/what", "gain", 0.25);
        file.number("/dataset1/data1/quality1/what", "offset", 0);
        file.bytes("/dataset1/data1/quality1/data", 1, 2, {0, 4});
        file.text("/dataset1/quality1/what", "quantity", "CLASS");
        file.text("/dataset1/quality1/how", "key_labels", "rain,bird");
        file.numbers("/dataset1/quality1/how", "key_values", {1, 7});
        file.bytes("/dataset1/quality1/data", 1, 2, {1, 7});
        file.text("/dataset1/data2/what", "quantity", "CLASS2");
        file.text("/dataset1/data2/how", "class_names", "rain,clutter");
        file.text("/dataset1/data2/how", "class_colours", "#0072B2,#D55E00");
        file.numbers("/dataset1/data2/how", "class_values", {1, 2});
        file.bytes("/dataset1/data2/data", 1, 2, {1, 2});
    }
    const SourceInfo info = openSource(folder / "a.h5")->describe();
    const ArrayInfo* const probability = info.find("sweep_0/PROB");
    QVERIFY(probability);
    QCOMPARE(probability->quantity.kind, Kind::Probability);
    QCOMPARE(probability->qualityOf, std::string("sweep_0/TH"));
    QCOMPARE(readOne(folder / "a.h5", "sweep_0/PROB").values()[1], 1.0f);
    const ArrayInfo* const classes = info.find("sweep_0/CLASS");
    QVERIFY(classes);
    QCOMPARE(classes->quantity.kind, Kind::Classes);
    QCOMPARE(classes->quantity.meanings, (std::vector<Meaning>{{1, "rain", {}}, {7, "bird", {}}}));
    const ArrayInfo* const coloured = info.find("sweep_0/CLASS2");
    QVERIFY(coloured);
    QCOMPARE(coloured->quantity.meanings,
             (std::vector<Meaning>{{1, "rain", 0x0072B2}, {2, "clutter", 0xD55E00}}));
}

// Kilometres up to 2.3, metres from 2.4 on.
void TestOdim::theFirstGateBeginsInTheVersionsUnit() {
    for (const auto& [conventions, start] :
         {std::pair("ODIM_H5/V2_2", 1.5), {"ODIM_H5/V2_3", 1.5}, {"ODIM_H5/V2_4", 1500.0}}) {
        ScratchFolder folder;
        {
            TinyHdf5 file(folder / "a.h5");
            file.odimRoot("SCAN");
            file.replaceText("/", "Conventions", conventions);
            file.odimSweep("/dataset1", 1, 8, 2);
            file.odimMoment("/dataset1/data1", "TH", 8, 2);
            file.replaceNumber("/dataset1/where", "rstart", start);
        }
        QCOMPARE(readOne(folder / "a.h5", "sweep_0/TH").sweep()->firstGateMeters, 1750.0); // gates of 500 m
    }
}

void TestOdim::aWindowKeepsCentresTrue() {
    ScratchFolder folder;
    writeOdimScan(folder / "a.h5", 1, "120000");
    const Field whole = readOne(folder / "a.h5", "sweep_0/DBZH");
    const Field part = readOne(folder / "a.h5", "sweep_0/DBZH", "ray=1:4:2,gate=1:");
    QCOMPARE(shapeOf(part.geometry()), (std::vector<std::size_t>{2, 2}));
    QCOMPARE(part.sweep()->rays[1].azimuth(), whole.sweep()->rays[3].azimuth());
    QCOMPARE(part.sweep()->firstGateMeters, 750.0);
    QCOMPARE(part.sweep()->gateMeters, 500.0);
    const Field sparse = readOne(folder / "a.h5", "sweep_0/DBZH", "gate=0:3:2");
    QCOMPARE(sparse.sweep()->gateMeters, 1000.0); // centres at 250 and 1250 m
    for (const char* wrong : {"gate", "gate=", "gate=3:1", "gate=0:2:0", "gate=a:b", "gate=0:1:1:1", "=1"})
        QVERIFY_EXCEPTION_THROWN(Window::parse(wrong), Error);
    QVERIFY_EXCEPTION_THROWN(readOne(folder / "a.h5", "sweep_0/DBZH", "height=0:1"), Error);
    QVERIFY_EXCEPTION_THROWN(readOne(folder / "a.h5", "sweep_0/DBZH", "gate=3"), Error);
    QVERIFY_EXCEPTION_THROWN(readOne(folder / "a.h5", "sweep_0/TH"), Error);
}

void TestOdim::aFileWithoutConventionsIsRecognised() {
    ScratchFolder folder;
    writeOdimScan(folder / "a.h5", 1, "120000");
    {
        const Hdf5Handle file(H5Fopen((folder / "a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
        H5Adelete(file, "Conventions");
    }
    QCOMPARE(openSource(folder / "a.h5")->describe().format, std::string("ODIM_H5 2.2"));
}

void TestOdim::aGridLiesBetweenItsCorners() {
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.h5");
        file.odimRoot("COMP", "ORG:82");
        file.text("/where", "projdef",
                  "+proj=laea +lat_0=55.0 +lon_0=10.0 +x_0=1950000.0 +y_0=-2100000.0 +units=m +ellps=WGS84");
        // OPERA's corner of its composite; the place of a corner computed by PROJ's cs2cs comes back to it.
        file.number("/where", "UL_lat", 67.02283275830867);
        file.number("/where", "UL_lon", -39.5357864125034);
        file.number("/where", "xscale", 2000);
        file.number("/where", "yscale", -2000); // the sign does not turn the picture
        file.text("/dataset1/what", "product", "COMP");
        file.text("/dataset1/data1/what", "quantity", "RATE");
        file.number("/dataset1/data1/what", "gain", 1);
        file.number("/dataset1/data1/what", "offset", 0);
        file.bytes("/dataset1/data1/data", 3, 2, {0, 1, 2, 3, 4, 5});
    }
    const Field field = readOne(folder / "a.h5", "RATE");
    const Grid& grid = *field.grid();
    QCOMPARE(field.quantity().unit, std::string("mm h-1"));
    QCOMPARE(grid.axes[0].role, AxisRole::Y);
    QCOMPARE(grid.axes[1].role, AxisRole::X);
    QVERIFY(std::abs(grid.axes[1].bounds[0]) < 0.01); // x_0 and y_0 put the corner at the origin
    QVERIFY(std::abs(grid.axes[0].bounds[0]) < 0.01);
    QVERIFY(std::abs(grid.axes[1].centres[1] - 3000) < 0.01);
    QVERIFY(std::abs(grid.axes[0].centres[2] + 5000) < 0.01);
}

void TestOdim::aGridInKilometresIsReadInMetres_data() {
    QTest::addColumn<QString>("projdef");
    QTest::addColumn<double>("scale");
    const QString origin = "+proj=laea +lat_0=55 +lon_0=10 ";
    QTest::newRow("metres") << origin + "+x_0=1950000 +y_0=-2100000 +units=m +ellps=WGS84" << 200e3;
    QTest::newRow("km") << origin + "+x_0=1950000 +y_0=-2100000 +units=km +ellps=WGS84" << 200.0;
    QTest::newRow("km, cells in metres")
        << origin + "+x_0=1950000 +y_0=-2100000 +units=km +ellps=WGS84" << 200e3;
    QTest::newRow("Earth in km") << origin + "+x_0=1950 +y_0=-2100 +a=6378.137 +b=6356.752314245179" << 200.0;
    QTest::newRow("Earth in km, cells in metres")
        << origin + "+x_0=1950 +y_0=-2100 +a=6378.137 +b=6356.752314245179" << 200e3;
}

void TestOdim::aGridInKilometresIsReadInMetres() {
    QFETCH(QString, projdef);
    QFETCH(double, scale);
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.h5");
        file.odimRoot("COMP", "ORG:247");
        file.text("/where", "projdef", projdef.toStdString());
        // The corners of OPERA's composite, as its files say them: 3800 km by 4400 km.
        for (const auto& [name, value] : {std::pair("LL_lat", 31.7462153182675),
                                          {"LL_lon", -10.4345768386404},
                                          {"UL_lat", 67.0228327583087},
                                          {"UL_lon", -39.5357864125034},
                                          {"UR_lat", 67.6210371071631},
                                          {"UR_lon", 57.8119647501499}})
            file.number("/where", name, value);
        file.number("/where", "xscale", scale);
        file.number("/where", "yscale", scale);
        file.text("/dataset1/what", "product", "COMP");
        file.text("/dataset1/data1/what", "quantity", "RATE");
        file.number("/dataset1/data1/what", "gain", 1);
        file.number("/dataset1/data1/what", "offset", 0);
        file.bytes("/dataset1/data1/data", 22, 19, std::vector<unsigned char>(22 * 19, 1));
    }
    const Field field = readOne(folder / "a.h5", "RATE");
    const Grid& grid = *field.grid();
    QCOMPARE(grid.axes[1].unit, std::string("m"));
    QVERIFY(std::abs(grid.axes[1].bounds[19] - 3800e3) < 1);
    QVERIFY(std::abs(grid.axes[0].bounds[22] + 4400e3) < 1);
    // x_0 and y_0 are where the projection has its middle.
    const GeoPoint middle = Projection(grid.crs).inverse({1950e3, -2100e3});
    QVERIFY(std::abs(middle.latitude - 55) < 1e-6 && std::abs(middle.longitude - 10) < 1e-6);
}

void TestOdim::aProjectionThatIsNoneIsToldWithItsFile() {
    ScratchFolder folder;
    {
        TinyHdf5 file(folder / "a.h5");
        file.odimRoot("COMP", "ORG:247");
        file.text("/where", "projdef", "+proj=flat");
        for (const char* name : {"UL_lat", "UL_lon", "xscale", "yscale"})
            file.number("/where", name, 1);
        file.text("/dataset1/what", "product", "COMP");
        file.text("/dataset1/data1/what", "quantity", "RATE");
        file.bytes("/dataset1/data1/data", 1, 1, {1});
    }
    try {
        openSource(folder / "a.h5");
        QFAIL("it was opened");
    } catch (const Error& error) {
        const std::string told = error.what();
        QVERIFY2(told.find("a.h5, /dataset1/where") != std::string::npos, told.c_str());
        QVERIFY2(told.find("+proj=flat") != std::string::npos, told.c_str());
    }
}

QTEST_GUILESS_MAIN(TestOdim)
#include "tst_odim.moc"
