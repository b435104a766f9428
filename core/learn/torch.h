#pragma once

// The one way to LibTorch: hides what differs between 1.13 and 2.x, and is the precompiled header of whatever
// learns.

#include <torch/torch.h>

#include <ATen/autocast_mode.h>
#include <torch/version.h>

#include <string>

namespace embellie::torchcompat {

/// The key of a parameter in Optimizer::state(): a text in 1.13, a pointer in 2.x.
inline auto stateKey(const torch::Tensor& parameter) {
#if TORCH_VERSION_MAJOR >= 2
    return static_cast<void*>(parameter.unsafeGetTensorImpl());
#else
    return c10::guts::to_string(parameter.unsafeGetTensorImpl());
#endif
}

/// Convolutions in bf16 on the CPU while it lives.
class Bf16Autocast {
public:
    explicit Bf16Autocast(bool on) : m_on(on), m_before(enabled()) {
        if (!m_on)
            return;
#if TORCH_VERSION_MAJOR >= 2
        at::autocast::set_autocast_dtype(at::kCPU, at::kBFloat16);
#else
        at::autocast::set_autocast_cpu_dtype(at::kBFloat16);
#endif
        set(true);
    }
    ~Bf16Autocast() {
        if (!m_on)
            return;
        set(m_before);
        at::autocast::clear_cache();
    }
    Bf16Autocast(const Bf16Autocast&) = delete;
    Bf16Autocast& operator=(const Bf16Autocast&) = delete;

private:
    static bool enabled() {
#if TORCH_VERSION_MAJOR >= 2
        return at::autocast::is_autocast_enabled(at::kCPU);
#else
        return at::autocast::is_cpu_enabled();
#endif
    }
    static void set(bool on) {
#if TORCH_VERSION_MAJOR >= 2
        at::autocast::set_autocast_enabled(at::kCPU, on);
#else
        at::autocast::set_cpu_enabled(on);
#endif
    }
    bool m_on, m_before;
};

inline std::string version() {
    return TORCH_VERSION;
}

} // namespace embellie::torchcompat
