#include "core/task/segment/classes.h"

#include "core/simulate/scene.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embellie::segment {

const std::vector<Meaning>& classes() {
    static const std::vector<Meaning> all = [] {
        std::vector<Meaning> made = echoClasses();
        std::erase_if(
            made, [](const Meaning& meaning) { return meaning.value == static_cast<int>(EchoClass::None); });
        return made;
    }();
    return all;
}

std::optional<int> classOf(const std::string& name) {
    for (const Meaning& meaning : classes())
        if (meaning.name == name)
            return meaning.value;
    // Names of the Bureau of Meteorology's echo classification.
    static const std::map<std::string, EchoClass> known{{"conv", EchoClass::Rain},
                                                        {"sconv", EchoClass::Rain},
                                                        {"strat", EchoClass::Rain},
                                                        {"insect", EchoClass::ClearAir},
                                                        {"smoke", EchoClass::ClearAir},
                                                        {"chaff", EchoClass::ClearAir},
                                                        {"bird", EchoClass::ClearAir},
                                                        {"cx_gnd", EchoClass::GroundClutter},
                                                        {"ap_gnd", EchoClass::GroundClutter},
                                                        {"ap_sea", EchoClass::SeaClutter},
                                                        {"cx_sea", EchoClass::SeaClutter},
                                                        {"eemit", EchoClass::Interference},
                                                        {"speck", EchoClass::Speckle},
                                                        {"blip", EchoClass::Speckle}};
    const auto found = known.find(name);
    return found == known.end() ? std::nullopt : std::optional(static_cast<int>(found->second));
}

Field mapped(const Field& classField) {
    std::map<int, float> table;
    for (const Meaning& meaning : classField.quantity().meanings)
        if (const auto ours = classOf(meaning.name))
            table[meaning.value] = static_cast<float>(*ours);
    std::vector<float> values(classField.size(), std::numeric_limits<float>::quiet_NaN());
    std::vector<State> states(classField.states().begin(), classField.states().end());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (states[i] != State::Valid)
            continue;
        const auto found = table.find(static_cast<int>(std::lround(classField.values()[i])));
        if (found == table.end())
            states[i] = State::NoData;
        else
            values[i] = found->second;
    }
    Quantity quantity;
    quantity.id = "CLASS";
    quantity.unit = "1";
    quantity.kind = Kind::Classes;
    quantity.meanings = classes();
    return Field(std::move(quantity), classField.geometry(), classField.time(), std::move(values),
                 std::move(states), classField.origin());
}

} // namespace embellie::segment
