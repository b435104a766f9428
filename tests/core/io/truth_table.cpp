#include "tests/core/io/truth_table.h"

#include <charconv>
#include <fstream>
#include <limits>
#include <sstream>

namespace embellie::test {

static std::vector<std::string> cellsOf(const std::string& line) {
    std::vector<std::string> cells;
    std::size_t from = 0;
    while (true) {
        const std::size_t tab = line.find('\t', from);
        cells.push_back(line.substr(from, tab - from));
        if (tab == std::string::npos)
            return cells;
        from = tab + 1;
    }
}

std::vector<TruthRow> readTruth(const std::filesystem::path& dataFolder) {
    std::ifstream file(dataFolder / "truth.tsv");
    std::string line;
    std::getline(file, line);
    const std::vector<std::string> columns = cellsOf(line);
    std::vector<TruthRow> rows;
    while (std::getline(file, line)) {
        const std::vector<std::string> cells = cellsOf(line);
        TruthRow row;
        for (std::size_t i = 0; i < columns.size(); ++i)
            row[columns[i]] = i < cells.size() ? cells[i] : "";
        rows.push_back(std::move(row));
    }
    return rows;
}

bool isOfReadFamily(const std::string& file) {
    for (const char* start :
         {"cfradial/", "odim/", "gamic/", "grid/", "series/bom_brisbane/", "series/knmi_nl25/",
          "derived/MLL_ragged", "derived/searl_cfradial2", "derived/avesnes_xradar", "satellite/CT_NW",
          "satellite/OR_GLM", "satellite/SS_ascat", "satellite/2A-RW", "satellite/SAFNWC", "satellite/twp",
          "stations/openMRG_example_rad", "stations/openrainer_RAD"})
        if (file.starts_with(start))
            return true;
    return false;
}

double truthNumber(const TruthRow& row, const std::string& column) {
    const std::string& text = row.at(column);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && !text.empty() ? value : std::numeric_limits<double>::quiet_NaN();
}

std::vector<std::size_t> truthIndices(const std::string& cell) {
    std::vector<std::size_t> out;
    std::istringstream stream(cell);
    for (std::string word; std::getline(stream, word, ',');)
        out.push_back(std::stoul(word));
    return out;
}

} // namespace embellie::test
