#include "core/launch/fetch.h"

#include "core/base/file.h"
#include "core/launch/relay_wire.h"
#include "core/run/mirror_link.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace embellie {

namespace fs = std::filesystem;
using nlohmann::json;
using relay::bytesFromJson;
using relay::bytesToJson;

namespace {

constexpr auto Patience = std::chrono::minutes(15); ///< the checksum of a large file on a slow disk

/// How much goes in one piece: as much as takes about half a second, so that other questions come in between
/// and a slow line is not taken for a dead one.
class Pace {
public:
    std::size_t bytes() const { return m_bytes; }
    void begin() { m_begin = std::chrono::steady_clock::now(); }
    void end() {
        const auto took = std::chrono::steady_clock::now() - m_begin;
        if (took < std::chrono::milliseconds(250))
            m_bytes = std::min(2 * m_bytes, relay::LargestChunk);
        else if (took > std::chrono::seconds(1))
            m_bytes = std::max(m_bytes / 2, std::size_t(8) << 10);
    }

private:
    std::size_t m_bytes = 64 << 10;
    std::chrono::steady_clock::time_point m_begin{};
};

/// Bytes of several files as one progress.
struct Tally {
    Feedback& feedback;
    double total = 0, done = 0;
    void add(double bytes) {
        done += bytes;
        feedback.progress(done, total);
    }
};

void makeFolder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw systemError(EMBELLIE_TR("file", "the folder can't be made"), folder, error.value());
}

void appendTo(const fs::path& path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::app);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file)
        throw systemError(EMBELLIE_TR("file", "the file can't be written"), path, errno);
}

bool isThere(const fs::path& local, std::uintmax_t size, const std::string& sum, Feedback& feedback) {
    std::error_code missing;
    return fs::is_regular_file(local, missing) && fs::file_size(local, missing) == size &&
           sha256OfFile(local, feedback) == sum;
}

/// Fills .part up to @p size.
void fetchRest(RelayClient& line, const std::string& farFile, const fs::path& part, std::uintmax_t size,
               Tally& tally) {
    Pace pace;
    std::uintmax_t have = fs::file_size(part);
    tally.add(static_cast<double>(have));
    while (have < size) {
        pace.begin();
        const json is = line.call("get",
                                  {{"path", bytesToJson(farFile)},
                                   {"offset", have},
                                   {"length", std::min<std::uintmax_t>(pace.bytes(), size - have)}},
                                  tally.feedback, Patience);
        pace.end();
        const auto bytes = relay::fromBase64(is.at("data").get_ref<const std::string&>());
        if (!bytes || bytes->empty())
            return; // it became shorter meanwhile: the checksum will tell
        appendTo(part, *bytes);
        have += bytes->size();
        tally.add(static_cast<double>(bytes->size()));
    }
}

void fetchOne(RelayClient& line, const std::string& farFile, const fs::path& local, Tally& tally) {
    const fs::path part = local.string() + ".part";
    makeFolder(fs::absolute(local).parent_path());
    const relay::FileLock lock(part, &tally.feedback); // two programs bring it one after the other
    const double before = tally.done;
    for (int attempt = 0; attempt < 3; ++attempt) { // a file that is replaced meanwhile is begun anew
        const json is =
            line.call("stat", {{"path", bytesToJson(farFile)}, {"sha256", true}}, tally.feedback, Patience);
        std::error_code ignored;
        if (is.at("kind") != "file") {
            fs::remove(part, ignored);
            throw Error(text(EMBELLIE_TR("launch", "the file is not there")))
                .in(line.label() + ":" + farFile);
        }
        const auto size = is.at("size").get<std::uintmax_t>();
        const std::string sum = is.at("sha256");
        if (tally.total == 0)
            tally.total = static_cast<double>(size);
        if (isThere(local, size, sum, tally.feedback)) {
            fs::remove(part, ignored);
            tally.add(static_cast<double>(size) - (tally.done - before));
            return;
        }
        if (!fs::exists(part, ignored) || fs::file_size(part) > size)
            std::ofstream(part, std::ios::binary | std::ios::trunc).close();
        fetchRest(line, farFile, part, size, tally);
        if (fs::file_size(part) == size && sha256OfFile(part, tally.feedback) == sum) {
            syncToDisk(part);
            fs::rename(part, local);
            syncToDisk(fs::absolute(local).parent_path());
            return;
        }
        fs::resize_file(part, 0);
        tally.done = before;
    }
    throw Error(text(EMBELLIE_TR("launch", "the file did not arrive as it was sent")))
        .in(line.label() + ":" + farFile)
        .remedy(text(EMBELLIE_TR("launch", "try again when it is not being written")));
}

/// A file to be sent, by its path below what was named.
struct Sent {
    fs::path local;
    std::string name; ///< empty: the named file itself
    std::uintmax_t size = 0;
    std::string sum;
};

std::vector<Sent> contentOf(const fs::path& local, Feedback& feedback) {
    std::vector<Sent> all;
    const auto add = [&](const fs::path& file, std::string name) {
        all.push_back({file, std::move(name), fs::file_size(file), sha256OfFile(file, feedback)});
    };
    std::error_code error;
    if (fs::is_regular_file(local, error)) {
        add(local, {});
        return all;
    }
    fs::recursive_directory_iterator entries(local, fs::directory_options::follow_directory_symlink, error);
    if (error)
        throw systemError(EMBELLIE_TR("file", "the file can't be read"), local, error.value());
    for (auto entry = fs::begin(entries); entry != fs::end(entries); ++entry) {
        if (entry->path().filename().string().starts_with('.')) {
            if (entry->is_directory())
                entry.disable_recursion_pending();
        } else if (entry->is_regular_file()) {
            add(entry->path(), entry->path().lexically_relative(local).string());
        }
    }
    std::sort(all.begin(), all.end(), [](const Sent& a, const Sent& b) { return a.name < b.name; });
    return all;
}

void sendOne(RelayClient& line, const Sent& sent, const std::string& farFile, Tally& tally) {
    const json path = bytesToJson(farFile);
    const double before = tally.done;
    for (int attempt = 0;; ++attempt) {
        const json is = line.call("stat", {{"path", path}}, tally.feedback, Patience);
        if (is.at("kind") == "file" && is.at("size") == sent.size) { // named by its content
            tally.add(static_cast<double>(sent.size));
            return;
        }
        Pace pace;
        std::ifstream file(sent.local, std::ios::binary);
        std::uintmax_t done = std::min(is.at("part").get<std::uintmax_t>(), sent.size);
        file.seekg(static_cast<std::streamoff>(done));
        tally.add(static_cast<double>(done));
        std::string block;
        while (done < sent.size) {
            block.resize(std::min<std::uintmax_t>(pace.bytes(), sent.size - done));
            if (!file.read(block.data(), static_cast<std::streamsize>(block.size())))
                throw systemError(EMBELLIE_TR("file", "the file can't be read"), sent.local, errno);
            pace.begin();
            line.call("put", {{"path", path}, {"offset", done}, {"data", relay::toBase64(block)}},
                      tally.feedback, Patience);
            pace.end();
            done += block.size();
            tally.add(static_cast<double>(block.size()));
        }
        try {
            line.call("commit", {{"path", path}, {"size", sent.size}, {"sha256", sent.sum}}, tally.feedback,
                      Patience);
            return;
        } catch (const Error&) {
            if (attempt == 1)
                throw;
            tally.done = before;
        }
    }
}

std::string farRunOf(const fs::path& run) {
    const auto link = readMirrorLink(run);
    if (!link || link->run.empty())
        throw Error(text(EMBELLIE_TR("launch", "this run is here: there is nothing to bring"))).in(run);
    return link->run;
}

} // namespace

void fetchFile(RelayClient& line, const std::string& farFile, const fs::path& local, Feedback& feedback) {
    Tally tally{feedback};
    fetchOne(line, farFile, local, tally);
}

std::vector<fs::path> fetchFolder(RelayClient& line, const std::string& farFolder, const fs::path& local,
                                  Feedback& feedback) {
    const json list = line.call("list", {{"path", bytesToJson(farFolder)}}, feedback, Patience).at("files");
    Tally tally{feedback};
    for (const json& one : list)
        tally.total += one.at("size").get<double>();
    std::vector<fs::path> files;
    for (const json& one : list) {
        const fs::path name = bytesFromJson(one.at("name"));
        // A far side must not choose where we write.
        if (name.is_absolute() || std::find(name.begin(), name.end(), "..") != name.end())
            throw Error(text(EMBELLIE_TR("launch", "this is no path")))
                .in(line.label() + ":" + name.string());
        files.push_back(local / name);
        fetchOne(line, farFolder + "/" + name.string(), files.back(), tally);
    }
    return files;
}

std::vector<fs::path> fetchPart(const fs::path& run, RunPart part, RelayClient& line, Feedback& feedback,
                                std::int64_t number) {
    const RunPaths here{run}, there{farRunOf(run)};
    const std::string digits = std::to_string(number);
    switch (part) {
    case RunPart::Weights: {
        fetchFile(line, there.weights().string(), here.weights(), feedback);
        const json card = line.call("stat", {{"path", bytesToJson(there.card().string())}}, feedback);
        if (card.at("kind") != "file")
            return {here.weights()};
        fetchFile(line, there.card().string(), here.card(), feedback);
        return {here.weights(), here.card()};
    }
    case RunPart::Samples:
        return fetchFolder(line, there.samples().string(), here.samples(), feedback);
    case RunPart::Prediction:
        return fetchFolder(line, (there.predictions() / digits).string(), here.predictions() / digits,
                           feedback);
    case RunPart::Checkpoint:
        break;
    }
    // Complete when renamed into place, as the trainer's own.
    const fs::path whole = here.checkpoints() / digits,
                   aside = here.checkpoints() / ("." + digits + ".fetched");
    const bool isHere = fs::exists(whole);
    std::vector<fs::path> files =
        fetchFolder(line, (there.checkpoints() / digits).string(), isHere ? whole : aside, feedback);
    if (!isHere)
        fs::rename(aside, whole);
    for (fs::path& file : files)
        file = whole / file.lexically_relative(isHere ? whole : aside);
    return files;
}

std::string sendPath(RelayClient& line, const fs::path& local, const std::string& farFolder,
                     Feedback& feedback) {
    const std::vector<Sent> all = contentOf(local, feedback);
    std::string content;
    Tally tally{feedback};
    for (const Sent& one : all) {
        content += one.sum + ' ' + one.name + '\n';
        tally.total += static_cast<double>(one.size);
    }
    const fs::path plain = fs::absolute(local).lexically_normal();
    const std::string name = (plain.has_filename() ? plain : plain.parent_path()).filename().string();
    const std::string root = farFolder + "/sent/" + sha256(content).substr(0, 16) + "/" + name;
    for (const Sent& one : all)
        sendOne(line, one, one.name.empty() ? root : root + "/" + one.name, tally);
    const json is = line.call("stat", {{"path", bytesToJson(root)}}, feedback);
    if (is.at("kind") == "none")
        throw Error(text(EMBELLIE_TR("launch", "there is nothing to send"))).in(local);
    return bytesFromJson(is.at("path"));
}

} // namespace embellie
