#include "Engine/PackedMatrix.h"

#include "Engine/Processors.h"

#include <algorithm>

namespace organum::engine
{

namespace
{

constexpr std::size_t panelRows = 64;

/** sums += panel * input. panel: [columns, panelRows]; sums: [panelRows]. */
ORGANUM_FOR_EVERY_PROCESSOR
void addPanel(const float* panel, const float* input, float* sums, std::size_t columns)
{
    float own[panelRows]; // nothing else can point to it, so it may stay in registers
    std::copy_n(sums, panelRows, own);
    for (std::size_t column = 0; column < columns; ++column, panel += panelRows) {
        const float value = input[column];
        for (std::size_t row = 0; row < panelRows; ++row)
            own[row] += panel[row] * value;
    }
    std::copy_n(own, panelRows, sums);
}

} // namespace

PackedMatrix::PackedMatrix(const std::vector<float>& values, std::size_t rows, std::size_t columns)
    : rowCount(rows)
    , columnCount(columns)
    , panels((rows + panelRows - 1) / panelRows * panelRows * columns, 0.0f)
{
    for (std::size_t row = 0; row < rows; ++row) {
        auto* panel = &panels[row / panelRows * panelRows * columns];
        for (std::size_t column = 0; column < columns; ++column)
            panel[column * panelRows + row % panelRows] = values[row * columns + column];
    }
}

void PackedMatrix::addProduct(const float* input, float* output) const
{
    const auto* panel = panels.data();
    std::size_t row = 0;
    for (; row + panelRows <= rowCount; row += panelRows, panel += panelRows * columnCount)
        addPanel(panel, input, output + row, columnCount);
    if (row == rowCount)
        return;
    float sums[panelRows] = {};
    std::copy_n(output + row, rowCount - row, sums);
    addPanel(panel, input, sums, columnCount);
    std::copy_n(sums, rowCount - row, output + row);
}

} // namespace organum::engine
