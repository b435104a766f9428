#pragma once

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
        nc_create(path.c_str(), format | NC_CLOBBER, &m_id);
    }
    ~TinyNetcdf() { nc_close(m_id); }
    TinyNetcdf(const TinyNetcdf&) = delete;
    TinyNetcdf& operator=(const TinyNetcdf&) = delete;

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
    void texts(const std::string& name, const std::string& dimension, const std::string& width,
               const std::string& cells) {
        variable(name, NC_CHAR, {dimension, width});
        nc_put_var_text(m_id, idOf(name), cells.c_str());
    }

private:
    int idOf(const std::string& variable) {
        int id = NC_GLOBAL;
        if (!variable.empty())
            nc_inq_varid(m_id, variable.c_str(), &id);
        return id;
    }
    int m_id = -1;
};

/// latitude(2) × longitude(3), and what else is asked for.
inline void addPlainGrid(TinyNetcdf& file) {
    file.dimension("lat", 2);
    file.dimension("lon", 3);
    file.variable("lat", NC_DOUBLE, {"lat"}, {50, 49});
    file.variable("lon", NC_DOUBLE, {"lon"}, {1, 2, 3});
}

} // namespace embellie::test
