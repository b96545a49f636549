#pragma once

// Runs in processes of their own, so that they can be killed, and the comparison of two runs.

#include "Bundle/Bundle.h"
#include "Support/Paths.h"
#include "Training/Loop/Progress.h"
#include "Training/Training.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace organum::test
{

/** Trains in a child process; its exit code is 0, interruptedExitCode, or 1 for an exception. */
inline pid_t startTraining(const training::TrainOptions& options)
{
    const auto child = fork();
    if (child != 0)
        return child;
    try {
        training::Progress silent;
        const auto result = training::train(options, silent);
        _exit(result.interrupted ? training::interruptedExitCode : 0);
    } catch (const std::exception& error) {
        const auto text = std::string(error.what()) + "\n";
        if (write(STDERR_FILENO, text.data(), text.size()) < 0)
            _exit(2);
        _exit(1);
    }
}

inline int waitFor(pid_t child)
{
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

inline int trainInChild(const training::TrainOptions& options)
{
    return waitFor(startTraining(options));
}

/** Waits for a checkpoint newer than `since`, then a little more, then sends the signal. */
inline int signalled(const training::TrainOptions& options, int signal,
                     std::chrono::microseconds delay)
{
    const auto file = options.run / "checkpoints" / "last.pt";
    std::error_code error;
    const auto since = std::filesystem::last_write_time(file, error);
    const auto hadOne = !error;
    const auto child = startTraining(options);
    int status = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        const auto now = std::filesystem::last_write_time(file, error);
        if (!error && (!hadOne || now != since)) {
            std::this_thread::sleep_for(delay);
            kill(child, signal);
            return waitFor(child);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/** log.csv without its last column, the seconds. */
inline std::string logWithoutSeconds(const std::filesystem::path& run)
{
    std::istringstream in(readWholeFile(run / "log.csv"));
    std::string text;
    for (std::string line; std::getline(in, line);)
        text += line.substr(0, line.rfind(',')) + "\n";
    return text;
}

inline void checkSameResult(const std::filesystem::path& a, const std::filesystem::path& b)
{
    const auto left = bundle::readBundle(a / "model.organum");
    const auto right = bundle::readBundle(b / "model.organum");
    REQUIRE(left.tensors.size() == right.tensors.size());
    for (const auto& [name, tensor] : left.tensors) {
        INFO(name);
        CHECK(tensor.bytes == right.tensors.at(name).bytes);
    }
    CHECK(left.metadata.vocabulary == right.metadata.vocabulary);
    CHECK(logWithoutSeconds(a) == logWithoutSeconds(b));
    CHECK(readWholeFile(a / "samples" / "epoch-0005.mid") ==
          readWholeFile(b / "samples" / "epoch-0005.mid"));
}

} // namespace organum::test
