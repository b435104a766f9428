#pragma once

#include "core/io/convert/convert.h"
#include "core/io/dataset.h"

namespace embellie {

/// A volume of sweeps that is converted; fields are read when they are written.
class ConvertedVolume {
public:
    /// Reads the geometry of each sweep. @p arrays as in ConvertRequest. @throws Error where no sweep can be
    /// read, Cancelled
    ConvertedVolume(Dataset& dataset, const GroupEntry& group, const VolumeEntry& volume,
                    const std::vector<std::string>& arrays, Feedback& feedback);

    void writeOdim(const std::filesystem::path& output, Feedback& feedback);
    void writeCfRadial(const std::filesystem::path& output, Feedback& feedback);
    /// What became of its arrays, once written.
    ConvertedFile take() { return std::move(m_converted); }

    /// The entry is named by one of @p arrays, or these are empty.
    static bool isChosen(const MomentEntry& moment, const std::vector<std::string>& arrays);

private:
    struct Layer {
        const LayerEntry* entry = nullptr;
        Sweep sweep;
        TimeInterval time;
        std::size_t source = 0; ///< of the file that gave the geometry
        std::vector<const MomentEntry*> moments;
    };
    void addLayer(const LayerEntry& layer, const std::vector<std::string>& arrays, Feedback& feedback);
    /// Null where it can't be read or lies elsewhere, which is told.
    FieldPtr read(const Layer& layer, const MomentEntry& moment, Feedback& feedback);
    void leaveOut(Text what);
    /// @throws Error where the volume has no time: both formats ask for one, and none is made up
    void demandTime(const char* format) const;
    void count(const MomentEntry& moment, const std::string& name);
    struct OdimName {
        std::string name;
        bool isUsable = true;
    };
    OdimName odimName(const MomentEntry& moment);
    /// Id of the quantity that takes a name of ODIM_H5 in all sweeps: that which has it by itself, else the
    /// first that is called so elsewhere, a corrected one after the others.
    std::string nameHolder(const std::string& odimName) const;
    std::string nameOfArray(const Layer& layer, const MomentEntry& moment) const;

    Dataset& m_dataset;
    const GroupEntry& m_group;
    const VolumeEntry& m_volume;
    std::vector<Layer> m_layers; ///< in the order of the file, or of time where several make up the volume
    ConvertedFile m_converted;
};

} // namespace embellie
