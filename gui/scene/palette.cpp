#include "gui/scene/palette.h"

#include "core/base/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace embellie {

using Json = nlohmann::json;

namespace {

constexpr const char* ThemeKeys[] = {"light", "dark"};

QRgb rgb(const Json& text) {
    const QColor colour(QString::fromStdString(text.get<std::string>()));
    if (!colour.isValid())
        throw std::invalid_argument("\"" + text.get<std::string>() + "\" is not a colour");
    return colour.rgb();
}

std::vector<QRgb> rgbList(const Json& list) {
    std::vector<QRgb> colours;
    for (const Json& entry : list)
        colours.push_back(rgb(entry));
    return colours;
}

std::string lowerCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

StateColours statesFrom(const Json& json, StateColours states) {
    if (json.contains("canvas"))
        states.canvas = rgb(json["canvas"]);
    if (json.contains("noEcho"))
        states.noEcho = rgb(json["noEcho"]);
    if (json.contains("noData"))
        states.noData = rgb(json["noData"]);
    if (json.contains("rejected"))
        states.rejected = rgb(json["rejected"]);
    return states;
}

Palette::Kind kindFrom(const std::string& text) {
    if (text == "sequential")
        return Palette::Kind::Sequential;
    if (text == "diverging")
        return Palette::Kind::Diverging;
    if (text == "cyclic")
        return Palette::Kind::Cyclic;
    if (text == "classes")
        return Palette::Kind::Classes;
    throw std::invalid_argument("\"" + text + "\" is not a kind of palette");
}

Palette paletteFrom(const std::string& id, const Json& json, const std::array<StateColours, 2>& states) {
    Palette palette;
    palette.id = id;
    palette.name = id;
    std::replace(palette.name.begin(), palette.name.end(), '_', ' ');
    palette.name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(palette.name[0])));
    palette.unit = json.at("unit").get<std::string>();
    if (palette.unit == "as the field")
        palette.unit.clear();
    palette.kind = kindFrom(json.at("kind").get<std::string>());
    const std::string scale = json.value("scale", "");
    if (scale.starts_with("relative"))
        palette.scale = Palette::Scale::Relative;
    else if (scale == "log")
        palette.scale = Palette::Scale::Log;
    palette.landmarks = json.value("landmarks", std::vector<double>());
    palette.traditional = rgbList(json.value("traditional", Json::array()));
    for (std::size_t theme = 0; theme < 2; ++theme) {
        const char* key = ThemeKeys[theme];
        palette.colours[theme] = rgbList(json.at("default").at(key));
        palette.states[theme] =
            statesFrom(json.value("states", Json::object()).value(key, Json::object()), states[theme]);
    }
    std::size_t steps = 0;
    if (palette.kind == Palette::Kind::Classes) {
        const auto names = json.at("classes").get<std::vector<std::string>>();
        const auto values = json.value("values", std::vector<int>());
        for (std::size_t i = 0; i < names.size(); ++i)
            palette.classes.push_back(
                {i < values.size() ? values[i] : static_cast<int>(i), names[i], std::nullopt});
        steps = names.size();
    } else {
        palette.edges = json.at("edges").get<std::vector<double>>();
        steps = palette.edges.size() - 1;
        if (palette.edges.size() < 2 || !std::is_sorted(palette.edges.begin(), palette.edges.end()))
            throw std::invalid_argument("the edges of " + id + " don't ascend");
    }
    for (const auto& list : {palette.colours[0], palette.colours[1]})
        if (list.size() != steps)
            throw std::invalid_argument(id + " has " + std::to_string(list.size()) + " colours for " +
                                        std::to_string(steps) + " steps");
    for (std::size_t theme = 0; theme < 2; ++theme) {
        palette.below[theme] = palette.colours[theme].front();
        palette.above[theme] = palette.colours[theme].back();
        if (json.contains("outside")) {
            palette.below[theme] = rgb(json["outside"].at(ThemeKeys[theme]).at("below"));
            palette.above[theme] = rgb(json["outside"].at(ThemeKeys[theme]).at("above"));
        }
    }
    return palette;
}

Theme themeFrom(ThemeKind kind, const Json& json, const StateColours& states) {
    Theme theme;
    theme.kind = kind;
    theme.states = states;
    const auto role = [&](const char* key) { return QColor::fromRgb(rgb(json.at(key))); };
    theme.window = role("window");
    theme.base = role("base");
    theme.alternateBase = role("alternateBase");
    theme.button = role("button");
    theme.text = role("text");
    theme.mutedText = role("mutedText");
    theme.disabledText = role("disabledText");
    theme.accent = role("accent");
    theme.accentText = role("accentText");
    theme.link = role("link");
    theme.border = role("border");
    theme.controlBorder = role("controlBorder");
    theme.focus = role("focus");
    theme.selection = role("selection");
    theme.selectionText = role("selectionText");
    theme.good = role("good");
    theme.warning = role("warning");
    theme.error = role("error");
    theme.goodFill = role("goodFill");
    theme.warningFill = role("warningFill");
    theme.errorFill = role("errorFill");
    theme.tooltip = role("tooltip");
    theme.tooltipText = role("tooltipText");
    for (QRgb colour : rgbList(json.at("curves")))
        theme.curves.push_back(QColor::fromRgb(colour));
    return theme;
}

/// CF standard names, and short names that files use beside those listed in palettes.json.
struct KnownName {
    const char* name;
    const char* palette;
};
constexpr KnownName KnownNames[] = {
    {"equivalent_reflectivity_factor", "reflectivity"},
    {"radar_equivalent_reflectivity_factor_h", "reflectivity"},
    {"radar_equivalent_reflectivity_factor_v", "reflectivity"},
    {"radar_linear_equivalent_reflectivity_factor_h", ""},
    {"radial_velocity_of_scatterers_away_from_instrument", "radial_velocity"},
    {"radial_velocity_of_scatterers_away_from_instrument_h", "radial_velocity"},
    {"radial_velocity_of_scatterers_away_from_instrument_v", "radial_velocity"},
    {"doppler_spectrum_width", "spectrum_width"},
    {"radar_doppler_spectrum_width", "spectrum_width"},
    {"radar_doppler_spectrum_width_h", "spectrum_width"},
    {"log_differential_reflectivity_hv", "differential_reflectivity"},
    {"radar_differential_reflectivity_hv", "differential_reflectivity"},
    {"cross_correlation_ratio_hv", "copolar_correlation"},
    {"radar_correlation_coefficient_hv", "copolar_correlation"},
    {"differential_phase_hv", "differential_phase"},
    {"radar_differential_phase_hv", "differential_phase"},
    {"specific_differential_phase_hv", "specific_differential_phase"},
    {"radar_specific_differential_phase_hv", "specific_differential_phase"},
    {"rainfall_rate", "rain_rate"},
    {"lwe_precipitation_rate", "rain_rate"},
    {"precipitation_amount", "rain_amount"},
    {"rainfall_amount", "rain_amount"},
    {"lwe_thickness_of_precipitation_amount", "rain_amount"},
    {"rain_rate", "rain_rate"},
    {"toa_brightness_temperature", "brightness_temperature"},
    {"ir_temperature", "brightness_temperature"},
    {"brightness_temperature", "brightness_temperature"},
    {"vel", "radial_velocity"},
    {"velocity", "radial_velocity"},
    {"vh", "radial_velocity"},
    {"width", "spectrum_width"},
    {"spectrum_width", "spectrum_width"},
    {"dbz_clean", "reflectivity"},
    {"differential_reflectivity", "differential_reflectivity"}, // as Py-ART names moments
    {"cross_correlation_ratio", "copolar_correlation"},
    {"differential_phase", "differential_phase"},
    {"specific_differential_phase", "specific_differential_phase"},
    {"corrected_velocity", "radial_velocity"},
    {"uzdr", "differential_reflectivity"},
    {"zdrh", "differential_reflectivity"},
};

/// First the whole name, then without its endings: DBZH_CLEAN is shown as DBZH. What is left must be a word:
/// v_wind is no V.
bool serves(const std::vector<std::string>& ids, std::string name) {
    constexpr std::size_t shortestWord = 3;
    for (;;) {
        if (std::find(ids.begin(), ids.end(), name) != ids.end())
            return true;
        const std::size_t underscore = name.rfind('_');
        if (underscore == std::string::npos || underscore < shortestWord)
            return false;
        name.resize(underscore);
    }
}

bool isOneOf(const std::string& unit, std::initializer_list<const char*> units) {
    return std::find(units.begin(), units.end(), unit) != units.end();
}

/// What rain files call only by its unit, or by a name that says either: rainfall.
const char* rainPalette(const Quantity& quantity, const std::string& id) {
    if (isOneOf(quantity.unit, {"mm h-1", "mm/h", "mm/hr", "mm hr-1", "mm h^-1", "mm/hour"}))
        return "rain_rate";
    if (id == "rainfall")
        return isOneOf(quantity.unit, {"mm", "kg m-2"}) ? "rain_amount" : "rain_rate";
    return "";
}

/// Winds by their unit, differences by their name: where there are values on both sides, zero is the middle.
bool isSigned(const Quantity& quantity) {
    if (isOneOf(quantity.unit,
                {"m s-1", "m/s", "m s**-1", "m s^-1", "m*s-1", "meters_per_second", "meters/second"}))
        return true;
    const std::string names = "_" + lowerCase(quantity.id) + "_" + lowerCase(quantity.standardName) + "_";
    for (const char* word : {"_eastward_", "_northward_", "_difference_", "_diff_", "_anomaly_", "_anom_",
                             "_bias_", "_increment_", "_tendency_"})
        if (names.find(word) != std::string::npos)
            return true;
    return false;
}

/// Twelve classes that stay apart and follow the themes: hues of the window's curves, then greys.
QRgb generatedColour(const Theme& theme, std::size_t index) {
    const std::size_t hues = theme.curves.size();
    const QColor colour = theme.curves[index % hues];
    const int round = static_cast<int>(index / hues);
    if (round == 0)
        return colour.rgb();
    return (round % 2 == 1 ? colour.darker(100 + 40 * round) : colour.lighter(100 + 25 * round)).rgb();
}

/// Classes that a palette of ours names have its colours, which are checked for colour vision and made for
/// both themes.
Palette paletteOfMeanings(const Quantity& quantity, const Palette& known,
                          const std::array<Theme, 2>& themes) {
    const bool useKnown = quantity.kind == Kind::Classes;
    Palette palette;
    palette.id = "";
    palette.name = quantity.longName.empty() ? quantity.id : quantity.longName;
    palette.unit = "1";
    palette.kind = Palette::Kind::Classes;
    palette.flags = quantity.kind == Kind::Flags;
    palette.classes = quantity.meanings;
    for (std::size_t theme = 0; theme < 2; ++theme) {
        palette.states[theme] = themes[theme].states;
        for (std::size_t i = 0; i < quantity.meanings.size(); ++i) {
            const Meaning& meaning = quantity.meanings[i];
            QRgb colour = meaning.colour ? 0xff000000u | *meaning.colour : generatedColour(themes[theme], i);
            for (std::size_t k = 0; useKnown && k < known.classes.size(); ++k)
                if (known.classes[k].name == meaning.name)
                    colour = known.colours[theme][k];
            palette.colours[theme].push_back(colour);
        }
        palette.below[theme] = palette.above[theme] = themes[theme].states.noData;
    }
    return palette;
}

} // namespace

std::shared_ptr<const PaletteBook> PaletteBook::load() {
    return load(resourceFolder() / "palettes" / "palettes.json");
}

std::shared_ptr<const PaletteBook> PaletteBook::load(const std::filesystem::path& file) {
    const std::string content = readFile(file);
    auto book = std::make_shared<PaletteBook>();
    std::string place = "format";
    try {
        const Json json = Json::parse(content);
        if (json.at("format").get<int>() != 1)
            throw std::invalid_argument("format is not 1");
        std::array<StateColours, 2> states;
        for (std::size_t theme = 0; theme < 2; ++theme) {
            place = std::string("states/") + ThemeKeys[theme];
            states[theme] = statesFrom(json.at("states").at(ThemeKeys[theme]), {});
            place = std::string("ui/") + ThemeKeys[theme];
            book->m_themes[theme] =
                themeFrom(static_cast<ThemeKind>(theme), json.at("ui").at(ThemeKeys[theme]), states[theme]);
        }
        for (const auto& [id, entry] : json.at("palettes").items()) {
            place = "palettes/" + id;
            book->m_palettes.push_back(std::make_shared<Palette>(paletteFrom(id, entry, states)));
            std::vector<std::string> names;
            for (const Json& name : entry.at("for"))
                names.push_back(lowerCase(name.get<std::string>()));
            book->m_serves.push_back(std::move(names));
        }
        place = "palettes/reflectivity";
        const PalettePtr reflectivity = book->find("reflectivity");
        if (!reflectivity)
            throw std::invalid_argument("there is no palette for reflectivity");
        auto ambiguous = std::make_shared<Palette>(*reflectivity);
        for (StateColours& colours : ambiguous->states)
            colours.noData = colours.noEcho;
        book->m_ambiguousReflectivity = std::move(ambiguous);
    } catch (const Error&) {
        throw;
    } catch (const std::exception& problem) {
        throw Error(text(EMBELLIE_TR("scene", "the palettes can't be read: {0}"), problem.what()))
            .in(file, place)
            .remedy(text(EMBELLIE_TR("scene", "install the program's resources again")));
    }
    return book;
}

PalettePtr PaletteBook::find(const std::string& id) const {
    for (const PalettePtr& palette : m_palettes)
        if (palette->id == id)
            return palette;
    return nullptr;
}

PalettePtr PaletteBook::paletteFor(const Quantity& quantity, const std::optional<Limits>& range) const {
    const std::string id = lowerCase(quantity.id);
    const std::string standard = lowerCase(quantity.standardName);
    const bool classes = quantity.kind == Kind::Classes || quantity.kind == Kind::Flags;
    PalettePtr known;
    for (std::size_t i = 0; i < m_palettes.size() && !known; ++i)
        if ((m_palettes[i]->kind == Palette::Kind::Classes) == classes && serves(m_serves[i], id))
            known = m_palettes[i];
    if (classes) {
        if (quantity.meanings.empty() && known)
            return known;
        const PalettePtr echoes = known ? known : find("echo_class");
        if (!echoes)
            return nullptr;
        return std::make_shared<Palette>(paletteOfMeanings(quantity, *echoes, m_themes));
    }
    if (quantity.kind == Kind::Probability)
        known = find("probability");
    else if (quantity.kind == Kind::Direction)
        known = find("differential_phase");
    for (const KnownName& name : KnownNames)
        if (!known && (standard == name.name || id == name.name))
            known = find(name.palette);
    if (!known)
        known = find(rainPalette(quantity, id));
    const bool saysWhatItIs = quantity.unit.empty() && id.find("reflectivity") != std::string::npos &&
                              id.find("differential") == std::string::npos; // reflectivity_hh_clut
    if (!known && (quantity.unit == "dBZ" || quantity.unit == "dBz" || saysWhatItIs))
        known = find("reflectivity");
    // A rate in other units, or an image called IR in degrees Celsius, must not be coloured by the wrong
    // numbers.
    const auto unitFits = [&](const Palette& palette) {
        if (palette.unit.empty() || quantity.unit.empty() || palette.unit == quantity.unit)
            return true;
        static const std::pair<const char*, const char*> same[] = {{"m s-1", "m/s"},
                                                                   {"m s-1", "meters_per_second"},
                                                                   {"m s-1", "meters/second"},
                                                                   {"mm h-1", "mm/h"},
                                                                   {"mm h-1", "mm/hr"},
                                                                   {"mm h-1", "mm hr-1"},
                                                                   {"mm h-1", "mm h^-1"},
                                                                   {"mm h-1", "mm/hour"},
                                                                   {"mm", "kg m-2"},
                                                                   {"degrees", "degree"},
                                                                   {"degrees", "deg"},
                                                                   {"degrees km-1", "degrees/km"},
                                                                   {"degrees km-1", "deg/km"},
                                                                   {"degrees km-1", "degree km-1"},
                                                                   {"1", "unitless"},
                                                                   {"1", "ratio"},
                                                                   {"1", "0-1"},
                                                                   {"dBZ", "dBz"},
                                                                   {"dBZ", "unitless"}, // xradar's TH
                                                                   {"dBZ", "unitless"},
                                                                   {"dB", "dBZ"},
                                                                   {"K", "kelvin"},
                                                                   {"m s-1", "m s^-1"},
                                                                   {"degrees", "°"}};
        return std::any_of(std::begin(same), std::end(same), [&](const auto& pair) {
            return palette.unit == pair.first && quantity.unit == pair.second;
        });
    };
    if (known && (quantity.kind == Kind::Probability || unitFits(*known)))
        return known->id == "reflectivity" && quantity.ambiguous ? m_ambiguousReflectivity : known;

    if (const PalettePtr difference = find("difference");
        difference && range && range->low < 0 && range->high > 0 && isSigned(quantity))
        return difference;
    const PalettePtr smooth = find("rain_amount");
    if (!smooth)
        return m_palettes.empty() ? nullptr : m_palettes.front();
    auto fallback = std::make_shared<Palette>(*smooth);
    fallback->id = "";
    fallback->name = quantity.longName.empty() ? quantity.id : quantity.longName;
    fallback->unit = quantity.unit;
    fallback->landmarks.clear();
    fallback->edges = roundEdges(range.value_or(Limits{0, 1}), fallback->colours[0].size() + 1);
    const std::size_t steps = fallback->edges.size() - 1;
    // Fewer round steps than colours: take them spread over the whole range of lightness.
    const auto spread = [steps](std::vector<QRgb>& colours) {
        std::vector<QRgb> chosen;
        for (std::size_t i = 0; i < steps; ++i)
            chosen.push_back(colours[steps == 1 ? 0 : i * (colours.size() - 1) / (steps - 1)]);
        colours = chosen;
    };
    spread(fallback->colours[0]);
    spread(fallback->colours[1]);
    spread(fallback->traditional);
    return fallback;
}

PalettePtr paletteUpTo(const PalettePtr& amounts, double most) {
    static constexpr std::array few = {0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6,
                                       0.75, 1.0,  1.25, 1.5, 2.0,  2.5, 3.0, 4.0, 5.0};
    if (most > 30 || amounts->edges.size() != few.size())
        return amounts;
    auto narrow = std::make_shared<Palette>(*amounts);
    if (most <= 5)
        narrow->edges.assign(few.begin(), few.end());
    else
        for (double& edge : narrow->edges)
            edge /= 10;
    narrow->landmarks.clear();
    return narrow;
}

std::vector<double> roundEdges(const Limits& limits, std::size_t count) {
    double low = limits.low, high = limits.high;
    if (!(std::isfinite(low) && std::isfinite(high)))
        low = 0, high = 1;
    if (!(high > low)) {
        const double around = std::max(std::abs(low), 1.0) / 2;
        low -= around;
        high += around;
    }
    const double atLeast = (high - low) / static_cast<double>(std::max<std::size_t>(count, 2) - 1);
    double power = std::pow(10, std::floor(std::log10(atLeast)));
    for (;; power *= 10)
        for (double factor : {1.0, 2.0, 2.5, 5.0}) {
            const double step = factor * power;
            const double first = std::floor(low / step * (1 + 1e-12));
            const double last = std::ceil(high / step * (1 - 1e-12));
            if (last - first > static_cast<double>(count - 1) || last <= first)
                continue;
            std::vector<double> edges;
            for (double k = first; k <= last; ++k)
                edges.push_back(k * step);
            return edges;
        }
}

} // namespace embellie
