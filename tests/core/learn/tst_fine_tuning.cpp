#include "core/run/start_weights.h"
#include "tests/core/learn/training_runs.h"

#include <QtTest>

using namespace embellie;
namespace fs = std::filesystem;

using test::followed;
using test::learner;
using test::tinyRequest;

/// Trainings that begin with the weights of another one.
class TestFineTuning : public QObject {
    Q_OBJECT
    test::ScratchFolder m_folder;
    fs::path m_first;

    fs::path newRun(const std::string& name, const std::string& start,
                    const std::map<std::string, std::string>& settings = {}) {
        RunRequest request = tinyRequest("denoise", settings);
        startFrom(request, start);
        createRun(m_folder / name, request);
        return m_folder / name;
    }
    static double firstLoss(const fs::path& run) {
        const RunReader reader = followed(run);
        for (const RunEvent& event : reader.events())
            if (event.kind == "step")
                return event.values.at("loss");
        return -1;
    }

private Q_SLOTS:
    void initTestCase() {
        m_first = newRun("first", "");
        const ProcessResult result = runProcess(learner("train", m_first));
        QVERIFY2(result.status == 0, result.errors.c_str());
    }

    void itBeginsWhereTheOtherOneEnded() {
        const std::map<std::string, std::string> still{
            {"train.epochs", "1"}, {"train.steps", "1"}, {"train.learning_rate", "1e-7"}};
        const fs::path fresh = newRun("fresh", "", still), from = newRun("from", m_first.string(), still);
        for (const fs::path& run : {fresh, from}) {
            const ProcessResult result = runProcess(learner("train", run));
            QVERIFY2(result.status == 0, result.errors.c_str());
        }
        QVERIFY2(firstLoss(from) < 0.7 * firstLoss(fresh),
                 qPrintable(QString("%1, from random ones %2").arg(firstLoss(from)).arg(firstLoss(fresh))));
        const double reached = followed(m_first).state()->bestScores.at("csi"),
                     kept = followed(from).state()->bestScores.at("csi");
        QVERIFY2(std::abs(kept - reached) < 0.01,
                 qPrintable(QString("%1 instead of %2").arg(kept).arg(reached)));
    }

    void weightsOfAnotherNetworkAreRefusedWithASentence() {
        const fs::path run = newRun("wider", m_first.string(), {{"unet.width", "6"}});
        const ProcessResult result = runProcess(learner("train", run));
        QVERIFY(result.status != 0);
        const std::string reason = followed(run).state()->reason;
        QVERIFY2(reason.find("do not belong to this network") != std::string::npos, reason.c_str());
        QVERIFY2(reason.find("first/weights.safetensors") != std::string::npos, reason.c_str());
    }

    void aRunWithoutWeightsIsNoBeginning() {
        const fs::path empty = newRun("empty", "");
        RunRequest request = tinyRequest();
        QVERIFY_EXCEPTION_THROWN(startFrom(request, empty.string()), Error);
    }
};

QTEST_APPLESS_MAIN(TestFineTuning)
#include "tst_fine_tuning.moc"
