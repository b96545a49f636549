// The standalone's window: what it shows, and what its files do.

#include "Plugin/AccessibleParts.h"
#include "Program.h"
#include "Score/MidiFile.h"
#include "Standalone/MidiPanel.h"
#include "Standalone/Project.h"
#include "Standalone/SoundPanel.h"

#include <fstream>

using namespace organum;
using namespace organum::test;

TEST_CASE("the bar of the standalone plays, stops, and sets tempo and metre")
{
    Program program;
    composeAndWait(program.processor);
    auto& window = *program.content;
    auto& play = control<juce::TextButton>(window, "Play");
    play.onClick();
    CHECK(program.processor.isAuditioning());
    window.refresh();
    CHECK(play.getButtonText() == "Stop");
    play.onClick();
    CHECK_FALSE(program.processor.isAuditioning());
    auto& bar = control<standalone::TransportBar>(window, "Transport");
    control<juce::Slider>(bar, "Tempo").setValue(66.0, juce::sendNotificationSync);
    CHECK(program.sound.transport().tempo() == 66.0);
    control<juce::ComboBox>(bar, "Metre").setSelectedItemIndex(1, juce::sendNotificationSync);
    CHECK(program.sound.transport().numerator() == 3);
    CHECK(program.document.loops());
    control<juce::ToggleButton>(bar, "Loop").triggerClick();
    juce::MessageManager::getInstance()->runDispatchLoopUntil(50);
    CHECK_FALSE(program.document.loops());
}

TEST_CASE("no two parts of the standalone's window overlap, and every control has a name")
{
    Program program;
    auto& window = *program.content;
    auto& bar = control<standalone::TransportBar>(window, "Transport");
    for (const int width : {editor::Editor::smallestWidth, window.getWidth(), 2000}) {
        window.setSize(width, window.getHeight());
        CHECK(checkLayout(bar) == 10);
    }
    CHECK(checkControls(bar) == 8);
    CHECK(control<juce::Label>(window, "Ports and sound").getText().contains("No sound card"));
}

TEST_CASE("a screen reader finds no unnamed part in the standalone and its dialogs")
{
    Program program;
    composeAndWait(program.processor);
    program.content->refresh();
    program.content->setVisible(true);
    CHECK(checkNames(*program.content) > 60);
    editor::Theme theme;
    standalone::MidiPanel midi(program.ports, theme);
    midi.setVisible(true);
    CHECK(checkNames(midi) > 3);
    standalone::SoundPanel sound(program.sound, theme);
    sound.setVisible(true);
    CHECK(checkNames(sound) > 2);
}

TEST_CASE("pictures of the standalone")
{
    Program program;
    composeAndWait(program.processor);
    program.processor.setAudition(true);
    REQUIRE(eventually([&] { return program.sound.transport().quarter() > 1.2; }));
    auto& window = *program.content;
    control<editor::DragSource>(window, "Drag MIDI");
    program.editor().refresh();
    window.refresh();
    CHECK(coloursIn(snapshot(window, "standalone", 1.0f)) > 40);
    editor::Theme theme;
    standalone::SoundPanel sound(program.sound, theme);
    snapshot(sound, "standalone-sound", 1.0f);
    standalone::MidiPanel midi(program.ports, theme);
    snapshot(midi, "standalone-midi", 1.0f);
    CHECK(control<juce::ComboBox>(sound, "Instruments").getNumItems() >= 2);
}

TEST_CASE("a MIDI file that is opened becomes the take that plays, and a recent file")
{
    Program program;
    score::Score score;
    score.parts.push_back({"Tune", 0, 0, {}});
    for (int i = 0; i < 16; ++i)
        score.parts[0].notes.push_back({60 + i % 5, 90, score::Quarters(i), score::Quarters(1)});
    const auto file = program.home.folder / "tune.mid";
    score::writeMidiFile(file, score);
    program.content->open(juce::File(file.string()));
    REQUIRE(eventually([&] { return program.processor.takes().playing() != nullptr; }));
    CHECK(program.processor.takes().playing()->notes.size() == 16);
    CHECK(program.document.recent().getFile(0) == juce::File(file.string()));
    program.content->open(juce::File("/nowhere/gone.mid"));
    CHECK(program.processor.status().message.find("gone.mid") != std::string::npos);
}

TEST_CASE("a project is opened through the window, with its name above it")
{
    Program program;
    composeAndWait(program.processor);
    const auto file = juce::File((program.home.folder / "piece.organumproject").string());
    REQUIRE(program.document.saveDocument(file).wasOk());
    const auto state = stateOf(program.processor);
    program.document.startAnew();
    CHECK(program.processor.takes().takes.empty());
    program.content->open(file);
    juce::MessageManager::getInstance()->runDispatchLoopUntil(100);
    CHECK(stateOf(program.processor) == state);
    CHECK(program.document.getFile() == file);
    const auto menu = program.content->fileMenu();
    bool isRecent = false;
    for (juce::PopupMenu::MenuItemIterator each(menu, true); each.next();)
        isRecent = isRecent || each.getItem().text.contains("piece");
    CHECK(isRecent);
}

// The bar was made before anybody had asked which theme it was: dark buttons on a light window.
TEST_CASE("a window that opens light is light in all its parts")
{
    Program program;
    program.content.reset();
    editor::Appearance light = editor::Appearance::load();
    light.light = true;
    REQUIRE(light.save());
    program.content = std::make_unique<standalone::Content>(program.processor, program.sound,
                                                            program.ports, program.document);
    const auto text = juce::Colour(editor::colour::text.of(true));
    CHECK(control<juce::TextButton>(*program.content, "Play")
              .findColour(juce::TextButton::textColourOffId) == text);
    CHECK(control<juce::TextButton>(*program.content, "Generate")
              .findColour(juce::TextButton::buttonColourId) ==
          juce::Colour(editor::colour::accent.of(true)));
    CHECK(control<juce::TextButton>(program.editor(), "Models")
              .findColour(juce::TextButton::textColourOffId) == text);
    program.content.reset();
    editor::setLight(false);
}
