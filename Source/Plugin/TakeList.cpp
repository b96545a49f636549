// The part of the processor for the list of takes: choosing, naming, marking, deleting, variations,
// morphs, auto-apply and takes that come from MIDI files.

#include "Plugin/BarMix.h"
#include "Plugin/MidiImport.h"
#include "Plugin/Processor.h"
#include "Plugin/TakeModel.h"
#include "Plugin/Variations.h"

#include <algorithm>

namespace organum::plugin
{

namespace
{

/** Movements of the morph's slider, apart from those of knobs. */
constexpr std::uint64_t morphMovements = std::uint64_t{1} << 63;

} // namespace

// ---- choosing, naming, marking, deleting -------------------------------------------------------

bool Processor::browse(int step)
{
    undoSteps.remember("Choose take", "choose take");
    return showTake(step);
}

bool Processor::selectTake(std::size_t place)
{
    if (static_cast<int>(place) == history.snapshot().current)
        return false;
    undoSteps.remember("Choose take", "choose take");
    return showTakeAt([&] { return history.select(static_cast<int>(place)); });
}

/** Also where that take plays already: nothing else is to come, and the knobs are its own. */
bool Processor::showAgain(int place)
{
    return showTakeAt([&] { return history.select(place); });
}

bool Processor::deleteTake(std::size_t place)
{
    const auto before = history.snapshot();
    if (place >= before.takes.size() || before.takes.size() == 1)
        return false;
    undoSteps.remember("Delete take");
    if (before.takes[place] == before.playing())
        return showTakeAt([&] { return history.remove(place); });
    history.remove(place);
    noteChange();
    return true;
}

void Processor::starTake(std::size_t place, bool on)
{
    undoSteps.remember(on ? "Star take" : "Unstar take");
    const TakePointer before = history.takeAt(place);
    history.star(place, on);
    wishMemory.follow(before, history.takeAt(place));
    noteChange();
}

bool Processor::changeTake(const TakePointer& before, Take after)
{
    {
        const std::lock_guard<std::mutex> lock(music);
        const bool plays = history.playing() == before;
        const bool isEdit = plays && after.notes != before->notes;
        const auto changed = std::make_shared<const Take>(std::move(after));
        if (!history.change(before, changed))
            return false;
        wishMemory.follow(before, changed);
        if (isEdit)
            ++edits;
        if (plays)
            publish(history.playing());
    }
    noteChange();
    return true;
}

void Processor::renameTake(std::size_t place, const std::string& name)
{
    const auto before = history.snapshot();
    if (place >= before.takes.size())
        return;
    Take named = *before.takes[place];
    named.name = shortName(name);
    if (named.name == before.takes[place]->name)
        return;
    undoSteps.remember("Name take");
    const auto after = std::make_shared<const Take>(std::move(named));
    history.change(before.takes[place], after);
    wishMemory.follow(before.takes[place], after);
    noteChange();
}

bool Processor::deleteUnstarred()
{
    undoSteps.remember("Delete takes");
    const bool any = history.removeUnstarred();
    noteChange();
    return any;
}

void Processor::markTake(std::size_t place, std::size_t which)
{
    undoSteps.remember(which == 0 ? "Mark A" : "Mark B");
    history.mark(place, which);
    noteChange();
}

bool Processor::toggleMarked()
{
    const auto now = history.snapshot();
    const int wanted = now.current == now.marks[0] ? now.marks[1] : now.marks[0];
    return wanted >= 0 && selectTake(static_cast<std::size_t>(wanted));
}

// ---- variations --------------------------------------------------------------------------------

void Processor::vary(int count)
{
    std::optional<Wish> first;
    {
        const std::lock_guard<std::recursive_mutex> lock(knobs);
        const Settings settings = values.settings();
        const auto chosen = model();
        for (int index = 1; index <= count; ++index) {
            auto wish =
                wishFor(Origin::nothing, variationOf(settings, index, chosen && chosen->hasVoices(),
                                                     values.voices.lockedVoices()));
            if (!wish)
                return;
            wish->isVariation = true;
            if (first)
                first->further.push_back(std::move(*wish));
            else
                first = std::move(wish);
        }
    }
    if (first)
        session.request(std::move(*first));
}

void Processor::addVariation(TakePointer take)
{
    if (history.playing() == nullptr)
        publish(take);
    history.addSilently(std::move(take));
    noteChange();
}

// ---- morphs ------------------------------------------------------------------------------------

Processor::Morphing Processor::morphing() const
{
    const auto now = history.snapshot();
    Morphing found;
    if (now.marks[0] < 0 || now.marks[1] < 0) {
        found.problem = "Mark one take A and another one B to morph between them.";
        return found;
    }
    const TakePointer a = now.takes[static_cast<std::size_t>(now.marks[0])];
    const TakePointer b = now.takes[static_cast<std::size_t>(now.marks[1])];
    const auto entries = modelList.entries();
    const auto wrote = modelOf(*a, *entries);
    const bool isHere = wrote && (*entries)[static_cast<std::size_t>(*wrote)].problem.empty();
    if (isHere && morphed(*a, *b, 0.5).settings)
        found.way = Morphing::Way::knobs;
    else if (found.problem = barMixProblem(*a, *b); found.problem.empty())
        found.way = Morphing::Way::bars;
    return found;
}

bool Processor::morph(double t)
{
    const auto now = history.snapshot();
    const Morphing::Way way = morphing().way;
    if (way == Morphing::Way::none)
        return false;
    if (t <= 0.0 || t >= 1.0) {
        undoSteps.remember("Choose take", "choose take");
        lastMix.reset();
        return showAgain(now.marks[t <= 0.0 ? 0 : 1]);
    }
    undoSteps.remember("Morph", "morph");
    const TakePointer a = now.takes[static_cast<std::size_t>(now.marks[0])];
    const TakePointer b = now.takes[static_cast<std::size_t>(now.marks[1])];
    const auto time = KnobWatch::Clock::now();
    if (time - lastMorph > KnobWatch::pause) {
        ++morphs;
        lastMix.reset();
    }
    lastMorph = time;
    return way == Morphing::Way::knobs ? morphByKnobs(*a, *b, t) : morphByBars(*a, *b, t);
}

bool Processor::morphByKnobs(const Take& a, const Take& b, double t)
{
    std::optional<Wish> wish;
    {
        const std::lock_guard<std::recursive_mutex> lock(knobs);
        Take between = a;
        between.settings = morphed(a, b, t).settings;
        restoreKnobs(between);
        wish = wishFor(Origin::nothing, values.settings());
    }
    if (!wish)
        return false;
    wish->movement = morphMovements | morphs;
    session.request(std::move(*wish));
    return true;
}

bool Processor::morphByBars(const Take& a, const Take& b, double t)
{
    const auto mixed = std::make_shared<const Take>(mixedByBars(a, b, t));
    return showTakeAt([&] {
        if (lastMix != nullptr)
            history.addInPlaceOf(lastMix, mixed);
        else
            history.add(mixed);
        lastMix = mixed;
        return true;
    });
}

// ---- auto-apply --------------------------------------------------------------------------------

void Processor::setAutoApply(bool on)
{
    if (autoApply == on)
        return;
    if (on) {
        {
            const std::lock_guard<std::recursive_mutex> lock(knobs);
            knobWatch.settle(values.settings());
        }
        const std::lock_guard<std::mutex> lock(stateMutex);
        beforeAuto = history.numberPlaying();
        autoApply = true;
    } else {
        autoApply = false;
        std::uint64_t number = 0;
        {
            const std::lock_guard<std::mutex> lock(stateMutex);
            number = std::exchange(beforeAuto, 0);
        }
        if (const int place = history.placeOf(number); place >= 0) {
            undoSteps.remember("Auto off");
            showAgain(place);
        }
    }
    noteChange();
}

// ---- MIDI files --------------------------------------------------------------------------------

void Processor::openMidi(const std::filesystem::path& file)
{
    rememberMusic("Open MIDI file");
    {
        const std::lock_guard<std::mutex> lock(stateMutex);
        importWanted = file;
    }
    session.start();
}

void Processor::readImport()
{
    std::optional<std::filesystem::path> file;
    {
        const std::lock_guard<std::mutex> lock(stateMutex);
        file = std::exchange(importWanted, std::nullopt);
    }
    if (!file)
        return;
    const auto chosen = model();
    imported.emplace();
    try {
        imported->take = std::make_shared<const Take>(
            takeFromMidiFile(*file, chosen ? chosen->voices : std::vector<std::string>()));
    } catch (const std::exception& problem) {
        imported->problem = problem.what();
    }
}

void Processor::takeImportIn()
{
    if (!imported)
        return;
    const Import import = *std::exchange(imported, std::nullopt);
    if (import.take == nullptr) {
        session.report(Phase::failed, import.problem);
        return;
    }
    {
        const std::lock_guard<std::mutex> lock(music);
        ++epoch;
        publish(import.take);
        history.add(import.take);
    }
    session.cancel(GenerationSession::Variations::goOn);
    session.report(Phase::idle, import.take->notice);
    noteChange();
}

} // namespace organum::plugin
