#include "core/io/result.h"

#include "core/base/error.h"
#include "core/io/cfradial/cfradial_result.h"
#include "core/io/cfradial2/cfradial2_result.h"
#include "core/io/gamic/gamic_result.h"

namespace embellie {

void writeResult(const std::filesystem::path& output, const std::filesystem::path& input,
                 const std::vector<OdimResultSweep>& results, const OdimAttributes& how, Feedback& feedback) {
    std::error_code ignored;
    if (std::filesystem::equivalent(output, input, ignored))
        throw Error(text(EMBELLIE_TR("io", "a result may not replace its input")))
            .in(output)
            .remedy(text(EMBELLIE_TR("io", "choose another folder for the results")));
    const std::string format = openSource(input)->describe().format;
    if (format.starts_with("ODIM"))
        writeOdimResult(output, input, results, how, feedback);
    else if (format.starts_with("CfRadial 2"))
        writeCfRadial2Result(output, input, results, how, feedback);
    else if (format.starts_with("CfRadial"))
        writeCfRadialResult(output, input, results, how, feedback);
    else if (format.starts_with("GAMIC"))
        writeGamicResult(output, input, results, how, feedback);
    else
        throw Error(text(EMBELLIE_TR("io", "results can't be written in the family of this file")))
            .in(input)
            .expected(text(EMBELLIE_TR("io", "ODIM_H5, CfRadial 1 or 2, or GAMIC HDF5")))
            .found(text(EMBELLIE_TR("io", "{0}"), format))
            .remedy(text(EMBELLIE_TR("io", "use one of those forms of the data")));
}

} // namespace embellie
