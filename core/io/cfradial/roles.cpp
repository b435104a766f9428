#include "core/io/cfradial/roles.h"

#include "core/io/odim/odim_writer.h"

namespace embellie {

void readRole(ArrayInfo& array, const NetcdfVariable& variable) {
    const std::string role = variable.text(CfRadialRoleAttribute);
    if (role != CfRadialRejectedRole && role != CfRadialProbabilityRole && role != CfRadialUncertaintyRole)
        return;
    array.qualityOf = array.id.substr(0, array.id.rfind('_'));
    if (role == CfRadialProbabilityRole) {
        array.quantity.id = "PROB";
        array.quantity.kind = Kind::Probability;
    } else if (role == CfRadialUncertaintyRole) {
        array.quantity.id = UncertaintyId;
    }
}

const NetcdfVariable* rejectedOf(const NetcdfFile& file, const NetcdfVariable& moment) {
    const NetcdfVariable* const flags = file.find(moment.name + "_rejected");
    return flags && flags->text(CfRadialRoleAttribute) == CfRadialRejectedRole && flags->shape == moment.shape
               ? flags
               : nullptr;
}

void restoreRejected(Decoded& cells, const RawArray& flags) {
    for (std::size_t cell = 0; cell < cells.states.size(); ++cell)
        if (cells.states[cell] == State::NoEcho && flags.at(cell) == 1)
            cells.states[cell] = State::Rejected;
}

} // namespace embellie
