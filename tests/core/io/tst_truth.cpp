// Every array of the families against numbers that other programs read (truth.tsv), and one sentence
// for every file of another family.

#include "core/io/source.h"
#include "core/map/projection.h"
#include "tests/core/io/truth_table.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cmath>

using namespace embellie;
using namespace embellie::test;

class TestTruth : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyArrayGivesTheNumbersOfOtherReaders_data();
    void everyArrayGivesTheNumbersOfOtherReaders();
    void filesOfOtherFamiliesAreRefusedInOneSentence_data();
    void filesOfOtherFamiliesAreRefusedInOneSentence();

private:
    Source& sourceOf(const std::string& file);
    void compare(const TruthRow& row);
    std::string m_openFile;
    std::unique_ptr<Source> m_open;
    std::map<std::string, TruthRow> m_rows;
};

static bool near(double found, double expected, double relative = 1e-6, double absolute = 1e-12) {
    return std::abs(found - expected) <=
           std::max(absolute, relative * std::max(std::abs(found), std::abs(expected)));
}

static QByteArray differs(const char* what, double found, double expected) {
    return QByteArray(what) + ": " + QByteArray::fromStdString(numberText(found)) + " instead of " +
           QByteArray::fromStdString(numberText(expected));
}

#define CHECK_NEAR(what, found, expected) QVERIFY2(near(found, expected), differs(what, found, expected))

static QString keyOf(const TruthRow& row) {
    return QString::fromStdString(row.at("file") + " " + row.at("array"));
}

Source& TestTruth::sourceOf(const std::string& file) {
    if (file != m_openFile) {
        m_open = openSource(*dataFolder() / file);
        m_openFile = file;
    }
    return *m_open;
}

void TestTruth::everyArrayGivesTheNumbersOfOtherReaders_data() {
    QTest::addColumn<QString>("key");
    if (!dataFolder()) {
        QTest::newRow("no data") << QString();
        return;
    }
    for (TruthRow& row : readTruth(*dataFolder()))
        // The lists of sweeps in a file's root are no arrays here.
        if (isOfReadFamily(row.at("file")) && !row.at("array").starts_with("sweep_")) {
            const QString key = keyOf(row);
            QTest::newRow(key.toUtf8().constData()) << key;
            m_rows[key.toStdString()] = std::move(row);
        }
}

static GeoPoint placeOf(const Grid& grid, const std::vector<std::size_t>& cell) {
    const std::size_t rank = grid.axes.size();
    if (grid.isCurvilinear()) {
        std::size_t y = rank - 2, x = rank - 1; // of a swath with levels behind them the first two
        for (std::size_t i = 0; i < rank; ++i) {
            if (grid.axes[i].role == AxisRole::Y)
                y = i;
            if (grid.axes[i].role == AxisRole::X)
                x = i;
        }
        const std::size_t at = cell[y] * grid.axes[x].size() + cell[x];
        return {grid.latitudes[at], grid.longitudes[at]};
    }
    Projection::Point point;
    for (std::size_t i = 0; i < rank; ++i) {
        if (grid.axes[i].role == AxisRole::X)
            point.x = grid.axes[i].centres[cell[i]];
        if (grid.axes[i].role == AxisRole::Y)
            point.y = grid.axes[i].centres[cell[i]];
    }
    return Projection(grid.crs).inverse(point);
}

static GeoPoint cornerOf(const Grid& grid, const std::string& corner) {
    const std::vector<double>& rows = grid.axis(AxisRole::Y)->bounds;
    return Projection(grid.crs).inverse(
        {grid.axis(AxisRole::X)->bounds.front(), corner.starts_with("LL") ? rows.back() : rows.front()});
}

void TestTruth::everyArrayGivesTheNumbersOfOtherReaders() {
    EMBELLIE_NEEDS_DATA();
    QFETCH(QString, key);
    try {
        compare(m_rows.at(key.toStdString()));
    } catch (const std::exception& error) {
        QFAIL(error.what());
    }
}

void TestTruth::compare(const TruthRow& row) {
    const auto truth = [&](const char* column) { return truthNumber(row, column); };
    Source& source = sourceOf(row.at("file"));
    const SourceInfo& info = source.describe();
    const ArrayInfo* const array = info.find(row.at("array"));
    QVERIFY2(array, "not listed");
    Feedback silent;
    const Field field = source.read(array->id, {}, silent);
    const std::vector<std::size_t> shape = shapeOf(field.geometry());
    QCOMPARE(array->shape, shape);

    // Ragged rays are read as a rectangle: what a ray does not have is no data.
    const bool ragged = row.at("shape").find('x') == std::string::npos && shape.size() == 2;
    std::size_t truthCells = 1;
    for (const std::size_t size :
         truthIndices(QString::fromStdString(row.at("shape")).replace('x', ',').toStdString()))
        truthCells *= size;
    const std::size_t padding = field.size() - truthCells;
    QVERIFY(ragged || padding == 0);
    const FieldSummary summary = summarise(field);
    QCOMPARE(double(summary.counts[0]), truth("n_valid"));
    QCOMPARE(double(summary.counts[1] - padding), truth("n_nodata"));
    QCOMPARE(double(summary.counts[2]), truth("n_undetect"));
    if (summary.counts[0] > 0) {
        CHECK_NEAR("min", summary.min, truth("min"));
        CHECK_NEAR("max", summary.max, truth("max"));
        // A mean near zero of large numbers is as exact as these are in float32.
        const double size = std::max(std::abs(summary.min), std::abs(summary.max));
        QVERIFY2(near(summary.mean, truth("mean"), 1e-6, 6e-8 * size),
                 differs("mean", summary.mean, truth("mean")));
        if (!ragged) {
            std::size_t at = 0;
            const std::vector<std::size_t> cell = truthIndices(row.at("cell"));
            for (std::size_t i = 0; i < cell.size(); ++i)
                at = at * shape[i] + cell[i];
            CHECK_NEAR("value", double(field.values()[at]), truth("value"));
        }
    }
    if (const Sweep* const sweep = field.sweep()) {
        CHECK_NEAR("site_lat", sweep->site.latitude, truth("site_lat"));
        CHECK_NEAR("site_lon", sweep->site.longitude, truth("site_lon"));
        CHECK_NEAR("site_height_m", sweep->site.heightMeters, truth("site_height_m"));
        if (!row.at("elangle_deg").empty())
            CHECK_NEAR("elangle_deg", sweep->fixedAngle, truth("elangle_deg"));
        CHECK_NEAR("first_gate_m", sweep->firstGateMeters, truth("first_gate_m"));
        CHECK_NEAR("gate_m", sweep->gateMeters, truth("gate_m"));
        QCOMPARE(double(sweep->rays.size()), truth("nrays"));
        const double row0 =
            sweep->mode == SweepMode::Rhi ? sweep->rays[0].elevation : sweep->rays[0].azimuth();
        CHECK_NEAR("az_row0 of the header", info.sweeps[*array->sweep].azimuthRow0, row0);
        // truth.tsv does not know how/astart, by which Australian files say that their first ray begins half
        // a degree before north.
        const bool australian = row.at("file").find("IDR66") != std::string::npos ||
                                row.at("file").find("/40_2018") != std::string::npos;
        const double offset = australian ? -0.5 : 0;
        QVERIFY2(std::abs(std::remainder(row0 - truth("az_row0") - offset, 360)) <= 1e-6,
                 differs("az_row0", row0, truth("az_row0")));
    } else if (!row.at("ref_lat").empty() && row.at("ref_lat") != "nan") {
        const GeoPoint place = row.at("ref") == "cell" ? placeOf(*field.grid(), truthIndices(row.at("cell")))
                                                       : cornerOf(*field.grid(), row.at("ref"));
        // KNMI's files name their corners in thousandths.
        const double rounding = row.at("ref").starts_with("LL") ? 5e-4 : 1e-12;
        QVERIFY2(near(place.latitude, truth("ref_lat"), 1e-6, rounding),
                 differs("ref_lat", place.latitude, truth("ref_lat")));
        QVERIFY2(near(place.longitude, truth("ref_lon"), 1e-6, 1e-9),
                 differs("ref_lon", place.longitude, truth("ref_lon")));
    }
}

void TestTruth::filesOfOtherFamiliesAreRefusedInOneSentence_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("says");
    const std::pair<const char*, const char*> files[] = {
        {"stations/95031800_sao.cdf", "observations at places"},
        {"stations/openMRG_city_gauges_20150827.nc", "observations at places"},
        {"stations/openrainer_AWS.nc", "observations at places"},
        {"no2/air_quality_no2.csv", "plain text"},
        {"series/meteonet_se/radar_coords_SE.npz", "neither HDF5 nor netCDF"}};
    for (const auto& [file, says] : files)
        QTest::newRow(file) << file << says;
}

void TestTruth::filesOfOtherFamiliesAreRefusedInOneSentence() {
    EMBELLIE_NEEDS_DATA();
    QFETCH(QString, file);
    QFETCH(QString, says);
    try {
        openSource(*dataFolder() / file.toStdString());
        QFAIL("it was opened");
    } catch (const Error& error) {
        const QString sentence = error.what();
        QVERIFY2(sentence.contains(says), error.what());
        QVERIFY2(!sentence.contains('\n') && sentence.endsWith('.'), error.what());
        qInfo("%s", error.what());
    }
}

QTEST_GUILESS_MAIN(TestTruth)
#include "tst_truth.moc"
