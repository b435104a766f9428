// embellie-cli convert: what it prints, as words and as JSON, and its exit statuses.

#include "core/base/file.h"
#include "core/io/convert/convert.h"
#include "tests/core/command/call.h"
#include "tests/core/io/made_volume.h"
#include "tests/support/test_support.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace embellie;
using test::Answer;
using test::call;
using namespace embellie::test;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

void writeVolume(const fs::path& path) {
    Feedback silent;
    writeOdimVolume(path, madeVolume(PlainSweeps), silent);
}

} // namespace

class TestConvertCommand : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wordsAndStatus() {
        const ScratchFolder scratch;
        writeVolume(scratch / "in.h5");
        const std::string in = (scratch / "in.h5").string(), out = (scratch / "out.nc").string();
        const Answer done = call({"convert", in, "--to", "cfradial", "--output", out});
        QCOMPARE(done.status, 0);
        QCOMPARE(done.out, out + "\n");
        QVERIFY2(done.err.find("left out of out.nc: attributes") != std::string::npos, done.err.c_str());
        QVERIFY(openSource(out)->describe().format == "CfRadial 1.4");

        const Answer refused = call({"convert", in, "--to", "netcdf", "--output", out});
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.err.find("--to odim or --to cfradial") != std::string::npos, refused.err.c_str());
        const Answer unknown = call({"convert", in, "--to", "odym", "--output", out});
        QCOMPARE(unknown.status, 2);
        QVERIFY2(unknown.err.find("perhaps odim is meant") != std::string::npos, unknown.err.c_str());
        QCOMPARE(call({"convert", in, "--to", "odim", "--output", in}).status, 2);
        QCOMPARE(call({"convert", in, "--to", "odim"}).status, 2);
        QCOMPARE(call({"convert", (scratch / "no.h5").string(), "--to", "odim", "--output", out}).status, 1);
    }

    void oneObjectOfJson() {
        const ScratchFolder scratch;
        writeVolume(scratch / "in.h5");
        writeFileAtomically(scratch / "bad.h5", "nothing");
        const std::string in = (scratch / "in.h5").string();
        const Answer done = call({"convert", "--json", in, (scratch / "bad.h5").string(), "--to", "odim",
                                  "--output", (scratch / "out").string() + "/"});
        QCOMPARE(done.status, 1); // the rest is converted all the same
        QVERIFY2(json::parse(done.err)["error"]["message"].get<std::string>().find("some inputs") == 0,
                 done.err.c_str());
        const json object = json::parse(done.out);
        QCOMPARE(object["format"].get<std::string>(), std::string("odim"));
        QCOMPARE(object["problems"].size(), std::size_t(1));
        QCOMPARE(object["outputs"].size(), std::size_t(1));
        const json& output = object["outputs"][0];
        QVERIFY(fs::exists(output["output"].get<std::string>()));
        QCOMPARE(output["inputs"], json::array({in}));
        QCOMPARE(output["arrays"][0], (json{{"id", "sweep_0/DBZH"}, {"name", "DBZH"}}));
        QCOMPARE(output["left_out"].size(), std::size_t(1));
        const Answer refused =
            call({"convert", "--json", (scratch / "bad.h5").string(), "--to", "odim", "--output", in + "x"});
        QCOMPARE(refused.status, 1);
        QVERIFY(json::parse(refused.err).contains("error") && refused.out.empty());
    }

    void aNamedInputThatCannotBeReadIsNoSuccess() {
        const ScratchFolder scratch;
        writeVolume(scratch / "in.h5");
        const std::string in = (scratch / "in.h5").string(), missing = (scratch / "no.h5").string();
        const std::string out = (scratch / "out.h5").string();
        const Answer named = call({"convert", in, missing, "--to", "odim", "--output", out});
        QCOMPARE(named.status, 1);
        QCOMPARE(named.out, out + "\n"); // what could be read is there
        QVERIFY(openSource(out)->describe().sweeps.size() == PlainSweeps.size());
        QVERIFY2(named.err.find(missing) < named.err.find("some inputs could not be converted"),
                 named.err.c_str());
        // A folder may hold anything.
        fs::create_directories(scratch / "folder");
        fs::copy_file(in, scratch / "folder/in.h5");
        writeFileAtomically(scratch / "folder/notes.txt", "nothing");
        const Answer found =
            call({"convert", (scratch / "folder").string(), "--to", "odim", "--output", out});
        QCOMPARE(found.status, 0);
        QVERIFY2(found.err.find("notes.txt") != std::string::npos, found.err.c_str());
    }

    // One that can't be read now may be mended.
    void noInputIsReplaced() {
        const ScratchFolder scratch;
        writeVolume(scratch / "in.h5");
        writeFileAtomically(scratch / "bad.h5", "nothing");
        const std::string in = (scratch / "in.h5").string(), bad = (scratch / "bad.h5").string();
        const Answer refused = call({"convert", in, bad, "--to", "odim", "--output", bad});
        QCOMPARE(refused.status, 2);
        QVERIFY2(refused.err.find("would replace an input") != std::string::npos, refused.err.c_str());
        QCOMPARE(readFile(bad), std::string("nothing"));
    }

    void helpTellsTheFormats() {
        const Answer help = call({"convert", "--help"});
        QCOMPARE(help.status, 0);
        for (const ConvertFormat& format : convertFormats())
            QVERIFY2(help.out.find(format.id + ":") != std::string::npos, help.out.c_str());
    }
};

QTEST_GUILESS_MAIN(TestConvertCommand)
#include "tst_convert_command.moc"
