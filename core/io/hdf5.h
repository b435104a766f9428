#pragma once

#include "core/io/hdf5_handle.h"
#include "core/io/raw_array.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

class SharedFile;

/// Keeps HDF5 from printing its error stack to stderr; the setting is per thread, so call it before use.
void silenceHdf5();

/// Reading side of serial HDF5, which is thread-safe by its own lock: distinct objects may be used on
/// distinct threads.
class Hdf5File {
public:
    /// Opens for reading, if need be without a file lock. @throws Error: truncated (with both sizes), damaged
    static Hdf5File open(const std::filesystem::path& path);
    Hdf5File(Hdf5File&&) noexcept;
    ~Hdf5File();
    /// By the first bytes.
    static bool isHdf5(const std::filesystem::path& path);

    const std::filesystem::path& path() const { return m_path; }
    hid_t id() const { return m_file; } ///< for calls of the library; ours
    bool exists(const std::string& object) const;
    bool isDataset(const std::string& object) const;
    /// Names of what a group holds, dataset2 before dataset10; empty where there is no such group.
    std::vector<std::string> children(const std::string& group) const;

    /// Attributes, of an object that may be missing. One-element arrays count as scalars; numbers written as
    /// text are read; text is returned as UTF-8 without padding. Nothing where the attribute is missing or of
    /// another type.
    std::optional<double> number(const std::string& object, const std::string& attribute) const;
    std::vector<double> numbers(const std::string& object, const std::string& attribute) const;
    std::optional<std::string> string(const std::string& object, const std::string& attribute) const;
    std::vector<std::string> attributeNames(const std::string& object) const;

    /// @throws Error where it is missing or not of numbers
    std::vector<std::size_t> shape(const std::string& dataset) const;
    /// The whole dataset. Chunked deflate (with or without shuffle) is read around the library's filters.
    /// @throws Error
    RawArray read(const std::string& dataset) const;
    /// Of one part an axis, no more than that is held in memory. @throws Error
    RawArray read(const std::string& dataset, const std::vector<AxisPart>& parts) const;

private:
    explicit Hdf5File(const std::filesystem::path& path);
    std::filesystem::path m_path;
    std::unique_ptr<SharedFile> m_shared;
    hid_t m_file = -1; ///< of m_shared
};

} // namespace embellie
