#include "core/io/clean_text.h"

#include <algorithm>
#include <cctype>
#include <cstring>

namespace embellie {

static bool isUtf8(const std::string& text) {
    int following = 0;
    for (const unsigned char c : text) {
        if (following > 0) {
            if ((c & 0xC0) != 0x80)
                return false;
            --following;
        } else if (c >= 0x80) {
            following = (c & 0xE0) == 0xC0 ? 1 : (c & 0xF0) == 0xE0 ? 2 : (c & 0xF8) == 0xF0 ? 3 : -1;
            if (following < 0)
                return false;
        }
    }
    return following == 0;
}

std::string cleanText(std::string text) {
    text.resize(std::min(text.size(), std::strlen(text.c_str())));
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
        text.pop_back();
    if (isUtf8(text))
        return text;
    std::string utf8;
    for (const unsigned char c : text) {
        if (c < 0x80) {
            utf8 += static_cast<char>(c);
        } else {
            utf8 += static_cast<char>(0xC0 | c >> 6);
            utf8 += static_cast<char>(0x80 | (c & 0x3F));
        }
    }
    return utf8;
}

} // namespace embellie
