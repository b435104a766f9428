#pragma once

#include "core/io/dataset.h"
#include "core/method/apply.h"

#include <QString>

#include <memory>
#include <mutex>

namespace embellie {

/// Why a method can't serve for a layer of a group, as far as that is seen without trying: a moment or other
/// times are missing. Empty where it can. Main thread.
QString whyUnfit(const MethodInfo& method, const GroupEntry& group, const LayerEntry& layer);

/// What a method without learning makes of the open data, by its default settings; other times and moments
/// come from the data themselves. Keeps what it made. Safe on any thread: one works, the others wait.
class Rival {
public:
    Rival(const MethodInfo& method, std::shared_ptr<Dataset> data)
        : m_method(method), m_data(std::move(data)) {}

    const MethodInfo& method() const { return m_method; }
    /// The layer's moment @p raw, cleaned, on the same cells; null where the layer lacks it. Waits for files
    /// and for arithmetic.
    /// @throws Error where the method can't serve, Cancelled
    FieldPtr field(const LayerEntry& layer, const std::string& raw, Feedback& feedback);

private:
    static constexpr std::size_t CacheBytes = std::size_t(128) << 20;
    const MethodInfo& m_method;
    std::shared_ptr<Dataset> m_data;
    std::mutex m_working;
    std::unique_ptr<MethodRunner> m_runner; ///< made when it is first needed
    FieldCache m_made{CacheBytes};
};

} // namespace embellie
