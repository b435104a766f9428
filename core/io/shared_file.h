#pragma once

#include "core/io/hdf5_handle.h"

#include <filesystem>
#include <functional>
#include <memory>

namespace embellie {

/// What all that read one file have open of it in this process: one handle of HDF5 and one of netCDF-C, both
/// closed together, with the last of the readers. With handles of their own HDF5 1.10 may crash: a text of
/// variable length that was met through one of them is still tied to it when another one reads the text, and
/// the first may be closed by then (HDF5's issues 2181 and 5359, netCDF-C's 2510). For any thread.
class SharedFile {
public:
    /// Of the file that is there now; a file put in its place later is another one.
    static std::unique_ptr<SharedFile> of(const std::filesystem::path& path);
    ~SharedFile();
    SharedFile(const SharedFile&) = delete;
    SharedFile& operator=(const SharedFile&) = delete;

    /// The handle; @p open is called where there is none yet, and what it throws is passed on.
    hid_t hdf5(const std::function<Hdf5Handle()>& open);
    /// @p open and the closing take netcdfLock(): don't hold it here, nor where the last reader goes.
    int netcdf(const std::function<int()>& open);

private:
    struct Handles;
    explicit SharedFile(std::shared_ptr<Handles> handles);
    std::shared_ptr<Handles> m_handles;
};

} // namespace embellie
