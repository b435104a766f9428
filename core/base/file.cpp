#include "core/base/file.h"

#include "core/base/presence.h"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace embellie {

namespace fs = std::filesystem;

namespace {

class Descriptor {
public:
    explicit Descriptor(int value) : m_value(value) {}
    ~Descriptor() {
        if (m_value >= 0)
            ::close(m_value);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    operator int() const { return m_value; }
    int close() {
        const int value = m_value;
        m_value = -1;
        return ::close(value);
    }

private:
    int m_value;
};

constexpr TextPattern CannotRead = EMBELLIE_TR("file", "the file can't be read");
constexpr TextPattern CannotWrite = EMBELLIE_TR("file", "the file can't be written");

// Aside means the same folder, so that the rename stays on one file system; the pid and a count keep two
// writers apart.
fs::path asideOf(const fs::path& path) {
    static std::atomic<unsigned> count{0};
    return path.parent_path() / ("." + path.filename().string() + "." + std::to_string(::getpid()) + "." +
                                 std::to_string(count++) + ".part");
}

fs::path folderOf(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

class RemovedUnlessKept {
public:
    explicit RemovedUnlessKept(fs::path path) : m_path(std::move(path)) {}
    ~RemovedUnlessKept() {
        std::error_code ignored;
        if (!m_path.empty())
            fs::remove_all(m_path, ignored);
    }
    RemovedUnlessKept(const RemovedUnlessKept&) = delete;
    RemovedUnlessKept& operator=(const RemovedUnlessKept&) = delete;
    void keep() { m_path.clear(); }

private:
    fs::path m_path;
};

void renameInto(const fs::path& aside, const fs::path& path) {
    if (::rename(aside.c_str(), path.c_str()) != 0)
        throw systemError(CannotWrite, path, errno);
    syncToDisk(folderOf(path));
}

} // namespace

/// @return errno; 0 where all of it was read
static int readOnce(const fs::path& path, std::string& content) {
    content.clear();
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (file < 0 || ::fstat(file, &status) != 0)
        return errno;
    if (S_ISDIR(status.st_mode))
        return EISDIR;
    char block[1 << 16];
    while (true) {
        const ssize_t count = ::read(file, block, sizeof block);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        if (count == 0)
            return 0;
        content.append(block, static_cast<std::size_t>(count));
    }
}

bool isPresent(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0)
        return true;
    if (errno == ENOENT || errno == ENOTDIR)
        return false;
    throw systemError(CannotRead, path, errno);
}

std::string readFile(const fs::path& path) {
    std::string content;
    int problem = readOnce(path, content);
    // On NFS a file that another host replaces meanwhile has a stale handle; its name has the new one.
    for (int again = 0; problem == ESTALE && again < 5; ++again)
        problem = readOnce(path, content);
    if (problem != 0)
        throw systemError(CannotRead, path, problem);
    return content;
}

void syncToDisk(const fs::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    // Some file systems refuse to flush a folder (EINVAL): there is nothing more that could be done.
    if (file < 0 || (::fsync(file) != 0 && errno != EINVAL))
        throw systemError(CannotWrite, path, errno);
}

void writeFileAtomically(const fs::path& path, std::string_view content) {
    const fs::path aside = asideOf(path);
    RemovedUnlessKept guard(aside);
    Descriptor file(::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (file < 0)
        throw systemError(CannotWrite, path, errno);
    while (!content.empty()) {
        const ssize_t count = ::write(file, content.data(), content.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            throw systemError(CannotWrite, path, errno);
        content.remove_prefix(static_cast<std::size_t>(count));
    }
    if (::fsync(file) != 0 || file.close() != 0)
        throw systemError(CannotWrite, path, errno);
    renameInto(aside, path);
    guard.keep();
}

void writeFileAtomically(const fs::path& path, const std::function<void(const fs::path&)>& write) {
    const fs::path aside = asideOf(path);
    RemovedUnlessKept guard(aside);
    write(aside);
    syncToDisk(aside);
    renameInto(aside, path);
    guard.keep();
}

void writeFolderAtomically(const fs::path& path, const std::function<void(const fs::path&)>& write) {
    const fs::path aside = asideOf(path);
    RemovedUnlessKept guard(aside);
    std::error_code error;
    fs::create_directories(aside, error);
    if (error)
        throw systemError(CannotWrite, path, error.value());
    write(aside);
    for (const auto& entry : fs::recursive_directory_iterator(aside))
        syncToDisk(entry.path());
    syncToDisk(aside);
    renameInto(aside, path);
    guard.keep();
}

fs::path programFolder() {
    if (const char* named = std::getenv("EMBELLIE_BIN"))
        return named;
    return fs::read_symlink("/proc/self/exe").parent_path();
}

fs::path resourceFolder() {
    if (const char* named = std::getenv("EMBELLIE_RESOURCES"))
        return named;
    const fs::path program = programFolder();
    const fs::path installed = program.parent_path() / "share" / "embellie";
    if (fs::exists(installed / "palettes"))
        return installed;
    for (fs::path above = program; above != above.root_path(); above = above.parent_path())
        if (fs::exists(above / "resources" / "palettes"))
            return above / "resources";
    throw Error(text(EMBELLIE_TR("file", "the program's resources are missing")))
        .in(program)
        .expected(text(EMBELLIE_TR("file", "a folder share/embellie beside the program's folder")))
        .remedy(text(EMBELLIE_TR("file", "install the program again, or set EMBELLIE_RESOURCES")));
}

} // namespace embellie
