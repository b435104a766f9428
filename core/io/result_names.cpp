#include "core/io/result_names.h"

#include "core/base/error.h"

#include <map>
#include <set>

namespace embellie {

namespace fs = std::filesystem;

std::vector<fs::path> resultPaths(const fs::path& folder, const std::vector<std::string>& inputs) {
    std::set<std::string> names;
    std::vector<fs::path> results;
    for (const fs::path input : inputs) {
        fs::path name = input.filename();
        for (int i = 2; !names.insert(name.string()).second; ++i)
            name = input.stem().string() + "_" + std::to_string(i) + input.extension().string();
        results.push_back(folder / name);
    }
    std::error_code ignored;
    if (!fs::exists(folder, ignored))
        return results;
    std::map<fs::path, std::size_t> inputAt;
    for (std::size_t i = 0; i < inputs.size(); ++i)
        inputAt[fs::weakly_canonical(inputs[i], ignored)] = i;
    for (std::size_t i = 0; i < results.size(); ++i) {
        const auto found = inputAt.find(fs::weakly_canonical(results[i], ignored));
        if (found != inputAt.end() && found->second != i)
            throw Error(text(EMBELLIE_TR("io", "the result of {0} would replace another input"), inputs[i]))
                .in(results[i])
                .remedy(text(EMBELLIE_TR("io", "choose another folder for the results")))
                .wrongUse();
    }
    return results;
}

} // namespace embellie
