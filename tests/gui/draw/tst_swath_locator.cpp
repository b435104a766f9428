// Large curvilinear grids: the cell under each pixel, computed apart in closed form.

#include "gui/draw/locator.h"
#include "tests/gui/draw/synthetic.h"

#include "core/map/projection.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <numbers>

using namespace embellie;

namespace {

constexpr QSize Pixels(320, 240);
constexpr double CellMeters = 1000;
constexpr std::size_t Rows = 311, Columns = 433;

std::string planeText() {
    return sitePlane({48, 2});
}

Axis plainAxis(const char* name, AxisRole role, std::size_t count) {
    Axis made;
    made.name = name;
    made.role = role;
    for (std::size_t i = 0; i < count; ++i)
        made.centres.push_back(double(i));
    made.bounds = halfWayBounds(made.centres);
    return made;
}

/// Rows and columns turned by 30 degrees about 48 N 2 E; from row @p fold on back over those before. Places
/// of rows and columns that divide by @p without are missing, with those beside them.
Grid turnedGrid(std::size_t fold, std::size_t without) {
    Grid grid;
    grid.axes = {plainAxis("j", AxisRole::Y, Rows), plainAxis("i", AxisRole::X, Columns)};
    const Projection plane(planeText());
    const double c = std::cos(std::numbers::pi / 6), s = std::sin(std::numbers::pi / 6);
    for (std::size_t j = 0; j < Rows; ++j)
        for (std::size_t i = 0; i < Columns; ++i) {
            const double x = (double(i) - double(Columns - 1) / 2) * CellMeters;
            const double row = j < fold ? double(j) : 2.0 * double(fold) - double(j) - 1;
            const double y = (row - double(Rows - 1) / 2) * CellMeters;
            const GeoPoint place = plane.inverse({x * c - y * s, x * s + y * c});
            const bool missing = without > 0 && j % without == 0 && i % without == 0;
            grid.latitudes.push_back(missing ? std::numeric_limits<double>::quiet_NaN() : place.latitude);
            grid.longitudes.push_back(place.longitude);
        }
    return grid;
}

} // namespace

class TestSwathLocator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cellsLieWhereTheyAre_data();
    void cellsLieWhereTheyAre();
    void partsAreThoseOfTheWhole();
};

void TestSwathLocator::cellsLieWhereTheyAre_data() {
    QTest::addColumn<Camera2D>("camera");
    QTest::addColumn<int>("fold");
    const int none = int(Rows);
    QTest::newRow("the whole, cells finer than pixels") << Camera2D{0, 0, 2300, 2300} << none;
    QTest::newRow("cells as large as pixels") << Camera2D{-30e3, 55e3, 1000, 1000} << none;
    QTest::newRow("one cell over many pixels") << Camera2D{10'123, 20'456, 20, 20} << none;
    QTest::newRow("inside of a cell") << Camera2D{10'123, 20'456, 0.1, 0.1} << none;
    QTest::newRow("at a rim") << Camera2D{180e3, 120e3, 700, 700} << none;
    QTest::newRow("far away") << Camera2D{3000e3, 200e3, 700, 700} << none;
    QTest::newRow("folded: the later row is seen") << Camera2D{0, 0, 1500, 1500} << 200;
}

void TestSwathLocator::cellsLieWhereTheyAre() {
    QFETCH(const Camera2D, camera);
    QFETCH(const int, fold);
    const auto locator =
        detail::makeQuadLocator(turnedGrid(std::size_t(fold), 0), {Plane::Kind::Map, planeText()});
    IndexMap map{Pixels, std::vector<std::int32_t>(std::size_t(Pixels.width() * Pixels.height()), 7)};
    locator->locate(camera, QRect(QPoint(0, 0), Pixels), map);
    const double c = std::cos(std::numbers::pi / 6), s = std::sin(std::numbers::pi / 6);
    int wrong = 0;
    for (int y = 0; y < Pixels.height(); ++y)
        for (int x = 0; x < Pixels.width(); ++x) {
            const QPointF at = camera.toPlane({x + 0.5, y + 0.5}, Pixels);
            const double i = (at.x() * c + at.y() * s) / CellMeters + double(Columns) / 2;
            const double j = (-at.x() * s + at.y() * c) / CellMeters + double(Rows) / 2;
            // Between two cells rounding decides, and the fold itself is no quadrangle.
            const double edge = 1e-5;
            if (std::abs(i - std::round(i)) < edge || std::abs(j - std::round(j)) < edge ||
                std::abs(j - fold) < 1)
                continue;
            std::int64_t row = std::int64_t(std::floor(j));
            const std::int64_t back = 2 * std::int64_t(fold) - row - 1;
            if (row < fold && back < std::int64_t(Rows))
                row = back;
            const std::int64_t cell = i < 0 || i >= double(Columns) || row < 0 || j >= fold
                                          ? -1
                                          : row * std::int64_t(Columns) + std::int64_t(i);
            wrong += map.cells[std::size_t(y * Pixels.width() + x)] != cell;
        }
    QCOMPARE(wrong, 0);
}

/// Strips that come in while the picture is moved.
void TestSwathLocator::partsAreThoseOfTheWhole() {
    const auto locator = detail::makeQuadLocator(turnedGrid(200, 9), {Plane::Kind::Map, planeText()});
    for (const Camera2D& camera : {Camera2D{0, 0, 3000, 3000}, Camera2D{5e3, -7e3, 120, 120}}) {
        IndexMap whole{Pixels, std::vector<std::int32_t>(std::size_t(Pixels.width() * Pixels.height()))};
        IndexMap joined = whole;
        locator->locate(camera, QRect(QPoint(0, 0), Pixels), whole);
        for (const QRect& part :
             {QRect(0, 0, 320, 37), QRect(0, 37, 3, 203), QRect(3, 37, 300, 203), QRect(303, 37, 17, 203)})
            locator->locate(camera, part, joined);
        QVERIFY(joined == whole);
    }
}

QTEST_GUILESS_MAIN(TestSwathLocator)
#include "tst_swath_locator.moc"
