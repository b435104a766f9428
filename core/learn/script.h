#pragma once

#include "core/learn/torch.h"

#include <string>
#include <vector>

namespace embellie {

/// A TorchScript module without functions: parameters, buffers and children of @p module under their names,
/// its tensors shared; "training" is false. @p name is that of its class.
torch::jit::Module scriptModule(const torch::nn::Module& module, const std::string& name);

/// A TorchScript file, on the CPU, its code run as it stands: the executor's own rewriting while it runs
/// would make the first calls differ from the later ones. @throws Error
torch::jit::Module loadScript(const std::string& file);

/// forward() of @p module. A tensor, and lists and tuples of them (one level), are taken for the answers in
/// their order. @throws Error where it gives anything else; what the code throws
std::vector<torch::Tensor> runScript(torch::jit::Module& module, const std::vector<torch::Tensor>& inputs);

/// Rows and columns of (batch, channel, row, column) up to multiples: rows on both sides, going round where
/// the circle is closed, else blank; columns blank at the far end.
torch::Tensor paddedTo(int multiple, bool circular, const torch::Tensor& input);
/// The part of an answer that belongs to an input of @p rows and @p columns before that.
torch::Tensor withoutPadding(int multiple, const torch::Tensor& answer, std::int64_t rows,
                             std::int64_t columns);

} // namespace embellie
