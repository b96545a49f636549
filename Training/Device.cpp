#include "Training/Device.h"

#include "Engine/Blas.h"
#include "Training/OptionError.h"
#include "Training/Threads.h"

namespace organum::training
{

void setThreads(int threads)
{
    if (threads < 1 || threads > 1024)
        throw OptionError("The number of threads is " + std::to_string(threads) +
                          "; it must be from 1 to 1024.");
    at::set_num_threads(threads);
    engine::useBlasThreads(threads);
}

torch::Device chooseDevice(const std::string& name, int threads)
{
    setThreads(threads);
    const auto hasCuda = torch::cuda::is_available();
    if (name == "cpu" || (name == "auto" && !hasCuda))
        return torch::kCPU;
    if (name == "cuda" || name == "auto") {
        if (!hasCuda)
            throw OptionError("There is no CUDA device that this LibTorch can use. Use "
                              "--device cpu, or build with a CUDA LibTorch.");
        return torch::kCUDA;
    }
    throw OptionError("There is no device \"" + name + "\"; choose cpu, cuda or auto.");
}

} // namespace organum::training
