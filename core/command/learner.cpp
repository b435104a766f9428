#include "core/command/learner.h"

#include "core/base/process.h"
#include "core/launch/launch.h"

namespace embellie {

static constexpr std::chrono::minutes Longest{10};

void runLearner(const std::vector<std::string>& arguments) {
    ProcessRequest request;
    request.program = learnProgram();
    request.arguments = arguments;
    const ProcessResult result = runProcess(request, Longest);
    if (result.status == 0)
        return;
    std::string sentence = result.errors;
    while (!sentence.empty() && (sentence.back() == '\n' || sentence.back() == '.'))
        sentence.pop_back();
    if (result.timedOut)
        throw Error(text(EMBELLIE_TR("command", "the learner took more than {0} min and was ended"),
                         Longest.count()));
    if (result.status > 128)
        throw Error(text(EMBELLIE_TR("command", "the learner was ended by signal {0}"), result.status - 128));
    throw Error(text(EMBELLIE_TR("command", "{0}"), sentence));
}

} // namespace embellie
