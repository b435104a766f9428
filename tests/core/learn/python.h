#pragma once

#include "core/base/file.h"
#include "core/base/process.h"

#include <optional>
#include <string>
#include <vector>

namespace embellie::test {

/// The first Python of this machine that imports the packages; nothing where none does.
inline std::optional<std::string> pythonWith(const std::string& packages) {
    for (const char* program : {"python3", "/usr/bin/python3"}) {
        ProcessRequest request;
        request.program = program;
        request.arguments = {"-c", "import " + packages};
        try {
            if (runProcess(request).status == 0)
                return program;
        } catch (const std::exception&) {
            // not on this machine
        }
    }
    return std::nullopt;
}

inline ProcessResult runPython(const std::string& python, const std::string& script,
                               const std::vector<std::string>& arguments,
                               const std::filesystem::path& folder) {
    writeFileAtomically(folder / "script.py", script); // torch.jit.script reads the source again
    ProcessRequest request;
    request.program = python;
    request.arguments = {"script.py"};
    request.arguments.insert(request.arguments.end(), arguments.begin(), arguments.end());
    request.workingFolder = folder;
    return runProcess(request);
}

} // namespace embellie::test

/// Skips, aloud, where no Python has PyTorch.
#define EMBELLIE_NEEDS_PYTORCH(python)                                                                       \
    const auto python = embellie::test::pythonWith("torch");                                                 \
    if (!python)                                                                                             \
    QSKIP("needs Python with PyTorch (packaging/test --all)")
