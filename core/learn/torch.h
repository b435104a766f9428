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

/// Whether operations on a device take their numbers in 16 bits, and of which kind.
struct AutocastState {
    c10::DeviceType device = c10::DeviceType::CPU;
    bool on = false;
    at::ScalarType type = at::kBFloat16;

    static AutocastState of(c10::DeviceType device) {
#if TORCH_VERSION_MAJOR >= 2
        return {device, at::autocast::is_autocast_enabled(device), at::autocast::get_autocast_dtype(device)};
#else
        if (device == c10::DeviceType::CUDA)
            return {device, at::autocast::is_enabled(), at::autocast::get_autocast_gpu_dtype()};
        return {device, at::autocast::is_cpu_enabled(), at::autocast::get_autocast_cpu_dtype()};
#endif
    }
    void set() const {
#if TORCH_VERSION_MAJOR >= 2
        at::autocast::set_autocast_dtype(device, type);
        at::autocast::set_autocast_enabled(device, on);
#else
        if (device == c10::DeviceType::CUDA) {
            at::autocast::set_autocast_gpu_dtype(type);
            at::autocast::set_enabled(on);
        } else {
            at::autocast::set_autocast_cpu_dtype(type);
            at::autocast::set_cpu_enabled(on);
        }
#endif
    }
};

/// That state while it lives.
class Autocast {
public:
    explicit Autocast(const AutocastState& wanted)
        : m_before(AutocastState::of(wanted.device)), m_changes(wanted.on || m_before.on) {
        if (m_changes)
            wanted.set();
    }
    ~Autocast() {
        if (!m_changes)
            return;
        m_before.set();
        at::autocast::clear_cache();
    }
    Autocast(const Autocast&) = delete;
    Autocast& operator=(const Autocast&) = delete;

private:
    AutocastState m_before;
    bool m_changes;
};

inline std::string version() {
    return TORCH_VERSION;
}

} // namespace embellie::torchcompat
