#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace embellie::test {

/// One line of truth.tsv by column name; missing cells are empty.
using TruthRow = std::map<std::string, std::string>;

/// All lines of truth.tsv, in its order.
std::vector<TruthRow> readTruth(const std::filesystem::path& dataFolder);

/// The line is of a file of the families that are read: ODIM_H5, CfRadial 1 and 2, GAMIC HDF5, CF grids and
/// swaths.
bool isOfReadFamily(const std::string& file);

double truthNumber(const TruthRow& row, const std::string& column); ///< NaN where the cell is empty
std::vector<std::size_t> truthIndices(const std::string& cell);     ///< "250,101"

} // namespace embellie::test
