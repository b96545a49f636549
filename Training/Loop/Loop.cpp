#include "Training/Loop/Loop.h"

#include "Training/Loop/Checkpoint.h"
#include "Training/Loop/CsvLog.h"
#include "Training/Loop/Interrupt.h"
#include "Training/Loop/Progress.h"
#include "Training/Random.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace organum::training
{
namespace
{

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string metricsText(const Metrics& metrics)
{
    std::string text;
    for (const auto& [name, value] : metrics) {
        char number[64];
        std::snprintf(number, sizeof number, "%s%s %.4f", text.empty() ? "" : "  ", name.c_str(),
                      value);
        text += number;
    }
    return text;
}

void refuseNonFinite(const Metrics& metrics, const Position& position)
{
    for (const auto& [name, value] : metrics)
        if (!std::isfinite(value))
            throw std::runtime_error(
                "Training diverged: " + name + " is not finite at step " +
                std::to_string(position.step + 1) +
                ". Train anew with a lower learning rate; a checkpoint and a bundle, where the run "
                "has written some, hold the weights before.");
}

/** One sitting of a run. */
class Sitting
{
public:
    Sitting(Objective& objectiveIn, const LoopSettings& settingsIn, Progress& progressIn)
        : objective(objectiveIn)
        , settings(settingsIn)
        , progress(progressIn)
        , checkpointFile(settings.run / "checkpoints" / "last.pt")
    {
    }

    LoopResult run(bool resume);

private:
    void trainEpoch(CsvLog& log);
    void finishEpoch(CsvLog& log);
    void checkpoint(const CsvLog& log);
    bool mustLeave() const { return interrupt.requested() || outOfTime(); }
    bool outOfTime() const
    {
        return settings.maxMinutes > 0.0 && secondsSince(start) >= settings.maxMinutes * 60.0;
    }

    Objective& objective;
    const LoopSettings& settings;
    Progress& progress;
    const std::filesystem::path checkpointFile;
    const Clock::time_point start = Clock::now();
    Interrupt interrupt;
    LoopState state;
    Clock::time_point lastCheckpoint = Clock::now();
    double earlierSeconds = 0.0;
};

void Sitting::checkpoint(const CsvLog& log)
{
    state.seconds = earlierSeconds + secondsSince(start);
    state.logBytes = log.bytes();
    writeCheckpoint(checkpointFile, state, objective);
    lastCheckpoint = Clock::now();
}

void Sitting::trainEpoch(CsvLog& log)
{
    auto& position = state.position;
    const auto steps = objective.stepsPerEpoch();
    while (position.stepOfEpoch < steps && !mustLeave()) {
        torch::manual_seed(
            randomBits("step", settings.seed, {static_cast<std::uint64_t>(position.step)}));
        const auto metrics = objective.step(position);
        refuseNonFinite(metrics, position);
        for (const auto& [name, value] : metrics)
            state.epochSums[name] += value;
        ++position.stepOfEpoch;
        ++position.step;
        char epoch[64];
        std::snprintf(epoch, sizeof epoch, "epoch %lld/%lld  ",
                      static_cast<long long>(position.epoch + 1),
                      static_cast<long long>(settings.epochs));
        progress.advance(settings.name, static_cast<double>(position.step),
                         static_cast<double>(position.totalSteps), "steps",
                         epoch + metricsText(metrics));
        const auto due =
            secondsSince(lastCheckpoint) >= settings.checkpointSeconds ||
            (settings.checkpointSteps > 0 && position.step % settings.checkpointSteps == 0);
        if (due && position.stepOfEpoch < steps)
            checkpoint(log);
    }
}

void Sitting::finishEpoch(CsvLog& log)
{
    auto& position = state.position;
    const auto steps = static_cast<double>(objective.stepsPerEpoch());
    const auto validation = objective.validate();
    refuseNonFinite(validation, position);

    const auto watched = validation.find(settings.watched);
    const auto best = state.best.find(settings.watched);
    const auto improved =
        watched == validation.end() || best == state.best.end() || watched->second < best->second;
    if (improved) {
        state.best = validation;
        state.bestEpoch = position.epoch + 1;
        state.epochsWithoutImprovement = 0;
    } else {
        ++state.epochsWithoutImprovement;
    }
    objective.epochDone(position.epoch, improved, validation);

    std::vector<std::pair<std::string, double>> row = {
        {"epoch", static_cast<double>(position.epoch + 1)},
        {"step", static_cast<double>(position.step)}};
    Metrics averages;
    for (const auto& [name, sum] : state.epochSums) {
        averages[name] = sum / steps;
        row.emplace_back("train_" + name, sum / steps);
    }
    for (const auto& [name, value] : validation)
        row.emplace_back("validation_" + name, value);
    row.emplace_back("seconds", earlierSeconds + secondsSince(start));
    log.add(row);
    progress.message("epoch " + std::to_string(position.epoch + 1) + ": train " +
                     metricsText(averages) +
                     (validation.empty() ? "" : " | validation " + metricsText(validation)) +
                     (improved && !validation.empty() ? "  (best)" : ""));

    state.epochSums.clear();
    ++position.epoch;
    position.stepOfEpoch = 0;
    checkpoint(log);
}

/** Rows of a run's log, its header left out; 0 without a log. */
std::int64_t rowsOf(const std::filesystem::path& log)
{
    std::ifstream file(log);
    std::int64_t lines = 0;
    for (std::string line; std::getline(file, line);)
        ++lines;
    return std::max<std::int64_t>(0, lines - 1);
}

/** Epochs of another length would end at another step than the loop waits for, if ever. */
void refuseOtherSteps(const std::filesystem::path& checkpoint, const Position& position,
                      std::int64_t stepsPerEpoch)
{
    if (position.epoch >= 0 && position.stepOfEpoch >= 0 && position.stepOfEpoch <= stepsPerEpoch &&
        position.step == position.epoch * stepsPerEpoch + position.stepOfEpoch)
        return;
    throw std::runtime_error(
        "Could not go on from the checkpoint " + checkpoint.string() + ": it stands at step " +
        std::to_string(position.step) + ", epoch " + std::to_string(position.epoch + 1) +
        ", but an epoch has " + std::to_string(stepsPerEpoch) +
        (stepsPerEpoch == 1 ? " step" : " steps") +
        " now. The data or the settings are others than the run began with: put them back, or "
        "begin another run with another --run.");
}

LoopResult Sitting::run(bool resume)
{
    std::filesystem::create_directories(checkpointFile.parent_path());
    const bool hasCheckpoint = std::filesystem::exists(checkpointFile);
    // A run killed in its first epoch has no checkpoint yet and begins anew; a later one has lost
    // it.
    if (resume && !hasCheckpoint && rowsOf(settings.run / "log.csv") > 1)
        throw std::runtime_error("There is no checkpoint " + checkpointFile.string() +
                                 " to go on from, though the run has a log of several epochs. Put "
                                 "the checkpoint back, or train anew into another run folder.");
    if (resume && hasCheckpoint) {
        state = readCheckpoint(checkpointFile, objective);
        refuseOtherSteps(checkpointFile, state.position, objective.stepsPerEpoch());
        earlierSeconds = state.seconds;
        progress.message("Going on at epoch " + std::to_string(state.position.epoch + 1) +
                         ", step " + std::to_string(state.position.step + 1) + ".");
    }
    state.position.totalSteps = settings.epochs * objective.stepsPerEpoch();
    CsvLog log(settings.run / "log.csv", state.logBytes);
    if (log.bytes() < state.logBytes)
        progress.message("Rows of earlier epochs are missing in " +
                         (settings.run / "log.csv").string() +
                         ": it is shorter than it was. The run goes on without them.");

    auto ended = LoopResult::Ended::finished;
    while (state.position.epoch < settings.epochs) {
        if (settings.patience > 0 && state.epochsWithoutImprovement >= settings.patience) {
            ended = LoopResult::Ended::stoppedEarly;
            break;
        }
        trainEpoch(log);
        if (state.position.stepOfEpoch == objective.stepsPerEpoch()) {
            finishEpoch(log);
        }
        if (mustLeave() && state.position.epoch < settings.epochs) {
            ended = interrupt.requested() ? LoopResult::Ended::interrupted
                                          : LoopResult::Ended::outOfTime;
            if (state.position.stepOfEpoch > 0)
                checkpoint(log);
            break;
        }
    }
    return {ended, state.position.epoch, state.bestEpoch, state.best,
            earlierSeconds + secondsSince(start)};
}

} // namespace

LoopResult runLoop(Objective& objective, const LoopSettings& settings, bool resume,
                   Progress& progress)
{
    return Sitting(objective, settings, progress).run(resume);
}

} // namespace organum::training
