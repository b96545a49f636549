// `organum sample`: new images of an image model, as one PNG file.

#include "CommandLine/Command.h"
#include "CommandLine/ModelLibrary.h"
#include "CommandLine/Ranges.h"
#include "Training/Loop/Progress.h"
#include "Training/OptionError.h"
#include "Training/Training.h"

#include <iostream>
#include <memory>

namespace organum::commandline
{
namespace
{

constexpr auto examples = R"(Examples:
  organum sample runs/digits -o digits.png
  organum sample runs/faces -o faces.png --count 12 --seed 7

Generators and variational autoencoders draw new images from standard normal noise; a plain
autoencoder decodes random places of the area its codes fill; a classifier labels test images. The
same seed gives the same picture.
)";

struct Options
{
    training::SampleOptions sample;
    std::string model;
};

int run(Options& options)
{
    options.sample.model = resolveTrained(options.model);
    training::ConsoleProgress progress(std::cerr, isTerminal(stderr));
    try {
        training::sample(options.sample, progress);
    } catch (const training::OptionError& error) {
        throw UsageError(error.what());
    }
    std::cout << options.sample.output.string() << '\n';
    return done;
}

} // namespace

void addSample(CLI::App& program, Invocation& invocation)
{
    auto* command = program.add_subcommand("sample", "Draws new images of an image model");
    auto options = std::make_shared<Options>();
    auto& sample = options->sample;
    command->add_option("model", options->model, "A run folder, or a bundle")->required();
    command->add_option("-o,--output", sample.output, "PNG file to write")->required();
    command->add_option("--data", sample.data,
                        "The images, for models that need some; default: as the run says");
    addSeed(*command, sample.seed, "Seed of the noise, or of the choice");
    command->add_option("--count", sample.count, "Images")
        ->capture_default_str()
        ->check(inRange(1, 1000, "images"));
    command->footer(examples);
    command->callback([options, &invocation] { invocation.exitCode = run(*options); });
}

} // namespace organum::commandline
