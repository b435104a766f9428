#include "core/base/file.h"
#include "tests/support/rig.h"

#include <QtTest>

using namespace embellie;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

/// The rigs are what they are said to be: without that the other tests of this folder would show nothing.
class TestRig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        EMBELLIE_NEEDS_SLURM();
        EMBELLIE_NEEDS_SSHD();
    }

    void aFarSlurmGivesAGpuAndSharesNoDiskAndLeavesNothing() {
        const test::ScratchFolder laptop;
        const bool hides = test::canHideFolders();
        writeFileAtomically(laptop / "mine", "x");
        std::vector<pid_t> started;
        {
            test::SlurmRig slurm({.hidden = hides ? laptop.path() : fs::path()});
            test::SshdRig far(slurm.variables(), hides ? laptop.path() : fs::path());
            const auto ask = [&](const std::string& command) {
                ProcessRequest ssh;
                ssh.program = "/usr/bin/ssh";
                ssh.arguments = {"-F", far.config().string(), "-o", "BatchMode=yes", "far", command};
                return runProcess(ssh, 30s);
            };
            QCOMPARE(ask("pwd; echo $HOME").output, far.home().string() + "\n" + far.home().string() + "\n");
            QCOMPARE(ask("exit 7").status, 7);
            const ProcessResult sent = ask(
                "sbatch --parsable --gres=gpu:1 -o out.txt --wrap 'echo $CUDA_VISIBLE_DEVICES $HOME; ls " +
                laptop.path().string() + "; setsid sleep 1000 & sleep 1000'");
            QVERIFY2(sent.status == 0, sent.errors.c_str());
            const std::string job = sent.output.substr(0, sent.output.find('\n'));
            QVERIFY(test::becomes([&] { return slurm.left().size() >= 3; }, 10s));
            QCOMPARE(slurm.state(job), std::string("RUNNING"));
            const std::string seen = readFile(far.home() / "out.txt");
            QCOMPARE(seen, "0 " + far.home().string() + (hides ? "\n" : "\nmine\n"));
            QCOMPARE(far.logins(), 3);
            QVERIFY(test::becomes([&] { return far.left().empty() && far.connections().empty(); }, 5s));
            started = slurm.left();
            // It listens on this machine's own address alone.
            int listening = 0;
            for (const pid_t process : test::processesWith("SLURM_CONF", slurm.variables().at("SLURM_CONF")))
                for (const std::string& address : test::listensOn(process)) {
                    QVERIFY2(address.starts_with("0100007F:"), address.c_str());
                    ++listening;
                }
            QVERIFY(listening >= 2);
        }
        for (const pid_t process : started)
            QVERIFY2(!processIsAlive(process), "a job outlived its Slurm");
    }
};

QTEST_GUILESS_MAIN(TestRig)
#include "tst_real_rig.moc"
