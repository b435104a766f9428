#include "gui/draw/vtk_painter.h"

#include "gui/draw/egl_render_window.h"
#include "gui/draw/locator.h"
#include "gui/draw/view3d.h"

#include <QPainter>
#include <QPainterPath>

#include <vtkActor.h>
#include <vtkAutoInit.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>
#include <vtkShaderProperty.h>
#include <vtkSmartPointer.h>
#include <vtkTexture.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

// Here and not in each program: CMake's vtk_module_autoinit works only where a program's own sources include
// VTK.
VTK_MODULE_INIT(vtkRenderingOpenGL2)

namespace embellie {

namespace {

constexpr double FullTurn = 2 * std::numbers::pi;
/// A ray's wedge is drawn by its chord; wider ones are split, so that a chord strays by under 2e-4 of the
/// range.
constexpr double WidestWedge = 2.0 / 360;
/// Pieces of a ray: straight lines stray from the curved beam by 15 m of height at 250 km.
constexpr std::size_t PiecesOfRay = 8;

void setColour(vtkActor* actor, const QColor& colour) {
    vtkProperty* property = actor->GetProperty();
    property->SetColor(colour.redF(), colour.greenF(), colour.blueF());
    property->SetLighting(false);
}

/// The cells of a sweep as quadrangles of rays, a texture column a gate and a texture row a ray, so that
/// nearest filtering gives exact gates. Kilometres; flat (2-D) or at the beam's height.
vtkSmartPointer<vtkPolyData> raysOf(const Sweep& sweep, bool flat, double exaggeration) {
    vtkNew<vtkPoints> points;
    points->SetDataTypeToFloat();
    vtkNew<vtkFloatArray> texture;
    texture->SetNumberOfComponents(2);
    texture->SetName("gate");
    vtkNew<vtkCellArray> cells;
    const double elevation = coneElevation(sweep);
    const double start = sweep.firstGateMeters - sweep.gateMeters / 2;
    const std::size_t pieces = std::min(PiecesOfRay, sweep.gates);
    std::vector<BeamPoint> beam(pieces + 1);
    std::vector<float> along(pieces + 1);
    for (std::size_t i = 0; i <= pieces; ++i) {
        // Nothing of a first gate that reaches behind the antenna is drawn.
        const double range =
            std::max(start, 0.0) +
            (start + sweep.gateMeters * static_cast<double>(sweep.gates) - std::max(start, 0.0)) *
                static_cast<double>(i) / static_cast<double>(pieces);
        beam[i] = beamPoint(range, elevation, sweep.site.heightMeters);
        along[i] =
            static_cast<float>((range - start) / (sweep.gateMeters * static_cast<double>(sweep.gates)));
    }
    const auto rays = static_cast<double>(sweep.rays.size());
    for (const RaySegment& segment : raySegments(sweep)) {
        const auto wedges = static_cast<std::size_t>(std::ceil((segment.to - segment.from) / WidestWedge));
        const auto row = static_cast<float>((static_cast<double>(segment.ray) + 0.5) / rays);
        for (std::size_t wedge = 0; wedge < wedges; ++wedge) {
            const double from = segment.from + (segment.to - segment.from) * static_cast<double>(wedge) /
                                                   static_cast<double>(wedges);
            const double to = segment.from + (segment.to - segment.from) * static_cast<double>(wedge + 1) /
                                                 static_cast<double>(wedges);
            const vtkIdType first = points->GetNumberOfPoints();
            for (std::size_t i = 0; i <= pieces; ++i) {
                const double ground = beam[i].groundMeters / 1000,
                             height = flat ? 0 : beam[i].heightMeters / 1000 * exaggeration;
                for (double turn : {from, to}) {
                    points->InsertNextPoint(ground * std::sin(turn * FullTurn),
                                            ground * std::cos(turn * FullTurn), height);
                    texture->InsertNextTuple2(along[i], row);
                }
            }
            for (std::size_t i = 0; i < pieces; ++i) {
                const vtkIdType p = first + 2 * static_cast<vtkIdType>(i);
                const vtkIdType quad[4] = {p, p + 2, p + 3, p + 1};
                cells->InsertNextCell(4, quad);
            }
        }
    }
    vtkNew<vtkPolyData> data;
    data->SetPoints(points);
    data->SetPolys(cells);
    data->GetPointData()->SetTCoords(texture);
    return data;
}

/// A sweep in the scene, and what it was made from.
struct SweepActor {
    FieldPtr field;
    std::optional<ColourScale> scale;
    bool flat = false;
    double exaggeration = 0;
    vtkSmartPointer<vtkActor> actor;
    vtkSmartPointer<vtkPolyDataMapper> mapper;
    vtkSmartPointer<vtkTexture> texture;
};

/// Colours of the cells: computed by the same function as on the CPU painter, so that both agree to the bit.
/// Alpha 0 leaves a cell out.
vtkSmartPointer<vtkImageData> colouredCells(const Field& field, const ColourScale& scale, bool validOnly) {
    const Sweep& sweep = *field.sweep();
    std::vector<QRgb> colours(field.size());
    scale.colours(field.values(), field.states(), colours);
    vtkNew<vtkImageData> image;
    image->SetDimensions(static_cast<int>(sweep.gates), static_cast<int>(sweep.rays.size()), 1);
    image->AllocateScalars(VTK_UNSIGNED_CHAR, 4);
    auto* bytes = static_cast<unsigned char*>(image->GetScalarPointer());
    for (std::size_t i = 0; i < colours.size(); ++i, bytes += 4) {
        bytes[0] = static_cast<unsigned char>(qRed(colours[i]));
        bytes[1] = static_cast<unsigned char>(qGreen(colours[i]));
        bytes[2] = static_cast<unsigned char>(qBlue(colours[i]));
        bytes[3] = validOnly && field.states()[i] != State::Valid ? 0 : 255;
    }
    return image;
}

void updateSweep(SweepActor& known, const Layer& layer, ThemeKind theme, bool flat, double exaggeration) {
    if (!known.actor) {
        known.actor = vtkSmartPointer<vtkActor>::New();
        known.mapper = vtkSmartPointer<vtkPolyDataMapper>::New();
        known.texture = vtkSmartPointer<vtkTexture>::New();
        known.texture->InterpolateOff();
        known.texture->MipmapOff();
        known.texture->RepeatOff();
        known.texture->EdgeClampOn();
        known.texture->SetColorModeToDirectScalars();
        known.mapper->ScalarVisibilityOff();
        known.actor->SetMapper(known.mapper);
        known.actor->SetTexture(known.texture);
        known.actor->ForceOpaqueOn();
        setColour(known.actor, Qt::white);
        known.actor->GetShaderProperty()->AddFragmentShaderReplacement(
            "//VTK::TCoord::Impl", true, "//VTK::TCoord::Impl\n  if (gl_FragData[0].a < 0.5) discard;\n",
            false);
    }
    const bool sameShape = known.field && known.flat == flat && known.exaggeration == exaggeration &&
                           *known.field->sweep() == *layer.field->sweep();
    if (!sameShape)
        known.mapper->SetInputData(raysOf(*layer.field->sweep(), flat, exaggeration));
    ColourScale scale(*layer.palette, layer.style, theme);
    if (known.field != layer.field || known.flat != flat || !known.scale || *known.scale != scale)
        known.texture->SetInputData(colouredCells(*layer.field, scale, !flat));
    known.field = layer.field;
    known.scale = std::move(scale);
    known.flat = flat;
    known.exaggeration = exaggeration;
}

vtkSmartPointer<vtkActor> lineActor(const std::vector<Surroundings::Line>& lines, const QColor& colour) {
    vtkNew<vtkPoints> points;
    vtkNew<vtkCellArray> cells;
    for (const Surroundings::Line& line : lines) {
        cells->InsertNextCell(static_cast<int>(line.points.size()));
        for (const Point3D& point : line.points)
            cells->InsertCellPoint(points->InsertNextPoint(point.x, point.y, point.z));
    }
    vtkNew<vtkPolyData> data;
    data->SetPoints(points);
    data->SetLines(cells);
    vtkNew<vtkPolyDataMapper> mapper;
    mapper->SetInputData(data);
    auto actor = vtkSmartPointer<vtkActor>::New();
    actor->SetMapper(mapper);
    setColour(actor, colour);
    return actor;
}

vtkSmartPointer<vtkActor> groundActor(const std::array<Point3D, 4>& corners, const QColor& colour) {
    vtkNew<vtkPoints> points;
    vtkNew<vtkCellArray> cells;
    cells->InsertNextCell(4);
    for (const Point3D& corner : corners)
        cells->InsertCellPoint(points->InsertNextPoint(corner.x, corner.y, corner.z));
    vtkNew<vtkPolyData> data;
    data->SetPoints(points);
    data->SetPolys(cells);
    vtkNew<vtkPolyDataMapper> mapper;
    mapper->SetInputData(data);
    // Behind the lines that lie on it.
    mapper->SetResolveCoincidentTopologyToPolygonOffset();
    mapper->SetRelativeCoincidentTopologyPolygonOffsetParameters(2, 2);
    auto actor = vtkSmartPointer<vtkActor>::New();
    actor->SetMapper(mapper);
    setColour(actor, colour);
    return actor;
}

/// Text with an outline in the ground's colour, so that it reads on any field.
void paintLabels(QImage& image, const Scene3D& scene, const Surroundings& around, const View3D& view) {
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetricsF metrics(scene.font, &image);
    for (const Surroundings::Label& label : around.labels) {
        QPointF at = view.toPixel(label.point);
        const double width = metrics.horizontalAdvance(label.text);
        at.rx() -= label.alignment & Qt::AlignRight ? width + metrics.averageCharWidth() : width / 2;
        at.ry() += (metrics.ascent() - metrics.descent()) / 2;
        QPainterPath outline;
        outline.addText(at, scene.font, label.text);
        painter.strokePath(outline, QPen(scene.canvas, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.fillPath(outline, scene.label);
    }
}

} // namespace

struct VtkPainter::State {
    vtkSmartPointer<EglRenderWindow> window = vtkSmartPointer<EglRenderWindow>::New();
    vtkSmartPointer<vtkRenderer> renderer = vtkSmartPointer<vtkRenderer>::New();
    std::vector<SweepActor> sweeps;
    std::vector<vtkSmartPointer<vtkActor>> decoration; ///< ground and lines of the last picture
    bool started = false;

    ~State() {
        if (!started)
            return;
        window->MakeCurrent();
        renderer->RemoveAllViewProps();
        decoration.clear();
        sweeps.clear();
        window->RemoveRenderer(renderer);
        window->Finalize();
    }

    /// A prop that is taken out loses what it has on the graphics processor: sweeps stay in from picture to
    /// picture.
    void setSweeps(const std::vector<Layer>& layers, ThemeKind theme, bool flat, double exaggeration) {
        for (const vtkSmartPointer<vtkActor>& actor : decoration)
            renderer->RemoveViewProp(actor);
        decoration.clear();
        while (sweeps.size() > layers.size()) {
            renderer->RemoveViewProp(sweeps.back().actor);
            sweeps.pop_back();
        }
        for (std::size_t i = 0; i < layers.size(); ++i) {
            if (i == sweeps.size())
                sweeps.emplace_back();
            const bool isNew = !sweeps[i].actor;
            updateSweep(sweeps[i], layers[i], theme, flat, exaggeration);
            // Flat layers lie above one another by less than a hair.
            sweeps[i].actor->SetPosition(0, 0, flat ? 1e-3 * static_cast<double>(i) : 0);
            if (isNew)
                renderer->AddActor(sweeps[i].actor);
        }
    }

    void decorate(vtkSmartPointer<vtkActor> actor) {
        renderer->AddActor(actor);
        decoration.push_back(std::move(actor));
    }

    QImage render(QSize size, const QColor& canvas) {
        window->SetSize(size.width(), size.height());
        renderer->SetBackground(canvas.redF(), canvas.greenF(), canvas.blueF());
        renderer->ResetCameraClippingRange();
        window->Render();
        return window->image();
    }

    Picture draw3D(const Scene3D& scene, Quality quality) {
        const Span3D span = spanOf(scene);
        const View3D view(scene, span);
        const Surroundings around = surroundingsOf(scene, span, view);
        std::vector<Layer> cones;
        for (const Layer& layer : scene.sweeps)
            if (const Sweep* sweep = layer.field->sweep(); sweep && sweep->mode == SweepMode::Azimuth)
                cones.push_back(layer);
        setSweeps(cones, scene.theme, false, scene.camera.heightExaggeration);
        decorate(groundActor(around.ground, scene.ground));
        decorate(lineActor(around.lines, scene.line));
        vtkCamera* camera = renderer->GetActiveCamera();
        camera->ParallelProjectionOff();
        camera->SetViewAngle(View3D::ViewAngle);
        camera->SetPosition(view.eye().x, view.eye().y, view.eye().z);
        camera->SetFocalPoint(view.target().x, view.target().y, view.target().z);
        camera->SetViewUp(0, 0, 1);
        Picture picture;
        const int shrink = quality == Quality::Reduced ? 2 : 1;
        QImage image = render(
            {(scene.pixels.width() + shrink - 1) / shrink, (scene.pixels.height() + shrink - 1) / shrink},
            scene.canvas);
        if (shrink > 1)
            image = image.scaled(scene.pixels, Qt::IgnoreAspectRatio, Qt::FastTransformation);
        paintLabels(image, scene, around, view);
        picture.image = std::move(image);
        return picture;
    }

    Picture draw2D(const Scene2D& scene) {
        setSweeps(scene.layers, scene.theme, true, 1);
        vtkCamera* camera = renderer->GetActiveCamera();
        camera->ParallelProjectionOn();
        camera->SetParallelScale(scene.pixels.height() * scene.camera.perPixelY / 2000);
        camera->SetPosition(scene.camera.x / 1000, scene.camera.y / 1000, 1000);
        camera->SetFocalPoint(scene.camera.x / 1000, scene.camera.y / 1000, 0);
        camera->SetViewUp(0, 1, 0);
        Picture picture;
        picture.image = render(scene.pixels, QColor::fromRgb(scene.canvas));
        return picture;
    }
};

VtkPainter::VtkPainter() : m_state(std::make_unique<State>()) {
    EglContext::Opened opened = EglContext::open();
    const auto missing = [](const std::string& reason) {
        return Error(text(EMBELLIE_TR("draw", "3-D can't be drawn here")))
            .expected(text(EMBELLIE_TR("draw", "OpenGL 3.2 through EGL")))
            .found(text(EMBELLIE_TR("draw", "{0}"), reason))
            .remedy(text(EMBELLIE_TR(
                "draw", "install Mesa's libEGL (package libegl1); everything in 2-D works without")));
    };
    if (!opened.context)
        throw missing(opened.reason);
    m_state->started = true;
    m_state->window->AddRenderer(m_state->renderer);
    if (!m_state->window->start(std::move(opened.context)))
        throw missing("functions of OpenGL 3.2 are missing");
}

VtkPainter::~VtkPainter() = default;

bool VtkPainter::canDraw(const Scene& scene) const {
    if (std::holds_alternative<Scene3D>(scene))
        return true;
    const Scene2D& flat = std::get<Scene2D>(scene);
    return std::all_of(flat.layers.begin(), flat.layers.end(), [&](const Layer& layer) {
        const Sweep* sweep = layer.field->sweep();
        return sweep && sweep->mode == SweepMode::Azimuth && layer.style.opacity >= 1 &&
               flat.plane == naturalPlane(*layer.field);
    });
}

Text VtkPainter::name() const {
    return text(EMBELLIE_TR("draw", "VTK on {0}"), m_state->window->context().renderer());
}

Picture VtkPainter::draw(const Scene& scene, Quality quality) {
    if (pixelsOf(scene).isEmpty())
        return {};
    m_state->window->MakeCurrent();
    if (const Scene3D* volume = std::get_if<Scene3D>(&scene))
        return m_state->draw3D(*volume, quality);
    return m_state->draw2D(std::get<Scene2D>(scene));
}

} // namespace embellie
