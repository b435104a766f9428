#pragma once

#include "core/base/error.h"
#include "core/base/process.h"

#include <chrono>
#include <optional>
#include <string>

// The process at the near end of a relay's line; for this room only.
namespace embellie::relay {

/// A started ssh (in tests the relay itself) and our ends of its pipes, which do not block. Killed at the end
/// of its life where it still runs.
class FarProcess {
public:
    explicit FarProcess(const ProcessRequest& request); ///< @throws Error
    ~FarProcess();
    FarProcess(const FarProcess&) = delete;
    FarProcess& operator=(const FarProcess&) = delete;

    int input() const { return m_process.input; }
    int output() const { return m_process.output; }
    int errors() const { return m_process.errors; }
    void closeInput();
    void closeErrors();
    /// Waits so long for its end. @return its exit status, 128 + signal, or nothing
    std::optional<int> ended(std::chrono::milliseconds patience);
    /// It goes on without us: an ssh that serves other programs too, and ends with the last of them.
    void leave();

private:
    void closeAll();
    PipedProcess m_process;
    bool m_reaped = false;
};

/// Why a line ended.
struct LineEnd {
    Error problem;
    bool refused = false; ///< trying again by itself would not help
};
/// Of a process that closed the line: from its exit status and what it said last. @param connected the far
/// side had spoken
LineEnd endOf(FarProcess& process, const std::string& errors, bool connected, const std::string& label);

} // namespace embellie::relay
