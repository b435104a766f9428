#include "core/base/file.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <csignal>
#include <fstream>
#include <set>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace embellie;
namespace fs = std::filesystem;

namespace {

std::size_t entriesOf(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

// A disk that is full after some kilobytes, as far as this process can tell.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit small{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallDisk() { ::setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

} // namespace

class TestFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // FIPS 180-4 examples and the empty message (NIST CSRC, "SHA256.pdf" and SHA256ShortMsg).
    void digestsAreThoseOfTheStandard_data() {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("digest");
        QTest::newRow("empty") << QByteArray()
                               << "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        QTest::newRow("abc") << QByteArray("abc")
                             << "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        QTest::newRow("two blocks") << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                                    << "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
        QTest::newRow("million a") << QByteArray(1'000'000, 'a')
                                   << "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    }
    void digestsAreThoseOfTheStandard() {
        QFETCH(QByteArray, message);
        QFETCH(QString, digest);
        const std::string bytes(message.constData(), static_cast<std::size_t>(message.size()));
        QCOMPARE(sha256(bytes), digest.toStdString());
        const test::ScratchFolder scratch;
        writeFileAtomically(scratch / "message", bytes);
        Feedback feedback;
        QCOMPARE(sha256OfFile(scratch / "message", feedback), digest.toStdString());
    }

    void lengthsRoundTheBlockBorderGiveDifferentDigests() {
        std::set<std::string> seen;
        for (std::size_t length = 54; length <= 66; ++length)
            seen.insert(sha256(std::string(length, 'x')));
        QCOMPARE(seen.size(), std::size_t(13));
        QCOMPARE(sha256(std::string(64, 'x')),
                 std::string("7ce100971f64e7001e8fe5a51973ecdfe1ced42befe7ee8d5fd6219506b5393c"));
    }

    void contentIsReplacedWholeAndNothingIsLeftAside() {
        const test::ScratchFolder scratch;
        const std::string old("old\0with zero", 13), fresh(300'000, 'n');
        writeFileAtomically(scratch / "state.json", old);
        QCOMPARE(readFile(scratch / "state.json"), old);
        writeFileAtomically(scratch / "state.json", fresh);
        QCOMPARE(readFile(scratch / "state.json"), fresh);
        QCOMPARE(entriesOf(scratch.path()), std::size_t(1));
    }

    void aFullDiskLeavesTheOldContentAndNothingAside() {
        const test::ScratchFolder scratch;
        writeFileAtomically(scratch / "a", std::string_view("old"));
        {
            const SmallDisk disk(4096);
            QVERIFY_EXCEPTION_THROWN(writeFileAtomically(scratch / "a", std::string(1 << 20, 'x')), Error);
        }
        QCOMPARE(readFile(scratch / "a"), std::string("old"));
        QCOMPARE(entriesOf(scratch.path()), std::size_t(1));
    }

    void aFailingWriterLeavesNothingAside() {
        const test::ScratchFolder scratch;
        writeFileAtomically(scratch / "a", std::string_view("old"));
        QVERIFY_EXCEPTION_THROWN(writeFileAtomically(scratch / "a",
                                                     [](const fs::path& aside) {
                                                         std::ofstream(aside) << "half";
                                                         throw Cancelled();
                                                     }),
                                 Cancelled);
        QVERIFY_EXCEPTION_THROWN(writeFolderAtomically(scratch / "folder",
                                                       [](const fs::path& aside) {
                                                           std::ofstream(aside / "part") << "half";
                                                           throw Cancelled();
                                                       }),
                                 Cancelled);
        QCOMPARE(readFile(scratch / "a"), std::string("old"));
        QCOMPARE(entriesOf(scratch.path()), std::size_t(1));
    }

    void aFolderAppearsComplete() {
        const test::ScratchFolder scratch;
        const fs::path target = scratch / "checkpoints";
        writeFolderAtomically(target, [&](const fs::path& aside) {
            std::ofstream(aside / "weights") << "w";
            QVERIFY(!fs::exists(target));
        });
        QCOMPARE(readFile(target / "weights"), std::string("w"));
        QVERIFY_EXCEPTION_THROWN(writeFolderAtomically(target, [](const fs::path&) {}), Error);
        QCOMPARE(entriesOf(scratch.path()), std::size_t(1));
        QCOMPARE(readFile(target / "weights"), std::string("w"));
    }

    void whatCannotBeReadIsToldInOneSentence() {
        const test::ScratchFolder scratch;
        for (const fs::path& path : {scratch / "missing", scratch.path()})
            try {
                readFile(path);
                QFAIL("an Error was expected");
            } catch (const Error& error) {
                QCOMPARE(error.file(), path.string());
                QVERIFY(!error.foundText().empty());
            }
    }

    void aMissingPermissionIsTold() {
        if (::geteuid() == 0)
            QSKIP("the superuser may write everywhere");
        const test::ScratchFolder scratch;
        ::chmod(scratch.path().c_str(), 0500);
        try {
            writeFileAtomically(scratch / "a", std::string_view("x"));
            QFAIL("an Error was expected");
        } catch (const Error& error) {
            QVERIFY(std::string(error.what()).find("permission") != std::string::npos);
        }
        ::chmod(scratch.path().c_str(), 0700);
    }

    void hashingStopsWhenAsked() {
        const test::ScratchFolder scratch;
        writeFileAtomically(scratch / "a", std::string(1 << 22, 'x'));
        std::stop_source stop;
        stop.request_stop();
        Feedback feedback(stop.get_token());
        QVERIFY_EXCEPTION_THROWN(sha256OfFile(scratch / "a", feedback), Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestFile)
#include "tst_file.moc"
