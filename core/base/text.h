#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Marks a sentence that people read. lupdate finds it (-tr-function-alias translate+=EMBELLIE_TR);
/// {0}, {1}, … stand for the arguments.
#define EMBELLIE_TR(context, pattern)                                                                        \
    ::embellie::TextPattern {                                                                                \
        context, pattern                                                                                     \
    }

namespace embellie {

/// A sentence not yet filled in; both pointers are string literals.
struct TextPattern {
    const char* context = "";
    const char* pattern = "";
};

/// A sentence and its arguments, kept apart so that the window can translate the pattern.
class Text {
public:
    Text() = default;
    Text(TextPattern pattern, std::vector<std::string> arguments = {})
        : m_pattern(pattern), m_arguments(std::move(arguments)) {}

    bool empty() const { return m_pattern.pattern[0] == '\0'; }
    const char* context() const { return m_pattern.context; }
    const char* pattern() const { return m_pattern.pattern; }
    const std::vector<std::string>& arguments() const { return m_arguments; }
    std::string english() const;

private:
    TextPattern m_pattern;
    std::vector<std::string> m_arguments;
};

/// Fills {0}, {1}, … of a pattern (translated or not); an index without argument stays as it is.
std::string fillPattern(std::string_view pattern, const std::vector<std::string>& arguments);

/// Shortest decimal text that reads back as the same number; "." whatever the locale; NaN is "nan".
std::string numberText(double value);
std::string numberText(float value);
/// With a fixed number of decimals.
std::string numberText(double value, int decimals);

namespace detail {
inline std::string argument(std::string value) {
    return value;
}
inline std::string argument(std::string_view value) {
    return std::string(value);
}
inline std::string argument(const char* value) {
    return value;
}
inline std::string argument(double value) {
    return numberText(value);
}
inline std::string argument(float value) {
    return numberText(value);
}
template <class T>
requires std::is_integral_v<T> std::string argument(T value) {
    return std::to_string(value);
}
} // namespace detail

/// text(EMBELLIE_TR("io", "{0} has {1} rays"), name, 360)
template <class... Arguments>
Text text(TextPattern pattern, Arguments&&... arguments) {
    return Text(pattern, {detail::argument(std::forward<Arguments>(arguments))...});
}

} // namespace embellie
