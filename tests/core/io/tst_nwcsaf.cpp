// NWC SAF's HDF5 for MSG: products of our own with known codes, and the real cloud types.

#include "core/base/error.h"
#include "core/io/source.h"
#include "core/map/projection.h"
#include "tests/core/io/refusal.h"
#include "tests/core/io/tiny_hdf5.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>
#include <numbers>

using namespace embellie;
using namespace embellie::test;

namespace {

constexpr double Step = 3000;

/// Two lines of three columns from 6 km west and 3000 km north of the point below the satellite.
void writeProduct(const std::filesystem::path& path, bool named = true) {
    TinyHdf5 file(path);
    file.text("/", "SAF", "NWC");
    file.text("/", "PACKAGE", "SAFNWC/MSG");
    file.text("/", "PRODUCT_NAME", "CT__");
    file.text("/", "REGION_NAME", "BEL");
    file.text("/", "PROJECTION_NAME", "GEOS<+000.0>");
    file.text("/", "IMAGE_ACQUISITION_TIME", "201304290415");
    file.text("/", "NOMINAL_PRODUCT_TIME", "201304290429");
    if (named) {
        file.text("/", "PROJECTION", "+proj=geos +a=6378169.0 +b=6356583.8 +lon_0=0.0 +h=35785831.0");
        file.number("/", "XGEO_UP_LEFT", -2 * Step);
        file.number("/", "XGEO_LOW_RIGHT", 0);
        file.number("/", "YGEO_UP_LEFT", 1000 * Step);
        file.number("/", "YGEO_LOW_RIGHT", 999 * Step);
    }
    file.number("/", "CFAC", 13642337);
    file.number("/", "LFAC", 13642337);
    file.number("/", "COFF", 2);
    file.number("/", "LOFF", 1000);
    const auto image = [&](const std::string& name, const std::vector<unsigned char>& cells, double gain,
                           double offset) {
        file.bytes("/" + name, 2, 3, cells);
        file.text("/" + name, "CLASS", "IMAGE");
        file.number("/" + name, "SCALING_FACTOR", gain);
        file.number("/" + name, "OFFSET", offset);
    };
    image("CT", {0, 1, 20, 255, 19, 6}, 1, 0);
    image("CTTH_HEIGHT", {0, 9, 10, 255, 60, 11}, 200, -2000);
    file.bytes("/01-PALETTE", 2, 3, {100, 101, 102, 0, 120, 255});
    file.text("/01-PALETTE", "CLASS", "PALETTE");
}

/// As the products do: an object reference.
void pointToPalette(const std::filesystem::path& path) {
    const Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
    const Hdf5Handle image(H5Dopen2(file, "/CT", H5P_DEFAULT), H5Dclose);
    const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose);
    const Hdf5Handle attribute(H5Acreate2(image, "PALETTE", H5T_STD_REF_OBJ, space, H5P_DEFAULT, H5P_DEFAULT),
                               H5Aclose);
    hobj_ref_t reference = 0;
    H5Rcreate(&reference, file, "/01-PALETTE", H5R_OBJECT, -1);
    H5Awrite(attribute, H5T_STD_REF_OBJ, &reference);
}

void removeAttribute(const std::filesystem::path& path, const char* name) {
    const Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
    QVERIFY(H5Adelete_by_name(file, "/", name, H5P_DEFAULT) >= 0);
}

} // namespace

class TestNwcSaf : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void classesAndScaledValuesMeanWhatTheFormatSays() {
        const ScratchFolder scratch;
        writeProduct(scratch / "ct.h5");
        pointToPalette(scratch / "ct.h5");
        const auto source = openSource(scratch / "ct.h5");
        const SourceInfo& info = source->describe();
        QCOMPARE(info.format, std::string("NWC SAF HDF5"));
        QCOMPARE(info.title, std::string("NWC SAF CT BEL"));
        QCOMPARE(isoTime(info.time.begin), std::string("2013-04-29T04:15:00Z"));
        QCOMPARE(info.arrays.size(), std::size_t(2)); // a palette is no image
        Feedback silent;
        const Field types = source->read("CT", {}, silent);
        QCOMPARE(int(types.quantity().kind), int(Kind::Classes));
        QCOMPARE(types.quantity().meanings.size(), std::size_t(21));
        QCOMPARE(types.quantity().meanings[19].name, std::string("fractional"));
        QCOMPARE(types.quantity().meanings[1].colour.value(), 0x0078FFu);
        QVERIFY(!types.quantity().meanings[2].colour);
        QCOMPARE(types.values()[0], 0.0f);
        QCOMPARE(types.values()[2], 20.0f);
        QCOMPARE(int(types.states()[3]), int(State::NoData));
        const Field heights = source->read("/CTTH_HEIGHT", {}, silent);
        QCOMPARE(heights.quantity().unit, std::string("m"));
        QCOMPARE(int(heights.states()[0]), int(State::NoData));
        QCOMPARE(int(heights.states()[1]), int(State::NoData)); // 200 m below the sea
        QCOMPARE(heights.values()[2], 0.0f);
        QCOMPARE(int(heights.states()[3]), int(State::NoData));
        QCOMPARE(heights.values()[4], 10000.0f);
        const Field part = source->read("CT", Window::parse("y=1,x=1:"), silent);
        QCOMPARE(part.size(), std::size_t(2));
        QCOMPARE(part.values()[1], 6.0f);
        QCOMPARE(part.grid()->axis(AxisRole::X)->centres[0], -Step);
    }

    void namedPlacesAreCentresAsTheFactorsAre() {
        const ScratchFolder scratch;
        writeProduct(scratch / "named.h5");
        writeProduct(scratch / "factors.h5", false);
        const Grid named = *openSource(scratch / "named.h5")->describe().grid;
        QCOMPARE(named.axis(AxisRole::X)->centres[0], -2 * Step);
        QCOMPARE(named.axis(AxisRole::X)->bounds[0], -2.5 * Step);
        QCOMPARE(named.axis(AxisRole::Y)->centres[1], 999 * Step);
        const Grid factors = *openSource(scratch / "factors.h5")->describe().grid;
        const double step = 65536.0 / 13642337 * std::numbers::pi / 180 * 35785831;
        QVERIFY(std::abs(factors.axis(AxisRole::X)->centres[0] + 2 * step) < 1e-6);
        QVERIFY(std::abs(factors.axis(AxisRole::X)->centres[2]) < 1e-6);
        QVERIFY(std::abs(factors.axis(AxisRole::Y)->centres[0] - 1000 * step) < 1e-6);
        QVERIFY(std::abs(step - 3000.403) < 1e-3);
        const GeoPoint below = Projection(factors.crs).inverse({0, 0});
        QVERIFY(std::abs(below.latitude) < 1e-9 && std::abs(below.longitude) < 1e-9);
    }

    void whatIsMissingIsSaidInOneSentence() {
        const ScratchFolder scratch;
        for (const char* name : {"CFAC", "LOFF", "PROJECTION_NAME"}) {
            const auto path = scratch / (std::string(name) + ".h5");
            writeProduct(path, false);
            removeAttribute(path, name);
            const QString sentence = QString::fromStdString(refusalOf(path));
            const QString wanted = QByteArray(name).startsWith("PROJ") ? "PROJECTION" : name;
            QVERIFY2(sentence.contains(wanted) && sentence.contains(".h5") && !sentence.contains('\n') &&
                         sentence.endsWith('.'),
                     sentence.toUtf8());
        }
        writeProduct(scratch / "gain.h5");
        TinyHdf5::reopened(scratch / "gain.h5").replaceNumber("/CTTH_HEIGHT", "SCALING_FACTOR", 0);
        Feedback silent;
        const auto source = openSource(scratch / "gain.h5");
        QVERIFY_EXCEPTION_THROWN(source->read("CTTH_HEIGHT", {}, silent), Error);
        QCOMPARE(source->read("CT", {}, silent).values()[1], 1.0f);
    }

    void theRealProductLiesWhereItsFactorsSay() {
        EMBELLIE_NEEDS_DATA();
        const auto path = *dataFolder() / "satellite/SAFNWC_MSG3_CT___201304290415_BEL_________.h5";
        const auto source = openSource(path);
        const SourceInfo& info = source->describe();
        const double step = 65536.0 / 13642337 * std::numbers::pi / 180 * 35785831;
        const Axis &x = *info.grid->axis(AxisRole::X), &y = *info.grid->axis(AxisRole::Y);
        QVERIFY(std::abs(x.centres.front() + 206 * step) < 1); // COFF, LOFF
        QVERIFY(std::abs(x.centres.back() - (599 - 206) * step) < 1);
        QVERIFY(std::abs(y.centres.front() - 1656 * step) < 1);
        QVERIFY(std::abs(y.centres.back() - (1656 - 299) * step) < 1);
        QCOMPARE(isoTime(info.time.begin), std::string("2013-04-29T04:15:00Z"));
        QCOMPARE(info.find("CT")->quantity.meanings[15].colour.value(), 0x0050D7u);
        QVERIFY(info.find("CT_QUALITY")->quantity.meanings.empty());
    }
};

QTEST_GUILESS_MAIN(TestNwcSaf)
#include "tst_nwcsaf.moc"
