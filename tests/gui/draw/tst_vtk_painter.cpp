#include "gui/draw/cpu_painter.h"
#include "gui/draw/view3d.h"
#include "gui/draw/vtk_painter.h"
#include "tests/gui/draw/synthetic.h"
#include "tests/support/test_support.h"

#include <QGuiApplication>
#include <QProcess>
#include <QTest>

#include <cmath>
#include <cstdlib>
#include <numbers>
#include <set>

using namespace embellie;

class TestVtkPainter : public QObject {
    Q_OBJECT
    std::shared_ptr<const PaletteBook> m_book;
    std::unique_ptr<VtkPainter> m_painter;
    QString m_reason;

    Scene2D sceneOf(const FieldPtr& field, const Camera2D& camera) const {
        Scene2D scene = emptyScene2D(m_book->theme(ThemeKind::Dark), {500, 400});
        scene.layers = {layerFor(field, *m_book)};
        scene.plane = *naturalPlane(*field);
        scene.camera = camera;
        return scene;
    }

    /// All cells valid and of one value, so that a cone is one colour.
    static FieldPtr plainCone(double elevation, float value) {
        const Sweep sweep = test::madeSweep({.elevation = elevation});
        Quantity quantity;
        quantity.id = "DBZH";
        quantity.unit = "dBZ";
        const std::size_t count = sweep.rays.size() * sweep.gates;
        return std::make_shared<const Field>(quantity, sweep, TimeInterval{},
                                             std::vector<float>(count, value),
                                             std::vector<State>(count, State::Valid));
    }

private Q_SLOTS:
    void initTestCase() {
        m_book = PaletteBook::load(test::sourceFolder() / "resources" / "palettes" / "palettes.json");
        try {
            m_painter = std::make_unique<VtkPainter>();
        } catch (const Error& error) {
            m_reason = error.what();
        }
    }
    void cleanupTestCase() { m_painter.reset(); }

    void bothPaintersShowTheSame_data() {
        QTest::addColumn<double>("perPixel"); // metres; a gate is 1000
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("start");
        QTest::newRow("gates of 4 pixels and more") << 250.0 << 50'000.0 << 0.0;
        QTest::newRow("gates of 20 pixels") << 50.0 << 40'000.0 << 182.5;
        QTest::newRow("gates smaller than pixels") << 1500.0 << 0.0 << 17.0;
    }

    void bothPaintersShowTheSame() {
        if (!m_painter)
            QSKIP(qPrintable(m_reason));
        QFETCH(double, perPixel);
        QFETCH(double, x);
        QFETCH(double, start);
        const FieldPtr field = test::madeReflectivity(test::madeSweep({.startAzimuth = start}));
        const Scene2D scene = sceneOf(field, {x, 10'000, perPixel, perPixel});
        CpuPainter cpu;
        QVERIFY(m_painter->canDraw(scene));
        const Picture one = cpu.draw(scene, Quality::Full), other = m_painter->draw(scene, Quality::Full);
        QCOMPARE(other.image.size(), one.image.size());
        const ColourScale scale(*scene.layers[0].palette, scene.layers[0].style, ThemeKind::Dark);
        int different = 0, strange = 0;
        for (int py = 0; py < one.image.height(); ++py)
            for (int px = 0; px < one.image.width(); ++px) {
                const QRgb found = other.image.pixel(px, py);
                if (found == one.image.pixel(px, py))
                    continue;
                ++different;
                // Elsewhere a pixel shows a cell whose footprint touches it: one found on its rim or in its
                // middle.
                bool touches = false;
                for (double dx = 0; dx <= 1 && !touches; dx += 0.125)
                    for (double dy = 0; dy <= 1 && !touches; dy += 0.125) {
                        const QPointF place = scene.camera.toPlane(QPointF(px + dx, py + dy), scene.pixels);
                        double azimuth = std::atan2(place.x(), place.y()) * 180 / std::numbers::pi - start;
                        azimuth -= 360 * std::floor(azimuth / 360);
                        const double range = rangeAtGround(std::hypot(place.x(), place.y()), 0.5, 200);
                        const auto gate = static_cast<std::size_t>(range / 1000);
                        const std::size_t cell =
                            std::min<std::size_t>(static_cast<std::size_t>(azimuth), 359) * 100 + gate;
                        touches = gate >= 100
                                      ? found == scene.canvas
                                      : found == scale.colour(field->values()[cell], field->states()[cell]);
                    }
                strange += !touches;
            }
        const int pixels = one.image.width() * one.image.height();
        qInfo("%d of %d pixels differ, %d of them by more than an edge", different, pixels, strange);
        if (perPixel <= 250)
            QVERIFY2(different <= pixels / 100, qPrintable(QString::number(different)));
        QVERIFY2(strange <= pixels / 2000,
                 qPrintable(QString::number(strange))); // chords at the rim of the sweep
    }

    void conesStandWhereTheBeamIs() {
        if (!m_painter)
            QSKIP(qPrintable(m_reason));
        Scene3D scene = emptyScene3D(m_book->theme(ThemeKind::Dark), {640, 480}, QGuiApplication::font());
        const FieldPtr low = plainCone(0.5, 22), steep = plainCone(10, 47);
        scene.sweeps = {layerFor(low, *m_book), layerFor(steep, *m_book)};
        scene.camera = {180, 25, 0, 0, 0, 3};
        const QImage image = m_painter->draw(scene, Quality::Full).image;
        QCOMPARE(image.size(), QSize(640, 480));
        const Span3D span = spanOf(scene);
        const View3D view(scene, span);
        const ColourScale scale(*scene.sweeps[0].palette, scene.sweeps[0].style, ThemeKind::Dark);
        const auto colourAt = [&](double elevation, double azimuth, double range) {
            const BeamPoint beam = beamPoint(range, elevation, 200);
            const double turn = azimuth / 180 * std::numbers::pi, km = beam.groundMeters / 1000;
            return image.pixel(
                view.toPixel({km * std::sin(turn), km * std::cos(turn), beam.heightMeters / 1000 * 3})
                    .toPoint());
        };
        // Seen from the south over its rim, the steep cone shows its northern inner side.
        QCOMPARE(colourAt(10, 0, 90'000), scale.colour(47, State::Valid));
        QCOMPARE(colourAt(10, 20, 80'000), scale.colour(47, State::Valid));
        QCOMPARE(image.pixel(2, 2), scene.canvas.rgb());
        // Without the steep cone the low one is seen there.
        scene.sweeps.pop_back();
        scene.camera.elevation = 60;
        const View3D above(scene, spanOf(scene));
        const QImage alone = m_painter->draw(scene, Quality::Full).image;
        const BeamPoint beam = beamPoint(55'000, 0.5, 200);
        const double turn = 0.7, km = beam.groundMeters / 1000;
        const QPoint pixel =
            above.toPixel({km * std::sin(turn), km * std::cos(turn), beam.heightMeters / 1000 * 3}).toPoint();
        QCOMPARE(alone.pixel(pixel), scale.colour(22, State::Valid));
    }

    void cellsThatAreNotValidAreLeftOut() {
        if (!m_painter)
            QSKIP(qPrintable(m_reason));
        const Sweep sweep = test::madeSweep({});
        Quantity quantity;
        quantity.id = "DBZH";
        const std::size_t count = sweep.rays.size() * sweep.gates;
        const float nan = std::nanf("");
        Scene3D scene = emptyScene3D(m_book->theme(ThemeKind::Light), {300, 200}, QGuiApplication::font());
        scene.camera = {180, 80, 0, 0, 0, 3};
        std::set<QRgb> colours;
        for (State state : {State::NoData, State::NoEcho, State::Rejected}) {
            auto field =
                std::make_shared<const Field>(quantity, sweep, TimeInterval{}, std::vector<float>(count, nan),
                                              std::vector<State>(count, state));
            scene.sweeps = {layerFor(field, *m_book)};
            const QPoint pixel = View3D(scene, spanOf(scene)).toPixel({20, 10, 0}).toPoint();
            colours.insert(m_painter->draw(scene, Quality::Full).image.pixel(pixel));
        }
        QCOMPARE(colours.size(), std::size_t(1));
        QCOMPARE(QColor(*colours.begin()).name(), scene.ground.name());
    }

    void reducedPicturesKeepTheirSize() {
        if (!m_painter)
            QSKIP(qPrintable(m_reason));
        Scene3D scene = emptyScene3D(m_book->theme(ThemeKind::Light), {301, 199}, QGuiApplication::font());
        scene.sweeps = {layerFor(plainCone(2, 30), *m_book)};
        QCOMPARE(m_painter->draw(scene, Quality::Reduced).image.size(), QSize(301, 199));
    }

    void withoutEglOneSentenceIsThrown() {
        // In a program of its own: vendors are looked for only once.
        if (qEnvironmentVariableIsSet("EMBELLIE_TEST_NO_EGL")) {
            QVERIFY(!m_painter);
            QVERIFY2(m_reason.contains("3-D can't be drawn here") && m_reason.contains("libegl1"),
                     qPrintable(m_reason));
            return;
        }
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("EMBELLIE_TEST_NO_EGL", "1");
        environment.insert("__EGL_VENDOR_LIBRARY_FILENAMES", "/nonexistent");
        QProcess child;
        child.setProcessEnvironment(environment);
        child.start(QCoreApplication::applicationFilePath(), {"withoutEglOneSentenceIsThrown"});
        QVERIFY(child.waitForFinished());
        QVERIFY2(child.exitStatus() == QProcess::NormalExit && child.exitCode() == 0,
                 child.readAllStandardOutput().constData());
    }
};

QTEST_MAIN(TestVtkPainter)
#include "tst_vtk_painter.moc"
