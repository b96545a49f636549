// The part of the window that is about the window: its look, its cards, its "..." menu, learning,
// and files that are dropped on it.

#include "Interface/Editor.h"
#include "Interface/HelpCards.h"
#include "Interface/Learning.h"

namespace organum::editor
{

namespace
{

Home homeOf(const plugin::Processor& processor)
{
    if (juce::JUCEApplicationBase::isStandaloneApp())
        return Home::standalone;
    switch (processor.wrapperType) {
    case juce::AudioProcessor::wrapperType_LV2:
        return Home::lv2;
    case juce::AudioProcessor::wrapperType_AudioUnit:
    case juce::AudioProcessor::wrapperType_AudioUnitv3:
        return Home::audioUnit;
    default:
        return Home::vst3;
    }
}

} // namespace

// ---- look --------------------------------------------------------------------------------------

void Editor::change(const std::function<void(Appearance&)>& how)
{
    Appearance wanted = Appearance::load(); // another window may have changed it since
    how(wanted);
    wanted.save();
    how(appearance);
    showAppearance();
}

void Editor::showAppearance()
{
    if (shownLight != isLight()) {
        shownLight = isLight();
        theme.renew(*this);
        dialogs->renew();
        everShown = false;
    }
}

void Editor::useTheme(bool light)
{
    setLight(light);
    change([light](Appearance& each) { each.light = light; });
}

void Editor::useScale(int percent)
{
    change([percent](Appearance& each) { each.scale = percent; });
    applyScale();
}

void Editor::applyScale()
{
    const float own = static_cast<float>(appearance.scale) / 100.0f;
    // A program of its own scales all its windows and menus, a plugin only its part of the host.
    if (juce::JUCEApplicationBase::isStandaloneApp())
        scaleProgram(own);
    else
        AudioProcessorEditor::setScaleFactor(hostScale * own);
}

void Editor::scaleProgram(float wanted)
{
    auto& desktop = juce::Desktop::getInstance();
    auto* window = dynamic_cast<juce::ResizableWindow*>(getTopLevelComponent());
    const auto before = window != nullptr ? window->getBounds() : juce::Rectangle<int>();
    const auto& displays = desktop.getDisplays();
    const auto* display =
        before.isEmpty() ? displays.getPrimaryDisplay() : displays.getDisplayForRect(before);
    if (display == nullptr)
        return;
    // No larger than a window of the smallest size has room for, with its title and transport.
    constexpr int extra = 100;
    const auto room = display->userArea.toFloat() * desktop.getGlobalScaleFactor();
    const float largest =
        std::min(room.getWidth() / smallestWidth, room.getHeight() / (smallestHeight + extra));
    const float scale = juce::jlimit(0.75f, std::max(0.75f, largest), wanted);
    desktop.setGlobalScaleFactor(scale);
    if (window == nullptr)
        return;
    // The window kept its pixels, and so has less room inside; it gets its size back as far as the
    // screen allows, once the system has told of the change.
    juce::Timer::callAfterDelay(
        50, [safe = juce::Component::SafePointer<juce::ResizableWindow>(window), before] {
            if (safe != nullptr)
                fitToScreen(*safe, before);
        });
}

void fitToScreen(juce::ResizableWindow& window, juce::Rectangle<int> wanted)
{
    if (const auto* display = juce::Desktop::getInstance().getDisplays().getDisplayForRect(wanted))
        window.setBounds(wanted.constrainedWithin(display->userArea));
}

void Editor::setScaleFactor(float scale)
{
    hostScale = scale;
    applyScale();
}

void Editor::showKnobs(bool on)
{
    change([on](Appearance& each) { each.showsKnobs = on; });
    knobsButton.setToggleState(on, juce::dontSendNotification);
    resized();
}

// ---- cards -------------------------------------------------------------------------------------

void Editor::showCard(std::unique_ptr<Card> wanted)
{
    card = std::move(wanted);
    if (card == nullptr) {
        grabFocusIfShown();
        return;
    }
    card->onClose = [this] {
        // The card is asked to go by its own button: it goes when that has been dealt with.
        juce::Component::SafePointer<Editor> self(this);
        juce::MessageManager::callAsync([self] {
            if (self != nullptr)
                self->closeCard();
        });
    };
    addAndMakeVisible(*card);
    theme.renew(*card);
    placeCard();
    if (card->isShowing())
        card->grabKeyboardFocus();
}

void Editor::closeCard()
{
    if (dynamic_cast<RoutingCard*>(card.get()) != nullptr)
        change([](Appearance& each) { each.knowsRouting = true; });
    showCard(nullptr);
}

void Editor::grabFocusIfShown()
{
    if (isShowing())
        grabKeyboardFocus();
}

void Editor::placeCard()
{
    if (card == nullptr)
        return;
    const auto room = getLocalBounds().withTrimmedTop(headerArea.getHeight()).reduced(gap);
    const auto wanted = card->preferredSize();
    // To the right, so that the music stays in sight.
    card->setBounds(room.withWidth(std::min(wanted.x, room.getWidth()))
                        .withHeight(std::min(wanted.y, room.getHeight()))
                        .withRightX(room.getRight()));
}

void Editor::openRouting()
{
    showCard(std::make_unique<RoutingCard>(processor.isMidiEffect() ? plugin::Shape::midiEffect
                                                                    : plugin::Shape::instrument,
                                           homeOf(processor), whatIsMissing()));
}

void Editor::openKeys()
{
    showCard(std::make_unique<KeysCard>(homeOf(processor)));
}

void Editor::openMappings()
{
    showCard(std::make_unique<MappingsCard>(processor));
}

void Editor::openModels()
{
    showCard(std::make_unique<ModelBrowser>(processor, modelWatch));
}

juce::PopupMenu Editor::menu()
{
    juce::PopupMenu looks;
    looks.addItem("Dark", true, !isLight(), [this] { useTheme(false); });
    looks.addItem("Light", true, isLight(), [this] { useTheme(true); });
    juce::PopupMenu sizes;
    for (const int percent : Appearance::scales)
        sizes.addItem(juce::String(percent) + " %", true, percent == appearance.scale,
                      [this, percent] { useScale(percent); });
    juce::PopupMenu all;
    all.addItem("How to route the notes", [this] { openRouting(); });
    all.addItem("Models (M)", [this] { openModels(); });
    all.addItem("MIDI learn", [this] { openMappings(); });
    all.addItem("Keys (F1)", [this] { openKeys(); });
    all.addSeparator();
    all.addItem("Show knobs (K)", true, appearance.showsKnobs,
                [this] { showKnobs(!appearance.showsKnobs); });
    all.addSubMenu("Theme", looks);
    all.addSubMenu("Size", sizes);
    return all;
}

// ---- learning ----------------------------------------------------------------------------------

void Editor::mouseDown(const juce::MouseEvent& event)
{
    if (!event.mods.isPopupMenu())
        return;
    if (const int parameter = parameterOf(event.originalComponent, processor); parameter >= 0)
        learningMenu(processor, parameter)
            .showMenuAsync(juce::PopupMenu::Options().withTargetComponent(event.originalComponent));
}

bool Editor::learnFocused(bool forgets)
{
    const int parameter = parameterOf(juce::Component::getCurrentlyFocusedComponent(), processor);
    if (parameter < 0)
        return false;
    if (forgets)
        processor.forgetLearned(parameter);
    else
        processor.learnFor(parameter);
    return true;
}

bool Editor::windowKeyPressed(const juce::KeyPress& key)
{
    if (key == juce::KeyPress::escapeKey && processor.midiLearn().learning() >= 0)
        processor.midiLearn().stopLearning();
    else if (key == juce::KeyPress::escapeKey && card != nullptr)
        closeCard();
    else if (key == juce::KeyPress('l'))
        return learnFocused(false);
    else if (key == juce::KeyPress('l', juce::ModifierKeys::shiftModifier, 0))
        return learnFocused(true);
    else if (key == juce::KeyPress('k'))
        showKnobs(!appearance.showsKnobs);
    else if (key == juce::KeyPress('m'))
        openModels();
    else if (key == juce::KeyPress::F1Key || key.getTextCharacter() == '?')
        openKeys();
    else
        return false;
    return true;
}

// ---- news --------------------------------------------------------------------------------------

void Editor::tellOfInstallation()
{
    const auto news = modelWatch.news();
    if (!news)
        return;
    processor.generation().report(news->succeeded() ? plugin::Phase::idle : plugin::Phase::failed,
                                  news->message);
    // Who brings a model wants to hear it; what plays goes on, and undo chooses the one before.
    const auto models = processor.models().entries();
    for (std::size_t i = 0; i < models->size(); ++i)
        if (news->succeeded() && (*models)[i].id == news->id)
            processor.chooseModel(static_cast<int>(i));
}

} // namespace organum::editor
