#include "gui/views/view.h"

namespace embellie {

const ViewKind& view_volume() {
    static const ViewKind kind = {
        "volume",
        EMBELLIE_TR("views", "3-D"),
        EMBELLIE_TR("views", "All sweeps of the volume as cones, turned with the mouse."),
        0,
        true,
        "F4"};
    return kind;
}

} // namespace embellie
