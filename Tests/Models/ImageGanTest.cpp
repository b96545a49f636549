// The adversaries of chapter 4: sizes against the book, shapes, and the doubling convolutions
// against LibTorch's own layers.

#include "Models/Image/ImageGan.h"

#include "../Support/CatchAfterTorch.h"

using namespace organum::models;

namespace
{

double difference(const torch::Tensor& a, const torch::Tensor& b)
{
    REQUIRE(a.sizes() == b.sizes());
    return (a - b).abs().max().item<double>();
}

ImageGanConfig small(ImageGanKind kind)
{
    auto config = ImageGanConfig::book(kind, 3);
    config.generatorWidth = config.criticWidth = 2;
    config.noise = 5;
    return config;
}

} // namespace

TEST_CASE("The adversaries have the book's numbers of parameters", "[image-gan]")
{
    const auto sketch = ImageGanConfig::book(ImageGanKind::sketchGan, 1);
    CHECK(kerasCount(*ImageGanCritic(sketch)).total() == 720833);
    const auto generator = kerasCount(*ImageGanGenerator(sketch));
    CHECK(generator.total() == 844161);
    CHECK(generator.trainable == 837377);
    auto transposed = sketch;
    transposed.doubling = Doubling::transposed;
    CHECK(kerasCount(*ImageGanGenerator(transposed)).total() == 844161);

    const auto wgan = ImageGanConfig::book(ImageGanKind::wgan, 3);
    CHECK(kerasCount(*ImageGanCritic(wgan)).total() == 670401);
    CHECK(kerasCount(*ImageGanGenerator(wgan)).total() == 884163);

    const auto penalised = ImageGanConfig::book(ImageGanKind::wganGp, 3);
    CHECK(kerasCount(*ImageGanCritic(penalised)).total() == 4314753);
    CHECK(kerasCount(*ImageGanGenerator(penalised)).total() == 5168003);
}

TEST_CASE("Generators make images, critics one score for each", "[image-gan]")
{
    torch::manual_seed(1);
    const auto kind = GENERATE(ImageGanKind::sketchGan, ImageGanKind::wgan, ImageGanKind::wganGp);
    auto config = small(kind);
    const auto size = GENERATE(28, 64, 45);
    config.size = size;
    config.doubling = GENERATE(Doubling::upsampled, Doubling::transposed);
    ImageGanGenerator generator(config);
    ImageGanCritic critic(config);
    const auto images = generator->forward(torch::randn({4, config.noise}));
    REQUIRE(images.sizes() == torch::IntArrayRef({4, 3, size, size}));
    CHECK(images.abs().max().item<double>() <= 1.0);
    CHECK(critic->forward(images).sizes() == torch::IntArrayRef({4}));
}

TEST_CASE("An image depends on its own noise alone, a score on its own image", "[image-gan]")
{
    torch::manual_seed(2);
    const auto kind = GENERATE(ImageGanKind::sketchGan, ImageGanKind::wgan, ImageGanKind::wganGp);
    ImageGanGenerator generator(small(kind));
    ImageGanCritic critic(small(kind));
    const auto noise = torch::randn({4, 5});
    generator->forward(noise); // moves the running statistics off their start
    generator->eval();
    critic->eval();
    const auto images = generator->forward(noise);
    CHECK(difference(images.slice(0, 1, 2), generator->forward(noise.slice(0, 1, 2))) < 1e-5);
    const auto scores = critic->forward(images);
    CHECK(difference(scores.slice(0, 2, 3), critic->forward(images.slice(0, 2, 3))) < 1e-5);
}

TEST_CASE("Weights begin as the book's: small, normal, without bias", "[image-gan]")
{
    torch::manual_seed(3);
    const auto config = ImageGanConfig::book(ImageGanKind::sketchGan, 1);
    ImageGanCritic critic(config);
    for (const auto& item : critic->named_parameters())
        if (item.value().dim() > 1)
            CHECK(item.value().std().item<double>() == Approx(0.02).epsilon(0.1));
        else
            CHECK(item.value().abs().max().item<double>() == 0.0);
    // Keras' 0.9 is the weight of the old statistics.
    ImageGanGenerator generator(config);
    for (const auto& part : generator->modules())
        if (const auto* norm = dynamic_cast<torch::nn::BatchNorm2dImpl*>(part.get())) {
            CHECK(*norm->options.momentum() == Approx(0.1));
            CHECK(norm->options.eps() == Approx(1e-3));
        }
}

TEST_CASE("Doubling equals upsampling before a convolution, and a transposed convolution",
          "[image-gan]")
{
    torch::manual_seed(4);
    const auto kernel = GENERATE(3, 4, 5, 7);
    DoublingConvolutionOptions options{3, 2, kernel, Doubling::upsampled};
    const auto x = torch::randn({2, 3, 5, 6}, torch::requires_grad());
    const auto gradientOf = [](const torch::Tensor& y, const torch::Tensor& of) {
        const auto ramp = torch::arange(y.numel(), torch::kFloat32).view(y.sizes()) / 100.0;
        return torch::autograd::grad({(y * ramp).sum()}, {of}).front();
    };

    DoublingConvolution upsampled(options);
    {
        torch::NoGradGuard noGrad;
        upsampled->bias.normal_();
    }
    const auto before = (kernel - 1) / 2, after = kernel - 1 - before;
    const auto twice = x.repeat_interleave(2, 2).repeat_interleave(2, 3);
    const auto slow = at::conv2d(at::constant_pad_nd(twice, {before, after, before, after}),
                                 upsampled->weight, upsampled->bias);
    CHECK(difference(upsampled->forward(x), slow) < 1e-4);
    CHECK(difference(gradientOf(upsampled->forward(x), upsampled->weight),
                     gradientOf(slow, upsampled->weight)) < 2e-3);

    options.doubling = Doubling::transposed;
    DoublingConvolution transposed(options);
    SameTransposedConvolution reference(SameConvolutionOptions{3, 2, kernel, 2});
    {
        torch::NoGradGuard noGrad;
        transposed->bias.normal_();
        reference->bias.copy_(transposed->bias);
        reference->weight.copy_(transposed->weight.transpose(0, 1));
    }
    CHECK(difference(transposed->forward(x), reference->forward(x)) < 1e-4);
    CHECK(difference(gradientOf(transposed->forward(x), transposed->weight),
                     gradientOf(reference->forward(x), reference->weight).transpose(0, 1)) < 2e-3);
}

TEST_CASE("Impossible adversaries are refused by name", "[image-gan]")
{
    auto config = small(ImageGanKind::wgan);
    config.size = 4;
    CHECK_THROWS_WITH(ImageGanCritic(config), Catch::Matchers::Contains("side"));
    config = small(ImageGanKind::wgan);
    config.noise = 0;
    CHECK_THROWS_WITH(ImageGanGenerator(config), Catch::Matchers::Contains("noise"));
    config = small(ImageGanKind::sketchGan);
    config.dropout = 1.0;
    CHECK_THROWS_WITH(ImageGanCritic(config), Catch::Matchers::Contains("dropped"));
}
