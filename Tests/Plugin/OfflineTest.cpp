// A bounce: the host renders as fast as it can, and what comes out is what was heard live.

#include "Workbench.h"

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

using Heard = decltype(BlockRunner::heard);

/** What a musician and a host's automation do to the plugin; the same for live and offline. */
Heard perform(player::Mode mode, const std::string& model, bool offline,
              const juce::MemoryBlock& project, std::uint32_t& late)
{
    Processor processor(Shape::midiEffect);
    processor.setStateInformation(project.getData(), static_cast<int>(project.getSize()));
    auto& values = processor.parameters();
    setKnob(values.playing.modeChoice, static_cast<float>(mode));
    setKnob(values.playing.callBars, 1.0f);
    setKnob(values.playing.swing, 50.0f);
    setKnob(values.playing.timing, 30.0f);
    processor.setNonRealtime(offline);
    BlockRunner host(processor);
    const auto run = [&](double quarters) {
        if (offline)
            host.run(quarters);
        else
            host.runInTime(quarters);
    };
    INFO(model);
    if (!offline)
        host.processor.generation().catchUp(5000);
    for (int round = 0; round < 3; ++round) {
        host.press(60 + round);
        run(2.0);
        host.release(60 + round);
        *values.generate = round == 1; // automation in the middle of a bar
        run(9.0);
        host.locate(static_cast<double>(12 * round));
        run(7.0);
        *values.playing.previousTake = round == 1;
        run(6.0);
    }
    host.playing = false;
    host.block();
    CHECK(host.sounding() == 0);
    late = processor.lateBars();
    return host.heard;
}

} // namespace

TEST_CASE("a bounce is the live take, event for event, in every mode")
{
    for (const std::string model : {"plain", "choir"}) {
        const Workbench bench({model});
        juce::MemoryBlock project;
        {
            Processor processor(Shape::midiEffect);
            setKnob(processor.parameters().bars, 4.0f);
            composeAndWait(processor);
            project = stateOf(processor);
        }
        for (int mode = 0; mode < player::modeCount; ++mode) {
            std::uint32_t late = 1;
            const Heard live =
                perform(static_cast<player::Mode>(mode), model, false, project, late);
            INFO("mode " << mode << ", model " << model);
            CHECK(late == 0);
            const Heard bounce =
                perform(static_cast<player::Mode>(mode), model, true, project, late);
            CHECK(late == 0);
            CHECK(live.size() >= 10);
            CHECK((live == bounce));
        }
    }
}

TEST_CASE("a bounce with a slow engine waits for its bars")
{
    const Workbench bench({"slow"});
    Processor processor(Shape::midiEffect);
    setKnob(processor.parameters().bars, 2.0f);
    composeAndWait(processor);
    setKnob(processor.parameters().playing.modeChoice, static_cast<float>(player::Mode::endless));
    processor.setNonRealtime(true);
    BlockRunner host(processor);
    host.run(19.9); // needs one stretch that takes half a second, and those ahead of it
    CHECK(processor.lateBars() == 0);
    CHECK(host.noteOns == 5 * 8);
}

TEST_CASE("a bounce does not wait for ever: the late bar repeats and is counted")
{
    const Workbench bench({"plain", "slow-hangs"});
    Processor processor(Shape::midiEffect);
    setKnob(processor.parameters().bars, 1.0f);
    composeAndWait(processor);
    *processor.parameters().model = 1;
    processor.setNonRealtime(true);
    processor.setLongestWait(60);
    BlockRunner host(processor);
    host.run(1.0);
    *processor.parameters().generate = true;
    const auto start = std::chrono::steady_clock::now();
    host.run(9.9);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(3));
    CHECK(processor.lateBars() == 2);
    CHECK(host.noteOns == 22);
}

TEST_CASE("live, the audio thread never waits: a late take comes in later and is counted")
{
    const Workbench bench({"plain", "slow"});
    Processor processor(Shape::midiEffect);
    setKnob(processor.parameters().bars, 1.0f);
    composeAndWait(processor);
    *processor.parameters().model = 1;
    BlockRunner host(processor);
    host.run(1.0);
    *processor.parameters().generate = true;
    host.run(5.0); // every block under the guard
    CHECK(processor.lateBars() == 1);
    REQUIRE(eventually([&] { return processor.takes().takes.size() == 2; }));
    host.run(8.0);
    CHECK(processor.lateBars() == 1);
    CHECK(host.noteOns >= 26);
}
