#include "core/base/file.h"
#include "core/run/run_directory.h"
#include "core/run/shipped_model.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <cstdlib>
#include <iostream>
#include <sys/wait.h>
#include <unistd.h>

using namespace embellie;
namespace fs = std::filesystem;

/// Models that come with the program, in a resources folder of the test's own.
class TestShippedModel : public QObject {
    Q_OBJECT
    test::ScratchFolder m_folder;

private Q_SLOTS:
    void initTestCase() {
        const fs::path model = m_folder / "resources/models/denoise";
        RunRequest request;
        request.task = "denoise";
        request.network = "unet";
        request.created = now();
        fs::create_directories(model.parent_path());
        createRun(model, request);
        writeFileAtomically(model / "weights.safetensors", "the weights");
        ::setenv("EMBELLIE_RESOURCES", (m_folder / "resources").c_str(), 1);
        ::setenv("XDG_CACHE_HOME", (m_folder / "cache").c_str(), 1);
    }

    void itIsFoundByItsTask() {
        QCOMPARE(shippedModels().size(), std::size_t(1));
        QCOMPARE(shippedModel("denoise")->filename().string(), std::string("denoise"));
        QVERIFY(!shippedModel("nowcast"));
    }

    void itIsUsedFromACopyAndStaysUntouched() {
        const fs::path model = *shippedModel("denoise"), copy = usableRun(model);
        QVERIFY(copy.string().starts_with((m_folder / "cache").string()));
        QCOMPARE(readFile(copy / "weights.safetensors"), std::string("the weights"));
        writeFileAtomically(copy / "predictions" / "mark", "mine");
        QVERIFY(usableRun(model) == copy); // not copied again
        QVERIFY(fs::exists(copy / "predictions" / "mark"));
        QVERIFY(!fs::exists(model / "predictions" / "mark"));
        QVERIFY(usableRun(copy) == copy);
    }

    void anotherVersionsModelHasItsOwnCopy() {
        const fs::path model = *shippedModel("denoise"), before = usableRun(model);
        writeFileAtomically(model / "weights.safetensors", "better weights");
        const fs::path after = usableRun(model);
        QVERIFY(after != before);
        QCOMPARE(readFile(after / "weights.safetensors"), std::string("better weights"));
        QCOMPARE(readFile(before / "weights.safetensors"), std::string("the weights"));
    }

    void anyOtherRunIsUsedAsItIs() {
        const fs::path own = m_folder / "runs/1";
        QVERIFY(usableRun(own) == own);
    }

    void aRunOfOthersIsUsedFromACopy() {
        const fs::path theirs = m_folder / "theirs/run", cache = m_folder / "our cache";
        RunRequest request;
        request.task = "denoise";
        request.network = "unet";
        request.created = now();
        fs::create_directories(theirs.parent_path());
        createRun(theirs, request);
        writeFileAtomically(theirs / "weights.safetensors", "their weights");
        writeFileAtomically(theirs / "checkpoints/large", "not needed");
        fs::create_directory(cache);
        fs::permissions(cache, fs::perms::all);
        const auto noWriting = fs::perms(0555);
        for (const fs::path& folder : {theirs, theirs / "predictions"})
            fs::permissions(folder, noWriting);
        fs::permissions(m_folder.path(), fs::perms(0755));
        const pid_t pid = ::fork();
        if (pid == 0) { // the superuser may write everywhere: as nobody
            ::setenv("XDG_CACHE_HOME", cache.c_str(), 1);
            if (::geteuid() == 0 && ::setuid(65534) != 0)
                ::_exit(2);
            try {
                const fs::path copy = usableRun(theirs);
                const bool isRight = copy.parent_path() == cache / "embellie/models" &&
                                     readFile(copy / "weights.safetensors") == "their weights" &&
                                     fs::exists(copy / "predictions") &&
                                     !fs::exists(copy / "checkpoints/large") && usableRun(copy) == copy;
                ::_exit(isRight ? 0 : 3);
            } catch (const std::exception& error) {
                std::cerr << error.what() << std::endl;
                ::_exit(4);
            }
        }
        int status = 0;
        ::waitpid(pid, &status, 0);
        for (const fs::path& folder : {theirs, theirs / "predictions"})
            fs::permissions(folder, fs::perms(0755));
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
    }

    // Without a home the copy lies where everybody may make folders: only in one of our own.
    void withoutAHomeOnlyAFolderOfOurOwnIsBelieved() {
        const QByteArray home = qgetenv("HOME"), temporary = qgetenv("TMPDIR");
        const fs::path shared = m_folder / "tmp", model = *shippedModel("denoise");
        fs::create_directory(shared);
        qunsetenv("XDG_CACHE_HOME");
        qputenv("TMPDIR", shared.c_str());
        for (const char* none : {"", "not/absolute"}) {
            qputenv("HOME", none);
            const fs::path copy = usableRun(model);
            QVERIFY2(copy.string().starts_with(shared.string() + "/"), copy.c_str());
        }
        qunsetenv("HOME");
        const fs::path copy = usableRun(model);
        const fs::path own = shared / *copy.lexically_relative(shared).begin();
        QCOMPARE(static_cast<int>(fs::status(own).permissions() & fs::perms::mask), 0700);
        const auto refused = [&] {
            try {
                usableRun(model);
            } catch (const Error& error) {
                return QString(error.what()).contains("XDG_CACHE_HOME");
            }
            return false;
        };
        fs::permissions(own, fs::perms::all); // somebody made it before us, weights and all
        QVERIFY(refused());
        fs::rename(own, shared / "theirs");
        fs::permissions(shared / "theirs", fs::perms::owner_all);
        fs::create_directory_symlink(shared / "theirs", own);
        QVERIFY(refused());
        qputenv("TMPDIR", (m_folder / "missing").c_str());
        QVERIFY(refused());
        qputenv("HOME", home);
        temporary.isNull() ? qunsetenv("TMPDIR") : qputenv("TMPDIR", temporary);
        qputenv("XDG_CACHE_HOME", (m_folder / "cache").c_str());
    }

    void aCacheThatCannotBeWrittenIsNamed() {
        writeFileAtomically(m_folder / "file", "");
        ::setenv("XDG_CACHE_HOME", (m_folder / "file").c_str(), 1);
        const fs::path model = *shippedModel("denoise");
        try {
            usableRun(model);
            QFAIL("a file is no folder");
        } catch (const Error& error) {
            QVERIFY2(std::string(error.what()).find("XDG_CACHE_HOME") != std::string::npos, error.what());
        }
        ::setenv("XDG_CACHE_HOME", (m_folder / "cache").c_str(), 1);
    }
};

QTEST_APPLESS_MAIN(TestShippedModel)
#include "tst_shipped_model.moc"
