#pragma once

#include "core/settings/settings.h"

#include <vector>

namespace embellie {

/// Channels of each stage from the top: unet.widths, else unet.width doubled each stage down to unet.depth
/// stages, at most four times the first.
std::vector<int> unetWidths(const Settings& settings);

} // namespace embellie
