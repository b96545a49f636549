#pragma once

// What every test that trains a small model asks for.

#include "Support/TestDevice.h"
#include "Training/Training.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace organum::test
{

/** On the tests' device, with a seed of the tests' own; `epochs` 0: as the recipe says. */
inline training::TrainOptions runOptions(const std::string& what, const std::filesystem::path& data,
                                         const std::filesystem::path& run, std::int64_t epochs = 0)
{
    training::TrainOptions options;
    options.what = what;
    options.data = data;
    options.run = run;
    options.device = testDevice();
    options.seed = 4;
    options.epochs = epochs;
    return options;
}

} // namespace organum::test
