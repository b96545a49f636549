#include "Workbench.h"

using namespace organum;
using namespace organum::plugin;
using organum::test::Workbench;

// Projects of musicians name these. A change here is a change that breaks them all: never edit an
// entry, only add new ones with a higher version hint.

TEST_CASE("names, codes and URIs are what saved projects expect")
{
    CHECK(std::string(identity::manufacturer) == "Organum");
    CHECK(std::string(identity::manufacturerCode) == "Orgn");
    CHECK(std::string(identity::instrumentName) == "Organum");
    CHECK(std::string(identity::instrumentCode) == "Orga");
    CHECK(std::string(identity::instrumentUri) == "https://organum.audio/lv2/organum");
    CHECK(std::string(identity::midiEffectName) == "Organum MIDI");
    CHECK(std::string(identity::midiEffectCode) == "OrgM");
    CHECK(std::string(identity::midiEffectUri) == "https://organum.audio/lv2/organum-midi");
}

TEST_CASE("parameter ids, order, ranges and version hints are frozen")
{
    struct Frozen
    {
        std::string id;
        float low, high;
        int hint = 1;
    };
    std::vector<Frozen> frozen = {{"model", 0, 31},
                                  {"bars", 1, 256},
                                  {"seed", 0, 99999},
                                  {"pitch_temperature", 0.05f, 4},
                                  {"duration_temperature", 0.05f, 4},
                                  {"top_p", 0.05f, 1},
                                  {"key", 0, 11},
                                  {"scale", 0, 17},
                                  {"channel", 1, 16},
                                  {"follow", 0, 1},
                                  {"thru", 0, 1},
                                  {"preview", 0, 1},
                                  {"generate", 0, 1},
                                  {"continue", 0, 1}};
    for (const std::string knob :
         {"chords", "style", "melody_soprano", "melody_alto", "melody_tenor", "melody_bass",
          "groove_soprano", "groove_alto", "groove_tenor", "groove_bass"}) {
        frozen.push_back({knob + "_seed_a", 0, 99999, 2});
        frozen.push_back({knob + "_seed_b", 0, 99999, 2});
        frozen.push_back({knob + "_morph", 0, 1, 2});
    }
    frozen.push_back({"rule_strength", 0, 1, 2});
    for (const std::string voice : {"soprano", "alto", "tenor", "bass"}) {
        frozen.push_back({voice + "_lock", 0, 1, 2});
        frozen.push_back({voice + "_mute", 0, 1, 2});
        frozen.push_back({voice + "_channel", 1, 16, 2});
    }
    for (int macro = 1; macro <= 8; ++macro)
        frozen.push_back({"macro_" + std::to_string(macro), -1, 1, 2});
    for (const Frozen& each : std::vector<Frozen>{{"mode", 0, 5, 3},
                                                  {"trigger_grid", 0, 4, 3},
                                                  {"call_bars", 1, 16, 3},
                                                  {"run_free", 0, 1, 3},
                                                  {"free_tempo", 20, 300, 3},
                                                  {"swing", 0, 100, 3},
                                                  {"swing_step", 0, 1, 3},
                                                  {"humanise_timing", 0, 100, 3},
                                                  {"humanise_velocity", 0, 100, 3},
                                                  {"save_as_played", 0, 1, 3},
                                                  {"panic", 0, 1, 3},
                                                  {"previous_take", 0, 1, 3},
                                                  {"next_take", 0, 1, 3},
                                                  {"lowest_pitch", 0, 127, 4},
                                                  {"highest_pitch", 0, 127, 4}})
        frozen.push_back(each);
    for (const Shape shape : {Shape::instrument, Shape::midiEffect}) {
        Processor processor(shape);
        const auto& parameters = processor.getParameters();
        REQUIRE(parameters.size() == static_cast<int>(frozen.size()));
        for (int i = 0; i < parameters.size(); ++i) {
            auto* parameter = dynamic_cast<juce::RangedAudioParameter*>(parameters[i]);
            REQUIRE(parameter != nullptr);
            const Frozen& expected = frozen[static_cast<std::size_t>(i)];
            INFO(expected.id);
            CHECK(parameter->getParameterID() == juce::String(expected.id));
            CHECK(parameter->getVersionHint() == expected.hint);
            CHECK(parameter->getNormalisableRange().start == expected.low);
            CHECK(parameter->getNormalisableRange().end == expected.high);
        }
    }
}

TEST_CASE("the modes keep their places in the list")
{
    Processor processor(Shape::instrument);
    CHECK(processor.parameters().playing.modeChoice->choices ==
          juce::StringArray({"Loop", "Endless", "One-shot", "Call and response", "Hold", "Latch"}));
    CHECK(processor.parameters().playing.grid->choices ==
          juce::StringArray({"At once", "1/16", "1/8", "1/4", "Bar"}));
}

TEST_CASE("every parameter value survives its text")
{
    Processor processor(Shape::instrument);
    for (auto* parameter : processor.getParameters()) {
        for (const float value : {0.0f, 0.25f, 0.5f, 1.0f}) {
            const juce::String text = parameter->getText(value, 64);
            INFO(parameter->getName(64) << ": " << text);
            const float back = parameter->getValueForText(text);
            CHECK(parameter->getText(back, 64) == text);
        }
    }
}

TEST_CASE("the two shapes have the buses and MIDI that hosts expect")
{
    Processor instrument(Shape::instrument);
    CHECK(instrument.getTotalNumInputChannels() == 0);
    CHECK(instrument.getTotalNumOutputChannels() == 2);
    CHECK_FALSE(instrument.isMidiEffect());
    Processor effect(Shape::midiEffect);
    CHECK(effect.getTotalNumInputChannels() == 0);
    CHECK(effect.getTotalNumOutputChannels() == 0);
    CHECK(effect.isMidiEffect());
    for (Processor* each : {&instrument, &effect}) {
        CHECK(each->acceptsMidi());
        CHECK(each->producesMidi());
        CHECK(each->getLatencySamples() == 0);
    }
}
