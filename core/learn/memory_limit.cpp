#include "core/learn/memory_limit.h"

#include "core/learn/torch.h"

#include <atomic>
#include <cstdlib>

#include <c10/core/CPUAllocator.h>

namespace embellie {

namespace {

// LibTorch frees some tensors by nothing but their address: the size lies before each, and the sum here.
constexpr std::size_t Alignment = 64;
std::atomic<std::int64_t> usedBytes{0};

void release(void* data) {
    if (!data)
        return;
    void* begin = static_cast<char*>(data) - Alignment;
    usedBytes.fetch_sub(*static_cast<const std::int64_t*>(begin));
    std::free(begin);
}

class LimitedAllocator : public c10::Allocator {
public:
    explicit LimitedAllocator(std::int64_t limit) : m_limit(limit) {}

#if TORCH_VERSION_MAJOR >= 2
    c10::DataPtr allocate(std::size_t size) override {
        return limited(size);
    }
    void copy_data(void* to, const void* from, std::size_t size) const override {
        default_copy_data(to, from, size);
    }
#else
    c10::DataPtr allocate(std::size_t size) const override {
        return limited(size);
    }
#endif
    c10::DeleterFnPtr raw_deleter() const override {
        return release;
    }

private:
    c10::DataPtr limited(std::size_t size) const {
        const c10::Device cpu(c10::DeviceType::CPU);
        if (size == 0)
            return {nullptr, nullptr, release, cpu};
        const auto bytes = static_cast<std::int64_t>(size);
        void* begin = nullptr;
        const bool fits = usedBytes.fetch_add(bytes) + bytes <= m_limit;
        if (!fits || ::posix_memalign(&begin, Alignment, size + Alignment) != 0) {
            usedBytes.fetch_sub(bytes);
            TORCH_CHECK_WITH(OutOfMemoryError, false, "out of memory: ", bytes,
                             " bytes more pass the limit of ", m_limit);
        }
        *static_cast<std::int64_t*>(begin) = bytes;
        void* data = static_cast<char*>(begin) + Alignment;
        return {data, data, release, cpu};
    }

    const std::int64_t m_limit;
};

} // namespace

void limitMemory(double gigabytes) {
    if (gigabytes <= 0)
        return;
    // Never freed: tensors outlive whoever made them.
    c10::SetCPUAllocator(new LimitedAllocator(static_cast<std::int64_t>(gigabytes * 1e9)), 100);
}

} // namespace embellie
