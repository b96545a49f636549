#include "Engine/PackedMatrix.h"

#include "Engine/Blas.h"
#include "Engine/Random.h"

#include <catch2/catch.hpp>

using namespace organum::engine;

namespace
{

std::vector<float> drawn(std::uint64_t seed, std::size_t count)
{
    std::vector<float> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(static_cast<float>(uniform(Purpose::latent, seed, i)) - 0.5f);
    return values;
}

} // namespace

TEST_CASE("A packed matrix gives the products that BLAS gives, whatever its size", "[steps]")
{
    struct Size
    {
        std::size_t rows, columns;
    };
    for (const auto& [rows, columns] :
         {Size{1, 1}, Size{7, 5}, Size{64, 3}, Size{65, 256}, Size{447, 256}, Size{1024, 100}}) {
        INFO(rows << " x " << columns);
        const auto values = drawn(1, rows * columns);
        const auto input = drawn(2, columns);
        auto expected = drawn(3, rows);
        auto output = expected;
        addProduct(values.data(), input.data(), expected.data(), static_cast<int>(rows),
                   static_cast<int>(columns));
        PackedMatrix(values, rows, columns).addProduct(input.data(), output.data());
        for (std::size_t row = 0; row < rows; ++row)
            CHECK(output[row] == Approx(expected[row]).margin(2e-6));
    }
}

TEST_CASE("A packed matrix sums every row in the order of its columns", "[steps]")
{
    const std::size_t rows = 130;
    const std::size_t columns = 37;
    const auto values = drawn(4, rows * columns);
    const auto input = drawn(5, columns);
    std::vector<float> output(rows, 0.25f);
    PackedMatrix(values, rows, columns).addProduct(input.data(), output.data());
    for (std::size_t row = 0; row < rows; ++row) {
        // Stored after every operation, so that no compiler may fuse or reorder them.
        volatile float sum = 0.25f;
        for (std::size_t column = 0; column < columns; ++column) {
            volatile const float product = values[row * columns + column] * input[column];
            sum = sum + product;
        }
        CHECK(output[row] == Approx(sum).margin(1e-6));
    }
}

TEST_CASE("A packed matrix of no rows adds nothing", "[steps]")
{
    const std::vector<float> input(3, 1.0f);
    float untouched = 1.0f;
    PackedMatrix().addProduct(input.data(), &untouched);
    PackedMatrix({}, 0, 3).addProduct(input.data(), &untouched);
    CHECK(untouched == 1.0f);
}
