#include "core/launch/relay_wire.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <random>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace embellie::relay {

using nlohmann::json;

static Error notUnderstood() {
    return Error(text(EMBELLIE_TR("launch", "the relay's words can't be understood")))
        .remedy(text(EMBELLIE_TR("launch", "install the same version of Embellie on both sides")));
}

std::string bytesFromJson(const json& value) {
    if (auto bytes = optionalBytes(value))
        return *std::move(bytes);
    throw notUnderstood();
}

std::string lineOf(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

json requestToJson(const RunRequest& request) {
    json data = json::object(), resources = json::object();
    for (const auto& [role, paths] : request.data) {
        json list = json::array();
        for (const std::string& path : paths)
            list.push_back(bytesToJson(path));
        data[role] = std::move(list);
    }
    for (const auto& [key, value] : request.resources)
        resources[key] = bytesToJson(value);
    return {{"task", request.task},
            {"network", request.network},
            {"settings", request.settings},
            {"data", data},
            {"resources", resources},
            {"program", request.program},
            {"note", bytesToJson(request.note)},
            {"created", isoTime(request.created)}};
}

RunRequest requestFromJson(const json& value) {
    try {
        RunRequest request;
        request.task = value.at("task");
        request.network = value.at("network");
        request.settings = value.at("settings");
        for (const auto& [role, paths] : value.at("data").items())
            for (const json& path : paths)
                request.data[role].push_back(bytesFromJson(path));
        for (const auto& [key, entry] : value.at("resources").items())
            request.resources[key] = bytesFromJson(entry);
        request.program = value.value("program", "");
        request.note = bytesFromJson(value.value("note", json("")));
        request.created = parseTime(value.value("created", "")).value_or(now());
        return request;
    } catch (const json::exception&) {
        throw notUnderstood();
    }
}

Error farError(const json& value, const std::string& label) {
    const auto part = [&](const char* key) {
        return value.is_object() && value.contains(key) && value[key].is_string()
                   ? value[key].get<std::string>()
                   : std::string();
    };
    const std::string what = part("what").empty() ? part("message") : part("what");
    // The far side's words are filled in already.
    const auto words = [](const std::string& sentence) {
        return sentence.empty() ? Text() : text(EMBELLIE_TR("launch", "{0}"), sentence);
    };
    Error error(text(EMBELLIE_TR("launch", "{0}"), what));
    if (const std::string file = part("file"); !file.empty())
        error.in(label + ":" + file, part("place"));
    else
        error.in(label);
    return error.expected(words(part("expected"))).found(words(part("found"))).remedy(words(part("remedy")));
}

void LineCutter::add(std::string_view bytes, const std::function<void(std::string_view)>& taken) {
    std::size_t begin = 0;
    for (std::size_t end; (end = bytes.find('\n', begin)) != std::string_view::npos; begin = end + 1) {
        if (m_rest.empty()) {
            taken(bytes.substr(begin, end - begin));
        } else {
            m_rest.append(bytes.substr(begin, end - begin));
            std::string line;
            line.swap(m_rest); // the taker may look at rest()
            taken(line);
        }
    }
    m_rest.append(bytes.substr(begin));
    if (m_rest.size() > LongestLine)
        throw notUnderstood();
}

std::string newToken() {
    std::random_device device;
    std::string token;
    for (int i = 0; i < 32; ++i)
        token += "0123456789abcdef"[device() & 15];
    return token;
}

FileLock::FileLock(const std::filesystem::path& file, Feedback* feedback)
    : m_file(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
    constexpr TextPattern CannotLock = EMBELLIE_TR("launch", "the file can't be locked");
    if (m_file < 0)
        throw systemError(CannotLock, file, errno);
    const auto toldFrom = std::chrono::steady_clock::now() + std::chrono::seconds(2);
    auto pause = std::chrono::milliseconds(1); // most hold it for moments
    bool isTold = false;
    int status;
    while ((status = ::flock(m_file, LOCK_EX | LOCK_NB)) != 0 && (errno == EWOULDBLOCK || errno == EINTR)) {
        if (feedback && feedback->isCancelled()) {
            ::close(m_file);
            throw Cancelled();
        }
        if (feedback && !isTold && std::chrono::steady_clock::now() >= toldFrom) {
            isTold = true;
            feedback->message(
                text(EMBELLIE_TR("launch", "another Embellie is at work on {0}: waits"), file.string()));
        }
        std::this_thread::sleep_for(pause);
        pause = std::min(2 * pause, std::chrono::milliseconds(100));
    }
    // A disk without locks between processes must not stop the work.
    if (status != 0 && errno != ENOLCK && errno != EOPNOTSUPP && errno != ENOSYS) {
        const int number = errno;
        ::close(m_file);
        throw systemError(CannotLock, file, number);
    }
}

FileLock::~FileLock() {
    ::close(m_file);
}

} // namespace embellie::relay
