#pragma once

// Colours, sizes and the drawing of standard controls: dark, quiet, one warm accent for what
// matters now. Text keeps a contrast of at least 7:1 on its background.

#include <juce_gui_basics/juce_gui_basics.h>

namespace organum::editor
{

namespace colour
{
const juce::Colour background{0xff14161a};
const juce::Colour panel{0xff1c1f25};
const juce::Colour raised{0xff282c34};
const juce::Colour line{0xff333842};
const juce::Colour text{0xffe8eaed};
const juce::Colour dimText{0xffa9b0bb};
const juce::Colour accent{0xffe3a857};
const juce::Colour onAccent{0xff1a1408};
const juce::Colour warning{0xffff9f80};

/** Voices from the highest to the lowest, after Okabe and Ito's palette, the blue lighter: told
    apart by eyes without red, green or blue receptors, too. */
const juce::Colour voices[] = {juce::Colour{0xfff0e442}, juce::Colour{0xffd55e00},
                               juce::Colour{0xffcc79a7}, juce::Colour{0xff4aa3ff}};
} // namespace colour

constexpr int gap = 8;
constexpr int margin = 16;
constexpr float corner = 5.0f;

juce::Font fontOf(float height, bool bold = false);

class Theme : public juce::LookAndFeel_V4
{
public:
    Theme();

    void drawRotarySlider(juce::Graphics& g, int x, int y, int width, int height, float position,
                          float startAngle, float endAngle, juce::Slider& slider) override;
    void drawLinearSlider(juce::Graphics& g, int x, int y, int width, int height, float position,
                          float lowest, float highest, juce::Slider::SliderStyle style,
                          juce::Slider& slider) override;
    juce::Label* createSliderTextBox(juce::Slider& slider) override;
    void drawButtonBackground(juce::Graphics& g, juce::Button& button, const juce::Colour& fill,
                              bool isOver, bool isDown) override;
    juce::Font getTextButtonFont(juce::TextButton& button, int height) override;
    void drawToggleButton(juce::Graphics& g, juce::ToggleButton& button, bool isOver,
                          bool isDown) override;
    void drawComboBox(juce::Graphics& g, int width, int height, bool isDown, int x, int y, int w,
                      int h, juce::ComboBox& box) override;
    juce::Font getComboBoxFont(juce::ComboBox& box) override;
    void positionComboBoxText(juce::ComboBox& box, juce::Label& label) override;
    juce::Font getPopupMenuFont() override;
    void drawCornerResizer(juce::Graphics& g, int width, int height, bool isOver,
                           bool isDragging) override;
    juce::Font getLabelFont(juce::Label& label) override;
};

} // namespace organum::editor
