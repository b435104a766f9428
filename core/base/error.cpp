#include "core/base/error.h"

#include <nlohmann/json.hpp>

#include <cstring>

namespace embellie {

Error::Error(Text what) : m_what(std::move(what)) {
    compose();
}

Error& Error::in(const std::filesystem::path& file, std::string place) {
    m_file = file.string();
    m_place = std::move(place);
    compose();
    return *this;
}

Error& Error::expected(Text text) {
    m_expected = std::move(text);
    compose();
    return *this;
}

Error& Error::found(Text text) {
    m_found = std::move(text);
    compose();
    return *this;
}

Error& Error::remedy(Text text) {
    m_remedy = std::move(text);
    compose();
    return *this;
}

Error& Error::wrongUse() {
    m_wrongUse = true;
    return *this;
}

void Error::compose() {
    m_sentence.clear();
    if (!m_file.empty())
        m_sentence += m_file;
    if (!m_place.empty())
        m_sentence += (m_sentence.empty() ? "" : ", ") + m_place;
    if (!m_sentence.empty())
        m_sentence += ": ";
    m_sentence += m_what.english();
    if (!m_expected.empty())
        m_sentence += "; expected " + m_expected.english();
    if (!m_found.empty())
        m_sentence += (m_expected.empty() ? "; found " : ", found ") + m_found.english();
    if (!m_remedy.empty())
        m_sentence += "; " + m_remedy.english();
    if (!m_sentence.ends_with('.')) // a sentence handed on keeps its own
        m_sentence += ".";
}

nlohmann::json errorToJson(const std::exception& error) {
    nlohmann::json parts{{"message", error.what()}};
    if (const auto* known = dynamic_cast<const Error*>(&error)) {
        const auto put = [&](const char* key, const std::string& value) {
            if (!value.empty())
                parts[key] = value;
        };
        put("file", known->file());
        put("place", known->place());
        put("what", known->whatText().english());
        put("expected", known->expectedText().english());
        put("found", known->foundText().english());
        put("remedy", known->remedyText().english());
    }
    return {{"error", parts}};
}

Error systemError(TextPattern what, const std::filesystem::path& file, int errorNumber) {
    Error error{text(what)};
    error.in(file).found(
        text(EMBELLIE_TR("file", "the system's answer \"{0}\""), std::strerror(errorNumber)));
    if (errorNumber == ENOSPC || errorNumber == EDQUOT)
        error.remedy(text(EMBELLIE_TR("file", "free some space on that disk, or choose another folder")));
    else if (errorNumber == EACCES || errorNumber == EPERM || errorNumber == EROFS)
        error.remedy(text(EMBELLIE_TR("file", "ask for the permission, or choose another folder")));
    else if (errorNumber == ENOENT)
        error.remedy(text(EMBELLIE_TR("file", "check the name")));
    return error;
}

} // namespace embellie
