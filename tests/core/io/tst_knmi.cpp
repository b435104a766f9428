// KNMI's HDF5: images and volumes of our own with known codes, and real composites against other readers.

#include "core/base/error.h"
#include "core/io/dataset.h"
#include "core/io/knmi/knmi_source.h"
#include "core/io/result.h"
#include "core/map/projection.h"
#include "tests/core/io/tiny_hdf5.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>

using namespace embellie;
using namespace embellie::test;

namespace {

constexpr const char* Stereographic = "+proj=stere +lat_0=90 +lon_0=0 +lat_ts=60 +a=6378.137 +b=6356.752 "
                                      "+x_0=0 +y_0=0";

/// Three rows of two pixels in 16 bits, as many images as there are times.
void writeImages(const std::filesystem::path& path, const std::vector<std::string>& times) {
    TinyHdf5 file(path);
    file.text("/overview", "hdftag_version_number", "3.5");
    file.text("/overview", "product_group_name", "RAD_TEST");
    file.text("/overview", "product_datetime_start", "26-AUG-2010;03:55:00.000", true);
    file.text("/overview", "product_datetime_end", "26-AUG-2010;04:00:00.000", true);
    file.text("/geographic", "geo_pixel_def", "LU");
    file.text("/geographic", "geo_dim_pixel", "KM,KM");
    file.numbers("/geographic", "geo_pixel_size_x", {1}, true);
    file.numbers("/geographic", "geo_pixel_size_y", {-1}, true);
    file.numbers("/geographic", "geo_column_offset", {0}, true);
    file.numbers("/geographic", "geo_row_offset", {3650}, true);
    file.text("/geographic/map_projection", "projection_proj4_params", Stereographic);
    int number = 0;
    for (const std::string& time : times) {
        const std::string image = "/image" + std::to_string(++number);
        file.text(image, "image_geo_parameter", "PRECIP_[MM]");
        file.text(image, "image_product_name", "RAD_TEST_5mi");
        if (!time.empty())
            file.text(image, "image_datetime_valid", time);
        file.text(image + "/calibration", "calibration_formulas", "GEO=0.010000*PV+0.000000");
        file.numbers(image + "/calibration", "calibration_missing_data", {65534}, true);
        file.numbers(image + "/calibration", "calibration_out_of_image", {65535}, true);
        const auto code = static_cast<unsigned short>(100 * number);
        file.array<unsigned short>(image + "/image_data", {3, 2}, {0, code, 65534, 65535, 250, 1},
                                   H5T_STD_U16LE, H5T_NATIVE_USHORT);
    }
}

/// Two scans: one of 8 bits that began in its row 2, one of 16 bits.
void writeVolume(const std::filesystem::path& path) {
    TinyHdf5 file(path);
    file.text("/overview", "hdftag_version_number", "3.6");
    file.text("/overview", "product_datetime_start", "01-JAN-2020;12:00:00.000");
    file.numbers("/radar1", "radar_location", {5.125, 51.75});
    file.text("/radar1", "radar_name", "Herwijnen");
    for (const auto& [scan, elevation] : {std::pair{"/scan1", 0.5}, {"/scan2", 90.0}}) {
        file.number(scan, "scan_elevation", elevation);
        file.number(scan, "scan_number_azim", 4);
        file.number(scan, "scan_number_range", 3);
        file.number(scan, "scan_range_bin", 0.25);
        file.number(scan, "scan_azim_bin", 90);
        file.number(scan, "scan_start_azim", 2);
        file.number(scan, "scan_antenna_velocity", 18);
        file.text(scan, "scan_datetime", "01-JAN-2020;12:01:30.500");
        const std::string calibration = scan + std::string("/calibration");
        file.number(calibration, "calibration_missing_data", 0);
        file.number(calibration, "calibration_out_of_image", 255);
    }
    for (const char* moment : {"Z", "uZ"}) {
        file.text("/scan1/calibration", std::string("calibration_") + moment + "_formulas",
                  "GEO=0.5*PV+-32.0");
        file.bytes(std::string("/scan1/scan_") + moment + "_data", 4, 3,
                   {0, 1, 255, 254, 64, 65, 66, 67, 68, 69, 70, 71});
    }
    file.text("/scan1/calibration", "calibration_V_formulas", "GEO = 0.187500 * PV + -24.000000");
    file.bytes("/scan1/scan_V_data", 4, 3, {0, 128, 255, 1, 128, 128, 128, 128, 128, 128, 128, 128});
    file.text("/scan2/calibration", "calibration_RhoHV_formulas", "GEO=0.001*PV-0.001");
    file.array<unsigned short>("/scan2/scan_RhoHV_data", {4, 3}, {0, 1, 255, 1000, 5, 6, 7, 8, 9, 10, 11, 12},
                               H5T_STD_U16LE, H5T_NATIVE_USHORT);
}

QString sentenceOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

} // namespace

class TestKnmi : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void imagesHaveValuesStatesAndPlaces() {
        const ScratchFolder scratch;
        writeImages(scratch / "one.h5", {""});
        const auto source = openSource(scratch / "one.h5");
        const SourceInfo& info = source->describe();
        QCOMPARE(info.format, std::string("KNMI HDF5 3.5"));
        QCOMPARE(info.title, std::string("RAD_TEST"));
        QCOMPARE(isoTime(info.time.begin), std::string("2010-08-26T03:55:00Z"));
        QCOMPARE(isoTime(info.time.end), std::string("2010-08-26T04:00:00Z"));
        QCOMPARE(info.arrays.size(), std::size_t(1));
        QCOMPARE(info.arrays[0].id, std::string("ACRR"));
        QCOMPARE(info.arrays[0].quantity.unit, std::string("mm"));
        QCOMPARE(info.arrays[0].layer, std::string("RAD_TEST_5mi"));
        QVERIFY(!info.arrays[0].quantity.ambiguous);
        Feedback silent;
        const Field field = source->read("/image1/image_data", {}, silent);
        QCOMPARE(field.values()[0], 0.0f);
        QCOMPARE(field.values()[1], 1.0f);
        QCOMPARE(int(field.states()[2]), int(State::NoData));
        QCOMPARE(int(field.states()[3]), int(State::NoData));
        QCOMPARE(field.values()[4], 2.5f);
        const Grid& grid = *field.grid();
        QCOMPARE(grid.axis(AxisRole::Y)->bounds.front(), -3650000.0);
        QCOMPARE(grid.axis(AxisRole::Y)->centres[2], -3652500.0); // rows go south
        QCOMPARE(grid.axis(AxisRole::X)->centres[1], 1500.0);
        const GeoPoint corner = Projection(grid.crs).inverse({0, -3650000});
        QVERIFY(std::abs(corner.latitude - 55.974) < 1e-3 && std::abs(corner.longitude) < 1e-9);
        const Field part = source->read("ACRR", Window::parse("y=2:3,x=0"), silent);
        QCOMPARE(part.size(), std::size_t(1));
        QCOMPARE(part.values()[0], 2.5f);
        QCOMPARE(part.grid()->axis(AxisRole::Y)->centres[0], -3652500.0);
    }

    void imagesOfAForecastHaveTheirOwnTimes() {
        const ScratchFolder scratch;
        writeImages(scratch / "forecast.h5", {"26-AUG-2010;04:00:00.000", "26-AUG-2010;04:05:00.000"});
        const auto source = openSource(scratch / "forecast.h5");
        Feedback silent;
        const Field second = source->read("image2/ACRR", {}, silent);
        QCOMPARE(second.values()[1], 2.0f);
        QCOMPARE(isoTime(second.time().begin), std::string("2010-08-26T04:05:00Z"));
        QCOMPARE(source->describe().arrays[1].shape, (std::vector<std::size_t>{1, 3, 2}));
        const Field part = source->read("image2/ACRR", Window::parse("x=1"), silent);
        QCOMPARE(part.values()[0], 2.0f);
        const auto dataset = Dataset::open({scratch / "forecast.h5"}, silent);
        QCOMPARE(dataset->groups().size(), std::size_t(1));
        QCOMPARE(dataset->groups()[0].volumes.size(), std::size_t(2));
    }

    void volumesHaveOdimsNamesAndTheRaysOfTheirTurn() {
        const ScratchFolder scratch;
        writeVolume(scratch / "volume.h5");
        const auto source = openSource(scratch / "volume.h5");
        const SourceInfo& info = source->describe();
        QCOMPARE(info.format, std::string("KNMI HDF5 3.6"));
        QCOMPARE(info.title, std::string("Herwijnen"));
        QCOMPARE(info.site->latitude, 51.75);
        QCOMPARE(info.site->longitude, 5.125);
        QCOMPARE(info.site->heightMeters, 27.7);
        QCOMPARE(info.sweeps.size(), std::size_t(2));
        QCOMPARE(info.sweeps[0].mode, SweepMode::Azimuth);
        QCOMPARE(info.sweeps[1].mode, SweepMode::VerticalPointing);
        Feedback silent;
        const Field raw = source->read("sweep_0/TH", {}, silent);
        QCOMPARE(raw.quantity().unit, std::string("dBZ"));
        QVERIFY(raw.quantity().ambiguous);
        QCOMPARE(int(raw.states()[0]), int(State::NoData));
        QCOMPARE(raw.values()[1], -31.5f);
        QCOMPARE(int(raw.states()[2]), int(State::NoData)); // 255 lies outside
        QCOMPARE(raw.values()[3], 95.0f);
        const Sweep& sweep = *raw.sweep();
        QCOMPARE(sweep.fixedAngle, 0.5);
        QCOMPARE(sweep.gateMeters, 250.0);
        QCOMPARE(sweep.firstGateMeters, 125.0);
        QCOMPARE(sweep.rays[0].azimuth(), 45.0);
        QCOMPARE(sweep.rays[3].azimuth(), 315.0);
        QCOMPARE(sweep.nyquist.value(), 24.0);
        // Twenty seconds a turn, which began with row 2.
        QCOMPARE(isoTime(raw.time().begin), std::string("2020-01-01T12:01:30.500Z"));
        QCOMPARE(isoTime(raw.time().end), std::string("2020-01-01T12:01:50.500Z"));
        QCOMPARE(sweep.rays[2].timeSeconds, 2.5);
        QCOMPARE(sweep.rays[1].timeSeconds, 17.5);
        QCOMPARE(source->read("/scan1/scan_Z_data", {}, silent).quantity().id, std::string("DBZH"));
        const Field velocity = source->read("sweep_0/VRADH", {}, silent);
        QCOMPARE(velocity.values()[1], 0.0f);
        QCOMPARE(velocity.quantity().unit, std::string("m s-1"));
        // Of 16 bits 255 is a value like others.
        const Field correlation = source->read("sweep_1/RHOHV", {}, silent);
        QCOMPARE(correlation.values()[2], 0.254f);
        QCOMPARE(correlation.values()[3], 0.999f);
        const Field part = source->read("sweep_0/TH", Window::parse("ray=1:3,gate=2"), silent);
        QCOMPARE(part.size(), std::size_t(2));
        QCOMPARE(part.values()[0], raw.values()[5]);
        QCOMPARE(part.sweep()->firstGateMeters, 625.0);
    }

    // Nothing writes KNMI's own form: a volume of ODIM_H5 holds what was made.
    void aResultIsAVolumeOfOdim() {
        const ScratchFolder scratch;
        writeVolume(scratch / "volume.h5");
        Feedback silent;
        const Field raw = openSource(scratch / "volume.h5")->read("sweep_0/TH", {}, silent);
        Quantity quantity = raw.quantity(), chance;
        quantity.id = "DBZH";
        chance.id = "PROBABILITY";
        chance.kind = Kind::Probability;
        std::vector<State> states(raw.states().begin(), raw.states().end());
        std::vector<float> values(raw.values().begin(), raw.values().end());
        states[3] = State::Rejected;
        values[3] = std::numeric_limits<float>::quiet_NaN();
        const auto cleaned =
            std::make_shared<const Field>(quantity, raw.geometry(), raw.time(), values, states);
        const auto rain = std::make_shared<const Field>(chance, raw.geometry(), raw.time(),
                                                        std::vector<float>(raw.size(), 0.5f),
                                                        std::vector<State>(raw.size(), State::Valid));
        writeResult(scratch / "out.h5", scratch / "volume.h5", {{0, OdimMoment{cleaned, {rain}, {}}}},
                    {{"embellie_method", "test"}}, silent);
        const auto result = openSource(scratch / "out.h5");
        QVERIFY(result->describe().format.starts_with("ODIM_H5"));
        QCOMPARE(result->describe().site->latitude, 51.75);
        QCOMPARE(result->describe().site->heightMeters, 27.7);
        const Field back = result->read("sweep_0/DBZH", {}, silent);
        QVERIFY(std::equal(back.states().begin(), back.states().end(), states.begin()));
        QCOMPARE(back.values()[1], raw.values()[1]);
        QCOMPARE(back.sweep()->rays.size(), raw.sweep()->rays.size());
        for (std::size_t ray = 0; ray < 4; ++ray)
            QCOMPARE(back.sweep()->rays[ray].azimuth(), raw.sweep()->rays[ray].azimuth());
        QCOMPARE(back.sweep()->firstGateMeters, raw.sweep()->firstGateMeters);
        QCOMPARE(result->describe().arrays.size(), std::size_t(3)); // DBZH, its probability, what was removed
        QCOMPARE(Hdf5File::open(scratch / "out.h5").string("/how", "embellie_method").value_or(""),
                 std::string("test"));
        QVERIFY(sentenceOf([&] {
                    writeResult(scratch / "none.h5", scratch / "volume.h5", {}, {}, silent);
                }).contains("can't be written for this file"));
    }

    void formulasAndTimesOfThisFamily() {
        QCOMPARE(knmiFormula("GEO=0.5*PV+-32.0")->offset, -32.0);
        QCOMPARE(knmiFormula("GEO = 0.500000 * PV + -32.000000")->gain, 0.5);
        QCOMPARE(knmiFormula("GEO=0.001*PV-0.5")->offset, -0.5);
        QCOMPARE(knmiFormula("GEO=1*PV")->offset, 0.0);
        for (const char* bad :
             {"", "GEO=", "GEO=0*PV+1", "GEO=10^((PV-109)/32)", "GEO=1*PV+x", "GEO=1*PV+2*PV"})
            QVERIFY2(!knmiFormula(bad), bad);
        QCOMPARE(isoTime(*knmiTime("1-feb-2024;23:59:59.5")), std::string("2024-02-01T23:59:59.500Z"));
        for (const char* bad : {"", "NA", "26-XXX-2010;04:00:00", "31-FEB-2010;04:00:00", "26-AUG-2010"})
            QVERIFY2(!knmiTime(bad), bad);
    }

    void whatIsMissingIsSaidInOneSentence_data() {
        QTest::addColumn<QString>("object");
        QTest::addColumn<QString>("attribute");
        QTest::newRow("pixel") << "/geographic"
                               << "geo_pixel_size_x";
        QTest::newRow("offset") << "/geographic"
                                << "geo_row_offset";
        QTest::newRow("projection") << "/geographic/map_projection"
                                    << "projection_proj4_params";
        QTest::newRow("formula") << "/image1/calibration"
                                 << "calibration_formulas";
        QTest::newRow("elevation") << "/scan1"
                                   << "scan_elevation";
        QTest::newRow("range") << "/scan1"
                               << "scan_range_bin";
        QTest::newRow("place") << "/radar1"
                               << "radar_location";
        QTest::newRow("moment's formula") << "/scan1/calibration"
                                          << "calibration_Z_formulas";
    }
    void whatIsMissingIsSaidInOneSentence() {
        QFETCH(QString, object);
        QFETCH(QString, attribute);
        const ScratchFolder scratch;
        const auto path = scratch / "damaged.h5";
        const bool image = object.startsWith("/geographic") || object.startsWith("/image");
        image ? writeImages(path, {""}) : writeVolume(path);
        {
            const Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
            QVERIFY(H5Adelete_by_name(file, object.toUtf8(), attribute.toUtf8(), H5P_DEFAULT) >= 0);
        }
        const QString sentence = sentenceOf([&] {
            Feedback silent;
            openSource(path)->read(image ? "ACRR" : "sweep_0/DBZH", {}, silent);
        });
        QVERIFY2(sentence.contains(attribute) && sentence.contains("damaged.h5") &&
                     sentence.contains(object) && !sentence.contains('\n') && sentence.endsWith('.'),
                 sentence.toUtf8());
    }

    void anImageWithoutOverviewIsOfNoFamily() {
        const ScratchFolder scratch;
        writeImages(scratch / "a.h5", {""});
        {
            const Hdf5Handle file(H5Fopen((scratch / "a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
            H5Ldelete(file, "/overview", H5P_DEFAULT);
        }
        QVERIFY(sentenceOf([&] { openSource(scratch / "a.h5"); }).contains("without an overview"));
    }

    void aProjectionThatIsNoneIsTold() {
        const ScratchFolder scratch;
        writeImages(scratch / "a.h5", {""});
        TinyHdf5::reopened(scratch / "a.h5")
            .replaceText("/geographic/map_projection", "projection_proj4_params", "+proj=nonsense");
        const QString sentence = sentenceOf([&] { openSource(scratch / "a.h5"); });
        QVERIFY2(sentence.contains("a.h5") && sentence.contains("map_projection"), sentence.toUtf8());
    }

    void aRealSeriesIsOneProductInItsOrder() {
        EMBELLIE_NEEDS_DATA();
        Feedback silent;
        const auto dataset = Dataset::open({*dataFolder() / "series/knmi_nl25"}, silent);
        QCOMPARE(dataset->groups().size(), std::size_t(1));
        QCOMPARE(dataset->groups()[0].volumes.size(), std::size_t(20));
        QVERIFY(dataset->problems().empty());
        // The corners that the file names, south-east and north-east.
        const auto source = openSource(*dataFolder() / "series/knmi_nl25/RAD_NL25_RAP_5min_201008260400.h5");
        const Grid& grid = *source->describe().grid;
        const Projection projection(grid.crs);
        for (const auto& [y, latitude, longitude] :
             {std::tuple{-4415e3, 48.895, 9.009}, {-3650e3, 55.389, 10.856}}) {
            const GeoPoint place = projection.inverse({700e3, y});
            QVERIFY(std::abs(place.latitude - latitude) < 1e-3);
            QVERIFY(std::abs(place.longitude - longitude) < 1e-3);
        }
        QCOMPARE(grid.axis(AxisRole::Y)->bounds.back(), -4415e3);
    }
};

QTEST_GUILESS_MAIN(TestKnmi)
#include "tst_knmi.moc"
