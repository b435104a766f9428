#pragma once

#include "core/learn/torch.h"
#include "core/run/scheduler.h"

#include <string>

namespace embellie {

/// What a run computes on, and why it is not what was wanted (empty where it is).
struct DeviceChoice {
    torch::Device device = torch::kCPU;
    std::string message;
};
/// @p wanted "auto", "cpu" or "cuda". A GPU counts only where the scheduler gave one (gpuRefusal); nothing
/// asks for CUDA before. @p local chooses among several GPUs. @throws Error where "cuda" can't be had
DeviceChoice chooseDevice(const std::string& wanted, int local, const Environment& environment);

/// Numbers of the convolutions.
struct Precision {
    torchcompat::AutocastState autocast{};
    bool scaled = false; ///< fp16: small gradients would vanish without a LossScale
    std::string words = "fp32";
    std::string message; ///< why it is not what was wanted
};
/// @p wanted "fp32", "bf16" or "fp16"
Precision choosePrecision(const std::string& wanted, torch::Device device);

/// "CPU, 2 threads, fp32"
std::string deviceWords(torch::Device device, int threads, const Precision& precision);

/// State of the default random stream of the CPU and, where @p device is one, of the GPU: bytes.
torch::Tensor randomState(torch::Device device);
void setRandomState(const torch::Tensor& state, torch::Device device);
/// Bytes of the CPU's part of randomState().
std::int64_t cpuRandomBytes();

/// Largest memory of tensors on the GPU so far; on the CPU that of the process.
std::int64_t peakMemoryBytes(torch::Device device);
/// What the process holds on the CPU now.
std::int64_t residentBytes();
/// What there is: of the GPU, or of the machine and what Slurm gave of it. 0: not known.
double memoryThereBytes(torch::Device device, const Environment& environment);

} // namespace embellie
