#include "core/io/cf/crs.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/io/cf/words.h"
#include "core/map/projection.h"

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

} // namespace

std::optional<std::string> projOfGridMapping(const NetcdfVariable& mapping, double axisMeters) {
    const std::string name = mapping.text("grid_mapping_name");
    if (name == "latitude_longitude")
        return std::string();
    Composer proj(mapping, axisMeters);
    const auto begin = [&](const char* projection) { proj.word(std::string("+proj=") + projection); };
    if (name == "rotated_latitude_longitude") {
        begin("ob_tran");
        proj.word("+o_proj=longlat");
        proj.number("o_lon_p", mapping.number("north_pole_grid_longitude").value_or(0));
        proj.number("o_lat_p", mapping.number("grid_north_pole_latitude").value_or(90));
        proj.number("lon_0", 180 + mapping.number("grid_north_pole_longitude").value_or(0));
        return proj.finished();
    }
    if (name == "geostationary") {
        begin("geos");
        proj.from("h", {"perspective_point_height"});
        proj.origin();
        const std::string sweep = mapping.text("sweep_angle_axis"), fixed = mapping.text("fixed_angle_axis");
        proj.word(std::string("+sweep=") + (sweep == "x" || fixed == "y" ? "x" : "y"));
        return proj.finished();
    }
    if (name == "polar_stereographic") {
        begin("stere");
        const double pole = mapping.number("latitude_of_projection_origin")
                                .value_or(mapping.number("standard_parallel").value_or(90) < 0 ? -90 : 90);
        proj.number("lat_0", pole);
        proj.from("lon_0", {"straight_vertical_longitude_from_pole", "longitude_of_projection_origin"});
        proj.scaleOrParallel();
        return proj.finished();
    }
    if (name == "lambert_conformal_conic" || name == "albers_conical_equal_area") {
        begin(name == "albers_conical_equal_area" ? "aea" : "lcc");
        proj.parallels();
        proj.origin();
        return proj.finished();
    }
    if (name == "vertical_perspective") {
        begin("nsper");
        proj.from("h", {"perspective_point_height"});
        proj.origin();
        return proj.finished();
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
            return proj.finished();
        }
    for (const auto& [cf, projection] : Scaled)
        if (name == cf) {
            begin(projection);
            proj.origin();
            proj.scaleOrParallel();
            return proj.finished();
        }
    for (const char* attribute : {"crs_wkt", "spatial_ref", "proj4", "proj4_params"})
        if (const std::string written = mapping.text(attribute); !written.empty())
            return projOfText(written);
    if (name == "oblique_mercator") {
        begin("omerc");
        proj.from("alpha", {"azimuth_of_central_line"});
        proj.from("lat_0", {"latitude_of_projection_origin"});
        proj.from("lonc", {"longitude_of_projection_origin"});
        proj.from("k", {"scale_factor_at_projection_origin"});
        return proj.finished();
    }
    return std::nullopt;
}

std::string projOfText(const std::string& written) {
    static const std::string init = "+init=epsg:";
    if (lower(written).starts_with(init))
        return "EPSG:" + written.substr(init.size(), written.find(' ', init.size()) - init.size());
    return written;
}

bool isUsable(const NetcdfVariable& mapping) {
    try {
        const auto crs = projOfGridMapping(mapping, 1);
        return crs && (Projection(*crs), true);
    } catch (const Error&) {
        return false;
    }
}

} // namespace embellie
