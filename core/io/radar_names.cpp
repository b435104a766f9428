#include "core/io/radar_names.h"

#include "core/io/odim/odim_source.h"
#include "core/io/words.h"

#include <algorithm>

namespace embellie {

namespace {

struct Names {
    const char *odim, *standardName, *longName;
    std::initializer_list<const char*> others; ///< in lower case: Py-ART's, Radx', GAMIC's
};

const Names Known[] = {
    {"TH",
     "equivalent_reflectivity_factor",
     "total reflectivity, horizontal",
     {"total_power", "uh", "uz", "dbth"}},
    {"TV", "equivalent_reflectivity_factor", "total reflectivity, vertical", {"uv", "dbtv"}},
    {"DBZH",
     "equivalent_reflectivity_factor",
     "reflectivity, horizontal",
     {"reflectivity", "corrected_reflectivity", "zh", "dbz", "reflectivity_horizontal"}},
    {"DBZV",
     "equivalent_reflectivity_factor",
     "reflectivity, vertical",
     {"reflectivity_vertical", "reflectivity_vv", "zv"}},
    {"VRADH",
     "radial_velocity_of_scatterers_away_from_instrument",
     "radial velocity, horizontal",
     {"velocity", "mean_doppler_velocity", "vel", "vh", "vrad"}},
    {"VRADV", "radial_velocity_of_scatterers_away_from_instrument", "radial velocity, vertical", {"vv"}},
    {"WRADH",
     "doppler_spectrum_width",
     "Doppler spectrum width, horizontal",
     {"spectrum_width", "width", "wh", "wrad"}},
    {"WRADV", "doppler_spectrum_width", "Doppler spectrum width, vertical", {"wv"}},
    {"ZDR", "log_differential_reflectivity_hv", "differential reflectivity", {"differential_reflectivity"}},
    {"LDR",
     "log_linear_depolarization_ratio_hv",
     "linear depolarisation ratio",
     {"linear_depolarization_ratio"}},
    {"RHOHV",
     "cross_correlation_ratio_hv",
     "correlation between horizontal and vertical",
     {"cross_correlation_ratio", "copol_correlation_coeff"}},
    {"PHIDP", "differential_phase_hv", "differential phase", {"differential_phase"}},
    {"KDP", "specific_differential_phase_hv", "specific differential phase", {"specific_differential_phase"}},
    {"SNRH", "signal_to_noise_ratio", "signal-to-noise ratio, horizontal", {"signal_to_noise_ratio", "snr"}},
    {"SQIH",
     "normalized_coherent_power",
     "signal quality index, horizontal",
     {"normalized_coherent_power", "ncp", "sqi"}},
};

/// One word for the ways in which files write a unit.
std::string plainUnit(std::string unit) {
    unit = lower(unit);
    if (isOneOf(unit, {"m/s", "m.s-1", "ms-1", "meters_per_second", "meters per second", "meters per seconds",
                       "metres per second", "meter/second"}))
        return "m s-1";
    if (isOneOf(unit, {"degrees", "deg"}))
        return "degree";
    if (isOneOf(unit, {"degrees/km", "deg/km", "degree/km", "degrees_per_km", "degrees km-1",
                       "degrees_per_kilometer"}))
        return "degree km-1";
    if (isOneOf(unit, {"", "unitless", "ratio", "none", "-"}))
        return "1";
    return unit;
}

} // namespace

std::string odimNameOf(const Quantity& quantity) {
    const std::string name = lower(quantity.id);
    for (const Names& names : Known) {
        const bool isMeant = std::any_of(names.others.begin(), names.others.end(),
                                         [&](const char* other) { return name == other; });
        if (isMeant && isSameUnit(quantity.unit, writtenOdimUnit(names.odim)))
            return names.odim;
    }
    return quantity.id;
}

std::string writtenOdimUnit(const std::string& quantity) {
    constexpr double version = 2.3;
    return odimUnit(quantity, version);
}

bool isSameUnit(const std::string& some, const std::string& other) {
    return plainUnit(some) == plainUnit(other);
}

Quantity withCfRadialNames(Quantity quantity) {
    for (const Names& names : Known)
        if (quantity.id == names.odim) {
            if (quantity.standardName.empty())
                quantity.standardName = names.standardName;
            if (quantity.longName.empty())
                quantity.longName = names.longName;
        }
    return quantity;
}

} // namespace embellie
