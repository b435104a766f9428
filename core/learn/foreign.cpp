#include "core/learn/foreign.h"

#include "core/learn/script.h"
#include "core/map/radar.h"
#include "core/map/ray_order.h"
#include "core/task/denoise/cleaned.h"
#include "core/task/sweep_data.h"

#include <limits>

namespace embellie {

namespace fs = std::filesystem;

namespace {

constexpr float None = std::numeric_limits<float>::quiet_NaN();
constexpr const char* FileKey = "script.file";

/// A sweep whose rays are put in the order of their azimuths.
class Turned {
public:
    explicit Turned(const Sweep& sweep) : m_sweep(sweep), m_order(raysByAzimuth(sweep)) {}

    std::vector<float> sorted(std::span<const float> values) const {
        std::vector<float> turned(values.size());
        for (std::size_t ray = 0; ray < m_order.size(); ++ray)
            std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(m_order[ray] * m_sweep.gates),
                        m_sweep.gates, turned.begin() + static_cast<std::ptrdiff_t>(ray * m_sweep.gates));
        return turned;
    }
    /// The reverse, of a (ray, gate) tensor.
    std::vector<float> back(const torch::Tensor& plane) const {
        const torch::Tensor numbers = plane.to(torch::kFloat32).contiguous();
        const float* from = numbers.data_ptr<float>();
        std::vector<float> values(m_order.size() * m_sweep.gates);
        for (std::size_t ray = 0; ray < m_order.size(); ++ray)
            std::copy_n(from + ray * m_sweep.gates, m_sweep.gates,
                        values.begin() + static_cast<std::ptrdiff_t>(m_order[ray] * m_sweep.gates));
        return values;
    }
    /// What is known of a cell without measuring anything; SI units and degrees.
    std::vector<float> computed(const std::string& what, const Field& field) const {
        std::vector<float> values(m_order.size() * m_sweep.gates);
        for (std::size_t ray = 0; ray < m_order.size(); ++ray) {
            const Ray& real = m_sweep.rays[m_order[ray]];
            for (std::size_t gate = 0; gate < m_sweep.gates; ++gate) {
                const double range = m_sweep.firstGateMeters + static_cast<double>(gate) * m_sweep.gateMeters;
                double value = 0;
                if (what == "echo")
                    value = field.states()[m_order[ray] * m_sweep.gates + gate] == State::Valid ? 1 : 0;
                else if (what == "range")
                    value = range;
                else if (what == "height")
                    value = beamPoint(std::max(range, 0.0), real.elevation, 0).heightMeters;
                else if (what == "elevation")
                    value = real.elevation;
                else
                    value = real.azimuth();
                values[ray * m_sweep.gates + gate] = static_cast<float>(value);
            }
        }
        return values;
    }

private:
    const Sweep& m_sweep;
    std::vector<std::size_t> m_order;
};

void scale(std::vector<float>& values, const ScriptChannel& channel) {
    const auto missing = static_cast<float>(channel.missing.value_or(0));
    for (float& value : values) {
        if (!std::isfinite(value)) {
            value = missing;
            continue;
        }
        double scaled = (value - channel.offset) / channel.scale;
        if (channel.least)
            scaled = std::max(scaled, *channel.least);
        if (channel.most)
            scaled = std::min(scaled, *channel.most);
        value = static_cast<float>(scaled);
    }
}

/// On the geometry and with the states of the input.
FieldPtr likeInput(const Field& input, Quantity quantity, std::vector<float> values, const char* step) {
    std::vector<State> states(input.states().begin(), input.states().end());
    for (std::size_t i = 0; i < values.size(); ++i)
        if (states[i] != State::Valid)
            values[i] = None;
    Origin origin = input.origin();
    origin.history.emplace_back(step);
    return std::make_shared<Field>(std::move(quantity), input.geometry(), input.time(), std::move(values),
                                   std::move(states), std::move(origin));
}

int channelsOf(const ScriptOutput& output) {
    return output.channel +
           (output.meaning == ScriptOutput::Meaning::Classes ? static_cast<int>(output.classes.size()) : 1);
}

} // namespace

std::optional<ScriptModel> scriptModelOf(const Settings& settings) {
    if (!settings.table().find(FileKey))
        return std::nullopt;
    return readScriptModel(settings.string(FileKey));
}

void keepModel(const RunPaths& paths, const Settings& settings) {
    const std::optional<ScriptModel> model = scriptModelOf(settings);
    const fs::path folder = paths.run / "model";
    const fs::path described = model ? fs::path(settings.string(FileKey)) : fs::path();
    std::error_code error;
    if (!model || fs::exists(folder / described.filename(), error))
        return;
    fs::create_directories(folder, error);
    for (const fs::path& file : {model->file, described}) { // what is looked for comes last
        const fs::path kept = folder / file.filename(), part = folder / "part";
        if (!error)
            fs::copy_file(file, part, fs::copy_options::overwrite_existing, error);
        if (!error)
            fs::rename(part, kept, error);
    }
    if (error)
        throw systemError(EMBELLIE_TR("learn", "the model can't be copied into the run"), folder,
                          error.value());
}

void useKeptModel(const RunPaths& paths, Settings& settings) {
    if (!settings.table().find(FileKey))
        return;
    const fs::path kept = paths.run / "model" / fs::path(settings.string(FileKey)).filename();
    std::error_code ignored;
    if (fs::is_regular_file(kept, ignored))
        settings.set(FileKey, fs::absolute(kept).lexically_normal().string());
}

ForeignModel::ForeignModel(ScriptModel model, const TaskInfo& task, const Settings& settings)
    : m_model(std::move(model)), m_module(loadScript(m_model.file.string())) {
    if (const std::string key = task.id + ".threshold"; settings.table().find(key))
        m_threshold = settings.real(key);
    m_module.eval();
}

std::vector<PredictionInput> ForeignModel::inputs(const SourceInfo& info, const std::string& wanted) const {
    for (const ScriptInput& input : m_model.inputs)
        for (const ScriptChannel& channel : input.channels)
            if (!channel.quantities.empty())
                return sweepInputs(info, wanted, channel.quantities);
    throw Error(text(EMBELLIE_TR("learn", "the model looks at no moment of a file")))
        .in(m_model.file)
        .expected(text(EMBELLIE_TR("learn", "one channel at least with a \"quantity\"")));
}

std::vector<torch::Tensor> ForeignModel::answers(const std::vector<torch::Tensor>& planes) {
    const torch::NoGradGuard noGradients;
    std::vector<torch::Tensor> padded;
    for (const torch::Tensor& plane : planes)
        padded.push_back(paddedTo(m_model.multiple, m_model.circular, plane));
    std::vector<torch::Tensor> found = runScript(m_module, padded);
    const std::int64_t rows = padded.front().size(2), columns = padded.front().size(3);
    for (const ScriptOutput& output : m_model.outputs) {
        const auto answer = static_cast<std::size_t>(output.answer);
        const bool fits = answer < found.size() && found[answer].dim() == 4 &&
                          found[answer].size(1) >= channelsOf(output) && found[answer].size(2) == rows &&
                          found[answer].size(3) == columns;
        if (fits)
            continue;
        std::string sizes;
        for (const torch::Tensor& one : found)
            sizes += (sizes.empty() ? "" : ", ") + c10::str(one.sizes());
        throw Error(text(EMBELLIE_TR("learn", "the model's answer is not as its outputs say")))
            .in(m_model.file)
            .expected(text(EMBELLIE_TR("learn", "as answer {0} at least the sizes [1, {1}, {2}, {3}]"),
                           output.answer, channelsOf(output), rows, columns))
            .found(text(EMBELLIE_TR("learn", "{0}"), sizes));
    }
    for (torch::Tensor& one : found)
        if (one.dim() == 4 && one.size(2) == rows && one.size(3) == columns)
            one = withoutPadding(m_model.multiple, one, planes.front().size(2), planes.front().size(3))
                      .to(torch::kFloat32);
    return found;
}

void ForeignModel::tryOut() {
    std::vector<torch::Tensor> planes;
    for (const ScriptInput& input : m_model.inputs)
        planes.push_back(torch::zeros({1, static_cast<std::int64_t>(input.size()), 64, 64}));
    answers(planes);
}

std::map<std::string, torch::Tensor> ForeignModel::tensors() const {
    std::map<std::string, torch::Tensor> all;
    for (const auto& parameter : m_module.named_parameters())
        all[parameter.name] = parameter.value;
    for (const auto& buffer : m_module.named_buffers())
        all[buffer.name] = buffer.value;
    return all;
}

std::vector<ResultField> ForeignModel::predict(const FieldPtr& input, const Moment& moment) {
    const Sweep& sweep = *input->sweep();
    const Turned turned(sweep);
    const auto rays = static_cast<std::int64_t>(sweep.rays.size()),
               gates = static_cast<std::int64_t>(sweep.gates);
    bool first = true;
    // The first channel with a quantity is the input itself, whatever it is called.
    const auto planeOf = [&](const ScriptChannel& channel) {
        if (!channel.computed.empty())
            return turned.computed(channel.computed, *input);
        FieldPtr field = first ? input : nullptr;
        first = false;
        for (std::size_t i = 0; !field && i < channel.quantities.size(); ++i)
            field = moment(channel.quantities[i]);
        if (field && field->size() != input->size())
            field = nullptr; // of other gates
        if (!field && !channel.missing)
            throw Error(text(EMBELLIE_TR("learn", "the model needs {0}, which the sweep does not have"),
                             channel.quantities.front()))
                .in(input->origin().file, input->origin().path)
                .remedy(text(EMBELLIE_TR("learn", "give the channel a value for \"missing\" where the model "
                                                  "can do without")));
        if (field && !channel.unit.empty() && !field->quantity().unit.empty() &&
            field->quantity().unit != channel.unit)
            throw Error(text(EMBELLIE_TR("learn", "the unit of {0} is another"), field->quantity().id))
                .in(input->origin().file, input->origin().path)
                .expected(text(EMBELLIE_TR("learn", "{0}"), channel.unit))
                .found(text(EMBELLIE_TR("learn", "{0}"), field->quantity().unit));
        return field ? turned.sorted(field->values()) : std::vector<float>(input->size(), None);
    };
    std::vector<torch::Tensor> planes;
    for (const ScriptInput& one : m_model.inputs) {
        const torch::Tensor tensor =
            torch::empty({1, static_cast<std::int64_t>(one.channels.size()), rays, gates});
        float* to = tensor.data_ptr<float>();
        for (const ScriptChannel& channel : one.channels) {
            std::vector<float> values = planeOf(channel);
            scale(values, channel);
            to = std::copy(values.begin(), values.end(), to);
        }
        planes.push_back(tensor);
    }
    const std::vector<torch::Tensor> found = answers(planes);

    std::vector<ResultField> results;
    for (const ScriptOutput& output : m_model.outputs) {
        const torch::Tensor answer = found[static_cast<std::size_t>(output.answer)][0];
        if (output.meaning == ScriptOutput::Meaning::Rain) {
            const torch::Tensor chance =
                output.form == ScriptOutput::Form::Softmax ? torch::softmax(answer, 0)[output.channel]
                : output.form == ScriptOutput::Form::Logit ? torch::sigmoid(answer[output.channel])
                                                           : answer[output.channel].clamp(0, 1);
            auto [field, probability] = denoise::cleaned(
                *input, turned.back(chance), static_cast<float>(m_threshold), "probability of rain",
                "echoes with a probability of rain up to " + numberText(m_threshold) +
                    " removed by the model " + m_model.name);
            results.push_back({field, {probability}});
        } else if (output.meaning == ScriptOutput::Meaning::Classes) {
            const torch::Tensor best =
                answer.narrow(0, output.channel, static_cast<std::int64_t>(output.classes.size())).argmax(0);
            std::vector<float> values = turned.back(best);
            Quantity quantity;
            quantity.id = output.quantity.empty() ? "CLASS" : output.quantity;
            quantity.unit = "1";
            quantity.kind = Kind::Classes;
            for (const auto& [value, name] : output.classes)
                quantity.meanings.push_back({value, name, std::nullopt});
            for (float& value : values)
                value = static_cast<float>(output.classes[static_cast<std::size_t>(value)].first);
            results.push_back(
                {likeInput(*input, std::move(quantity), std::move(values), "echoes named by a model"), {}});
        } else {
            Quantity quantity;
            quantity.id = output.quantity;
            quantity.unit = output.unit;
            results.push_back({likeInput(*input, std::move(quantity),
                                         turned.back(answer[output.channel] * output.scale + output.offset),
                                         "computed by a model"),
                               {}});
        }
    }
    return results;
}

} // namespace embellie
