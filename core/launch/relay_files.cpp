#include "core/base/file.h"
#include "core/launch/relay_questions.h"
#include "core/launch/relay_wire.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace embellie::relay {

namespace fs = std::filesystem;
using nlohmann::json;

fs::path farPath(const std::string& path) {
    const auto home = [] {
        const char* named = std::getenv("HOME");
        if (!named || *named != '/')
            throw Error(text(EMBELLIE_TR("launch", "there is no home folder")))
                .remedy(text(EMBELLIE_TR("launch", "name absolute folders in the site's file")));
        return fs::path(named);
    };
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string rest = path.substr(std::min(slash + 1, path.size()));
    fs::path whole;
    if (path.substr(0, slash) == "~") {
        whole = home() / rest;
    } else if (path.starts_with('$')) {
        const std::string name = path.substr(1, slash - 1);
        const char* value = std::getenv(name.c_str());
        if (!value || *value != '/')
            throw Error(text(EMBELLIE_TR("launch", "the variable {0} names no folder"), name)).in(path);
        whole = fs::path(value) / rest;
    } else {
        whole = path.starts_with('/') ? fs::path(path) : home() / path;
    }
    if (whole.string().find('\0') != std::string::npos)
        throw Error(text(EMBELLIE_TR("launch", "this is no path")));
    return whole.lexically_normal();
}

namespace {

constexpr TextPattern CannotRead = EMBELLIE_TR("file", "the file can't be read");
constexpr TextPattern CannotWrite = EMBELLIE_TR("file", "the file can't be written");

class OpenFile {
public:
    OpenFile(const fs::path& path, int flags, TextPattern problem)
        : m_file(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {
        if (m_file < 0)
            throw systemError(problem, path, errno);
    }
    ~OpenFile() { ::close(m_file); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    operator int() const { return m_file; }

private:
    int m_file;
};

fs::path pathOf(const json& with) {
    return farPath(bytesFromJson(with.at("path")));
}

fs::path partOf(const fs::path& path) {
    return path.string() + ".part";
}

json stat(const json& with, Feedback& feedback) {
    const fs::path path = pathOf(with);
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    json is{{"path", bytesToJson(path.string())}, {"kind", "none"}};
    if (fs::is_directory(status)) {
        is["kind"] = "folder";
    } else if (fs::is_regular_file(status)) {
        is["kind"] = "file";
        is["size"] = fs::file_size(path);
        if (with.value("sha256", false))
            is["sha256"] = sha256OfFile(path, feedback);
    }
    is["part"] = fs::is_regular_file(partOf(path), error) ? fs::file_size(partOf(path)) : 0;
    return is;
}

/// The regular files below a folder, by their path from there; what is half written (.part) and hidden is not
/// among them.
json list(const json& with, Feedback& feedback) {
    const fs::path folder = pathOf(with);
    std::error_code error;
    fs::recursive_directory_iterator entries(folder, error);
    if (error)
        throw systemError(CannotRead, folder, error.value());
    std::vector<std::pair<std::string, std::uintmax_t>> files;
    for (auto entry = fs::begin(entries); entry != fs::end(entries); ++entry) {
        feedback.throwIfCancelled();
        const std::string name = entry->path().filename().string();
        if (name.starts_with('.')) {
            if (entry->is_directory())
                entry.disable_recursion_pending();
        } else if (entry->is_regular_file() && !name.ends_with(".part")) {
            files.emplace_back(entry->path().lexically_relative(folder).string(), entry->file_size());
        }
    }
    std::sort(files.begin(), files.end());
    json is = json::array();
    for (const auto& [name, size] : files)
        is.push_back({{"name", bytesToJson(name)}, {"size", size}});
    return {{"files", is}};
}

json get(const json& with, Feedback&) {
    const fs::path path = pathOf(with);
    const OpenFile file(path, O_RDONLY, CannotRead);
    std::string content(std::min(with.at("length").get<std::size_t>(), LargestChunk), '\0');
    std::size_t filled = 0;
    while (filled < content.size()) {
        const ssize_t count = ::pread(file, content.data() + filled, content.size() - filled,
                                      with.at("offset").get<off_t>() + static_cast<off_t>(filled));
        if (count < 0 && errno != EINTR)
            throw systemError(CannotRead, path, errno);
        if (count == 0)
            break;
        filled += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    content.resize(filled);
    return {{"data", toBase64(content)}};
}

/// Writes into PATH.part; a chunk that comes twice does no harm.
json put(const json& with, Feedback&) {
    const fs::path path = pathOf(with);
    const auto data = fromBase64(with.at("data").get_ref<const std::string&>());
    const auto offset = with.at("offset").get<off_t>();
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error)
        throw systemError(CannotWrite, path, error.value());
    const OpenFile file(partOf(path), O_WRONLY | O_CREAT, CannotWrite);
    struct stat status {};
    if (!data || ::fstat(file, &status) != 0 || offset < 0 || offset > status.st_size)
        throw Error(text(EMBELLIE_TR("launch", "a piece of the file does not fit to what came before")))
            .in(path);
    for (std::size_t done = 0; done < data->size();) {
        const ssize_t count =
            ::pwrite(file, data->data() + done, data->size() - done, offset + static_cast<off_t>(done));
        if (count < 0 && errno != EINTR)
            throw systemError(CannotWrite, path, errno);
        done += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    return {{"part", offset + static_cast<off_t>(data->size())}};
}

/// PATH.part becomes PATH where its size and checksum are right. Asked twice, the second finds it done.
json commit(const json& with, Feedback& feedback) {
    const fs::path path = pathOf(with), part = partOf(path);
    const auto size = with.at("size").get<std::uintmax_t>();
    const std::string sum = with.at("sha256");
    std::error_code missing;
    if (!fs::exists(part, missing) && fs::is_regular_file(path, missing) && fs::file_size(path) == size &&
        sha256OfFile(path, feedback) == sum)
        return {{"path", bytesToJson(path.string())}};
    if (size == 0 && !fs::exists(part, missing))
        put({{"path", with.at("path")}, {"offset", 0}, {"data", ""}}, feedback);
    const auto found = fs::file_size(part, missing);
    if (missing || found != size || sha256OfFile(part, feedback) != sum) {
        fs::remove(part, missing); // more of it would be as wrong
        throw Error(text(EMBELLIE_TR("launch", "the file did not arrive as it was sent")))
            .in(path)
            .remedy(text(EMBELLIE_TR("launch", "send it again")));
    }
    syncToDisk(part);
    if (::rename(part.c_str(), path.c_str()) != 0)
        throw systemError(CannotWrite, path, errno);
    syncToDisk(path.parent_path());
    return {{"path", bytesToJson(path.string())}};
}

} // namespace

void addFileQuestions(Handlers& handlers) {
    handlers["stat"] = stat;
    handlers["list"] = list;
    handlers["get"] = get;
    handlers["put"] = put;
    handlers["commit"] = commit;
}

} // namespace embellie::relay
