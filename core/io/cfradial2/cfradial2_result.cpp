#include "core/io/cfradial2/cfradial2_result.h"

#include "core/io/cfradial/copy.h"
#include "core/io/cfradial2/sweep_groups.h"

namespace embellie {

void writeCfRadial2Result(const std::filesystem::path& output, const std::filesystem::path& input,
                          const std::vector<OdimResultSweep>& results, const OdimAttributes& how,
                          Feedback& feedback) {
    CfradialAdditions additions;
    {
        const SourceInfo info = openSource(input)->describe();
        const NetcdfFile file(input);
        const std::vector<SweepGroup> groups = sweepGroupsOf(file);
        std::vector<std::string> names;
        for (const OdimResultSweep& result : results)
            names.push_back(groups.at(result.sweep).name);
        for (const OdimResultSweep& result : results) {
            const Field& cleaned = *result.cleaned.field;
            requireShape(cleaned, info.sweeps.at(result.sweep), input);
            const SweepGroup& group = groups[result.sweep];
            addResult(additions, nameOfCleaned(file, cleaned.quantity().id, names), result.cleaned,
                      {group.name, group.dimensions(), group.rays() * group.gates(),
                       [&](std::size_t ray, std::size_t gate) { return ray * group.gates() + gate; }});
        }
    }
    writeCopyWith(additions, output, input, how, feedback);
}

} // namespace embellie
