// What can't be read is told in one sentence: file, place, expected, found, what to do.

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/io/source.h"
#include "tests/core/io/tiny_hdf5.h"
#include "tests/core/io/tiny_netcdf.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;

class TestBadInput : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachIsToldInOneSentence_data();
    void eachIsToldInOneSentence();
    void anyCutOffFileIsRefusedOrRead();
    void readersDescribeThemselves();
    void filesThatOthersHaveLockedAreRead();
    void aFilterThatIsNotInstalledIsNamed();
};

// Makes the file, and says which words its sentence must have.
struct Case {
    void (*make)(const fs::path& file);
    QStringList says;
};
Q_DECLARE_METATYPE(Case)

static void cut(const fs::path& file, double share) {
    const std::string whole = readFile(file);
    writeFileAtomically(file, std::string_view(whole).substr(
                                  0, static_cast<std::size_t>(share * static_cast<double>(whole.size()))));
}

static void makeSweep(const fs::path& path, double latitude, double elevation, double rscale, int rays,
                      int gates) {
    TinyHdf5 file(path);
    file.text("/what", "object", "SCAN");
    file.text("/what", "source", "NOD:xxabc");
    file.number("/where", "lat", latitude);
    file.number("/where", "lon", 2);
    file.number("/where", "height", 100);
    file.odimSweep("/dataset1", elevation, rays, gates, "120000", rscale);
    file.odimMoment("/dataset1/data1", "DBZH", rays, gates);
}

void TestBadInput::eachIsToldInOneSentence_data() {
    QTest::addColumn<Case>("bad");
    const auto row = [](const char* name, void (*make)(const fs::path&), QStringList says) {
        QTest::newRow(name) << Case{make, says};
    };
    row("missing", [](const fs::path&) {}, {"can't be read", "No such file", "check the name"});
    row("a folder", [](const fs::path& file) { fs::create_directory(file); }, {"is a folder"});
    row("empty", [](const fs::path& file) { writeFileAtomically(file, ""); }, {"is empty"});
    row("plain text", [](const fs::path& file) { writeFileAtomically(file, "time,rain\n1,2\n"); },
        {"plain text", "ODIM_H5"});
    row("other bytes", [](const fs::path& file) { writeFileAtomically(file, std::string("\0\1\2\3", 4)); },
        {"neither HDF5 nor netCDF"});
    row("no permission",
        [](const fs::path& file) {
            writeFileAtomically(file, "secret");
            fs::permissions(file, fs::perms::none);
        },
        {"Permission denied", "ask for the permission"});
    row("HDF5 cut off",
        [](const fs::path& file) {
            writeOdimScan(file, 1, "120000");
            cut(file, 0.7);
        },
        {"is cut off", "expected", "bytes", "fetch the file again"});
    row("netCDF classic cut off",
        [](const fs::path& file) {
            {
                TinyNetcdf netcdf(file, NC_64BIT_OFFSET);
                addPlainGrid(netcdf);
                netcdf.variable("rain", NC_DOUBLE, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
            }
            cut(file, 0.95);
        },
        {"is cut off", "expected", "bytes"});
    row("HDF5 of another family",
        [](const fs::path& file) {
            TinyHdf5 hdf5(file);
            hdf5.number("/scan0/how", "elevation", 1.5);
            hdf5.text("/what", "object", "PVOL?");
        },
        {"of no family", "GAMIC", "scan0"});
    row("HDF5 with nothing in it", [](const fs::path& file) { TinyHdf5 hdf5(file); }, {"nothing in it"});
    row("netCDF without fields",
        [](const fs::path& file) {
            TinyNetcdf netcdf(file);
            netcdf.att("", "Conventions", "CF-1.8");
            netcdf.dimension("lat", 2);
            netcdf.variable("lat", NC_DOUBLE, {"lat"}, {1, 2});
            netcdf.texts("station", {"lat", "lat"}, "abcd");
        },
        {"lie on no grid"});
    row("ODIM without arrays",
        [](const fs::path& file) {
            TinyHdf5 hdf5(file);
            hdf5.odimRoot("PVOL");
            hdf5.group("/dataset1");
        },
        {"no arrays", "dataset1/data1/data"});
    row("an ODIM object that isn't read",
        [](const fs::path& file) {
            TinyHdf5 hdf5(file);
            hdf5.odimRoot("VP");
            hdf5.group("/dataset1");
        },
        {"object VP", "PVOL"});
    row("missing gain",
        [](const fs::path& file) {
            TinyHdf5 hdf5(file);
            hdf5.odimRoot("SCAN");
            hdf5.odimSweep("/dataset1", 1, 1, 2);
            hdf5.text("/dataset1/data1/what", "quantity", "DBZH");
            hdf5.bytes("/dataset1/data1/data", 1, 2, {1, 2});
        },
        {"gain is missing", "dBZ", "/dataset1/data1/what"});
    row("a gain that is not a number",
        [](const fs::path& file) {
            TinyHdf5 hdf5(file);
            hdf5.odimRoot("SCAN");
            hdf5.odimSweep("/dataset1", 1, 1, 2);
            hdf5.text("/dataset1/data1/what", "quantity", "DBZH");
            hdf5.number("/dataset1/data1/what", "gain", std::nan(""));
            hdf5.number("/dataset1/data1/what", "offset", 0);
            hdf5.bytes("/dataset1/data1/data", 1, 2, {1, 2});
        },
        {"gain", "nan"});
    row("zero gates", [](const fs::path& file) { makeSweep(file, 48, 1, 500, 4, 0); },
        {"no gates", "4 by 0"});
    row("gates without length", [](const fs::path& file) { makeSweep(file, 48, 1, 0, 4, 3); },
        {"rscale", "/dataset1/where"});
    row("NaN elevation", [](const fs::path& file) { makeSweep(file, 48, std::nan(""), 500, 4, 3); },
        {"elangle", "nan"});
    row("NaN site", [](const fs::path& file) { makeSweep(file, std::nan(""), 1, 500, 4, 3); },
        {"lat", "nan"});
    row("zero gates in CfRadial",
        [](const fs::path& file) {
            TinyNetcdf netcdf(file);
            netcdf.dimension("time", 2);
            netcdf.dimension("range", NC_UNLIMITED);
            netcdf.variable("time", NC_DOUBLE, {"time"}, {0, 1});
            netcdf.variable("range", NC_FLOAT, {"range"});
            netcdf.variable("azimuth", NC_FLOAT, {"time"}, {0, 1});
            netcdf.variable("elevation", NC_FLOAT, {"time"}, {0, 1});
            for (const char* name : {"latitude", "longitude", "altitude"})
                netcdf.variable(name, NC_DOUBLE, {}, {1});
            netcdf.variable("DBZ", NC_FLOAT, {"time", "range"});
        },
        {"no gates", "2 by 0"});
    row("NaN azimuth in CfRadial",
        [](const fs::path& file) {
            TinyNetcdf netcdf(file);
            netcdf.dimension("time", 2);
            netcdf.dimension("range", 2);
            netcdf.variable("time", NC_DOUBLE, {"time"}, {0, 1});
            netcdf.variable("range", NC_FLOAT, {"range"}, {100, 200});
            netcdf.variable("azimuth", NC_FLOAT, {"time"}, {0, std::nan("")});
            netcdf.variable("elevation", NC_FLOAT, {"time"}, {0, 1});
            for (const char* name : {"latitude", "longitude", "altitude"})
                netcdf.variable(name, NC_DOUBLE, {}, {1});
            netcdf.variable("DBZ", NC_FLOAT, {"time", "range"}, {1, 2, 3, 4});
        },
        {"azimuth", "nan"});
    row("a grid that turns back",
        [](const fs::path& file) {
            TinyNetcdf netcdf(file);
            netcdf.dimension("lat", 3);
            netcdf.dimension("lon", 2);
            netcdf.variable("lat", NC_DOUBLE, {"lat"}, {1, 2, std::nan("")});
            netcdf.variable("lon", NC_DOUBLE, {"lon"}, {1, 2});
            netcdf.variable("rain", NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
        },
        {"coordinates along lat", "index 2"});
}

void TestBadInput::eachIsToldInOneSentence() {
    QFETCH(Case, bad);
    ScratchFolder folder;
    const fs::path file = folder / "bad.h5";
    bad.make(file);
    // The superuser may read everything: this row is read as somebody else.
    const bool asAnother = ::geteuid() == 0 && QString(QTest::currentDataTag()) == "no permission";
    if (asAnother) {
        fs::permissions(folder.path(), fs::perms::all);
        QCOMPARE(::seteuid(65534), 0);
    }
    QString sentence;
    try {
        const std::unique_ptr<Source> source = openSource(file);
        Feedback silent;
        source->read(source->describe().arrays.at(0).id, {}, silent);
    } catch (const Error& error) {
        sentence = error.what();
    }
    if (asAnother)
        QCOMPARE(::seteuid(0), 0);
    QVERIFY2(!sentence.isEmpty(), "it was read");
    QVERIFY2(sentence.startsWith(QString::fromStdString(file.string())), qPrintable(sentence));
    QVERIFY2(sentence.endsWith('.') && !sentence.contains('\n'), qPrintable(sentence));
    for (const QString& words : bad.says)
        QVERIFY2(sentence.contains(words), qPrintable(sentence + " (lacks: " + words + ")"));
}

// Wherever the file ends, it is refused, never read as something else.
void TestBadInput::anyCutOffFileIsRefusedOrRead() {
    ScratchFolder folder;
    const auto check = [&](const fs::path& file) {
        const std::string whole = readFile(file);
        for (std::size_t size = 1; size < whole.size(); size += std::max<std::size_t>(1, whole.size() / 61)) {
            writeFileAtomically(folder / "part", std::string_view(whole).substr(0, size));
            QVERIFY_EXCEPTION_THROWN(openSource(folder / "part"), Error);
        }
    };
    writeOdimScan(folder / "a.h5", 1, "120000");
    check(folder / "a.h5");
    for (const int format : {NC_64BIT_OFFSET, NC_NETCDF4}) {
        {
            TinyNetcdf file(folder / "a.nc", format);
            addPlainGrid(file);
            file.variable("rain", NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
        }
        check(folder / "a.nc");
    }
}

void TestBadInput::readersDescribeThemselves() {
    QStringList ids;
    for (const Reader* reader : readers()) {
        ids << QString::fromStdString(reader->id);
        QVERIFY(std::strlen(reader->name.pattern) > 0 && std::strlen(reader->help.pattern) > 0);
    }
    QCOMPARE(ids.removeDuplicates(), 0);
    QVERIFY(ids.size() >= 3);
}

// Somebody writes it, or the file system has no locks: reading needs none.
void TestBadInput::filesThatOthersHaveLockedAreRead() {
    const ScratchFolder folder;
    makeSweep(folder / "a.h5", 50, 1, 1000, 10, 5);
    {
        TinyNetcdf netcdf(folder / "b.nc");
        addPlainGrid(netcdf);
        netcdf.variable("v", NC_FLOAT, {"lat", "lon"}, {1, 2, 3, 4, 5, 6});
    }
    for (const char* name : {"a.h5", "b.nc"}) {
        const int file = ::open((folder / name).c_str(), O_RDWR | O_CLOEXEC);
        QCOMPARE(::flock(file, LOCK_EX | LOCK_NB), 0);
        QCOMPARE(openSource(folder / name)->describe().arrays.size(), std::size_t(1));
        ::close(file);
    }
}

// As files packed by LZF or Blosc come from Python.
void TestBadInput::aFilterThatIsNotInstalledIsNamed() {
    const ScratchFolder folder;
    constexpr H5Z_filter_t number = 299; // of those left for tests
    const H5Z_class2_t packer{H5Z_CLASS_T_VERS,
                              number,
                              1,
                              1,
                              "squeezer",
                              nullptr,
                              nullptr,
                              [](unsigned, std::size_t, const unsigned[], std::size_t bytes, std::size_t*,
                                 void**) { return bytes; }};
    writeOdimScan(folder / "a.h5", 0.5, "120000");
    QVERIFY(H5Zregister(&packer) >= 0);
    {
        const Hdf5Handle file(H5Fopen((folder / "a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
        H5Ldelete(file, "/dataset1/data1/data", H5P_DEFAULT);
        const hsize_t shape[] = {4, 3};
        const Hdf5Handle plan(H5Pcreate(H5P_DATASET_CREATE), H5Pclose),
            space(H5Screate_simple(2, shape, nullptr), H5Sclose);
        H5Pset_chunk(plan, 2, shape);
        H5Pset_filter(plan, number, 0, 0, nullptr);
        const Hdf5Handle data(
            H5Dcreate2(file, "/dataset1/data1/data", H5T_STD_U8LE, space, H5P_DEFAULT, plan, H5P_DEFAULT),
            H5Dclose);
        const std::vector<unsigned char> cells(12, 100);
        QVERIFY(H5Dwrite(data, H5T_NATIVE_UCHAR, H5S_ALL, H5S_ALL, H5P_DEFAULT, cells.data()) >= 0);
    }
    QVERIFY(H5Zunregister(number) >= 0);
    Feedback silent;
    try {
        openSource(folder / "a.h5")->read("sweep_0/DBZH", {}, silent);
        QFAIL("it was read");
    } catch (const Error& error) {
        const QString told = error.what();
        QVERIFY2(told.contains("squeezer") && told.contains("HDF5_PLUGIN_PATH"), error.what());
    }
}

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_bad_input.moc"
