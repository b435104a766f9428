#pragma once

#include "core/io/source.h"

namespace embellie {

/// A family of files into which others are converted.
struct ConvertFormat {
    std::string id;
    TextPattern help;      ///< one sentence: what it is and what opens it
    bool takesSweeps;      ///< of a radar; else grids and swaths
    const char* extension; ///< with its dot
};
const std::vector<ConvertFormat>& convertFormats();

struct ConvertRequest {
    std::vector<std::filesystem::path> inputs; ///< files and folders
    std::string format;                        ///< id of a ConvertFormat
    std::filesystem::path output;              ///< a file, or a folder for several
    std::vector<std::string> arrays;           ///< ids or quantities; empty: all
};

/// A file that was made.
struct ConvertedFile {
    std::filesystem::path output;
    std::vector<std::filesystem::path> inputs;
    /// Id in the input, and what it is called in the output: a variable, an ODIM quantity.
    std::vector<std::pair<std::string, std::string>> arrays;
    std::vector<Text> leftOut; ///< a sentence each
};

struct Conversion {
    std::vector<ConvertedFile> files; ///< at least one
    std::vector<Text> leftOut;        ///< files that hold what the format can't, and the like
    std::vector<Error> problems;      ///< inputs that can't be read, outputs that can't be made
    /// All that was asked for was done: of the problems none is more than a file in a folder that was named.
    bool isComplete = true;
};

/// Joins the inputs as Dataset does: what is one volume of sweeps becomes one file; grids become one file for
/// each input file. One file goes to request.output itself, unless that is a folder; several go into it as
/// SITE_TIME or under the names of their inputs. An input is never replaced; each file is written atomically;
/// the same content gives the same bytes. @throws Error where nothing could be written: an unknown format
/// (with the nearest), no sweeps or no grids, several volumes for one file, the first problem; Cancelled
/// (files that were complete stay)
Conversion convert(const ConvertRequest& request, Feedback& feedback);

} // namespace embellie
