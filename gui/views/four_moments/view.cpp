#include "gui/views/view.h"

namespace embellie {

const ViewKind& view_four_moments() {
    static const ViewKind kind = {
        "four_moments",
        EMBELLIE_TR("views", "Four moments"),
        EMBELLIE_TR("views", "Four fields of the same sweep or level; camera and cursor are linked."),
        4,
        false,
        "F3"};
    return kind;
}

} // namespace embellie
