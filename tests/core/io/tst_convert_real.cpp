// Real files of every family, converted: cells and states of every array, sites, times, angles and corners.

#include "core/base/error.h"
#include "core/io/convert/convert.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

using namespace embellie;
using namespace embellie::test;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

Feedback silent;

/// One file of each kind that is read; of series of equals the first.
std::vector<fs::path> realFiles() {
    std::vector<fs::path> files;
    const fs::path all = *dataFolder();
    for (const char* folder : {"cfradial", "derived", "gamic", "grid", "odim/clutter_pairs", "odim/grids",
                               "odim/volumes", "satellite", "stations"})
        for (const auto& entry : fs::directory_iterator(all / folder))
            if (entry.path().extension() != ".py")
                files.push_back(entry.path());
    for (const char* folder :
         {"odim/avesnes", "odim/behel_20200207", "series/bom_brisbane", "series/knmi_nl25"}) {
        std::vector<fs::path> series;
        for (const auto& entry : fs::directory_iterator(all / folder))
            series.push_back(entry.path());
        if (!series.empty())
            files.push_back(*std::min_element(series.begin(), series.end()));
    }
    std::sort(files.begin(), files.end());
    return files;
}

const ArrayInfo* arrayNamed(const SourceInfo& info, const std::string& id, const std::string& name) {
    const std::string prefix = id.starts_with("sweep_") ? id.substr(0, id.find('/') + 1) : "";
    if (const ArrayInfo* const array = info.find(prefix + name))
        return array;
    const auto found = std::find_if(info.arrays.begin(), info.arrays.end(), [&](const ArrayInfo& one) {
        return one.id.starts_with(prefix) && one.quantity.id == name;
    });
    return found == info.arrays.end() ? nullptr : &*found;
}

QString differenceOfSweeps(const SourceInfo& a, const SourceInfo& b) {
    if (a.sweeps.size() != b.sweeps.size())
        return "other sweeps";
    const auto near = [](double x, double y, double most) { return std::abs(x - y) <= most; };
    for (std::size_t i = 0; i < a.sweeps.size(); ++i) {
        const SweepInfo &one = a.sweeps[i], &two = b.sweeps[i];
        const auto apart = std::max(std::chrono::abs(one.time.begin - two.time.begin),
                                    std::chrono::abs(one.time.end - two.time.end));
        if (one.rays != two.rays || one.gates != two.gates || !near(one.fixedAngle, two.fixedAngle, 1e-4) ||
            !near(one.firstGateMeters, two.firstGateMeters, 0.01) ||
            !near(one.gateMeters, two.gateMeters, 0.001) ||
            !near(std::remainder(one.azimuthRow0 - two.azimuthRow0, 360), 0, 1e-3))
            return "another sweep " + QString::number(i);
        // The files of GAMIC and some of CfRadial tell the time of each ray, ODIM's of whole sweeps.
        if (a.hasTime && apart > std::chrono::seconds(1))
            return "another time of sweep " + QString::number(i);
    }
    const Site &here = *a.site, &there = *b.site;
    const bool isThere = near(here.latitude, there.latitude, 1e-9) &&
                         near(here.longitude, there.longitude, 1e-9) &&
                         near(here.heightMeters, there.heightMeters, 1e-6);
    const bool hasNames = here.id.empty() || (here.id == there.id && here.name == there.name);
    return isThere && hasNames ? QString() : "another site";
}

QString differenceOfGrids(Source& a, Source& b) {
    const auto cornersOf = [](Source& source) {
        const json info = infoJson(source, silent);
        return info.contains("grid") ? info["grid"]["corners"] : json();
    };
    const json one = cornersOf(a), two = cornersOf(b);
    for (const auto& [corner, place] : one.items())
        for (const char* axis : {"lat", "lon"}) {
            const json wanted = place.at(axis), found = two.at(corner).at(axis);
            if (wanted.is_null() != found.is_null() ||
                (wanted.is_number() && std::abs(wanted.get<double>() - found.get<double>()) > 1e-6))
                return "another corner " + QString::fromStdString(corner);
        }
    return a.describe().hasTime == b.describe().hasTime && a.describe().time == b.describe().time
               ? QString()
               : "another time";
}

QString difference(const fs::path& original, const ConvertedFile& made) {
    const auto a = openSource(original), b = openSource(made.output);
    for (const auto& [id, name] : made.arrays) {
        const ArrayInfo* const array = arrayNamed(b->describe(), id, name);
        const QString at = QString::fromStdString(id + " as " + name);
        if (!array)
            return at + " is missing";
        const Field one = a->read(id, {}, silent), two = b->read(array->id, {}, silent);
        if (shapeOf(one.geometry()) != shapeOf(two.geometry()))
            return at + " has another shape";
        if (!std::equal(one.states().begin(), one.states().end(), two.states().begin()))
            return at + " has other states";
        for (std::size_t cell = 0; cell < one.size(); ++cell)
            if (one.states()[cell] == State::Valid && one.values()[cell] != two.values()[cell])
                return at + " has another value";
        if (one.quantity().ambiguous != two.quantity().ambiguous && two.quantity().ambiguous)
            return at + " became ambiguous";
    }
    return a->describe().sweeps.empty() ? differenceOfGrids(*a, *b)
                                        : differenceOfSweeps(a->describe(), b->describe());
}

} // namespace

class TestConvertReal : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyArrayStaysWhatItIs_data() {
        EMBELLIE_NEEDS_DATA();
        QTest::addColumn<QString>("path");
        for (const fs::path& file : realFiles())
            QTest::newRow(file.filename().c_str()) << QString::fromStdString(file.string());
    }
    void everyArrayStaysWhatItIs() {
        EMBELLIE_NEEDS_DATA();
        QFETCH(QString, path);
        const fs::path file = path.toStdString();
        std::unique_ptr<Source> source;
        try {
            source = openSource(file);
        } catch (const Error&) {
            QSKIP("not a file of ours");
        }
        const ScratchFolder scratch;
        std::size_t readable = 0; // others are told as left out
        for (const ArrayInfo& array : source->describe().arrays)
            readable += array.quantity.id != "REJECTED"; // they become states
        const bool isRadar = !source->describe().sweeps.empty();
        source.reset();
        for (const char* format : {"odim", "cfradial", "netcdf"}) {
            if (isRadar == (std::string(format) == "netcdf"))
                continue;
            const Conversion made = convert({{file}, format, scratch / format, {}}, silent);
            QCOMPARE(difference(file, made.files.front()), QString());
            const ConvertedFile& one = made.files.front();
            QVERIFY2(one.arrays.size() + one.leftOut.size() >= readable,
                     "an array is neither there nor told");
        }
    }

    // Four files of a quantity each, for twelve sweeps; ten files of a sweep each, for two cycles.
    void foldersBecomeVolumes() {
        EMBELLIE_NEEDS_DATA();
        const ScratchFolder scratch;
        for (const char* format : {"odim", "cfradial"}) {
            const Conversion belgian =
                convert({{*dataFolder() / "odim/behel_20200207"}, format, scratch / "be", {}}, silent);
            QCOMPARE(belgian.files.size(), std::size_t(3));
            QCOMPARE(belgian.files[0].inputs.size(), std::size_t(4));
            QCOMPARE(belgian.files[0].arrays.size(), std::size_t(12 * 4));
            const auto whole = openSource(belgian.files[0].output);
            const auto part = openSource(*dataFolder() / "odim/behel_20200207" /
                                         "20200207130000.rad.behel.pvol.wrad.scanz.hdf");
            const std::string name = format == std::string("odim") ? "WRADH" : "WRAD";
            const Field one = part->read("sweep_7/WRAD", {}, silent),
                        two = whole->read("sweep_7/" + name, {}, silent);
            QVERIFY(std::equal(one.states().begin(), one.states().end(), two.states().begin()));
            const Conversion french =
                convert({{*dataFolder() / "odim/avesnes"}, format, scratch / "fr", {}}, silent);
            QCOMPARE(french.files.size(), std::size_t(2));
            QCOMPARE(openSource(french.files[0].output)->describe().sweeps.size(), std::size_t(5));
        }
    }
};

QTEST_GUILESS_MAIN(TestConvertReal)
#include "tst_convert_real.moc"
