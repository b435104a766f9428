#include "core/map/projection.h"

#include "core/base/error.h"

#include <cmath>

#include <proj.h>

namespace embellie {

namespace {

struct ContextEnd {
    void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct TransformationEnd {
    void operator()(PJ* transformation) const { proj_destroy(transformation); }
};
using Transformation = std::unique_ptr<PJ, TransformationEnd>;

constexpr const char* Wgs84 = "+proj=longlat +datum=WGS84 +no_defs +type=crs";

} // namespace

struct Projection::State {
    std::unique_ptr<PJ_CONTEXT, ContextEnd> context; // outlives the transformation: declared first
    Transformation transformation;                   // null for plate carrée
    bool geographic = true;
    bool placed = true;
};

Projection::Projection(const std::string& crs) : m_state(std::make_unique<State>()) {
    if (crs.empty())
        return;
    if (crs == UnplacedPlane) {
        m_state->geographic = m_state->placed = false;
        return;
    }
    m_state->context.reset(proj_context_create());
    PJ_CONTEXT* context = m_state->context.get();
    proj_log_level(context, PJ_LOG_NONE);
    const auto unknown = [&] {
        return Error(text(EMBELLIE_TR("map", "the projection \"{0}\" can't be used"), crs))
            .expected(text(EMBELLIE_TR("map", "a PROJ text, WKT or a code such as EPSG:3035")))
            .remedy(text(EMBELLIE_TR("map", "ask those who made the file")));
    };
    const bool bare = crs.find("+proj=") != std::string::npos && crs.find("+type=crs") == std::string::npos;
    const std::string definition = bare ? crs + " +type=crs" : crs;
    const Transformation target(proj_create(context, definition.c_str()));
    if (!target || !proj_is_crs(target.get()))
        throw unknown();
    const PJ_TYPE type = proj_get_type(target.get());
    m_state->geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
    const Transformation raw(proj_create_crs_to_crs(context, Wgs84, definition.c_str(), nullptr));
    if (raw) // x before y whatever the authority's order of axes
        m_state->transformation.reset(proj_normalize_for_visualization(context, raw.get()));
    if (!m_state->transformation)
        throw unknown();
}

Projection::~Projection() = default;
Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;

Projection::Point Projection::forward(const GeoPoint& place) const {
    if (!m_state->placed)
        return {HUGE_VAL, HUGE_VAL};
    if (!m_state->transformation)
        return {place.longitude, place.latitude};
    const PJ_COORD to = proj_trans(m_state->transformation.get(), PJ_FWD,
                                   proj_coord(place.longitude, place.latitude, 0, HUGE_VAL));
    return {to.xy.x, to.xy.y};
}

GeoPoint Projection::inverse(const Point& point) const {
    if (!m_state->placed)
        return {HUGE_VAL, HUGE_VAL};
    if (!m_state->transformation)
        return {point.y, point.x};
    const PJ_COORD to =
        proj_trans(m_state->transformation.get(), PJ_INV, proj_coord(point.x, point.y, 0, HUGE_VAL));
    return {to.xy.y, to.xy.x};
}

bool Projection::isGeographic() const {
    return m_state->geographic;
}

std::string sitePlane(const GeoPoint& site) {
    return "+proj=aeqd +lat_0=" + numberText(site.latitude) + " +lon_0=" + numberText(site.longitude) +
           " +ellps=WGS84 +units=m +no_defs";
}

} // namespace embellie
