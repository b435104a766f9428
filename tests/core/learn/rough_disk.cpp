// Loaded before the C library (LD_PRELOAD) by tests that break runs: a disk that is slow or full, and a clock
// that is wrong. By the environment:
//   EMBELLIE_ROUGH_FOLDER  only files below it are written roughly
//   EMBELLIE_ROUGH_PAUSE   µs in the middle of each write, and before each flush and rename
//   EMBELLIE_ROUGH_BYTES   so many can be written, then the disk is full
//   EMBELLIE_ROUGH_NFS     1: as on NFS only what is open for writing can be locked, and each third JSON file
//   that is
//                          read has been replaced by another host meanwhile
//   EMBELLIE_ROUGH_CLOCK   s by which the time of day is ahead (below 0: behind)

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

template <class Function>
Function next(Function, const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

long number(const char* name, long otherwise) {
    const char* word = std::getenv(name);
    return word ? std::atol(word) : otherwise;
}

const char* folder() {
    static const char* const named = std::getenv("EMBELLIE_ROUGH_FOLDER");
    return named;
}

void waitAMoment() {
    static const long micros = number("EMBELLIE_ROUGH_PAUSE", 0);
    if (micros > 0)
        ::usleep(static_cast<useconds_t>(micros));
}

bool isBelow(const char* path) {
    return folder() && std::strncmp(path, folder(), std::strlen(folder())) == 0;
}

bool isRough(int file) {
    char path[PATH_MAX] = {};
    return folder() &&
           ::readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), path, sizeof path - 1) > 0 &&
           isBelow(path);
}

/// How many of @p wanted bytes the disk still takes.
size_t granted(size_t wanted) {
    static std::atomic<long> left{number("EMBELLIE_ROUGH_BYTES", LONG_MAX)};
    const long before = left.fetch_sub(static_cast<long>(wanted));
    if (before >= static_cast<long>(wanted))
        return wanted;
    left.store(0);
    return before > 0 ? static_cast<size_t>(before) : 0;
}

bool isNfs(int file) {
    static const bool wanted = number("EMBELLIE_ROUGH_NFS", 0) == 1;
    return wanted && isRough(file);
}

/// It is JSON, and nothing of it has been read yet.
bool isFreshJson(int file) {
    char path[PATH_MAX] = {};
    const ssize_t length =
        ::readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), path, sizeof path - 1);
    return length > 5 && std::strcmp(path + length - 5, ".json") == 0 && ::lseek(file, 0, SEEK_CUR) == 0;
}

/// Half, a pause, the rest.
template <class Write>
ssize_t roughly(int file, size_t count, Write&& write) {
    if (count == 0 || !isRough(file))
        return write(0, count);
    const size_t most = granted(count), half = most / 2;
    if (most == 0) {
        errno = ENOSPC;
        return -1;
    }
    const ssize_t first = half > 0 ? write(0, half) : 0;
    if (first != static_cast<ssize_t>(half))
        return first;
    waitAMoment();
    const ssize_t second = write(half, most - half);
    return second < 0 ? second : first + second;
}

} // namespace

extern "C" {

ssize_t write(int file, const void* data, size_t count) {
    static const auto real = next(&::write, "write");
    return roughly(file, count, [&](size_t from, size_t size) {
        return real(file, static_cast<const char*>(data) + from, size);
    });
}

ssize_t pwrite(int file, const void* data, size_t count, off_t offset) {
    static const auto real = next(&::pwrite, "pwrite");
    return roughly(file, count, [&](size_t from, size_t size) {
        return real(file, static_cast<const char*>(data) + from, size, offset + static_cast<off_t>(from));
    });
}

ssize_t pwrite64(int file, const void* data, size_t count, off64_t offset) {
    return pwrite(file, data, count, offset);
}

ssize_t writev(int file, const iovec* parts, int count) {
    static const auto real = next(&::writev, "writev");
    if (!isRough(file))
        return real(file, parts, count);
    ssize_t all = 0;
    for (int i = 0; i < count; ++i) {
        const ssize_t written = write(file, parts[i].iov_base, parts[i].iov_len);
        if (written < 0)
            return all > 0 ? all : written;
        all += written;
        if (static_cast<size_t>(written) < parts[i].iov_len)
            break;
    }
    return all;
}

ssize_t read(int file, void* data, size_t count) {
    static const auto real = next(&::read, "read");
    static std::atomic<int> files{0};
    if (isNfs(file) && isFreshJson(file) && ++files % 3 == 0) {
        errno = ESTALE;
        return -1;
    }
    return real(file, data, count);
}

int flock(int file, int operation) noexcept {
    static const auto real = next(&::flock, "flock");
    if (isNfs(file) && (operation & LOCK_EX) && (::fcntl(file, F_GETFL) & O_ACCMODE) == O_RDONLY) {
        errno = EBADF;
        return -1;
    }
    return real(file, operation);
}

int fsync(int file) {
    static const auto real = next(&::fsync, "fsync");
    if (isRough(file))
        waitAMoment();
    return real(file);
}

int rename(const char* from, const char* to) noexcept {
    static const auto real = next(&::rename, "rename");
    if (isBelow(to))
        waitAMoment();
    return real(from, to);
}

int clock_gettime(clockid_t clock, timespec* time) noexcept {
    static const auto real = next(&::clock_gettime, "clock_gettime");
    static const long ahead = number("EMBELLIE_ROUGH_CLOCK", 0);
    const int answer = real(clock, time);
    if (answer == 0 && clock == CLOCK_REALTIME)
        time->tv_sec += ahead;
    return answer;
}
}
