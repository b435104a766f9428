#pragma once

#include "core/base/feedback.h"
#include "core/field/field.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace embellie {

/// Numbers of any shape, row-major.
struct SampleArray {
    std::vector<std::int64_t> shape;
    std::vector<float> values;
    friend bool operator==(const SampleArray&, const SampleArray&) = default;
};

/// What one step learns from, by name ("input", "rain", "weight"); the task's two halves agree on the names.
/// Samples that share a batch have the same shapes.
using Sample = std::map<std::string, SampleArray>;

/// Further moments of the sweep of a field, by the names that the task gave them (TaskInfo::companions);
/// those that the file lacks are missing here.
using Companions = std::map<std::string, FieldPtr>;

/// A whole field kept apart for validation: what goes in and what should come out.
struct ValidationCase {
    std::string name;        ///< "Jabbeke 2019-06-06 00:00, 0.5°"
    FieldPtr input;          ///< as it would be read from a file
    FieldPtr reference;      ///< on the same geometry
    Sample sample;           ///< the same as arrays, for the validation loss; may be empty
    Companions companions{}; ///< of the input
};

/// A file that was read for training.
struct UsedFile {
    std::string role, path;
    std::string part; ///< what it was split by: radar, day or scene
    std::string use;  ///< "train" or "validation"
};

/// Makes samples without LibTorch. After its making it is constant: every function may be called from any
/// thread, and sample (epoch, index) is the same whoever makes it and whatever was made before.
class SampleMaker {
public:
    virtual ~SampleMaker() = default;
    virtual Sample make(std::int64_t epoch, std::int64_t index) const = 0;
    virtual const std::vector<ValidationCase>& validation() const = 0;
    virtual const std::vector<UsedFile>& files() const = 0;
};

} // namespace embellie
