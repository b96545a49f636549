// The part of the processor that has takes composed once more, to show how they came about or to
// leave them at some note for another way.

#include "Plugin/Processor.h"

#include <utility>

namespace organum::plugin
{

namespace
{

/** Another wish may put an end to one that explains; after so many times it is left alone. */
constexpr int mostTries = 5;

} // namespace

std::optional<Wish> Processor::wishOf(const TakePointer& take, std::string& problem)
{
    if (auto wish = wishMemory.find(take)) {
        wish->isVariation = false; // once more is one take, whatever came with it then
        wish->further.clear();
        return wish;
    }
    WishOrProblem again = wishAgain(*take, *modelList.entries(), wishMemory.sourceOf(take));
    problem = again.problem;
    return std::move(again.wish);
}

// ---- explaining --------------------------------------------------------------------------------

void Processor::explain(const TakePointer& take)
{
    {
        const std::lock_guard<std::mutex> lock(explaining);
        if (take == nullptr || wantedExplanation == take)
            return;
        wantedExplanation = take;
        explanationTries = 0;
    }
    session.start();
}

ExplanationPointer Processor::explanation() const
{
    const std::lock_guard<std::mutex> lock(explaining);
    return lastExplanation;
}

std::optional<Wish> Processor::explanationWish()
{
    TakePointer take;
    bool mayTry = false;
    {
        const std::lock_guard<std::mutex> lock(explaining);
        take = wantedExplanation;
        if (take == nullptr || !session.isIdle() ||
            (lastExplanation != nullptr && lastExplanation->take == take))
            return {};
        mayTry = ++explanationTries <= mostTries;
    }
    std::string problem;
    auto wish = wishOf(take, problem);
    if (wish && mayTry) {
        wish->about = take;
        wish->explains = true;
        wish->movement = 0;
        return wish;
    }
    Explanation none;
    none.take = take;
    none.problem =
        wish ? "This take could not be composed again: " + session.status().message : problem;
    acceptExplanation(std::move(none));
    return {};
}

void Processor::acceptExplanation(Explanation explanation)
{
    {
        const std::lock_guard<std::mutex> lock(explaining);
        lastExplanation = std::make_shared<const Explanation>(std::move(explanation));
    }
    ++changes;
}

// ---- branching off -----------------------------------------------------------------------------

bool Processor::branchOff(const TakePointer& take, int element, int pitch)
{
    return composeBranch(take, [&](Wish wish) -> std::optional<Wish> {
        return plugin::branchOff(std::move(wish), take, element, pitch);
    });
}

bool Processor::branchOffVoice(const TakePointer& take, int voice, std::int64_t tick, int pitch)
{
    return composeBranch(take, [&](Wish wish) {
        return plugin::branchOffVoice(std::move(wish), take, locks(), voice, tick, pitch);
    });
}

bool Processor::composeBranch(const TakePointer& take,
                              const std::function<std::optional<Wish>(Wish)>& branch)
{
    if (take == nullptr || history.playing() != take)
        return false;
    const std::uint64_t editsBefore = edits;
    std::string problem;
    auto wish = wishOf(take, problem);
    if (wish)
        wish = branch(std::move(*wish));
    if (!wish) {
        session.report(Phase::failed,
                       problem.empty() ? "Music cannot take another way here: the place is locked, "
                                         "or the network has not chosen it."
                                       : problem);
        return false;
    }
    wish->epoch = epoch;
    wish->edits = editsBefore;
    rememberMusic("Compose from a note");
    session.request(std::move(*wish));
    return true;
}

} // namespace organum::plugin
