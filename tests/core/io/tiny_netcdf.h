#pragma once

#include <algorithm>
#include <filesystem>
#include <netcdf.h>
#include <string>
#include <vector>

namespace embellie::test {

/// Writes small netCDF files by the library's own calls. Variables are filled at once; text attributes by
/// att().
class TinyNetcdf {
public:
    explicit TinyNetcdf(const std::filesystem::path& path, int format = NC_NETCDF4) {
        nc_create(path.c_str(), format | NC_CLOBBER, &m_root);
        m_id = m_root;
    }
    ~TinyNetcdf() { nc_close(m_root); }
    TinyNetcdf(const TinyNetcdf&) = delete;
    TinyNetcdf& operator=(const TinyNetcdf&) = delete;

    /// What follows lies in this group, made where it is not yet there; "" is the root.
    void group(const std::string& path) {
        m_id = m_root;
        for (std::size_t from = 0; from < path.size();) {
            const std::size_t slash = std::min(path.find('/', from), path.size());
            const std::string name = path.substr(from, slash - from);
            if (int inner = 0; nc_inq_ncid(m_id, name.c_str(), &inner) == NC_NOERR)
                m_id = inner;
            else
                nc_def_grp(m_id, name.c_str(), &m_id);
            from = slash + 1;
        }
    }
    void dimension(const std::string& name, std::size_t size) {
        int id = 0;
        nc_redef(m_id);
        nc_def_dim(m_id, name.c_str(), size, &id);
        nc_enddef(m_id);
    }
    /// A fill value has to be there before the first cell is written.
    void variable(const std::string& name, nc_type type, const std::vector<std::string>& dimensions,
                  const std::vector<double>& cells = {}, const std::vector<double>& fill = {}) {
        std::vector<int> ids(dimensions.size());
        nc_redef(m_id);
        for (std::size_t i = 0; i < dimensions.size(); ++i)
            nc_inq_dimid(m_id, dimensions[i].c_str(), &ids[i]);
        int id = 0;
        nc_def_var(m_id, name.c_str(), type, static_cast<int>(ids.size()), ids.data(), &id);
        if (!fill.empty())
            nc_put_att_double(m_id, id, "_FillValue", type, 1, fill.data());
        nc_enddef(m_id);
        if (!cells.empty())
            nc_put_var_double(m_id, id, cells.data());
    }
    void att(const std::string& variable, const std::string& name, const std::string& value) {
        nc_redef(m_id);
        nc_put_att_text(m_id, idOf(variable), name.c_str(), value.size(), value.c_str());
        nc_enddef(m_id);
    }
    void att(const std::string& variable, const std::string& name, nc_type type,
             const std::vector<double>& values) {
        nc_redef(m_id);
        nc_put_att_double(m_id, idOf(variable), name.c_str(), type, values.size(), values.data());
        nc_enddef(m_id);
    }
    void strings(const std::string& name, const std::vector<std::string>& dimensions,
                 const std::vector<std::string>& cells) {
        variable(name, NC_STRING, dimensions);
        std::vector<const char*> rows;
        for (const std::string& cell : cells)
            rows.push_back(cell.c_str());
        nc_put_var_string(m_id, idOf(name), rows.data());
    }
    void texts(const std::string& name, const std::vector<std::string>& dimensions,
               const std::string& cells) {
        variable(name, NC_CHAR, dimensions);
        nc_put_var_text(m_id, idOf(name), cells.c_str());
    }
    /// Writes a variable that is there once more.
    void cells(const std::string& name, const std::vector<double>& cells) {
        nc_put_var_double(m_id, idOf(name), cells.data());
    }

private:
    int idOf(const std::string& variable) {
        int id = NC_GLOBAL;
        if (!variable.empty())
            nc_inq_varid(m_id, variable.c_str(), &id);
        return id;
    }
    int m_root = -1, m_id = -1;
};

/// latitude(2) × longitude(3), and what else is asked for.
inline void addPlainGrid(TinyNetcdf& file) {
    file.dimension("lat", 2);
    file.dimension("lon", 3);
    file.variable("lat", NC_DOUBLE, {"lat"}, {50, 49});
    file.variable("lon", NC_DOUBLE, {"lon"}, {1, 2, 3});
}

/// A scalar variable with the attributes of a grid mapping.
inline void addMapping(TinyNetcdf& file, const std::string& name, const std::string& kind) {
    file.variable(name, NC_INT, {});
    file.att(name, "grid_mapping_name", kind);
    file.att(name, "semi_major_axis", NC_DOUBLE, {6378137});
    file.att(name, "inverse_flattening", NC_DOUBLE, {298.257223563});
    if (kind == "geostationary") {
        file.att(name, "perspective_point_height", NC_DOUBLE, {35786023});
        file.att(name, "longitude_of_projection_origin", NC_DOUBLE, {0});
        file.att(name, "latitude_of_projection_origin", NC_DOUBLE, {0});
        file.att(name, "sweep_angle_axis", "y");
    } else if (kind == "polar_stereographic") {
        file.att(name, "straight_vertical_longitude_from_pole", NC_DOUBLE, {0});
        file.att(name, "latitude_of_projection_origin", NC_DOUBLE, {90});
        file.att(name, "standard_parallel", NC_DOUBLE, {60});
    }
}

/// y and x with places.
inline void addAxes(TinyNetcdf& file, const std::vector<double>& y, const std::vector<double>& x,
                    const std::string& unit) {
    file.dimension("y", y.size());
    file.dimension("x", x.size());
    file.variable("y", NC_DOUBLE, {"y"}, y);
    file.variable("x", NC_DOUBLE, {"x"}, x);
    for (const char* axis : {"y", "x"}) {
        file.att(axis, "units", unit);
        file.att(axis, "standard_name", std::string("projection_") + axis + "_coordinate");
    }
}

} // namespace embellie::test
