#pragma once

// Colours, sizes and the drawing of standard controls: dark or light, quiet, one warm accent for
// what matters now. Text keeps a contrast of at least 7:1 on its background in the dark, 4.5:1 in
// the light.

#include <juce_gui_basics/juce_gui_basics.h>

namespace organum::editor
{

namespace colour
{

/** What a colour is for; which one it is depends on whether the window is light. A role can be used
    wherever JUCE wants a colour, and gives the present one. Message thread. */
class Role
{
public:
    constexpr Role(juce::uint32 darkIn, juce::uint32 lightIn)
        : dark(darkIn)
        , light(lightIn)
    {
    }
    /** As one number, for a component's properties, and back. */
    juce::int64 packed() const
    {
        return static_cast<juce::int64>(juce::uint64{dark} << 32 | light);
    }
    static Role unpacked(juce::int64 both)
    {
        return {static_cast<juce::uint32>(static_cast<juce::uint64>(both) >> 32),
                static_cast<juce::uint32>(both)};
    }
    juce::Colour of(bool isLight) const { return juce::Colour(isLight ? light : dark); }
    operator juce::Colour() const;
    juce::Colour withAlpha(float alpha) const { return get().withAlpha(alpha); }
    juce::Colour withMultipliedAlpha(float by) const { return get().withMultipliedAlpha(by); }
    juce::Colour brighter(float by) const { return get().brighter(by); }
    juce::Colour darker(float by) const { return get().darker(by); }
    juce::Colour interpolatedWith(juce::Colour other, float share) const
    {
        return get().interpolatedWith(other, share);
    }

private:
    juce::Colour get() const { return *this; }
    juce::uint32 dark, light;
};

inline constexpr Role background{0xff14161a, 0xffe9ebef};
inline constexpr Role panel{0xff1c1f25, 0xfff7f8fa};
inline constexpr Role raised{0xff282c34, 0xffdfe2e8};
inline constexpr Role line{0xff333842, 0xffc4c9d2};
inline constexpr Role text{0xffe8eaed, 0xff1a1d23};
inline constexpr Role dimText{0xffb3bac5, 0xff454c58};
inline constexpr Role accent{0xffe8b062, 0xff8a4b00};
inline constexpr Role onAccent{0xff1a1408, 0xffffffff};
inline constexpr Role warning{0xffff9f80, 0xffa3200d};
/** What shines, e.g. a note that sounds: towards it colours gain strength. */
inline constexpr Role strongest{0xffffffff, 0xff000000};

/** Voices from the highest to the lowest, after Okabe and Ito's palette, the blue lighter in the
    dark and all of them darker in the light: told apart by eyes without red, green or blue
    receptors, too. */
inline constexpr Role voices[] = {{0xfff0e442, 0xffa88b00},
                                  {0xffd55e00, 0xff9c2f00},
                                  {0xffcc79a7, 0xff8e2f68},
                                  {0xff4aa3ff, 0xff0072b2}};

} // namespace colour

/** Of every window in the process; the windows that are open notice it by themselves. */
void setLight(bool isLight);
bool isLight();

/** Gives a component a colour that follows the theme. */
void setRole(juce::Component& component, int colourId, const colour::Role& role);

constexpr int gap = 8;
constexpr int margin = 16;
constexpr float corner = 5.0f;

/** Inter, compiled in: the window looks and measures the same on every machine. */
juce::Font fontOf(float height, bool bold = false);

class Theme : public juce::LookAndFeel_V4
{
public:
    Theme();
    /** Brings its colours, and those given by setRole() from `root` down, to the present theme. */
    void renew(juce::Component& root);
    /** Brings its own colours to the present theme. */
    void takeColours();

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
    juce::Typeface::Ptr getTypefaceForFont(const juce::Font& font) override;
    /** Without a picture: the words say what it is about. */
    void drawAlertBox(juce::Graphics& g, juce::AlertWindow& alert, const juce::Rectangle<int>& area,
                      juce::TextLayout& text) override;
    juce::Font getAlertWindowTitleFont() override { return fontOf(18.0f, true); }
    juce::Font getAlertWindowMessageFont() override { return fontOf(14.0f); }
    juce::Font getAlertWindowFont() override { return fontOf(14.0f); }
    void drawPopupMenuSectionHeader(juce::Graphics& g, const juce::Rectangle<int>& area,
                                    const juce::String& name) override;
    /** With an edge: a dialog without the system's frame lies over a window of the same colour. */
    void fillResizableWindowBackground(juce::Graphics& g, int width, int height,
                                       const juce::BorderSize<int>& border,
                                       juce::ResizableWindow& window) override;
    void drawFileBrowserRow(juce::Graphics& g, int width, int height, const juce::File& file,
                            const juce::String& name, juce::Image* icon, const juce::String& size,
                            const juce::String& time, bool isFolder, bool isSelected, int row,
                            juce::DirectoryContentsDisplayComponent& list) override;
};

} // namespace organum::editor
