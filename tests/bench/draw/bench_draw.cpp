// Prints how long a picture takes from a changed camera and from a changed field, by the CPU painter and by
// VTK with one cell per gate, as medians within one run, and their ratios. With --json one object. Asserts
// nothing.

#include "gui/draw/cpu_painter.h"
#include "gui/draw/egl_render_window.h"
#include "gui/draw/vtk_painter.h"
#include "tests/gui/draw/synthetic.h"

#include "core/base/file.h"

#include <QElapsedTimer>
#include <QGuiApplication>

#include <nlohmann/json.hpp>
#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkNew.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <functional>
#include <numbers>

using namespace embellie;

namespace {

constexpr QSize Pixels(1000, 800);

double medianMilliseconds(int repeats, const std::function<void(int)>& work) {
    std::vector<double> times;
    work(0);
    work(1);
    for (int i = 0; i < repeats; ++i) {
        QElapsedTimer timer;
        timer.start();
        work(i);
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::nth_element(times.begin(), times.begin() + repeats / 2, times.end());
    return times[static_cast<std::size_t>(repeats / 2)];
}

/// The rival: a quadrangle per gate, coloured by cell.
class CellPerGate {
public:
    explicit CellPerGate(std::unique_ptr<EglContext> context, const Sweep& sweep) {
        m_window->AddRenderer(m_renderer);
        if (!m_window->start(std::move(context)))
            throw std::runtime_error("OpenGL 3.2 is missing");
        m_window->SetSize(Pixels.width(), Pixels.height());
        vtkNew<vtkPoints> points;
        vtkNew<vtkCellArray> cells;
        const auto rays = static_cast<vtkIdType>(sweep.rays.size()),
                   gates = static_cast<vtkIdType>(sweep.gates);
        for (vtkIdType ray = 0; ray <= rays; ++ray)
            for (vtkIdType gate = 0; gate <= gates; ++gate) {
                const double turn =
                    static_cast<double>(ray) / static_cast<double>(rays) * 2 * std::numbers::pi;
                const double range = static_cast<double>(gate) * sweep.gateMeters / 1000;
                points->InsertNextPoint(range * std::sin(turn), range * std::cos(turn), 0);
            }
        for (vtkIdType ray = 0; ray < rays; ++ray)
            for (vtkIdType gate = 0; gate < gates; ++gate) {
                const vtkIdType first = ray * (gates + 1) + gate;
                const vtkIdType quad[4] = {first, first + gates + 1, first + gates + 2, first + 1};
                cells->InsertNextCell(4, quad);
            }
        m_data->SetPoints(points);
        m_data->SetPolys(cells);
        m_mapper->SetInputData(m_data);
        m_actor->SetMapper(m_mapper);
        m_actor->GetProperty()->SetLighting(false);
        m_renderer->AddActor(m_actor);
    }

    ~CellPerGate() {
        m_renderer->RemoveAllViewProps();
        m_window->RemoveRenderer(m_renderer);
        m_window->Finalize();
    }

    void setField(const Field& field, const ColourScale& scale) {
        std::vector<QRgb> colours(field.size());
        scale.colours(field.values(), field.states(), colours);
        vtkNew<vtkUnsignedCharArray> bytes;
        bytes->SetNumberOfComponents(3);
        bytes->SetNumberOfTuples(static_cast<vtkIdType>(field.size()));
        unsigned char* to = bytes->GetPointer(0);
        for (QRgb colour : colours) {
            *to++ = static_cast<unsigned char>(qRed(colour));
            *to++ = static_cast<unsigned char>(qGreen(colour));
            *to++ = static_cast<unsigned char>(qBlue(colour));
        }
        m_data->GetCellData()->SetScalars(bytes);
    }

    QImage draw(const Camera2D& view) {
        vtkCamera* camera = m_renderer->GetActiveCamera();
        camera->ParallelProjectionOn();
        camera->SetParallelScale(Pixels.height() * view.perPixelY / 2000);
        camera->SetPosition(view.x / 1000, view.y / 1000, 1000);
        camera->SetFocalPoint(view.x / 1000, view.y / 1000, 0);
        m_renderer->ResetCameraClippingRange();
        m_window->Render();
        return m_window->image();
    }

private:
    vtkNew<EglRenderWindow> m_window;
    vtkNew<vtkRenderer> m_renderer;
    vtkNew<vtkPolyData> m_data;
    vtkNew<vtkPolyDataMapper> m_mapper;
    vtkNew<vtkActor> m_actor;
};

Camera2D cameraOf(int i, double reach) {
    Camera2D camera;
    camera.perPixelX = camera.perPixelY = 2 * reach / Pixels.height() * (1 + 0.01 * (i % 7));
    camera.x = reach * 0.013 * (i % 5);
    return camera;
}

} // namespace

static int run(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    const bool json = argc > 1 && std::strcmp(argv[1], "--json") == 0;
    nlohmann::json results = nlohmann::json::object();
    const auto book = PaletteBook::load();
    const struct {
        const char* name;
        std::size_t rays, gates;
    } sizes[] = {{"360x1000", 360, 1000}, {"720x2000", 720, 2000}};
    for (const auto& size : sizes) {
        test::SweepShape shape;
        shape.rays = size.rays;
        shape.gates = size.gates;
        shape.gateMeters = 250e3 / static_cast<double>(size.gates);
        shape.firstGateMeters = shape.gateMeters / 2;
        const Sweep sweep = test::madeSweep(shape);
        const FieldPtr fields[2] = {test::madeReflectivity(sweep, 0), test::madeReflectivity(sweep, 1)};
        Scene2D scene = emptyScene2D(book->theme(ThemeKind::Dark), Pixels);
        scene.plane = *naturalPlane(*fields[0]);
        scene.camera = cameraOf(0, 250e3);
        scene.layers = {layerFor(fields[0], *book)};

        CpuPainter painter;
        const double camera = medianMilliseconds(41, [&](int i) {
            scene.camera = cameraOf(i, 250e3);
            painter.draw(scene, Quality::Full);
        });
        const double field = medianMilliseconds(41, [&](int i) {
            scene.layers[0] = layerFor(fields[i % 2], *book);
            painter.draw(scene, Quality::Full);
        });
        nlohmann::json entry = {{"cpu_camera_ms", camera}, {"cpu_field_ms", field}};
        EglContext::Opened opened = EglContext::open();
        if (opened.context) {
            const ColourScale scale(*scene.layers[0].palette, scene.layers[0].style, ThemeKind::Dark);
            CellPerGate rival(std::move(opened.context), sweep);
            rival.setField(*fields[0], scale);
            const int repeats = size.rays > 360 ? 5 : 9;
            const double rivalCamera =
                medianMilliseconds(repeats, [&](int i) { rival.draw(cameraOf(i, 250e3)); });
            const double rivalField = medianMilliseconds(repeats, [&](int i) {
                rival.setField(*fields[i % 2], scale);
                rival.draw(scene.camera);
            });
            entry.update({{"vtk_cells_camera_ms", rivalCamera},
                          {"vtk_cells_field_ms", rivalField},
                          {"camera_ratio", rivalCamera / camera},
                          {"field_ratio", rivalField / field}});
            VtkPainter rays;
            entry["vtk_rays_camera_ms"] = medianMilliseconds(15, [&](int i) {
                scene.camera = cameraOf(i, 250e3);
                rays.draw(scene, Quality::Full);
            });
            entry["vtk_rays_field_ms"] = medianMilliseconds(15, [&](int i) {
                scene.layers[0] = layerFor(fields[i % 2], *book);
                rays.draw(scene, Quality::Full);
            });
        } else {
            entry["no_vtk"] = opened.reason;
        }
        results[size.name] = entry;
        if (!json) {
            std::printf("%s gates at %dx%d, medians in ms\n", size.name, Pixels.width(), Pixels.height());
            for (const auto& [key, value] : entry.items())
                std::printf("  %-22s %s\n", key.c_str(),
                            value.is_number() ? numberText(value.get<double>(), 2).c_str()
                                              : value.get<std::string>().c_str());
        }
    }
    if (json)
        std::printf("%s\n", nlohmann::json{{"draw", results}}.dump().c_str());
    return 0;
}

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
