#pragma once

#include "core/base/time.h"
#include "core/field/geometry.h"
#include "core/field/quantity.h"
#include "core/io/raw_array.h"

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

/// One attribute: text, or numbers. A text that is a number ("0.01") is both.
struct NetcdfAttribute {
    bool isText = false;
    bool isFloating = false; ///< stored as float or double
    std::string text;
    std::vector<double> numbers;
};

struct NetcdfVariable {
    int group = -1, id = -1;             ///< as netCDF-C counts them
    std::string name;                    ///< with its groups: "precipitation", "Grid/precipitation"
    int type = 0;                        ///< nc_type
    std::size_t typeBytes = 0;           ///< 0 for text and compound types
    std::vector<std::string> dimensions; ///< with the groups that they are defined in
    std::vector<std::size_t> shape;
    std::map<std::string, NetcdfAttribute> attributes;

    std::string shortName() const; ///< without groups
    bool isNumeric() const;
    bool isInteger() const;
    bool isUnsigned() const;                              ///< by its type, or by the attribute _Unsigned
    std::string text(const std::string& attribute) const; ///< empty where it is missing or stored as numbers
    std::optional<double> number(const std::string& attribute) const;
};

class SharedFile;

/// netCDF-C is not thread-safe: whoever calls it holds this lock.
std::mutex& netcdfLock();

/// The last part of a name with groups.
std::string withoutGroups(const std::string& name);

/// Reading side of netCDF-C; headers, of all groups, are read when it is opened. Its functions take the lock.
class NetcdfFile {
public:
    /// @throws Error: cut off, not a netCDF file, damaged
    explicit NetcdfFile(const std::filesystem::path& path);
    ~NetcdfFile();
    NetcdfFile(const NetcdfFile&) = delete;
    NetcdfFile& operator=(const NetcdfFile&) = delete;

    static bool isClassic(const std::filesystem::path& path); ///< by the first bytes
    /// Classic, or HDF5 with the marks of netCDF-4: the library would open any HDF5, and keep it open when it
    /// fails.
    static bool isNetcdf(const std::filesystem::path& path);

    const std::filesystem::path& path() const { return m_path; }
    const std::map<std::string, std::size_t>& dimensions() const { return m_dimensions; }
    /// In the file's order, those of a group before those of the groups in it.
    const std::vector<NetcdfVariable>& variables() const { return m_variables; }
    const std::vector<std::string>& groups() const {
        return m_groups;
    }                                                          ///< "sweep_0001", "PRODUCT/SUPPORT_DATA"
    const NetcdfVariable* find(const std::string& name) const; ///< null where it is missing
    /// What @p from means by a name in its attributes: a path, or the name in its group or the nearest around
    /// it (CF 1.8, section 2.7). Null where there is none.
    const NetcdfVariable* find(const std::string& name, const NetcdfVariable& from) const;
    std::string globalText(const std::string& attribute) const;
    /// Of a group. Empty where it is missing.
    std::string groupText(const std::string& group, const std::string& attribute) const;

    /// Raw numbers of the parts. @throws Error
    RawArray read(const NetcdfVariable& variable, const std::vector<AxisPart>& parts) const;
    RawArray read(const NetcdfVariable& variable) const;
    /// Physical values in double, NaN where missing. @throws Error
    std::vector<double> values(const NetcdfVariable& variable) const;
    /// Texts of a char or string variable, one a row. @throws Error
    std::vector<std::string> texts(const NetcdfVariable& variable) const;

private:
    /// @p dimensionNames of the groups around it, by the library's number.
    void readHeaders(int group, const std::string& folder, std::map<int, std::string> dimensionNames);

    std::filesystem::path m_path;
    std::unique_ptr<SharedFile> m_shared;
    int m_id = -1; ///< of m_shared
    std::map<std::string, std::size_t> m_dimensions;
    std::vector<NetcdfVariable> m_variables;
    std::vector<std::string> m_groups;
    std::map<std::string, std::map<std::string, NetcdfAttribute>> m_attributes; ///< by group, "" the root
};

/// scale_factor, add_offset, _FillValue, missing_value, the library's default fill, _Undetect, valid_range
/// and valid_min/max (in packed units where they are stored as integers, in physical ones where they are real
/// and the data packed: CF 1.8, section 2.5.1, and the netCDF Users Guide, appendix A), _Unsigned.
Packing packingOf(const NetcdfVariable& variable);

/// Name, unit, kind and meanings (flag_values, flag_masks, flag_meanings), but for those of flags above
/// FlagBits, which no cell keeps.
Quantity quantityOf(const NetcdfVariable& variable);

/// A CF time unit, "hours since 1900-01-01 00:00:0.0 +1:00", or CDO's absolute one, "day as %Y%m%d.%f".
struct TimeUnit {
    double secondsPerUnit = 1;
    double originSeconds = 0; ///< after 1970-01-01 in the calendar
    Calendar calendar = Calendar::Standard;
    /// The calendar is Julian, which Calendar has not: dates are kept (29 February 1900 is 1 March), their
    /// distance is not.
    bool julian = false;
    bool isDate = false; ///< values are dates: 20200101.5 is noon
    double seconds(double value) const;
};
/// Nothing where the text is not a time unit. A year is UDUNITS' 365.242198781 days,
/// or the calendar's own; a month a twelfth of it.
std::optional<TimeUnit> parseTimeUnit(const std::string& units, const std::string& calendar);

/// 1970-01-01 where the number is missing.
TimePoint timeAtSeconds(double secondsSince1970);

} // namespace embellie
