// The two commands other programs read files with: keys of the JSON, bytes of the .npy, exit statuses.

#include "core/base/file.h"
#include "tests/core/command/call.h"
#include "tests/core/io/tiny_hdf5.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>
#include <cstring>

#include <nlohmann/json.hpp>

using namespace embellie;
using test::Answer;
using test::call;
using namespace embellie::test;
using nlohmann::json;

class TestInfoValues : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void infoTellsWhatIsInTheFile();
    void infoOfSeveralFilesIsOneObject();
    void infoGoesOnBehindABadFile();
    void infoIsATableForPeople();
    void valuesAreNumpyFiles();
    void valuesOfAWindow();
    void valuesReplaceNoInput();
    void namesNeedNotBeUtf8();
    void oneBadArrayDoesNotHideTheOthers();
    void wrongNamesEndWithASentence_data();
    void wrongNamesEndWithASentence();
};

// 2 rays × 3 gates: codes 255 (no data), 0 (no echo), 64, 66, 68, 70, so 0, 1, 2, 3 dBZ.
static void writeSweep(const std::filesystem::path& path) {
    TinyHdf5 file(path);
    file.odimRoot("PVOL");
    file.odimSweep("/dataset1", 0.5, 2, 3);
    file.text("/dataset1/data1/what", "quantity", "DBZH");
    file.number("/dataset1/data1/what", "gain", 0.5);
    file.number("/dataset1/data1/what", "offset", -32);
    file.number("/dataset1/data1/what", "nodata", 255);
    file.number("/dataset1/data1/what", "undetect", 0);
    file.bytes("/dataset1/data1/data", 2, 3, {255, 0, 64, 66, 68, 70});
}

void TestInfoValues::infoTellsWhatIsInTheFile() {
    ScratchFolder folder;
    writeSweep(folder / "a.h5");
    const Answer told = call({"info", (folder / "a.h5").string(), "--json"});
    QCOMPARE(told.status, 0);
    const json info = json::parse(told.out);
    QCOMPARE(info["format"].get<std::string>(), std::string("ODIM_H5 2.2"));
    QCOMPARE(info["site"]["lat"].get<double>(), 48.5);
    QCOMPARE(info["site"]["height_m"].get<double>(), 100.0);
    const json& sweep = info["sweeps"][0];
    QCOMPARE(sweep["elevation_deg"].get<double>(), 0.5);
    QCOMPARE(sweep["rays"].get<int>(), 2);
    QCOMPARE(sweep["gates"].get<int>(), 3);
    QCOMPARE(sweep["first_gate_m"].get<double>(), 250.0);
    QCOMPARE(sweep["gate_m"].get<double>(), 500.0);
    QCOMPARE(sweep["azimuth_row0_deg"].get<double>(), 90.0);
    QCOMPARE(sweep["time"].get<std::string>(), std::string("2020-01-01T12:00:00Z"));
    const json& array = info["arrays"][0];
    QCOMPARE(array["id"].get<std::string>(), std::string("sweep_0/DBZH"));
    QCOMPARE(array["path"].get<std::string>(), std::string("/dataset1/data1"));
    QCOMPARE(array["quantity"].get<std::string>(), std::string("DBZH"));
    QCOMPARE(array["unit"].get<std::string>(), std::string("dBZ"));
    QCOMPARE(array["kind"].get<std::string>(), std::string("quantity"));
    QCOMPARE(array["shape"].get<std::vector<int>>(), (std::vector<int>{2, 3}));
    QCOMPARE(array["min"].get<double>(), 0.0);
    QCOMPARE(array["max"].get<double>(), 3.0);
    QCOMPARE(array["mean"].get<double>(), 1.5);
    const json counts{{"valid", 4}, {"noData", 1}, {"noEcho", 1}, {"rejected", 0}};
    QVERIFY(array["counts"] == counts);
    QCOMPARE(array["ambiguous"].get<bool>(), false);
}

void TestInfoValues::infoOfSeveralFilesIsOneObject() {
    ScratchFolder folder;
    writeSweep(folder / "a.h5");
    writeSweep(folder / "b.h5");
    const Answer told = call({"info", (folder / "a.h5").string(), (folder / "b.h5").string(), "--json"});
    QCOMPARE(told.status, 0);
    const json info = json::parse(told.out);
    QCOMPARE(info["files"].size(), std::size_t(2));
    QCOMPARE(info["files"][1]["file"].get<std::string>(), (folder / "b.h5").string());
}

void TestInfoValues::infoGoesOnBehindABadFile() {
    ScratchFolder folder;
    writeSweep(folder / "a.h5");
    writeSweep(folder / "c.h5");
    writeFileAtomically(folder / "b.h5", "no radar file");
    std::vector<std::string> words{"info"};
    for (const char* name : {"a.h5", "b.h5", "c.h5"})
        words.push_back((folder / name).string());
    const Answer table = call(words);
    QCOMPARE(table.status, 1);
    QVERIFY(table.out.find("a.h5\n") != std::string::npos && table.out.find("c.h5\n") != std::string::npos);
    QVERIFY2(table.err.starts_with(words[2] + ": "), table.err.c_str());
    words.push_back("--json");
    const Answer told = call(words);
    QCOMPARE(told.status, 1);
    const json files = json::parse(told.out)["files"];
    QCOMPARE(files.size(), std::size_t(3));
    QCOMPARE(files[0]["arrays"].size(), std::size_t(1));
    QCOMPARE(files[1]["file"].get<std::string>(), words[2]);
    QVERIFY(files[1]["problem"].get<std::string>().starts_with(words[2] + ": "));
    QCOMPARE(files[2]["file"].get<std::string>(), words[3]);
    QVERIFY(json::parse(told.err)["error"].contains("message"));
}

void TestInfoValues::infoIsATableForPeople() {
    ScratchFolder folder;
    writeSweep(folder / "a.h5");
    const Answer told = call({"info", (folder / "a.h5").string()});
    QCOMPARE(told.status, 0);
    for (const char* words : {"ODIM_H5 2.2, PVOL, Testtown", "latitude 48.5", "sweep_0/DBZH", "dBZ",
                              "66.7 % valid", "16.7 % no data", "16.7 % no echo"})
        QVERIFY2(told.out.find(words) != std::string::npos, (told.out + " lacks " + words).c_str());
}

struct Npy {
    std::string header;
    std::string cells;
};

// By NumPy's description of its format: magic, version 1.0, header length in two bytes, header, cells.
static Npy readNpy(const std::filesystem::path& path) {
    const std::string all = readFile(path);
    if (all.substr(0, 8) != std::string("\x93NUMPY\x01\x00", 8))
        return {};
    const std::size_t length = static_cast<unsigned char>(all[8]) + 256u * static_cast<unsigned char>(all[9]);
    return {all.substr(10, length), all.substr(10 + length)};
}

void TestInfoValues::valuesAreNumpyFiles() {
    ScratchFolder folder;
    writeSweep(folder / "a.h5");
    for (const char* name : {"sweep_0/DBZH", "/dataset1/data1"}) {
        QCOMPARE(call({"values", (folder / "a.h5").string(), "--array", name, "--output",
                       (folder / "x.npy").string()})
                     .status,
                 0);
        const Npy values = readNpy(folder / "x.npy"), states = readNpy(folder / "x.states.npy");
        QVERIFY(values.header.starts_with("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"));
        QVERIFY(states.header.starts_with("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }"));
        QCOMPARE((10 + values.header.size()) % 64, std::size_t(0));
        QVERIFY(values.header.ends_with('\n'));
        QCOMPARE(states.cells, std::string("\1\2\0\0\0\0", 6));
        float cells[6];
        QCOMPARE(values.cells.size(), sizeof cells);
        std::memcpy(cells, values.cells.data(), sizeof cells);
        QVERIFY(std::isnan(cells[0]) && std::isnan(cells[1]));
        QCOMPARE(cells[2], 0.0f);
        QCOMPARE(cells[5], 3.0f);
    }
}

void TestInfoValues::valuesOfAWindow() {
    ScratchFolder folder;
    writeSweep(folder / "a.h5");
    QCOMPARE(call({"values", (folder / "a.h5").string(), "--array", "sweep_0/DBZH", "--window",
                   "ray=1,gate=0:3:2", "--output", (folder / "x.npy").string()})
                 .status,
             0);
    const Npy values = readNpy(folder / "x.npy");
    QVERIFY(values.header.find("(1, 2)") != std::string::npos);
    float cells[2];
    QCOMPARE(values.cells.size(), sizeof cells);
    std::memcpy(cells, values.cells.data(), sizeof cells);
    QCOMPARE(cells[0], 1.0f);
    QCOMPARE(cells[1], 3.0f);
}

void TestInfoValues::oneBadArrayDoesNotHideTheOthers() {
    ScratchFolder folder;
    writeSweep(folder / "a.h5");
    {
        TinyHdf5 file = TinyHdf5::reopened(folder / "a.h5");
        file.odimMoment("/dataset1/data2", "TH", 2, 3);
        file.odimMoment("/dataset1/data3", "VRADH", 3, 3); // not of this sweep's size
    }
    const Answer told = call({"info", (folder / "a.h5").string(), "--json"});
    QCOMPARE(told.status, 0);
    const json arrays = json::parse(told.out)["arrays"];
    QCOMPARE(arrays.size(), std::size_t(3));
    QCOMPARE(arrays[0]["max"].get<double>(), 3.0);
    QVERIFY(!arrays[1].contains("problem"));
    QVERIFY(arrays[2]["max"].is_null());
    QVERIFY(QString::fromStdString(arrays[2]["problem"]).contains("another size"));
    const Answer table = call({"info", (folder / "a.h5").string()});
    QVERIFY(table.out.find("another size") != std::string::npos);
    QVERIFY(table.out.find("sweep_0/TH") != std::string::npos);
}

void TestInfoValues::valuesReplaceNoInput() {
    ScratchFolder folder;
    writeSweep(folder / "a.h5");
    std::filesystem::copy_file(folder / "a.h5", folder / "b.npy");
    std::filesystem::copy_file(folder / "a.h5", folder / "c.states.npy");
    std::filesystem::create_symlink("a.h5", folder / "link.npy");
    const std::string before = readFile(folder / "a.h5");
    for (const auto& [input, output, says] : {std::tuple{"a.h5", "a.h5", "ends with .npy"},
                                              {"a.h5", "link.npy", "would replace an input"},
                                              {"b.npy", "b.npy", "would replace an input"},
                                              {"c.states.npy", "c.npy", "would replace an input"},
                                              {"a.h5", "a_0.5", "ends with .npy"}}) {
        const Answer told = call({"values", (folder / input).string(), "--array", "sweep_0/DBZH", "--output",
                                  (folder / output).string()});
        QCOMPARE(told.status, 2);
        QVERIFY2(told.err.find(says) != std::string::npos, told.err.c_str());
        QCOMPARE(readFile(folder / input), before);
    }
    QVERIFY(!std::filesystem::exists(folder / "a_0.states.npy") &&
            !std::filesystem::exists(folder / "c.npy"));
}

// Disks of the nineties have names in Latin-1.
void TestInfoValues::namesNeedNotBeUtf8() {
    ScratchFolder folder;
    const std::filesystem::path name = folder / "m\xE9t\xE9o.h5";
    writeSweep(name);
    const Answer told = call({"info", name.string(), "--json"});
    QCOMPARE(told.status, 0);
    QCOMPARE(json::parse(told.out)["arrays"].size(), std::size_t(1));
    const Answer missing = call({"info", (folder / "\xE9t\xE9.h5").string(), "--json"});
    QCOMPARE(missing.status, 1);
    QVERIFY(json::parse(missing.err)["error"].contains("message"));
}

void TestInfoValues::wrongNamesEndWithASentence_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("says");
    QTest::newRow("no such file") << QStringList{"info", "FOLDER/none.h5"} << 1 << "can't be read";
    QTest::newRow("no such array") << QStringList{"values",       "FOLDER/a.h5", "--array",
                                                  "sweep_0/DBZV", "--output",    "FOLDER/x.npy"}
                                   << 1 << "such as sweep_0/DBZH";
    QTest::newRow("no such axis") << QStringList{"values",   "FOLDER/a.h5", "--array",  "sweep_0/DBZH",
                                                 "--window", "range=1",     "--output", "FOLDER/x.npy"}
                                  << 2 << "one of ray, gate";
    QTest::newRow("truth and raw echoes in one folder")
        << QStringList{"simulate", "--output", "FOLDER", "--raw", "FOLDER/."} << 2 << "would replace";
    QTest::newRow("a sweep of runs thrown away that isn't stopped")
        << QStringList{"sweep", "FOLDER", "--discard"} << 2 << "--stop";
    QTest::newRow("a window that is none")
        << QStringList{"values",   "FOLDER/a.h5", "--array",  "sweep_0/DBZH",
                       "--window", "gate=b",      "--output", "FOLDER/x.npy"}
        << 2 << "AXIS=FROM:TO:STEP";
    QTest::newRow("no output") << QStringList{"values", "FOLDER/a.h5", "--array", "sweep_0/DBZH"} << 2
                               << "output";
}

void TestInfoValues::wrongNamesEndWithASentence() {
    QFETCH(QStringList, words);
    QFETCH(int, status);
    QFETCH(QString, says);
    ScratchFolder folder;
    writeSweep(folder / "a.h5");
    std::vector<std::string> line;
    for (const QString& word : words)
        line.push_back(
            QString(word).replace("FOLDER", QString::fromStdString(folder.path().string())).toStdString());
    line.push_back("--json");
    const Answer told = call(line);
    QCOMPARE(told.status, status);
    QVERIFY(told.out.empty());
    const std::string sentence = json::parse(told.err)["error"]["message"];
    QVERIFY2(QString::fromStdString(sentence).contains(says), sentence.c_str());
    QVERIFY(!std::filesystem::exists(folder / "x.npy")); // nothing half written
}

QTEST_GUILESS_MAIN(TestInfoValues)
#include "tst_info_values.moc"
