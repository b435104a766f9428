#include "core/io/result.h"

#include "core/base/error.h"
#include "core/io/cfradial/cfradial_result.h"
#include "core/io/cfradial2/cfradial2_result.h"
#include "core/io/gamic/gamic_result.h"

#include <map>

namespace embellie {

/// A volume of the cleaned sweeps alone, for families that nothing else is written in.
static void writeVolumeOf(const std::filesystem::path& output, const SourceInfo& info,
                          const std::vector<OdimResultSweep>& results, const OdimAttributes& how,
                          Feedback& feedback) {
    if (!info.hasTime)
        throw Error(text(EMBELLIE_TR("io", "the file does not say when it was measured")))
            .in(info.file)
            .expected(text(EMBELLIE_TR("io", "date and time, which every file of ODIM_H5 has")))
            .remedy(text(EMBELLIE_TR("io", "ask those who made the file")));
    OdimVolume volume;
    volume.time = info.time.begin;
    volume.site = *info.site;
    volume.how = how;
    std::map<std::size_t, std::vector<OdimMoment>> sweeps;
    for (const OdimResultSweep& result : results)
        sweeps[result.sweep].push_back(result.cleaned);
    for (auto& [number, moments] : sweeps)
        volume.sweeps.push_back(std::move(moments));
    writeOdimVolume(output, volume, feedback);
}

void writeResult(const std::filesystem::path& output, const std::filesystem::path& input,
                 const std::vector<OdimResultSweep>& results, const OdimAttributes& how, Feedback& feedback) {
    std::error_code ignored;
    if (std::filesystem::equivalent(output, input, ignored))
        throw Error(text(EMBELLIE_TR("io", "a result may not replace its input")))
            .in(output)
            .remedy(text(EMBELLIE_TR("io", "choose another folder for the results")));
    const SourceInfo info = openSource(input)->describe();
    const std::string& format = info.format;
    if (format.starts_with("ODIM"))
        writeOdimResult(output, input, results, how, feedback);
    else if (format.starts_with("CfRadial 2"))
        writeCfRadial2Result(output, input, results, how, feedback);
    else if (format.starts_with("CfRadial"))
        writeCfRadialResult(output, input, results, how, feedback);
    else if (format.starts_with("GAMIC"))
        writeGamicResult(output, input, results, how, feedback);
    else if (info.site && !results.empty())
        writeVolumeOf(output, info, results, how, feedback);
    else
        throw Error(text(EMBELLIE_TR("io", "results can't be written for this file")))
            .in(input)
            .expected(text(EMBELLIE_TR("io", "sweeps of a radar")))
            .found(text(EMBELLIE_TR("io", "{0}"), format));
}

} // namespace embellie
