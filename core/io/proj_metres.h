#pragma once

#include <string>

namespace embellie {

/// A PROJ text whose plane is in metres.
struct ProjInMetres {
    std::string text;
    bool wasKilometres = false;
};
/// A PROJ text that counts in kilometres, by "+units=km" or by an Earth of 6378.14, in metres; any other text
/// (WKT and codes too) as it is.
ProjInMetres inMetres(const std::string& proj);

} // namespace embellie
