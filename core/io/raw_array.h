#pragma once

#include "core/field/field.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

/// Numbers as a file stores them, in the machine's byte order.
struct RawArray {
    enum class Kind { Unsigned, Signed, Float };
    Kind kind = Kind::Unsigned;
    std::size_t elementBytes = 1; ///< 1, 2, 4 or 8
    std::vector<std::size_t> shape;
    std::vector<std::byte> bytes;

    std::size_t count() const { return bytes.size() / elementBytes; }
    double at(std::size_t index) const;
};

/// Bits of a flag that a float32 holds beside all others.
inline constexpr int FlagBits = 24;

/// How raw numbers become values: value = raw · gain + offset, unless raw is one of the codes or beyond a
/// limit.
struct Packing {
    double gain = 1, offset = 0;
    std::vector<double> noData;      ///< raw codes; NaN always means no data
    std::optional<double> noEcho;    ///< raw code; a code that is also in noData is no data
    std::optional<double> low, high; ///< raw limits; what lies beyond is no data
    bool areFlags = false;           ///< of integers the FlagBits lowest bits alone are kept
};

struct Decoded {
    std::vector<float> values;
    std::vector<State> states;
};
Decoded decode(const RawArray& raw, const Packing& packing);

/// Reads one axis of a window out of a longer one.
struct AxisPart {
    std::size_t from = 0, to = 0, step = 1;
    std::size_t count() const { return to > from ? (to - from + step - 1) / step : 0; }
};

/// Picks parts[i] along each axis of @p raw.
RawArray pick(const RawArray& raw, const std::vector<AxisPart>& parts);

template <class T>
std::vector<T> pick(const std::vector<T>& all, const AxisPart& part) {
    std::vector<T> out;
    out.reserve(part.count());
    for (std::size_t i = part.from; i < part.to; i += part.step)
        out.push_back(all[i]);
    return out;
}

} // namespace embellie
