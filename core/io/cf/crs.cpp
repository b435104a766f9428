#include "core/io/cf/crs.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/io/proj_metres.h"
#include "core/io/words.h"
#include "core/map/projection.h"

#include <memory>
#include <sstream>

#include <proj.h>

namespace embellie {

namespace {

class Composer {
public:
    Composer(const NetcdfVariable& mapping, double axisMeters)
        : m_mapping(mapping), m_axisMeters(axisMeters) {}

    void word(const std::string& text) { m_text += (m_text.empty() ? "" : " ") + text; }
    void number(const std::string& key, double value) { word("+" + key + "=" + numberText(value)); }
    // The first of the attributes that is there.
    bool from(const std::string& key, std::initializer_list<const char*> names) {
        for (const char* name : names)
            if (const auto value = m_mapping.number(name)) {
                number(key, *value);
                return true;
            }
        return false;
    }
    void origin() {
        from("lat_0", {"latitude_of_projection_origin"});
        from("lon_0", {"longitude_of_central_meridian", "longitude_of_projection_origin",
                       "straight_vertical_longitude_from_pole"});
    }
    void parallels() {
        const auto found = m_mapping.attributes.find("standard_parallel");
        if (found == m_mapping.attributes.end() || found->second.numbers.empty())
            return;
        number("lat_1", found->second.numbers.front());
        number("lat_2", found->second.numbers.back());
    }
    void scaleOrParallel() {
        if (!from("lat_ts", {"standard_parallel"}))
            from("k", {"scale_factor_at_projection_origin", "scale_factor_at_central_meridian"});
    }
    std::string finished() {
        for (const auto& [key, name] : {std::pair{"x_0", "false_easting"}, {"y_0", "false_northing"}})
            if (const auto value = m_mapping.number(name); value && *value != 0)
                number(key, *value * m_axisMeters);
        const auto major = m_mapping.number("semi_major_axis"), minor = m_mapping.number("semi_minor_axis");
        const auto flattening = m_mapping.number("inverse_flattening"),
                   radius = m_mapping.number("earth_radius");
        if (major) {
            number("a", *major);
            if (minor)
                number("b", *minor);
            else if (flattening && *flattening != 0)
                number("rf", *flattening);
            else
                number("b", *major);
        } else if (radius) {
            number("R", *radius);
        } else {
            word("+ellps=WGS84");
        }
        word("+no_defs");
        return m_text;
    }

private:
    const NetcdfVariable& m_mapping;
    double m_axisMeters;
    std::string m_text;
};

// Of a projected CRS that counts in feet, say, in metres.
CfCrs planeInMetres(const std::string& written) {
    const std::unique_ptr<PJ_CONTEXT, decltype(&proj_context_destroy)> context(proj_context_create(),
                                                                               proj_context_destroy);
    proj_log_level(context.get(), PJ_LOG_NONE);
    const auto owned = [](PJ* object) {
        return std::unique_ptr<PJ, decltype(&proj_destroy)>(object, proj_destroy);
    };
    const auto crs = owned(proj_create(context.get(), written.c_str()));
    if (!crs || proj_get_type(crs.get()) != PJ_TYPE_PROJECTED_CRS)
        return {written};
    const auto axes = owned(proj_crs_get_coordinate_system(context.get(), crs.get()));
    double metres = 1;
    if (!axes ||
        !proj_cs_get_axis_info(context.get(), axes.get(), 0, nullptr, nullptr, nullptr, &metres, nullptr,
                               nullptr, nullptr) ||
        metres == 1)
        return {written};
    const char* const proj = proj_as_proj_string(context.get(), crs.get(), PJ_PROJ_4, nullptr);
    if (!proj)
        return {written};
    CfCrs made{"", metres};
    std::istringstream words(proj);
    for (std::string word; words >> word;)
        if (!word.starts_with("+units=") && !word.starts_with("+to_meter=")) // metres, where nothing is said
            made.text += (made.text.empty() ? "" : " ") + word;
    return made;
}

} // namespace

std::optional<CfCrs> crsOfGridMapping(const NetcdfVariable& mapping, double axisMeters) {
    const std::string name = mapping.text("grid_mapping_name");
    if (name == "latitude_longitude")
        return CfCrs();
    Composer proj(mapping, axisMeters);
    const auto begin = [&](const char* projection) { proj.word(std::string("+proj=") + projection); };
    if (name == "rotated_latitude_longitude") {
        begin("ob_tran");
        proj.word("+o_proj=longlat");
        proj.number("o_lon_p", mapping.number("north_pole_grid_longitude").value_or(0));
        proj.number("o_lat_p", mapping.number("grid_north_pole_latitude").value_or(90));
        proj.number("lon_0", 180 + mapping.number("grid_north_pole_longitude").value_or(0));
        return CfCrs{proj.finished()};
    }
    if (name == "geostationary") {
        begin("geos");
        proj.from("h", {"perspective_point_height"});
        proj.origin();
        const std::string sweep = mapping.text("sweep_angle_axis"), fixed = mapping.text("fixed_angle_axis");
        proj.word(std::string("+sweep=") + (sweep == "x" || fixed == "y" ? "x" : "y"));
        return CfCrs{proj.finished()};
    }
    if (name == "polar_stereographic") {
        begin("stere");
        const double pole = mapping.number("latitude_of_projection_origin")
                                .value_or(mapping.number("standard_parallel").value_or(90) < 0 ? -90 : 90);
        proj.number("lat_0", pole);
        proj.from("lon_0", {"straight_vertical_longitude_from_pole", "longitude_of_projection_origin"});
        proj.scaleOrParallel();
        return CfCrs{proj.finished()};
    }
    if (name == "lambert_conformal_conic" || name == "albers_conical_equal_area") {
        begin(name == "albers_conical_equal_area" ? "aea" : "lcc");
        proj.parallels();
        proj.origin();
        return CfCrs{proj.finished()};
    }
    if (name == "vertical_perspective") {
        begin("nsper");
        proj.from("h", {"perspective_point_height"});
        proj.origin();
        return CfCrs{proj.finished()};
    }
    static const std::pair<const char*, const char*> Plain[] = {{"azimuthal_equidistant", "aeqd"},
                                                                {"lambert_azimuthal_equal_area", "laea"},
                                                                {"orthographic", "ortho"},
                                                                {"sinusoidal", "sinu"}};
    static const std::pair<const char*, const char*> Scaled[] = {{"mercator", "merc"},
                                                                 {"transverse_mercator", "tmerc"},
                                                                 {"stereographic", "stere"},
                                                                 {"lambert_cylindrical_equal_area", "cea"}};
    for (const auto& [cf, projection] : Plain)
        if (name == cf) {
            begin(projection);
            proj.origin();
            return CfCrs{proj.finished()};
        }
    for (const auto& [cf, projection] : Scaled)
        if (name == cf) {
            begin(projection);
            proj.origin();
            proj.scaleOrParallel();
            return CfCrs{proj.finished()};
        }
    for (const char* attribute : {"crs_wkt", "spatial_ref", "proj4", "proj4_params"})
        if (const std::string written = mapping.text(attribute); !written.empty())
            return crsOfText(written);
    if (name == "oblique_mercator") {
        begin("omerc");
        proj.from("alpha", {"azimuth_of_central_line"});
        proj.from("lat_0", {"latitude_of_projection_origin"});
        proj.from("lonc", {"longitude_of_projection_origin"});
        proj.from("k", {"scale_factor_at_projection_origin"});
        return CfCrs{proj.finished()};
    }
    return std::nullopt;
}

CfCrs crsOfText(const std::string& written) {
    static const std::string init = "+init=epsg:";
    if (lower(written).starts_with(init))
        return crsOfText("EPSG:" + written.substr(init.size(), written.find(' ', init.size()) - init.size()));
    if (const ProjInMetres metres = inMetres(written); metres.wasKilometres)
        return {metres.text, 1000};
    return planeInMetres(written);
}

bool isUsable(const NetcdfVariable& mapping) {
    try {
        const auto crs = crsOfGridMapping(mapping, 1);
        return crs && (Projection(crs->text), true);
    } catch (const Error&) {
        return false;
    }
}

} // namespace embellie
