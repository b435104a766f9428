// GAMIC's HDF5: files of our own with known codes, the real one against h5dump, and results written and read.

#include "core/base/error.h"
#include "core/base/process.h"
#include "core/io/gamic/gamic_result.h"
#include "core/io/result.h"
#include "tests/core/io/refusal.h"
#include "tests/core/io/tiny_hdf5.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>

using namespace embellie;
using namespace embellie::test;

namespace {

struct RayRow {
    double azimuth_start, azimuth_stop, elevation_start, elevation_stop;
    std::int64_t timestamp;
};

void writeRays(const std::filesystem::path& path, const std::string& dataset,
               const std::vector<RayRow>& rays) {
    const Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
    const Hdf5Handle type(H5Tcreate(H5T_COMPOUND, sizeof(RayRow)), H5Tclose);
    H5Tinsert(type, "azimuth_start", offsetof(RayRow, azimuth_start), H5T_NATIVE_DOUBLE);
    H5Tinsert(type, "azimuth_stop", offsetof(RayRow, azimuth_stop), H5T_NATIVE_DOUBLE);
    H5Tinsert(type, "elevation_start", offsetof(RayRow, elevation_start), H5T_NATIVE_DOUBLE);
    H5Tinsert(type, "elevation_stop", offsetof(RayRow, elevation_stop), H5T_NATIVE_DOUBLE);
    H5Tinsert(type, "timestamp", offsetof(RayRow, timestamp), H5T_NATIVE_INT64);
    const hsize_t count = rays.size();
    const Hdf5Handle space(H5Screate_simple(1, &count, nullptr), H5Sclose);
    const Hdf5Handle data(
        H5Dcreate2(file, dataset.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Dclose);
    H5Dwrite(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, rays.data());
}

/// Four rays of three gates from 350 degrees on, 90 degrees apart; UH in 8 bits, PHIDP in 16.
void writeTiny(const std::filesystem::path& path, std::size_t rowsOfHeader = 4, double elevation = 1.5) {
    {
        TinyHdf5 file(path);
        file.text("/what", "object", "PVOL");
        file.text("/what", "version", "6");
        file.text("/how", "site_name", "Testtown");
        file.number("/where", "lat", 50.5);
        file.number("/where", "lon", 7.25);
        file.number("/where", "height", 99.5);
        file.text("/scan0/what", "scan_type", "PPI");
        file.number("/scan0/how", "elevation", elevation);
        file.number("/scan0/how", "range_start", 0);
        file.number("/scan0/how", "range_step", 50);
        file.number("/scan0/how", "range_samples", 2);
        file.number("/scan0/how", "PRF", 1000);
        file.number("/scan0/how", "radar_wave_length", 0.032);
        file.number("/scan0/how", "unfolding", 2);
        file.bytes("/scan0/moment_0", 4, 3, {0, 1, 255, 2, 128, 10, 20, 30, 40, 50, 60, 70});
        file.text("/scan0/moment_0", "moment", "UH");
        file.text("/scan0/moment_0", "format", "UV8");
        file.number("/scan0/moment_0", "dyn_range_min", -32);
        file.number("/scan0/moment_0", "dyn_range_max", 95);
        file.array<unsigned short>("/scan0/moment_1", {4, 3}, {0, 1, 65535, 2, 3, 4, 5, 6, 7, 8, 9, 10},
                                   H5T_STD_U16LE, H5T_NATIVE_USHORT);
        file.text("/scan0/moment_1", "moment", "PHIDP");
        file.text("/scan0/moment_1", "format", "UV16");
        file.number("/scan0/moment_1", "dyn_range_min", -180);
        file.number("/scan0/moment_1", "dyn_range_max", 180);
    }
    std::vector<RayRow> rays{{350, 10, elevation - 0.1, elevation + 0.1, 1'400'000'000'500'000},
                             {80, 100, elevation, elevation, 1'400'000'001'000'000},
                             {170, 190, elevation, elevation, 1'400'000'002'000'000},
                             {260, 280, elevation, elevation, 1'400'000'003'250'000}};
    rays.resize(rowsOfHeader);
    writeRays(path, "/scan0/ray_header", rays);
}

/// Numbers of the only cell that h5dump prints.
double dumped(const std::filesystem::path& file, const std::string& dataset, const std::string& start) {
    const ProcessResult dump = runProcess(
        {.program = "h5dump", .arguments = {"-y", "-d", dataset, "-s", start, "-c", "1,1", file.string()}});
    const QString text = QString::fromStdString(dump.output);
    const QString inner = text.section("DATA {", 1).section('}', 0, 0).simplified();
    return inner.toDouble();
}

} // namespace

class TestGamic : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void codesAnglesAndTimesMeanWhatTheFormatSays() {
        const ScratchFolder scratch;
        const auto path = scratch / "tiny.mvol";
        writeTiny(path);
        const auto source = openSource(path);
        const SourceInfo& info = source->describe();
        QCOMPARE(info.format, std::string("GAMIC HDF5 6"));
        QCOMPARE(info.title, std::string("Testtown"));
        QCOMPARE(isoTime(info.time.begin), std::string("2014-05-13T16:53:20.500Z"));
        QCOMPARE(isoTime(info.time.end), std::string("2014-05-13T16:53:23.250Z")); // of the last ray
        QCOMPARE(info.sweeps[0].mode, SweepMode::Azimuth);
        Feedback silent;
        const Field uh = source->read("sweep_0/UH", {}, silent);
        QCOMPARE(uh.quantity().unit, std::string("dBZ"));
        QVERIFY(uh.quantity().ambiguous);
        // 0 is empty, 1 the least, 255 the greatest; 127 dB over 254 steps are half a decibel each.
        QCOMPARE(int(uh.states()[0]), int(State::NoData));
        QCOMPARE(uh.values()[1], -32.0f);
        QCOMPARE(uh.values()[2], 95.0f);
        QCOMPARE(uh.values()[3], -31.5f);
        QCOMPARE(uh.values()[4], 31.5f);
        const Field phase = source->read("/scan0/moment_1", {}, silent);
        QCOMPARE(phase.values()[1], -180.0f);
        QCOMPARE(phase.values()[2], 180.0f);
        QVERIFY(std::abs(phase.values()[3] - (-180 + 360.0 / 65534)) < 1e-5);

        const Sweep& sweep = *uh.sweep();
        QCOMPARE(sweep.gateMeters, 100.0);
        QCOMPARE(sweep.firstGateMeters, 50.0);
        QCOMPARE(sweep.fixedAngle, 1.5);
        QCOMPARE(sweep.rays[0].azimuth(), 0.0); // from 350 to 10
        QCOMPARE(sweep.rays[3].azimuth(), 270.0);
        QCOMPARE(sweep.rays[0].elevation, 1.5);
        QCOMPARE(sweep.rays[3].timeSeconds, 2.75);
        QCOMPARE(sweep.nyquist.value(), 24.0); // wavelength × rate ÷ 4, three times as far with 3:4
        const Field part = source->read("sweep_0/UH", Window::parse("ray=2:4,gate=1:3"), silent);
        QCOMPARE(part.values()[0], uh.values()[2 * 3 + 1]);
        QCOMPARE(part.sweep()->firstGateMeters, 150.0);
    }

    void aSweepThatLooksUpIsOneOverTime() {
        const ScratchFolder scratch;
        writeTiny(scratch / "up.mvol", 4, 90);
        const SourceInfo info = openSource(scratch / "up.mvol")->describe();
        QCOMPARE(info.sweeps[0].mode, SweepMode::VerticalPointing);
        QCOMPARE(info.sweeps[0].fixedAngle, 90.0);
    }

    void unitsFollowFromTheNames_data() {
        QTest::addColumn<QString>("unit");
        for (const char* name : {"UH", "UV", "UZ", "Z", "ZH", "ZV", "Zh", "Zv", "UZh", "UZv", "Uh"})
            QTest::newRow(name) << "dBZ";
        for (const char* name : {"VH", "Vh", "UVh", "WH", "Wv"})
            QTest::newRow(name) << (QByteArray(name) == "UVh" ? "" : "m s-1");
        QTest::newRow("ZDR") << "dB";
        QTest::newRow("KDP") << "degree km-1";
        QTest::newRow("RHOHV") << "1";
    }
    void unitsFollowFromTheNames() {
        QFETCH(QString, unit);
        const ScratchFolder scratch;
        writeTiny(scratch / "a.mvol");
        TinyHdf5::reopened(scratch / "a.mvol")
            .replaceText("/scan0/moment_0", "moment", QTest::currentDataTag());
        Feedback silent;
        const auto source = openSource(scratch / "a.mvol");
        QCOMPARE(source->read("/scan0/moment_0", {}, silent).quantity().unit, unit.toStdString());
    }

    void whatIsMissingIsSaidInOneSentence() {
        const ScratchFolder scratch;
        const auto path = scratch / "short.mvol";
        writeTiny(path, 3);
        QVERIFY2(QString::fromStdString(refusalOf(path)).contains("a table of 4 rays"),
                 refusalOf(path).c_str());
        const auto open = [&](const char* name) {
            writeTiny(scratch / name);
            return Hdf5Handle(H5Fopen((scratch / name).c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
        };
        {
            const Hdf5Handle file = open("place.mvol");
            H5Adelete_by_name(file, "/where", "lat", H5P_DEFAULT);
        }
        QVERIFY(QString::fromStdString(refusalOf(scratch / "place.mvol")).contains("lat"));
        {
            const Hdf5Handle file = open("range.mvol");
            H5Adelete_by_name(file, "/scan0/moment_0", "dyn_range_max", H5P_DEFAULT);
        }
        Feedback silent;
        const auto source = openSource(scratch / "range.mvol");
        QVERIFY_EXCEPTION_THROWN(source->read("sweep_0/UH", {}, silent), Error);
        QCOMPARE(source->read("sweep_0/PHIDP", {}, silent).values()[2], 180.0f);
        {
            const Hdf5Handle file = open("rays.mvol");
            H5Ldelete(file, "/scan0/ray_header", H5P_DEFAULT);
        }
        QVERIFY(QString::fromStdString(refusalOf(scratch / "rays.mvol")).contains("without ray_header"));
    }

    void aResultReadsBackCellByCellBesideTheOldMoments() {
        const ScratchFolder scratch;
        const auto input = scratch / "tiny.mvol", output = scratch / "cleaned.mvol";
        writeTiny(input);
        Feedback silent;
        const Field raw = openSource(input)->read("sweep_0/UH", {}, silent);
        Quantity quantity = raw.quantity(), chance;
        quantity.id = "DBZH";
        chance.id = "PROBABILITY";
        chance.kind = Kind::Probability;
        std::vector<float> values(raw.values().begin(), raw.values().end()), probability(raw.size());
        std::vector<State> states(raw.states().begin(), raw.states().end()), measured = states;
        for (std::size_t i = 1; i < states.size(); ++i) {
            probability[i] = static_cast<float>(i) / 12;
            if (i % 3 == 0)
                states[i] = State::Rejected;
        }
        states[5] = State::NoEcho;
        const auto cleaned =
            std::make_shared<const Field>(quantity, raw.geometry(), raw.time(), values, states);
        const auto rain =
            std::make_shared<const Field>(chance, raw.geometry(), raw.time(), probability, measured);
        Quantity spread;
        spread.id = UncertaintyId;
        spread.longName = "standard deviation of something";
        const auto unsure =
            std::make_shared<const Field>(spread, raw.geometry(), raw.time(), probability, measured);
        writeResult(output, input,
                    {{0, OdimMoment{cleaned, {rain, unsure}, {{"embellie_input", "sweep_0/UH"}}}}},
                    {{"embellie_method", "test"}}, silent);

        const auto result = openSource(output);
        const Field back = result->read("sweep_0/DBZH", {}, silent);
        QVERIFY(std::equal(back.states().begin(), back.states().end(), cleaned->states().begin()));
        for (std::size_t i = 0; i < back.size(); ++i)
            if (back.states()[i] == State::Valid)
                QCOMPARE(back.values()[i], cleaned->values()[i]); // in the steps of UH: to the bit
        QCOMPARE(back.geometry(), raw.geometry());
        const Field again = result->read("sweep_0/DBZH_probability", {}, silent);
        QCOMPARE(int(again.quantity().kind), int(Kind::Probability));
        for (std::size_t i = 1; i < again.size(); ++i)
            QVERIFY(std::abs(again.values()[i] - probability[i]) <= 0.5f / 254 + 1e-6f);
        const ArrayInfo* const second = result->describe().find("sweep_0/DBZH_uncertainty");
        QVERIFY(second);
        QCOMPARE(second->quantity.id, std::string(UncertaintyId));
        QCOMPARE(second->quantity.longName, spread.longName);
        QCOMPARE(second->qualityOf, std::string("sweep_0/DBZH"));
        QCOMPARE(result->read(second->id, {}, silent).values()[7], again.values()[7]);
        QCOMPARE(result->describe().find("sweep_0/DBZH_rejected")->qualityOf, std::string("sweep_0/DBZH"));
        const Hdf5File file = Hdf5File::open(output);
        QCOMPARE(file.string("/how", "embellie_method").value_or(""), std::string("test"));
        QCOMPARE(file.string("/scan0/moment_2", "embellie_input").value_or(""), std::string("sweep_0/UH"));
        for (const char* moment : {"/scan0/moment_0", "/scan0/moment_1"})
            QVERIFY(file.read(moment).bytes == Hdf5File::open(input).read(moment).bytes);
        QVERIFY_EXCEPTION_THROWN(writeResult(input, input, {}, {}, silent), Error);
    }

    void theRealFileSaysWhatH5dumpSays() {
        EMBELLIE_NEEDS_DATA();
        const auto path = *dataFolder() / "gamic/2014-08-10--182000.ppi.mvol";
        const auto source = openSource(path);
        Feedback silent;
        const Field uh = source->read("sweep_0/UH", {}, silent), zh = source->read("sweep_0/ZH", {}, silent);
        for (const auto& [ray, gate] : {std::pair{238, 38}, {0, 0}, {359, 999}, {100, 500}, {17, 3}}) {
            const std::string start = std::to_string(ray) + "," + std::to_string(gate);
            const auto cell = static_cast<std::size_t>(ray * 1000 + gate);
            for (const auto& [field, dataset] :
                 {std::pair{&uh, "/scan0/moment_3"}, {&zh, "/scan0/moment_10"}}) {
                const double code = dumped(path, dataset, start);
                if (code == 0)
                    QCOMPARE(int(field->states()[cell]), int(State::NoData));
                else // 127.5 dB over 254 steps from -32 dBZ
                    QVERIFY(std::abs(field->values()[cell] - (-32 + (code - 1) * 127.5 / 254)) < 1e-4);
            }
        }
        // The velocities' own range is the Nyquist interval with 4:5 staggering.
        QVERIFY(std::abs(uh.sweep()->nyquist.value() - 30.5235) < 1e-3);
        QCOMPARE(isoTime(uh.time().begin), std::string("2014-08-10T18:23:35Z"));
        QCOMPARE(isoTime(uh.time().end), std::string("2014-08-10T18:24:05Z"));
    }
};

QTEST_GUILESS_MAIN(TestGamic)
#include "tst_gamic.moc"
