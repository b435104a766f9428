#include "core/command/learner.h"

#include "core/base/process.h"
#include "core/launch/launch.h"

namespace embellie {

void runLearner(const std::vector<std::string>& arguments) {
    ProcessRequest request;
    request.program = learnProgram();
    request.arguments = arguments;
    const ProcessResult result = runProcess(request);
    if (result.status == 0)
        return;
    std::string sentence = result.errors;
    while (!sentence.empty() && (sentence.back() == '\n' || sentence.back() == '.'))
        sentence.pop_back();
    throw Error(text(EMBELLIE_TR("command", "{0}"), sentence));
}

} // namespace embellie
