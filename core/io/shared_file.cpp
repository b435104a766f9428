#include "core/io/shared_file.h"

#include "core/io/netcdf.h"

#include <map>
#include <mutex>
#include <netcdf.h>
#include <sys/stat.h>
#include <utility>

namespace embellie {

namespace {

using FileKey = std::pair<dev_t, ino_t>;

} // namespace

struct SharedFile::Handles {
    Hdf5Handle hdf5;
    int netcdf = -1;
    std::size_t readers = 0;

    /// Guards all of them: nobody opens a file while its handles are being closed.
    static std::mutex& lock() {
        static std::mutex mutex;
        return mutex;
    }
    static std::map<FileKey, std::shared_ptr<Handles>>& known() {
        static std::map<FileKey, std::shared_ptr<Handles>> files;
        return files;
    }
    void close() {
        if (netcdf >= 0) {
            const std::lock_guard guard(netcdfLock());
            nc_close(std::exchange(netcdf, -1));
        }
        hdf5.reset();
    }
};

SharedFile::SharedFile(std::shared_ptr<Handles> handles) : m_handles(std::move(handles)) {}

std::unique_ptr<SharedFile> SharedFile::of(const std::filesystem::path& path) {
    struct stat status {};
    const bool isThere = ::stat(path.c_str(), &status) == 0;
    const std::lock_guard guard(Handles::lock());
    auto handles = isThere ? Handles::known()[{status.st_dev, status.st_ino}] : nullptr;
    if (!handles) {
        handles = std::make_shared<Handles>();
        if (isThere)
            Handles::known()[{status.st_dev, status.st_ino}] = handles;
    }
    ++handles->readers;
    return std::unique_ptr<SharedFile>(new SharedFile(std::move(handles)));
}

SharedFile::~SharedFile() {
    const std::lock_guard guard(Handles::lock());
    if (--m_handles->readers > 0)
        return;
    m_handles->close();
    std::erase_if(Handles::known(), [this](const auto& known) { return known.second == m_handles; });
}

hid_t SharedFile::hdf5(const std::function<Hdf5Handle()>& open) {
    const std::lock_guard guard(Handles::lock());
    if (!m_handles->hdf5.isValid())
        m_handles->hdf5 = open();
    return m_handles->hdf5;
}

int SharedFile::netcdf(const std::function<int()>& open) {
    const std::lock_guard guard(Handles::lock());
    if (m_handles->netcdf < 0)
        m_handles->netcdf = open();
    return m_handles->netcdf;
}

} // namespace embellie
