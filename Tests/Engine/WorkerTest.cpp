#include "Engine/Job.h"
#include "TinyModel.h"

#include <catch2/catch.hpp>

#include <future>

using namespace organum;
using namespace organum::engine;

namespace
{

/** Writes its letter at each step. */
class Letter : public Task
{
public:
    Letter(char letterIn, int steps, int urgencyIn, std::string& logIn)
        : Task(urgencyIn)
        , letter(letterIn)
        , left(steps)
        , log(logIn)
    {
    }
    bool step() override
    {
        if (isCancelled()) {
            log += 'x';
            return false;
        }
        log += letter;
        return --left > 0;
    }

private:
    const char letter;
    int left;
    std::string& log;
};

/** Holds the worker until released, so that a test can queue in peace. */
class Gate : public Task
{
public:
    Gate()
        : Task(1000)
    {
    }
    bool step() override
    {
        reached.set_value();
        open.get_future().wait();
        return false;
    }
    std::promise<void> reached;
    std::promise<void> open;
};

class Signal : public Task
{
public:
    explicit Signal(int urgencyIn)
        : Task(urgencyIn)
    {
    }
    bool step() override
    {
        done.set_value();
        return false;
    }
    std::promise<void> done;
};

struct HeldWorker
{
    HeldWorker()
    {
        worker.submit(gate);
        gate->reached.get_future().wait();
    }
    void finishAll()
    {
        const auto last = std::make_shared<Signal>(-1000);
        worker.submit(last);
        gate->open.set_value();
        last->done.get_future().wait();
    }
    std::string log;
    std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    Worker worker{[] {}};
};

} // namespace

TEST_CASE("The most urgent task goes first, equals in the order they came", "[worker]")
{
    HeldWorker held;
    held.worker.submit(std::make_shared<Letter>('a', 2, 0, held.log));
    held.worker.submit(std::make_shared<Letter>('b', 2, 5, held.log));
    held.worker.submit(std::make_shared<Letter>('c', 2, 0, held.log));
    held.worker.submit(std::make_shared<Letter>('d', 1, 5, held.log));
    held.finishAll();
    CHECK(held.log == "bbdaacc");
}

TEST_CASE("A cancelled task is told at once, however many are before it", "[worker]")
{
    HeldWorker held;
    held.worker.submit(std::make_shared<Letter>('a', 3, 5, held.log));
    const auto task = std::make_shared<Letter>('b', 3, 0, held.log);
    held.worker.submit(task);
    task->cancel();
    held.finishAll();
    CHECK(held.log == "xaaa");
}

TEST_CASE("An urgent task passes a long one between two of its steps", "[worker]")
{
    std::string log;
    Worker worker([] {});
    class Long : public Task
    {
    public:
        Long(Worker& workerIn, std::string& logIn)
            : Task(0)
            , worker(workerIn)
            , log(logIn)
        {
        }
        bool step() override
        {
            log += 'l';
            if (log.size() == 3)
                worker.submit(std::make_shared<Letter>('u', 2, 9, log));
            return log.size() < 8;
        }
        Worker& worker;
        std::string& log;
    };
    worker.submit(std::make_shared<Long>(worker, log));
    const auto last = std::make_shared<Signal>(-1);
    worker.submit(last);
    last->done.get_future().wait();
    CHECK(log == "llluulll");
}

TEST_CASE("A worker can be left with work still queued", "[worker]")
{
    std::string log;
    {
        Worker worker([] {});
        for (int i = 0; i < 50; ++i)
            worker.submit(std::make_shared<Letter>('a', 1 << 30, 0, log));
    }
    SUCCEED("the thread ended and was joined");
}

TEST_CASE("The same file is loaded once, and again when it has changed", "[worker]")
{
    test::TemporaryFolder folder;
    const auto file = folder / "tiny.organum";
    bundle::writeBundle(file, test::TinyModel{}.make());
    std::filesystem::create_symlink(file, folder / "link.organum");

    ModelCache cache;
    auto first = cache.load(file);
    CHECK(cache.load(file) == first);
    CHECK(cache.load(folder / "link.organum") == first);

    test::TinyModel other;
    other.units = 20;
    bundle::writeBundle(file, other.make());
    const auto second = cache.load(file);
    CHECK(second != first);
    CHECK(second->steps->parameterCount() != first->steps->parameterCount());

    const std::weak_ptr<const LoadedModel> watch = first;
    first.reset();
    CHECK(watch.expired());
    CHECK_THROWS_AS(cache.load(folder / "none.organum"), bundle::BundleError);
}

TEST_CASE("The service exists once while someone has it, and ends with the last", "[worker]")
{
    auto first = Service::shared();
    CHECK(Service::shared() == first);
    const std::weak_ptr<Service> watch = first;
    first.reset();
    CHECK(watch.expired());
}

TEST_CASE("Each kind of failure has its status for the C interface", "[worker]")
{
    const auto statusOf = [](auto thrown) {
        return failureOf(std::make_exception_ptr(thrown)).status;
    };
    using bundle::BundleError;
    CHECK(statusOf(std::bad_alloc()) == ORGANUM_NO_MEMORY);
    CHECK(statusOf(std::invalid_argument("x")) == ORGANUM_BAD_ARGUMENT);
    CHECK(statusOf(std::runtime_error("x")) == ORGANUM_FAILED);
    CHECK(statusOf(42) == ORGANUM_FAILED);
    CHECK(statusOf(BundleError(BundleError::Reason::damaged, "x")) == ORGANUM_BAD_FILE);
    CHECK(statusOf(BundleError(BundleError::Reason::newerVersion, "x")) == ORGANUM_BAD_VERSION);
}
