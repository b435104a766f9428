#include "core/io/cf/grid_mapping.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/io/words.h"

#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <sstream>

#include <proj.h>

namespace embellie {

namespace {

using Context = std::unique_ptr<PJ_CONTEXT, decltype(&proj_context_destroy)>;
using Object = std::unique_ptr<PJ, decltype(&proj_destroy)>;

/// "+key=value +flag" as keys and values.
class Parameters {
public:
    explicit Parameters(const std::string& proj) {
        std::istringstream words(proj);
        for (std::string word; words >> word;) {
            word.erase(0, word.find_first_not_of('+'));
            const std::size_t equals = word.find('=');
            m_values.emplace(word.substr(0, equals),
                             equals == std::string::npos ? "" : word.substr(equals + 1));
        }
    }
    bool has(const std::string& key) const { return m_values.contains(key); }
    std::string word(const std::string& key) const { return has(key) ? m_values.at(key) : ""; }
    std::optional<double> number(const std::string& key) const { return numberIn(word(key)); }
    double number(const std::string& key, double otherwise) const { return number(key).value_or(otherwise); }

private:
    std::map<std::string, std::string> m_values;
};

class Describer {
public:
    Describer(const Parameters& proj, CfGridMapping& mapping) : m_proj(proj), m_mapping(mapping) {}

    /// False where the conventions have nothing for it.
    bool describe() {
        const std::string projection = m_proj.word("proj");
        for (const char* turned : {"pm", "axis", "nadgrids", "geoidgrids"}) // mappings of CF don't say these
            if (m_proj.has(turned) && m_proj.word(turned) != "@null")
                return false;
        if (projection == "longlat") {
            begin("latitude_longitude");
            return true;
        }
        if (projection == "stere" || projection == "sterea")
            return projection == "stere" && stereographic();
        if (projection == "lcc")
            return lambertConformal();
        if (projection == "ob_tran")
            return rotatedPole();
        if (projection == "geos")
            return geostationary();
        if (projection == "utm")
            return universalTransverse();
        if (projection == "nsper" && !m_proj.has("azi") && !m_proj.has("tilt")) {
            begin("vertical_perspective");
            put("perspective_point_height", m_proj.number("h", 0));
            return origin("longitude_of_projection_origin");
        }
        if (projection == "aea") {
            begin("albers_conical_equal_area");
            m_mapping.numbers.push_back(
                {"standard_parallel", {m_proj.number("lat_1", 0), m_proj.number("lat_2", 0)}});
            return origin("longitude_of_central_meridian");
        }
        if (projection == "tmerc" || projection == "etmerc") {
            begin("transverse_mercator");
            put("scale_factor_at_central_meridian", scale());
            return origin("longitude_of_central_meridian");
        }
        if (projection == "merc" || projection == "cea") {
            begin(projection == "merc" ? "mercator" : "lambert_cylindrical_equal_area");
            parallelOrScale();
            put(projection == "merc" ? "longitude_of_projection_origin" : "longitude_of_central_meridian",
                m_proj.number("lon_0", 0));
            return eastingAndNorthing();
        }
        for (const auto& [proj, cf] : {std::pair{"laea", "lambert_azimuthal_equal_area"},
                                       {"aeqd", "azimuthal_equidistant"},
                                       {"ortho", "orthographic"}})
            if (projection == proj) {
                begin(cf);
                return origin("longitude_of_projection_origin");
            }
        if (projection == "sinu") {
            begin("sinusoidal");
            put("longitude_of_projection_origin", m_proj.number("lon_0", 0));
            return eastingAndNorthing();
        }
        return false;
    }

private:
    void begin(const char* name) { m_mapping.name = name; }
    void put(const char* name, double value) { m_mapping.numbers.push_back({name, {value}}); }
    double scale() const { return m_proj.number("k_0", m_proj.number("k", 1)); }
    bool eastingAndNorthing() {
        put("false_easting", m_proj.number("x_0", 0));
        put("false_northing", m_proj.number("y_0", 0));
        return true;
    }
    bool origin(const char* meridian) {
        put(meridian, m_proj.number("lon_0", 0));
        put("latitude_of_projection_origin", m_proj.number("lat_0", 0));
        return eastingAndNorthing();
    }
    void parallelOrScale() {
        if (const auto parallel = m_proj.number("lat_ts"))
            put("standard_parallel", *parallel);
        else
            put("scale_factor_at_projection_origin", scale());
    }
    bool stereographic() {
        const double latitude = m_proj.number("lat_0", 0);
        if (std::abs(latitude) != 90) {
            begin("stereographic");
            put("scale_factor_at_projection_origin", scale());
            return origin("longitude_of_projection_origin");
        }
        begin("polar_stereographic");
        put("straight_vertical_longitude_from_pole", m_proj.number("lon_0", 0));
        put("latitude_of_projection_origin", latitude);
        parallelOrScale();
        return eastingAndNorthing();
    }
    bool lambertConformal() {
        if (scale() != 1) // a scale and a parallel: the mapping has parallels alone
            return false;
        const double first = m_proj.number("lat_1", m_proj.number("lat_0", 0));
        begin("lambert_conformal_conic");
        if (const auto second = m_proj.number("lat_2"); second && *second != first)
            m_mapping.numbers.push_back({"standard_parallel", {first, *second}});
        else
            put("standard_parallel", first);
        put("longitude_of_central_meridian", m_proj.number("lon_0", 0));
        put("latitude_of_projection_origin", m_proj.number("lat_0", 0));
        return eastingAndNorthing();
    }
    bool rotatedPole() {
        const std::string inner = m_proj.word("o_proj");
        if ((inner != "longlat" && inner != "latlon" && inner != "latlong" && inner != "lonlat") ||
            !m_proj.has("o_lat_p"))
            return false;
        begin("rotated_latitude_longitude");
        put("grid_north_pole_latitude", m_proj.number("o_lat_p", 90));
        put("grid_north_pole_longitude", std::remainder(m_proj.number("lon_0", 0) - 180, 360));
        put("north_pole_grid_longitude", m_proj.number("o_lon_p", 0));
        return true;
    }
    bool geostationary() {
        const double height = m_proj.number("h", 0);
        if (!(height > 0))
            return false;
        begin("geostationary");
        m_mapping.metersPerRadian = height;
        put("perspective_point_height", height);
        m_mapping.texts.emplace_back("sweep_angle_axis", m_proj.word("sweep") == "x" ? "x" : "y");
        return origin("longitude_of_projection_origin");
    }
    bool universalTransverse() {
        const auto zone = m_proj.number("zone");
        if (!zone)
            return false;
        begin("transverse_mercator");
        put("scale_factor_at_central_meridian", 0.9996);
        put("longitude_of_central_meridian", *zone * 6 - 183);
        put("latitude_of_projection_origin", 0);
        put("false_easting", 500'000);
        put("false_northing", m_proj.has("south") ? 10'000'000 : 0);
        return true;
    }

    const Parameters& m_proj;
    CfGridMapping& m_mapping;
};

void addEllipsoid(PJ_CONTEXT* context, const PJ* crs, CfGridMapping& mapping) {
    const Object base(proj_get_source_crs(context, crs), proj_destroy); // of a bound one
    Object ellipsoid(proj_get_ellipsoid(context, crs), proj_destroy);
    if (!ellipsoid && base)
        ellipsoid.reset(proj_get_ellipsoid(context, base.get()));
    double major = 0, minor = 0, flattening = 0;
    int computed = 0;
    if (!ellipsoid ||
        !proj_ellipsoid_get_parameters(context, ellipsoid.get(), &major, &minor, &computed, &flattening))
        return;
    mapping.numbers.push_back({"semi_major_axis", {major}});
    if (flattening == 0) {
        mapping.numbers.push_back({"semi_minor_axis", {minor}});
        if (major == minor)
            mapping.numbers.push_back({"earth_radius", {major}});
    } else {
        mapping.numbers.push_back({"inverse_flattening", {flattening}});
    }
}

} // namespace

CfGridMapping gridMappingOf(const std::string& crs) {
    const Context context(proj_context_create(), proj_context_destroy);
    proj_log_level(context.get(), PJ_LOG_NONE);
    const bool isProj = crs.find("+proj=") != std::string::npos;
    const Object object(
        proj_create(
            context.get(),
            (isProj && crs.find("+type=crs") == std::string::npos ? crs + " +type=crs" : crs).c_str()),
        proj_destroy);
    if (!object || !proj_is_crs(object.get()))
        throw Error(text(EMBELLIE_TR("map", "the projection \"{0}\" can't be used"), crs))
            .expected(text(EMBELLIE_TR("map", "a PROJ text, WKT or a code such as EPSG:3035")));
    CfGridMapping mapping;
    const char* const oneLine[] = {"MULTILINE=NO", nullptr};
    if (const char* const wkt = proj_as_wkt(context.get(), object.get(), PJ_WKT2_2019, oneLine))
        mapping.wkt = wkt;
    // As PROJ understood it, which has defaults of its own; a rotated pole it does not write as PROJ text.
    const char* const understood = proj_as_proj_string(context.get(), object.get(), PJ_PROJ_4, nullptr);
    const Parameters parameters(understood ? understood : isProj ? crs : "");
    if (!Describer(parameters, mapping).describe())
        return {"", {}, {}, mapping.wkt, 1};
    addEllipsoid(context.get(), object.get(), mapping);
    return mapping;
}

} // namespace embellie
