#pragma once

// A matrix laid out for one product after another with vectors. A step of a recurrent network reads
// every weight once, so the time goes into fetching them: in the order they lie in memory they come
// a third sooner than the rows of a row-major matrix do through OpenBLAS.

#include <cstddef>
#include <vector>

namespace organum::engine
{

class PackedMatrix
{
public:
    PackedMatrix() = default;
    /** values: row-major [rows, columns]. */
    PackedMatrix(const std::vector<float>& values, std::size_t rows, std::size_t columns);

    /** output += matrix * input. input: [columns]; output: [rows]. Every row is summed in the order
        of its columns, however many values the processor takes at once. Any thread. */
    void addProduct(const float* input, float* output) const;

private:
    std::size_t rowCount = 0;
    std::size_t columnCount = 0;
    std::vector<float> panels; ///< [panel of 64 rows, column, row], filled up with zeros
};

} // namespace organum::engine
