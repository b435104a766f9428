#include "core/method/method.h"

#include "core/base/error.h"

namespace embellie {

#define EMBELLIE_METHOD(name) const MethodInfo& method_##name();
#include "core/method/methods.def"
#undef EMBELLIE_METHOD

const std::vector<const MethodInfo*>& methods() {
    static const std::vector<const MethodInfo*> all{
#define EMBELLIE_METHOD(name) &method_##name(),
#include "core/method/methods.def"
#undef EMBELLIE_METHOD
    };
    return all;
}

const MethodInfo& methodOf(const std::string& id) {
    std::vector<std::string> known;
    std::string names;
    for (const MethodInfo* method : methods()) {
        if (method->id == id)
            return *method;
        known.push_back(method->id);
        names += (names.empty() ? "" : ", ") + method->id;
    }
    Error error(text(EMBELLIE_TR("method", "there is no method \"{0}\""), id));
    error.expected(text(EMBELLIE_TR("method", "one of {0}"), names)).wrongUse();
    if (const std::string nearest = nearestName(id, known); !nearest.empty())
        error.remedy(text(EMBELLIE_TR("method", "perhaps {0} is meant"), nearest));
    throw error;
}

SettingTable methodSettings() {
    SettingTable all;
    for (const MethodInfo* method : methods())
        all.add(method->settings);
    return all;
}

} // namespace embellie
