// Closed-form scenes: the cell under each pixel is computed apart, by trigonometry and by PROJ per pixel.

#include "gui/draw/cpu_painter.h"
#include "gui/draw/plane_mesh.h"
#include "tests/gui/draw/synthetic.h"
#include "tests/support/test_support.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <numbers>

using namespace embellie;

namespace {

constexpr double Degree = std::numbers::pi / 180;
constexpr QSize Pixels(400, 300);

/// Ground distance to range along the beam over the sphere of 4/3 Earth's radius, by the law of sines.
double rangeOfGround(double ground, double elevation, double antenna) {
    const double arc = ground / EffectiveEarthRadiusMeters;
    return (EffectiveEarthRadiusMeters + antenna) * std::sin(arc) / std::cos(elevation * Degree + arc);
}

FieldPtr gridField(Grid grid) {
    std::vector<float> values(cellCount(grid));
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(i % 50);
    Quantity quantity;
    quantity.id = "DBZH";
    quantity.unit = "dBZ";
    std::vector<State> states(values.size(), State::Valid);
    return std::make_shared<const Field>(quantity, std::move(grid), TimeInterval{}, std::move(values),
                                         std::move(states));
}

Axis axis(const char* name, AxisRole role, double first, double step, std::size_t count) {
    Axis made;
    made.name = name;
    made.role = role;
    for (std::size_t i = 0; i < count; ++i)
        made.centres.push_back(first + step * static_cast<double>(i));
    made.bounds = halfWayBounds(made.centres);
    return made;
}

} // namespace

class TestCpuPainter : public QObject {
    Q_OBJECT
    std::shared_ptr<const PaletteBook> m_book;

    Scene2D sceneOf(const FieldPtr& field, const Camera2D& camera) const {
        Scene2D scene = emptyScene2D(m_book->theme(ThemeKind::Dark), Pixels);
        scene.layers = {layerFor(field, *m_book)};
        scene.plane = *naturalPlane(*field);
        scene.camera = camera;
        return scene;
    }

    /// Pixels whose cell is not the one told by @p truth, apart from those whose truth changes within @p
    /// slack of a pixel.
    template <class Truth>
    static int wrongPixels(const IndexMap& map, const Camera2D& camera, double slack, Truth truth) {
        int wrong = 0;
        for (int y = 0; y < map.size.height(); ++y)
            for (int x = 0; x < map.size.width(); ++x) {
                const auto cellNear = [&](double dx, double dy) {
                    const QPointF place = camera.toPlane(QPointF(x + 0.5 + dx, y + 0.5 + dy), map.size);
                    return static_cast<std::int64_t>(truth(place.x(), place.y()));
                };
                const std::int64_t found = map.cells[static_cast<std::size_t>(y * map.size.width() + x)];
                if (found == cellNear(0, 0))
                    continue;
                bool atEdge = false;
                for (double dx : {-slack, 0.0, slack})
                    for (double dy : {-slack, 0.0, slack})
                        atEdge = atEdge || found == cellNear(dx, dy);
                wrong += !atEdge;
            }
        return wrong;
    }

private Q_SLOTS:
    void initTestCase() {
        m_book = PaletteBook::load(test::sourceFolder() / "resources" / "palettes" / "palettes.json");
    }

    void pixelsShowTheGateOfTrigonometry_data() {
        QTest::addColumn<int>("rays");
        QTest::addColumn<double>("start");
        QTest::addColumn<double>("elevation");
        QTest::addColumn<double>("firstGate");
        QTest::addColumn<double>("perPixel"); // metres
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::newRow("whole sweep") << 360 << 0.0 << 0.5 << 500.0 << 700.0 << 0.0 << 0.0;
        QTest::newRow("row 0 centred on north") << 360 << 359.5 << 0.5 << 500.0 << 700.0 << 0.0 << 0.0;
        QTest::newRow("rays from 182.5") << 360 << 182.5 << 1.5 << 500.0 << 700.0 << 0.0 << 0.0;
        QTest::newRow("720 rays, near") << 720 << 0.25 << 0.5 << 500.0 << 20.0 << 61'000.0 << 44'000.0;
        QTest::newRow("first gate at 0") << 360 << 0.0 << 0.5 << 0.0 << 60.0 << 0.0 << 0.0;
        QTest::newRow("first gate far out") << 360 << 0.0 << 0.5 << 15'500.0 << 500.0 << 0.0 << 0.0;
        QTest::newRow("steep") << 360 << 10.0 << 32.0 << 500.0 << 600.0 << 0.0 << 0.0;
        QTest::newRow("very near") << 360 << 0.0 << 0.5 << 500.0 << 2.0 << 70'100.0 << -30'040.0;
    }

    void pixelsShowTheGateOfTrigonometry() {
        QFETCH(int, rays);
        QFETCH(double, start);
        QFETCH(double, elevation);
        QFETCH(double, firstGate);
        QFETCH(double, perPixel);
        QFETCH(double, x);
        QFETCH(double, y);
        const test::SweepShape shape{static_cast<std::size_t>(rays), 100, 1000, firstGate, start, elevation};
        const Camera2D camera{x, y, perPixel, perPixel};
        CpuPainter painter;
        const Picture picture =
            painter.draw(sceneOf(test::madeReflectivity(test::madeSweep(shape)), camera), Quality::Full);
        const double width = 360.0 / rays;
        const int wrong = wrongPixels(*picture.maps[0], camera, 0.1, [&](double east, double north) {
            double azimuth = std::atan2(east, north) / Degree - start; // clockwise from the first ray's edge
            azimuth -= 360 * std::floor(azimuth / 360);
            const double range = rangeOfGround(std::hypot(east, north), elevation, 200);
            const int gate = static_cast<int>(std::floor((range - firstGate) / 1000 + 0.5));
            return gate < 0 || gate >= 100
                       ? -1
                       : std::min(static_cast<int>(azimuth / width), rays - 1) * 100 + gate;
        });
        QCOMPARE(wrong, 0);
    }

    void northIsUpAndEastIsRight() {
        CpuPainter painter;
        const Picture picture = painter.draw(
            sceneOf(test::madeReflectivity(test::madeSweep({})), {0, 0, 700, 700}), Quality::Full);
        const auto rayAt = [&](int x, int y) { return static_cast<int>(picture.cellAt({x, y})->cell / 100); };
        QCOMPARE(rayAt(200, 40) % 359, 0); // between rays 359 and 0
        QVERIFY(std::abs(rayAt(310, 149) - 89) <= 1);
        QVERIFY(std::abs(rayAt(199, 260) - 180) <= 1);
        QVERIFY(std::abs(rayAt(90, 150) - 269) <= 1);
    }

    void missingRaysLeaveAGap() {
        Sweep sweep = test::madeSweep({});
        sweep.rays.erase(sweep.rays.begin() + 40, sweep.rays.begin() + 60); // azimuths 40 to 60
        CpuPainter painter;
        const Camera2D camera{0, 0, 700, 700};
        const Scene2D scene = sceneOf(test::madeReflectivity(sweep), camera);
        const Picture picture = painter.draw(scene, Quality::Full);
        const auto pixelOf = [&](double azimuth) {
            return camera
                .toPixel({80'000 * std::sin(azimuth * Degree), 80'000 * std::cos(azimuth * Degree)}, Pixels)
                .toPoint();
        };
        QVERIFY(picture.cellAt(pixelOf(38)));
        QVERIFY(!picture.cellAt(pixelOf(50)));
        QVERIFY(picture.cellAt(pixelOf(62)));
        QCOMPARE(picture.image.pixel(pixelOf(50)), scene.canvas);
    }

    void coloursAreThoseOfTheCells() {
        const FieldPtr field = test::madeReflectivity(test::madeSweep({}));
        const Scene2D scene = sceneOf(field, {0, 0, 700, 700});
        CpuPainter painter;
        const Picture picture = painter.draw(scene, Quality::Full);
        const ColourScale scale(*scene.layers[0].palette, scene.layers[0].style, ThemeKind::Dark);
        int shown[4] = {};
        for (int y = 0; y < Pixels.height(); ++y)
            for (int x = 0; x < Pixels.width(); ++x) {
                const auto hit = picture.cellAt({x, y});
                const QRgb wanted =
                    hit ? scale.colour(field->values()[hit->cell], field->states()[hit->cell]) : scene.canvas;
                if (picture.image.pixel(x, y) != wanted)
                    QFAIL(qPrintable(QStringLiteral("pixel %1, %2").arg(x).arg(y)));
                if (hit)
                    ++shown[static_cast<std::size_t>(field->states()[hit->cell])];
            }
        for (int count : shown)
            QVERIFY(count > 20);
    }

    void morePixelsThanCellsOrFewerGiveTheSameColours() {
        // 360 × 2000 cells in 400 × 300 pixels are coloured pixel by pixel; a larger picture cell by cell.
        const FieldPtr field =
            test::madeReflectivity(test::madeSweep({.gates = 2000, .gateMeters = 50, .firstGateMeters = 25}));
        Scene2D scene = sceneOf(field, {0, 0, 500, 500});
        CpuPainter painter;
        const QImage small = painter.draw(scene, Quality::Full).image;
        scene.pixels = QSize(1200, 900);
        const QImage large = painter.draw(scene, Quality::Full).image;
        QCOMPARE(large.copy(400, 300, 400, 300), small);
    }

    void movedPicturesEqualFreshOnes_data() {
        QTest::addColumn<QPoint>("shift");
        for (const QPoint& shift : {QPoint(17, 0), QPoint(0, -23), QPoint(-40, 31), QPoint(399, 299),
                                    QPoint(1000, 0), QPoint(0, 0)})
            QTest::addRow("%d, %d", shift.x(), shift.y()) << shift;
    }

    void movedPicturesEqualFreshOnes() {
        QFETCH(QPoint, shift);
        const FieldPtr field = test::madeReflectivity(test::madeSweep({.startAzimuth = 17.3}));
        const Camera2D camera{1234, -987, 512, 512};
        CpuPainter kept, fresh;
        const Picture before = kept.draw(sceneOf(field, camera), Quality::Full);
        const Picture moved = kept.draw(sceneOf(field, panned(camera, shift)), Quality::Full);
        const Picture anew = fresh.draw(sceneOf(field, panned(camera, shift)), Quality::Full);
        QCOMPARE(moved.image, anew.image);
        QCOMPARE(moved.maps[0]->cells, anew.maps[0]->cells);
        const QRect common = QRect(QPoint(0, 0), Pixels) & QRect(shift, Pixels);
        if (!common.isEmpty())
            QCOMPARE(moved.image.copy(common), before.image.copy(common.translated(-shift)));
    }

    void manySmallMovesDoNotDrift() {
        const FieldPtr field = test::madeReflectivity(test::madeSweep({}));
        Camera2D camera{0, 0, 512, 512};
        CpuPainter kept, fresh;
        kept.draw(sceneOf(field, camera), Quality::Full);
        Picture last;
        for (int i = 0; i < 200; ++i) {
            camera = panned(camera, {1, 0});
            camera.x +=
                512 * 4e-4; // within the tolerance of a whole pixel, yet a tenth of a pixel in the end
            last = kept.draw(sceneOf(field, camera), Quality::Full);
        }
        int wrong = 0;
        const Picture anew = fresh.draw(sceneOf(field, camera), Quality::Full);
        for (std::size_t i = 0; i < anew.maps[0]->cells.size(); ++i)
            wrong += anew.maps[0]->cells[i] != last.maps[0]->cells[i];
        QVERIFY2(wrong < 300, qPrintable(QString::number(wrong)));
    }

    void aNewFieldOfTheSameGeometryKeepsTheMap() {
        const Sweep sweep = test::madeSweep({});
        CpuPainter painter;
        const Picture one =
            painter.draw(sceneOf(test::madeReflectivity(sweep, 0), {0, 0, 700, 700}), Quality::Full);
        const Picture two =
            painter.draw(sceneOf(test::madeReflectivity(sweep, 2), {0, 0, 700, 700}), Quality::Full);
        QCOMPARE(one.maps[0].get(), two.maps[0].get());
        QVERIFY(one.image != two.image);
    }

    void reducedPicturesAreEnlargedAndReadable() {
        const FieldPtr field = test::madeReflectivity(test::madeSweep({}));
        Scene2D scene = sceneOf(field, {0, 0, 700, 700});
        scene.pixels = QSize(401, 299);
        CpuPainter painter;
        const Picture full = painter.draw(scene, Quality::Full), half = painter.draw(scene, Quality::Reduced);
        QCOMPARE(half.image.size(), full.image.size());
        QCOMPARE(half.maps[0]->size, QSize(201, 150));
        QCOMPARE(half.image.pixel(100, 100), half.image.pixel(101, 101));
        const auto one = full.cellAt({251, 121}), other = half.cellAt({251, 121});
        QVERIFY(one && other);
        const int apart = std::abs(static_cast<int>(one->cell / 100) - static_cast<int>(other->cell / 100));
        QVERIFY(apart <= 2 &&
                std::abs(static_cast<int>(one->cell % 100) - static_cast<int>(other->cell % 100)) <= 1);
    }

    void transparentLayersMix() {
        const FieldPtr field = test::madeReflectivity(test::madeSweep({}));
        Scene2D scene = sceneOf(field, {0, 0, 700, 700});
        scene.layers[0].style.opacity = 0.5;
        CpuPainter painter, opaque;
        const QImage mixed = painter.draw(scene, Quality::Full).image;
        const QImage whole = opaque.draw(sceneOf(field, {0, 0, 700, 700}), Quality::Full).image;
        const QPoint pixel(230, 120);
        QVERIFY(std::abs(qRed(mixed.pixel(pixel)) - (qRed(whole.pixel(pixel)) + qRed(scene.canvas)) / 2) <=
                1);
        QCOMPARE(mixed.pixel(1, 1), scene.canvas);
    }

    void sectionsLieInRangeAndHeight() {
        Sweep sweep = test::madeSweep({.rays = 60});
        sweep.mode = SweepMode::Rhi;
        sweep.fixedAngle = 184;
        for (std::size_t i = 0; i < 60; ++i)
            sweep.rays[i] = Ray{184, 184, 0.25 + 0.5 * static_cast<double>(i), 0};
        const FieldPtr field = test::madeReflectivity(sweep);
        const Plane plane = *naturalPlane(*field);
        QVERIFY(plane.kind == Plane::Kind::RangeHeight);
        const Camera2D camera{50'000, 20'000, 260, 140};
        CpuPainter painter;
        const Picture picture = painter.draw(sceneOf(field, camera), Quality::Full);
        // Beyond the outermost rays RayIndex allows a twentieth of a ray, here a third of a pixel.
        const int wrong = wrongPixels(*picture.maps[0], camera, 0.35, [&](double ground, double height) {
            // The place seen from the antenna, both on the sphere of 4/3 Earth's radius.
            const long double radius = EffectiveEarthRadiusMeters, arc = ground / radius;
            const long double along = (radius + height) * std::sin(arc),
                              up = (radius + height) * std::cos(arc) - radius - 200;
            const double elevation = static_cast<double>(std::atan2(up, along)) / Degree;
            const int ray = static_cast<int>(std::floor(elevation / 0.5)),
                      gate = static_cast<int>(std::hypot(along, up) / 1000);
            return ground < 0 || ray < 0 || ray >= 60 || gate >= 100 ? -1 : ray * 100 + gate;
        });
        QCOMPARE(wrong, 0);
    }

    void verticalPointingLiesInTimeAndHeight() {
        Sweep sweep = test::madeSweep({.rays = 50, .gates = 80, .gateMeters = 100, .firstGateMeters = 150});
        sweep.mode = SweepMode::VerticalPointing;
        for (std::size_t i = 0; i < 50; ++i)
            sweep.rays[i] = Ray{0, 0, 90, 10.0 * static_cast<double>(i) + (i >= 25 ? 100 : 0)};
        const FieldPtr field = test::madeReflectivity(sweep);
        const Camera2D camera{300, 4200, 2, 30};
        CpuPainter painter;
        const Picture picture = painter.draw(sceneOf(field, camera), Quality::Full);
        const auto cellAtPlace = [&](double seconds, double height) {
            return picture.cellAt(camera.toPixel({seconds, height}, Pixels).toPoint());
        };
        QCOMPARE(cellAtPlace(101, 200 + 1060)->cell, std::size_t(10 * 80 + 9)); // gate 9: 1000 to 1100 m
        QVERIFY(!cellAtPlace(290, 2000)); // ray 24 at 240 s, ray 25 at 350 s
        QCOMPARE(cellAtPlace(352, 200 + 1060)->cell, std::size_t(25 * 80 + 9));
        QVERIFY(!cellAtPlace(101, 200 + 50));
    }

    void gridsLieInTheirOwnPlane_data() {
        QTest::addColumn<double>("yStep");
        QTest::newRow("rows from south") << 2000.0;
        QTest::newRow("rows from north") << -2000.0;
    }

    void gridsLieInTheirOwnPlane() {
        QFETCH(double, yStep);
        Grid grid;
        grid.crs = "+proj=laea +lat_0=55 +lon_0=10 +ellps=WGS84";
        grid.axes = {axis("y", AxisRole::Y, -1000, yStep, 50), axis("x", AxisRole::X, 5000, 2000, 70)};
        const FieldPtr field = gridField(grid);
        const Camera2D camera{70'000, yStep > 0 ? 40'000.0 : -40'000.0, 411, 411};
        CpuPainter painter;
        const Picture picture = painter.draw(sceneOf(field, camera), Quality::Full);
        const int wrong = wrongPixels(*picture.maps[0], camera, 1e-6, [&](double x, double y) {
            const double column = std::floor((x - 4000) / 2000),
                         line = std::floor((y - (-1000 - yStep / 2)) / yStep);
            return column < 0 || column >= 70 || line < 0 || line >= 50
                       ? -1
                       : static_cast<int>(line) * 70 + static_cast<int>(column);
        });
        QCOMPARE(wrong, 0);
    }

    void gridsInAnotherPlaneAgreeWithProjOnEveryPixel_data() {
        QTest::addColumn<QString>("gridCrs");
        QTest::addColumn<double>("first");
        QTest::addColumn<double>("step");
        QTest::addColumn<double>("perPixel");
        QTest::newRow("Lambert azimuthal")
            << "+proj=laea +lat_0=50 +lon_0=5 +ellps=WGS84" << -600'000.0 << 4000.0 << 1500.0;
        QTest::newRow("polar stereographic")
            << "+proj=stere +lat_0=90 +lat_ts=60 +lon_0=20 +ellps=WGS84" << -4.6e6 << 8000.0 << 2500.0;
        QTest::newRow("latitude and longitude") << "" << -10.0 << 0.08 << 2000.0;
    }

    void gridsInAnotherPlaneAgreeWithProjOnEveryPixel() {
        QFETCH(QString, gridCrs);
        QFETCH(double, first);
        QFETCH(double, step);
        QFETCH(double, perPixel);
        Grid grid;
        grid.crs = gridCrs.toStdString();
        const bool geographic = grid.crs.empty();
        const double yFirst = geographic ? 40 : first, xFirst = first;
        grid.axes = {axis("y", AxisRole::Y, yFirst, step, 400), axis("x", AxisRole::X, xFirst, step, 500)};
        Scene2D scene = sceneOf(gridField(grid), {0, 0, perPixel, perPixel});
        scene.plane = {Plane::Kind::Map, sitePlane({48, 2})};
        CpuPainter painter;
        const Picture picture = painter.draw(scene, Quality::Full);
        const Projection from(scene.plane.crs), to(grid.crs);
        int inside = 0;
        const int wrong = wrongPixels(*picture.maps[0], scene.camera, 0.25, [&](double x, double y) {
            const Projection::Point point = to.forward(from.inverse({x, y}));
            const double column = std::floor((point.x - xFirst) / step + 0.5),
                         row = std::floor((point.y - yFirst) / step + 0.5);
            if (column < 0 || column >= 500 || row < 0 || row >= 400)
                return -1;
            ++inside;
            return static_cast<int>(row) * 500 + static_cast<int>(column);
        });
        QVERIFY(inside > 20'000);
        QCOMPARE(wrong, 0);
    }

    void meshesAskProjSeldom() {
        const PlaneTransfer transfer(sitePlane({48, 2}), "+proj=laea +lat_0=50 +lon_0=5 +ellps=WGS84");
        const QSize size(1000, 800);
        const MeshPoints points =
            meshPoints(std::cref(transfer), {0, 0, 500, 500}, size, QRect(QPoint(0, 0), size));
        QVERIFY2(points.evaluations < 10'000, qPrintable(QString::number(points.evaluations)));
    }

    void sweepsInAnotherPlaneLieWhereProjSays() {
        const FieldPtr field = test::madeReflectivity(test::madeSweep({}));
        Scene2D scene = sceneOf(field, {0, 0, 700, 700});
        scene.plane = {Plane::Kind::Map, "+proj=laea +lat_0=50 +lon_0=5 +ellps=WGS84"};
        const Projection to(scene.plane.crs);
        const Projection::Point site = to.forward({48, 2});
        scene.camera.x = site.x;
        scene.camera.y = site.y;
        CpuPainter painter;
        const Picture picture = painter.draw(scene, Quality::Full);
        for (const auto& [ray, gate] :
             {std::pair(10, 40), std::pair(100, 80), std::pair(200, 99), std::pair(300, 20)}) {
            const auto cell = static_cast<std::size_t>(ray * 100 + gate);
            const GeoPoint place = *hitOf(*field, cell).place;
            const Projection::Point point = to.forward(place);
            const QPointF pixel = scene.camera.toPixel({point.x, point.y}, Pixels);
            const auto hit = picture.cellAt({static_cast<int>(pixel.x()), static_cast<int>(pixel.y())});
            QVERIFY(hit);
            QVERIFY(std::abs(static_cast<int>(hit->cell / 100) - ray) <= 2 &&
                    std::abs(static_cast<int>(hit->cell % 100) - gate) <= 1);
        }
    }

    void curvilinearCellsAreFilled_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::newRow("a swath") << 40 << 60;
        QTest::newRow("one row, as along a track") << 1 << 60;
        QTest::newRow("one column") << 40 << 1;
    }
    void curvilinearCellsAreFilled() {
        QFETCH(int, rows);
        QFETCH(int, columns);
        // A grid turned by 30 degrees about 48 N 2 E, its centres given by latitude and longitude only.
        Grid grid;
        grid.axes = {axis("j", AxisRole::Y, 0, 1, rows), axis("i", AxisRole::X, 0, 1, columns)};
        const Projection plane(sitePlane({48, 2}));
        const double c = std::cos(30 * Degree), s = std::sin(30 * Degree);
        for (int j = 0; j < rows; ++j)
            for (int i = 0; i < columns; ++i) {
                const double x = (i - (columns - 1) / 2.0) * 3000, y = (j - (rows - 1) / 2.0) * 3000;
                const GeoPoint place = plane.inverse({x * c - y * s, x * s + y * c});
                grid.latitudes.push_back(place.latitude);
                grid.longitudes.push_back(place.longitude - 360); // as some ocean models write them
            }
        const FieldPtr field = gridField(grid);
        QVERIFY(extentIn(*field, *naturalPlane(*field)).height() > 50'000);
        Scene2D scene = sceneOf(field, {0, 0, 800, 800});
        scene.plane = {Plane::Kind::Map, sitePlane({48, 2})};
        CpuPainter painter;
        const Picture picture = painter.draw(scene, Quality::Full);
        const int wrong = wrongPixels(*picture.maps[0], scene.camera, 0.05, [&](double x, double y) {
            const double i = std::floor((x * c + y * s) / 3000 + columns / 2.0),
                         j = std::floor((-x * s + y * c) / 3000 + rows / 2.0);
            return i < 0 || i >= columns || j < 0 || j >= rows
                       ? -1
                       : static_cast<int>(j) * columns + static_cast<int>(i);
        });
        QCOMPARE(wrong, 0);
    }
};

QTEST_GUILESS_MAIN(TestCpuPainter)
#include "tst_cpu_painter.moc"
