// The standalone's blocks, as a sound card asks for them, with the guard armed.

#include "Standalone/SoundEngine.h"
#include "Plugin/Home.h"
#include "Plugin/Workbench.h"
#include "Sound/SoundFonts.h"

#include <fstream>

using namespace organum;
using namespace organum::test;

namespace
{

struct Card
{
    static constexpr int blockSize = 256;

    Card()
    {
        setKnob(processor.parameters().bars, 2.0f);
        engine.prepare(48000.0, blockSize);
        engine.transport().setTempo(120.0);
        audio.setSize(2, 4096);
    }
    /** Returns the loudest sample. */
    float block(int samples = blockSize)
    {
        support::RealtimeGuard guard;
        engine.render(audio.getArrayOfWritePointers(), 2, samples);
        const auto counts = guard.stop();
        // As if a block took its time.
        REQUIRE(eventually([&] { return engine.fonts().isUpToDate(); }));
        // The threads that send MIDI and play SoundFonts are woken, by a post that never waits.
        if (counts.total() != counts.wakes || counts.wakes > 4)
            FAIL("on the audio thread: " << counts.toString() << "\n"
                                         << support::describeOffences());
        return audio.getMagnitude(0, samples);
    }
    float run(double seconds)
    {
        float loudest = 0.0f;
        for (int i = 0; i < seconds * 48000.0 / blockSize; ++i)
            loudest = std::max(loudest, block());
        return loudest;
    }

    const Home home;
    const Workbench bench;
    plugin::Processor processor{plugin::Shape::instrument};
    standalone::MidiPorts ports;
    standalone::SoundEngine engine{processor, ports};
    juce::AudioBuffer<float> audio;
};

/** Empty, with a warning, where there is none. */
std::filesystem::path anyFont()
{
    const auto font = sound::findSoundFont();
    if (font.empty())
        WARN("skipped: no SoundFont is installed");
    return font;
}

} // namespace

TEST_CASE("played by a sound card, the take is heard, and neither memory nor locks are taken")
{
    Card card;
    composeAndWait(card.processor);
    CHECK(card.run(0.5) == 0.0f);
    card.processor.setAudition(true);
    CHECK(card.run(3.0) > 0.01f);
    CHECK(card.engine.transport().quarter() == Approx(6.0).margin(0.02));
    card.engine.transport().setTempo(240.0);
    card.run(1.0);
    CHECK(card.processor.tempo() == 240.0);
    CHECK(card.engine.transport().quarter() == Approx(10.0).margin(0.05));
    card.processor.setAudition(false);
    card.run(1.0);
    CHECK(card.run(0.2) < 0.001f);
    CHECK(card.engine.transport().quarter() == 0.0);
}

TEST_CASE("without a loop the take plays once and stops at its end, inside of a block too")
{
    Card card;
    composeAndWait(card.processor);
    card.engine.transport().setEnd(8.0); // two bars: four seconds
    card.processor.setAudition(true);
    card.run(3.9);
    CHECK(card.processor.isAuditioning());
    card.run(0.2);
    CHECK_FALSE(card.processor.isAuditioning());
    card.run(1.0);
    CHECK(card.run(0.2) < 0.001f);
    card.processor.setAudition(true); // and again from its start
    CHECK(card.run(0.5) > 0.01f);
    CHECK(card.engine.transport().quarter() == Approx(1.0).margin(0.02));
}

TEST_CASE("what is composed is in the transport's metre")
{
    Card card;
    card.engine.transport().setMetre(3, 4);
    card.run(0.1);
    composeAndWait(card.processor);
    CHECK(card.processor.takes().playing()->metreNumerator == 3);
}

TEST_CASE("a SoundFont plays in place of the preview, and neither memory nor locks are taken")
{
    const auto font = anyFont();
    if (font.empty())
        return;
    Card card;
    composeAndWait(card.processor);
    card.processor.setAudition(true);
    card.run(1.0);
    const juce::AudioBuffer<float> before(card.audio);
    card.engine.chooseFont(juce::File(font.string()));
    REQUIRE(eventually([&] { return !card.engine.fonts().isReading(); }));
    CHECK(card.engine.fonts().description() == juce::String(font.stem().string()));
    card.processor.setAudition(false);
    card.run(0.1);
    card.processor.setAudition(true);
    CHECK(card.run(4.0) > 0.01f);
    // Stereo: an instrument's own room, which the preview has not.
    card.run(1.0);
    float difference = 0.0f;
    for (int i = 0; i < Card::blockSize; ++i)
        difference =
            std::max(difference, std::abs(card.audio.getSample(0, i) - card.audio.getSample(1, i)));
    CHECK(difference > 0.0f);
    *card.processor.parameters().preview = false;
    card.run(3.0);
    CHECK(card.run(0.5) < 0.005f);
    *card.processor.parameters().preview = true;
    CHECK(card.run(1.0) > 0.01f);
    // Back, and everything has been given back to where it may be freed.
    card.engine.chooseFont({});
    REQUIRE(eventually([&] { return !card.engine.fonts().isReading(); }));
    CHECK(card.run(1.0) > 0.005f);
    CHECK(card.engine.fonts().description() == "Organum's own quiet sound");
}

TEST_CASE("a sound file is made by the chosen SoundFont")
{
    const auto font = anyFont();
    if (font.empty())
        return;
    Card card;
    composeAndWait(card.processor);
    const auto content = *plugin::exportContentOf(card.processor);
    CHECK_FALSE(card.engine.fonts().maker());
    plugin::writeSound(content, card.home.folder / "own.wav", card.engine.fonts().maker());
    card.engine.chooseFont(juce::File(font.string()));
    plugin::writeSound(content, card.home.folder / "font.wav", card.engine.fonts().maker());
    const auto own = readWholeFile(card.home.folder / "own.wav");
    const auto other = readWholeFile(card.home.folder / "font.wav");
    CHECK(own.size() == other.size());
    CHECK(own != other);
}

TEST_CASE("what is no SoundFont, and a machine without FluidSynth, get a clear word and music")
{
    Card card;
    composeAndWait(card.processor);
    const auto file = card.home.folder / "file.sf2";
    std::ofstream(file) << "no font";
    const auto says = [&](const std::filesystem::path& font, const char* words) {
        card.engine.chooseFont(juce::File(font.string()));
        REQUIRE(eventually([&] { return !card.engine.fonts().isReading(); }));
        INFO(card.engine.fonts().description());
        CHECK(card.engine.fonts().description().contains(words));
        card.processor.setAudition(true);
        CHECK(card.run(1.0) > 0.005f);
        card.processor.setAudition(false);
        card.run(0.1);
    };
    says(file, "file.sf2");
    says("/nowhere/font.sf2", "/nowhere/font.sf2");
}

TEST_CASE("without a sound card the music runs on, and the window can say so")
{
    const Home home;
    const Workbench bench;
    plugin::Processor processor(plugin::Shape::instrument);
    standalone::MidiPorts ports;
    standalone::SoundEngine engine(processor, ports);
    engine.start(false);
    CHECK(engine.description().contains("No sound card"));
    CHECK_FALSE(engine.hasSoundCard());
    composeAndWait(processor);
    processor.setAudition(true);
    CHECK(eventually([&] { return engine.transport().quarter() > 0.5; }));
    CHECK(processor.playhead() >= 0.0);
}
