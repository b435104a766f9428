#pragma once

#include "core/io/raw_array.h"

#include <filesystem>
#include <hdf5.h>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

/// Owns one HDF5 identifier; closes it by the function given.
class Hdf5Handle {
public:
    Hdf5Handle() = default;
    Hdf5Handle(hid_t id, herr_t (*close)(hid_t)) : m_id(id), m_close(close) {}
    ~Hdf5Handle() { reset(); }
    Hdf5Handle(Hdf5Handle&& other) noexcept : m_id(other.m_id), m_close(other.m_close) { other.m_id = -1; }
    Hdf5Handle& operator=(Hdf5Handle&& other) noexcept;
    operator hid_t() const { return m_id; }
    bool isValid() const { return m_id >= 0; }
    void reset();

private:
    hid_t m_id = -1;
    herr_t (*m_close)(hid_t) = nullptr;
};

/// Keeps HDF5 from printing its error stack to stderr; the setting is per thread, so call it before use.
void silenceHdf5();

/// Reading side of serial HDF5, which is thread-safe by its own lock: distinct objects may be used on
/// distinct threads.
class Hdf5File {
public:
    /// Opens for reading, if need be without a file lock. @throws Error: truncated (with both sizes), damaged
    static Hdf5File open(const std::filesystem::path& path);
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
    std::filesystem::path m_path;
    Hdf5Handle m_file;
};

} // namespace embellie
