#include "core/launch/relay_wire.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <random>
#include <sys/file.h>
#include <unistd.h>

namespace embellie::relay {

using nlohmann::json;

static constexpr std::string_view Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string toBase64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4, '=');
    std::size_t out = 0;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t at) {
            return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0u;
        };
        const unsigned word = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        const std::size_t here = std::min<std::size_t>(3, bytes.size() - i) + 1;
        for (std::size_t k = 0; k < here; ++k)
            text[out + k] = Digits[word >> (18 - 6 * k) & 63];
        out += 4;
    }
    return text;
}

static std::array<signed char, 256> digitValues() {
    std::array<signed char, 256> values;
    values.fill(-1);
    for (std::size_t i = 0; i < Digits.size(); ++i)
        values[static_cast<unsigned char>(Digits[i])] = static_cast<signed char>(i);
    return values;
}

std::optional<std::string> fromBase64(std::string_view text) {
    static const std::array<signed char, 256> values = digitValues();
    if (text.size() % 4 != 0)
        return std::nullopt;
    std::size_t digits = text.size();
    while (digits > 0 && text.size() - digits < 2 && text[digits - 1] == '=')
        --digits;
    std::string bytes;
    bytes.reserve(digits * 3 / 4);
    unsigned word = 0, bits = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        const signed char value = values[static_cast<unsigned char>(text[i])];
        if (value < 0)
            return std::nullopt;
        word = word << 6 | static_cast<unsigned>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(word >> bits & 255);
        }
    }
    return bytes;
}

static Error notUnderstood() {
    return Error(text(EMBELLIE_TR("launch", "the relay's words can't be understood")))
        .remedy(text(EMBELLIE_TR("launch", "install the same version of Embellie on both sides")));
}

json bytesToJson(const std::string& bytes) {
    try {
        (void)json(bytes).dump();
        return bytes;
    } catch (const json::type_error&) { // not UTF-8
        return {{"base64", toBase64(bytes)}};
    }
}

std::string bytesFromJson(const json& value) {
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_object() && value.contains("base64") && value["base64"].is_string())
        if (auto bytes = fromBase64(value["base64"].get_ref<const std::string&>()))
            return *bytes;
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

FileLock::FileLock(const std::filesystem::path& file)
    : m_file(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
    constexpr TextPattern CannotLock = EMBELLIE_TR("launch", "the file can't be locked");
    if (m_file < 0)
        throw systemError(CannotLock, file, errno);
    int status;
    do
        status = ::flock(m_file, LOCK_EX);
    while (status != 0 && errno == EINTR);
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
