#include "core/launch/fetch.h"
#include "core/launch/relay_wire.h"
#include "core/launch/ssh_line.h"
#include "tests/core/launch/relay_rig.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <fstream>
#include <set>

using namespace embellie;
using namespace embellie::test;
using nlohmann::json;
namespace fs = std::filesystem;
using std::chrono::milliseconds;

namespace {

std::string noise(std::size_t size) {
    std::string bytes(size, '\0');
    std::uint32_t state = 12345;
    for (char& byte : bytes) {
        state = state * 1664525u + 1013904223u;
        byte = static_cast<char>(state >> 24);
    }
    return bytes;
}

void write(const fs::path& file, const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
}

} // namespace

class TestRelay : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void base64IsThatOfTheStandard() {
        // RFC 4648, section 10.
        const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                               {"f", "Zg=="},
                                                               {"fo", "Zm8="},
                                                               {"foo", "Zm9v"},
                                                               {"foob", "Zm9vYg=="},
                                                               {"fooba", "Zm9vYmE="},
                                                               {"foobar", "Zm9vYmFy"}};
        for (const auto& [bytes, text] : vectors) {
            QCOMPARE(relay::toBase64(bytes), std::string(text));
            QCOMPARE(*relay::fromBase64(text), std::string(bytes));
        }
        QCOMPARE(*relay::fromBase64(relay::toBase64(noise(1000))), noise(1000));
        QVERIFY(!relay::fromBase64("Zg="));
        QVERIFY(!relay::fromBase64("Z*=="));
    }

    void anyNameCrossesTheLine() {
        for (const std::string& name :
             {std::string("plain"), std::string("-rf \"quoted\" 'twice' $(id); \n new"),
              std::string("caf\xe9"), noise(300)}) {
            const std::string line = relay::lineOf({{"path", relay::bytesToJson(name)}});
            QCOMPARE(std::count(line.begin(), line.end(), '\n'), std::ptrdiff_t(1));
            QCOMPARE(relay::bytesFromJson(json::parse(line)["path"]), name);
        }
    }

    void aHostThatIsAnOptionIsRefused_data() {
        QTest::addColumn<QString>("host");
        QTest::newRow("dash") << "-oProxyCommand=touch x";
        QTest::newRow("space") << "hal -v";
        QTest::newRow("newline") << "hal\nx";
        QTest::newRow("empty") << "";
    }
    void aHostThatIsAnOptionIsRefused() {
        QFETCH(QString, host);
        QVERIFY_EXCEPTION_THROWN(sshRelay({.host = host.toStdString()}), Error);
    }

    void theRemoteCommandIsConstantAndLiteral() {
        const ProcessRequest plain = sshRelay({.host = "hal"});
        QCOMPARE(plain.arguments.back(), std::string("exec embellie-cli relay --stdio"));
        QCOMPARE(*(plain.arguments.end() - 2), std::string("hal"));
        QCOMPARE(*(plain.arguments.end() - 3), std::string("--"));
        const std::set<std::string> options(plain.arguments.begin(), plain.arguments.end());
        QVERIFY(options.contains("BatchMode=yes") && options.contains("ControlMaster=auto"));

        // Whatever the folder is called, a real shell takes it for one word.
        const ScratchFolder folder;
        for (const std::string name : {"it's; touch hacked", "$(touch hacked)", "two\nlines", "-n"}) {
            fs::create_directory(folder / name);
            write(folder.path() / name / "embellie-cli", "#!/bin/sh\nprintf '%s' \"$*\" > \"$0.called\"\n");
            fs::permissions(folder.path() / name / "embellie-cli", fs::perms::owner_all);
            ProcessRequest shell;
            shell.program = "/bin/sh";
            shell.arguments = {"-c", sshRelay({.host = "hal", .programs = folder / name}).arguments.back()};
            shell.workingFolder = folder.path();
            QCOMPARE(runProcess(shell).status, 0);
            QCOMPARE(readFile(folder.path() / name / "embellie-cli.called"), std::string("relay --stdio"));
        }
        QVERIFY(!fs::exists(folder / "hacked"));
    }

    void theSocketFolderIsOursAlone() {
        const ScratchFolder folder;
        const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
        qputenv("XDG_RUNTIME_DIR", folder.path().c_str());
        const fs::path socket = controlFolder();
        QVERIFY(socket.string().size() + 1 + 40 + 17 < 108);
        QCOMPARE(static_cast<int>(fs::status(socket).permissions() & fs::perms::mask), 0700);
        fs::create_directory(folder / "embellie");
        fs::permissions(folder / "embellie", fs::perms::all);
        QVERIFY_EXCEPTION_THROWN(controlFolder(), Error);
        qputenv("XDG_RUNTIME_DIR", before);
    }

    // A lock that a stopped program holds: whoever waits says for whom, and can be told to give up.
    void aLockThatIsHeldIsWaitedForAloudAndNotForEver() {
        const ScratchFolder folder;
        struct Listener : Feedback {
            explicit Listener(std::stop_token stop) : Feedback(std::move(stop)) {}
            void message(const Text& text) override { said.push_back(text.english()); }
            std::vector<std::string> said;
        };
        const fs::path file = folder / "submit.lock";
        std::optional<relay::FileLock> holder(file);
        std::stop_source stop;
        Listener listener(stop.get_token());
        std::jthread gives([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(3000));
            stop.request_stop();
        });
        QElapsedTimer since;
        since.start();
        QVERIFY_EXCEPTION_THROWN(relay::FileLock(file, &listener), Cancelled);
        QVERIFY2(since.elapsed() >= 2900 && since.elapsed() < 6000,
                 qPrintable(QString::number(since.elapsed())));
        QCOMPARE(listener.said.size(), std::size_t(1));
        QVERIFY2(listener.said[0].find(file.string()) != std::string::npos, listener.said[0].c_str());

        Listener patient({});
        std::jthread frees([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(400));
            holder.reset();
        });
        const relay::FileLock lock(file, &patient); // free again: a short wait needs no words
        QVERIFY(!holder && patient.said.empty());
    }

    void whatALoginShellPrintsDoesNoHarm() {
        const ScratchFolder folder;
        RelayClient client(
            relayBehindShell(folder / "pids", "echo Welcome; printf 'no end of line {\"id\":1}'"), "Far",
            quickTimes());
        Feedback feedback;
        QCOMPARE(client.call("stat", {{"path", folder.path().string()}}, feedback)["kind"], "folder");
        QCOMPARE(client.status().state, LineState::Connected);
        QCOMPARE(client.status().farVersion, std::string(EMBELLIE_VERSION));
        QCOMPARE(client.status().opened, 1);
    }

    void anErrorOfTheFarSideKeepsItsParts() {
        const ScratchFolder folder;
        RelayClient client(relayBehindShell(folder / "pids"), "Far", quickTimes());
        Feedback feedback;
        try {
            client.call("get", {{"path", "/no/such/file"}, {"offset", 0}, {"length", 1}}, feedback);
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(error.file(), std::string("Far:/no/such/file"));
            QVERIFY(!error.whatText().empty());
        }
        QVERIFY_EXCEPTION_THROWN(client.call("no such question", {}, feedback), Error);
        QVERIFY_EXCEPTION_THROWN(client.call("get", {}, feedback), Error); // lacks all
        QCOMPARE(client.status().opened, 1);                               // and the line holds
    }

    void whatCannotBeStartedIsSaidAtOnce() {
        ProcessRequest missing;
        missing.program = "/bin/sh";
        missing.arguments = {"-c", "echo 'sh: embellie-cli: not found' >&2; exit 127"};
        RelayClient client(missing, "Far", quickTimes());
        Feedback feedback;
        QElapsedTimer timer;
        timer.start();
        try {
            client.call("runs", {}, feedback);
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains("programs"), error.what());
        }
        QVERIFY(timer.elapsed() < 5000);
        QTRY_COMPARE(client.status().state, LineState::Refused);
        QTest::qWait(300);
        QCOMPARE(client.status().opened, 1); // not tried again by itself
    }

    void aRefusedKeyIsNotTriedAgain() {
        ProcessRequest refused;
        refused.program = "/bin/sh";
        refused.arguments = {"-c", "echo 'me@far: Permission denied (publickey).' >&2; exit 255"};
        RelayClient client(refused, "Far", quickTimes());
        QTRY_COMPARE(client.status().state, LineState::Refused);
        QTest::qWait(300);
        QCOMPARE(client.status().opened, 1);
        client.retryNow();
        QTRY_COMPARE(client.status().opened, 2);
    }

    void aCutLineIsOpenedAgainAndTheQuestionAnswered() {
        const ScratchFolder folder;
        RelayClient client(relayBehindShell(folder / "pids"), "Far", quickTimes());
        Feedback feedback;
        const json question{{"path", folder.path().string()}};
        client.call("stat", question, feedback);
        for (int i = 0; i < 3; ++i) {
            ::kill(startedRelays(folder / "pids").back(), SIGKILL);
            QCOMPARE(client.call("stat", question, feedback)["kind"], "folder");
        }
        QVERIFY(client.status().opened >= 4);
    }

    void aFrozenLineIsNoticedAndReplaced() {
        const ScratchFolder folder;
        RelayClient client(relayBehindShell(folder / "pids"), "Far", quickTimes());
        std::mutex mutex;
        std::vector<LineState> states;
        client.onChange([&](const LineStatus& status) {
            const std::lock_guard lock(mutex);
            states.push_back(status.state);
        });
        Feedback feedback;
        const json question{{"path", folder.path().string()}};
        client.call("stat", question, feedback);
        const pid_t frozen = startedRelays(folder / "pids").back();
        ::kill(frozen, SIGSTOP);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(client.call("stat", question, feedback)["kind"], "folder"); // by the next line
        QVERIFY(timer.elapsed() >= 500 && timer.elapsed() < 5000);
        QTRY_VERIFY(!processIsAlive(frozen));
        const std::lock_guard lock(mutex);
        QVERIFY(std::find(states.begin(), states.end(), LineState::Silent) != states.end());
        QVERIFY(std::find(states.begin(), states.end(), LineState::Waiting) != states.end());
    }

    void theRelayEndsWithTheLineAndLeavesNothing() {
        const ScratchFolder folder;
        Feedback feedback;
        {
            RelayClient client(relayBehindShell(folder / "pids"), "Far", quickTimes());
            client.call("stat", {{"path", "/"}}, feedback);
        }
        QVERIFY(!processIsAlive(startedRelays(folder / "pids").back())); // in peace

        ProcessRequest relay; // and where its near side died without a word
        relay.program = ownProgram();
        relay.arguments = {"--relay"};
        const PipedProcess process = startPipedProcess(relay);
        ::close(process.input);
        QTRY_VERIFY(!processIsAlive(process.pid));
        ::close(process.output);
        ::close(process.errors);
    }

    void aFileComesWholeOrNotAtAll() {
        const ScratchFolder folder;
        RelayClient client(relayBehindShell(folder / "pids"), "Far", quickTimes());
        Feedback feedback;
        const std::string content = noise(3'000'001);
        const fs::path far = folder / "far", local = folder.path() / "new" / "local";
        write(far, content);
        fetchFile(client, far.string(), local, feedback);
        QVERIFY(readFile(local) == content);
        QVERIFY(!fs::exists(local.string() + ".part"));

        // Half of it is here already, and is not brought again.
        fs::remove(local);
        write(local.string() + ".part", content.substr(0, 2'000'000));
        struct Watch : Feedback {
            double first = -1;
            void progress(double done, double) override { first = first < 0 ? done : first; }
        } watch;
        fetchFile(client, far.string(), local, watch);
        QCOMPARE(watch.first, 2'000'000.0);
        QVERIFY(readFile(local) == content);

        // What was half here belongs to another file: begun anew.
        fs::remove(local);
        write(local.string() + ".part", noise(10) + content.substr(0, 1000));
        fetchFile(client, far.string(), local, feedback);
        QVERIFY(readFile(local) == content);

        QVERIFY_EXCEPTION_THROWN(fetchFile(client, (folder / "none").string(), folder / "x", feedback),
                                 Error);
        QVERIFY(!fs::exists(folder / "x") && !fs::exists(folder / "x.part"));
    }

    void aFileThatIsCutOnItsWayGoesOn() {
        const ScratchFolder folder;
        const std::string content = noise(6'000'000);
        write(folder / "far", content);
        RelayClient client(relayBehindShell(folder / "pids"), "Far", quickTimes());
        struct Cutter : Feedback {
            fs::path pids;
            double cutAt = 2e6;
            void progress(double done, double) override {
                if (done < cutAt)
                    return;
                cutAt += 2e6;
                ::kill(startedRelays(pids).back(), SIGKILL);
            }
        } cutter;
        cutter.pids = folder / "pids";
        fetchFile(client, (folder / "far").string(), folder / "local", cutter);
        QVERIFY(readFile(folder / "local") == content);
        QVERIFY(client.status().opened >= 3);
    }

    void dataIsSentOnceByItsContent() {
        const ScratchFolder folder;
        RelayClient client(relayBehindShell(folder / "pids"), "Far", quickTimes());
        Feedback feedback;
        fs::create_directories(folder / "data" / "2023");
        write(folder / "data" / "a b;$(c)", noise(200'000));
        write(folder / "data" / "2023" / "-x", "small");
        write(folder / "data" / "empty", "");
        const std::string far = sendPath(client, folder / "data", (folder / "runs").string(), feedback);
        QCOMPARE(fs::path(far).filename().string(), std::string("data"));
        QVERIFY(readFile(far + "/a b;$(c)") == noise(200'000));
        QCOMPARE(readFile(far + "/2023/-x"), std::string("small"));
        QVERIFY(fs::exists(far + "/empty"));
        const auto time = fs::last_write_time(far + "/a b;$(c)");
        QCOMPARE(sendPath(client, folder / "data", (folder / "runs").string(), feedback), far);
        QVERIFY(fs::last_write_time(far + "/a b;$(c)") == time);
        write(folder / "data" / "empty", "no more");
        QVERIFY(sendPath(client, folder / "data", (folder / "runs").string(), feedback) != far);
        QVERIFY(readFile(far + "/empty").empty()); // a run that reads it sees what it was given
    }

    void aWrongChecksumNeverGetsTheFinalName() {
        const ScratchFolder folder;
        RelayClient client(relayBehindShell(folder / "pids"), "Far", quickTimes());
        Feedback feedback;
        const std::string path = (folder / "x").string();
        client.call("put", {{"path", path}, {"offset", 0}, {"data", relay::toBase64("half")}}, feedback);
        QVERIFY_EXCEPTION_THROWN(
            client.call("commit", {{"path", path}, {"size", 8}, {"sha256", sha256("half a f")}}, feedback),
            Error);
        QVERIFY(!fs::exists(path));
        // A piece that leaves a hole is refused.
        QVERIFY_EXCEPTION_THROWN(
            client.call("put", {{"path", path}, {"offset", 9}, {"data", relay::toBase64("x")}}, feedback),
            Error);
        client.call("put", {{"path", path}, {"offset", 0}, {"data", relay::toBase64("half")}}, feedback);
        const json commit{{"path", path}, {"size", 4}, {"sha256", sha256("half")}};
        client.call("commit", commit, feedback);
        client.call("commit", commit, feedback); // asked again after a cut
        QCOMPARE(readFile(path), std::string("half"));
    }
};

int main(int argc, char** argv) {
    if (servedAsRelay(argc, argv))
        return 0;
    QCoreApplication application(argc, argv);
    TestRelay test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_relay.moc"
