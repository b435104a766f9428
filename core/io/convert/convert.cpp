#include "core/io/convert/convert.h"

#include "core/base/error.h"
#include "core/io/cf/cf_writer.h"
#include "core/io/convert/volume.h"
#include "core/io/netcdf_cells.h"
#include "core/settings/settings.h"

#include <algorithm>
#include <optional>
#include <set>

namespace embellie {

namespace fs = std::filesystem;

namespace {

/// A file to be made: of a volume, or of one file with grids.
struct Job {
    const GroupEntry* group = nullptr; ///< null for grids
    const VolumeEntry* volume = nullptr;
    std::size_t file = 0; ///< of grids: index into Dataset::files()
    fs::path output;
};

/// The share of one file in the progress of all.
class PartFeedback : public Feedback {
public:
    PartFeedback(Feedback& whole, std::size_t number, std::size_t of)
        : Feedback(whole.stopToken()), m_whole(whole), m_number(double(number)), m_of(double(of)) {}
    void progress(double done, double total) override {
        m_whole.progress(m_number + (total > 0 ? done / total : 0), m_of);
    }
    void message(const Text& text) override { m_whole.message(text); }

private:
    Feedback& m_whole;
    const double m_number, m_of;
};

const ConvertFormat& formatOf(const std::string& id) {
    std::vector<std::string> known;
    for (const ConvertFormat& format : convertFormats()) {
        if (format.id == id)
            return format;
        known.push_back(format.id);
    }
    std::string all;
    for (const std::string& one : known)
        all += (all.empty() ? "" : ", ") + one;
    Error error(text(EMBELLIE_TR("convert", "nothing is converted to \"{0}\""), id));
    error.expected(text(EMBELLIE_TR("convert", "one of {0}"), all)).wrongUse();
    if (const std::string nearest = nearestName(id, known); !nearest.empty())
        error.remedy(text(EMBELLIE_TR("convert", "perhaps {0} is meant"), nearest));
    throw error;
}

std::string fittingFormats(bool takesSweeps) {
    std::string fitting;
    for (const ConvertFormat& format : convertFormats())
        if (format.takesSweeps == takesSweeps)
            fitting += (fitting.empty() ? "--to " : " or --to ") + format.id;
    return fitting;
}

bool isOfSweeps(const GroupEntry& group) {
    return group.site.has_value();
}

std::set<std::size_t> filesOf(const GroupEntry& group) {
    std::set<std::size_t> files;
    for (const VolumeEntry& volume : group.volumes)
        for (const LayerEntry& layer : volume.layers)
            for (const MomentEntry& moment : layer.moments)
                files.insert(moment.source);
    return files;
}

/// A word of --array names it.
bool isNamed(const ArrayInfo& array, const std::string& word) {
    return word == array.id || word == array.path || word == array.quantity.id;
}

/// Files of which the Dataset shows nothing, since others have the same quantities at the same time.
void addHidden(const Dataset& dataset, std::set<std::size_t>& ofSweeps, std::set<std::size_t>& ofGrids,
               Conversion& conversion) {
    for (std::size_t file = 0; file < dataset.files().size(); ++file) {
        if (ofSweeps.contains(file) || ofGrids.contains(file))
            continue;
        try {
            const std::unique_ptr<Source> source = openSource(dataset.files()[file]);
            const std::vector<ArrayInfo>& arrays = source->describe().arrays;
            const bool hasSweeps = std::any_of(
                arrays.begin(), arrays.end(), [](const ArrayInfo& array) { return array.sweep.has_value(); });
            (hasSweeps ? ofSweeps : ofGrids).insert(file);
        } catch (const Error& error) { // it went away meanwhile
            conversion.problems.push_back(error);
            conversion.isComplete = false;
        }
    }
}

std::vector<Job> jobsOf(const Dataset& dataset, const ConvertFormat& format, Conversion& conversion) {
    std::vector<Job> jobs;
    std::set<std::size_t> files, others;
    for (const GroupEntry& group : dataset.groups()) {
        const std::set<std::size_t> own = filesOf(group);
        if (isOfSweeps(group) != format.takesSweeps) {
            others.insert(own.begin(), own.end());
            continue;
        }
        files.insert(own.begin(), own.end());
        if (!format.takesSweeps)
            continue;
        for (const VolumeEntry& volume : group.volumes)
            jobs.push_back({&group, &volume, 0, {}});
        for (const std::string& note : group.notes)
            conversion.leftOut.push_back(text(EMBELLIE_TR("convert", "{0}"), note));
    }
    addHidden(dataset, format.takesSweeps ? files : others, format.takesSweeps ? others : files, conversion);
    if (!format.takesSweeps)
        for (const std::size_t file : files)
            jobs.push_back({nullptr, nullptr, file, {}});
    const auto said = format.takesSweeps
                          ? EMBELLIE_TR("convert", "{0} holds grids, for which {1} fits")
                          : EMBELLIE_TR("convert", "{0} holds sweeps of a radar, for which {1} fits");
    const std::string fitting = fittingFormats(!format.takesSweeps);
    for (const std::size_t file : others)
        if (!files.contains(file))
            conversion.leftOut.push_back(text(said, dataset.files()[file].string(), fitting));
    if (jobs.empty() && !others.empty())
        throw Error(
            format.takesSweeps
                ? text(EMBELLIE_TR("convert", "grids can't be written as {0}"), format.id)
                : text(EMBELLIE_TR("convert", "sweeps of a radar can't be written as {0}"), format.id))
            .in(dataset.files()[*others.begin()])
            .remedy(text(EMBELLIE_TR("convert", "use {0}"), fitting));
    if (jobs.empty())
        throw Error(text(EMBELLIE_TR("convert", "there is nothing that could be converted")))
            .in(dataset.files().front());
    return jobs;
}

/// @throws Error where a word of --array names nothing
void checkArrays(const Dataset& dataset, const std::vector<Job>& jobs,
                 const std::vector<std::string>& arrays) {
    std::vector<std::string> known;
    const auto isKnown = [&](const std::string& word) {
        for (const GroupEntry& group : dataset.groups())
            for (const VolumeEntry& volume : group.volumes)
                for (const LayerEntry& layer : volume.layers)
                    for (const MomentEntry& moment : layer.moments) {
                        if (ConvertedVolume::isChosen(moment, {word}))
                            return true;
                        if (std::find(known.begin(), known.end(), moment.quantity.id) == known.end())
                            known.push_back(moment.quantity.id);
                    }
        return std::any_of(jobs.begin(), jobs.end(), [&](const Job& job) { // those beside the grids
            if (job.group)
                return false;
            const std::unique_ptr<Source> source = openSource(dataset.files()[job.file]);
            const std::vector<ArrayInfo>& arrays = source->describe().arrays;
            return std::any_of(arrays.begin(), arrays.end(),
                               [&](const ArrayInfo& array) { return isNamed(array, word); });
        });
    };
    for (const std::string& word : arrays) {
        if (isKnown(word))
            continue;
        Error error(text(EMBELLIE_TR("convert", "no input has an array \"{0}\""), word));
        error.in(dataset.files().front()).wrongUse();
        const std::string nearest = nearestName(word, known);
        throw error.remedy(nearest.empty()
                               ? text(EMBELLIE_TR("convert", "see \"embellie-cli info\" for the list"))
                               : text(EMBELLIE_TR("convert", "perhaps {0} is meant"), nearest));
    }
}

std::string nameOf(const Dataset& dataset, const Job& job) {
    if (!job.group)
        return dataset.files()[job.file].stem().string();
    const Site& site = *job.group->site;
    std::string name = netcdfName(!site.id.empty() ? site.id : !site.name.empty() ? site.name : "radar");
    if (name.starts_with("v_")) // file names may begin with a digit
        name.erase(0, 2);
    if (!job.volume->hasTime)
        return name;
    std::string time = isoTime(job.volume->time.begin);
    std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
    return name + "_" + time;
}

void placeOutputs(std::vector<Job>& jobs, const Dataset& dataset, const ConvertRequest& request,
                  const ConvertFormat& format) {
    std::error_code ignored;
    const fs::path& output = request.output;
    const bool isFolder = fs::is_directory(output, ignored) || output.filename().empty();
    if (jobs.size() == 1 && !isFolder) {
        jobs.front().output = output;
    } else {
        static const std::set<std::string> endings{".h5", ".hdf", ".hdf5", ".nc", ".nc4", ".cdf", ".nc3"};
        if (!isFolder && (fs::exists(output, ignored) || endings.contains(output.extension().string())))
            throw Error(
                format.takesSweeps
                    ? text(EMBELLIE_TR("convert", "the inputs are {0} volumes, and the output is one file"),
                           jobs.size())
                    : text(EMBELLIE_TR("convert", "the inputs are {0} files, and the output is one"),
                           jobs.size()))
                .in(output)
                .remedy(text(EMBELLIE_TR("convert", "name a folder as --output")))
                .wrongUse();
        std::set<std::string> names;
        for (Job& job : jobs) {
            std::string name = nameOf(dataset, job);
            for (int i = 2; !names.insert(name).second; ++i)
                name = nameOf(dataset, job) + "_" + std::to_string(i);
            job.output = output / (name + format.extension);
        }
    }
    std::vector<fs::path> inputs = dataset.files();
    inputs.insert(inputs.end(), request.inputs.begin(),
                  request.inputs.end()); // those that can't be read, too
    for (const Job& job : jobs)
        for (const fs::path& input : inputs)
            if (fs::equivalent(job.output, input, ignored))
                throw Error(text(EMBELLIE_TR("convert", "the output would replace an input")))
                    .in(job.output)
                    .remedy(text(EMBELLIE_TR("convert", "choose another name or folder for the output")))
                    .wrongUse();
    if (jobs.size() > 1 || isFolder)
        if (fs::create_directories(output, ignored); ignored)
            throw systemError(EMBELLIE_TR("convert", "the folder can't be made"), output, ignored.value());
}

ConvertedFile convertGrids(const fs::path& input, const fs::path& output,
                           const std::vector<std::string>& words, Feedback& feedback) {
    const std::unique_ptr<Source> source = openSource(input);
    std::vector<const ArrayInfo*> arrays;
    for (const ArrayInfo& array : source->describe().arrays)
        if (words.empty() || std::any_of(words.begin(), words.end(),
                                         [&](const std::string& word) { return isNamed(array, word); }))
            arrays.push_back(&array);
    Written written = writeCfGrids(output, *source, arrays, feedback);
    written.leftOut.push_back(text(EMBELLIE_TR(
        "convert", "attributes that Embellie does not read: how the product was made and by whom")));
    return {output, {input}, std::move(written.arrays), std::move(written.leftOut)};
}

ConvertedFile convertOne(const Job& job, Dataset& dataset, const ConvertRequest& request,
                         Feedback& feedback) {
    if (!job.group)
        return convertGrids(dataset.files()[job.file], job.output, request.arrays, feedback);
    ConvertedVolume volume(dataset, *job.group, *job.volume, request.arrays, feedback);
    if (request.format == "cfradial")
        volume.writeCfRadial(job.output, feedback);
    else
        volume.writeOdim(job.output, feedback);
    return volume.take();
}

} // namespace

const std::vector<ConvertFormat>& convertFormats() {
    static const std::vector<ConvertFormat> formats{
        {"odim",
         EMBELLIE_TR("convert", "ODIM_H5 2.3 polar volume, of sweeps (wradlib, Py-ART, xradar, BALTRAD)"),
         true, ".h5"},
        {"cfradial",
         EMBELLIE_TR("convert", "CfRadial 1.4 in netCDF-4, of sweeps (Py-ART, LROSE, xradar, wradlib)"), true,
         ".nc"},
        {"netcdf",
         EMBELLIE_TR("convert",
                     "CF 1.8 in netCDF-4, of grids and swaths (xarray, QGIS, Panoply, ncview, ParaView)"),
         false, ".nc"}};
    return formats;
}

Conversion convert(const ConvertRequest& request, Feedback& feedback) {
    const ConvertFormat& format = formatOf(request.format);
    if (request.inputs.empty() || request.output.empty())
        throw Error(text(EMBELLIE_TR("convert", "there is nothing to be converted"))).wrongUse();
    Conversion conversion;
    const std::shared_ptr<Dataset> dataset = Dataset::open(request.inputs, feedback);
    conversion.problems = dataset->problems();
    for (const Error& problem : conversion.problems)
        if (std::find(request.inputs.begin(), request.inputs.end(), problem.file()) != request.inputs.end())
            conversion.isComplete = false;
    std::vector<Job> jobs = jobsOf(*dataset, format, conversion);
    checkArrays(*dataset, jobs, request.arrays);
    placeOutputs(jobs, *dataset, request, format);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        feedback.throwIfCancelled();
        PartFeedback part(feedback, i, jobs.size());
        try {
            conversion.files.push_back(convertOne(jobs[i], *dataset, request, part));
        } catch (const Error& error) { // the other volumes may be whole
            if (jobs.size() == 1)
                throw;
            conversion.problems.push_back(error);
            conversion.isComplete = false;
        }
    }
    if (conversion.files.empty())
        throw conversion.problems.front();
    return conversion;
}

} // namespace embellie
