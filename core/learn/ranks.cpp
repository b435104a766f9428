#include "core/learn/ranks.h"

#include "core/base/error.h"
#include "core/learn/pulses.h"
#include "core/learn/run_setup.h"

#include <charconv>
#include <future>
#include <thread>
#include <sys/stat.h>
#include <unistd.h>

#if !__has_include(<torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>)
#undef EMBELLIE_GLOO // a LibTorch that learns in one process alone
#endif
#ifdef EMBELLIE_GLOO // only types of pointers are taken from its headers
#ifndef USE_C10D_GLOO
#define USE_C10D_GLOO
#endif
#include <torch/csrc/distributed/c10d/FileStore.hpp>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#endif
#ifdef EMBELLIE_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

namespace embellie {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

RankPlace rankPlace(const Environment& environment) {
    const auto number = [&](const char* name, int otherwise) {
        const auto word = environment(name);
        int value = otherwise;
        if (word)
            std::from_chars(word->data(), word->data() + word->size(), value);
        return value;
    };
    RankPlace place;
    if (environment("EMBELLIE_RANK")) {
        place.rank = place.local = number("EMBELLIE_RANK", 0);
        place.size = place.here = std::max(1, number("EMBELLIE_RANKS", 1));
        place.meeting = environment("EMBELLIE_MEETING").value_or("here");
    } else if (const auto slurm = slurmPlace(environment); slurm && slurm->ranks > 1) {
        place.rank = slurm->rank;
        place.size = slurm->ranks;
        place.local = slurm->localRank;
        place.meeting = "slurm-" + slurm->job + "-" + std::to_string(slurm->restarts) + "-" +
                        environment("SLURM_STEP_ID").value_or("0");
    }
    return place;
}

#ifdef EMBELLIE_GLOO

#if TORCH_VERSION_MAJOR >= 2
using Collective = c10d::Backend;
#else
using Collective = c10d::ProcessGroup;
#endif
using WorkPointer = c10::intrusive_ptr<c10d::Work>;

/// The folder where the ranks meet: ours alone.
static fs::path meetingFolder(const fs::path& run, const std::string& meeting) {
    const fs::path all = run / "ranks", own = all / meeting;
    for (const fs::path& folder : {all, own}) {
        if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
            throw systemError(EMBELLIE_TR("learn", "the processes can't meet"), folder, errno);
        struct stat status {};
        if (::lstat(folder.c_str(), &status) != 0)
            throw systemError(EMBELLIE_TR("learn", "the processes can't meet"), folder, errno);
        if (!S_ISDIR(status.st_mode) || status.st_uid != ::geteuid() || (status.st_mode & 077) != 0)
            throw Error(text(EMBELLIE_TR("learn", "the processes meet only in a folder of their user alone")))
                .in(folder)
                .expected(text(EMBELLIE_TR("learn", "a folder of mode 0700")));
    }
    return own;
}

class Ranks::Group {
public:
    explicit Group(Plan wanted)
        : plan(std::move(wanted)), folder(meetingFolder(plan.run, plan.place.meeting)),
          pulses(folder, plan.place.rank, plan.place.size, plan.timeout) {
        guarded([&] {
            auto store = c10::make_intrusive<c10d::FileStore>((folder / "store").string(), plan.place.size);
            store->setTimeout(plan.timeout);
            // All are here before anyone opens a socket: a rank that never comes is then known by its number.
            store->add("here", 1);
            const auto end = Clock::now() + plan.timeout;
            while (store->add("here", 0) < plan.place.size) {
                if (stopSignal != 0)
                    throw Cancelled();
                if (pulses.anyoneLeft())
                    throw lost("");
                if (Clock::now() > end)
                    throw RanksLost(
                        RanksLost::Why::Silent, -1,
                        text(EMBELLIE_TR("learn", "of {0} processes not all have come within {1} s"),
                             plan.place.size,
                             std::chrono::duration_cast<std::chrono::seconds>(plan.timeout).count())
                            .english());
                std::this_thread::sleep_for(milliseconds(50));
            }
            pulses.learnOthers();
            control = connected(store);
            data = control;
#ifdef EMBELLIE_NCCL
            if (plan.device.is_cuda()) {
                auto nccl = c10d::ProcessGroupNCCL::Options::create();
                nccl->timeout =
                    2 * plan.timeout + std::chrono::minutes(1); // ours comes first, with a sentence
                data = c10::make_intrusive<c10d::ProcessGroupNCCL>(
                    c10::make_intrusive<c10d::PrefixStore>("data", store), plan.place.rank, plan.place.size,
                    nccl);
            }
#endif
        });
    }

    ~Group() {
        if (isLost) {
            // Its threads may wait in the kernel for a rank that never answers: left to the end of the
            // process.
            (void)control.release();
            (void)data.release();
            return;
        }
        pulses.stop();
        data.reset();
        control.reset(); // and with it the store, which writes a last word into its file
        pulses.sayDone();
        if (plan.place.rank == 0) {
            // Nobody may still write where the folder is taken away.
            for (int turn = 0; turn < 250 && !pulses.othersAreDone(); ++turn)
                std::this_thread::sleep_for(milliseconds(20));
            std::error_code ignored;
            fs::remove_all(folder, ignored);
            fs::remove(folder.parent_path(), ignored); // where it is empty
        }
    }

    /// Gloo's sockets to all others. The waiting is timed here and not by Gloo: a patient meeting must not
    /// end by its clock, and a rank that falls silent just now must not hold the others up.
    c10::intrusive_ptr<Collective> connected(const c10::intrusive_ptr<c10d::Store>& store) {
        std::packaged_task<c10::intrusive_ptr<Collective>()> connect([store, place = plan.place,
                                                                      name = plan.interface] {
            auto options = c10d::ProcessGroupGloo::Options::create(std::chrono::hours(24 * 30));
            options->devices = {c10d::ProcessGroupGloo::createDeviceForInterface(name.empty() ? "lo" : name)};
            return c10::intrusive_ptr<Collective>(c10::make_intrusive<c10d::ProcessGroupGloo>(
                c10::make_intrusive<c10d::PrefixStore>("control", store), place.rank, place.size, options));
        });
        auto result = connect.get_future();
        std::thread(std::move(connect)).detach(); // where it hangs it ends with the process
        if (result.wait_for(plan.timeout) != std::future_status::ready)
            throw lost("the sockets can't be connected");
        return result.get();
    }

    template <class Function>
    void guarded(Function&& function) {
        try {
            function();
        } catch (const RanksLost&) {
            isLost = true;
            throw;
        } catch (const Error&) {
            throw;
        } catch (const Cancelled&) {
            throw;
        } catch (const std::bad_alloc&) {
            throw;
        } catch (const std::exception& error) {
            throw lost(error.what());
        }
    }

    RanksLost lost(const std::string& why) {
        isLost = true;
        return pulses.whoIsLost(why);
    }

    void wait(const WorkPointer& work) {
        guarded([&] {
            if (!work->wait(plan.timeout))
                throw lost("");
        });
    }

    Plan plan;
    fs::path folder;
    RankPulses pulses;
    c10::intrusive_ptr<Collective> control, data;
    bool isLost = false;
};

namespace {

class SumLater : public Ranks::Later {
public:
    SumLater(std::function<void()> wait) : m_wait(std::move(wait)) {}
    void wait() override { m_wait(); }

private:
    std::function<void()> m_wait;
};

} // namespace

Ranks::Ranks(Plan plan) : m_group(std::make_unique<Group>(std::move(plan))) {}
Ranks::~Ranks() = default;

int Ranks::rank() const {
    return m_group->plan.place.rank;
}

int Ranks::size() const {
    return m_group->plan.place.size;
}

torch::Tensor Ranks::sum(const torch::Tensor& tensor) {
    std::vector<torch::Tensor> sums{
        tensor.detach().to(torch::kCPU, tensor.scalar_type(), false, true).contiguous()};
    m_group->guarded([&] { m_group->wait(m_group->control->allreduce(sums)); });
    return sums[0];
}

torch::Tensor Ranks::gathered(const torch::Tensor& tensor) {
    std::vector<torch::Tensor> mine{tensor.detach().cpu().contiguous()};
    std::vector<std::vector<torch::Tensor>> all(1);
    for (int i = 0; i < size(); ++i)
        all[0].push_back(torch::empty_like(mine[0]));
    m_group->guarded([&] { m_group->wait(m_group->control->allgather(all, mine)); });
    return torch::stack(all[0]);
}

void Ranks::takeFirst(torch::Tensor tensor) {
    const torch::NoGradGuard noGradients;
    std::vector<torch::Tensor> first{tensor.detach().cpu().contiguous()};
    m_group->guarded([&] { m_group->wait(m_group->control->broadcast(first)); });
    tensor.copy_(first[0]);
}

void Ranks::meet() {
    std::vector<torch::Tensor> nothing{torch::zeros({1})};
    m_group->guarded([&] {
        const auto work = m_group->control->allreduce(nothing);
        while (!work->isCompleted()) {
            std::this_thread::sleep_for(milliseconds(5));
            if (m_group->pulses.anyoneSilent())
                throw m_group->lost("");
        }
        m_group->wait(work); // throws where it ended badly
    });
}

std::unique_ptr<Ranks::Later> Ranks::later(torch::Tensor tensor) {
    WorkPointer work;
    std::vector<torch::Tensor> tensors{tensor};
    m_group->guarded([&] { work = m_group->data->allreduce(tensors); });
    return std::make_unique<SumLater>([group = m_group.get(), work] {
        if (group->data == group->control)
            group->wait(work);
        else
            group->guarded(
                [&] { work->wait(); }); // in the order of the stream; the agreement of the step is timed
    });
}

void Ranks::leave(const std::string& sentence, bool memory) {
    if (!sentence.empty() && !m_group->isLost)
        m_group->pulses.leave(sentence, memory);
    m_group->isLost = true;
}

bool Ranks::speaksWithout(int lost) const {
    return rank() == (lost == 0 ? 1 : 0);
}

void Ranks::endFirst() {
    m_group->pulses.endFirst();
}

#else // without Gloo

class Ranks::Group {};

Ranks::Ranks(Plan) {
    throw Error(
        text(EMBELLIE_TR(
            "learn", "this program can't learn in several processes: its LibTorch was built without Gloo")))
        .remedy(text(EMBELLIE_TR("learn", "set train.ranks = 1")));
}
Ranks::~Ranks() = default;
int Ranks::rank() const {
    return 0;
}
int Ranks::size() const {
    return 1;
}
torch::Tensor Ranks::sum(const torch::Tensor& tensor) {
    return tensor;
}
torch::Tensor Ranks::gathered(const torch::Tensor& tensor) {
    return tensor.unsqueeze(0);
}
void Ranks::takeFirst(torch::Tensor) {}
void Ranks::meet() {}
std::unique_ptr<Ranks::Later> Ranks::later(torch::Tensor) {
    return nullptr;
}
void Ranks::leave(const std::string&, bool) {}
bool Ranks::speaksWithout(int) const {
    return true;
}
void Ranks::endFirst() {}

#endif

} // namespace embellie
