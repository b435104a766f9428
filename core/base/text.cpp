#include "core/base/text.h"

#include <charconv>
#include <cmath>

namespace embellie {

std::string fillPattern(std::string_view pattern, const std::vector<std::string>& arguments) {
    std::string out;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        std::size_t index = 0;
        if (pattern[at] == '{') {
            const char* const end = pattern.data() + pattern.size();
            const auto [stop, error] = std::from_chars(pattern.data() + at + 1, end, index);
            if (error == std::errc() && stop != end && *stop == '}' && index < arguments.size()) {
                out += arguments[index];
                at = static_cast<std::size_t>(stop - pattern.data());
                continue;
            }
        }
        out += pattern[at];
    }
    return out;
}

std::string Text::english() const {
    return fillPattern(m_pattern.pattern, m_arguments);
}

template <class Number, class... Format>
static std::string chars(Number value, Format... format) {
    if (std::isnan(value))
        return "nan";
    char buffer[400];
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, value, format...);
    return {buffer, result.ptr};
}

std::string numberText(double value) {
    return chars(value);
}

std::string numberText(float value) {
    return chars(value);
}

std::string numberText(double value, int decimals) {
    return chars(value, std::chars_format::fixed, decimals);
}

} // namespace embellie
