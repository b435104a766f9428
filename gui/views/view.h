#pragma once

#include "core/base/text.h"

#include <string>
#include <vector>

namespace embellie {

/// A way to fill the centre of the Look page: a folder gui/views/<id> with view.cpp that defines
/// `const ViewKind& view_<id>()`, and a line in views.def.
struct ViewKind {
    std::string id;
    TextPattern name;    ///< in the View choice
    TextPattern help;    ///< one sentence
    int panes = 1;       ///< 2-D panes, filled by rows of two
    bool volume = false; ///< a 3-D pane with all sweeps instead
    const char* key;     ///< QKeySequence text
};

/// All views, in the order of views.def.
const std::vector<const ViewKind*>& viewKinds();
/// Null for an unknown id.
const ViewKind* findViewKind(const std::string& id);

} // namespace embellie
