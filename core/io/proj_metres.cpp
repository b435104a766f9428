#include "core/io/proj_metres.h"

#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <utility>
#include <vector>

namespace embellie {

ProjInMetres inMetres(const std::string& proj) {
    std::vector<std::pair<std::string, std::string>> words; // "+a", "=6378.14"
    std::istringstream stream(proj);
    bool smallEarth = false;
    const auto number = [](const std::string& value) {
        double parsed = 0;
        if (!value.empty())
            std::from_chars(value.data() + 1, value.data() + value.size(), parsed);
        return parsed;
    };
    for (std::string word; stream >> word;) {
        const std::size_t equals = std::min(word.find('='), word.size());
        words.emplace_back(word.substr(0, equals), word.substr(equals));
        const bool isRadius = words.back().first == "+a" || words.back().first == "+R";
        smallEarth |= isRadius && number(words.back().second) > 6000 && number(words.back().second) < 7000;
    }
    ProjInMetres made{"", smallEarth};
    for (auto& [key, value] : words) {
        const bool isLength =
            key == "+a" || key == "+b" || key == "+R" || key == "+h" || key == "+x_0" || key == "+y_0";
        if (key == "+units" && value == "=km") {
            value = "=m";
            made.wasKilometres = true;
        } else if (smallEarth && isLength) {
            value = "=" + numberText(1000 * number(value));
        }
        made.text += (made.text.empty() ? "" : " ") + key + value;
    }
    return made.wasKilometres ? made : ProjInMetres{proj, false};
}

} // namespace embellie
