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
        const char* id;
        float low, high;
    };
    const Frozen frozen[] = {{"model", 0, 31},
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
    for (const Shape shape : {Shape::instrument, Shape::midiEffect}) {
        Processor processor(shape);
        const auto& parameters = processor.getParameters();
        REQUIRE(parameters.size() == static_cast<int>(std::size(frozen)));
        for (int i = 0; i < parameters.size(); ++i) {
            auto* parameter = dynamic_cast<juce::RangedAudioParameter*>(parameters[i]);
            REQUIRE(parameter != nullptr);
            INFO(frozen[i].id);
            CHECK(parameter->getParameterID() == juce::String(frozen[i].id));
            CHECK(parameter->getVersionHint() == 1);
            CHECK(parameter->getNormalisableRange().start == frozen[i].low);
            CHECK(parameter->getNormalisableRange().end == frozen[i].high);
        }
    }
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
