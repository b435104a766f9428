#include "core/base/file.h"
#include "core/network/script/script.h"
#include "core/settings/settings.h"

#include <algorithm>
#include <set>
#include <sstream>

#include <toml++/toml.h>

namespace embellie {

namespace fs = std::filesystem;

namespace {

/// Reads the keys of one table, each of which is known, of its kind, or an error with its line.
class Keys {
public:
    Keys(const toml::table& table, const fs::path& file, const std::string& name)
        : m_table(table), m_file(file), m_name(name) {}

    template <class T>
    std::optional<T> optional(const std::string& key) {
        m_known.push_back(key);
        const toml::node* node = m_table.get(key);
        if (!node)
            return std::nullopt;
        const auto value = node->value<T>();
        if (!value)
            throw wrong(*node, key);
        return *value;
    }
    template <class T>
    T value(const std::string& key, T otherwise) {
        return optional<T>(key).value_or(otherwise);
    }
    std::string word(const std::string& key, const std::vector<std::string>& words,
                     const std::string& otherwise) {
        const std::string given = value<std::string>(key, otherwise);
        if (std::find(words.begin(), words.end(), given) != words.end())
            return given;
        std::string known;
        for (const std::string& one : words)
            known += (known.empty() ? "" : ", ") + one;
        throw Error(text(EMBELLIE_TR("script", "\"{0}\" can't be \"{1}\""), key, given))
            .in(m_file, place(*m_table.get(key)))
            .expected(text(EMBELLIE_TR("script", "one of {0}"), known));
    }
    /// A text or a list of texts.
    std::vector<std::string> words(const std::string& key) {
        m_known.push_back(key);
        const toml::node* node = m_table.get(key);
        if (!node)
            return {};
        if (const auto one = node->value_exact<std::string>())
            return {*one};
        std::vector<std::string> found;
        if (const toml::array* array = node->as_array())
            for (const toml::node& entry : *array)
                if (const auto one = entry.value_exact<std::string>())
                    found.push_back(*one);
        if (!node->is_array() || found.size() != node->as_array()->size())
            throw wrong(*node, key);
        return found;
    }
    std::vector<int> numbers(const std::string& key) {
        m_known.push_back(key);
        const toml::node* node = m_table.get(key);
        if (!node)
            return {};
        std::vector<int> found;
        if (const toml::array* array = node->as_array())
            for (const toml::node& entry : *array)
                if (const auto one = entry.value_exact<std::int64_t>(); one && *one >= 0 && *one < 10000)
                    found.push_back(static_cast<int>(*one));
        if (!node->is_array() || found.size() != node->as_array()->size())
            throw wrong(*node, key);
        return found;
    }
    const toml::table* table(const std::string& key) {
        m_known.push_back(key);
        const toml::node* node = m_table.get(key);
        if (node && !node->is_table())
            throw wrong(*node, key);
        return node ? node->as_table() : nullptr;
    }
    std::vector<const toml::table*> tables(const std::string& key) {
        m_known.push_back(key);
        const toml::node* node = m_table.get(key);
        std::vector<const toml::table*> found;
        if (const toml::array* array = node ? node->as_array() : nullptr)
            for (const toml::node& entry : *array)
                if (entry.is_table())
                    found.push_back(entry.as_table());
        if (node && (!node->is_array() || found.size() != node->as_array()->size()))
            throw wrong(*node, key);
        return found;
    }
    /// After all keys were asked for: others are slips. @throws Error with the nearest
    void demandNoOthers() const {
        for (const auto& [name, node] : m_table) {
            const std::string key(name.str());
            if (std::find(m_known.begin(), m_known.end(), key) != m_known.end())
                continue;
            Error error(text(EMBELLIE_TR("script", "nothing is known by the name \"{0}\" here"), key));
            error.in(m_file, place(node));
            if (const std::string nearest = nearestName(key, m_known); !nearest.empty())
                error.remedy(text(EMBELLIE_TR("script", "perhaps {0} is meant"), nearest));
            throw error;
        }
    }
    Error missing(const std::string& key) const {
        return Error(text(EMBELLIE_TR("script", "\"{0}\" is missing"), key)).in(m_file, m_name);
    }

private:
    std::string place(const toml::node& node) const {
        return (m_name.empty() ? "line " : m_name + ", line ") + std::to_string(node.source().begin.line);
    }
    Error wrong(const toml::node& node, const std::string& key) const {
        return Error(text(EMBELLIE_TR("script", "the value of \"{0}\" is of another kind"), key))
            .in(m_file, place(node))
            .remedy(text(EMBELLIE_TR("script", "see docs/foreign-models.md")));
    }

    const toml::table& m_table;
    const fs::path& m_file;
    std::string m_name;
    std::vector<std::string> m_known;
};

ScriptChannel channelOf(Keys keys) {
    ScriptChannel channel;
    channel.quantities = keys.words("quantity");
    channel.computed = keys.word("computed", {"", "echo", "range", "height", "elevation", "azimuth"}, "");
    channel.unit = keys.value<std::string>("unit", "");
    channel.offset = keys.value("offset", 0.0);
    channel.scale = keys.value("scale", 1.0);
    channel.least = keys.optional<double>("least");
    channel.most = keys.optional<double>("most");
    channel.missing = keys.optional<double>("missing");
    keys.demandNoOthers();
    if (channel.quantities.empty() == channel.computed.empty())
        throw keys.missing("quantity")
            .expected(text(EMBELLIE_TR("script", "either \"quantity\" or \"computed\"")));
    if (channel.scale == 0)
        throw keys.missing("scale").expected(text(EMBELLIE_TR("script", "a scale that is not 0")));
    return channel;
}

ScriptInput inputOf(Keys keys, const fs::path& file, const std::string& name) {
    ScriptInput input;
    input.taskChannels = keys.numbers("channels");
    int number = 0;
    for (const toml::table* table : keys.tables("channel"))
        input.channels.push_back(
            channelOf(Keys(*table, file, name + ", channel " + std::to_string(++number))));
    keys.demandNoOthers();
    if (input.channels.empty() == input.taskChannels.empty())
        throw keys.missing("channel").expected(text(EMBELLIE_TR(
            "script", "either [[input.channel]] tables or \"channels\", numbers of the task's channels")));
    return input;
}

ScriptOutput outputOf(Keys keys) {
    ScriptOutput output;
    const std::string meaning = keys.word("meaning", {"rain", "classes", "field"}, "rain");
    output.meaning = meaning == "rain"      ? ScriptOutput::Meaning::Rain
                     : meaning == "classes" ? ScriptOutput::Meaning::Classes
                                            : ScriptOutput::Meaning::Field;
    const std::string form = keys.word("form", {"logit", "probability", "softmax"}, "logit");
    output.form = form == "logit"         ? ScriptOutput::Form::Logit
                  : form == "probability" ? ScriptOutput::Form::Probability
                                          : ScriptOutput::Form::Softmax;
    output.answer = static_cast<int>(keys.value<std::int64_t>("answer", 0));
    output.channel = static_cast<int>(keys.value<std::int64_t>("channel", 0));
    output.offset = keys.value("offset", 0.0);
    output.scale = keys.value("scale", 1.0);
    output.quantity = keys.value<std::string>("quantity", "");
    output.unit = keys.value<std::string>("unit", "");
    const std::vector<std::string> classes = keys.words("classes");
    std::vector<int> values = keys.numbers("values");
    keys.demandNoOthers();
    if (output.answer < 0 || output.channel < 0)
        throw keys.missing("channel").expected(text(EMBELLIE_TR("script", "numbers from 0 on")));
    for (int i = static_cast<int>(values.size()); i < static_cast<int>(classes.size()); ++i)
        values.push_back(i);
    for (std::size_t i = 0; i < classes.size(); ++i)
        output.classes.emplace_back(values[i], classes[i]);
    if (output.meaning == ScriptOutput::Meaning::Classes && classes.size() < 2)
        throw keys.missing("classes").expected(text(EMBELLIE_TR("script", "the names of all classes")));
    if (output.meaning == ScriptOutput::Meaning::Field && output.quantity.empty())
        throw keys.missing("quantity");
    return output;
}

} // namespace

ScriptModel readScriptModel(const fs::path& file) {
    ScriptModel model;
    model.name = file.stem().string();
    std::error_code ignored;
    if (file.empty() || !fs::is_regular_file(file, ignored))
        throw Error(text(EMBELLIE_TR("script", "the model is not there")))
            .in(file)
            .expected(text(EMBELLIE_TR("script", "a TorchScript file (.pt), or the TOML that describes one")))
            .remedy(text(EMBELLIE_TR("script", "choose the file (script.file)")));
    if (file.extension() != ".toml") {
        model.file = file;
        return model;
    }
    toml::table table;
    try {
        table = toml::parse(readFile(file), file.string());
    } catch (const toml::parse_error& problem) {
        throw Error(text(EMBELLIE_TR("script", "the model's description is no TOML: {0}"),
                         std::string(problem.description())))
            .in(file, "line " + std::to_string(problem.source().begin.line));
    }
    Keys keys(table, file, "");
    if (keys.value<std::int64_t>("format", 1) != 1)
        throw Error(text(EMBELLIE_TR("script", "the description was written for a newer program")))
            .in(file)
            .expected(text(EMBELLIE_TR("script", "format 1")));
    const std::string named = keys.value<std::string>("file", "");
    model.name = keys.value<std::string>("name", model.name);
    model.task = keys.value<std::string>("task", model.task);
    const auto multiple = keys.value<std::int64_t>("multiple", 1);
    model.circular = keys.value("circular", true);
    if (const toml::table* settings = keys.table("settings")) {
        std::ostringstream out;
        out.imbue(std::locale::classic());
        out << *settings << '\n';
        model.settings = out.str();
    }
    int number = 0;
    for (const toml::table* input : keys.tables("input")) {
        const std::string name = "input " + std::to_string(++number);
        model.inputs.push_back(inputOf(Keys(*input, file, name), file, name));
    }
    number = 0;
    for (const toml::table* output : keys.tables("output"))
        model.outputs.push_back(outputOf(Keys(*output, file, "output " + std::to_string(++number))));
    keys.demandNoOthers();
    if (named.empty())
        throw keys.missing("file").expected(text(EMBELLIE_TR("script", "the .pt, beside this file")));
    if (fs::path(named).has_parent_path())
        throw Error(text(EMBELLIE_TR("script", "the model is not beside its description")))
            .in(file)
            .expected(text(EMBELLIE_TR("script", "the name of a file in the same folder")))
            .found(text(EMBELLIE_TR("script", "{0}"), named));
    model.file = file.parent_path() / named;
    if (!fs::is_regular_file(model.file, ignored))
        throw Error(text(EMBELLIE_TR("script", "the model is not there"))).in(model.file);
    if (multiple < 1 || multiple > 4096)
        throw keys.missing("multiple").expected(text(EMBELLIE_TR("script", "a number from 1 to 4096")));
    model.multiple = static_cast<int>(multiple);
    bool own = false, ofTask = false;
    for (const ScriptInput& input : model.inputs)
        (input.channels.empty() ? ofTask : own) = true;
    if ((own && ofTask) || own != !model.outputs.empty())
        throw Error(text(EMBELLIE_TR("script", "the inputs and the outputs do not go together")))
            .in(file)
            .expected(text(EMBELLIE_TR("script", "own channels in every input and at least one [[output]], "
                                                 "or the task's channels and no [[output]]")));
    return model;
}

} // namespace embellie
