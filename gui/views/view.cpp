#include "gui/views/view.h"

namespace embellie {

#define EMBELLIE_VIEW(id) const ViewKind& view_##id();
#include "gui/views/views.def"
#undef EMBELLIE_VIEW

const std::vector<const ViewKind*>& viewKinds() {
    static const std::vector<const ViewKind*> all = {
#define EMBELLIE_VIEW(id) &view_##id(),
#include "gui/views/views.def"
#undef EMBELLIE_VIEW
    };
    return all;
}

const ViewKind* findViewKind(const std::string& id) {
    for (const ViewKind* kind : viewKinds())
        if (kind->id == id)
            return kind;
    return nullptr;
}

} // namespace embellie
