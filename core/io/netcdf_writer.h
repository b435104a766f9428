#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace embellie {

/// Writing side of netCDF-C. Each function holds the library's lock while it runs, so that a file may be
/// written while others are read. Nothing of what it writes depends on when it is written.
class NetcdfWriter {
public:
    /// A variable as netCDF-C counts it; the file's own attributes belong to root().
    struct Variable {
        int group = -1, id = -1;
    };

    /// A new netCDF-4 file; errors name @p shown, the place that it will have. @throws Error
    static NetcdfWriter create(const std::filesystem::path& aside, const std::filesystem::path& shown);
    /// A file to which something is added, of any netCDF format. @throws Error
    static NetcdfWriter change(const std::filesystem::path& aside, const std::filesystem::path& shown);
    NetcdfWriter(NetcdfWriter&& other) noexcept;
    NetcdfWriter& operator=(NetcdfWriter&&) = delete;
    ~NetcdfWriter();

    Variable root() const;
    void dimension(const std::string& name, std::size_t size);
    /// @p type is an nc_type; @p name and @p along are named with their groups; compressed where the format
    /// can. @p chunks may be empty. @throws Error
    Variable define(const std::string& name, int type, const std::vector<std::string>& along,
                    const std::vector<std::size_t>& chunks = {});
    void attribute(Variable of, const std::string& name, const std::string& words);
    void numbers(Variable of, const std::string& name, int type, const std::vector<double>& numbers);
    /// The whole variable, converted to its type.
    void put(Variable of, const std::vector<double>& cells);
    void put(Variable of, const std::vector<float>& cells);
    /// A part of it: where it begins and how long it is along each dimension.
    void put(Variable of, const std::vector<std::size_t>& from, const std::vector<std::size_t>& count,
             const std::vector<float>& cells);
    void put(Variable of, const std::vector<std::size_t>& from, const std::vector<std::size_t>& count,
             const std::vector<std::int32_t>& cells);
    void put(Variable of, const std::vector<std::size_t>& from, const std::vector<std::size_t>& count,
             const std::vector<double>& cells);
    /// Rows of text, cut or padded with zeros to @p width.
    void put(Variable of, const std::vector<std::string>& rows, std::size_t width);
    void beginDefinitions();
    void endDefinitions();
    /// @throws Error where what was written does not reach the disk
    void close();

private:
    NetcdfWriter(int id, std::filesystem::path shown);
    void check(int status, const std::string& place) const;
    void checkSize(const std::vector<std::size_t>& count, std::size_t cells, Variable of) const;
    int groupOf(const std::string& name) const;
    std::string nameOf(Variable of) const;
    std::vector<std::size_t> shapeOf(Variable of) const;

    std::filesystem::path m_shown;
    int m_id = -1;
    bool m_compresses = false;
};

} // namespace embellie
