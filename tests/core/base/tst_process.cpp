#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/process.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <csignal>
#include <fcntl.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace embellie;
using std::chrono::milliseconds;

namespace {

ProcessRequest shell(const std::string& script) {
    ProcessRequest request;
    request.program = "/bin/sh";
    request.arguments = {"-c", script};
    return request;
}

} // namespace

class TestProcess : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bothStreamsAndTheStatusAreCaptured() {
        const ProcessResult result = runProcess(shell("echo out; echo err >&2; exit 3"));
        QCOMPARE(result.status, 3);
        QCOMPARE(result.output, std::string("out\n"));
        QCOMPARE(result.errors, std::string("err\n"));
        QVERIFY(!result.timedOut);
    }

    void moreThanAPipeHoldsDoesNotHang() {
        const ProcessResult result =
            runProcess(shell("head -c 3000000 /dev/zero; head -c 2000000 /dev/zero >&2"));
        QCOMPARE(result.output.size(), std::size_t(3'000'000));
        QCOMPARE(result.errors.size(), std::size_t(2'000'000));
    }

    void argumentsAndVariablesArriveAsTheyAre() {
        ProcessRequest request = shell("printf '%s|' \"$0\" \"$1\" \"$TRICKY\"; pwd");
        request.arguments.insert(request.arguments.end(), {"a b", "$(c) 'd'"});
        request.environment["TRICKY"] = "x=y z";
        request.workingFolder = "/";
        QCOMPARE(runProcess(request).output, std::string("a b|$(c) 'd'|x=y z|/\n"));
    }

    void aFolderThatIsMissingIsAnError() {
        ProcessRequest request = shell("pwd");
        request.workingFolder = "/nonexistent";
        QVERIFY_EXCEPTION_THROWN(runProcess(request), Error);
    }

    void aBrokenPipeEndsAProgramWhateverWeDo() {
        const auto before = ::signal(SIGPIPE, SIG_IGN);
        const ProcessResult result = runProcess(shell("kill -PIPE $$; echo deaf"));
        ::signal(SIGPIPE, before);
        QCOMPARE(result.status, 128 + SIGPIPE);
    }

    // Some that start us (Perl's $SIG{CHLD}, daemons) ignore how children end, and so would we.
    void whatCantBeWaitedForIsNoSuccess() {
        const auto before = ::signal(SIGCHLD, SIG_IGN);
        const ProcessResult result = runProcess(shell("sh -c 'exit 3'; echo $?"));
        ::signal(SIGCHLD, before);
        QVERIFY(result.status != 0);
        QCOMPARE(result.output, std::string("3\n"));
    }

    void filesOfOursAreNotInherited() {
        const int file = ::open("/dev/null", O_RDONLY); // as HDF5 opens: without O_CLOEXEC
        QVERIFY(file > 2);
        const std::string script = "test -e /proc/self/fd/" + std::to_string(file) + " && echo inherited";
        QCOMPARE(runProcess(shell(script)).output, std::string());
        ::close(file);
    }

    void aSignalIsPartOfTheStatus() { QCOMPARE(runProcess(shell("kill -TERM $$")).status, 128 + SIGTERM); }

    void whatTakesTooLongIsKilledWithItsChildren() {
        const test::ScratchFolder scratch;
        ProcessRequest request = shell("sleep 30 & echo $! > child; wait");
        request.workingFolder = scratch.path();
        const auto begin = std::chrono::steady_clock::now();
        const ProcessResult result = runProcess(request, milliseconds(500));
        QVERIFY(result.timedOut);
        QCOMPARE(result.status, 128 + SIGKILL);
        QVERIFY(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
        const pid_t child = std::stoi(readFile(scratch / "child"));
        QTRY_VERIFY(!processIsAlive(child));
    }

    void aMissingProgramIsAnErrorWithItsName() {
        ProcessRequest request;
        request.program = "/nowhere/embellie-learn";
        try {
            runProcess(request);
            QFAIL("an Error was expected");
        } catch (const Error& error) {
            QCOMPARE(error.file(), std::string("/nowhere/embellie-learn"));
        }
        QVERIFY_EXCEPTION_THROWN(startProcess(request), Error);
    }

    void aStartedProcessHasItsOwnSessionAndItsLog() {
        const test::ScratchFolder scratch;
        ProcessRequest request = shell("echo told; exec sleep 30");
        request.log = scratch / "log.txt";
        const pid_t pid = startProcess(request);
        QTRY_COMPARE(readFile(scratch / "log.txt"), std::string("told\n"));
        QCOMPARE(::getsid(pid), pid);
        QVERIFY(processIsAlive(pid));
        const auto ticks = processStartTicks(pid);
        QVERIFY(ticks > 0 && ticks >= processStartTicks(::getpid()));
        ::kill(pid, SIGKILL);
        QTRY_VERIFY(!processIsAlive(pid)); // a zombie by then, since nobody has waited for it
        ::waitpid(pid, nullptr, 0);
        QCOMPARE(processStartTicks(pid), 0ull);
    }

    void theHostHasAName() { QVERIFY(!hostName().empty()); }

    // The last one, for the handler stays: PROJ's waits for a lock that another thread may hold, and the
    // window stood still for ever.
    void handlersOfLibrariesAtAForkAreNotRun() {
        QCOMPARE(pthread_atfork(nullptr, nullptr, [] { _exit(99); }), 0);
        QCOMPARE(runProcess(shell("exit 3")).status, 3);
    }
};

QTEST_GUILESS_MAIN(TestProcess)
#include "tst_process.moc"
