// What holds on CUDA and nowhere else. Hidden from ordinary runs: it needs a CUDA device, or the
// stand-in of Tests/Support.

#include "ImageFiles.h"
#include "RunOptions.h"
#include "Support/Paths.h"
#include "Training/Loop/Progress.h"
#include "Training/Report/LogTable.h"
#include "Training/Training.h"

#include <nlohmann/json.hpp>
#include <torch/torch.h>

#include "Support/CatchAfterTorch.h"

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace organum;
using namespace organum::training;

namespace
{

TrainOptions digitsRun(const test::TemporaryFolder& folder, const std::string& device)
{
    auto options =
        test::runOptions("digit-autoencoder", folder / "digits", folder / ("on-" + device), 2);
    options.device = device;
    options.settings = {{"batch", "8"}};
    return options;
}

std::string deviceOf(const std::filesystem::path& run)
{
    return nlohmann::json::parse(test::readWholeFile(run / "config.json"))["device"];
}

} // namespace

TEST_CASE("A tensor on CUDA is no tensor of the CPU", "[.][cuda]")
{
    const auto onDevice = torch::arange(6, torch::TensorOptions().device(torch::kCUDA));
    CHECK(onDevice.is_cuda());
    CHECK(onDevice.sum().item<std::int64_t>() == 15);
    CHECK(onDevice.index({onDevice > 2}).sum().item<std::int64_t>() == 12);
    CHECK_THROWS_AS(onDevice + torch::arange(6), c10::Error);
    CHECK_THROWS_AS(torch::where(onDevice > 2, torch::arange(6), onDevice), c10::Error);

    const auto child = fork();
    if (child == 0) {
        const rlimit noCore{0, 0};
        setrlimit(RLIMIT_CORE, &noCore);
        std::signal(SIGSEGV, SIG_DFL); // not the tests' own handler
        const volatile auto value = *onDevice.data_ptr<std::int64_t>();
        _exit(static_cast<int>(value));
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK((WIFSIGNALED(status) && (WTERMSIG(status) == SIGSEGV || WTERMSIG(status) == SIGBUS)));
}

TEST_CASE("A network learns on CUDA what it learns on the CPU", "[.][cuda]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 60);
    Progress silent;
    std::vector<std::vector<double>> losses;
    for (const auto* device : {"cpu", "cuda"}) {
        const auto options = digitsRun(folder, device);
        train(options, silent);
        CHECK(deviceOf(options.run) == device);
        const auto log = readLog(options.run / "log.csv");
        REQUIRE(log.column("validation_loss") != nullptr);
        losses.push_back(*log.column("validation_loss"));
    }
    REQUIRE(losses[0].size() == 2);
    REQUIRE(losses[1].size() == 2);
    for (std::size_t epoch = 0; epoch < 2; ++epoch)
        CHECK(losses[1][epoch] == Approx(losses[0][epoch]).epsilon(0.01));
}

TEST_CASE("A run goes on wherever it is told to compute", "[.][cuda]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 40);
    Progress silent;
    const auto begun = digitsRun(folder, "cuda");
    train(begun, silent);

    TrainOptions further;
    further.run = begun.run;
    further.resume = true;
    std::int64_t epochs = 2;
    for (const auto* device : {"cpu", "cuda", "auto"}) {
        INFO(device);
        further.device = device;
        further.epochs = ++epochs;
        CHECK(train(further, silent).epochs == epochs);
    }
    const auto log = readLog(begun.run / "log.csv");
    REQUIRE(log.column("epoch") != nullptr);
    CHECK(*log.column("epoch") == std::vector<double>{1, 2, 3, 4, 5});
}
