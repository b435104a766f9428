// What headers say of sweeps in all families alike: that one looks straight up, and when it was measured,
// which is never made up.

#include "core/base/error.h"
#include "core/io/convert/convert.h"
#include "core/io/dataset.h"
#include "tests/core/io/tiny_cfradial2.h"
#include "tests/core/io/tiny_hdf5.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

struct OdimTimes {
    bool hasRoot = true, haveSweeps = true;
    std::string lastEnd = "120420";
};

/// Sweeps of four rays at these angles, 30 seconds each, one behind the other.
void writeVolume(const fs::path& path, const std::vector<double>& angles, const OdimTimes& times = {}) {
    TinyHdf5 file(path);
    file.odimRoot("PVOL");
    if (!times.hasRoot)
        for (const char* name : {"date", "time"})
            file.removeAttribute("/what", name);
    for (std::size_t i = 0; i < angles.size(); ++i) {
        const std::string group = "/dataset" + std::to_string(i + 1);
        file.odimSweep(group, angles[i], 4, 3, "1201" + std::string(i % 2 ? "30" : "00"));
        file.replaceText(group + "/what", "endtime",
                         i + 1 == angles.size() ? times.lastEnd : "1201" + std::string(i % 2 ? "59" : "30"));
        if (!times.haveSweeps)
            for (const char* name : {"startdate", "starttime", "enddate", "endtime"})
                file.removeAttribute(group + "/what", name);
        file.odimMoment(group + "/data1", "TH", 4, 3);
    }
}

json infoOf(const fs::path& path) {
    Feedback silent;
    return infoJson(*openSource(path), silent);
}

Conversion converted(const fs::path& from, const std::string& to, const fs::path& output) {
    Feedback silent;
    return convert({{from}, to, output, {}}, silent);
}

} // namespace

class TestSweepHeaders : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSweepThatLooksUpIsOneOverTime_data() {
        QTest::addColumn<double>("angle");
        QTest::addColumn<bool>("isUpright");
        QTest::newRow("the zenith") << 90.0 << true;
        QTest::newRow("nearly") << 89.6 << true;
        QTest::newRow("a steep cone") << 89.4 << false;
        QTest::newRow("the usual") << 0.5 << false;
    }
    void aSweepThatLooksUpIsOneOverTime() {
        QFETCH(double, angle);
        QFETCH(bool, isUpright);
        const SweepMode wanted = isUpright ? SweepMode::VerticalPointing : SweepMode::Azimuth;
        const ScratchFolder scratch;
        writeVolume(scratch / "a.h5", {1.5, angle});
        {
            TinyNetcdf file(scratch / "b.nc");
            addPlace(file);
            addSweep(file, "sweep_0", 4, 3, angle);
            addMoment(file, "DBZH", 12);
        }
        const SourceInfo odim = openSource(scratch / "a.h5")->describe();
        QCOMPARE(odim.sweeps[0].mode, SweepMode::Azimuth);
        QCOMPARE(odim.sweeps[1].mode, wanted);
        QCOMPARE(openSource(scratch / "b.nc")->describe().sweeps[0].mode, wanted);
        Feedback silent;
        const auto dataset = Dataset::open({scratch / "a.h5"}, silent);
        const auto& layers = dataset->groups().at(0).volumes.at(0).layers;
        QCOMPARE(layers.size(), std::size_t(2));
        QCOMPARE(std::any_of(layers.begin(), layers.end(),
                             [](const LayerEntry& layer) { return layer.label == "vertical"; }),
                 isUpright);
    }

    // ODIM_H5 has no word for it: the angle says it, to us as well.
    void aSweepThatLooksUpStaysOneInOdim() {
        const ScratchFolder scratch;
        writeVolume(scratch / "a.h5", {1.5, 89.75});
        const Conversion there = converted(scratch / "a.h5", "cfradial", scratch / "b.nc");
        QCOMPARE(openSource(scratch / "b.nc")->describe().sweeps[1].mode, SweepMode::VerticalPointing);
        const Conversion back = converted(scratch / "b.nc", "odim", scratch / "c.h5");
        for (const Text& sentence : back.files.at(0).leftOut)
            QVERIFY2(sentence.english().find("straight up") == std::string::npos, sentence.english().c_str());
        const SweepInfo again = openSource(scratch / "c.h5")->describe().sweeps.at(1);
        QCOMPARE(again.mode, SweepMode::VerticalPointing);
        QCOMPARE(again.fixedAngle, 89.75);
        QCOMPARE(again.rays, std::size_t(4));
    }

    // What only a word says is lost in a form that has none.
    void aWordForLookingUpIsSaidToBeLeftOut() {
        const ScratchFolder scratch;
        {
            TinyNetcdf file(scratch / "b.nc");
            addPlace(file);
            addSorted(file, "sweep_0", "azimuth", "vertical_pointing"); // at half a degree
        }
        const Conversion there = converted(scratch / "b.nc", "odim", scratch / "b.h5");
        const auto& leftOut = there.files.at(0).leftOut;
        QVERIFY(std::any_of(leftOut.begin(), leftOut.end(), [](const Text& sentence) {
            return sentence.english().find("straight up") != std::string::npos;
        }));
    }

    void aVolumeEndsWithItsLastSweep() {
        const ScratchFolder scratch;
        writeVolume(scratch / "a.h5", {0.5, 1.5, 2.5});
        const json info = infoOf(scratch / "a.h5");
        QCOMPARE(info["time"]["begin"], json("2020-01-01T12:00:00Z")); // nominal
        QCOMPARE(info["time"]["end"], json("2020-01-01T12:04:20Z"));
        QCOMPARE(info["sweeps"][2]["end_time"], json("2020-01-01T12:04:20Z"));
        writeVolume(scratch / "early.h5", {0.5}, {.lastEnd = "115959"}); // before it began: no end at all
        QCOMPARE(infoOf(scratch / "early.h5")["time"]["end"], json("2020-01-01T12:01:00Z"));
    }

    void sweepsAloneMayHaveTimes() {
        const ScratchFolder scratch;
        writeVolume(scratch / "a.h5", {0.5, 1.5}, {.hasRoot = false});
        const json info = infoOf(scratch / "a.h5");
        QCOMPARE(info["time"]["begin"], json("2020-01-01T12:01:00Z"));
        QCOMPARE(info["time"]["end"], json("2020-01-01T12:04:20Z"));
        converted(scratch / "a.h5", "odim", scratch / "b.h5");
        QCOMPARE(infoOf(scratch / "b.h5")["time"]["begin"], json("2020-01-01T12:01:00Z"));
    }

    void noTimeIsMadeUp() {
        const ScratchFolder scratch;
        writeVolume(scratch / "a.h5", {0.5, 1.5}, {.hasRoot = false, .haveSweeps = false});
        {
            TinyNetcdf file(scratch / "b.nc");
            addPlace(file);
            addSweep(file, "sweep_0", 4, 3);
            file.att("time", "units", "s"); // of nothing
            addMoment(file, "DBZH", 12);
        }
        for (const char* name : {"a.h5", "b.nc"}) {
            const json info = infoOf(scratch / name);
            QVERIFY2(info["time"].is_null(), name);
            for (const json& sweep : info["sweeps"])
                QVERIFY2(sweep["time"].is_null() && sweep["end_time"].is_null(), sweep.dump().c_str());
            for (const char* format : {"odim", "cfradial"}) {
                try {
                    converted(scratch / name, format, scratch / "out");
                    QFAIL("no error");
                } catch (const Error& error) {
                    QVERIFY2(QString(error.what()).contains("does not say when it was measured"),
                             error.what());
                }
                QVERIFY(!fs::exists(scratch / "out"));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestSweepHeaders)
#include "tst_sweep_headers.moc"
