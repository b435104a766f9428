#include "core/network/network.h"

namespace embellie {

#define EMBELLIE_NETWORK(name) const NetworkInfo& network_##name();
#include "core/network/networks.def"
#undef EMBELLIE_NETWORK

const std::vector<const NetworkInfo*>& networks() {
    static const std::vector<const NetworkInfo*> all{
#define EMBELLIE_NETWORK(name) &network_##name(),
#include "core/network/networks.def"
#undef EMBELLIE_NETWORK
    };
    return all;
}

const NetworkInfo& networkOf(const std::string& id) {
    std::vector<std::string> known;
    for (const NetworkInfo* network : networks()) {
        if (network->id == id)
            return *network;
        known.push_back(network->id);
    }
    std::string names;
    for (const std::string& name : known)
        names += (names.empty() ? "" : ", ") + name;
    Error error(text(EMBELLIE_TR("network", "there is no network \"{0}\""), id));
    error.expected(text(EMBELLIE_TR("network", "one of {0}"), names)).wrongUse();
    if (const std::string nearest = nearestName(id, known); !nearest.empty())
        error.remedy(text(EMBELLIE_TR("network", "perhaps {0} is meant"), nearest));
    throw error;
}

} // namespace embellie
