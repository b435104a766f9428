#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace embellie {

/// What the numbers of a Field are.
enum class Kind {
    Quantity,    ///< a physical quantity in quantity.unit
    Classes,     ///< one class a cell; meanings name them
    Flags,       ///< bits; a meaning's value is its mask
    Probability, ///< 0 to 1
    Direction,   ///< circular, degrees clockwise from north
};

/// A class, or a flag bit.
struct Meaning {
    int value = 0;
    std::string name;
    std::optional<std::uint32_t> colour; ///< 0xRRGGBB where the file gives one
    friend bool operator==(const Meaning&, const Meaning&) = default;
};

struct Quantity {
    std::string id;           ///< the field's short name: DBZH, VRADH, t2m
    std::string longName;     ///< as the file says, may be empty
    std::string standardName; ///< CF, may be empty
    std::string unit;         ///< UDUNITS text, "1" for a pure number, empty where the file says nothing
    Kind kind = Kind::Quantity;
    std::vector<Meaning> meanings;
    bool ambiguous = false; ///< the file gives nodata and undetect one code: NoData may mean no echo
    friend bool operator==(const Quantity&, const Quantity&) = default;
};

} // namespace embellie
