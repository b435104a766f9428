#include "core/learn/script.h"

#include "core/base/error.h"

#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/serialization/import.h>

namespace embellie {

static torch::jit::Module mirrored(const torch::nn::Module& module, const std::string& name,
                                   const std::shared_ptr<torch::jit::CompilationUnit>& unit) {
    torch::jit::Module made(c10::QualifiedName("__torch__." + name), unit, true);
    made.register_attribute("training", c10::BoolType::get(), false);
    for (const auto& parameter : module.named_parameters(false))
        made.register_parameter(parameter.key(), parameter.value(), false);
    for (const auto& buffer : module.named_buffers(false))
        made.register_buffer(buffer.key(), buffer.value());
    for (const auto& child : module.named_children())
        made.register_module(child.key(), mirrored(*child.value(), name + "Part", unit));
    return made;
}

torch::jit::Module scriptModule(const torch::nn::Module& module, const std::string& name) {
    return mirrored(module, name, std::make_shared<torch::jit::CompilationUnit>());
}

static std::string firstLine(const c10::Error& error) {
    const std::string words = error.what_without_backtrace();
    return words.substr(0, words.find('\n'));
}

torch::jit::Module loadScript(const std::string& file) {
    try {
        return torch::jit::load(file, torch::Device(torch::kCPU));
    } catch (const c10::Error& error) {
        throw Error(text(EMBELLIE_TR("learn", "the file can't be read as TorchScript")))
            .in(file)
            .expected(text(EMBELLIE_TR("learn", "what torch.jit.script(model).save(\"model.pt\") writes")))
            .found(text(EMBELLIE_TR("learn", "LibTorch's answer \"{0}\""), firstLine(error)));
    }
}

std::vector<torch::Tensor> runScript(torch::jit::Module& module, const std::vector<torch::Tensor>& inputs) {
    const torch::jit::GraphOptimizerEnabledGuard asItStands(false);
    c10::IValue answer;
    try {
        answer = module.forward({inputs.begin(), inputs.end()});
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& failure) { // its last line says why, those before it say where
        std::string words = failure.what();
        if (words.find("allocate memory") != std::string::npos ||
            words.find("out of memory") != std::string::npos)
            throw; // told otherwise
        words.erase(words.find_last_not_of("\n ") + 1);
        throw Error(text(EMBELLIE_TR("learn", "the model's own code fails: {0}"),
                         words.substr(words.rfind('\n') + 1)));
    }
    std::vector<torch::Tensor> answers;
    const auto take = [&](const c10::IValue& value) {
        if (!value.isTensor())
            throw Error(text(EMBELLIE_TR("learn", "the model answers something else than tensors")))
                .expected(text(EMBELLIE_TR("learn", "a tensor, or a list or tuple of tensors")))
                .found(text(EMBELLIE_TR("learn", "a {0}"), value.tagKind()));
        answers.push_back(value.toTensor());
    };
    if (answer.isTensorList())
        for (const torch::Tensor& tensor : answer.toTensorVector())
            answers.push_back(tensor);
    else if (answer.isTuple())
        for (const c10::IValue& value : answer.toTupleRef().elements())
            take(value);
    else
        take(answer);
    return answers;
}

static std::int64_t missing(std::int64_t size, int multiple) {
    return (multiple - size % multiple) % multiple;
}

torch::Tensor paddedTo(int multiple, bool circular, const torch::Tensor& input) {
    const std::int64_t rows = missing(input.size(2), multiple), columns = missing(input.size(3), multiple),
                       before = rows / 2;
    if (rows + columns == 0)
        return input;
    if (!circular)
        return torch::constant_pad_nd(input, {0, columns, before, rows - before});
    const torch::Tensor order = torch::arange(-before, input.size(2) + rows - before,
                                              torch::TensorOptions(torch::kLong).device(input.device()));
    return torch::constant_pad_nd(input.index_select(2, order.remainder(input.size(2))), {0, columns});
}

torch::Tensor withoutPadding(int multiple, const torch::Tensor& answer, std::int64_t rows,
                             std::int64_t columns) {
    return answer.narrow(2, missing(rows, multiple) / 2, rows).narrow(3, 0, columns);
}

} // namespace embellie
