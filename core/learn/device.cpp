#include "core/learn/device.h"

#include "core/base/control_group.h"
#include "core/base/error.h"
#include "core/learn/about.h"
#include "core/learn/run_setup.h"

#include <ATen/CPUGeneratorImpl.h>
#include <charconv>
#include <dlfcn.h>
#include <fstream>
#include <unistd.h>
#ifdef EMBELLIE_CUDA
#include <ATen/cuda/CUDAContext.h>
#include <c10/cuda/CUDACachingAllocator.h>
#elif TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 10)
// A GPU's memory can be asked for without its headers.
#define EMBELLIE_ANY_DEVICE
#include <c10/core/CachingDeviceAllocator.h>
#endif

namespace embellie {

/// The driver is there, and LibTorch's half for it is loaded: an absence that it has seen is never looked at
/// again.
static bool cudaIsThere() {
    static const bool there = [] {
        if (!::dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL))
            return false;
#ifndef EMBELLIE_CUDA
        if (!::dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL))
            return false;
#endif
        return torch::cuda::is_available();
    }();
    return there;
}

std::string learnerWords() {
    return std::string("LibTorch ") + TORCH_VERSION + (cudaIsThere() ? ", CUDA" : ", no CUDA");
}

DeviceChoice chooseDevice(const std::string& wanted, int local, const Environment& environment) {
    if (wanted == "cpu")
        return {};
    std::string why;
    if (const auto refusal = gpuRefusal(environment))
        why = refusal->english();
    else if (!cudaIsThere())
        why = text(EMBELLIE_TR("learn", "this machine, or this program's LibTorch, has no usable GPU"))
                  .english();
    if (!why.empty()) {
        if (wanted == "cuda")
            throw Error(text(EMBELLIE_TR("learn", "the run wants a GPU and gets none: {0}"), why))
                .remedy(
                    text(EMBELLIE_TR("learn", "ask the scheduler for one, or set train.device = \"auto\"")));
        // Where there is none nobody expects one.
        return {torch::kCPU, gpuRefusal(environment) ? why : std::string()};
    }
    const auto count = static_cast<int>(torch::cuda::device_count());
    at::globalContext().setBenchmarkCuDNN(true);
    return {torch::Device(torch::kCUDA, static_cast<torch::DeviceIndex>(local % count)), ""};
}

Precision choosePrecision(const std::string& wanted, torch::Device device) {
    Precision precision;
    precision.autocast.device = device.type();
    if (wanted == "fp32")
        return precision;
    std::string kind = wanted;
    if (device.is_cpu() && kind == "fp16") {
        precision.message =
            text(EMBELLIE_TR("learn", "this processor computes no 16-bit floats of that kind: fp32 is used"))
                .english();
        return precision;
    }
#ifdef EMBELLIE_CUDA
    if (device.is_cuda() && kind == "bf16" && at::cuda::getDeviceProperties(device.index())->major < 8) {
        precision.message =
            text(EMBELLIE_TR("learn", "this card is too old for bf16: fp16 with loss scaling is used"))
                .english();
        kind = "fp16";
    }
#endif
    precision.autocast.on = true;
    precision.autocast.type = kind == "fp16" ? torch::kFloat16 : torch::kBFloat16;
    precision.scaled = kind == "fp16";
    precision.words = kind;
    return precision;
}

std::string deviceWords(torch::Device device, int threads, const Precision& precision) {
#ifdef EMBELLIE_CUDA
    if (device.is_cuda())
        return text(EMBELLIE_TR("learn", "{0}, {1}"), at::cuda::getDeviceProperties(device.index())->name,
                    precision.words)
            .english();
#endif
    if (device.is_cuda())
        return text(EMBELLIE_TR("learn", "GPU {0}, {1}"), static_cast<int>(device.index()), precision.words)
            .english();
    return text(EMBELLIE_TR("learn", "CPU, {0} threads, {1}"), threads, precision.words).english();
}

static torch::Tensor stateOf(at::Generator generator) {
    const std::lock_guard guard(generator.mutex());
    return generator.get_state();
}

static void setStateOf(at::Generator generator, const torch::Tensor& state) {
    const std::lock_guard guard(generator.mutex());
    generator.set_state(state);
}

torch::Tensor randomState(torch::Device device) {
    const torch::Tensor cpu = stateOf(at::detail::getDefaultCPUGenerator());
    return device.is_cuda() ? torch::cat({cpu, stateOf(at::globalContext().defaultGenerator(device))}) : cpu;
}

std::int64_t cpuRandomBytes() {
    static const std::int64_t bytes = stateOf(at::detail::getDefaultCPUGenerator()).numel();
    return bytes;
}

void setRandomState(const torch::Tensor& state, torch::Device device) {
    const std::int64_t bytes = std::min(cpuRandomBytes(), state.numel());
    setStateOf(at::detail::getDefaultCPUGenerator(), state.narrow(0, 0, bytes).contiguous());
    if (device.is_cuda() && state.numel() > bytes)
        setStateOf(at::globalContext().defaultGenerator(device),
                   state.narrow(0, bytes, state.numel() - bytes).contiguous());
}

#ifdef EMBELLIE_ANY_DEVICE
/// Null where it does not count.
static c10::DeviceAllocator* allocatorOf(torch::Device device) {
    return dynamic_cast<c10::DeviceAllocator*>(c10::GetAllocator(device.type()));
}
#endif

// What the allocator counts begins with the sum of all pools.
std::int64_t peakMemoryBytes(torch::Device device) {
#ifdef EMBELLIE_CUDA
    if (device.is_cuda())
        return c10::cuda::CUDACachingAllocator::getDeviceStats(device.index()).reserved_bytes.front().peak;
#elif defined(EMBELLIE_ANY_DEVICE)
    if (device.is_cuda())
        if (auto* allocator = allocatorOf(device))
            return allocator->getDeviceStats(device.index()).reserved_bytes.front().peak;
#else
    (void)device;
#endif
    return peakMemoryBytes();
}

std::int64_t residentBytes() {
    std::ifstream file("/proc/self/statm");
    std::int64_t all = 0, resident = 0;
    file >> all >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

double memoryThereBytes(torch::Device device, const Environment& environment) {
    if (device.is_cuda()) {
#ifdef EMBELLIE_CUDA
        return static_cast<double>(at::cuda::getDeviceProperties(device.index())->totalGlobalMem);
#elif defined(EMBELLIE_ANY_DEVICE)
        auto* allocator = allocatorOf(device);
        return allocator ? static_cast<double>(allocator->getMemoryInfo(device.index()).second) : 0;
#else
        return 0;
#endif
    }
    const auto number = [&](const char* name) {
        std::int64_t value = 0;
        if (const auto word = environment(name))
            std::from_chars(word->data(), word->data() + word->size(), value);
        return static_cast<double>(value);
    };
    double there = usableMemoryBytes();
    // MiB of a job; 0: all of the node's
    for (const double given :
         {number("SLURM_MEM_PER_NODE"), number("SLURM_MEM_PER_CPU") * number("SLURM_CPUS_ON_NODE")})
        if (given > 0)
            there = std::min(there, given * 1048576);
    return there;
}

} // namespace embellie
