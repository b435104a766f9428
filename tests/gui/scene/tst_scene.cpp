#include "core/map/projection.h"
#include "gui/scene/localised.h"
#include "gui/scene/scene.h"
#include "tests/gui/draw/synthetic.h"
#include "tests/support/test_support.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/time.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <random>

using namespace embellie;

Q_DECLARE_METATYPE(embellie::Quantity)

class TestScene : public QObject {
    Q_OBJECT
    std::shared_ptr<const PaletteBook> m_book;

    static Quantity quantity(const char* id, const char* unit, Kind kind = Kind::Quantity,
                             const char* standardName = "") {
        Quantity made;
        made.id = id;
        made.unit = unit;
        made.kind = kind;
        made.standardName = standardName;
        return made;
    }

private Q_SLOTS:
    void unitsAreShownAsPeopleWriteThem_data() {
        QTest::addColumn<QString>("unit");
        QTest::addColumn<QString>("shown");
        QTest::newRow("UDUNITS") << "m s-1"
                                 << "m/s";
        QTest::newRow("with stars") << "m s**-1"
                                    << "m/s";
        QTest::newRow("with a hat") << "kg m^-2"
                                    << "kg/m²";
        QTest::newRow("in words") << "meters_per_second"
                                  << "m/s";
        QTest::newRow("pure number") << "1"
                                     << "";
        QTest::newRow("latitude") << "degrees_north"
                                  << "°";
        QTest::newRow("angle") << "degrees"
                               << "°";
        QTest::newRow("a name") << "dBZ"
                                << "dBZ";
        QTest::newRow("no unit at all") << "0-8 octas **x"
                                        << "0-8 octas **x";
    }

    void unitsAreShownAsPeopleWriteThem() {
        QFETCH(QString, unit);
        QFETCH(QString, shown);
        QCOMPARE(unitForPeople(unit.toStdString()), shown);
    }

    void initTestCase() {
        m_book = PaletteBook::load(test::sourceFolder() / "resources" / "palettes" / "palettes.json");
    }

    void quantitiesFindTheirPalette_data() {
        QTest::addColumn<Quantity>("asked");
        QTest::addColumn<QString>("palette");
        QTest::newRow("ODIM reflectivity") << quantity("DBZH", "dBZ") << "reflectivity";
        QTest::newRow("raw reflectivity") << quantity("TH", "dBZ") << "reflectivity";
        QTest::newRow("a name with an ending") << quantity("DBZH_CLEAN", "dBZ") << "reflectivity";
        QTest::newRow("CfRadial by standard name")
            << quantity("refl", "dBZ", Kind::Quantity, "equivalent_reflectivity_factor") << "reflectivity";
        QTest::newRow("unknown name in dBZ") << quantity("corrected", "dBZ") << "reflectivity";
        QTest::newRow("a name without unit") << quantity("reflectivity_hh_clut", "") << "reflectivity";
        QTest::newRow("as xradar writes it") << quantity("TH", "unitless") << "reflectivity";
        QTest::newRow("ZDR in full, without unit")
            << quantity("differential_reflectivity", "") << "differential_reflectivity";
        QTest::newRow("velocity") << quantity("VRADH", "m s-1") << "radial_velocity";
        QTest::newRow("velocity, written otherwise") << quantity("VEL", "m/s") << "radial_velocity";
        QTest::newRow("width") << quantity("WRADH", "m s-1") << "spectrum_width";
        QTest::newRow("correlation") << quantity("RHOHV", "1") << "copolar_correlation";
        QTest::newRow("rain rate") << quantity("RATE", "mm h-1") << "rain_rate";
        QTest::newRow("rain sum by standard name")
            << quantity("precipitation", "kg m-2", Kind::Quantity, "precipitation_amount") << "rain_amount";
        QTest::newRow("probability") << quantity("rain", "1", Kind::Probability) << "probability";
        for (const auto& [name, unit, shown] :
             {std::tuple("differential_reflectivity", "dB", "differential_reflectivity"),
              {"cross_correlation_ratio", "ratio", "copolar_correlation"},
              {"differential_phase", "degrees", "differential_phase"},
              {"specific_differential_phase", "degrees/km", "specific_differential_phase"},
              {"corrected_velocity", "meters_per_second", "radial_velocity"}})
            QTest::addRow("Py-ART's %s", name) << quantity(name, unit) << shown;
        QTest::newRow("direction") << quantity("wind", "degrees", Kind::Direction) << "differential_phase";
        QTest::newRow("classes") << quantity("CLASS", "1", Kind::Classes) << "echo_class";
        QTest::newRow("a rate in other units") << quantity("RATE", "m s-1") << "";
        QTest::newRow("unknown") << quantity("sp", "Pa") << "";
        QTest::newRow("a rate by its name") << quantity("rain_rate", "mm h-1") << "rain_rate";
        QTest::newRow("a rate by its unit") << quantity("precipRateNearSurface", "mm/hr") << "rain_rate";
        QTest::newRow("rainfall as a rate") << quantity("rainfall", "mm/h") << "rain_rate";
        QTest::newRow("rainfall as an amount") << quantity("rainfall", "mm") << "rain_amount";
        QTest::newRow("infrared") << quantity("ir_temperature", "K") << "brightness_temperature";
        QTest::newRow("begins like a velocity") << quantity("v_something", "m s-1") << "";
    }

    void quantitiesFindTheirPalette() {
        QFETCH(Quantity, asked);
        QFETCH(QString, palette);
        QCOMPARE(QString::fromStdString(m_book->paletteFor(asked)->id), palette);
    }

    void unknownQuantitiesGetRoundSteps() {
        const PalettePtr palette = m_book->paletteFor(quantity("t2m", "K"), Limits{263.7, 301.2});
        QVERIFY(palette->edges.front() <= 263.7 && palette->edges.front() > 255);
        QVERIFY(palette->edges.back() >= 301.2 && palette->edges.back() < 310);
        const double step = palette->edges[1] - palette->edges[0];
        QCOMPARE(step, 2.5);
        QCOMPARE(palette->colours[0].size(), palette->edges.size() - 1);
        QCOMPARE(palette->colours[1].size(), palette->edges.size() - 1);
        QVERIFY(palette->colours[0].front() != palette->colours[0].back());
    }

    void signedQuantitiesHaveZeroInTheMiddle_data() {
        QTest::addColumn<Quantity>("asked");
        QTest::addColumn<double>("low");
        QTest::addColumn<bool>("isDiverging");
        QTest::newRow("a wind component") << quantity("u10", "m s**-1") << -12.0 << true;
        QTest::newRow("a wind speed") << quantity("wind_speed", "m s-1") << 0.5 << false;
        QTest::newRow("a difference") << quantity("t2m_difference", "K") << -12.0 << true;
        QTest::newRow("an anomaly by standard name")
            << quantity("ta", "K", Kind::Quantity, "air_temperature_anomaly") << -12.0 << true;
        QTest::newRow("degrees Celsius") << quantity("t2m", "degC") << -12.0 << false;
    }

    void signedQuantitiesHaveZeroInTheMiddle() {
        QFETCH(Quantity, asked);
        QFETCH(double, low);
        QFETCH(bool, isDiverging);
        const std::vector<float> values = {static_cast<float>(low), 8};
        Grid grid;
        grid.axes = {{"y", AxisRole::Y, "1", {0}, {}}, {"x", AxisRole::X, "1", {0, 1}, {}}};
        const Layer layer = layerFor(std::make_shared<const Field>(asked, grid, TimeInterval{}, values,
                                                                   std::vector<State>(2, State::Valid)),
                                     *m_book);
        QCOMPARE(layer.palette->kind == Palette::Kind::Diverging, isDiverging);
        const ColourScale scale(*layer.palette, layer.style, ThemeKind::Light);
        QVERIFY(scale.edges().front() <= low && scale.edges().back() >= 8);
        if (isDiverging)
            QCOMPARE(scale.edges().front(), -scale.edges().back());
    }

    void amountsOfRainHaveLimitsByTheirTime_data() {
        QTest::addColumn<int>("minutes");
        QTest::addColumn<float>("most");
        QTest::addColumn<float>("limit");
        QTest::newRow("five minutes") << 5 << 1.7f << 5.0f;
        QTest::newRow("five minutes, dry") << 5 << 0.0f << 5.0f; // a film does not jump
        QTest::newRow("five minutes, a cloudburst") << 5 << 11.0f << 5.0f;
        QTest::newRow("an hour") << 60 << 3.0f << 30.0f;
        QTest::newRow("a day") << 1440 << 20.0f << 300.0f;
        QTest::newRow("not known, some") << 0 << 12.0f << 30.0f;
        QTest::newRow("not known, much") << 0 << 31.0f << 300.0f;
    }

    void amountsOfRainHaveLimitsByTheirTime() {
        QFETCH(int, minutes);
        QFETCH(float, most);
        QFETCH(float, limit);
        Grid grid;
        grid.axes = {{"y", AxisRole::Y, "1", {0}, {}}, {"x", AxisRole::X, "1", {0, 1}, {}}};
        const TimeInterval time{TimePoint{}, TimePoint{} + std::chrono::minutes(minutes)};
        const auto field =
            std::make_shared<const Field>(quantity("ACRR", "mm"), grid, time, std::vector<float>{0, most},
                                          std::vector<State>(2, State::Valid));
        const Layer layer = layerFor(field, *m_book);
        const ColourScale scale(*layer.palette, layer.style, ThemeKind::Dark);
        QCOMPARE(scale.edges().back(), limit);
        QVERIFY(std::is_sorted(scale.edges().begin(), scale.edges().end()));
        QCOMPARE(scale.steps(), m_book->find("rain_amount")->colours[1]);
        // Limits that somebody chose stay as they were chosen.
        const Layer chosen = layerFor(field, *m_book, {{}, Limits{0.1, 300}});
        QCOMPARE(ColourScale(*chosen.palette, chosen.style, ThemeKind::Dark).edges(),
                 ColourScale(*m_book->find("rain_amount"), {}, ThemeKind::Dark).edges());
    }

    void clocksHaveNoThousandths() {
        const TimePoint time = *parseTime("2021-10-11T22:36:02Z") + std::chrono::milliseconds(712);
        QCOMPARE(secondsText(time, {}), QStringLiteral("2021-10-11 22:36:02"));
    }

    void roundEdgesHoldTheLimits() {
        for (const Limits& limits :
             {Limits{0.1, 0.7}, Limits{-3, 12345}, Limits{1e-7, 3e-7}, Limits{-0.001, 0}, Limits{5, 5}}) {
            const std::vector<double> edges = roundEdges(limits, 12);
            QVERIFY(edges.size() >= 2 && edges.size() <= 12);
            QVERIFY(edges.front() <= limits.low + 1e-12 && edges.back() >= limits.high - 1e-12);
        }
    }

    void missingPalettesAreToldInOneSentence() {
        const test::ScratchFolder folder;
        writeFileAtomically(folder / "p.json", "{\"format\": 1, \"states\": {}}");
        try {
            PaletteBook::load(folder / "p.json");
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains("p.json") && QString(error.what()).contains("palettes"),
                     error.what());
        }
    }

    void intervalsHoldTheirLowerEdge() {
        const Palette& palette = *m_book->find("reflectivity");
        const ColourScale scale(palette, {}, ThemeKind::Dark);
        const std::vector<QRgb>& colours = palette.colours[1];
        QCOMPARE(scale.colour(35, State::Valid), colours[11]);
        QCOMPARE(scale.colour(std::nextafter(35.f, 0.f), State::Valid), colours[10]);
        QCOMPARE(scale.colour(70, State::Valid), colours.back());
        QCOMPARE(scale.colour(70.5, State::Valid), palette.above[1]);
        QCOMPARE(scale.colour(-32, State::Valid), colours.front());
        QCOMPARE(scale.colour(-32.5, State::Valid), palette.below[1]);
        const float nan = std::numeric_limits<float>::quiet_NaN();
        QCOMPARE(scale.colour(nan, State::NoEcho), palette.states[1].noEcho);
        QCOMPARE(scale.colour(nan, State::NoData), palette.states[1].noData);
        QCOMPARE(scale.colour(nan, State::Rejected), palette.states[1].rejected);
    }

    void fastColoursEqualSlowOnes() {
        std::mt19937 random(7);
        for (const PalettePtr& palette : m_book->palettes())
            for (const auto& limits : {std::optional<Limits>(), std::optional<Limits>(Limits{-13, 17})}) {
                LayerStyle style;
                style.limits =
                    palette->kind == Palette::Kind::Classes || palette->scale == Palette::Scale::Log
                        ? std::nullopt
                        : limits;
                const ColourScale scale(*palette, style, ThemeKind::Light);
                std::vector<float> values;
                const float low = scale.edges().empty() ? -3 : scale.edges().front(),
                            high = scale.edges().empty() ? 20 : scale.edges().back();
                std::uniform_real_distribution<float> anywhere(low - (high - low) / 4,
                                                               high + (high - low) / 4);
                for (float edge : scale.edges())
                    for (float near : {std::nextafter(edge, -1e9f), edge, std::nextafter(edge, 1e9f)})
                        values.push_back(near);
                for (int i = 0; i < 5000; ++i)
                    values.push_back(anywhere(random));
                for (float far : {-1e30f, 1e30f, -std::numeric_limits<float>::max()})
                    values.push_back(scale.edges().empty() ? 3 : far);
                std::vector<State> states(values.size());
                for (std::size_t i = 0; i < values.size(); ++i)
                    if (states[i] = static_cast<State>(i % 7 < 4 ? 0 : i % 7 - 3); states[i] != State::Valid)
                        values[i] = std::numeric_limits<float>::quiet_NaN();
                std::vector<QRgb> colours(values.size());
                scale.colours(values, states, colours);
                for (std::size_t i = 0; i < values.size(); ++i)
                    if (colours[i] != scale.colour(values[i], states[i]))
                        QFAIL(qPrintable(QStringLiteral("%1: %2").arg(palette->id.c_str()).arg(values[i])));
            }
    }

    void velocityIsStretchedToTheNyquistVelocity() {
        Sweep sweep = test::madeSweep({});
        sweep.nyquist = 32;
        auto field = std::make_shared<const Field>(quantity("VRADH", "m s-1"), sweep, TimeInterval{},
                                                   std::vector<float>(36000, 30),
                                                   std::vector<State>(36000, State::Valid));
        const Layer layer = layerFor(field, *m_book);
        QCOMPARE(layer.style.limits->high, 32.0);
        const ColourScale scale(*layer.palette, layer.style, ThemeKind::Dark);
        QCOMPARE(scale.colour(30, State::Valid), layer.palette->colours[1].back());
        QCOMPARE(scale.colour(-30, State::Valid), layer.palette->colours[1].front());
        QCOMPARE(scale.colour(0, State::Valid), layer.palette->colours[1][8]);
    }

    void ambiguousReflectivityLooksLikeNoEcho() {
        Quantity ambiguous = quantity("TH", "dBZ");
        ambiguous.ambiguous = true;
        const ColourScale scale(*m_book->paletteFor(ambiguous), {}, ThemeKind::Dark);
        const float nan = std::numeric_limits<float>::quiet_NaN();
        QCOMPARE(scale.colour(nan, State::NoData), scale.colour(nan, State::NoEcho));
        const ColourScale clear(*m_book->paletteFor(quantity("TH", "dBZ")), {}, ThemeKind::Dark);
        QVERIFY(clear.colour(nan, State::NoData) != clear.colour(nan, State::NoEcho));
    }

    void anglesComeRound() {
        const Palette& palette = *m_book->find("differential_phase");
        const ColourScale scale(palette, {}, ThemeKind::Light);
        QCOMPARE(scale.colour(370, State::Valid), scale.colour(10, State::Valid));
        QCOMPARE(scale.colour(-100, State::Valid), scale.colour(260, State::Valid));
    }

    void classesAndFlagsHaveTheirColours() {
        Quantity classes = quantity("CLASS", "1", Kind::Classes);
        classes.meanings = {{4, "insects", 0x112233}, {7, "rain", std::nullopt}};
        const PalettePtr palette = m_book->paletteFor(classes);
        const ColourScale scale(*palette, {}, ThemeKind::Dark);
        QCOMPARE(scale.colour(4, State::Valid), qRgb(0x11, 0x22, 0x33));
        QCOMPARE(scale.colour(7, State::Valid), m_book->find("echo_class")->colours[1][0]);
        QCOMPARE(scale.colour(9, State::Valid), scale.states().noData);
        QCOMPARE(meaningOf(classes, 7), "rain");

        Quantity flags = quantity("QCFLAGS", "1", Kind::Flags);
        flags.meanings = {{1, "speckle", 0xff0000}, {4, "sun", 0x00ff00}};
        const ColourScale bits(*m_book->paletteFor(flags), {}, ThemeKind::Dark);
        QCOMPARE(bits.colour(5, State::Valid), qRgb(255, 0, 0));
        QCOMPARE(bits.colour(4, State::Valid), qRgb(0, 255, 0));
        QCOMPARE(bits.colour(0, State::Valid), bits.states().noEcho);
        QCOMPARE(meaningOf(flags, 5), "speckle, sun");
    }

    void smallValuesSurviveJson() {
        const Camera2D flat{12.25, -3.5e5, 250, 125};
        QVERIFY(nlohmann::json::parse(nlohmann::json(flat).dump()).get<Camera2D>() == flat);
        const Camera3D turned{123.5, 17, 250000, 1, 2, 6};
        QVERIFY(nlohmann::json::parse(nlohmann::json(turned).dump()).get<Camera3D>() == turned);
        for (const Plane& plane : {Plane{Plane::Kind::Map, "+proj=laea"}, Plane{Plane::Kind::RangeHeight, {}},
                                   Plane{Plane::Kind::TimeHeight, {}}})
            QVERIFY(nlohmann::json::parse(nlohmann::json(plane).dump()).get<Plane>() == plane);
        const LayerStyle style{"reflectivity", Limits{-10, 60.5}, 0.5, true};
        QVERIFY(nlohmann::json::parse(nlohmann::json(style).dump()).get<LayerStyle>() == style);
        QVERIFY(nlohmann::json::parse(nlohmann::json(LayerStyle{}).dump()).get<LayerStyle>() == LayerStyle{});
    }

    void zoomingKeepsThePlaceUnderTheCursor() {
        const QSize size(1000, 800);
        const Camera2D camera{5000, -7000, 300, 300};
        const QPointF pixel(123, 456), before = camera.toPlane(pixel, size);
        const QPointF after = zoomed(camera, 3.7, pixel, size).toPlane(pixel, size);
        QVERIFY(std::hypot(after.x() - before.x(), after.y() - before.y()) < 1e-6);
        const QPointF there = camera.toPixel(camera.toPlane(pixel, size), size);
        QVERIFY(std::hypot(there.x() - pixel.x(), there.y() - pixel.y()) < 1e-9);
        const QPointF moved = panned(camera, {10, -4}).toPixel(before, size);
        QVERIFY(std::hypot(moved.x() - 133, moved.y() - 452) < 1e-9);
    }

    void fittedCamerasShowEverything() {
        const FieldPtr field = test::madeReflectivity(test::madeSweep({}));
        const Plane plane = *naturalPlane(*field);
        const QRectF extent = extentIn(*field, plane);
        // 100 gates of 1 km at 0.5 degrees: 99.98 km along the ground, by the cosine and the curvature.
        QVERIFY(std::abs(extent.right() - 99'985) < 30 && std::abs(extent.left() + extent.right()) < 1e-6);
        const QSize size(400, 300);
        const Camera2D camera = fittedCamera(extent, plane, size);
        QCOMPARE(camera.perPixelX, camera.perPixelY);
        for (const QPointF& corner : {extent.topLeft(), extent.bottomRight()})
            QVERIFY(QRectF(0, 0, 400, 300).contains(camera.toPixel(corner, size)));
    }

    // Of three cells: a swath over the pole, one over the date line, and places all over the Earth.
    void swathsAreDrawnAboutTheirMiddle() {
        const auto planeOf = [](std::vector<double> latitudes, std::vector<double> longitudes) {
            Grid grid;
            for (const AxisRole role : {AxisRole::Y, AxisRole::X})
                grid.axes.push_back({role == AxisRole::Y ? "j" : "i", role, "1", {}, {}});
            grid.axes[0].centres = {0};
            grid.axes[1].centres = {0, 1, 2};
            grid.latitudes = std::move(latitudes);
            grid.longitudes = std::move(longitudes);
            const Field field({}, std::move(grid), {}, {1, 2, 3}, std::vector<State>(3, State::Valid), {});
            return naturalPlane(field)->crs;
        };
        const auto middleOf = [](const std::string& crs) { return Projection(crs).inverse({0, 0}); };
        QVERIFY(middleOf(planeOf({80, 90, 80}, {10, 0, -170})).latitude > 89.99);
        const GeoPoint line = middleOf(planeOf({0, 0, 0}, {170, 180, -170}));
        QVERIFY(std::abs(line.latitude) < 1e-6 && std::abs(std::abs(line.longitude) - 180) < 1e-6);
        QVERIFY(planeOf({0, 0, 0}, {0, 120, -120}).empty());
    }

    void cellsAreTold() {
        const FieldPtr field = test::madeReflectivity(test::madeSweep({.startAzimuth = 182.5}));
        const CellHit hit = hitOf(*field, 10 * 100 + 30);
        QCOMPARE(hit.row, std::size_t(10));
        QCOMPARE(hit.column, std::size_t(30));
        QVERIFY(std::abs(hit.gate->azimuth - 193) < 1e-9);
        QCOMPARE(hit.gate->rangeMeters, 30'500.0);
        // 30.5 km towards 193 degrees from 48 N 2 E.
        QVERIFY(std::abs(hit.place->latitude - 47.7327) < 5e-4 &&
                std::abs(hit.place->longitude - 1.9084) < 5e-4);
    }
};

QTEST_GUILESS_MAIN(TestScene)
#include "tst_scene.moc"
