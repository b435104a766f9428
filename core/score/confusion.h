#pragma once

#include "core/field/field.h"

#include <cstdint>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace embellie {

/// Counts of (reference class, predicted class), pooled by +=. A ratio whose denominator is zero is NaN.
///
/// Accuracy and the table: Wilks 2011, section 8.2.6. Intersection over union: Jaccard 1912, as used for
/// segmentation by Everingham et al., The Pascal Visual Object Classes Challenge, IJCV 88, 2010.
class Confusion {
public:
    Confusion() = default;
    explicit Confusion(std::vector<Meaning> classes); ///< values are unique (asserted)

    const std::vector<Meaning>& classes() const { return m_classes; }
    /// Values that name no class are counted apart, in unknown().
    void add(int reference, int predicted);
    Confusion& operator+=(const Confusion& other); ///< the same classes, or one of both has none (asserted)

    std::uint64_t count(std::size_t reference, std::size_t predicted) const; ///< by index into classes()
    std::uint64_t total() const;
    std::uint64_t unknown() const { return m_unknown; }

    double accuracy() const;                   ///< share on the diagonal
    double iou(std::size_t index) const;       ///< both / (reference or predicted)
    double recall(std::size_t index) const;    ///< both / reference
    double precision(std::size_t index) const; ///< both / predicted
    double meanIou() const;                    ///< over the classes that occur in reference or prediction

private:
    std::vector<Meaning> m_classes;
    std::vector<std::uint64_t> m_counts;
    std::uint64_t m_unknown = 0;
};

/// Over the cells where both have a value; classes are the reference's meanings. @throws Error where the
/// shapes differ or the reference has no classes
Confusion confusionOf(const Field& reference, const Field& candidate);

/// {"accuracy", "mean_iou", "classes": [{"value", "name", "iou", "recall", "precision", "reference"}],
/// "matrix", "unknown"}
nlohmann::json toJson(const Confusion& confusion);

} // namespace embellie
