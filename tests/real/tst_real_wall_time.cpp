#include "core/run/launch_record.h"
#include "tests/real/seen.h"

#include <QtTest>

#include <memory>

using namespace embellie;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

/// EMBELLIE_LONG_TESTS=1: as often as the project promises; else as often as there is time for.
bool isLong() {
    return qEnvironmentVariableIntValue("EMBELLIE_LONG_TESTS") != 0;
}

} // namespace

/// A run that is longer than its jobs.
class TestWallTime : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        EMBELLIE_NEEDS_SLURM();
        m_slurm = std::make_unique<test::SlurmRig>(test::SlurmRig::Options{});
        m_person = std::make_unique<test::Person>(m_folder / "home", m_slurm->variables());
        m_person->addSite("rig", test::slurmSite());
        m_scene = m_person->makeScene();
    }

    void warningsCostNoStep() {
        const int cycles = isLong() ? 50 : 4;
        const fs::path run = submit("warned", 5000, {"--max-requeues", "60"});
        QVERIFY(!run.empty());
        const std::string job = readLaunchRecord(run)->job;
        for (int cycle = 1; cycle <= cycles; ++cycle) {
            // It goes on from where it was and gets somewhere before the next warning.
            const std::size_t epochs = test::look(run).events.size() + 2;
            QVERIFY(test::becomes(
                [&] {
                    const test::Seen seen = test::look(run);
                    return seen.status == RunStatus::Running && seen.state.attempt == cycle &&
                           seen.events.size() >= epochs;
                },
                60s));
            m_slurm->ask("scancel", {"--batch", "--signal=USR1", job});
            QVERIFY(
                test::becomes([&] { return m_slurm->field(job, "Restarts") == std::to_string(cycle); }, 30s));
        }
        QVERIFY(test::becomes([&] { return test::look(run).state.attempt == cycles + 1; }, 60s));
        QVERIFY(test::becomes([&] { return test::look(run).count("resumed") == cycles; }, 20s));
        QVERIFY(m_person->cli({"stop", run.string()}).status == 0);
        QVERIFY(test::comesTo(run, RunStatus::Finished, 30s));
        QCOMPARE(test::lostSteps(run), std::vector<std::int64_t>(cycles, 0));
        std::int64_t epoch = 0;
        for (const RunEvent& event : test::look(run).events)
            if (event.kind == "epoch")
                QCOMPARE(event.epoch, ++epoch);
    }

    void theEndOfTheWallTimeIsNoEndOfTheRun() {
        const int cycles = isLong() ? 3 : 1;
        const fs::path run = submit("timed", 5000, {"--time", "1"});
        QVERIFY(!run.empty());
        const std::string job = readLaunchRecord(run)->job;
        QVERIFY(test::becomes([&] { return m_slurm->field(job, "Restarts") == std::to_string(cycles); },
                              cycles * 120s));
        QVERIFY(test::becomes([&] { return test::look(run).state.attempt == cycles + 1; }, 60s));
        QVERIFY(
            test::becomes([&] { return test::lostSteps(run) == std::vector<std::int64_t>(cycles, 0); }, 20s));
        QVERIFY(m_person->cli({"stop", run.string(), "--discard"}).status == 0);
        QVERIFY(test::comesTo(run, RunStatus::Cancelled, 30s));
        QVERIFY(test::becomes([&] { return m_slurm->jobs().empty(); }, 20s));
    }

private:
    fs::path submit(const std::string& name, int epochs, std::vector<std::string> more) {
        const fs::path run = m_person->runs() / name;
        std::vector<std::string> words = test::smallTraining(m_scene, run, epochs, 10);
        // A checkpoint only where one is asked for: by the warning.
        words.insert(words.end(), {"--site", "rig", "--detach", "--train.checkpoint_minutes", "1000"});
        words.insert(words.end(), more.begin(), more.end());
        const ProcessResult sent = m_person->cli(words);
        if (sent.status == 0)
            return run;
        qWarning("%s", sent.errors.c_str());
        return {};
    }

    test::ScratchFolder m_folder;
    std::unique_ptr<test::SlurmRig> m_slurm;
    std::unique_ptr<test::Person> m_person;
    fs::path m_scene;
};

QTEST_GUILESS_MAIN(TestWallTime)
#include "tst_real_wall_time.moc"
