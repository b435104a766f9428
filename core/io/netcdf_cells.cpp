#include "core/io/netcdf_cells.h"

#include "core/io/cfradial/roles.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <type_traits>

#include <netcdf.h>

namespace embellie {

namespace {

constexpr std::size_t ChunkCells = std::size_t(1) << 20;

/// Codes that no quantity has: whole numbers that a float32 holds exactly, as in our ODIM_H5 files.
template <class Code>
constexpr Code Fill = std::is_integral_v<Code> ? Code(-2147483647) : Code(-9999000);
template <class Code>
constexpr Code Undetect = std::is_integral_v<Code> ? Code(-2147483646) : Code(-8888000);

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isWordCharacter(char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '_';
}

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words)
        all += (all.empty() ? "" : " ") + word;
    return all;
}

/// One word each, which no other has.
std::string meaningWords(const std::vector<Meaning>& meanings) {
    std::vector<std::string> words;
    for (const Meaning& meaning : meanings) {
        std::string word = meaning.name.empty() ? "value_" + std::to_string(meaning.value) : meaning.name;
        for (char& letter : word) // CF 1.8, section 3.5: letters, digits and _ - . + @
            if (!isWordCharacter(letter) && letter != '-' && letter != '.' && letter != '+' && letter != '@')
                letter = '_';
        if (std::find(words.begin(), words.end(), word) != words.end())
            word += "_" + std::to_string(meaning.value);
        words.push_back(word);
    }
    return joined(words);
}

} // namespace

bool isRejectedFlags(const Quantity& quantity) {
    const auto& meanings = quantity.meanings;
    return quantity.kind == Kind::Classes && meanings.size() == 2 && meanings[0].name == "kept" &&
           meanings[1].name == "rejected";
}

bool areWhole(const Field& field) {
    constexpr float most = 2'000'000'000; // below the codes of what has no value
    return std::all_of(field.values().begin(), field.values().end(), [](float value) {
        return std::isnan(value) || (value == std::floor(value) && std::abs(value) <= most);
    });
}

std::string netcdfName(const std::string& text) {
    std::string name;
    for (const char c : text)
        name += isWordCharacter(c) ? c : '_';
    return name.empty() || !isLetter(name.front()) ? "v_" + name : name;
}

std::vector<std::size_t> chunksOf(const std::vector<std::size_t>& shape) {
    std::vector<std::size_t> chunks(shape.size(), 1);
    std::size_t cells = 1;
    for (std::size_t axis = shape.size(); axis-- > 0;) {
        chunks[axis] = std::clamp<std::size_t>(ChunkCells / cells, 1, std::max<std::size_t>(shape[axis], 1));
        cells *= chunks[axis];
    }
    return chunks;
}

NetcdfCells::NetcdfCells(NetcdfWriter& file, std::string name, const Quantity& quantity,
                         std::vector<std::string> dimensions, std::vector<std::size_t> chunks)
    : m_file(file), m_name(std::move(name)), m_quantity(quantity), m_dimensions(std::move(dimensions)),
      m_chunks(std::move(chunks)), m_whole(quantity.kind == Kind::Classes || quantity.kind == Kind::Flags) {
    const int type = m_whole ? NC_INT : NC_FLOAT;
    m_variable = m_file.define(m_name, type, m_dimensions, m_chunks);
    m_file.numbers(m_variable, "_FillValue", type,
                   {m_whole ? double(Fill<std::int32_t>) : double(Fill<float>)});
    for (const auto& [key, words] : {std::pair{"standard_name", quantity.standardName},
                                     {"long_name", quantity.longName},
                                     {"units", quantity.unit}})
        if (!words.empty())
            attribute(key, words);
    if (m_whole && !quantity.meanings.empty()) {
        std::vector<double> values;
        for (const Meaning& meaning : quantity.meanings)
            values.push_back(meaning.value);
        m_file.numbers(m_variable, quantity.kind == Kind::Flags ? "flag_masks" : "flag_values", NC_INT,
                       values);
        attribute("flag_meanings", meaningWords(quantity.meanings));
    }
}

void NetcdfCells::attribute(const std::string& name, const std::string& words) {
    m_file.attribute(m_variable, name, words);
}

template <class Code>
std::vector<Code> NetcdfCells::codesOf(const Field& field) const {
    std::vector<Code> codes(field.size());
    for (std::size_t cell = 0; cell < codes.size(); ++cell) {
        const State state = field.states()[cell];
        const float value = field.values()[cell];
        if (state == State::NoData) {
            codes[cell] = Fill<Code>;
        } else if (state != State::Valid) {
            codes[cell] = Undetect<Code>;
        } else if constexpr (std::is_integral_v<Code>) {
            codes[cell] = static_cast<Code>(value);
        } else {
            // A value that is a code by chance goes to its neighbour, less than a ten millionth away.
            codes[cell] =
                value == Fill<Code> || value == Undetect<Code> ? std::nextafter(value, 0.0f) : value;
        }
    }
    return codes;
}

void NetcdfCells::put(const std::vector<std::size_t>& from, const std::vector<std::size_t>& count,
                      const Field& field) {
    for (const State state : field.states()) {
        m_rejectedSeen |= state == State::Rejected;
        m_noEchoSeen |= state == State::NoEcho || state == State::Rejected;
    }
    m_isInLimits &= std::all_of(field.values().begin(), field.values().end(), [](float value) {
        return std::isnan(value) || (value >= Undetect<float> && value <= std::numeric_limits<float>::max());
    });
    assert(!m_whole || areWhole(field));
    if (m_whole)
        m_file.put(m_variable, from, count, codesOf<std::int32_t>(field));
    else
        m_file.put(m_variable, from, count, codesOf<float>(field));
}

void NetcdfCells::putRejected(const std::vector<std::size_t>& from, const std::vector<std::size_t>& count,
                              const Field& field, const std::string& coordinates) {
    if (!m_rejected) {
        m_rejected = m_file.define(m_name + "_" + CfRadialRejectedRole, NC_BYTE, m_dimensions, m_chunks);
        m_file.numbers(*m_rejected, "_FillValue", NC_BYTE, {-1});
        m_file.numbers(*m_rejected, "flag_values", NC_BYTE, {0, 1});
        m_file.attribute(*m_rejected, "flag_meanings", "kept rejected");
        m_file.attribute(*m_rejected, "long_name", "echoes that were removed");
        m_file.attribute(*m_rejected, CfRadialRoleAttribute, CfRadialRejectedRole);
        if (!coordinates.empty())
            m_file.attribute(*m_rejected, "coordinates", coordinates);
    }
    std::vector<std::int32_t> flags(field.size());
    for (std::size_t cell = 0; cell < flags.size(); ++cell)
        flags[cell] = field.states()[cell] == State::NoData ? -1 : field.states()[cell] == State::Rejected;
    m_file.put(*m_rejected, from, count, flags);
}

void NetcdfCells::finish(std::vector<std::string> ancillary) {
    const int type = m_whole ? NC_INT : NC_FLOAT;
    if (m_noEchoSeen) {
        const double code = m_whole ? double(Undetect<std::int32_t>) : double(Undetect<float>);
        m_file.numbers(m_variable, "_Undetect", type, {code});
        m_file.numbers(m_variable, "missing_value", type, {code});
        if (m_whole) // of whole numbers all that areWhole()
            m_file.numbers(m_variable, "valid_range", type,
                           {code + 1, double(std::numeric_limits<std::int32_t>::max())});
        else if (m_isInLimits)
            m_file.numbers(
                m_variable, "valid_range", type,
                {double(std::nextafter(Undetect<float>, 0.0f)), double(std::numeric_limits<float>::max())});
        attribute("comment", "_Undetect: measured, no echo; _FillValue: not measured");
    } else if (m_quantity.ambiguous) {
        m_file.numbers(m_variable, "_Undetect", type,
                       {m_whole ? double(Fill<std::int32_t>) : double(Fill<float>)});
        attribute("comment", "cells without a value were not measured, or had no echo");
    }
    if (m_rejected)
        ancillary.insert(ancillary.begin(), m_name + "_" + CfRadialRejectedRole);
    if (!ancillary.empty())
        attribute("ancillary_variables", joined(ancillary));
}

} // namespace embellie
