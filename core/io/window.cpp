#include "core/io/window.h"

#include "core/base/error.h"

#include <algorithm>
#include <charconv>

namespace embellie {

namespace {

std::size_t indexIn(std::string_view word, const std::string& whole) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size())
        throw Error(text(EMBELLIE_TR("io", "the window \"{0}\" can't be read"), whole))
            .expected(text(EMBELLIE_TR("io", "AXIS=FROM:TO:STEP, with whole numbers counted from 0")))
            .found(text(EMBELLIE_TR("io", "\"{0}\""), word))
            .wrongUse();
    return value;
}

} // namespace

Window Window::parse(const std::string& text) {
    Window window;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::string_view one = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), one.size() + 1));
        const std::size_t equals = one.find('=');
        if (equals == std::string_view::npos || equals == 0)
            throw Error(embellie::text(EMBELLIE_TR("io", "the window \"{0}\" names no axis"), text))
                .expected(
                    embellie::text(EMBELLIE_TR("io", "AXIS=FROM:TO:STEP, as in ray=0:360:2,gate=100:200")))
                .wrongUse();
        Part part;
        part.axis = one.substr(0, equals);
        std::vector<std::string_view> words;
        for (std::string_view numbers = one.substr(equals + 1);;) {
            const std::size_t colon = numbers.find(':');
            words.push_back(numbers.substr(0, colon));
            if (colon == std::string_view::npos)
                break;
            numbers.remove_prefix(colon + 1);
        }
        if (words.size() == 1) {
            part.from = indexIn(words[0], text);
            part.to = part.from + 1;
        } else {
            part.from = words[0].empty() ? 0 : indexIn(words[0], text);
            if (!words[1].empty())
                part.to = indexIn(words[1], text);
            if (words.size() > 2)
                part.step = indexIn(words[2], text);
        }
        if (words.size() > 3 || part.step == 0 || part.to <= part.from)
            throw Error(embellie::text(EMBELLIE_TR("io", "the window \"{0}\" is empty"), text))
                .expected(embellie::text(
                    EMBELLIE_TR("io", "AXIS=FROM:TO:STEP with FROM below TO and STEP of 1 or more")))
                .wrongUse();
        window.parts.push_back(part);
    }
    return window;
}

std::vector<AxisPart> resolveWindow(const Window& window, const ArrayInfo& array,
                                    const std::filesystem::path& file) {
    std::vector<AxisPart> parts;
    for (const std::size_t size : array.shape)
        parts.push_back({0, size, 1});
    for (const Window::Part& wanted : window.parts) {
        const auto axis = std::find(array.dimensions.begin(), array.dimensions.end(), wanted.axis);
        std::string names;
        for (const std::string& name : array.dimensions)
            names += (names.empty() ? "" : ", ") + name;
        if (axis == array.dimensions.end())
            throw Error(text(EMBELLIE_TR("io", "the array has no axis \"{0}\""), wanted.axis))
                .in(file, array.id)
                .expected(text(EMBELLIE_TR("io", "one of {0}"), names))
                .wrongUse();
        AxisPart& part = parts[static_cast<std::size_t>(axis - array.dimensions.begin())];
        const std::size_t size = part.to;
        if (wanted.from >= size)
            throw Error(text(EMBELLIE_TR("io", "the window lies outside the axis \"{0}\""), wanted.axis))
                .in(file, array.id)
                .expected(text(EMBELLIE_TR("io", "indices from 0 to {0}"), size == 0 ? 0 : size - 1))
                .found(text(EMBELLIE_TR("io", "{0}"), wanted.from))
                .wrongUse();
        part = {wanted.from, std::min(wanted.to, size), wanted.step};
    }
    return parts;
}

bool isWhole(const std::vector<AxisPart>& parts, const std::vector<std::size_t>& shape) {
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (parts[i].count() != shape[i])
            return false;
    return true;
}

const ArrayInfo* SourceInfo::find(const std::string& idOrPath) const {
    const auto by = [&](auto matches) -> const ArrayInfo* {
        const auto found = std::find_if(arrays.begin(), arrays.end(), matches);
        return found == arrays.end() ? nullptr : &*found;
    };
    if (const ArrayInfo* array = by([&](const ArrayInfo& a) { return a.id == idOrPath; }))
        return array;
    const auto bare = [](const std::string& path) { return path.substr(path.starts_with('/') ? 1 : 0); };
    const std::string wanted =
        bare(idOrPath.ends_with("/data") ? idOrPath.substr(0, idOrPath.size() - 5) : idOrPath);
    return by([&](const ArrayInfo& a) { return bare(a.path) == wanted; });
}

} // namespace embellie
