// The part of the processor that wishes for music, takes it in and steps through it.

#include "Plugin/ParameterBuilders.h"
#include "Plugin/Processor.h"
#include "Plugin/TakeModel.h"

#include <random>

namespace organum::plugin
{

namespace
{

Take silence()
{
    Take take;
    take.bars = 1;
    return take;
}

} // namespace

// ---- wishing -----------------------------------------------------------------------------------

std::optional<Wish> Processor::wishFor(Origin origin, const Settings& settings)
{
    const std::uint64_t editsBefore = edits; // an edit while the wish is made makes it out of date
    const auto entries = modelList.entries();
    const int metre = hostMetre.load();
    WishContext context{*entries,   missingModel(), history.playing(), nullptr, metre / 64,
                        metre % 64, locks()};
    if (origin == Origin::played)
        context.played = played.phrase(context.metreNumerator, context.metreDenominator);
    WishOrProblem made = makeWish(settings, origin, context);
    if (made.wish) {
        made.wish->epoch = epoch;
        made.wish->era = era;
        made.wish->edits = editsBefore;
    } else {
        session.report(Phase::failed, made.problem);
    }
    return std::move(made.wish);
}

void Processor::request(Origin origin)
{
    std::optional<Wish> wish;
    {
        const std::lock_guard<std::recursive_mutex> lock(knobs);
        const Settings settings = values.settings();
        knobWatch.settle(settings);
        wish = wishFor(origin, settings);
    }
    if (wish)
        session.request(std::move(*wish));
}

void Processor::generate()
{
    rememberMusic("Generate");
    request(Origin::nothing);
}

void Processor::continueTake()
{
    rememberMusic("Continue");
    request(Origin::take);
}

void Processor::answer()
{
    played.collect();
    if (played.hasNotes()) {
        rememberMusic("Answer");
        request(Origin::played);
    }
}

void Processor::reroll(std::uint32_t latents)
{
    std::random_device chance;
    const UndoStack::Step step(undoSteps, "Reroll");
    {
        const std::lock_guard<std::recursive_mutex> lock(knobs);
        for (std::size_t i = 0; i < values.voices.latents.size(); ++i) {
            if ((latents >> i & 1u) == 0)
                continue;
            setAsGesture(*values.voices.latents[i].seedA,
                         static_cast<float>(chance() % (Settings::largestSeed + 1u)));
        }
    }
    request(Origin::nothing);
}

std::optional<Wish> Processor::polled()
{
    readImport(); // before any lock, since a disk may take its time
    std::unique_lock<std::recursive_mutex> lock(knobs, std::defer_lock);
    // Whoever waits for music offline must not be told that there is nothing to do.
    if (isNonRealtime())
        lock.lock();
    else if (!lock.try_lock())
        return {};
    if (session.isIdle() && !composeAgain)
        buttons.settle();
    takeImportIn();
    if (auto wish = wishOfButtons())
        return wish;
    if (composeAgain) {
        const Again again = *std::exchange(composeAgain, std::nullopt);
        auto wish = wishFor(again.origin, values.settings());
        if (wish)
            wish->movement = again.movement;
        return wish;
    }
    if (auto wish = answerWish())
        return wish;
    if (auto wish = wishOfMovedKnobs())
        return wish;
    if (auto wish = stretchWish())
        return wish;
    return explanationWish();
}

std::optional<Wish> Processor::wishOfButtons()
{
    const std::uint32_t pressed = buttons.collect();
    if ((pressed & HostButtons::previousTake) != 0)
        showTake(-1);
    if ((pressed & HostButtons::nextTake) != 0)
        showTake(1);
    const bool generates = (pressed & HostButtons::generate) != 0;
    if (!generates && (pressed & HostButtons::continueTake) == 0)
        return {};
    composeAgain.reset();
    const Settings settings = values.settings();
    knobWatch.settle(settings);
    return wishFor(generates ? Origin::nothing : Origin::take, settings);
}

std::optional<Wish> Processor::wishOfMovedKnobs()
{
    // Only music that these knobs have made follows them: nothing is composed in a project in which
    // nobody has asked for any, or by another model than the one that is heard.
    const TakePointer take = history.playing();
    if (take == nullptr || (!take->hasVoices() && !autoApply) ||
        values.playing.isMode(player::Mode::callAndResponse))
        return {};
    const auto chosen = model();
    if (!chosen || chosen->hasVoices() != take->hasVoices() ||
        modelOf(*take, *modelList.entries()) != values.model->get())
        return {};
    const Settings settings = values.settings();
    const auto moved = knobWatch.look(settings, KnobWatch::Clock::now(), take->hasVoices());
    if (!moved)
        return {};
    auto wish = wishFor(Origin::nothing, settings);
    if (wish)
        wish->movement = moved->id;
    return wish;
}

// ---- taking in ---------------------------------------------------------------------------------

bool Processor::keepsWhatIsLocked(const Wish& wish, const Take& take) const
{
    // A lock may have been set, or another take shown, while this one was being composed.
    const Locks now = locks();
    const TakePointer playing = history.playing();
    if (!take.hasVoices() || wish.continues != nullptr || !now.any() || playing == nullptr ||
        !playing->hasVoices())
        return true;
    return take.barLength() == playing->barLength() &&
           lockProblem(take, *playing, lockedCells(now, *playing, take.bars)).empty();
}

void Processor::accept(const Wish& wish, TakePointer take)
{
    if (wish.stretch) {
        acceptStretch(*wish.stretch, *take);
        return;
    }
    if (wish.answer) {
        if (wish.epoch == epoch)
            acceptAnswer(*wish.answer, std::move(take));
        return;
    }
    {
        const std::lock_guard<std::mutex> lock(music);
        // Who listens to one variation wants the others all the same.
        if (wish.isVariation ? wish.era != era : wish.epoch != epoch)
            return;
        const bool keepsAll = wish.edits == edits && keepsWhatIsLocked(wish, *take);
        if (wish.isVariation) {
            if (keepsAll) {
                wishMemory.remember(take, wish);
                addVariation(std::move(take));
            } else {
                session.report(Phase::idle, "The other variations were left out, since notes were "
                                            "edited or locked meanwhile. Ask for them again (V).");
            }
            return;
        }
        if (!keepsAll) {
            if (wish.about != nullptr) { // its take is not what it was
                session.report(Phase::failed, "Nothing was taken over: locked or edited notes "
                                              "would not have stayed as they are.");
                return;
            }
            const Origin origin = wish.continues != nullptr ? Origin::take
                                  : wish.answers != nullptr ? Origin::played
                                                            : Origin::nothing;
            composeAgain = Again{origin, wish.movement};
            return;
        }
        wishMemory.remember(take, wish);
        if (const TakePointer before = history.playing();
            wish.movement == 0 && before != nullptr && before->notes == take->notes)
            session.report(Phase::idle,
                           "The same again: the same seeds and knobs give the same music. The die "
                           "(R) throws another.");
        publish(take);
        if (wish.movement != 0 && wish.movement == lastMovement)
            history.addInPlaceOf(lastMoved, take);
        else
            history.add(take);
    }
    lastMovement = wish.movement;
    lastMoved = std::move(take);
    noteChange();
}

void Processor::rememberMusic(const std::string& label)
{
    if (history.playing() != nullptr) // before the first take there is nothing to go back to
        undoSteps.remember(label);
}

bool Processor::showTake(int step)
{
    return showTakeAt([&] { return history.step(step); });
}

bool Processor::showTakeAt(const std::function<bool()>& choose)
{
    const std::lock_guard<std::recursive_mutex> knobLock(knobs);
    {
        const std::lock_guard<std::mutex> lock(music);
        if (!choose())
            return false;
        ++epoch;
        publish(history.playing());
    }
    session.cancel(GenerationSession::Variations::goOn);
    restoreKnobs(*history.playing());
    noteChange();
    return true;
}

void Processor::publish(const TakePointer& take)
{
    if (take != nullptr)
        player.publish(timelineOf(*take, {++takeNumber, take->seed, 0}));
    else if (takeNumber > 0) // what played before must not play on
        player.publish(timelineOf(silence(), {++takeNumber, 0, 0}));
}

void Processor::toggleBarLock(int bar)
{
    if (bar < 0 || bar >= largestTakeBars)
        return;
    undoSteps.remember("Lock bar");
    lockedBars.toggle(bar);
    noteChange();
}

void Processor::noteChange()
{
    ++changes;
    triggerAsyncUpdate();
}

void Processor::handleAsyncUpdate()
{
    updateHostDisplay(ChangeDetails().withNonParameterStateChanged(true));
}

// ---- asking ------------------------------------------------------------------------------------

std::string Processor::missingModel() const
{
    const std::lock_guard<std::mutex> lock(stateMutex);
    return values.model->get() == wantedPlace ? wantedModel : std::string();
}

void Processor::chooseModel(int place)
{
    {
        // Else a choice of the place where the missing one stood would change nothing.
        const std::lock_guard<std::mutex> lock(stateMutex);
        wantedModel.clear();
    }
    if (place == values.model->get())
        noteChange();
    else
        setAsGesture(*values.model, static_cast<float>(place));
}

std::optional<ModelEntry> Processor::model() const
{
    const auto entries = modelList.entries();
    const auto place = static_cast<std::size_t>(values.model->get());
    if (!missingModel().empty() || place >= entries->size())
        return {};
    return (*entries)[place];
}

} // namespace organum::plugin
