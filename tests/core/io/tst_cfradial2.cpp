// CfRadial 2: what Radx and xradar write, in files of a few bytes made by netCDF's own calls.

#include "core/base/error.h"
#include "tests/core/io/tiny_cfradial2.h"
#include "tests/support/test_support.h"

#include <QtTest>

using namespace embellie;
using namespace embellie::test;

class TestCfRadial2 : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachSweepHasItsOwnRaysAndGates();
    void raysMayBeSortedByAzimuth();
    void anRhiIsSortedByElevation();
    void groupsComeInTheOrderOfTheirList_data();
    void groupsComeInTheOrderOfTheirList();
    void placesOfGatesAreNoMoments();
    void aSweepWithoutGatesIsLeftOut();
    void theHeightMayBeInKilometres();
    void timesOfTheFileServeWhereRaysHaveNone_data();
    void timesOfTheFileServeWhereRaysHaveNone();
    void aRadarThatMovesIsRefused_data();
    void aRadarThatMovesIsRefused();
    void otherFilesAreNotMistakenForIt();
    void whatCantBeReadIsTold_data();
    void whatCantBeReadIsTold();
};

void TestCfRadial2::eachSweepHasItsOwnRaysAndGates() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        file.att("", "Conventions", "CF-1.7");
        file.att("", "version", "2.0");
        file.att("", "instrument_name", "SPOL");
        file.dimension("sweep", 2);
        addPlace(file);
        file.strings("sweep_group_name", {"sweep"}, {"sweep_0001", "sweep_0002"});
        file.variable("sweep_fixed_angle", NC_FLOAT, {"sweep"}, {0.5, 3.5});
        file.group("radar_parameters");
        file.variable("radar_beam_width_h", NC_FLOAT, {}, {0.75});
        addSweep(file, "sweep_0001", 4, 3);
        file.variable("nyquist_velocity", NC_FLOAT, {"time"}, {13.5, 13.5, 13.5, 13.5});
        // Half a decibel a step above -32 dBZ; 255 is not measured, 0 no echo.
        file.variable("DBZH", NC_UBYTE, {"time", "range"}, {255, 0, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73},
                      {255});
        file.att("DBZH", "scale_factor", NC_FLOAT, {0.5});
        file.att("DBZH", "add_offset", NC_FLOAT, {-32});
        file.att("DBZH", "_Undetect", NC_UBYTE, {0});
        file.att("DBZH", "units", "dBZ");
        file.att("DBZH", "long_name", "reflectivity");
        file.variable("n_samples", NC_INT, {"time"}, {1, 1, 1, 1});
        addSweep(file, "sweep_0002", 3, 5, 3.25, 1000, 60);
        file.variable("sweep_fixed_angle", NC_FLOAT, {}, {3.25});
        file.variable("ray_angle_resolution", NC_FLOAT, {}, {1});
        addMoment(file, "DBZH", 15, 100);
        addMoment(file, "VEL", 15, -7);
    }
    const SourceInfo info = openSource(folder / "a.nc")->describe();
    QCOMPARE(info.format, std::string("CfRadial 2.0"));
    QCOMPARE(info.title, std::string("SPOL"));
    QCOMPARE(*info.site, (Site{"SPOL", "", 48, 2, 100}));
    QCOMPARE(info.sweeps.size(), std::size_t(2));
    QCOMPARE(isoTime(info.time.begin), std::string("2020-01-01T00:00:00Z"));
    QCOMPARE(isoTime(info.time.end), std::string("2020-01-01T00:01:02Z"));
    QCOMPARE(info.arrays.size(), std::size_t(3));
    QCOMPARE(info.arrays[0].path, std::string("/sweep_0001/DBZH"));
    QCOMPARE(info.arrays[0].quantity.id, std::string("DBZH"));
    QCOMPARE(info.arrays[0].quantity.longName, std::string("reflectivity"));
    QCOMPARE(info.find("/sweep_0002/VEL"), info.find("sweep_1/VEL"));

    const Field first = readOne(folder / "a.nc", "sweep_0/DBZH");
    QCOMPARE(statesOf(first), QString("nuvvvvvvvvvv"));
    for (std::size_t cell = 2; cell < 12; ++cell)
        QCOMPARE(first.values()[cell], 0.5f * float(cell - 2));
    const Sweep& low = *first.sweep();
    QCOMPARE(low.fixedAngle, 0.5);
    QCOMPARE(low.firstGateMeters, 125.0);
    QCOMPARE(low.gateMeters, 250.0);
    QCOMPARE(low.nyquist, std::optional(13.5));
    QCOMPARE(low.beamWidth, std::optional(0.75));
    QCOMPARE(low.rays[0], (Ray{359, 1, 1, 0}));
    QCOMPARE(low.rays[3], (Ray{5, 7, 1, 3}));

    const Field second = readOne(folder / "a.nc", "/sweep_0002/DBZH", "ray=1:,gate=0:5:2");
    QCOMPARE(shapeOf(second.geometry()), (std::vector<std::size_t>{2, 3}));
    for (std::size_t cell = 0; cell < 6; ++cell)
        QCOMPARE(second.values()[cell], 105 + 5 * float(cell / 3) + 2 * float(cell % 3));
    const Sweep& high = *second.sweep();
    QCOMPARE(high.fixedAngle, 3.25);
    QCOMPARE(high.gateMeters, 2000.0);
    QCOMPARE(high.nyquist, std::optional<double>());
    QCOMPARE(high.rays[0], (Ray{1.5, 2.5, 3.25, 1}));
    QCOMPARE(isoTime(second.time().begin), std::string("2020-01-01T00:01:00Z"));
}

void TestCfRadial2::raysMayBeSortedByAzimuth() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        file.att("", "Conventions", "Cf/Radial");
        file.att("", "version", "1.2"); // of the file that it was made from
        file.att("", "instrument_name", "None");
        file.dimension("sweep", 1);
        file.strings("sweep_group_name", {"sweep"}, {"sweep_0"});
        addSorted(file, "sweep_0", "azimuth", "azimuth_surveillance");
        // The newest put the place into the sweeps.
        file.variable("latitude", NC_DOUBLE, {}, {50});
        file.variable("longitude", NC_DOUBLE, {}, {3});
        file.variable("altitude", NC_DOUBLE, {}, {208});
    }
    const SourceInfo info = openSource(folder / "a.nc")->describe();
    QCOMPARE(info.format, std::string("CfRadial 2"));
    QCOMPARE(info.title, std::string("a"));
    QCOMPARE(*info.site, (Site{"", "", 50, 3, 208}));
    QCOMPARE(info.sweeps[0].azimuthRow0, 45.0);
    QCOMPARE(isoTime(info.time.begin), std::string("2020-01-01T00:00:01Z"));
    QCOMPARE(isoTime(info.time.end), std::string("2020-01-01T00:00:04Z"));
    const Field field = readOne(folder / "a.nc", "sweep_0/DBZH");
    QCOMPARE(std::vector<float>(field.values().begin(), field.values().end()),
             (std::vector<float>{0, 1, 2, 3, 4, 5, 6, 7}));
    // A ray is no wider than 5 degrees, whatever is between them.
    QCOMPARE(field.sweep()->rays[0], (Ray{42.5, 47.5, 0.5, 2}));
    QCOMPARE(field.sweep()->rays[2], (Ray{222.5, 227.5, 0.5, 0}));
    QCOMPARE(field.sweep()->fixedAngle, 0.5);
}

void TestCfRadial2::anRhiIsSortedByElevation() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        addPlace(file);
        addSorted(file, "sweep_0", "elevation", "rhi");
        addSorted(file, "sweep_1", "azimuth", "sector");
    }
    const SourceInfo info = openSource(folder / "a.nc")->describe();
    QCOMPARE(info.sweeps[0].mode, SweepMode::Rhi);
    QCOMPARE(info.sweeps[0].fixedAngle, 200.0);
    QCOMPARE(info.sweeps[1].mode, SweepMode::Azimuth);
    const Field field = readOne(folder / "a.nc", "sweep_0/DBZH", "ray=2:");
    QCOMPARE(field.sweep()->rays[1], (Ray{200, 200, 30, 1}));
    QCOMPARE(field.values()[3], 7.0f);
}

void TestCfRadial2::groupsComeInTheOrderOfTheirList_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QStringList>("groups");
    QTest::newRow("strings") << "string" << QStringList{"sweep_10", "sweep_2", "sweep_1"};
    QTest::newRow("characters") << "char" << QStringList{"sweep_10", "sweep_2", "sweep_1"};
    QTest::newRow("numbers name no group") << "number" << QStringList{"sweep_1", "sweep_2", "sweep_10"};
    QTest::newRow("names of other groups") << "other" << QStringList{"sweep_1", "sweep_2", "sweep_10"};
    QTest::newRow("no list") << "none" << QStringList{"sweep_1", "sweep_2", "sweep_10"};
}

void TestCfRadial2::groupsComeInTheOrderOfTheirList() {
    QFETCH(QString, kind);
    QFETCH(QStringList, groups);
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        file.dimension("sweep", 3);
        file.dimension("string_length", 12);
        addPlace(file);
        file.variable("sweep_fixed_angle", NC_FLOAT, {"sweep"}, {10, 20, 30});
        if (kind == "string")
            file.strings("sweep_group_name", {"sweep"}, {"sweep_10", "/sweep_2", "sweep_1"});
        else if (kind == "other")
            file.strings("sweep_group_name", {"sweep"}, {"a", "b", "c"});
        else if (kind == "char")
            file.texts("sweep_group_name", {"sweep", "string_length"},
                       std::string("sweep_10\0\0\0\0sweep_2\0\0\0\0\0sweep_1     ", 36));
        else if (kind == "number")
            file.variable("sweep_group_name", NC_INT64, {"sweep"}, {0, 1, 2});
        for (const int number : {2, 10, 1}) {
            addSweep(file, "sweep_" + std::to_string(number), 2, 2);
            addMoment(file, "DBZH", 4, number);
        }
    }
    const SourceInfo info = openSource(folder / "a.nc")->describe();
    QCOMPARE(info.sweeps.size(), std::size_t(3));
    for (std::size_t sweep = 0; sweep < 3; ++sweep) {
        const QString path = "/" + groups[qsizetype(sweep)] + "/DBZH";
        QCOMPARE(QString::fromStdString(info.arrays[sweep].path), path);
        QCOMPARE(info.sweeps[sweep].fixedAngle, 10.0 * double(sweep + 1));
        const float number = groups[qsizetype(sweep)].section('_', 1).toFloat();
        QCOMPARE(readOne(folder / "a.nc", "sweep_" + std::to_string(sweep) + "/DBZH").values()[0], number);
        QCOMPARE(readOne(folder / "a.nc", path.toStdString()).values()[0], number);
    }
}

void TestCfRadial2::placesOfGatesAreNoMoments() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        addPlace(file);
        addSweep(file, "sweep_0", 2, 2);
        addMoment(file, "x", 4);
        addMoment(file, "DBZH", 4);
        file.att("DBZH", "coordinates", "elevation azimuth range x");
        addMoment(file, "turned", 4, 0, {"range", "time"});
        addMoment(file, "profile", 2, 0, {"range"});
    }
    const SourceInfo info = openSource(folder / "a.nc")->describe();
    QCOMPARE(info.arrays.size(), std::size_t(1));
    QCOMPARE(info.arrays[0].id, std::string("sweep_0/DBZH"));
}

void TestCfRadial2::aSweepWithoutGatesIsLeftOut() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        file.dimension("sweep", 2);
        addPlace(file);
        file.strings("sweep_group_name", {"sweep"}, {"sweep_0", "sweep_1"});
        file.variable("sweep_fixed_angle", NC_FLOAT, {"sweep"}, {1, 2});
        addSweep(file, "sweep_0", 2, 0);
        addMoment(file, "DBZH", 0);
        addSweep(file, "sweep_1", 2, 2);
        addMoment(file, "DBZH", 4);
    }
    const SourceInfo info = openSource(folder / "a.nc")->describe();
    QCOMPARE(info.sweeps.size(), std::size_t(1));
    QCOMPARE(info.sweeps[0].fixedAngle, 2.0);
    QCOMPARE(info.arrays[0].path, std::string("/sweep_1/DBZH"));
}

void TestCfRadial2::theHeightMayBeInKilometres() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        file.variable("latitude", NC_DOUBLE, {}, {48});
        file.variable("longitude", NC_DOUBLE, {}, {2});
        file.variable("altitude", NC_DOUBLE, {}, {0.25});
        file.att("altitude", "units", "km");
        addSweep(file, "sweep_0", 2, 2);
        addMoment(file, "DBZH", 4);
    }
    QCOMPARE(openSource(folder / "a.nc")->describe().site->heightMeters, 250.0);
}

void TestCfRadial2::timesOfTheFileServeWhereRaysHaveNone_data() {
    QTest::addColumn<QString>("kind");
    QTest::newRow("string") << "string";
    QTest::newRow("characters") << "char";
    QTest::newRow("attribute") << "attribute";
}

void TestCfRadial2::timesOfTheFileServeWhereRaysHaveNone() {
    QFETCH(QString, kind);
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        addPlace(file);
        file.dimension("string_length", 20);
        const std::string begin = "2021-02-03T04:05:06Z";
        if (kind == "string")
            file.strings("time_coverage_start", {}, {begin});
        else if (kind == "char")
            file.texts("time_coverage_start", {"string_length"}, begin);
        else
            file.att("", "time_coverage_start", begin);
        addSweep(file, "sweep_0", 2, 2);
        file.att("time", "units", "seconds since time_reference");
        addMoment(file, "DBZH", 4);
    }
    const SourceInfo info = openSource(folder / "a.nc")->describe();
    QVERIFY(info.hasTime);
    QCOMPARE(isoTime(info.time.begin), std::string("2021-02-03T04:05:06Z"));
    QCOMPARE(isoTime(readOne(folder / "a.nc", "sweep_0/DBZH").time().begin),
             std::string("2021-02-03T04:05:06Z"));
}

void TestCfRadial2::aRadarThatMovesIsRefused_data() {
    QTest::addColumn<QString>("group");
    QTest::addColumn<double>("latitude");
    QTest::addColumn<double>("altitude");
    QTest::addColumn<QString>("says");
    QTest::newRow("a truck on its stands") << "georeference" << 48.0002 << 110.0 << "";
    QTest::newRow("a ship") << "georeference" << 48.01 << 100.0 << "1112 m apart";
    QTest::newRow("a ship, in the sweep itself") << "" << 48.01 << 100.0 << "1112 m apart";
    QTest::newRow("an aircraft that climbs") << "georeference" << 48.0 << 400.0 << "300 m apart";
}

void TestCfRadial2::aRadarThatMovesIsRefused() {
    QFETCH(QString, group);
    QFETCH(double, latitude);
    QFETCH(double, altitude);
    QFETCH(QString, says);
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        addSweep(file, "sweep_0001", 3, 2);
        addMoment(file, "DBZH", 6);
        if (!group.isEmpty())
            file.group("sweep_0001/" + group.toStdString());
        file.variable("latitude", NC_DOUBLE, {"time"}, {-9999, 48, latitude}, {-9999});
        file.variable("longitude", NC_DOUBLE, {"time"}, {-9999, 2, 2}, {-9999});
        file.variable("altitude", NC_DOUBLE, {"time"}, {-9999, 100, altitude}, {-9999});
    }
    QString sentence;
    try {
        QCOMPARE(*openSource(folder / "a.nc")->describe().site, (Site{"", "", 48, 2, 100}));
    } catch (const Error& error) {
        sentence = error.what();
    }
    QCOMPARE(sentence.isEmpty(), says.isEmpty());
    QVERIFY2(sentence.contains(says), qPrintable(sentence));
    QVERIFY2(says.isEmpty() || sentence.contains("the radar moves"), qPrintable(sentence));
}

void TestCfRadial2::otherFilesAreNotMistakenForIt() {
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "1.nc");
        addPlace(file);
        addSweep(file, "", 2, 2);
        addMoment(file, "DBZH", 4);
        addSweep(file, "sweep_0", 2, 2);
        addMoment(file, "DBZH", 4);
    }
    QCOMPARE(openSource(folder / "1.nc")->describe().format, std::string("CfRadial 1"));
    {
        TinyNetcdf file(folder / "2.nc");
        file.att("", "Conventions", "CF-1.8");
        file.group("PRODUCT");
        addPlainGrid(file);
        file.variable("rain", NC_FLOAT, {"lat", "lon"}, counted(6));
        // Angles of the sun and a range of numbers: coordinates of no rays.
        for (const char* name : {"range", "azimuth", "elevation"})
            file.variable(name, NC_FLOAT, {"lat", "lon"}, counted(6));
    }
    QCOMPARE(openSource(folder / "2.nc")->describe().format, std::string("CF 1.8"));
}

void TestCfRadial2::whatCantBeReadIsTold_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("says");
    QTest::newRow("no gates") << "gates"
                              << "no gates";
    QTest::newRow("no moments") << "moments"
                                << "no moments";
    QTest::newRow("no altitude") << "altitude"
                                 << "the place of the radar can't be used: altitude";
    QTest::newRow("an azimuth that is missing") << "azimuth"
                                                << "the geometry can't be used: sweep_1/azimuth";
}

void TestCfRadial2::whatCantBeReadIsTold() {
    QFETCH(QString, kind);
    QFETCH(QString, says);
    ScratchFolder folder;
    {
        TinyNetcdf file(folder / "a.nc");
        if (kind != "altitude")
            addPlace(file);
        file.group("");
        if (kind == "altitude")
            for (const char* name : {"latitude", "longitude"})
                file.variable(name, NC_DOUBLE, {}, {1});
        addSweep(file, "sweep_1", 2, kind == "gates" ? 0 : 2);
        if (kind == "azimuth")
            file.cells("azimuth", {0, NC_FILL_FLOAT});
        if (kind != "moments")
            addMoment(file, "DBZH", kind == "gates" ? 0 : 4);
    }
    try {
        openSource(folder / "a.nc");
        QFAIL("it was opened");
    } catch (const Error& error) {
        const QString sentence = error.what();
        QVERIFY2(sentence.contains(says), error.what());
        QVERIFY2(sentence.endsWith('.') && !sentence.contains('\n'), error.what());
    }
}

QTEST_GUILESS_MAIN(TestCfRadial2)
#include "tst_cfradial2.moc"
