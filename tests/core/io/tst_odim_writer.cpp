// What the ODIM_H5 writer writes: read back by our reader, and by HDF5's own h5dump.

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/process.h"
#include "core/io/odim/odim_writer.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>
#include <csignal>
#include <limits>
#include <sys/resource.h>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t Rays = 12, Gates = 20;

Sweep sweepOf(double elevation) {
    Sweep sweep;
    sweep.site = {"07999", "Sandbox: a, b", 45.5, 3.25, 321.5};
    sweep.fixedAngle = elevation;
    sweep.gates = Gates;
    sweep.gateMeters = 250;
    sweep.firstGateMeters = 1125;
    sweep.beamWidth = 1.1;
    sweep.nyquist = 7.5;
    for (std::size_t ray = 0; ray < Rays; ++ray) { // the first row at 138 degrees
        const double start = std::fmod(138 + 30.0 * double(ray), 360), stop = std::fmod(start + 30, 360);
        sweep.rays.push_back({start, stop, elevation, 0.25 + double((ray + 5) % Rays)});
    }
    return sweep;
}

FieldPtr fieldOf(const char* id, const char* unit, double elevation, float step, float offset,
                 Kind kind = Kind::Quantity) {
    std::vector<float> values(Rays * Gates);
    std::vector<State> states(values.size(), State::Valid);
    for (std::size_t cell = 0; cell < values.size(); ++cell)
        values[cell] = static_cast<float>(double(offset) + double(step) * double(cell % 101));
    Quantity quantity;
    quantity.id = id;
    quantity.unit = unit;
    quantity.kind = kind;
    if (kind == Kind::Classes)
        quantity.meanings = {{0, "none", 0xFFFFFF}, {1, "rain", 0x2B6CB0}, {4, "odd, name", 0x000001}};
    states[1] = State::NoData;
    states[2] = State::NoEcho;
    if (kind == Kind::Quantity)
        states[3] = State::Rejected;
    const TimePoint time = *parseTime("2023-04-20T06:50:41Z");
    return std::make_shared<const Field>(quantity, sweepOf(elevation),
                                         TimeInterval{time, time + std::chrono::seconds(20)},
                                         std::move(values), std::move(states));
}

OdimVolume twoSweeps() {
    OdimVolume volume;
    volume.time = *parseTime("2023-04-20T06:50:00Z");
    volume.site = sweepOf(0).site;
    volume.how = {{"run", std::string("runs/42")}, {"step", std::int64_t(700)}, {"rate", 0.003}};
    for (const double elevation : {0.5, 4.25})
        volume.sweeps.push_back({{fieldOf("TH", "dBZ", elevation, 0.5f, -20), {}, {}},
                                 {fieldOf("VRADH", "m s-1", elevation, 0.01f, -7.5f), {}, {}},
                                 {fieldOf("RHOHV", "1", elevation, 0.0097f, 0), {}, {}}});
    return volume;
}

Field readBack(const fs::path& file, const std::string& id) {
    Feedback feedback;
    return openSource(file)->read(id, {}, feedback);
}

// The values of one attribute or dataset as h5dump prints them, without its braces.
std::string dumped(const fs::path& file, const std::string& option, const std::string& object) {
    ProcessRequest request;
    request.program = "h5dump";
    request.arguments = {"-y", "-w", "100000", option, object, file.string()};
    const std::string all = runProcess(request).output;
    const std::size_t begin = all.find("DATA {");
    const std::size_t end = all.find('}', begin);
    return begin == std::string::npos
               ? all
               : QString::fromStdString(all.substr(begin + 6, end - begin - 6)).simplified().toStdString();
}

} // namespace

class TestOdimWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsReadBack_data() {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("moment");
        QTest::addColumn<double>("tolerance"); // in the unit
        QTest::newRow("multiples of the step") << "sweep_1/TH" << 0 << 0.0;
        QTest::newRow("steps of a hundredth") << "sweep_1/VRADH" << 1 << 5e-7;
        QTest::newRow("floats") << "sweep_1/RHOHV" << 2 << 0.0;
    }
    void whatIsWrittenIsReadBack() {
        QFETCH(QString, id);
        QFETCH(int, moment);
        QFETCH(double, tolerance);
        const ScratchFolder scratch;
        Feedback feedback;
        const OdimVolume volume = twoSweeps();
        writeOdimVolume(scratch / "a.h5", volume, feedback);
        const Field& wanted = *volume.sweeps[1][std::size_t(moment)].field;
        const Field found = readBack(scratch / "a.h5", id.toStdString());
        QVERIFY(std::equal(found.states().begin(), found.states().end(), wanted.states().begin()));
        for (std::size_t cell = 0; cell < wanted.size(); ++cell)
            if (wanted.states()[cell] == State::Valid)
                QVERIFY(std::abs(found.values()[cell] - wanted.values()[cell]) <= tolerance);
        QCOMPARE(found.quantity().unit, wanted.quantity().unit);
    }

    void geometryTimeAndSiteSurvive() {
        const ScratchFolder scratch;
        Feedback feedback;
        writeOdimVolume(scratch / "a.h5", twoSweeps(), feedback);
        const auto source = openSource(scratch / "a.h5");
        const SourceInfo& info = source->describe();
        QCOMPARE(info.product, std::string("PVOL"));
        QCOMPARE(isoTime(info.time.begin), std::string("2023-04-20T06:50:00Z"));
        QCOMPARE(info.site->latitude, 45.5);
        QCOMPARE(info.site->heightMeters, 321.5);
        const Field field = readBack(scratch / "a.h5", "sweep_1/TH");
        const Sweep &found = *field.sweep(), wanted = sweepOf(4.25);
        QCOMPARE(found.fixedAngle, 4.25);
        QVERIFY(std::abs(found.firstGateMeters - 1125) < 1e-9 && std::abs(found.gateMeters - 250) < 1e-9);
        QCOMPARE(found.nyquist.value_or(0), 7.5);
        QCOMPARE(found.beamWidth.value_or(0), 1.1);
        QCOMPARE(isoTime(field.time().begin), std::string("2023-04-20T06:50:41Z"));
        for (std::size_t ray = 0; ray < Rays; ++ray) {
            QVERIFY(std::abs(std::remainder(found.rays[ray].azimuth() - wanted.rays[ray].azimuth(), 360)) <
                    1e-9);
            QVERIFY(std::abs(found.rays[ray].timeSeconds - wanted.rays[ray].timeSeconds) < 1e-3);
        }
    }

    void otherProgramsReadTheSame() {
        const ScratchFolder scratch;
        Feedback feedback;
        writeOdimVolume(scratch / "a.h5", twoSweeps(), feedback);
        const fs::path file = scratch / "a.h5";
        QCOMPARE(dumped(file, "-a", "/Conventions"), std::string("\"ODIM_H5/V2_3\""));
        QCOMPARE(dumped(file, "-a", "/what/object"), std::string("\"PVOL\""));
        QCOMPARE(dumped(file, "-a", "/what/source"),
                 std::string("\"WMO:07999,PLC:Sandbox a b\"")); // blanks joined by the test
        QCOMPARE(dumped(file, "-a", "/dataset2/where/rstart"),
                 std::string("1")); // kilometres, edge of the first gate
        QCOMPARE(dumped(file, "-a", "/dataset2/where/a1gate"), std::string("7"));
        QCOMPARE(dumped(file, "-a", "/dataset1/what/endtime"), std::string("\"065101\""));
        QCOMPARE(dumped(file, "-a", "/how/step"), std::string("700"));
        QCOMPARE(dumped(file, "-a", "/dataset1/data1/quality1/how/task"),
                 std::string("\"fr.embellie.rejected\""));
        // Codes of TH: 0.5 dB from -32: -20 dBZ is 24; then nodata, undetect, rejected as undetect.
        QVERIFY(dumped(file, "-d", "/dataset1/data1/data").starts_with("24, 255, 0, 0, 28,"));
        QVERIFY(dumped(file, "-d", "/dataset1/data1/quality1/data").starts_with("0, 255, 0, 1, 0,"));
    }

    void classesAndProbabilitiesKeepTheirMeaning() {
        const ScratchFolder scratch;
        Feedback feedback;
        OdimVolume volume = twoSweeps();
        volume.sweeps.resize(1);
        volume.sweeps[0].resize(1);
        volume.sweeps[0][0].quality = {fieldOf("PROB", "1", 0.5, 0.008f, 0.1f, Kind::Probability)};
        volume.sweeps[0].push_back({fieldOf("CLASS", "1", 0.5, 1, 0, Kind::Classes), {}, {}});
        writeOdimVolume(scratch / "a.h5", volume, feedback);
        const auto source = openSource(scratch / "a.h5");
        QCOMPARE(source->describe().product, std::string("SCAN"));
        const Field classes = readBack(scratch / "a.h5", "sweep_0/CLASS");
        QCOMPARE(classes.quantity().kind, Kind::Classes);
        QCOMPARE(classes.quantity().meanings.size(), std::size_t(3));
        QCOMPARE(classes.quantity().meanings[1], (Meaning{1, "rain", 0x2B6CB0}));
        QCOMPARE(classes.values()[0], 0.0f); // class 0 is a value, not a missing one
        QCOMPARE(classes.values()[4], 4.0f);
        const auto& arrays = source->describe().arrays;
        const auto probability = std::find_if(arrays.begin(), arrays.end(), [](const ArrayInfo& array) {
            return array.quantity.kind == Kind::Probability;
        });
        QVERIFY(probability != arrays.end());
        QCOMPARE(probability->qualityOf, std::string("sweep_0/TH"));
        const Field found = readBack(scratch / "a.h5", probability->id);
        for (std::size_t cell = 4; cell < found.size(); ++cell)
            QVERIFY(std::abs(found.values()[cell] - volume.sweeps[0][0].quality[0]->values()[cell]) < 0.0021);
    }

    void anUncertaintySaysByWhatMeasure() {
        const ScratchFolder scratch;
        Feedback feedback;
        OdimVolume volume = twoSweeps();
        volume.sweeps.resize(1);
        volume.sweeps[0].resize(1);
        const FieldPtr plain = fieldOf(UncertaintyId, "1", 0.5, 0.008f, 0.1f);
        Quantity quantity = plain->quantity();
        quantity.longName = "standard deviation of something";
        const auto spread =
            std::make_shared<const Field>(quantity, plain->geometry(), plain->time(),
                                          std::vector<float>(plain->values().begin(), plain->values().end()),
                                          std::vector<State>(plain->states().begin(), plain->states().end()));
        volume.sweeps[0][0].quality = {fieldOf("PROB", "1", 0.5, 0.008f, 0.1f, Kind::Probability), spread};
        writeOdimVolume(scratch / "a.h5", volume, feedback);
        const std::string place = "/dataset1/data1/quality3"; // behind removed and probability
        QCOMPARE(dumped(scratch / "a.h5", "-a", place + "/how/task"),
                 std::string("\"fr.embellie.uncertainty\""));
        QCOMPARE(dumped(scratch / "a.h5", "-a", place + "/how/task_args"),
                 std::string("\"standard deviation of something\""));
        const Field found = readBack(scratch / "a.h5", "sweep_0/UNCERTAINTY");
        QCOMPARE(found.quantity().longName, quantity.longName);
        QVERIFY(found.quantity().kind != Kind::Probability); // or Judge would take it for one
        for (std::size_t cell = 4; cell < found.size(); ++cell)
            QVERIFY(std::abs(found.values()[cell] - spread->values()[cell]) < 0.0021);
    }

    void theSameContentGivesTheSameBytes() {
        const ScratchFolder scratch;
        Feedback feedback;
        writeOdimVolume(scratch / "a.h5", twoSweeps(), feedback);
        QTest::qWait(1100); // another second of the clock
        writeOdimVolume(scratch / "b.h5", twoSweeps(), feedback);
        QVERIFY(readFile(scratch / "a.h5") == readFile(scratch / "b.h5"));
    }

    void aResultHasTheLayoutOfItsInput() {
        const ScratchFolder scratch;
        Feedback feedback;
        writeOdimVolume(scratch / "in.h5", twoSweeps(), feedback);
        OdimResultSweep replaced{1, {fieldOf("TH", "dBZ", 4.25, 0.5f, -10), {}, {{"threshold", 0.3}}}};
        OdimResultSweep added{0, {fieldOf("DBZH", "dBZ", 0.5, 0.123f, -10), {}, {}}};
        writeOdimResult(scratch / "out.h5", scratch / "in.h5", {replaced, added},
                        {{"run", std::string("new")}}, feedback);

        QVERIFY(readBack(scratch / "out.h5", "sweep_0/TH").values()[0] == -20);
        QVERIFY(readBack(scratch / "out.h5", "sweep_1/TH").values()[0] == -10);
        QCOMPARE(readBack(scratch / "out.h5", "sweep_1/TH").states()[3], State::Rejected);
        const Field cleaned = readBack(scratch / "out.h5", "sweep_0/DBZH");
        QVERIFY(std::abs(cleaned.values()[5] - (-10 + 5 * 0.123)) <= 0.0051); // steps of a hundredth
        QCOMPARE(openSource(scratch / "out.h5")->describe().find("sweep_0/DBZH")->path,
                 std::string("/dataset1/data4"));
        QCOMPARE(openSource(scratch / "out.h5")->describe().find("sweep_1/TH")->path,
                 std::string("/dataset2/data1"));
        QCOMPARE(dumped(scratch / "out.h5", "-a", "/how/run"), std::string("\"new\""));
        QCOMPARE(dumped(scratch / "out.h5", "-a", "/how/step"), std::string("700"));
        QVERIFY(readFile(scratch / "in.h5") != readFile(scratch / "out.h5"));
        QVERIFY_EXCEPTION_THROWN(
            writeOdimResult(scratch / "in.h5", scratch / "in.h5", {replaced}, {}, feedback), Error);
        QVERIFY_EXCEPTION_THROWN(
            writeOdimResult(scratch / "o.h5", scratch / "in.h5", {{5, replaced.cleaned}}, {}, feedback),
            Error);
    }

    // A real file of Météo-France: everything but the replaced moment stays as it was.
    void aRealFileKeepsAllThatIsNotReplaced() {
        EMBELLIE_NEEDS_DATA();
        fs::path input;
        for (const auto& entry : fs::directory_iterator(*dataFolder() / "odim" / "avesnes"))
            if (input.empty() || entry.path() < input)
                input = entry.path();
        const ScratchFolder scratch;
        Feedback feedback;
        const Field raw = readBack(input, "sweep_0/TH");
        Quantity quantity = raw.quantity();
        quantity.id = "DBZH";
        std::vector<State> states(raw.states().begin(), raw.states().end());
        for (std::size_t cell = 0; cell < states.size(); cell += 3)
            if (states[cell] == State::Valid)
                states[cell] = State::Rejected;
        const auto cleaned = std::make_shared<const Field>(
            quantity, raw.geometry(), raw.time(),
            std::vector<float>(raw.values().begin(), raw.values().end()), states);
        writeOdimResult(scratch / "out.h5", input, {{0, {cleaned, {}, {}}}}, {}, feedback);
        const Field kept = readBack(scratch / "out.h5", "sweep_0/TH"),
                    found = readBack(scratch / "out.h5", "sweep_0/DBZH");
        QVERIFY(kept.geometry() == raw.geometry());
        for (std::size_t cell = 0; cell < raw.size(); ++cell) {
            QCOMPARE(kept.states()[cell], raw.states()[cell]);
            QCOMPARE(found.states()[cell], states[cell]);
            if (states[cell] == State::Valid) // the input's own steps: exact
                QCOMPARE(found.values()[cell], raw.values()[cell]);
        }
    }

    void aFullDiskLeavesNothing() {
        const ScratchFolder scratch;
        Feedback feedback;
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        ::getrlimit(RLIMIT_FSIZE, &before);
        const rlimit small{2048, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
        bool told = false;
        try {
            writeOdimVolume(scratch / "a.h5", twoSweeps(), feedback);
        } catch (const Error& error) {
            told = error.file() == (scratch / "a.h5").string() && !error.foundText().empty();
        }
        ::setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(told);
        QVERIFY(fs::is_empty(scratch.path()));
    }

    void whatCannotBeWrittenIsRefused() {
        const ScratchFolder scratch;
        Feedback feedback;
        QVERIFY_EXCEPTION_THROWN(writeOdimVolume(scratch / "none/a.h5", twoSweeps(), feedback), Error);
        OdimVolume grid = twoSweeps();
        const Field& like = *grid.sweeps[0][0].field;
        Grid geometry;
        geometry.axes = {{"y", AxisRole::Y, "m", {0, 1}, {}}, {"x", AxisRole::X, "m", {0, 1}, {}}};
        grid.sweeps = {{{std::make_shared<const Field>(like.quantity(), geometry, like.time(),
                                                       std::vector<float>(4), std::vector<State>(4)),
                         {},
                         {}}}};
        QVERIFY_EXCEPTION_THROWN(writeOdimVolume(scratch / "a.h5", grid, feedback), Error);
        QVERIFY(fs::is_empty(scratch.path()));
    }
};

QTEST_GUILESS_MAIN(TestOdimWriter)
#include "tst_odim_writer.moc"
