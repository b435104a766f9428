#pragma once

#include <string>
#include <utility>
#include <vector>

namespace embellie {

/// What a CF grid mapping variable says of a CRS (CF 1.8, section 5.6 and appendix F).
struct CfGridMapping {
    /// grid_mapping_name; empty where the conventions have none for the projection: then wkt alone says it.
    std::string name;
    std::vector<std::pair<std::string, std::vector<double>>> numbers;
    std::vector<std::pair<std::string, std::string>> texts;
    std::string wkt; ///< crs_wkt, WKT 2 (ISO 19162); empty where PROJ can't write it
    /// Of a geostationary projection: the height in metres by which axes in metres become scan angles in
    /// radians, as that mapping has its axes; else 1.
    double metersPerRadian = 1;
    bool isGeostationary() const { return name == "geostationary"; }
    bool isRotatedPole() const { return name == "rotated_latitude_longitude"; }
};

/// The other way round than crsOfGridMapping(). @p crs is a PROJ text, WKT or code that Projection takes, not
/// empty. @throws Error where PROJ does not know it
CfGridMapping gridMappingOf(const std::string& crs);

} // namespace embellie
