// Cards, the menu, learning and dropped files: the window as its user works with it.

#include "EditorParts.h"
#include "Interface/HelpCards.h"
#include "Interface/Learning.h"
#include "Plugin/ModelInstaller.h"
#include "Plugin/ParameterBuilders.h"

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

juce::String textOf(juce::Component& card)
{
    juce::String all;
    visit(card, [&](juce::Component& each) {
        if (auto* text = dynamic_cast<juce::TextEditor*>(&each))
            all << text->getText();
    });
    return all;
}

} // namespace

TEST_CASE("the card about routing comes up by itself until it was closed once")
{
    const Workbench bench;
    for (int time = 0; time < 3; ++time) {
        Processor processor(Shape::instrument);
        processor.welcomeUser();
        auto window = opened(processor);
        REQUIRE((window->openCard() != nullptr) == (time < 2));
        if (time == 1) {
            CHECK(textOf(*window->openCard()).contains("1.  "));
            CHECK(window->keyPressed(juce::KeyPress(juce::KeyPress::escapeKey)));
            CHECK(window->openCard() == nullptr);
        }
    }
    Processor processor(Shape::instrument); // made by a program, not by a user
    CHECK(opened(processor)->openCard() == nullptr);
}

TEST_CASE("the first card says what is missing and what to do, to who knows the routing, too")
{
    const auto cardText = [] {
        Processor processor(Shape::instrument);
        processor.welcomeUser();
        auto window = opened(processor);
        const juce::String text =
            window->openCard() != nullptr ? textOf(*window->openCard()) : juce::String();
        if (window->openCard() != nullptr)
            checkControls(*window->openCard());
        window->closeCard();
        return text;
    };
    Workbench bench;
    Workbench::hideSharedModels();
    CHECK_FALSE(cardText().contains("not found"));
    REQUIRE(cardText().isEmpty()); // closed once
    setVariable("ORGANUM_ENGINE", "/nowhere/liborganum_engine.so");
    const auto noEngine = cardText();
    CHECK(noEngine.contains("The engine was not found at /nowhere/liborganum_engine.so."));
    CHECK(noEngine.contains("Install Organum again"));
    CHECK(noEngine.contains("1.  ")); // the routing stands below
    setVariable("ORGANUM_ENGINE", ORGANUM_FAKE_ENGINE);
    std::filesystem::remove(bench.folder / "plain.organum");
    CHECK(cardText().contains("No model is installed yet. Drop a .organum file on this window"));
    bench.addModel("plain");
    CHECK(cardText().isEmpty());
}

TEST_CASE("there are steps for every host, shape and format")
{
    using namespace organum::editor;
    CHECK(routingHosts().size() == 7);
    for (const juce::String& host : routingHosts())
        for (const Shape shape : {Shape::instrument, Shape::midiEffect})
            for (const Home home : {Home::vst3, Home::lv2, Home::audioUnit, Home::standalone}) {
                const auto steps = routingSteps(host, shape, home);
                INFO(host);
                CHECK(steps.size() >= 2);
                for (const juce::String& step : steps)
                    CHECK(step.endsWithChar('.'));
            }
    CHECK(routingHosts()[hostNamed("Ableton Live 12.1")] == "Live");
    CHECK(routingHosts()[hostNamed("Bitwig Studio")] == "Bitwig Studio");
    CHECK(hostNamed("Unknown") == -1);
    CHECK(routingSteps("Live", Shape::instrument, Home::lv2)[0].contains("VST3"));
}

TEST_CASE("every card fits into the smallest window without overlaps, and can be closed")
{
    const Workbench bench({"plain", "choir-macros"});
    Processor processor(Shape::instrument);
    auto window = opened(processor);
    processor.midiLearn().map({{false, 21}, 1});
    window->setSize(editor::Editor::smallestWidth, editor::Editor::smallestHeight);
    const std::vector<std::pair<juce::String, std::function<void()>>> cards = {
        {"routing", [&] { window->openRouting(); }},
        {"keys", [&] { window->openKeys(); }},
        {"mappings", [&] { window->openMappings(); }},
        {"models", [&] { window->openModels(); }}};
    for (const auto& [name, open] : cards) {
        open();
        window->refresh();
        auto* card = window->openCard();
        REQUIRE(card != nullptr);
        INFO(name);
        CHECK(window->getLocalBounds().contains(card->getBounds()));
        for (juce::Component* child : card->getChildren()) {
            CHECK(card->getLocalBounds().contains(child->getBounds()));
            for (juce::Component* other : card->getChildren())
                CHECK((other == child || !other->getBounds().intersects(child->getBounds())));
        }
        checkControls(*card);
        window->closeCard();
        CHECK(window->openCard() == nullptr);
    }
}

TEST_CASE("the browser tells of a model what its file tells, and uses it")
{
    const Workbench bench({"bach-cello", "folk-tunes"});
    Processor processor(Shape::instrument);
    auto window = opened(processor);
    window->openModels();
    auto& list = control<juce::ListBox>(*window, "Installed models");
    CHECK(list.getModel()->getNumRows() >= 2);
    const auto tells = [&](const juce::String& title) {
        return eventually([&] {
            window->refresh();
            return textOf(*window->openCard()).startsWith(title);
        });
    };
    CHECK(tells("Model bach-cello"));
    list.selectRow(1);
    CHECK(tells("Model folk-tunes"));
    list.getModel()->returnKeyPressed(1);
    CHECK(processor.parameters().model->get() == 1);
}

TEST_CASE("of more models than can be chosen the window says how many, and what to do")
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < mostModels; ++i)
        names.push_back("m" + std::to_string(100 + i));
    const Workbench bench(names);
    Workbench::hideSharedModels();
    Processor processor(Shape::instrument);
    auto window = opened(processor);
    bundle::Bundle model;
    model.metadata.kind = "attention-lstm";
    model.metadata.name = "One too many";
    const auto file = bench.folder / "elsewhere" / "n.organum";
    std::filesystem::create_directories(file.parent_path());
    bundle::writeBundle(file, model);
    window->filesDropped({juce::String(file.string())}, 10, 10);
    CHECK(eventually([&] {
        window->refresh();
        return juce::String(processor.status().message).contains("cannot be chosen yet");
    }));
    window->openModels();
    window->refresh();
    bool isTold = false;
    visit(*window->openCard(), [&isTold](juce::Component& each) {
        if (auto* label = dynamic_cast<juce::Label*>(&each))
            isTold = isTold || label->getText().startsWith("1 more is installed");
    });
    CHECK(isTold);
    CHECK(control<juce::ComboBox>(*window, "Model").getNumItems() == 32);
}

// It was installed and not chosen: who dropped it went on hearing the model from before.
TEST_CASE("a model dropped on the window is chosen soon, and stays so whatever else comes and goes")
{
    const Workbench bench({"middle"});
    Processor processor(Shape::instrument);
    auto window = opened(processor);
    REQUIRE(processor.model()->id == "middle");
    bundle::Bundle model;
    model.metadata.kind = "attention-lstm";
    model.metadata.name = "Brought";
    const auto file = bench.folder / "elsewhere" / "a-brought.organum";
    std::filesystem::create_directories(file.parent_path());
    bundle::writeBundle(file, model);
    const juce::StringArray files{juce::String(file.string())};
    CHECK(window->isInterestedInFileDrag(files));
    window->filesDropped(files, 10, 10);
    const auto has = [&](const std::string& title) {
        for (const auto& entry : *processor.models().entries())
            if (entry.title == title)
                return true;
        return false;
    };
    CHECK(eventually([&] { return has("Brought"); }));
    CHECK(eventually([&] {
        window->refresh();
        return processor.status().message == "Installed Brought.";
    }));
    CHECK(eventually([&] {
        window->refresh();
        return processor.model() && processor.model()->id == "a-brought";
    }));
    // A file put into the folder by other means, and before the others.
    model.metadata.name = "First of all";
    bundle::writeBundle(bench.folder / "0.organum", model);
    CHECK(eventually([&] { return has("First of all"); }));
    CHECK(eventually([&] { return processor.model() && processor.model()->id == "a-brought"; }));
    std::filesystem::remove(processor.models().ownFolder() / "a-brought.organum");
    CHECK(eventually([&] { return processor.missingModel() == "a-brought"; }));
}

// Hot reload: the same file, trained anew.
TEST_CASE("a model that is replaced while the window is open is told of, and composes, anew")
{
    const Workbench bench({"middle"});
    Processor processor(Shape::instrument);
    auto window = opened(processor);
    auto& menu = control<juce::ComboBox>(*window, "Model");
    window->refresh();
    composeAndWait(processor);
    const auto first = processor.takes().playing();
    bundle::Bundle model;
    model.metadata.kind = "attention-lstm";
    model.metadata.name = "Trained anew";
    bundle::writeBundle(bench.folder / "middle.organum", model);
    CHECK(eventually([&] {
        window->refresh();
        return menu.getText() == "Trained anew";
    }));
    CHECK(processor.model()->id == "middle");
    composeAndWait(processor);
    const auto second = processor.takes().playing();
    CHECK(second->model == "Trained anew");
    CHECK(second->modelHash != first->modelHash);
}

TEST_CASE("a model of one's own is removed from the browser after a question, others are not")
{
    const Workbench bench({"shared"});
    Processor processor(Shape::instrument);
    std::filesystem::create_directories(processor.models().ownFolder());
    bundle::Bundle model;
    model.metadata.kind = "attention-lstm";
    model.metadata.name = "Mine";
    const auto file = processor.models().ownFolder() / "mine.organum";
    bundle::writeBundle(file, model);
    auto window = opened(processor);
    window->openModels();
    auto& browser = dynamic_cast<editor::ModelBrowser&>(*window->openCard());
    juce::String asked;
    bool agrees = false;
    browser.confirm = [&](const juce::String& title, const auto&, const auto&, const auto& action) {
        asked = title;
        if (agrees)
            action();
    };
    auto& list = control<juce::ListBox>(*window, "Installed models");
    auto& remove = control<juce::Button>(*window, "Remove a model");
    const auto choose = [&](const std::string& id) {
        const auto entries = processor.models().entries();
        for (std::size_t i = 0; i < entries->size(); ++i)
            if ((*entries)[i].id == id)
                list.selectRow(static_cast<int>(i));
    };
    choose("shared");
    CHECK_FALSE(remove.isEnabled());
    choose("mine");
    REQUIRE(remove.isEnabled());
    remove.onClick();
    CHECK(asked == "Remove Mine?");
    CHECK(std::filesystem::exists(file));
    agrees = true;
    remove.onClick();
    CHECK_FALSE(std::filesystem::exists(file));
    CHECK_FALSE(list.getModel()->getNameForRow(0).contains("Mine"));
    CHECK(juce::String(processor.status().message).contains("mine.organum"));
}

// Undo took back knobs and takes, but what had been learned or forgotten by mistake stayed so.
TEST_CASE("what a controller has learned, and what was forgotten, is taken back by undo")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    auto window = opened(processor);
    const int bars = processor.parameters().bars->getParameterIndex();
    const int seed = processor.parameters().seed->getParameterIndex();
    const auto learn = [&](int parameter, int controller) {
        processor.learnFor(parameter);
        host.midi.addEvent(juce::MidiMessage::controllerEvent(1, controller, 64), 0);
        host.block();
        REQUIRE(processor.midiLearn().learning() == -1);
    };
    learn(bars, 21);
    learn(seed, 22);
    const auto both = processor.midiLearn().mappings();
    REQUIRE(both.size() == 2);
    processor.forgetLearned(bars);
    REQUIRE(processor.midiLearn().mappings().size() == 1);
    CHECK(processor.undo());
    CHECK(processor.midiLearn().mappings() == both);
    processor.forgetAllLearned();
    CHECK(processor.midiLearn().mappings().empty());
    CHECK(processor.undo());
    CHECK(processor.midiLearn().mappings() == both);
    CHECK(processor.redo());
    CHECK(processor.midiLearn().mappings().empty());
    CHECK(processor.undo());
    CHECK(processor.midiLearn().mappings() == both);
    // A knob that is turned between the wish and the controller takes nothing of it back.
    processor.forgetAllLearned();
    processor.learnFor(bars);
    setAsGesture(*processor.parameters().topP, 0.5f);
    host.midi.addEvent(juce::MidiMessage::controllerEvent(1, 23, 64), 0);
    host.block();
    REQUIRE(processor.midiLearn().mappings().size() == 1);
    CHECK(processor.undo());
    CHECK(processor.midiLearn().mappings().size() == 1);
    processor.forgetAllLearned();
    while (processor.undo()) {
    }
    CHECK(processor.midiLearn().mappings().empty());
    while (processor.redo()) {
    }
    CHECK(processor.midiLearn().mappings().empty()); // the last step forgot all
}

TEST_CASE("in VST3 the window learns keys, and points to the host's own mapping for controllers")
{
    const Workbench bench;
    const auto menuTexts = [](Processor& processor) {
        juce::StringArray texts;
        const auto menu =
            editor::learningMenu(processor, processor.parameters().bars->getParameterIndex());
        for (juce::PopupMenu::MenuItemIterator each(menu); each.next();)
            texts.add(each.getItem().text);
        return texts.joinIntoString("; ");
    };
    juce::AudioProcessor::setTypeOfNextNewPlugin(juce::AudioProcessor::wrapperType_VST3);
    Processor vst3(Shape::instrument);
    juce::AudioProcessor::setTypeOfNextNewPlugin(juce::AudioProcessor::wrapperType_LV2);
    Processor lv2(Shape::instrument);
    juce::AudioProcessor::setTypeOfNextNewPlugin(juce::AudioProcessor::wrapperType_Undefined);
    CHECK(menuTexts(vst3).contains("Learn a key;"));
    CHECK(menuTexts(vst3).contains("use the host's own mapping"));
    CHECK(menuTexts(lv2).contains("Learn a controller or key"));
    CHECK_FALSE(menuTexts(lv2).contains("host's own"));
    vst3.learnFor(vst3.parameters().bars->getParameterIndex());
    CHECK(editor::learningHint(vst3).startsWith("Press a key for Bars"));
    lv2.learnFor(lv2.parameters().bars->getParameterIndex());
    CHECK(editor::learningHint(lv2).startsWith("Move a controller or press a key for Bars"));
    auto window = opened(vst3);
    window->openMappings();
    CHECK(textOf(*window->openCard()).contains("host"));
}

TEST_CASE("a controller learned in the window moves its knob, and the project keeps it")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    auto window = opened(processor);
    auto& bars = control<juce::Slider>(*window, "Bars");
    const int place = editor::parameterOf(&bars, processor);
    REQUIRE(place == processor.parameters().bars->getParameterIndex());
    processor.midiLearn().learn(place);
    window->refresh();
    CHECK(control<juce::Label>(*window, "Status").getText().contains("Bars"));
    host.midi.addEvent(juce::MidiMessage::controllerEvent(1, 21, 0), 0);
    host.block();
    CHECK(processor.midiLearn().learning() == -1);
    CHECK(eventually([&] { return processor.parameters().bars->get() == Approx(1.0f); }));
    host.midi.addEvent(juce::MidiMessage::controllerEvent(1, 21, 127), 0);
    host.block();
    CHECK(eventually([&] { return processor.parameters().bars->get() == Approx(256.0f); }));

    processor.midiLearn().map({{true, 36}, processor.parameters().generate->getParameterIndex()});
    *processor.parameters().thru = true;
    host.press(36);
    host.block();
    host.release(36);
    host.block();
    CHECK(eventually([&] { return processor.takes().takes.size() == 1; }));
    processor.midiLearn().map({{true, 37}, processor.parameters().thru->getParameterIndex()});
    host.press(37);
    host.block();
    CHECK(eventually([&] { return !processor.parameters().thru->get(); }));

    const auto state = stateOf(processor);
    Processor again(Shape::instrument);
    again.midiLearn().map({{false, 99}, 0});
    again.setStateInformation(state.getData(), static_cast<int>(state.getSize()));
    CHECK(again.midiLearn().mappings().size() == 3);
    CHECK(again.midiLearn().mappings()[0].source.number == 21);
    CHECK(again.midiLearn().mappings()[0].parameter == place);
}

TEST_CASE("every knob, menu and switch of the panels can be learned")
{
    const Workbench bench({"plain", "choir-macros"});
    Processor processor(Shape::instrument);
    for (const int model : {0, 1}) {
        *processor.parameters().model = model;
        auto window = opened(processor);
        std::set<int> places;
        visit(*window, [&](juce::Component& each) {
            const bool isKnob = dynamic_cast<juce::Slider*>(&each) != nullptr ||
                                dynamic_cast<juce::ToggleButton*>(&each) != nullptr;
            const bool isSetting = each.findParentComponentOfClass<editor::Panel>() != nullptr ||
                                   each.findParentComponentOfClass<editor::PlayBar>() != nullptr;
            if (!isKnob || !isSetting)
                return;
            INFO(each.getTitle());
            const int place = editor::parameterOf(&each, processor);
            CHECK(place >= 0);
            CHECK(places.insert(place).second); // no two the same
        });
        CHECK(places.size() >= 12);
        CHECK(editor::learningMenu(processor, *places.begin()).getNumItems() >= 2);
    }
}

TEST_CASE("the card of the keys tells those that work where one is")
{
    editor::KeysCard inHost(editor::Home::vst3);
    editor::KeysCard alone(editor::Home::standalone);
    CHECK(textOf(inHost).contains("Ctrl+O, Ctrl+E\tOpen a MIDI file"));
    CHECK_FALSE(textOf(inHost).contains("project"));
    CHECK(textOf(alone).contains("Ctrl+N, Ctrl+O, Ctrl+S\tNew project"));
    CHECK_FALSE(textOf(alone).contains("Open a MIDI file"));
    for (auto* card : {&inHost, &alone})
        CHECK(textOf(*card).contains("In the takes"));
}

TEST_CASE("keys open and close the cards")
{
    const Workbench bench;
    Processor processor(Shape::instrument);
    auto window = opened(processor);
    CHECK(window->keyPressed(juce::KeyPress(juce::KeyPress::F1Key)));
    REQUIRE(window->openCard() != nullptr);
    CHECK(window->openCard()->getTitle() == "Keys");
    CHECK(window->keyPressed(juce::KeyPress('m')));
    CHECK(window->openCard()->getTitle() == "Models");
    CHECK(window->keyPressed(juce::KeyPress(juce::KeyPress::escapeKey)));
    CHECK(window->openCard() == nullptr);
    processor.midiLearn().learn(2);
    CHECK(window->keyPressed(juce::KeyPress(juce::KeyPress::escapeKey)));
    CHECK(processor.midiLearn().learning() == -1);
}
