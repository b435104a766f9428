#pragma once

#include "core/task/task.h"

#include <functional>
#include <string>
#include <vector>

namespace embellie {

/// What a method may look at beside the field itself. Its functions wait for files.
class Surroundings {
public:
    virtual ~Surroundings() = default;
    /// The first of @p quantities that was measured in the same sweep at the same time, on the field's own
    /// cells; null where there is none. @throws Error, Cancelled
    virtual FieldPtr moment(const std::vector<std::string>& quantities) = 0;
    /// Gives @p use the same quantity of the same sweep at every other time that is known, one after the
    /// other. @return how many there were @throws Error, Cancelled
    virtual std::size_t otherTimes(const std::function<void(const Field&)>& use) = 0;
};

/// What a method makes of one field.
struct MethodResult {
    FieldPtr field;
    std::vector<FieldPtr> quality; ///< on the same cells
};

/// A way to do a task without learning: what networks are to be measured by. Window and command line know
/// none by name.
struct MethodInfo {
    std::string id;           ///< "gabella": --method gabella
    std::string task;         ///< "denoise"
    TextPattern name;         ///< label
    TextPattern help;         ///< what it does, after whom
    TextPattern needs;        ///< what it asks for beside raw reflectivity; empty: nothing
    bool usesContext = false; ///< other times of the radar must be given
    std::vector<std::string>
        moments;           ///< quantities of which the sweep must have one; empty: none beside its own
    SettingTable settings; ///< keys begin with "<id>."; defaults chosen on validation data
    /// A function of its arguments alone; may be called from several threads. @throws Error, Cancelled
    std::function<MethodResult(const FieldPtr& input, Surroundings&, const Settings&, Feedback&)> apply;
};

/// All methods, in the order of methods.def.
const std::vector<const MethodInfo*>& methods();
/// @throws Error (wrong use) with the nearest known id
const MethodInfo& methodOf(const std::string& id);
/// Settings of all methods, for a command line that serves them all.
SettingTable methodSettings();

} // namespace embellie
