#include "Engine/Voices/VoiceModel.h"
#include "RandomVoices.h"

#include <catch2/catch.hpp>

#include <tuple>

using namespace organum;
using namespace organum::engine;
using score::Joining;
using score::Quarters;
using test::RandomVoices;

namespace
{

using Key =
    std::tuple<Quarters, int, int, Quarters, int>; // onset, voice, pitch, duration, velocity

Key keyOf(const score::Note& note, int voice)
{
    return {note.onset, voice, note.pitch, note.duration, note.velocity};
}

std::vector<VoicedNote> notesOf(const Take& take)
{
    std::vector<VoicedNote> notes;
    for (std::size_t i = 0; i < take.notes.size(); ++i)
        notes.push_back({take.notes[i], take.noteVoices[i]});
    return notes;
}

Take play(const Request& request, bool listens = true)
{
    const auto voices = std::make_shared<RandomVoices>();
    voices->listens = listens;
    return generate(VoiceModel(voices), request).at(0);
}

int barOf(const Quarters& time)
{
    return static_cast<int>((time / Quarters(4)).floor());
}

/** A number below `limit` that depends on all three. */
int draw(std::uint64_t seed, std::uint64_t what, int limit)
{
    return static_cast<int>(uniform(Purpose::pitch, seed, what) * limit);
}

/** Any wish at all, the same for the same seed. */
Request anyRequest(std::uint64_t seed)
{
    Request request;
    request.seed = seed * 7919;
    request.bars = 1 + draw(seed, 0, 6);
    request.voices.ruleStrength = draw(seed, 1, 3) / 2.0;
    request.voices.decoder = draw(seed, 2, 4) == 0 ? Decoder::threshold : Decoder::argmax;
    request.voices.joining =
        std::array{Joining::untilPitchChanges, Joining::cutAtBeats, Joining::cutAtBars,
                   Joining::cutAtStrongBeats}[static_cast<std::size_t>(draw(seed, 3, 4))];
    if (draw(seed, 4, 2) == 0)
        request.pitchClassMask = 0xAB5;
    request.explainProbabilities = draw(seed, 5, 2) == 0;
    for (int bar = 0; bar < request.bars; ++bar)
        request.voices.lockedVoices.push_back(
            static_cast<std::uint32_t>(draw(seed, 100 + static_cast<std::uint64_t>(bar), 16)));
    return request;
}

/** Every note that begins in a locked bar of its voice, and no other begins there. */
void checkLocks(const Request& request, const Take& take)
{
    std::vector<Key> expected;
    for (const auto& [note, voice] : request.voices.lockedNotes)
        if (note.onset < take.length && request.voices.isLocked(barOf(note.onset), voice)) {
            auto clipped = note;
            clipped.duration = std::min(note.end(), take.length) - note.onset;
            expected.push_back(keyOf(clipped, voice));
        }
    std::vector<Key> found;
    for (const auto& [note, voice] : notesOf(take)) {
        if (!request.voices.isLocked(barOf(note.onset), voice))
            continue;
        // Struck on a bar line: what a note of an open bar before left sounding.
        const bool tail =
            std::any_of(request.voices.lockedNotes.begin(), request.voices.lockedNotes.end(),
                        [&, &heard = note, owner = voice](const VoicedNote& locked) {
                            return locked.voice == owner && locked.note.pitch == heard.pitch &&
                                   locked.note.onset < heard.onset &&
                                   locked.note.end() > heard.onset &&
                                   !request.voices.isLocked(barOf(locked.note.onset), owner);
                        });
        if (!tail)
            found.push_back(keyOf(note, voice));
    }
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    CHECK(found == expected);
}

/** No voice that sings one note at a time ever holds two. */
void checkNoOverlap(const Take& take)
{
    std::array<Quarters, 4> end{};
    for (const auto& [note, voice] : notesOf(take)) {
        auto& last = end[static_cast<std::size_t>(voice)];
        CHECK(note.onset >= last);
        last = note.end();
        CHECK(last <= take.length);
    }
}

} // namespace

TEST_CASE("Whatever is asked for, locked notes come back as they were", "[locks]")
{
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        INFO("seed " << seed);
        auto earlier = anyRequest(seed + 5000);
        earlier.voices.lockedVoices.clear();
        auto request = anyRequest(seed);
        request.voices.lockedNotes = notesOf(play(earlier));
        const auto take = play(request, seed % 2 == 0);
        checkLocks(request, take);
        if (request.voices.decoder == Decoder::argmax && earlier.voices.decoder == Decoder::argmax)
            checkNoOverlap(take);
        // Again and again: what is locked in the new take stays as well.
        auto next = anyRequest(seed + 9000);
        next.bars = request.bars;
        next.voices.lockedVoices = request.voices.lockedVoices;
        next.voices.lockedNotes = notesOf(take);
        checkLocks(next, play(next));
    }
}

TEST_CASE("Notes off the grid are kept to the bit, and nothing new runs into them", "[locks]")
{
    Request request;
    request.bars = 2;
    request.voices.lockedVoices = {0b0001, 0};
    request.voices.lockedNotes = {{{70, 33, {1, 3}, {1, 3}}, 0},
                                  {{72, 101, {7, 3}, {25, 12}}, 0}, // ends in the open bar
                                  {{74, 90, {5, 1}, {1, 1}}, 0},    // in the open bar: not locked
                                  {{50, 90, {0, 1}, {1, 1}}, 3}};   // of an open voice
    const auto take = play(request);
    checkLocks(request, take);
    checkNoOverlap(take);
    for (const auto& [note, voice] : notesOf(take)) {
        if (voice == 0 && barOf(note.onset) == 1)
            CHECK(note.onset >= Quarters(53, 12));
    }
    CHECK(take.ownChoiceShare > 0.0);
}

TEST_CASE("Held notes are kept to the bit in open bars too, and the others make room", "[locks]")
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        INFO("seed " << seed);
        auto earlier = anyRequest(seed + 5000);
        earlier.voices.lockedVoices.clear();
        earlier.voices.decoder = Decoder::argmax;
        auto request = anyRequest(seed);
        request.voices.decoder = Decoder::argmax;
        request.voices.lockedNotes = notesOf(play(earlier));
        const auto length = request.metre.barLength() * Quarters(request.bars);
        std::vector<Key> expected;
        for (std::size_t i = 0; i < request.voices.lockedNotes.size(); ++i) {
            auto& [note, voice] = request.voices.lockedNotes[i];
            request.voices.heldNotes.push_back(draw(seed, 300 + i, 4) == 0 ? 1 : 0);
            if (!request.voices.isHeld(i))
                continue;
            note.velocity = 1 + draw(seed, 900 + i, 126);
            if (note.duration > Quarters(1, 2)) // off the grid
                note = {note.pitch, note.velocity, note.onset + Quarters(1, 7),
                        note.duration - Quarters(1, 3)};
            if (note.onset >= length)
                continue;
            auto clipped = note;
            clipped.duration = std::min(note.end(), length) - note.onset;
            expected.push_back(keyOf(clipped, voice));
        }
        const auto take = play(request, seed % 2 == 0);
        checkLocks(request, take);
        checkNoOverlap(take);
        std::vector<Key> found;
        for (const auto& [note, voice] : notesOf(take))
            found.push_back(keyOf(note, voice));
        for (const auto& key : expected)
            CHECK(std::count(found.begin(), found.end(), key) == 1);
    }
    Request odd;
    odd.voices.lockedNotes = {{{60, 90, 0, 1}, 0}};
    odd.voices.heldNotes = {1, 0};
    CHECK_THROWS_AS(play(odd), std::invalid_argument);
}

TEST_CASE("A note that sounds on into a locked bar keeps its pitch there", "[locks]")
{
    Request request;
    request.bars = 3;
    request.voices.lockedVoices = {0, 0b0001, 0};
    request.voices.lockedNotes = {{{67, 90, 2, 4}, 0}, {{69, 90, 6, 6}, 0}};
    const auto take = play(request);
    Quarters sounding;
    for (const auto& [note, voice] : notesOf(take)) {
        if (voice != 0 || note.pitch != 67)
            continue;
        const auto from = std::max(note.onset, Quarters(4));
        const auto to = std::min(note.end(), Quarters(6));
        if (from < to)
            sounding += to - from;
    }
    CHECK(sounding == Quarters(2));
    // And the one that begins there lasts as long as it did, into the open bar after it.
    const auto notes = notesOf(take);
    CHECK(std::count_if(notes.begin(), notes.end(), [](const VoicedNote& note) {
              return note.voice == 0 && note.note == score::Note{69, 90, 6, 6};
          }) == 1);
    CHECK(std::none_of(notes.begin(), notes.end(), [](const VoicedNote& note) {
        return note.voice == 0 && note.note.onset > Quarters(6) && note.note.onset < Quarters(12);
    }));
}

TEST_CASE("A wholly locked take comes back whole, and is nobody's choice", "[locks]")
{
    Request request;
    request.bars = 4;
    const auto before = play(request);
    request.seed = 5;
    request.voices.lockedNotes = notesOf(before);
    request.voices.lockedVoices.assign(4, 0b1111);
    request.lowestPitch = 120; // asks nothing of voices that are locked
    const auto take = play(request);
    CHECK(take.notes == before.notes);
    CHECK(take.noteVoices == before.noteVoices);
    CHECK(take.ownChoiceShare == 1.0);
}

TEST_CASE("What is locked conditions a network that listens, and leaves one alone that does not",
          "[locks]")
{
    Request request;
    request.bars = 2;
    request.voices.ruleStrength = 0.0;
    const auto notesOfSecondBar = [](const Take& take) {
        std::vector<score::Note> notes;
        for (const auto& note : take.notes)
            if (note.onset >= Quarters(4))
                notes.push_back(note);
        return notes;
    };
    for (const bool listens : {true, false}) {
        const auto free = play(request, listens);
        auto locked = request;
        locked.voices.lockedVoices = {0b1111};
        locked.voices.lockedNotes = {{{60, 90, 0, 4}, 1}};
        const auto take = play(locked, listens);
        CHECK((notesOfSecondBar(take) == notesOfSecondBar(free)) == !listens);
    }
}

TEST_CASE("Joining rules strike a run again on beats or bars, but never a locked note", "[locks]")
{
    // Nothing but one pitch a voice: four endless runs.
    class Drone : public RandomVoices
    {
    public:
        bool canSing(int voice, int pitch) const override { return pitch == 72 - 7 * voice; }
    };
    const auto voices = std::make_shared<Drone>();
    voices->rests = false;
    const VoiceModel model(voices);
    Request request;
    request.bars = 2;
    const auto count = [&](Joining joining) {
        request.voices.joining = joining;
        return generate(model, request).at(0).notes.size();
    };
    CHECK(count(Joining::untilPitchChanges) == 4);
    CHECK(count(Joining::cutAtBars) == 8);
    CHECK(count(Joining::cutAtBeats) == 32);
    // Each note began with its bar, so the middle leaves it alone.
    CHECK(count(Joining::cutAtStrongBeats) == 8);
    request.voices.lockedVoices = {0b0001, 0b0001};
    request.voices.lockedNotes = {{{72, 90, 0, 8}, 0}};
    CHECK(count(Joining::cutAtBeats) == 25);
    const auto take = generate(model, request).at(0);
    CHECK(take.notes.front() == score::Note{72, 90, 0, 8});
    CHECK(take.notes.at(1).velocity == 96);
}
