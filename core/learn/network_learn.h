#pragma once

#include "core/learn/torch.h"
#include "core/network/network.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

/// A network's module. Takes the size that comes and gives one tensor a head, of the input's rows and
/// columns.
class NetworkModule : public torch::nn::Module {
public:
    /// (batch, channel, row, column) → for each head (batch, channel, row, column), float32 whatever the
    /// autocast.
    virtual std::vector<torch::Tensor> forward(torch::Tensor input) = 0;
    /// forward() for who has TorchScript but not this program (Python's torch.jit.load), in float32: a module
    /// of the same names that shares our tensors, and answers a list with a tensor a head, for any size.
    virtual torch::jit::Module scripted() const = 0;
    /// How many rows or columns away an input may still count for an answer while it does not learn; nothing
    /// where all of the field does, or nobody knows: such a network gets every field in one piece.
    virtual std::optional<std::int64_t> reach() const { return std::nullopt; }
};

/// The LibTorch half of a network, in its learn.cpp. Weights are drawn from the default generator
/// (torch::manual_seed).
struct NetworkLearn {
    std::string id;
    std::shared_ptr<NetworkModule> (*make)(const Settings&, const NetworkShape&);
};

/// In the order of networks.def.
const std::vector<const NetworkLearn*>& networkLearners();
/// @throws Error as networkOf()
const NetworkLearn& networkLearnOf(const std::string& id);

} // namespace embellie
