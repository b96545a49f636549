#pragma once

// Matrix products through the BLAS library that LibTorch uses too, and what is worth knowing of it:
// with the reference BLAS instead of an optimised one everything is some 13 times slower.

#include <string>

namespace organum::engine
{

/** output += matrix * input. matrix: row-major [rows, columns]; input: [columns];
    output: [rows]. Any thread. */
void addProduct(const float* matrix, const float* input, float* output, int rows, int columns);

/** output += a * b^T. a: [rows, inner], b: [columns, inner], output: [rows, columns], all
    row-major. Any thread. */
void addProductTransposed(const float* a, const float* b, float* output, int rows, int columns,
                          int inner);

/** How many threads OpenBLAS uses, for the whole process; LibTorch's own setting does not reach it.
    With another BLAS it does nothing. How a product is divided among threads can change its last
    digit, and so a note or a trained weight: what must be repeatable keeps the number fixed. */
void useBlasThreads(int threads);

/** OpenBLAS's present number of threads; 0 with another BLAS. */
int blasThreads();

/** While it lives, OpenBLAS computes on the calling thread only: so a seed means the same notes
    everywhere. It acts on the whole process and puts back what it found, so that composing a sample
    in the middle of a training run leaves the rest of the run as it was. */
class OneBlasThread
{
public:
    OneBlasThread()
        : before(blasThreads())
    {
        useBlasThreads(1);
    }
    ~OneBlasThread()
    {
        if (before > 0)
            useBlasThreads(before);
    }
    OneBlasThread(const OneBlasThread&) = delete;
    OneBlasThread& operator=(const OneBlasThread&) = delete;

private:
    const int before;
};

/** Path of the shared library that matrix products really come from; "" when unknown. */
std::string blasLibrary();

/** Billions of floating-point operations a second of single-precision products of square matrices
    of that size, the best of several runs within about `seconds`. */
double measureGigaflops(int size = 512, double seconds = 0.2);

} // namespace organum::engine
