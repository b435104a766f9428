#pragma once

#include "core/learn/torch.h"

#include <filesystem>
#include <map>
#include <string>

namespace embellie {

/// Named tensors of a safetensors file: 8 bytes length (little-endian), a JSON header, the data
/// (https://huggingface.co/docs/safetensors, format 0.4). Nothing in it is ever executed.
struct SafeTensors {
    std::map<std::string, torch::Tensor> tensors;
    std::map<std::string, std::string> metadata;
};

/// Tensors are written from the CPU, contiguous, in the order of their names; types F32, F64, F16, BF16, I64,
/// I32, U8, BOOL. Not atomic: the caller renames. @throws Error
void writeSafeTensors(const std::filesystem::path& file, const SafeTensors& content);
/// @throws Error for whatever a damaged file may hold
SafeTensors readSafeTensors(const std::filesystem::path& file);

} // namespace embellie
