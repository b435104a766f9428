#pragma once

#include "core/field/field.h"

#include <QColor>

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace embellie {

enum class ThemeKind { Light = 0, Dark = 1 };

/// Lower and upper end of a colour scale, in the quantity's unit; low < high.
struct Limits {
    double low = 0, high = 1;
    friend bool operator==(const Limits&, const Limits&) = default;
};

/// Colours of cells without a value, and of what lies outside of the geometry.
struct StateColours {
    QRgb canvas = 0, noEcho = 0, noData = 0, rejected = 0;
    friend bool operator==(const StateColours&, const StateColours&) = default;
};

/// A stepped palette: one colour per interval of edges; an interval holds its lower edge, the last one its
/// upper edge too. Arrays of two are indexed by ThemeKind.
struct Palette {
    enum class Kind { Sequential, Diverging, Cyclic, Classes };
    /// Absolute: edges are values. Relative: edges are multiples of the limit. Log: absolute, drawn on a log
    /// axis.
    enum class Scale { Absolute, Relative, Log };

    std::string id, name;
    std::string unit; ///< UDUNITS; empty: as the field
    Kind kind = Kind::Sequential;
    Scale scale = Scale::Absolute;
    std::vector<double> edges; ///< empty for classes
    std::vector<double> landmarks;
    std::array<std::vector<QRgb>, 2> colours;
    std::vector<QRgb> traditional; ///< for both themes; may be empty
    std::array<StateColours, 2> states;
    std::array<QRgb, 2> below{}, above{};
    std::vector<Meaning> classes; ///< of classes and flags: value and name, one per colour
    bool flags = false; ///< the values of classes are bit masks; the lowest set bit gives the colour
    friend bool operator==(const Palette&, const Palette&) = default;
};
using PalettePtr = std::shared_ptr<const Palette>;

/// Colours of the window by role.
struct Theme {
    ThemeKind kind = ThemeKind::Light;
    QColor window, base, alternateBase, button, text, mutedText, disabledText, accent, accentText, link,
        border, controlBorder, focus, selection, selectionText, good, warning, error, goodFill, warningFill,
        errorFill, tooltip, tooltipText;
    std::vector<QColor> curves; ///< of runs, in the order of choice
    StateColours states;        ///< of fields
};

/// All palettes and both themes, as in resources/palettes/palettes.json. Read once, then shared and only
/// read.
class PaletteBook {
public:
    /// @throws Error where the file can't be read or does not say what is needed
    static std::shared_ptr<const PaletteBook> load(const std::filesystem::path& file);
    /// The one of resourceFolder(). @throws Error
    static std::shared_ptr<const PaletteBook> load();

    const std::vector<PalettePtr>& palettes() const { return m_palettes; }
    PalettePtr find(const std::string& id) const; ///< null where there is none
    const Theme& theme(ThemeKind kind) const { return m_themes[static_cast<std::size_t>(kind)]; }

    /// The palette for a quantity by its id, standard name, kind and unit. An unknown quantity gets a
    /// sequential palette over round numbers that hold @p range (0 to 1 without one), winds and differences
    /// that lie on both sides of zero a diverging one; classes and flags get one colour a meaning.
    PalettePtr paletteFor(const Quantity& quantity, const std::optional<Limits>& range = std::nullopt) const;

private:
    std::vector<PalettePtr> m_palettes;
    std::vector<std::vector<std::string>> m_serves; ///< beside m_palettes: ids in lower case
    std::array<Theme, 2> m_themes;
    PalettePtr m_ambiguousReflectivity; ///< with one colour for noData and noEcho
};

/// @p amounts of rain for up to @p most mm: its own 300, 30 or 5, whichever is the least that holds them.
PalettePtr paletteUpTo(const PalettePtr& amounts, double most);

/// @p count - 1 round steps (1, 2, 2.5 or 5 times a power of ten) that hold the limits.
std::vector<double> roundEdges(const Limits& limits, std::size_t count);

} // namespace embellie
