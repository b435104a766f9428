#pragma once

#include "tests/core/io/tiny_hdf5.h"

#include <filesystem>
#include <string>

namespace embellie::test {

/// A composite of 3 × 4 cells of 2 km before and after a filter: DBZH of 18 dBZ in dataset1 and of 8 dBZ in
/// dataset2, whose quality1 says how far the beam was blocked.
inline void writeTwoComposites(const std::filesystem::path& path, const std::string& time = "120000",
                               const std::string& product = "PPI", double parameter = 0) {
    TinyHdf5 file(path);
    file.odimRoot("COMP", "ORG:247", time);
    file.text("/where", "projdef", "+proj=laea +lat_0=55 +lon_0=10 +a=6378137 +b=6356752 +units=m");
    file.number("/where", "xsize", 4);
    file.number("/where", "ysize", 3);
    file.number("/where", "xscale", 2000);
    file.number("/where", "yscale", 2000);
    file.number("/where", "UL_x", -4000);
    file.number("/where", "UL_y", 3000);
    for (const char* dataset : {"/dataset1", "/dataset2"}) {
        const std::string what = std::string(dataset) + "/what";
        file.text(what, "product", product);
        file.number(what, "prodpar", parameter);
        for (const char* end : {"start", "end"}) {
            file.text(what, end + std::string("date"), "20200101");
            file.text(what, end + std::string("time"), time);
        }
    }
    file.odimMoment("/dataset1/data1", "DBZH", 3, 4, 100);
    file.odimMoment("/dataset2/data1", "DBZH", 3, 4, 80);
    file.bytes("/dataset2/data1/quality1/data", 3, 4, {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    file.text("/dataset2/data1/quality1/how", "task", "se.smhi.detector.beamblockage");
}

} // namespace embellie::test
