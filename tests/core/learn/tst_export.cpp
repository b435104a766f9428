#include "core/learn/network_learn.h"
#include "core/learn/safetensors.h"
#include "core/learn/script.h"
#include "core/learn/train_state.h"
#include "core/learn/run_setup.h"
#include "tests/core/learn/python.h"
#include "tests/core/learn/training_runs.h"
#include "tests/support/test_support.h"

#include <QRegularExpression>
#include <QtTest>

#include <fstream>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

Settings settingsWith(const NetworkInfo& network, const std::map<std::string, std::string>& values) {
    Settings settings(network.settings);
    for (const auto& [key, value] : values)
        settings.setText(key, value);
    return settings;
}

void writeNumbers(const fs::path& file, const torch::Tensor& tensor) {
    const torch::Tensor numbers = tensor.to(torch::kFloat32).contiguous();
    std::ofstream(file, std::ios::binary)
        .write(static_cast<const char*>(numbers.data_ptr()), numbers.numel() * 4);
}

ProcessResult cli(const std::vector<std::string>& arguments) {
    ProcessRequest request;
    request.program = programFolder() / "embellie-cli";
    request.arguments = arguments;
    return runProcess(request);
}

/// A finished run of seconds, shared by the tests.
class Trained {
public:
    Trained() : run(m_folder / "first") {
        createRun(run, test::tinyRequest("denoise", {{"train.epochs", "1"},
                                                     {"train.steps", "4"},
                                                     {"denoise.validation_fields", "1"}}));
        const ProcessResult result = runProcess(test::learner("train", run));
        if (result.status != 0)
            throw std::runtime_error(result.errors);
    }

private:
    test::ScratchFolder m_folder;

public:
    fs::path run;
};

/// What a page shows as Python.
std::vector<std::string> blocksOf(const std::string& page) {
    const QRegularExpression block(QStringLiteral("```python\n(.*?)```"),
                                   QRegularExpression::DotMatchesEverythingOption);
    const QString words = QString::fromStdString(page);
    std::vector<std::string> blocks;
    for (auto each = block.globalMatch(words); each.hasNext();)
        blocks.push_back(each.next().captured(1).toStdString());
    return blocks;
}

} // namespace

class TestExport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        torch::set_num_threads(1);
        m_trained = std::make_unique<Trained>();
    }
    void cleanupTestCase() { m_trained.reset(); }

    void asTorchScriptEveryNetworkAnswersTheSame_data() {
        QTest::addColumn<QString>("network");
        QTest::addColumn<QStringList>("settings");
        for (const NetworkInfo* network : networks())
            if (network->id != "script") // has no network of its own
                QTest::addRow("%s", network->id.c_str())
                    << QString::fromStdString(network->id) << QStringList();
        QTest::newRow("unet by groups") << "unet" << QStringList{"unet.normalisation=group", "unet.width=12"};
        QTest::newRow("unet without normalisation") << "unet" << QStringList{"unet.normalisation=none"};
        QTest::newRow("unet with edges") << "unet" << QStringList{"unet.circular=false", "unet.dropout=0.3"};
        QTest::newRow("unet of one stage") << "unet" << QStringList{"unet.widths=8"};
    }
    // Written, read back and compared at sizes that need padding, with running numbers that are not the first
    // ones.
    void asTorchScriptEveryNetworkAnswersTheSame() {
        QFETCH(QString, network);
        QFETCH(QStringList, settings);
        const NetworkInfo& info = networkOf(network.toStdString());
        std::map<std::string, std::string> values;
        for (const QString& setting : settings)
            values[setting.section('=', 0, 0).toStdString()] = setting.section('=', 1).toStdString();
        torch::manual_seed(3);
        const auto module = networkLearnOf(info.id).make(settingsWith(info, values), {3, {1, 2}});
        const torch::NoGradGuard noGradients;
        module->train();
        module->forward(2 * torch::randn({2, 3, 16, 16}) + 1);
        module->eval();
        const test::ScratchFolder folder;
        module->scripted().save((folder / "model.pt").string());
        torch::jit::Module read = loadScript((folder / "model.pt").string());
        for (const auto& [rows, columns] : {std::pair(16, 24), {13, 11}}) {
            const torch::Tensor input = torch::randn({2, 3, rows, columns});
            const auto ours = module->forward(input), theirs = runScript(read, {input});
            QCOMPARE(theirs.size(), std::size_t(2));
            for (std::size_t head = 0; head < 2; ++head)
                QVERIFY(torch::allclose(ours[head], theirs[head], 1e-5, 1e-5));
        }
        std::set<std::string> names, written;
        for (const auto& parameter : module->named_parameters())
            names.insert(parameter.key());
        for (const auto& parameter : read.named_parameters())
            written.insert(parameter.name);
        QVERIFY(names == written);
    }

    // Gradients of the scripted network while it learns are those of ours: whoever takes it elsewhere may go
    // on.
    void itLearnsElsewhereAsHere() {
        torch::manual_seed(4);
        const auto module = networkLearnOf("unet").make(
            settingsWith(networkOf("unet"), {{"unet.width", "4"}, {"unet.depth", "3"}}), {2, {1}});
        const test::ScratchFolder folder;
        module->scripted().save((folder / "model.pt").string());
        torch::jit::Module read = loadScript((folder / "model.pt").string());
        module->train();
        read.train();
        const torch::Tensor input = torch::randn({2, 2, 16, 8});
        module->forward(input)[0].pow(2).sum().backward();
        runScript(read, {input})[0].pow(2).sum().backward();
        std::map<std::string, torch::Tensor> ours;
        for (const auto& parameter : module->named_parameters())
            ours[parameter.key()] = parameter.value().grad();
        // Ours keeps channels last, so that sums go in another order.
        for (const auto& parameter : read.named_parameters()) {
            const torch::Tensor& wanted = ours.at(parameter.name);
            QVERIFY2((wanted - parameter.value.grad()).norm().item<double>() <=
                         1e-5 * wanted.norm().item<double>(),
                     parameter.name.c_str());
        }
    }

    // Without our code: Python loads the file and computes; its numbers come back as bytes.
    void pythonComputesWhatWeCompute() {
        EMBELLIE_NEEDS_PYTORCH(python);
        const test::ScratchFolder folder;
        const ProcessResult exported = cli({"export", "--run", m_trained->run.string(), "--to", "torchscript",
                                            "--output", (folder / "cleaner.pt").string()});
        QVERIFY2(exported.status == 0, exported.errors.c_str());
        const RunSetup setup = readSetup(m_trained->run);
        const auto task = makeTaskLearn(*setup.task, *setup.network, setup.settings);
        setWeights(*task, readSafeTensors(RunPaths{m_trained->run}.weights()).tensors, {});
        auto* network = dynamic_cast<NetworkModule*>(task->modules().front().second.get());
        QVERIFY(network);
        network->eval();
        const torch::NoGradGuard noGradients;
        torch::manual_seed(1);
        const auto channels = static_cast<std::int64_t>(setup.task->channels(setup.settings).size());
        const torch::Tensor input = torch::randn({1, channels, 360, 130});
        writeNumbers(folder / "input", input);
        const ProcessResult ran = test::runPython(
            *python,
            "import sys, torch\n"
            "torch.set_num_threads(1)\n"
            "model = torch.jit.load('cleaner.pt').eval()\n"
            "x = torch.frombuffer(bytearray(open('input', 'rb').read()), dtype=torch.float32)\n"
            "with torch.no_grad():\n"
            "    answers = model(x.reshape(1, int(sys.argv[1]), 360, 130))\n"
            "with open('answers', 'wb') as out:\n"
            "    for answer in answers:\n"
            "        out.write(bytes(answer.contiguous().view(-1).view(torch.uint8).tolist()))\n"
            "about = {'embellie.toml': ''}\n"
            "torch.jit.load('cleaner.pt', _extra_files=about)\n"
            "print(about['embellie.toml'].decode() == open('cleaner.toml').read())\n",
            {std::to_string(channels)}, folder.path());
        QVERIFY2(ran.status == 0, ran.errors.c_str());
        QCOMPARE(ran.output, std::string("True\n"));
        std::string bytes = readFile(folder / "answers");
        std::size_t at = 0;
        for (const torch::Tensor& ours : network->forward(input)) {
            const auto size = static_cast<std::size_t>(ours.numel()) * 4;
            QVERIFY(at + size <= bytes.size());
            const torch::Tensor theirs = torch::from_blob(bytes.data() + at, ours.sizes());
            const double apart = (ours - theirs).abs().max().item<double>();
            QVERIFY2(apart <= 1e-5, qPrintable(QString::number(apart)));
            at += size;
        }
        QCOMPARE(at, bytes.size());
    }

    void theCardSaysWhatWeNeedAndItsPythonRuns() {
        const std::string card = readFile(RunPaths{m_trained->run}.card());
        for (const char* part : {"## What", "## How good", "## For what not", "## In Python", "## Data",
                                 "## Settings", "trained numbers", "| CSI |", "learning_rate"})
            QVERIFY2(card.find(part) != std::string::npos, part);
        const std::vector<std::string> blocks = blocksOf(card);
        QCOMPARE(blocks.size(), std::size_t(2));
        for (const std::string& block : blocks)
            QVERIFY(std::count(block.begin(), block.end(), '\n') <= 5);
        EMBELLIE_NEEDS_PYTORCH(python);
        const ProcessResult exported =
            cli({"export", "--run", m_trained->run.string(), "--to", "torchscript"});
        QVERIFY2(exported.status == 0, exported.errors.c_str());
        const ProcessResult ran = test::runPython(
            *python, blocks[1] + "print(tuple(probability.shape), tuple(value.shape))\n", {}, m_trained->run);
        QVERIFY2(ran.status == 0, ran.errors.c_str());
        QCOMPARE(ran.output, std::string("(1, 1, 360, 240) (1, 1, 360, 240)\n"));
    }

    // The data's own hashes, and of a long list its beginning.
    void theCardNamesTheDataByTheirHashes() {
        const test::ScratchFolder folder;
        ProcessRequest simulate;
        simulate.program = programFolder() / "embellie-cli";
        simulate.arguments = {"simulate",    "--output",   (folder / "scene").string(),
                              "--sim.times", "2",          "--sim.elevations",
                              "0.5",         "--sim.rays", "90",
                              "--sim.gates", "64",         "--sim.gate_length",
                              "2000"};
        QVERIFY(runProcess(simulate).status == 0);
        RunRequest request = test::tinyRequest(
            "denoise", {{"train.epochs", "1"}, {"train.steps", "2"}, {"denoise.validation_fields", "1"}});
        request.data["scene"] = {(folder / "scene").string()};
        createRun(folder / "run", request);
        const ProcessResult trained = runProcess(test::learner("train", folder / "run"));
        QVERIFY2(trained.status == 0, trained.errors.c_str());
        const RunPaths paths{folder / "run"};
        const std::string card = readFile(paths.card());
        QVERIFY(card.find(sha256(readFile(paths.data()))) != std::string::npos);
        Feedback silent;
        for (const auto& entry : fs::directory_iterator(folder / "scene"))
            if (entry.path().extension() == ".h5")
                QVERIFY2(card.find(sha256OfFile(entry.path(), silent)) != std::string::npos,
                         entry.path().c_str());
    }

    // The package itself, where it is; the format's description in plain Python is tested in tst_learn.
    void pythonsOwnPackageReadsOurWeights() {
        const auto python = test::pythonWith("torch, safetensors.torch");
        if (!python)
            QSKIP("needs Python with PyTorch and the package safetensors");
        const std::string card = readFile(RunPaths{m_trained->run}.card());
        const ProcessResult ran =
            test::runPython(*python, blocksOf(card)[0] + "print(sorted(weights)[0])\n", {}, m_trained->run);
        QVERIFY2(ran.status == 0, ran.errors.c_str());
        const SafeTensors ours = readSafeTensors(RunPaths{m_trained->run}.weights());
        std::int64_t count = 0;
        for (const auto& [name, tensor] : ours.tensors)
            count += tensor.numel();
        QCOMPARE(ran.output, std::to_string(count) + "\n" + ours.tensors.begin()->first + "\n");
    }

    void whatCanNotBeExportedIsRefusedInOneSentence() {
        const test::ScratchFolder folder;
        const std::string run = (folder / "empty").string();
        createRun(run, test::tinyRequest());
        for (const auto& [words, said] :
             {std::pair(std::vector<std::string>{"--to", "torchscript"}, "has no weights yet"),
              {{"--to", "onnx"}, "nothing is exported to \"onnx\""},
              {{"--to", "torchscript", "--output", "x.onnx"}, "ends with .pt"}}) {
            std::vector<std::string> arguments{"export", "--run", run};
            arguments.insert(arguments.end(), words.begin(), words.end());
            const ProcessResult refused = cli(arguments);
            QVERIFY(refused.status != 0);
            QVERIFY2(refused.errors.find(said) != std::string::npos, refused.errors.c_str());
            QCOMPARE(std::count(refused.errors.begin(), refused.errors.end(), '\n'), std::ptrdiff_t(1));
        }
    }

private:
    std::unique_ptr<Trained> m_trained;
};

QTEST_GUILESS_MAIN(TestExport)
#include "tst_export.moc"
