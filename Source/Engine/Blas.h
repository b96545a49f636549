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

/** Lets OpenBLAS compute on the calling thread only. How a product is divided among threads can
    change its last digit, and so a note: one thread is what makes a seed mean the same everywhere.
    It acts on the whole process; with another BLAS it does nothing. */
void useOneBlasThread();

/** Path of the shared library that matrix products really come from; "" when unknown. */
std::string blasLibrary();

/** Billions of floating-point operations a second of single-precision products of square matrices
    of that size, the best of several runs within about `seconds`. */
double measureGigaflops(int size = 512, double seconds = 0.2);

} // namespace organum::engine
