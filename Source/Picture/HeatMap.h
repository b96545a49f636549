#pragma once

// A matrix as coloured cells with names of rows and columns. Probabilities, attention and other
// tables of a model are all drawn by it.

#include "Picture/Chart.h"

#include <string>
#include <utility>
#include <vector>

namespace organum::picture
{

/** Row by row. */
struct Matrix
{
    int rows = 0;
    int columns = 0;
    std::vector<float> values;

    Matrix() = default;
    /** Zeros. Throws std::invalid_argument for negative sizes. */
    Matrix(int rowsIn, int columnsIn);
    /** Throws std::invalid_argument when the number of values is not rows x columns. */
    Matrix(int rowsIn, int columnsIn, std::vector<float> valuesIn);

    float& at(int row, int column) { return values[index(row, column)]; }
    float at(int row, int column) const { return values[index(row, column)]; }
    Matrix transposed() const;

private:
    std::size_t index(int row, int column) const
    {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
               static_cast<std::size_t>(column);
    }
};

struct HeatMapOptions
{
    ChartText text;
    std::vector<std::string> rowLabels;    ///< empty: row numbers from 1
    std::vector<std::string> columnLabels; ///< empty: column numbers from 1
    std::string scaleTitle;
    float low = 0;
    float high = 0;                            ///< not above low: the largest value
    std::vector<std::pair<int, int>> outlined; ///< cells (row, column) with a frame
    std::vector<int> shadedRows;               ///< rows with a grey label, as black keys
    bool firstRowAtBottom = false;
};

/** Cells shrink so that some 900 x 600 points are not exceeded; labels are thinned out to fit.
    Throws std::invalid_argument for an empty matrix or labels that do not match it. */
juce::Image heatMap(const Matrix& matrix, const HeatMapOptions& options);

} // namespace organum::picture
