// The plugin with a model of four voices: knobs that are heard at once, locks, mutes, channels.

#include "Exported.h"
#include "Workbench.h"

#include "Plugin/ParameterBuilders.h"
#include "Score/MidiFile.h"

#include <random>
#include <set>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

/** A processor with the model of four voices and one take of eight bars. */
struct Choir
{
    explicit Choir(const std::string& model = "choir")
        : bench({model})
        , processor(Shape::instrument)
        , host(processor)
    {
        setKnob(processor.parameters().bars, 8.0f);
        composeAndWait(processor);
    }

    VoiceParameters& voices() { return processor.parameters().voices; }
    TakePointer take() { return processor.takes().playing(); }
    std::size_t takeCount() { return processor.takes().takes.size(); }

    /** Waits until other music plays than `before`. */
    TakePointer next(const TakePointer& before)
    {
        REQUIRE(eventually([&] { return take() != before; }));
        REQUIRE(processor.generation().waitUntilIdle(2000));
        return take();
    }
    /** Long enough for the worker to have noticed whatever there is to notice. */
    void letPass()
    {
        std::this_thread::sleep_for(std::chrono::milliseconds(80));
        REQUIRE(processor.generation().waitUntilIdle(2000));
    }

    Workbench bench;
    Processor processor;
    BlockRunner host;
};

std::vector<TakeNote> notesOf(const Take& take, int voice, int bar = -1)
{
    std::vector<TakeNote> notes;
    for (const TakeNote& note : take.notes)
        if (note.voice == voice && (bar < 0 || note.onset / take.barLength() == bar))
            notes.push_back(note);
    return notes;
}

void restore(Processor& processor, const juce::MemoryBlock& state)
{
    processor.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
}

} // namespace

TEST_CASE("four voices play on four channels of their own")
{
    Choir choir;
    REQUIRE(choir.take()->voiceNames ==
            std::vector<std::string>{"Soprano", "Alto", "Tenor", "Bass"});
    choir.voices().voices[2].channel->setValueNotifyingHost(1.0f); // tenor on 16
    choir.host.run(32.0);
    for (const int channel : {1, 2, 4, 16})
        CHECK(choir.host.onsOfChannel[static_cast<std::size_t>(channel)] >= 16);
    CHECK(choir.host.onsOfChannel[3] == 0);
    CHECK(choir.host.loudest < 0.9f);
}

TEST_CASE("moving a knob composes anew, and the new music enters at the next bar")
{
    Choir choir;
    choir.host.run(1.5);
    const auto before = choir.take();
    setKnob(choir.voices().latents[latent::melody].morph, 1.0f);
    const auto after = choir.next(before);
    CHECK_FALSE((notesOf(*after, 0) == notesOf(*before, 0)));
    for (int voice = 1; voice < 4; ++voice)
        CHECK((notesOf(*after, voice) == notesOf(*before, voice)));
    // Up to the bar line the old music is heard, from it on the new.
    const auto pitchesHeard = [&](double quarters) {
        std::set<int> pitches;
        const double end = choir.host.quarter + quarters;
        while (choir.host.quarter < end) {
            choir.host.block();
            for (const auto& [key, count] : choir.host.keys)
                if (key.first == 1 && count > 0)
                    pitches.insert(key.second);
        }
        return pitches;
    };
    const auto pitchesOf = [](const Take& take, double from, double to) {
        std::set<int> pitches;
        for (const TakeNote& note : notesOf(take, 0))
            if (static_cast<double>(note.onset + note.duration) > from * player::ticksPerQuarter &&
                static_cast<double>(note.onset) < to * player::ticksPerQuarter)
                pitches.insert(note.pitch);
        return pitches;
    };
    const auto oldPart = pitchesHeard(2.45);
    CHECK(oldPart == pitchesOf(*before, 1.5, 3.95));
    pitchesHeard(0.1);
    const auto newPart = pitchesHeard(3.8);
    CHECK(newPart == pitchesOf(*after, 4.06, 7.85));
}

TEST_CASE("every knob that a model with voices has is heard, its die and its rules")
{
    Choir choir("choir-macros");
    auto& voices = choir.voices();
    std::vector<juce::RangedAudioParameter*> knobs = {
        voices.rules, voices.macros[0], voices.macros[1], choir.processor.parameters().key,
        choir.processor.parameters().bars};
    *choir.processor.parameters().scale = 1; // the key alone would change nothing
    choir.next(choir.take());
    for (auto& knob : voices.latents) {
        knobs.push_back(knob.seedA);
        knobs.push_back(knob.morph);
    }
    for (juce::RangedAudioParameter* knob : knobs) {
        INFO(knob->getName(64));
        const auto before = choir.take();
        knob->setValueNotifyingHost(knob->getValue() > 0.5f ? 0.25f : 0.75f);
        const auto after = choir.next(before);
        CHECK_FALSE((after->notes == before->notes));
        CHECK(*after->settings == choir.processor.parameters().settings());
    }
}

TEST_CASE("nothing is composed by knobs that no music listens to")
{
    const Workbench bench({"a-choir", "plain"});
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    auto& voices = processor.parameters().voices;
    const auto movesAreIgnored = [&] {
        const auto before = processor.takes().playing();
        setKnob(voices.latents[0].seedA, voices.latents[0].seedA->get() == 5 ? 6.0f : 5.0f);
        setKnob(processor.parameters().seed, 17.0f);
        std::this_thread::sleep_for(std::chrono::milliseconds(80));
        return processor.takes().playing() == before;
    };
    CHECK(movesAreIgnored()); // nobody has asked for music yet
    *processor.parameters().model = 1;
    composeAndWait(processor);
    CHECK(movesAreIgnored()); // a line of music without these knobs
    *processor.parameters().model = 0;
    CHECK(movesAreIgnored()); // the line still plays
    composeAndWait(processor);
    CHECK_FALSE(movesAreIgnored());
}

TEST_CASE("a knob in steady motion is heard while it moves, and is one step of undo")
{
    Choir choir;
    const auto first = choir.take();
    auto* morph = choir.voices().latents[latent::chords].morph;
    std::set<TakePointer> heard;
    morph->beginChangeGesture();
    for (int step = 1; step <= 100; ++step) {
        setKnob(morph, static_cast<float>(step) / 100.0f);
        choir.host.block();
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        heard.insert(choir.take());
    }
    morph->endChangeGesture();
    REQUIRE(eventually([&] { return choir.take()->settings->latents[0].morph == 1.0f; }));
    REQUIRE(choir.processor.generation().waitUntilIdle(2000));
    CHECK(heard.size() > 5);
    CHECK(choir.takeCount() == 2);
    CHECK(choir.processor.undo());
    CHECK(choir.take() == first);
    CHECK(morph->get() == 0.0f);
    choir.letPass();
    CHECK(choir.take() == first); // the knob that undo turned back composes nothing
    CHECK(choir.processor.redo());
    CHECK(morph->get() == 1.0f);
}

TEST_CASE("a slow engine is not interrupted by a moving knob, and ends with its last place")
{
    Choir choir("slow-choir");
    auto* morph = choir.voices().latents[latent::style].morph;
    const auto first = choir.take();
    const auto start = std::chrono::steady_clock::now();
    bool heardOnTheWay = false;
    for (int step = 1; std::chrono::steady_clock::now() - start < std::chrono::milliseconds(1600);
         ++step) {
        setKnob(morph, static_cast<float>(step % 100) / 100.0f);
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        heardOnTheWay = heardOnTheWay || choir.take() != first;
    }
    CHECK(heardOnTheWay);
    setKnob(morph, 1.0f);
    REQUIRE(eventually([&] { return choir.take()->settings->latents[1].morph == 1.0f; }));
}

TEST_CASE("locked voices and bars never change, whatever the knobs do")
{
    Choir choir;
    std::mt19937 random(23);
    auto& voices = choir.voices();
    for (int round = 0; round < 60; ++round) {
        for (int voice = 0; voice < 4; ++voice)
            *voices.voices[static_cast<std::size_t>(voice)].lock = random() % 3 == 0;
        if (random() % 2 == 0)
            choir.processor.toggleBarLock(static_cast<int>(random() % 10));
        setKnob(choir.processor.parameters().bars, static_cast<float>(5 + random() % 6));
        const auto before = choir.take();
        const Locks locks = choir.processor.locks();
        const auto which = random() % 3;
        if (which == 0)
            choir.processor.reroll(random() & latent::all);
        else if (which == 1)
            choir.processor.generate();
        else
            setKnob(voices.latents[random() % 10].seedA, static_cast<float>(random() % 99999));
        const auto after = choir.next(before);
        INFO("round " << round << ", voices " << locks.voices);
        for (int voice = 0; voice < 4; ++voice)
            for (int bar = 0; bar < std::min(before->bars, after->bars); ++bar)
                if ((locks.voices >> voice & 1u) != 0 ||
                    std::binary_search(locks.bars.begin(), locks.bars.end(), bar))
                    REQUIRE((notesOf(*after, voice, bar) == notesOf(*before, voice, bar)));
    }
}

TEST_CASE("a voice locked while music is being composed stays as it was when it was locked")
{
    Choir choir("slow-choir");
    const auto before = choir.take();
    setKnob(choir.voices().latents[latent::chords].seedA, 4321.0f);
    REQUIRE(eventually([&] { return choir.processor.status().phase == Phase::composing; }));
    *choir.voices().voices[1].lock = true;
    const auto after = choir.next(before);
    CHECK((notesOf(*after, 1) == notesOf(*before, 1)));
    CHECK_FALSE((notesOf(*after, 0) == notesOf(*before, 0)));
}

TEST_CASE("what was wished for before an undo does not come back after it")
{
    Choir choir("slow-choir");
    const auto first = choir.take();
    choir.processor.reroll(latent::all);
    const auto second = choir.next(first);
    setKnob(choir.voices().latents[latent::chords].seedA, 4321.0f);
    REQUIRE(eventually([&] { return choir.processor.status().phase == Phase::composing; }));
    CHECK(choir.processor.undo());
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
    REQUIRE(choir.processor.generation().waitUntilIdle(2000));
    CHECK(choir.take() == first);
    CHECK(choir.takeCount() == 2);
}

TEST_CASE("a project that opens while music is being composed is not changed by it")
{
    Choir choir("slow-choir");
    const auto state = stateOf(choir.processor);
    choir.processor.reroll(latent::all);
    REQUIRE(eventually([&] { return choir.processor.status().phase == Phase::composing; }));
    restore(choir.processor, state);
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
    REQUIRE(choir.processor.generation().waitUntilIdle(2000));
    CHECK(stateOf(choir.processor) == state);
}

TEST_CASE("music in which a locked note has changed is refused")
{
    Choir choir("forgetful-choir");
    const auto before = choir.take();
    *choir.voices().voices[0].lock = true;
    setKnob(choir.voices().latents[latent::chords].seedA, 4321.0f);
    REQUIRE(eventually([&] { return choir.processor.status().phase == Phase::failed; }));
    CHECK(choir.processor.status().message.find("locked") != std::string::npos);
    CHECK(choir.take() == before);
}

TEST_CASE("a die changes its knob alone, and undo gives both music and knob back")
{
    Choir choir;
    const auto first = choir.take();
    const Settings knobs = choir.processor.parameters().settings();
    choir.processor.reroll(latent::ofVoice(2));
    const auto second = choir.next(first);
    const Settings rolled = choir.processor.parameters().settings();
    CHECK(rolled.differencesForVoices(knobs) == latent::ofVoice(2));
    CHECK_FALSE((notesOf(*second, 2) == notesOf(*first, 2)));
    CHECK((notesOf(*second, 3) == notesOf(*first, 3)));
    choir.letPass();
    CHECK(choir.takeCount() == 2);
    CHECK(choir.processor.undo());
    CHECK(choir.take() == first);
    CHECK(choir.processor.parameters().settings() == knobs);
    choir.processor.redo();
    CHECK(choir.processor.parameters().settings() == rolled);
    choir.letPass();
    CHECK(choir.takeCount() == 2);
}

TEST_CASE("one steps back to a take of another model, with that model and its knobs")
{
    const Workbench bench({"a-choir", "plain"});
    Processor processor(Shape::instrument);
    composeAndWait(processor);
    *processor.parameters().model = 1;
    setKnob(processor.parameters().seed, 5.0f);
    composeAndWait(processor);
    processor.previousTake();
    CHECK(processor.parameters().model->get() == 0);
    CHECK(processor.parameters().seed->get() == 1);
    processor.nextTake();
    CHECK(processor.parameters().model->get() == 1);
    CHECK(processor.parameters().seed->get() == 5);
}

TEST_CASE("a voice is muted at once and moves channel without leaving a note behind")
{
    Choir choir;
    choir.host.run(0.5);
    REQUIRE(choir.host.sounding() == 4);
    *choir.voices().voices[1].mute = true;
    choir.host.block();
    CHECK(choir.host.sounding(2) == 0);
    CHECK(choir.host.sounding() == 3);
    setKnob(choir.voices().voices[3].channel, 9.0f);
    choir.host.block();
    CHECK(choir.host.sounding(4) == 0);
    choir.host.run(4.0);
    CHECK(choir.host.sounding(2) == 0);
    CHECK(choir.host.sounding(9) == 1);
    *choir.voices().voices[1].mute = false;
    choir.host.run(2.1);
    CHECK(choir.host.sounding(2) == 1);
}

TEST_CASE("the MIDI file of four voices has four named tracks on their channels")
{
    Choir choir;
    setKnob(choir.voices().voices[3].channel, 12.0f);
    const auto bytes = exportedMidi(choir.processor);
    const auto read = score::readMidi(bytes.data(), bytes.size(), "take");
    CHECK(read.warnings.empty());
    REQUIRE(read.score.parts.size() == 4);
    const std::vector<std::pair<std::string, int>> expected = {
        {"Soprano", 0}, {"Alto", 1}, {"Tenor", 2}, {"Bass", 11}};
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(read.score.parts[i].name == expected[i].first);
        CHECK(read.score.parts[i].channel == expected[i].second);
        CHECK(read.score.parts[i].notes.size() ==
              notesOf(*choir.take(), static_cast<int>(i)).size());
    }
}

TEST_CASE("voices, knobs and locks come back bit for bit, with and without the model")
{
    juce::MemoryBlock state;
    Take take;
    {
        Choir choir("choir-macros");
        auto& voices = choir.voices();
        setKnob(voices.latents[4].morph, 0.37f);
        choir.next(choir.take());
        *voices.voices[1].lock = true;
        *voices.voices[2].mute = true;
        choir.processor.toggleBarLock(5);
        choir.processor.toggleBarLock(2);
        state = stateOf(choir.processor);
        CHECK(state == stateOf(choir.processor));
        take = *choir.take();
        REQUIRE(take.settings);
    }
    for (const bool installed : {true, false}) {
        const Workbench bench(installed ? std::vector<std::string>{"choir-macros"}
                                        : std::vector<std::string>{"plain"});
        Processor processor(Shape::instrument);
        BlockRunner host(processor);
        restore(processor, state);
        CHECK(*processor.takes().playing() == take);
        CHECK(processor.locks() == Locks{0b0010, {2, 5}});
        CHECK(processor.parameters().voices.latents[4].morph->get() == 0.37f);
        CHECK(stateOf(processor) == state);
        std::this_thread::sleep_for(std::chrono::milliseconds(60));
        CHECK(stateOf(processor) == state); // restoring has turned no knob
        host.run(8.0);
        CHECK(host.onsOfChannel[3] == 0);
        CHECK(host.onsOfChannel[1] > 0);
    }
}

TEST_CASE("going on keeps the voices and their notes, and adds bars")
{
    Choir choir;
    const auto before = choir.take();
    choir.processor.continueTake();
    const auto after = choir.next(before);
    CHECK(after->bars == 16);
    CHECK(after->voiceNames == before->voiceNames);
    REQUIRE(after->notes.size() > before->notes.size());
    CHECK(std::equal(before->notes.begin(), before->notes.end(), after->notes.begin()));
    CHECK_FALSE((notesOf(*after, 0, 8) == notesOf(*before, 0, 0)));
}

TEST_CASE("forty thousand blocks with four voices leave no allocation and no hanging note")
{
    Choir choir;
    const auto state = stateOf(choir.processor);
    std::atomic<bool> done{false};
    std::thread musician([&] {
        std::mt19937 own(4);
        auto& voices = choir.voices();
        while (!done) {
            const auto voice = own() % 4;
            switch (own() % 8) {
            case 0:
                choir.processor.generate();
                break;
            case 1:
                setKnob(voices.latents[own() % 10].morph, static_cast<float>(own() % 100) / 100);
                break;
            case 2:
                choir.processor.undo();
                break;
            case 3:
                *voices.voices[voice].lock = own() % 2 == 0;
                break;
            case 4:
                *voices.voices[voice].mute = own() % 3 == 0;
                break;
            case 5:
                setKnob(voices.voices[voice].channel, static_cast<float>(1 + own() % 5));
                break;
            case 6:
                choir.processor.toggleBarLock(static_cast<int>(own() % 8));
                break;
            default:
                restore(choir.processor, state);
                break;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    });
    std::mt19937 random(9);
    for (int i = 0; i < 40000; ++i) {
        if (random() % 300 == 0)
            choir.host.quarter = static_cast<double>(random() % 1000) / 7.0 - 8.0;
        if (random() % 500 == 0)
            choir.host.playing = !choir.host.playing;
        choir.host.block(random() % 400 == 0);
    }
    done = true;
    musician.join();
    choir.host.playing = false;
    choir.host.block();
    CHECK(choir.host.sounding() == 0);
}
