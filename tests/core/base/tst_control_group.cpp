#include "core/base/control_group.h"
#include "core/base/process.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <fstream>

using namespace embellie;
namespace fs = std::filesystem;

/// What the kernel's documentation says of its files.
class TestControlGroup : public QObject {
    Q_OBJECT
    test::ScratchFolder m_folder;

    fs::path root(const std::map<std::string, std::string>& files) const {
        const fs::path root = m_folder / QTest::currentTestFunction();
        for (const auto& [name, content] : files) {
            fs::create_directories((root / name).parent_path());
            std::ofstream(root / name) << content;
        }
        return root;
    }

private Q_SLOTS:
    void theLeastOfAGroupAndThoseAboveItHolds() {
        const GroupLimits limits =
            groupLimits(root({{"proc/self/cgroup", "0::/user.slice/user-7.slice/job\n"},
                              {"sys/fs/cgroup/user.slice/user-7.slice/job/memory.max", "max\n"},
                              {"sys/fs/cgroup/user.slice/user-7.slice/job/cpu.max", "max 100000\n"},
                              {"sys/fs/cgroup/user.slice/user-7.slice/memory.max", "4294967296\n"},
                              {"sys/fs/cgroup/user.slice/user-7.slice/cpu.max", "150000 100000\n"},
                              {"sys/fs/cgroup/user.slice/memory.max", "8589934592\n"}}));
        QCOMPARE(limits.memoryBytes.value_or(0), 4294967296.0);
        QCOMPARE(limits.processors.value_or(0), 1.5);
    }

    void theFirstVersionHasAFolderForEachController() {
        const GroupLimits limits = groupLimits(
            root({{"proc/self/cgroup", "5:cpuset:/\n4:memory:/slurm/job_7\n2:cpu,cpuacct:/slurm\n"},
                  {"sys/fs/cgroup/memory/slurm/job_7/memory.limit_in_bytes", "2147483648\n"},
                  {"sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n"},
                  {"sys/fs/cgroup/cpu/slurm/cpu.cfs_quota_us", "200000\n"},
                  {"sys/fs/cgroup/cpu/slurm/cpu.cfs_period_us", "100000\n"},
                  {"sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n"}}));
        QCOMPARE(limits.memoryBytes.value_or(0), 2147483648.0);
        QCOMPARE(limits.processors.value_or(0), 2.0);
    }

    // A namespace names its group from the root that it sees.
    void ofANamespaceTheMountHolds() {
        const GroupLimits limits = groupLimits(
            root({{"proc/self/cgroup", "0::/../other\n"}, {"sys/fs/cgroup/memory.max", "1073741824\n"}}));
        QCOMPARE(limits.memoryBytes.value_or(0), 1073741824.0);
        QVERIFY(!limits.processors);
    }

    void whatIsNotThereLimitsNothing() {
        const GroupLimits limits = groupLimits(m_folder / "nothing");
        QVERIFY(!limits.memoryBytes && !limits.processors);
        QVERIFY(usableMemoryBytes() > 1e8);
        QVERIFY(usableProcessors() >= 1);
    }
};

QTEST_GUILESS_MAIN(TestControlGroup)
#include "tst_control_group.moc"
