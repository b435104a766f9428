// What a result keeps of its input, by HDF5's own h5diff and h5dump.

#include "core/base/process.h"
#include "core/io/odim/odim_writer.h"
#include "tests/core/io/tiny_hdf5.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;

namespace {

constexpr int Rays = 36, Gates = 50;

Field readBack(const fs::path& file, const std::string& id) {
    Feedback feedback;
    return openSource(file)->read(id, {}, feedback);
}

/// What a network might make of an array: every third echo removed.
FieldPtr cleanedOf(const fs::path& file, const std::string& id) {
    const Field raw = readBack(file, id);
    std::vector<State> states(raw.states().begin(), raw.states().end());
    for (std::size_t cell = 0; cell < states.size(); cell += 3)
        if (states[cell] == State::Valid)
            states[cell] = State::Rejected;
    return std::make_shared<const Field>(raw.quantity(), raw.geometry(), raw.time(),
                                         std::vector<float>(raw.values().begin(), raw.values().end()),
                                         states);
}

bool isSame(const fs::path& a, const fs::path& b, const std::string& object) {
    ProcessRequest request;
    request.program = "h5diff";
    request.arguments = {a.string(), b.string(), object, object};
    const ProcessResult told = runProcess(request);
    return told.status == 0 && told.output.find("not comparable") == std::string::npos;
}

std::string dumped(const fs::path& file, const std::string& attribute) {
    ProcessRequest request;
    request.program = "h5dump";
    request.arguments = {"-a", attribute, file.string()};
    return runProcess(request).output;
}

/// A volume of two sweeps with reflectivity and one without.
void writeVolume(const fs::path& path, std::size_t offsetBytes) {
    TinyHdf5 file(path, offsetBytes);
    file.odimRoot("PVOL");
    std::vector<float> fine;
    std::vector<unsigned char> codes;
    for (int cell = 0; cell < Rays * Gates; ++cell) {
        fine.push_back(static_cast<float>(std::sin(0.1 * cell)));
        codes.push_back(static_cast<unsigned char>(cell * 7 % 251 + 1));
    }
    for (const char* dataset : {"/dataset1", "/dataset2", "/dataset3"}) {
        const std::string place = dataset;
        file.odimSweep(place, place.back() - '0', Rays, Gates);
        const bool isWet = place != "/dataset2";
        for (int number = 1; number <= 4; ++number) {
            const std::string data = place + "/data" + std::to_string(number);
            file.text(data + "/what", "quantity",
                      number == 1   ? (isWet ? "TH" : "SQIH")
                      : number == 2 ? "VRADH"
                      : number == 3 ? "WRADH"
                                    : "PHIDP");
            file.numbers(data + "/what", "gain", {number == 1 ? 0.5 : 1});
            file.numbers(data + "/what", "offset", {number == 1 ? -32.0 : 0});
            file.number(data + "/what", "nodata", number == 1 ? 255 : -9999);
            file.number(data + "/what", "undetect", number == 1 ? 0 : -8888);
            if (number == 1)
                file.array(data + "/data", {Rays, Gates}, codes, H5T_STD_U8LE, H5T_NATIVE_UCHAR,
                           {{Rays, Gates}});
            else
                file.array(data + "/data", {Rays, Gates}, fine, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT,
                           {{Rays / 2, Gates / 2}, true});
        }
    }
    file.text("/dataset1/data1/how", "TXtype", "magnetron");
    file.text("/dataset1/data1/quality1/how", "task", "fi.fmi.ropo.detector");
    file.number("/dataset1/data1/quality1/what", "gain", 1);
    file.number("/dataset1/data1/quality1/what", "offset", 0);
    file.array("/dataset1/data1/quality1/data", {Rays, Gates}, codes, H5T_STD_U8LE, H5T_NATIVE_UCHAR);
}

} // namespace

class TestOdimResult : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // H5Ocopy between files whose offsets differ in length spoils what it copies and says nothing.
    void whatIsNotReplacedStaysWhole_data() {
        QTest::addColumn<int>("offsetBytes");
        QTest::newRow("8 bytes, as most write") << 8;
        QTest::newRow("4 bytes, as BALTRAD writes") << 4;
    }
    void whatIsNotReplacedStaysWhole() {
        QFETCH(int, offsetBytes);
        const ScratchFolder scratch;
        Feedback feedback;
        const fs::path input = scratch / "in.h5", output = scratch / "out.h5";
        writeVolume(input, std::size_t(offsetBytes));
        writeOdimResult(
            output, input,
            {{0, {cleanedOf(input, "sweep_0/TH"), {}, {}}}, {2, {cleanedOf(input, "sweep_2/TH"), {}, {}}}},
            {{"run", std::string("1")}}, feedback);
        for (const char* object :
             {"/what", "/where", "/dataset1/data2", "/dataset1/data3", "/dataset1/data4", "/dataset2",
              "/dataset3/data2", "/dataset3/data3", "/dataset3/data4", "/dataset1/where", "/dataset1/what"})
            QVERIFY2(isSame(input, output, object), object);
        const auto before = openSource(input), after = openSource(output);
        QCOMPARE(after->describe().sweeps.size(), before->describe().sweeps.size());
        for (const ArrayInfo& array : before->describe().arrays)
            QVERIFY2(after->describe().find(array.id), array.id.c_str());
        QCOMPARE(readBack(output, "sweep_0/TH").states()[0], State::Rejected);
        QCOMPARE(readBack(output, "sweep_0/TH").values()[1], readBack(input, "sweep_0/TH").values()[1]);

        // A result may be cleaned again.
        const fs::path again = scratch / "again.h5";
        writeOdimResult(again, output, {{0, {cleanedOf(output, "sweep_0/TH"), {}, {}}}}, {}, feedback);
        QVERIFY(isSame(input, again, "/dataset1/data3") && isSame(input, again, "/dataset2"));
    }

    void othersQualityFieldsStayAndOursAreNew() {
        const ScratchFolder scratch;
        Feedback feedback;
        const fs::path input = scratch / "in.h5", output = scratch / "out.h5", again = scratch / "again.h5";
        writeVolume(input, 8);
        writeOdimResult(output, input, {{0, {cleanedOf(input, "sweep_0/TH"), {}, {}}}}, {}, feedback);
        writeOdimResult(again, output, {{0, {cleanedOf(input, "sweep_0/TH"), {}, {}}}}, {}, feedback);
        for (const fs::path& file : {output, again}) {
            QVERIFY(isSame(input, file, "/dataset1/data1/quality1"));
            QVERIFY(dumped(file, "/dataset1/data1/how/TXtype").find("\"magnetron\"") != std::string::npos);
            QVERIFY(dumped(file, "/dataset1/data1/quality2/how/task").find("\"fr.embellie.rejected\"") !=
                    std::string::npos);
            const Hdf5File opened = Hdf5File::open(file);
            QVERIFY(!opened.exists("/dataset1/data1/quality3")); // not that of the earlier result too
        }
    }

    // Of two arrays of one quantity the first is what is meant by it.
    void theFirstOfTwoOfAKindIsReplaced() {
        const ScratchFolder scratch;
        Feedback feedback;
        const fs::path input = scratch / "in.h5", output = scratch / "out.h5";
        {
            TinyHdf5 file(input);
            file.odimRoot("SCAN");
            file.odimSweep("/dataset1", 1, Rays, Gates);
            file.odimMoment("/dataset1/data1", "DBZH", Rays, Gates, 100);
            file.odimMoment("/dataset1/data2", "DBZH", Rays, Gates, 120);
        }
        writeOdimResult(output, input, {{0, {cleanedOf(input, "sweep_0/DBZH"), {}, {}}}}, {}, feedback);
        QVERIFY(isSame(input, output, "/dataset1/data2"));
        QCOMPARE(readBack(output, "sweep_0/DBZH").values()[1], 18.0f);
        QCOMPARE(readBack(output, "sweep_0/DBZH").states()[0], State::Rejected);
    }

    // Numbers that no step gives back are not rounded to one.
    void floatsStayAsMeasured() {
        const ScratchFolder scratch;
        Feedback feedback;
        const fs::path input = scratch / "in.h5", output = scratch / "out.h5";
        std::vector<float> fine;
        for (int cell = 0; cell < Rays * Gates; ++cell)
            fine.push_back(static_cast<float>(30 * std::sin(0.1 * cell)));
        {
            TinyHdf5 file(input);
            file.odimRoot("SCAN");
            file.odimSweep("/dataset1", 1, Rays, Gates);
            file.text("/dataset1/data1/what", "quantity", "DBZH");
            for (const auto& [name, value] :
                 {std::pair{"gain", 1.0}, {"offset", 0}, {"nodata", -9999}, {"undetect", -8888}})
                file.number("/dataset1/data1/what", name, value);
            file.array("/dataset1/data1/data", {Rays, Gates}, fine, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT);
        }
        writeOdimResult(output, input, {{0, {cleanedOf(input, "sweep_0/DBZH"), {}, {}}}}, {}, feedback);
        const Field kept = readBack(output, "sweep_0/DBZH");
        for (std::size_t cell = 0; cell < kept.size(); ++cell)
            if (cell % 3 != 0)
                QCOMPARE(kept.values()[cell], fine[cell]);
    }

    // Real files of BALTRAD (offsets of 4 bytes), of Portugal and of Belgium (quality fields of others).
    void realFilesKeepAllElse_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("raw");
        QTest::newRow("Hemse") << "sehem_pvol_pn215_20171204T071500Z_0x81540b.h5"
                               << "DBZH";
        QTest::newRow("Ängelholm") << "seang_qcvol_20120131T0000Z.h5"
                                   << "DBZH";
        QTest::newRow("Terceira") << "T_PAZA45_C_LPMG_20241008053005.h5"
                                  << "DBZH";
    }
    void realFilesKeepAllElse() {
        EMBELLIE_NEEDS_DATA();
        QFETCH(QString, file);
        QFETCH(QString, raw);
        const fs::path input = *dataFolder() / "odim/clutter_pairs" / file.toStdString();
        const ScratchFolder scratch;
        const fs::path output = scratch / "out.h5";
        Feedback feedback;
        const std::string id = "sweep_0/" + raw.toStdString();
        writeOdimResult(output, input, {{0, {cleanedOf(input, id), {}, {}}}}, {}, feedback);
        const auto source = openSource(input);
        const std::string replaced = source->describe().find(id)->path;
        std::size_t compared = 0;
        for (const ArrayInfo& array : source->describe().arrays) {
            if (array.path == replaced)
                continue;
            QVERIFY2(isSame(input, output, array.path), array.path.c_str());
            ++compared;
        }
        QVERIFY(compared >= 2);
    }
};

QTEST_GUILESS_MAIN(TestOdimResult)
#include "tst_odim_result.moc"
