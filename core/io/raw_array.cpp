#include "core/io/raw_array.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace embellie {

namespace {

template <class T>
T load(const RawArray& raw, std::size_t index) {
    T value;
    std::memcpy(&value, raw.bytes.data() + index * sizeof(T), sizeof(T));
    return value;
}

// Calls the function with a value of the stored type.
template <class Function>
auto withType(const RawArray& raw, Function function) {
    using Kind = RawArray::Kind;
    if (raw.kind == Kind::Float)
        return raw.elementBytes == 4 ? function(float{}) : function(double{});
    const bool isSigned = raw.kind == Kind::Signed;
    switch (raw.elementBytes) {
    case 1:
        return isSigned ? function(std::int8_t{}) : function(std::uint8_t{});
    case 2:
        return isSigned ? function(std::int16_t{}) : function(std::uint16_t{});
    case 4:
        return isSigned ? function(std::int32_t{}) : function(std::uint32_t{});
    default:
        return isSigned ? function(std::int64_t{}) : function(std::uint64_t{});
    }
}

struct Cell {
    float value;
    State state;
};

template <class T>
class Decoder {
public:
    explicit Decoder(const Packing& packing) : m_packing(packing) {
        for (const double code : packing.noData)
            m_noData.push_back(comparable(code));
        if (packing.noEcho)
            m_noEcho = comparable(*packing.noEcho);
    }

    Cell operator()(T raw) const {
        const double number = static_cast<double>(raw);
        const float missing = std::numeric_limits<float>::quiet_NaN();
        if (std::isnan(number) || std::find(m_noData.begin(), m_noData.end(), number) != m_noData.end())
            return {missing, State::NoData};
        if (number == m_noEcho) // which is no valid value: it may lie outside the limits of these
            return {missing, State::NoEcho};
        if ((m_packing.low && number < *m_packing.low) || (m_packing.high && number > *m_packing.high))
            return {missing, State::NoData};
        if constexpr (std::is_integral_v<T> && sizeof(T) > 2)
            if (m_packing.areFlags) // rounded to 24 bits, a high flag would take the low ones away
                return {static_cast<float>(raw & ((T(1) << FlagBits) - 1)), State::Valid};
        return {static_cast<float>(number * m_packing.gain + m_packing.offset), State::Valid};
    }

private:
    // A code is written in double; the same number in a float array has been rounded.
    static double comparable(double code) {
        return std::is_same_v<T, float> ? static_cast<double>(static_cast<float>(code)) : code;
    }
    const Packing& m_packing;
    std::vector<double> m_noData;
    double m_noEcho = std::numeric_limits<double>::quiet_NaN();
};

} // namespace

double RawArray::at(std::size_t index) const {
    return withType(*this,
                    [&](auto type) { return static_cast<double>(load<decltype(type)>(*this, index)); });
}

Decoded decode(const RawArray& raw, const Packing& packing) {
    const std::size_t count = raw.count();
    Decoded out;
    out.values.resize(count);
    out.states.resize(count);
    withType(raw, [&](auto type) {
        using T = decltype(type);
        const Decoder<T> decoder(packing);
        if constexpr (std::is_integral_v<T> && sizeof(T) <= 2) {
            constexpr std::size_t codes = std::size_t(1) << (8 * sizeof(T));
            if (count >= codes / 4) {
                using Index = std::make_unsigned_t<T>;
                std::vector<float> values(codes);
                std::vector<State> states(codes);
                for (std::size_t code = 0; code < codes; ++code) {
                    const Cell cell = decoder(static_cast<T>(static_cast<Index>(code)));
                    values[code] = cell.value;
                    states[code] = cell.state;
                }
                for (std::size_t i = 0; i < count; ++i) {
                    const Index code = load<Index>(raw, i);
                    out.values[i] = values[code];
                    out.states[i] = states[code];
                }
                return;
            }
        }
        for (std::size_t i = 0; i < count; ++i) {
            const Cell cell = decoder(load<T>(raw, i));
            out.values[i] = cell.value;
            out.states[i] = cell.state;
        }
    });
    return out;
}

RawArray pick(const RawArray& raw, const std::vector<AxisPart>& parts) {
    RawArray out;
    out.kind = raw.kind;
    out.elementBytes = raw.elementBytes;
    std::size_t count = 1;
    for (const AxisPart& part : parts) {
        out.shape.push_back(part.count());
        count *= part.count();
    }
    out.bytes.resize(count * raw.elementBytes);
    const std::size_t rank = parts.size();
    std::vector<std::size_t> index(rank, 0);
    for (std::size_t to = 0; to < count; ++to) {
        std::size_t from = 0;
        for (std::size_t d = 0; d < rank; ++d)
            from = from * raw.shape[d] + parts[d].from + index[d] * parts[d].step;
        std::memcpy(out.bytes.data() + to * raw.elementBytes, raw.bytes.data() + from * raw.elementBytes,
                    raw.elementBytes);
        for (std::size_t d = rank; d > 0 && ++index[d - 1] == out.shape[d - 1]; --d)
            index[d - 1] = 0;
    }
    return out;
}

} // namespace embellie
