#include "core/base/error.h"
#include "core/base/process.h"
#include "core/launch/devices.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <pwd.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

using namespace embellie;

namespace {

const std::string fake = FAKE_NVML_FOLDER "/libnvidia-ml.so.1";

Devices readFake(int pid, int status = 0) {
    qputenv("FAKE_NVML_PID", QByteArray::number(pid));
    qputenv("FAKE_NVML_STATUS", QByteArray::number(status));
    return DeviceReader(fake).read();
}

std::string me() {
    const passwd* entry = getpwuid(getuid());
    return entry ? entry->pw_name : std::to_string(getuid());
}

} // namespace

class TestDevices : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNodeOfTwoCardsIsToldWhole() {
        const Devices devices = readFake(int(getpid()));
        QVERIFY2(devices.absence.empty(), devices.absence.english().c_str());
        QCOMPARE(devices.driver, "525.105.17");
        QCOMPARE(devices.host, hostName());
        QCOMPARE(devices.gpus.size(), std::size_t(2));
        const Gpu& first = devices.gpus[0];
        QCOMPARE(first.model, "NVIDIA GeForce RTX 2080 Ti");
        QCOMPARE(first.uuid, "GPU-0000-0");
        QCOMPARE(first.memoryTotalBytes, std::int64_t(11811160064));
        QCOMPARE(first.memoryUsedBytes, std::int64_t(3328599654));
        QCOMPARE(first.memoryFreeBytes, std::int64_t(8482560410));
        QCOMPARE(first.utilisationPercent, 87);
        QCOMPARE(first.temperatureCelsius, 64);
        QCOMPARE(devices.gpus[1].utilisationPercent, -1); // the card does not tell
        QVERIFY(devices.gpus[1].processes.empty());
    }

    void whoseProcessesIsSaidAndAProcessIsCountedOnce() {
        const Devices devices = readFake(int(getpid()));
        const auto& processes = devices.gpus[0].processes;
        QCOMPARE(processes.size(), std::size_t(2)); // ours computes and draws, but is one
        QCOMPARE(processes[0].pid, getpid());
        QCOMPARE(processes[0].user, me());
        QCOMPARE(processes[0].program, "tst_devices");
        QCOMPARE(processes[0].memoryBytes, std::int64_t(3100000000));
        QCOMPARE(processes[1].user, ""); // of another container: not seen from here
        QCOMPARE(processes[1].memoryBytes, std::int64_t(-1));
    }

    void whatARunHoldsIsTheMemoryOfItsProcesses() {
        const Devices devices = readFake(int(getpid()));
        const GpuHolding holding = heldBy(devices, {getpid(), 1});
        QCOMPARE(holding.gpus, 1);
        QCOMPARE(holding.memoryBytes, std::int64_t(3100000000));
        QCOMPARE(heldBy(devices, {1}).gpus, 0);
    }

    void noDriverIsSaidAndIsNoError() {
        const Devices none = DeviceReader("/nowhere/libnvidia-ml.so.1").read();
        QCOMPARE(none.absence.english(), "no NVIDIA driver here");
        QVERIFY(none.gpus.empty());
        QCOMPARE(readFake(0, 9).absence.english(), "no NVIDIA driver here"); // the library alone is there
        QCOMPARE(readFake(0, 18).absence.english(),
                 "the NVIDIA driver does not answer: Driver/library version mismatch");
    }

    void anAnswerTravelsAsJsonWithoutLoss() {
        const Devices devices = readFake(int(getpid()));
        const nlohmann::json sent = devicesToJson(devices);
        QCOMPARE(devicesToJson(devicesFromJson(nlohmann::json::parse(sent.dump()))), sent);
        QVERIFY(sent["gpus"][1]["utilisation_percent"].is_null());
        const Devices none =
            devicesFromJson(devicesToJson(DeviceReader("/nowhere/libnvidia-ml.so.1").read()));
        QCOMPARE(std::string(none.absence.pattern()), "no NVIDIA driver here");
        QVERIFY_EXCEPTION_THROWN(devicesFromJson(nlohmann::json::array()), Error);
    }

    void theCommandSaysItToPeopleAndPrograms() {
        ProcessRequest request;
        request.program = test::programFolder() / "embellie-cli";
        request.arguments = {"devices"};
        request.environment = {{"LD_LIBRARY_PATH", FAKE_NVML_FOLDER},
                               {"FAKE_NVML_PID", std::to_string(getpid())},
                               {"FAKE_NVML_STATUS", "0"}};
        const ProcessResult said = runProcess(request);
        QCOMPARE(said.status, 0);
        const QString lines = QString::fromStdString(said.output);
        QVERIFY2(
            lines.contains("GPU 0  NVIDIA GeForce RTX 2080 Ti  memory 3.3 of 11.8 GB used, 8.5 GB free  busy "
                           "87 %  64 °C"),
            said.output.c_str());
        QVERIFY2(lines.contains(QString::fromStdString("  " + me() + "  tst_devices (")),
                 said.output.c_str());
        request.arguments = {"devices", "--json"};
        const auto json = nlohmann::json::parse(runProcess(request).output);
        QCOMPARE(json["gpus"].size(), std::size_t(2));
        request.environment["FAKE_NVML_STATUS"] = "9";
        const auto absent = nlohmann::json::parse(runProcess(request).output);
        QCOMPARE(absent["absence"], "no NVIDIA driver here");
    }
};

QTEST_GUILESS_MAIN(TestDevices)
#include "tst_devices.moc"
