#include "Engine/Blas.h"

#include <cblas.h>

#include <algorithm>
#include <chrono>
#include <vector>

#ifndef _WIN32
#include <dlfcn.h>
#endif

namespace organum::engine
{

void addProduct(const float* matrix, const float* input, float* output, int rows, int columns)
{
    cblas_sgemv(CblasRowMajor, CblasNoTrans, rows, columns, 1.0f, matrix, columns, input, 1, 1.0f,
                output, 1);
}

void addProductTransposed(const float* a, const float* b, float* output, int rows, int columns,
                          int inner)
{
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, rows, columns, inner, 1.0f, a, inner, b,
                inner, 1.0f, output, columns);
}

void useBlasThreads(int threads)
{
#ifndef _WIN32
    // Asked for by name, because only OpenBLAS has it.
    using SetThreads = void (*)(int);
    if (auto* found = dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))
        reinterpret_cast<SetThreads>(found)(threads);
#else
    (void) threads;
#endif
}

int blasThreads()
{
#ifndef _WIN32
    using GetThreads = int (*)();
    if (auto* found = dlsym(RTLD_DEFAULT, "openblas_get_num_threads"))
        return reinterpret_cast<GetThreads>(found)();
#endif
    return 0;
}

std::string blasLibrary()
{
#ifndef _WIN32
    Dl_info info{};
    if (dladdr(reinterpret_cast<void*>(&cblas_sgemm), &info) != 0 && info.dli_fname != nullptr)
        return info.dli_fname;
#endif
    return {};
}

double measureGigaflops(int size, double seconds)
{
    using Clock = std::chrono::steady_clock;
    const auto count = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    std::vector<float> a(count, 0.5f);
    std::vector<float> b(count, 0.25f);
    std::vector<float> c(count, 0.0f);
    const double operations = 2.0 * size * static_cast<double>(count);
    const auto begin = Clock::now();
    double best = 0.0;
    do {
        const auto before = Clock::now();
        addProductTransposed(a.data(), b.data(), c.data(), size, size, size);
        const std::chrono::duration<double> taken = Clock::now() - before;
        best = std::max(best, operations / std::max(taken.count(), 1e-9));
    } while (std::chrono::duration<double>(Clock::now() - begin).count() < seconds);
    return best * 1e-9;
}

} // namespace organum::engine
