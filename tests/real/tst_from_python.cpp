#include "core/base/file.h"
#include "tests/support/rig.h"

#include <QRegularExpression>
#include <QtTest>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

// What the lines of the page are held against: one array by three ways, and the trainer's own last words.
const char* const Truth = R"python(
import numpy, xarray, torch, json
assert cleaned.shape == dbzh.shape
assert (numpy.isnan(cleaned.values) == numpy.isnan(dbzh)).all()
assert numpy.nanmax(numpy.abs(cleaned.values - dbzh)) < 1e-4
assert (removed.values == (why == 3)).all()
assert numpy.array_equal(volume.DBZH[lowest].values, dbzh, equal_nan=True)
assert (volume.DBZH_rejected[lowest].values == 1).sum() == (why == 3).sum()
assert 0 < (why == 0).sum() < why.size
assert 0 <= float(probability.min()) and float(probability.max()) <= 1
state = json.load(open("runs/first/state.json"))
assert len(epochs) == state["epochs"] == 2 and max(csi) == state["best_scores"]["csi"]
total = sum(tensor.numel() for name, tensor in tensors.items() if tensor.dtype == torch.float32 and "running" not in name)
assert f"{total} trained numbers" in open("runs/first/card.md").read()
assert answer.shape == (1, first.shape[0], 8, 8)
)python";

} // namespace

class TestFromPython : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLinesOfThePageReadWhatWeWrite() {
        const test::ScratchFolder folder;
        const test::Person person(folder.path());
        ProcessRequest python = person.request("", {});
        python.arguments.back() = "python3"; // in the place of our program
        const auto run = [&](const std::string& script) {
            ProcessRequest request = python;
            request.arguments.insert(request.arguments.end(), {"-c", script});
            return runProcess(request);
        };
        if (run("import numpy, xarray, netCDF4, torch").status != 0)
            QSKIP("needs Python with NumPy, xarray, netCDF4 and PyTorch (packaging/test --all)");

        const fs::path scene = person.makeScene();
        const ProcessResult trained = person.cli(test::smallTraining(scene, person.runs() / "first"));
        QVERIFY2(trained.status == 0, trained.errors.c_str());
        const fs::path volume = fs::directory_iterator(scene)->path();
        const ProcessResult predicted =
            person.cli({"predict", "--run", "runs/first", volume.string(), "--output", "cleaned"});
        QVERIFY2(predicted.status == 0, predicted.errors.c_str());
        fs::rename(person.home() / "cleaned" / volume.filename(), person.home() / "cleaned/volume.h5");

        const QString page = QString::fromStdString(readFile(test::sourceFolder() / "docs/from-python.md"));
        const QRegularExpression block(QStringLiteral("```python\n(.*?)```"),
                                       QRegularExpression::DotMatchesEverythingOption);
        std::string script = "import os\nos.environ['PATH'] = '" + test::programFolder().string() +
                             ":' + os.environ['PATH']\n";
        int blocks = 0;
        for (auto each = block.globalMatch(page); each.hasNext(); ++blocks)
            script += each.next().captured(1).toStdString();
        QCOMPARE(blocks, 5);
        const ProcessResult read = run(script + Truth);
        QVERIFY2(read.status == 0, read.errors.c_str());
    }
};

QTEST_GUILESS_MAIN(TestFromPython)
#include "tst_from_python.moc"
