#include "core/learn/task_learn.h"

namespace embellie {

#define EMBELLIE_NETWORK(name) const NetworkLearn& networkLearn_##name();
#include "core/network/networks.def"
#undef EMBELLIE_NETWORK
#define EMBELLIE_TASK(name) const TaskLearnMaker& taskLearn_##name();
#include "core/task/tasks.def"
#undef EMBELLIE_TASK

const std::vector<const NetworkLearn*>& networkLearners() {
    static const std::vector<const NetworkLearn*> all{
#define EMBELLIE_NETWORK(name) &networkLearn_##name(),
#include "core/network/networks.def"
#undef EMBELLIE_NETWORK
    };
    return all;
}

const std::vector<const TaskLearnMaker*>& taskLearners() {
    static const std::vector<const TaskLearnMaker*> all{
#define EMBELLIE_TASK(name) &taskLearn_##name(),
#include "core/task/tasks.def"
#undef EMBELLIE_TASK
    };
    return all;
}

const NetworkLearn& networkLearnOf(const std::string& id) {
    const NetworkInfo& info = networkOf(id);
    for (const NetworkLearn* learner : networkLearners())
        if (learner->id == info.id)
            return *learner;
    throw Error(text(EMBELLIE_TR("network", "the network \"{0}\" can't learn in this program"), id));
}

std::unique_ptr<TaskLearn> makeTaskLearn(const TaskInfo& task, const NetworkInfo& network,
                                         const Settings& settings) {
    if (!fits(task, network))
        throw Error(text(EMBELLIE_TR("task", "the network \"{0}\" does not fit the task \"{1}\""), network.id,
                         task.id));
    for (const TaskLearnMaker* maker : taskLearners())
        if (maker->id == task.id)
            return maker->make(settings, network);
    throw Error(text(EMBELLIE_TR("task", "the task \"{0}\" can't learn in this program"), task.id));
}

std::vector<ResultField> TaskLearn::predictTogether(const FieldPtr&, const std::vector<Member>&) {
    throw Error(text(EMBELLIE_TR("learn", "this task has no mean of several networks")))
        .remedy(text(EMBELLIE_TR("learn", "predict with one run")));
}

Batch stacked(const std::vector<Sample>& samples) {
    Batch batch;
    for (const auto& [name, first] : samples.front()) {
        std::vector<std::int64_t> shape = first.shape;
        shape.insert(shape.begin(), static_cast<std::int64_t>(samples.size()));
        torch::Tensor tensor = torch::empty(shape, torch::kFloat32);
        float* to = tensor.data_ptr<float>();
        for (const Sample& sample : samples) {
            const std::vector<float>& values = sample.at(name).values;
            to = std::copy(values.begin(), values.end(), to);
        }
        batch[name] = tensor;
    }
    return batch;
}

} // namespace embellie
