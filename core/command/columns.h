#pragma once

#include <algorithm>
#include <string>

namespace embellie {

/// Columns that a text takes on a terminal: letters of UTF-8, not their bytes.
inline std::size_t shownWidth(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

/// Filled with blanks, behind it or in front; what is longer stays whole.
inline std::string padded(std::string text, std::size_t width, bool right = false) {
    const std::size_t shown = shownWidth(text);
    const std::string blanks(shown < width ? width - shown : 0, ' ');
    return right ? blanks + text : text + blanks;
}

} // namespace embellie
