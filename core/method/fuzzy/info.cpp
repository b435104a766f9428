#include "core/base/error.h"
#include "core/method/fuzzy/texture.h"
#include "core/method/method.h"
#include "core/task/denoise/cleaned.h"

#include <algorithm>
#include <cmath>

namespace embellie {

namespace {

/// The raw ones first: what a filter has gone over is there where it kept the echo, and would give its
/// verdict away.
const std::vector<std::string> Correlation{"URHOHV", "RHOHV", "uncorrected_cross_correlation_ratio",
                                           "cross_correlation_ratio_hv", "cross_correlation_ratio"};
const std::vector<std::string> Difference{"UZDR", "ZDR", "differential_reflectivity"};
const std::vector<std::string> Phase{"UPHIDP", "PHIDP", "uncorrected_differential_phase",
                                     "differential_phase"};
const std::vector<std::string> Velocity{"VRADH", "VRAD", "VH", "velocity", "mean_doppler_velocity"};

/// A moment that is missing in more of the echoes that have a correlation has been filtered, and would give
/// the filter's verdict away.
constexpr double LeastCoverage = 0.7;

bool covers(const Field& echoes, const Field& correlation, const FieldPtr& moment) {
    std::size_t cells = 0, both = 0;
    for (std::size_t i = 0; moment && i < echoes.size(); ++i)
        if (echoes.states()[i] == State::Valid && correlation.states()[i] == State::Valid) {
            ++cells;
            both += moment->states()[i] == State::Valid;
        }
    return cells > 0 && static_cast<double>(both) >= LeastCoverage * static_cast<double>(cells);
}

/// Where membership of the class "no rain" begins and where it is full; the second may be the smaller.
struct Ramp {
    float begins = 0, full = 1;
    float at(float value) const { return std::clamp((value - begins) / (full - begins), 0.0f, 1.0f); }
};

Ramp rampOf(const Settings& settings, const std::string& key) {
    const std::vector<double>& values = settings.list(key);
    if (values.size() != 2 || values[0] == values[1])
        throw Error(text(EMBELLIE_TR("method", "the setting {0} can't be used"), key))
            .expected(text(EMBELLIE_TR("method", "two different numbers: where the membership begins and "
                                                 "where it is full")))
            .wrongUse();
    return {static_cast<float>(values[0]), static_cast<float>(values[1])};
}

/// Weighted mean of memberships, by cell; what a cell does not have does not count.
class Interest {
public:
    explicit Interest(std::size_t cells) : m_sum(cells, 0), m_weights(cells, 0) {}
    /// @p membership gives NaN where there is nothing to say.
    template <class Membership>
    void add(double weight, Membership&& membership) {
        if (weight <= 0)
            return;
        for (std::size_t i = 0; i < m_sum.size(); ++i)
            if (const float value = membership(i); !std::isnan(value)) {
                m_sum[i] += static_cast<float>(weight) * value;
                m_weights[i] += static_cast<float>(weight);
            }
    }
    /// Chance of rain; 1 where nothing is known: what is missing must be no sign.
    std::vector<float> rain() const {
        std::vector<float> out(m_sum.size(), 1);
        for (std::size_t i = 0; i < out.size(); ++i)
            if (m_weights[i] > 0)
                out[i] = 1 - m_sum[i] / m_weights[i];
        return out;
    }

private:
    std::vector<float> m_sum, m_weights;
};

MethodResult apply(const FieldPtr& input, Surroundings& surroundings, const Settings& settings,
                   Feedback& feedback) {
    const FieldPtr correlation = surroundings.moment(Correlation);
    if (!correlation)
        throw Error(text(EMBELLIE_TR("method", "the sweep has no correlation coefficient")))
            .in(input->origin().file, input->origin().path)
            .expected(text(EMBELLIE_TR("method", "RHOHV of the same sweep and time, in this file or in "
                                                 "those of --context")))
            .remedy(text(EMBELLIE_TR("method", "use another method for this radar")));
    for (const char* key : {"fuzzy.window_rays", "fuzzy.window_gates"})
        if (settings.integer(key) % 2 == 0)
            throw Error(text(EMBELLIE_TR("method", "the setting {0} can't be used"), key))
                .expected(text(EMBELLIE_TR("method", "an odd number")))
                .wrongUse();
    feedback.throwIfCancelled();
    const EchoGrid grid(*input);
    Interest interest(grid.values.size());

    const std::vector<float> rho = grid.aligned(*correlation);
    interest.add(settings.real("fuzzy.rhohv_weight"),
                 [&, ramp = rampOf(settings, "fuzzy.rhohv")](std::size_t i) { return ramp.at(rho[i]); });
    const auto addTexture = [&](const std::vector<float>& values, const std::string& key, float period) {
        const Ramp ramp = rampOf(settings, key);
        const double weight = settings.real(key + "_weight");
        if (weight <= 0)
            return;
        const std::vector<float> rough = texture(grid, values, period);
        interest.add(weight, [&](std::size_t i) { return ramp.at(rough[i]); });
    };
    addTexture(rho, "fuzzy.rhohv_texture", 0);
    if (const FieldPtr difference = surroundings.moment(Difference); covers(*input, *correlation, difference))
        addTexture(grid.aligned(*difference), "fuzzy.zdr_texture", 0);
    if (const FieldPtr phase = surroundings.moment(Phase); covers(*input, *correlation, phase))
        addTexture(grid.aligned(*phase), "fuzzy.phidp_texture", 360);
    if (const FieldPtr velocity = surroundings.moment(Velocity); covers(*input, *correlation, velocity)) {
        const std::vector<float> speed = grid.aligned(*velocity);
        interest.add(settings.real("fuzzy.velocity_weight"),
                     [&, ramp = rampOf(settings, "fuzzy.velocity")](std::size_t i) {
                         return ramp.at(std::abs(speed[i]));
                     });
    }
    feedback.throwIfCancelled();
    const AlongRay along = alongRay(grid, static_cast<int>(settings.integer("fuzzy.window_rays")),
                                    static_cast<int>(settings.integer("fuzzy.window_gates")));
    interest.add(settings.real("fuzzy.dbz_weight"), [&, tdbz = rampOf(settings, "fuzzy.tdbz"),
                                                     spin = rampOf(settings, "fuzzy.spin")](std::size_t i) {
        // Without a triple of gates there is no spin; fmax then gives the other.
        return std::fmax(tdbz.at(along.tdbz[i]), spin.at(along.spin[i]));
    });
    denoise::Cleaned result = denoise::cleaned(
        *input, grid.inFieldOrder(interest.rain()), 1 - static_cast<float>(settings.real("fuzzy.threshold")),
        "1 less the weighted mean of memberships of the class of non-meteorological echoes",
        "echoes removed by textures and the correlation coefficient, after Vulpiani et al. 2012");
    return {std::move(result.field), {std::move(result.probability)}};
}

Setting ramp(const char* key, std::vector<double> values, double least, double most, const char* unit,
             TextPattern label) {
    return advanced(listSetting(key, std::move(values), least, most, unit, label,
                                EMBELLIE_TR("method", "Two numbers: where the membership of the class \"no "
                                                      "rain\" begins, and where it is full")));
}

Setting weight(const char* key, double value, TextPattern label) {
    return advanced(realSetting(key, value, 0, 10, "1", label,
                                EMBELLIE_TR("method", "Share in the weighted mean; 0: not looked at")));
}

} // namespace

// As wradlib's documentation gives them, Vulpiani et al. have: threshold 0.5, correlation 0.98 to 0.95
// (weight 0.4), its texture 0.1 to 0.15 (0.4), that of ZDR 0.7 to 1 dB (0.4), of PHIDP 15 to 20 degrees
// (0.1), velocity 0.2 to 0.1 m/s (0.1). NCAR's CMD after Hubbert et al.: TDBZ 20 to 40 dB², SPIN 15 to 30 %,
// the larger of the two with 0.75. What differs below was chosen by tests/bench/rivals.
const MethodInfo& method_fuzzy() {
    static const MethodInfo info{
        .id = "fuzzy",
        .task = "denoise",
        .name = EMBELLIE_TR("method", "Textures and correlation (fuzzy)"),
        .help = EMBELLIE_TR(
            "method",
            "Weighs signs of echoes that are no rain: low and rough correlation coefficient, rough "
            "differential reflectivity and phase, no movement (after Vulpiani et al., J. Appl. Meteorol. "
            "Climatol. 51, 2012), reflectivity that jumps from gate to gate (TDBZ and SPIN of Hubbert et "
            "al., "
            "J. Atmos. Oceanic Technol. 26, 2009); some limits and weights were chosen anew on validation "
            "data. Moments that are missing in over 30 % of the echoes with a correlation are left out; "
            "echoes of which nothing is known are kept"),
        .needs = EMBELLIE_TR("method", "the correlation coefficient (RHOHV) of the same sweep"),
        .usesContext = false,
        .moments = Correlation,
        .settings =
            {realSetting("fuzzy.threshold", 0.4, 0, 1, "1", EMBELLIE_TR("method", "Threshold"),
                         EMBELLIE_TR("method", "An echo is removed where the weighted mean of the signs "
                                               "against it reaches this")),
             ramp("fuzzy.rhohv", {0.85, 0.6}, 0, 1.1, "1", EMBELLIE_TR("method", "Correlation")),
             weight("fuzzy.rhohv_weight", 0.4, EMBELLIE_TR("method", "Weight of the correlation")),
             ramp("fuzzy.rhohv_texture", {0.1, 0.15}, 0, 1, "1",
                  EMBELLIE_TR("method", "Roughness of the correlation")),
             weight("fuzzy.rhohv_texture_weight", 0,
                    EMBELLIE_TR("method", "Weight of the correlation's roughness")),
             ramp("fuzzy.zdr_texture", {0.7, 1.0}, 0, 20, "dB",
                  EMBELLIE_TR("method", "Roughness of differential reflectivity")),
             weight("fuzzy.zdr_texture_weight", 0.4,
                    EMBELLIE_TR("method", "Weight of differential reflectivity")),
             ramp("fuzzy.phidp_texture", {15, 20}, 0, 180, "degree",
                  EMBELLIE_TR("method", "Roughness of differential phase")),
             weight("fuzzy.phidp_texture_weight", 0.1, EMBELLIE_TR("method", "Weight of differential phase")),
             ramp("fuzzy.velocity", {0.2, 0.1}, 0, 10, "m s-1", EMBELLIE_TR("method", "No movement")),
             weight("fuzzy.velocity_weight", 0.1, EMBELLIE_TR("method", "Weight of no movement")),
             ramp("fuzzy.tdbz", {60, 120}, 0, 1000, "dB2",
                  EMBELLIE_TR("method", "Jumps of reflectivity (TDBZ)")),
             ramp("fuzzy.spin", {15, 30}, 0, 100, "%", EMBELLIE_TR("method", "Changes of sign (SPIN)")),
             weight("fuzzy.dbz_weight", 0.4, EMBELLIE_TR("method", "Weight of the larger of the two")),
             advanced(integerSetting("fuzzy.window_gates", 9, 3, 101, "",
                                     EMBELLIE_TR("method", "Window, gates"),
                                     EMBELLIE_TR("method", "Gates over which TDBZ and SPIN are taken; odd"))),
             advanced(integerSetting("fuzzy.window_rays", 3, 1, 31, "", EMBELLIE_TR("method", "Window, rays"),
                                     EMBELLIE_TR("method", "Rays over which TDBZ and SPIN are taken; odd")))},
        .apply = apply};
    return info;
}

} // namespace embellie
