#pragma once

#include "core/base/file.h"
#include "core/launch/site.h"
#include "core/run/run_directory.h"
#include "tests/support/test_support.h"

#include <QByteArray>
#include <QList>

#include <filesystem>
#include <map>
#include <string>

namespace embellie::test {

namespace fs = std::filesystem;

/// Programs that pretend to be Slurm's, first in the PATH while it lives.
class FakeSlurm {
public:
    FakeSlurm() : m_path(qgetenv("PATH")), m_bin(qgetenv("EMBELLIE_BIN")) {
        qputenv("PATH", QByteArray::fromStdString(m_folder.path().string()) + ":" + m_path);
        qputenv("EMBELLIE_BIN", QByteArray::fromStdString(m_folder.path().string()));
        program("embellie-learn", "exit 0");
        program("sinfo", "echo 'gpu*|1:00:00|2|gpu:2|4|4000|up'");
    }
    ~FakeSlurm() {
        qputenv("PATH", m_path);
        qputenv("EMBELLIE_BIN", m_bin);
    }
    /// Each call adds a line to NAME.calls.
    void program(const std::string& name, const std::string& body) const {
        writeFileAtomically(m_folder / name, "#!/bin/sh\necho \"$*\" >> '" + (m_folder / name).string() +
                                                 ".calls'\n" + body + "\n");
        fs::permissions(m_folder / name, fs::perms::owner_all);
    }
    int calls(const std::string& name) const {
        const fs::path file = m_folder / (name + ".calls");
        return fs::exists(file) ? QByteArray::fromStdString(readFile(file)).count('\n') : 0;
    }
    std::string lastCall(const std::string& name) const {
        const auto lines =
            QByteArray::fromStdString(readFile(m_folder / (name + ".calls"))).trimmed().split('\n');
        return lines.last().toStdString();
    }
    fs::path operator/(const std::string& name) const { return m_folder / name; }

private:
    ScratchFolder m_folder;
    QByteArray m_path, m_bin;
};

inline fs::path newRun(const fs::path& folder, std::map<std::string, std::string> resources = {}) {
    RunRequest request;
    request.task = "denoise";
    request.network = "unet";
    request.resources = std::move(resources);
    createRun(folder, request);
    return folder;
}

inline LaunchSite rig() {
    return parseSite("rig", "kind = \"slurm\"\n[standard]\ntime = \"30\"\ngpus = 1\n", "rig.toml");
}

} // namespace embellie::test
