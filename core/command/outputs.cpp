#include "core/command/outputs.h"

#include "core/base/error.h"

#include <algorithm>

namespace embellie {

namespace fs = std::filesystem;

void demandNoInput(const fs::path& output, const std::vector<std::string>& inputs) {
    std::error_code error;
    if (!fs::exists(output, error))
        return;
    const fs::path place = fs::canonical(output, error);
    const auto isInput = [&](const fs::path& input) {
        if (fs::equivalent(output, input, error))
            return true;
        if (!fs::is_directory(input, error))
            return false;
        const fs::path folder = fs::canonical(input, error);
        return std::mismatch(folder.begin(), folder.end(), place.begin(), place.end()).first == folder.end();
    };
    if (std::any_of(inputs.begin(), inputs.end(), isInput))
        throw Error(text(EMBELLIE_TR("command", "the output would replace an input")))
            .in(output)
            .remedy(text(EMBELLIE_TR("command", "choose another name or folder for the output")))
            .wrongUse();
}

} // namespace embellie
