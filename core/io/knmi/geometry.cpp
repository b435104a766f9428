#include "core/io/geometry_parts.h"
#include "core/io/knmi/knmi_source.h"
#include "core/io/proj_metres.h"
#include "core/map/projection.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace embellie {

namespace {

/// Reads "12-", or a number before another mark, off the front.
template <class T>
bool take(std::string_view& text, T& number, char mark) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto used = static_cast<std::size_t>(end - text.data());
    if (error != std::errc() || (mark != '\0' && (used == text.size() || *end != mark)))
        return false;
    text.remove_prefix(used + (mark != '\0' ? 1 : 0));
    return true;
}

/// The files say nothing of the antennas' heights. These are the ones that KNMI's own converter to ODIM_H5
/// writes.
struct KnownRadar {
    const char* name;
    double heightMeters;
};
constexpr KnownRadar KnownRadars[] = {{"debilt", 44}, {"denhelder", 51}, {"herwijnen", 27.7}};

std::string letters(const std::string& name) {
    std::string out;
    for (const char c : name)
        if (std::isalpha(static_cast<unsigned char>(c)))
            out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

} // namespace

std::optional<TimePoint> knmiTime(const std::string& text) {
    static constexpr std::array<std::string_view, 12> months = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                                "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    std::string capitals = text;
    std::transform(capitals.begin(), capitals.end(), capitals.begin(),
                   [](unsigned char c) { return std::toupper(c); });
    std::string_view rest = capitals;
    int day = 0;
    if (!take(rest, day, '-') || rest.size() < 4 || rest[3] != '-')
        return std::nullopt;
    const auto month = std::find(months.begin(), months.end(), rest.substr(0, 3));
    rest.remove_prefix(4);
    int year = 0;
    if (month == months.end() || !take(rest, year, ';'))
        return std::nullopt;
    const auto number = std::to_string(month - months.begin() + 1);
    return parseTime(std::to_string(year) + "-" + number + "-" + std::to_string(day) + "T" +
                     std::string(rest));
}

std::optional<KnmiFormula> knmiFormula(const std::string& text) {
    std::string dense;
    for (const char c : text)
        if (!std::isspace(static_cast<unsigned char>(c)))
            dense += c;
    std::string_view rest = dense;
    KnmiFormula formula;
    if (!rest.starts_with("GEO="))
        return std::nullopt;
    rest.remove_prefix(4);
    if (!take(rest, formula.gain, '*') || !rest.starts_with("PV"))
        return std::nullopt;
    rest.remove_prefix(2);
    if (!rest.empty()) {
        if (rest.front() == '+')
            rest.remove_prefix(1);
        else if (rest.front() != '-')
            return std::nullopt;
        if (!take(rest, formula.offset, '\0') || !rest.empty())
            return std::nullopt;
    }
    const bool usable = std::isfinite(formula.gain) && std::isfinite(formula.offset) && formula.gain != 0;
    return usable ? std::optional(formula) : std::nullopt;
}

Grid knmiGrid(const Hdf5File& file, const std::vector<std::size_t>& shape) {
    const std::string where = "/geographic", map = "/geographic/map_projection";
    if (shape.size() != 2 || shape[0] == 0 || shape[1] == 0)
        throw Error(text(EMBELLIE_TR("io", "the grid has no cells"))).in(file.path(), "/image1");
    const auto number = [&](const char* name) {
        return needed(file.number(where, name), file.path(), where, name);
    };
    double dx = number("geo_pixel_size_x"), dy = number("geo_pixel_size_y");
    if (dx == 0 || dy == 0)
        throw unusableGeometry(file.path(), where, dx == 0 ? "geo_pixel_size_x" : "geo_pixel_size_y", 0);
    if (const std::string origin = file.string(where, "geo_pixel_def").value_or("LU"); origin != "LU")
        throw Error(text(EMBELLIE_TR("io", "the geometry can't be used: {0}"), "geo_pixel_def"))
            .in(file.path(), where)
            .expected(text(EMBELLIE_TR("io", "{0}"), "LU"))
            .found(text(EMBELLIE_TR("io", "{0}"), origin))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    const auto definition = file.string(map, "projection_proj4_params");
    if (!definition)
        throw Error(text(EMBELLIE_TR("io", "the geometry can't be used: {0}"), "projection_proj4_params"))
            .in(file.path(), map)
            .expected(text(EMBELLIE_TR("io", "a PROJ text")))
            .found(text(EMBELLIE_TR("io", "nothing")))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    const ProjInMetres metres = inMetres(*definition);
    const bool geographic = [&] {
        try {
            return Projection(metres.text).isGeographic();
        } catch (Error& error) {
            throw error.in(file.path(), map);
        }
    }();
    // Offsets are counted in pixels, whose size has the sign of its axis: rows go south in steps of -1 km.
    const std::string unit = file.string(where, "geo_dim_pixel").value_or("");
    if (!geographic && (metres.wasKilometres || unit.starts_with("KM"))) {
        dx *= 1000;
        dy *= 1000;
    }
    const double left = number("geo_column_offset") * dx, top = number("geo_row_offset") * dy;
    Grid grid;
    grid.axes = {regularAxis("y", AxisRole::Y, geographic ? "degrees" : "m", top, dy, shape[0]),
                 regularAxis("x", AxisRole::X, geographic ? "degrees" : "m", left, dx, shape[1])};
    grid.crs = geographic ? "" : metres.text;
    return grid;
}

Site knmiSite(const Hdf5File& file) {
    const std::vector<double> place = file.numbers("/radar1", "radar_location");
    if (place.size() < 2 || !(std::abs(place[0]) <= 360) || !(std::abs(place[1]) <= 90))
        throw Error(text(EMBELLIE_TR("io", "the place of the radar can't be used: {0}"), "radar_location"))
            .in(file.path(), "/radar1")
            .expected(text(EMBELLIE_TR("io", "a longitude and a latitude")))
            .found(place.empty() ? text(EMBELLIE_TR("io", "nothing"))
                                 : text(EMBELLIE_TR("io", "{0}"), place.front()))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    Site site;
    site.id = file.string("/radar1", "radar_name").value_or("");
    site.longitude = place[0];
    site.latitude = place[1];
    for (const KnownRadar& radar : KnownRadars)
        if (letters(site.id) == radar.name)
            site.heightMeters = radar.heightMeters;
    return site;
}

Sweep knmiSweep(const Hdf5File& file, const std::string& scan, const std::vector<std::size_t>& shape,
                const Site& site, TimeInterval& time) {
    if (shape.size() != 2 || shape[0] == 0 || shape[1] == 0)
        throw Error(text(EMBELLIE_TR("io", "the sweep has no gates")))
            .in(file.path(), scan)
            .expected(text(EMBELLIE_TR("io", "an array of rays by gates")))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    const auto number = [&](const char* name) {
        return needed(file.number(scan, name), file.path(), scan, name);
    };
    Sweep sweep;
    sweep.site = site;
    sweep.gates = shape[1];
    sweep.fixedAngle = number("scan_elevation");
    sweep.gateMeters = 1000 * number("scan_range_bin");
    if (!(sweep.gateMeters > 0 && sweep.gateMeters < 1e6))
        throw unusableGeometry(file.path(), scan, "scan_range_bin", sweep.gateMeters / 1000);
    sweep.firstGateMeters = sweep.gateMeters / 2;
    const std::size_t rays = shape[0];
    const double width = file.number(scan, "scan_azim_bin").value_or(360 / static_cast<double>(rays));
    if (!(width > 0 && width * static_cast<double>(rays) < 361))
        throw unusableGeometry(file.path(), scan, "scan_azim_bin", width);
    if (const auto begin = knmiTime(file.string(scan, "scan_datetime").value_or("")))
        time = {*begin, *begin, Calendar::Standard};
    const double turning = std::abs(file.number(scan, "scan_antenna_velocity").value_or(0)); // degrees/s
    const double seconds = turning > 0.1 ? width * static_cast<double>(rays) / turning : 0;
    time.end = time.begin + std::chrono::milliseconds(std::llround(1000 * seconds));
    const double first = file.number(scan, "scan_start_azim").value_or(0);
    const std::size_t begin =
        first >= 0 && first < static_cast<double>(rays) ? static_cast<std::size_t>(first) : 0;
    for (std::size_t i = 0; i < rays; ++i) {
        const double from = width * static_cast<double>(i);
        const double turned = static_cast<double>((i + rays - begin) % rays) + 0.5;
        sweep.rays.push_back({wrappedDegrees(from), wrappedDegrees(from + width), sweep.fixedAngle,
                              seconds * turned / static_cast<double>(rays)});
    }
    if (looksUp(sweep.rays))
        sweep.mode = SweepMode::VerticalPointing;
    // The least velocity that can be packed is that of the Nyquist interval.
    const auto velocity =
        knmiFormula(file.string(scan + "/calibration", "calibration_V_formulas").value_or(""));
    if (velocity && velocity->offset < 0)
        sweep.nyquist = -velocity->offset;
    return sweep;
}

} // namespace embellie
