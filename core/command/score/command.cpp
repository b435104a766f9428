#include "core/command/command.h"
#include "core/command/json_text.h"
#include "core/command/score/pairs.h"
#include "core/score/verification.h"
#include "core/map/same_cells.h"

#include <cmath>
#include <set>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace embellie {

namespace {

struct ScoreOptions {
    std::vector<std::string> references, candidates;
    std::string referenceArray = "DBZH", candidateArray, rawArray;
    std::vector<double> thresholds{0};
    std::string removed = "no-rain";
};

struct Scored {
    Verification scores;
    std::set<std::filesystem::path> files; // candidates that had a partner
};

FieldPtr readField(const ScoredArray& array, Feedback& feedback) {
    return std::make_shared<const Field>(openSource(array.file)->read(array.id, {}, feedback));
}

Scored scoreAll(const ScoreOptions& options, CommandContext& context) {
    Feedback& feedback = context.feedback;
    const std::string candidateArray =
        options.candidateArray.empty() ? options.referenceArray : options.candidateArray;
    const Partners references(findArrays(options.references, options.referenceArray, feedback));
    const auto candidates = findArrays(options.candidates, candidateArray, feedback);
    // What the candidate was made from lies beside it, or beside the reference.
    std::vector<ScoredArray> found;
    if (!options.rawArray.empty()) {
        try {
            found = findArrays(options.candidates, options.rawArray, feedback);
        } catch (const Error&) {
            found = findArrays(options.references, options.rawArray, feedback);
        }
    }
    const Partners raws(std::move(found));

    VerificationRule rule;
    rule.thresholds = options.thresholds;
    rule.removed = options.removed == "ignore" ? RemovedMeans::Ignored : RemovedMeans::NoRain;
    Scored result;
    std::size_t alone = 0;
    std::set<const ScoredArray*> used;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        feedback.progress(static_cast<double>(i), static_cast<double>(candidates.size()));
        feedback.throwIfCancelled();
        const ScoredArray* reference = references.of(candidates[i]);
        if (!reference) {
            ++alone;
            continue;
        }
        used.insert(reference);
        const FieldPtr truth = readField(*reference, feedback);
        // Cell by cell the same places: files begin with any ray, and go either way round.
        const auto onItsCells = [&](const ScoredArray& array) {
            FieldPtr field = readField(array, feedback);
            if (truth->sweep())
                field = onCellsOf(*truth->sweep(), std::move(field));
            if (!field)
                throw Error(text(EMBELLIE_TR("score", "the rays lie elsewhere than those of the reference")))
                    .in(array.file, array.id)
                    .expected(text(EMBELLIE_TR("score", "the azimuths of {0}"), reference->file.string()));
            return field;
        };
        FieldPtr raw;
        if (!options.rawArray.empty()) {
            const ScoredArray* made = raws.of(candidates[i]);
            if (!made)
                throw Error(text(EMBELLIE_TR("score", "there are no raw echoes \"{0}\" for this sweep"),
                                 options.rawArray))
                    .in(candidates[i].file, candidates[i].id);
            raw = onItsCells(*made);
        }
        result.scores += verify(*truth, *onItsCells(candidates[i]), raw.get(), rule);
        result.files.insert(candidates[i].file);
    }
    if (result.scores.fields == 0)
        throw Error(text(EMBELLIE_TR("score", "no candidate has a reference")))
            .expected(text(EMBELLIE_TR(
                "score", "the same site, time, elevation and gates (number, length, beginning) in both")))
            .remedy(text(EMBELLIE_TR("score", "compare what embellie-cli info says of the files")));
    if (alone > 0)
        feedback.message(
            alone == 1 ? text(EMBELLIE_TR("score", "one array has no reference and does not count"))
                       : text(EMBELLIE_TR("score", "{0} arrays have no reference and do not count"), alone));
    if (const std::size_t idle = references.size() - used.size(); idle > 0)
        feedback.message(
            idle == 1 ? text(EMBELLIE_TR("score",
                                         "one array of the references has no candidate and does not count"))
                      : text(EMBELLIE_TR("score",
                                         "{0} arrays of the references have no candidate and do not count"),
                             idle));
    return result;
}

std::string column(double value, int decimals) {
    std::string written = std::isnan(value) ? "-" : numberText(value, decimals);
    return std::string(written.size() < 9 ? 9 - written.size() : 1, ' ') + written;
}

std::string column(std::uint64_t count) {
    const std::string written = std::to_string(count);
    return std::string(written.size() < 11 ? 11 - written.size() : 1, ' ') + written;
}

void printRow(std::ostream& out, const std::string& name, double threshold, const Contingency& table) {
    out << name << column(threshold, 1) << column(table.pod(), 3) << column(table.far(), 3)
        << column(table.csi(), 3) << column(table.hss(), 3) << column(table.frequencyBias(), 3)
        << column(table.hits) << column(table.misses) << column(table.falseAlarms)
        << column(table.correctNegatives) << '\n';
}

void printTable(std::ostream& out, const Scored& result) {
    out << "         threshold     POD      FAR      CSI      HSS     bias       hits     misses      false  "
           " negatives\n";
    for (const ThresholdScore& score : result.scores.thresholds) {
        if (score.raw)
            printRow(out, "raw      ", score.threshold, *score.raw);
        printRow(out, "candidate", score.threshold, score.candidate);
    }
    const auto errors = [&](const char* name, const ErrorSums& error) {
        out << name << ": bias " << numberText(error.bias(), 2) << " dB, RMSE " << numberText(error.rmse(), 2)
            << " dB over " << error.count << " cells where both have a value\n";
    };
    if (result.scores.rawError)
        errors("raw", *result.scores.rawError);
    errors("candidate", result.scores.error);
    for (const ThresholdScore& score : result.scores.thresholds)
        out << "at " << numberText(score.threshold) << ": " << inWords(score).english() << '\n';
    const auto counted = [](std::size_t count, const std::string& thing) {
        return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
    };
    out << counted(result.scores.cells, "cell") << " of " << counted(result.scores.fields, "sweep") << " in "
        << counted(result.files.size(), "file") << '\n';
}

int score(const ScoreOptions& options, CommandContext& context) {
    const Scored result = scoreAll(options, context);
    if (context.json) {
        nlohmann::json object = toJson(result.scores);
        object["files"] = result.files.size();
        context.out << jsonText(object) << '\n';
    } else {
        printTable(context.out, result);
    }
    return 0;
}

} // namespace

const Command& command_score() {
    static const Command command{
        "score",
        EMBELLIE_TR("command", "Compares cleaned fields with a reference: POD, FAR, CSI, HSS, bias, errors"),
        [](CLI::App& app) -> std::function<int(CommandContext&)> {
            auto options = std::make_shared<ScoreOptions>();
            app.add_option("--reference", options->references, "Files with the truth")
                ->required()
                ->type_name("FILE");
            app.add_option("--reference-array", options->referenceArray,
                           "Its array: sweep_0/DBZH, or DBZH for all sweeps [DBZH]")
                ->type_name("ID");
            app.add_option("--candidate", options->candidates,
                           "Files to judge; paired by site, time and sweep")
                ->required()
                ->type_name("FILE");
            app.add_option("--candidate-array", options->candidateArray,
                           "Their array [that of the reference]")
                ->type_name("ID");
            app.add_option("--raw-array", options->rawArray,
                           "Raw echoes, beside the candidate or the reference: scored too, and they say what "
                           "was measured")
                ->type_name("ID");
            app.add_option("--threshold", options->thresholds, "Rain is a value of at least T, dBZ [0]")
                ->check(CLI::Validator(
                    [](std::string& word) {
                        return std::isfinite(std::strtod(word.c_str(), nullptr)) ? ""
                                                                                 : word + " is no number";
                    },
                    "", "finite"))
                ->type_name("T");
            app.add_option(
                   "--removed", options->removed,
                   "What a reference without a value means where raw has one: no-rain or ignore [no-rain]")
                ->check(CLI::IsMember({"no-rain", "ignore"}));
            return [options](CommandContext& context) { return score(*options, context); };
        }};
    return command;
}

} // namespace embellie
