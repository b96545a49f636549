// Images a second while training, beside the same network, batch and optimiser in Python's PyTorch
// on the same machine, one thread each. The two take turns, so that other work on the machine slows
// both alike; the best round of each counts.

#include "Models/Image/ConvolutionalAutoencoder.h"
#include "Models/Image/ImageClassifier.h"
#include "Training/KerasOptimisers.h"
#include "Training/Memory.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

using namespace organum;

namespace
{

using Clock = std::chrono::steady_clock;

constexpr int rounds = 3;

struct Case
{
    std::string name; ///< what image_benchmark.py calls it
    std::int64_t batch = 32;
    int steps = 20;
    std::function<torch::Tensor()> loss; ///< of one batch
    std::vector<torch::Tensor> parameters;
};

Case autoencoder(const std::string& name, const models::AutoencoderConfig& config, double weight,
                 int steps)
{
    models::Autoencoder network(config);
    const auto images = torch::rand({32, config.channels, config.height, config.height});
    return {name, 32, steps,
            [network, images, weight]() mutable {
                const auto code = network->encoder->forward(images);
                const auto rebuilt = network->decoder->forward(code.sample());
                return weight * (rebuilt - images).square().mean() +
                       models::divergenceFromNormal(code);
            },
            network->parameters()};
}

Case classifier(const std::string& name, const models::ClassifierConfig& config, int steps)
{
    models::ImageClassifier network(config);
    const auto images = torch::rand({32, 3, 32, 32});
    const auto labels = torch::randint(10, {32}, torch::kInt64);
    return {name, 32, steps,
            [network, images, labels]() mutable {
                return torch::nn::functional::cross_entropy(network->forward(images), labels);
            },
            network->parameters()};
}

double imagesPerSecond(const Case& what, int steps)
{
    const auto optimizer = training::kerasAdam(what.parameters, 0.0005);
    const auto step = [&] {
        optimizer->zero_grad();
        what.loss().backward();
        optimizer->step();
    };
    for (int i = 0; i < 2; ++i)
        step();
    const auto start = Clock::now();
    for (int i = 0; i < steps; ++i)
        step();
    const auto seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return static_cast<double>(what.batch * steps) / seconds;
}

/** 0 when there is no Python with PyTorch. */
double pythonsImagesPerSecond(const Case& what, int steps)
{
    const auto command = std::string("OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 " ORGANUM_PYTHON
                                     " " ORGANUM_IMAGE_BENCHMARK " ") +
                         what.name + " " + std::to_string(steps) + " 2>/dev/null";
    auto* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr)
        return 0.0;
    char text[64] = {};
    const auto got = std::fread(text, 1, sizeof text - 1, pipe);
    pclose(pipe);
    return got > 0 ? std::atof(text) : 0.0;
}

} // namespace

int main(int argc, char** argv)
{
    const auto quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
    at::set_num_threads(1);
    training::keepFreedMemory(); // as `organum train` does
    torch::manual_seed(1);
    std::printf("Training on the CPU, one thread, batches of 32: images a second\n"
                "%-12s %10s %16s %8s\n",
                "network", "Organum", "Python PyTorch", "ratio");
    std::vector<Case> cases;
    cases.push_back(classifier("cifar-mlp", models::ClassifierConfig::mlp(), 200));
    cases.push_back(classifier("cifar-cnn", models::ClassifierConfig::cnn(), 20));
    cases.push_back(autoencoder("digit-vae", models::AutoencoderConfig::digits(true), 1000, 20));
    cases.push_back(autoencoder("face-vae", models::AutoencoderConfig::faces(), 10000, 4));
    for (const auto& what : cases) {
        const auto steps = quick ? 1 : what.steps;
        double ours = 0.0, theirs = 0.0;
        for (int round = 0; round < (quick ? 1 : rounds); ++round) {
            ours = std::max(ours, imagesPerSecond(what, steps));
            if (!quick)
                theirs = std::max(theirs, pythonsImagesPerSecond(what, steps));
        }
        if (theirs > 0.0)
            std::printf("%-12s %10.0f %16.0f %8.2f\n", what.name.c_str(), ours, theirs,
                        ours / theirs);
        else
            std::printf("%-12s %10.0f %16s\n", what.name.c_str(), ours, "not there");
        std::fflush(stdout);
    }
    return 0;
}
