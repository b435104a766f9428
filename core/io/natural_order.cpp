#include "core/io/natural_order.h"

#include <cctype>
#include <charconv>

namespace embellie {

bool naturalLess(const std::string& a, const std::string& b) {
    std::size_t i = 0, j = 0;
    const auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
    while (i < a.size() && j < b.size()) {
        if (digit(a[i]) && digit(b[j])) {
            std::size_t endA = i, endB = j;
            while (endA < a.size() && digit(a[endA]))
                ++endA;
            while (endB < b.size() && digit(b[endB]))
                ++endB;
            unsigned long long x = 0, y = 0;
            std::from_chars(a.data() + i, a.data() + endA, x);
            std::from_chars(b.data() + j, b.data() + endB, y);
            if (x != y)
                return x < y;
            i = endA;
            j = endB;
        } else {
            if (a[i] != b[j])
                return a[i] < b[j];
            ++i;
            ++j;
        }
    }
    return a.size() - i < b.size() - j;
}

bool isNumbered(const std::string& name, const std::string& stem) {
    return name.size() > stem.size() && name.starts_with(stem) &&
           name.find_first_not_of("0123456789", stem.size()) == std::string::npos;
}

} // namespace embellie
