#pragma once

#include "core/base/text.h"

#include <exception>
#include <filesystem>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace embellie {

/// What stops the work, told to a person: what happened, in which file and where in it, what was
/// expected and found, and what to do. Keeps patterns and arguments, so that the window can translate.
///
///     throw Error(text(EMBELLIE_TR("io", "the gain can't be used")))
///         .in(path, "/dataset1/data1/what").expected(text(…)).found(text(…)).remedy(text(…));
///
/// Each part is a clause without a full stop; what() composes them into one sentence.
class Error : public std::exception {
public:
    explicit Error(Text what);

    Error& in(const std::filesystem::path& file, std::string place = {});
    Error& expected(Text text);
    Error& found(Text text);
    Error& remedy(Text text);
    /// The program was called wrongly: the command line then ends with status 2 instead of 1.
    Error& wrongUse();

    const Text& whatText() const { return m_what; }
    const std::string& file() const { return m_file; }
    const std::string& place() const { return m_place; }
    const Text& expectedText() const { return m_expected; }
    const Text& foundText() const { return m_found; }
    const Text& remedyText() const { return m_remedy; }
    bool isWrongUse() const { return m_wrongUse; }

    /// "FILE, PLACE: what; expected …, found …: remedy" in English.
    const char* what() const noexcept override { return m_sentence.c_str(); }

private:
    void compose();

    Text m_what, m_expected, m_found, m_remedy;
    std::string m_file, m_place, m_sentence;
    bool m_wrongUse = false;
};

/// The user, or a closing window, asked the work to stop; not an error to show.
class Cancelled : public std::exception {
public:
    const char* what() const noexcept override { return "cancelled"; }
};

/// {"error": {"message", "file", "place", "what", "expected", "found", "remedy"}}: what --json writes to
/// stderr.
nlohmann::json errorToJson(const std::exception& error);

/// The sentence of errno for a failed call on a file.
Error systemError(TextPattern whatWithFile, const std::filesystem::path& file, int errorNumber);

} // namespace embellie
