#pragma once

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <string>

namespace embellie {

inline std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

inline bool isOneOf(const std::string& text, std::initializer_list<const char*> list) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

} // namespace embellie
