#include "tests/support/test_support.h"

#include <cstdlib>
#include <stdexcept>

namespace embellie::test {

namespace fs = std::filesystem;

std::optional<fs::path> dataFolder() {
    const char* named = std::getenv("EMBELLIE_DATA");
    const fs::path folder = named ? fs::path(named) : sourceFolder() / ".." / "shared" / "data";
    if (!fs::exists(folder / "truth.tsv"))
        return std::nullopt;
    return fs::canonical(folder);
}

static fs::path required(const char* variable) {
    const char* value = std::getenv(variable);
    if (!value)
        throw std::runtime_error(std::string("run the tests through ctest: ") + variable + " is not set");
    return value;
}

fs::path programFolder() {
    return required("EMBELLIE_BIN");
}

fs::path sourceFolder() {
    return required("EMBELLIE_SOURCE");
}

ScratchFolder::ScratchFolder() {
    std::string pattern = (fs::temp_directory_path() / "embellie-test-XXXXXX").string();
    if (!mkdtemp(pattern.data()))
        throw std::runtime_error("can't create a folder like " + pattern);
    m_path = pattern;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

} // namespace embellie::test
