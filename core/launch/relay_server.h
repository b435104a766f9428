#pragma once

#include <memory>
#include <stop_token>

namespace embellie {

/// The far end of the line: answers questions, one JSON object a line, until its input ends, and leaves
/// nothing. First it writes a line that begins with a marker: whatever a login shell printed before is
/// skipped.
class RelayServer {
public:
    /// File descriptors stay the caller's.
    RelayServer(int input, int output);
    ~RelayServer();
    RelayServer(const RelayServer&) = delete;
    RelayServer& operator=(const RelayServer&) = delete;
    /// Returns when the input has ended, or @p stop is asked for, and what was begun is done. SIGPIPE must be
    /// ignored in this process.
    void serve(std::stop_token stop = {});

private:
    struct Inner;
    std::unique_ptr<Inner> m_inner;
};

} // namespace embellie
