#pragma once

#include "core/settings/settings.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace embellie {

/// What a task asks of a network: how many channels come in, and a head for each kind of answer.
struct NetworkShape {
    int inputChannels = 1;
    std::vector<int> headChannels = {1}; ///< at least one
};

/// What goes through a network.
enum class NetworkInput {
    Image, ///< (batch, channel, row, column); rows may be circular (azimuth)
};

/// Sizes (rows, columns) that a network takes without the caller's padding.
struct AcceptedSizes {
    int leastRows = 1, leastColumns = 1;
    int multiple = 1; ///< rows and columns are padded inside to this; 1: as they come
};

/// A network as far as it is known without LibTorch; its learn.cpp half makes the module
/// (core/learn/network_learn.h).
struct NetworkInfo {
    std::string id;
    TextPattern name, help;
    SettingTable settings; ///< keys begin with "<id>."
    NetworkInput input = NetworkInput::Image;
    std::function<AcceptedSizes(const Settings&)> sizes;
    /// Number of trained weights. @throws Error where settings contradict one another
    std::function<std::int64_t(const Settings&, const NetworkShape&)> weightCount;
    /// Bytes that one sample of that size needs while gradients are computed, in 32 bits, without weights:
    /// what is kept for the way back and what is worked with at its beginning, when there is most.
    std::function<double(const Settings&, const NetworkShape&, std::int64_t rows, std::int64_t columns)>
        trainingBytes;
    /// What is left of these bytes where convolutions compute in 16 bits.
    std::function<double(const Settings&)> sixteenBitShare;
};

/// All networks, in the order of networks.def.
const std::vector<const NetworkInfo*>& networks();
/// @throws Error with the nearest known id
const NetworkInfo& networkOf(const std::string& id);

} // namespace embellie
