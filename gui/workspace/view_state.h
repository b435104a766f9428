#pragma once

#include "gui/scene/scene.h"
#include "gui/workspace/layer_mark.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

/// One pane: a quantity and its colours.
struct PaneState {
    std::string quantity;
    LayerStyle style;
    friend bool operator==(const PaneState&, const PaneState&) = default;
};

/// What the Look page shows, as a small value: undone, saved, restored, given by --view. As JSON:
///
///     {"format": 1, "view": "four_moments", "dataset": ["a.h5"], "group": "site:frave",
///      "time": "2023-04-20T06:50:41Z", "angle": 0.4, "label": "0.4°", "ordinal": 0, "active": 0,
///      "panes": [{"layers": [{"quantity": "TH", "style": {…}}]}],
///      "plane": {…}, "camera": {…}, "camera3d": {…}, "rings_km": 50, "azimuth_lines": true, "cursor": [x,
///      y]}
///
/// What is left out is chosen as on opening.
struct ViewState {
    std::string view = "one_moment"; ///< id of a ViewKind
    std::vector<std::filesystem::path> dataset;
    std::string group;             ///< GroupEntry::key
    std::optional<TimePoint> time; ///< of the volume
    std::optional<LayerMark> layer;
    std::vector<PaneState> panes; ///< at least one where anything is shown
    std::size_t active = 0;
    std::optional<Camera2D> camera; ///< empty: all is seen
    std::optional<Camera3D> camera3d;
    double ringsKilometres = 0; ///< 0: by the zoom; negative: none
    bool azimuthLines = true;
    std::optional<QPointF> cursor; ///< in the plane's units
    friend bool operator==(const ViewState&, const ViewState&) = default;
};

/// Without what has numbers that are none, or infinite: JSON has no words for them, and they never equal
/// themselves.
ViewState finiteOnly(ViewState state);

std::string viewToJson(const ViewState& state);
/// Relative paths count from @p file's folder. @throws Error naming @p file and what is wrong
ViewState viewFromJson(const std::string& json, const std::filesystem::path& file);

} // namespace embellie
