#include "gui/views/view.h"

namespace embellie {

const ViewKind& view_one_moment() {
    static const ViewKind kind = {"one_moment",
                                  EMBELLIE_TR("views", "One moment"),
                                  EMBELLIE_TR("views", "One field over the whole width."),
                                  1,
                                  false,
                                  "F2"};
    return kind;
}

} // namespace embellie
