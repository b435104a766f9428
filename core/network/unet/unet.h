#pragma once

#include "core/network/network.h"

#include <string>
#include <vector>

namespace embellie {

/// Channels of each stage from the top: unet.widths, else unet.width doubled each stage down to unet.depth
/// stages, at most four times the first.
std::vector<int> unetWidths(const Settings& settings);

/// forward() of the module in learn.cpp as TorchScript, over the names of that module.
std::string unetScript(const Settings& settings, const NetworkShape& shape);

} // namespace embellie
