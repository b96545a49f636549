// The book's classifiers and autoencoders: sizes, shapes, and the layers they share with Keras.

#include "Models/Image/ConvolutionalAutoencoder.h"
#include "Models/Image/ImageClassifier.h"
#include "Models/Layers/TransposedConvolution.h"

#include "Tests/Support/CatchAfterTorch.h"

using namespace organum::models;

namespace
{

KerasCount countOf(const torch::nn::Module& module)
{
    return kerasCount(module);
}

} // namespace

TEST_CASE("The image networks have as many parameters as the book prints", "[image]")
{
    CHECK(countOf(*ImageClassifier(ClassifierConfig::mlp())).total() == 646260);

    const auto cnn = countOf(*ImageClassifier(ClassifierConfig::cnn()));
    CHECK(cnn.total() == 592554);
    CHECK(cnn.trainable == 591914);
    CHECK(cnn.fixed == 640);

    auto digits = ClassifierConfig::cnn();
    digits.channels = 1;
    digits.height = digits.width = 28;
    CHECK(countOf(*ImageClassifier(digits)).total() == 469098);

    const Autoencoder plain(AutoencoderConfig::digits(false));
    CHECK(countOf(*plain->encoder).total() == 98946);
    CHECK(countOf(*plain->decoder).total() == 102017);
    const Autoencoder variational(AutoencoderConfig::digits(true));
    CHECK(countOf(*variational->encoder).total() == 105220);
    CHECK(countOf(*variational->decoder).total() == 102017);

    const Autoencoder faces(AutoencoderConfig::faces());
    CHECK(countOf(*faces->encoder).total() == 1732944);
    CHECK(countOf(*faces->encoder).fixed == 448);
    CHECK(countOf(*faces->decoder).total() == 917123);
    CHECK(countOf(*faces->decoder).fixed == 320);
}

TEST_CASE("Image networks give the shapes they promise", "[image]")
{
    torch::NoGradGuard noGrad;
    torch::manual_seed(1);
    for (const auto& config : {ClassifierConfig::mlp(), ClassifierConfig::cnn()}) {
        ImageClassifier network(config);
        network->eval();
        CHECK(network->forward(torch::rand({2, 3, 32, 32})).sizes() ==
              std::vector<std::int64_t>{2, 10});
    }
    Autoencoder digits(AutoencoderConfig::digits(true));
    const auto code = digits->encoder->forward(torch::rand({3, 1, 28, 28}));
    CHECK(code.mean.sizes() == std::vector<std::int64_t>{3, 2});
    CHECK(code.logVariance.sizes() == std::vector<std::int64_t>{3, 2});
    const auto images = digits->decoder->forward(code.sample());
    CHECK(images.sizes() == std::vector<std::int64_t>{3, 1, 28, 28});
    CHECK(images.min().item<float>() >= 0.0f);
    CHECK(images.max().item<float>() <= 1.0f);
    Autoencoder faces(AutoencoderConfig::faces());
    faces->eval();
    const auto face = faces->encoder->forward(torch::rand({1, 3, 128, 128}));
    CHECK(face.mean.sizes() == std::vector<std::int64_t>{1, 200});
    CHECK(faces->decoder->forward(face.mean).sizes() == std::vector<std::int64_t>{1, 3, 128, 128});
}

TEST_CASE("Sizes that cannot be halved and doubled are refused", "[image]")
{
    auto config = AutoencoderConfig::digits(false);
    config.height = 30;
    CHECK_THROWS_AS(Autoencoder(config), std::invalid_argument);
    config = AutoencoderConfig::digits(false);
    config.channels = 3;
    CHECK_THROWS_AS(Autoencoder(config), std::invalid_argument);
}

TEST_CASE("Padding \"same\" puts the odd zero below and on the right, as Keras does", "[image]")
{
    torch::NoGradGuard noGrad;
    // Each result is the sum of what its window covers: with stride 2 on 4 x 4, the first window
    // covers rows and columns 0 to 2 and the last 2 to 4, of which 4 is padding.
    SameConvolution layer(SameConvolutionOptions{1, 1, 3, 2});
    layer->weight.fill_(1.0);
    const auto ones = torch::ones({1, 1, 4, 4});
    const auto sums = layer->forward(ones)[0][0];
    CHECK(sums[0][0].item<float>() == 9.0f);
    CHECK(sums[0][1].item<float>() == 6.0f);
    CHECK(sums[1][1].item<float>() == 4.0f);

    // Odd sizes need an even number of zeros, one on each side.
    const auto odd = layer->forward(torch::ones({1, 1, 5, 5}))[0][0];
    CHECK(odd.size(0) == 3);
    CHECK(odd[0][0].item<float>() == 4.0f);
    CHECK(odd[2][2].item<float>() == 4.0f);
}

TEST_CASE("The fast transposed convolution has LibTorch's numbers, and its derivatives twice over")
{
    torch::manual_seed(5);
    for (const std::int64_t stride : {1, 2, 3})
        for (const std::int64_t kernel : {3, 4, 5}) {
            const std::int64_t padding = (kernel - stride) / 2;
            CAPTURE(stride, kernel, padding);
            const auto options = torch::dtype(torch::kFloat64).requires_grad(true);
            const auto x = torch::randn({2, 3, 4, 5}, options);
            const auto weight = torch::randn({3, 2, kernel, kernel}, options);
            const auto bias = torch::randn({2}, options);
            // As a gradient penalty: a loss of gradients, differentiated again.
            const auto derivatives = [&](const torch::Tensor& y) {
                const auto first =
                    torch::autograd::grad({y.pow(3).sum()}, {x, weight, bias}, {}, true, true);
                auto second = torch::autograd::grad({first[0].square().sum()}, {x, weight});
                second.insert(second.end(), first.begin(), first.end());
                return second;
            };
            const auto ours = convTranspose2d(x, weight, bias, stride, padding);
            const auto theirs = at::conv_transpose2d(x, weight, bias, stride, {padding, padding});
            REQUIRE(ours.sizes() == theirs.sizes());
            CHECK(torch::allclose(ours, theirs, 1e-9, 1e-9));
            const auto a = derivatives(ours), b = derivatives(theirs);
            for (std::size_t i = 0; i < a.size(); ++i) {
                CAPTURE(i);
                CHECK(torch::allclose(a[i], b[i], 1e-8, 1e-8));
            }
            torch::NoGradGuard guard; // as when sampling
            CHECK(torch::allclose(convTranspose2d(x, weight, bias, stride, padding), theirs, 1e-9,
                                  1e-9));
        }
}

TEST_CASE("A transposed convolution is the gradient of its convolution", "[image]")
{
    torch::manual_seed(2);
    for (const auto kernel : {3, 4, 5})
        for (const auto stride : {1, 2}) {
            INFO(kernel << " " << stride);
            SameConvolution down(SameConvolutionOptions{2, 3, kernel, stride});
            SameTransposedConvolution up(SameConvolutionOptions{3, 2, kernel, stride});
            {
                torch::NoGradGuard noGrad;
                up->weight.copy_(down->weight);
            }
            auto x = torch::zeros({1, 2, 8, 8}, torch::requires_grad());
            const auto y = down->forward(x);
            const auto g = torch::randn_like(y);
            const auto expected = torch::autograd::grad({y}, {x}, {g})[0];
            const auto given = up->forward(g);
            REQUIRE(given.sizes() == expected.sizes());
            CHECK(torch::allclose(given, expected, 1e-4, 1e-5));
        }
}

TEST_CASE("The divergence from the normal is 0 there alone and positive elsewhere", "[image]")
{
    const auto at = [](double mean, double logVariance) {
        return divergenceFromNormal({torch::full({4, 2}, mean), torch::full({4, 2}, logVariance)})
            .item<double>();
    };
    CHECK(at(0.0, 0.0) == Approx(0.0).margin(1e-7));
    // One number: (mean^2 + variance - 1 - log variance) / 2; there are two.
    CHECK(at(1.0, 0.0) == Approx(1.0));
    CHECK(at(0.0, 1.0) == Approx(std::exp(1.0) - 2.0));
    CHECK(at(0.0, -1.0) == Approx(std::exp(-1.0)));
}

TEST_CASE("A sampled code has the variance that its logarithm says", "[image]")
{
    torch::manual_seed(3);
    const ImageEncoderImpl::Code code{torch::full({20000, 1}, 2.0),
                                      torch::full({20000, 1}, std::log(9.0))};
    const auto z = code.sample();
    CHECK(z.mean().item<double>() == Approx(2.0).margin(0.1));
    CHECK(z.std().item<double>() == Approx(3.0).margin(0.1));
}

TEST_CASE("The book's patch gives 2.3 and its negative -2.3", "[image]")
{
    const auto patch =
        torch::tensor({{0.6f, 0.2f, 0.6f}, {0.1f, -0.2f, -0.3f}, {-0.5f, -0.1f, -0.3f}});
    CHECK(filtered(patch, horizontalEdges())[1][1].item<double>() == Approx(2.3));
    CHECK(filtered(-patch, horizontalEdges())[1][1].item<double>() == Approx(-2.3));
    const auto half = filtered(torch::rand({64, 64}), verticalEdges(), 2);
    CHECK(half.sizes() == std::vector<std::int64_t>{32, 32});
    // A vertical edge is seen by one kernel and not by the other.
    auto image = torch::zeros({8, 8});
    image.slice(1, 4).fill_(1.0);
    CHECK(filtered(image, verticalEdges())[4][4].item<double>() == Approx(3.0));
    CHECK(filtered(image, horizontalEdges())[4][4].item<double>() == Approx(0.0));
}
