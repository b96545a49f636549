#pragma once

// The plugin as a host sees it: parameters, state, blocks of MIDI. It joins the session that makes
// takes, the history that keeps them and the player that plays them.

#include "Bundle/Preset.h"
#include "Player/Player.h"
#include "Player/PreviewSynth.h"
#include "Plugin/CallListener.h"
#include "Plugin/Comparison.h"
#include "Plugin/EndlessMusic.h"
#include "Plugin/GenerationSession.h"
#include "Plugin/GestureWatch.h"
#include "Plugin/HostButtons.h"
#include "Plugin/Identity.h"
#include "Plugin/KnobWatch.h"
#include "Plugin/MidiExchange.h"
#include "Plugin/MidiLearn.h"
#include "Plugin/ModelList.h"
#include "Plugin/Parameters.h"
#include "Plugin/PlayedPhrase.h"
#include "Plugin/State.h"
#include "Plugin/TakeHistory.h"
#include "Plugin/UndoStack.h"
#include "Plugin/WishAgain.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>

namespace organum::plugin
{

class Processor : public juce::AudioProcessor, private juce::AsyncUpdater, private player::Patience
{
public:
    explicit Processor(Shape shapeIn);
    ~Processor() override;

    // ---- what the editor and the standalone use: any thread but the audio thread
    // ------------------
    /** Composes a new take with the present settings; it plays when it is ready. Locked voices and
        bars of the current take stay. */
    void generate();
    /** Adds bars after the current take; the same as generate() while there is none. */
    void continueTake();
    /** Composes what follows the phrase that was played in; does nothing when there is none. */
    void answer();
    bool hasPlayedPhrase() const { return played.hasNotes(); }
    /** Draws another A for these knobs, bit k = knob k of Settings::latents, and composes. Message
        thread. */
    void reroll(std::uint32_t latents);
    /** The take before or after, with its knobs; false when there is none. */
    bool previousTake() { return browse(-1); }
    bool nextTake() { return browse(1); }
    /** Shows a take with its knobs; false when there is none at that place, or it plays. */
    bool selectTake(std::size_t place);
    /** Takes it out of the list; false for the only one. */
    bool deleteTake(std::size_t place);
    void starTake(std::size_t place, bool on);
    void renameTake(std::size_t place, const std::string& name);
    /** Deletes all takes that have no star and do not play; false when there are none. */
    bool deleteUnstarred();
    /** Marks a take A (0) or B (1), or takes that mark away from it. */
    void markTake(std::size_t place, std::size_t which);
    /** From A to B and back; false where there is nothing to go to. */
    bool toggleMarked();
    /** Composes so many variations of the present settings, see variationOf(). They join the list;
        what plays goes on. */
    void vary(int count);
    /** How the takes marked A and B can be morphed. */
    struct Morphing
    {
        enum class Way
        {
            none,
            knobs, ///< the model composes from knobs that stand between those of A and B
            bars   ///< no knob leads there: bars of A and of B side by side, see mixedByBars()
        };
        Way way = Way::none;
        std::string problem; ///< why there is none; for the user
    };
    /** Reads the list of models if need be. */
    Morphing morphing() const;
    /** Makes what lies at `t`, 0 (A itself) to 1 (B itself), and turns the knobs there. Calls in a
        row are one take and one step of undo. Message thread. */
    bool morph(double t);
    /** While it is on, a turn of a knob composes anew with models without voices, too. Off: back to
        the take and the knobs from before it was switched on. */
    void setAutoApply(bool on);
    bool isAutoApplying() const { return autoApply; }
    /** Makes a take of a MIDI file, to be gone on from; what stands in the way is said in the
        status. Returns at once. */
    void openMidi(const std::filesystem::path& file);
    /** Puts `after` in the place of `before` as the same take edited, and plays it if that played;
        false when `before` is there no more. The caller has told undoStack() before. */
    bool changeTake(const TakePointer& before, Take after);
    TakeHistory::Snapshot takes() const { return history.snapshot(); }

    /** Steps back through what hands have done, see UndoStack; false when there is nothing. Takes
        that have come since stay in the list. */
    bool undo();
    bool redo();
    UndoStack& undoStack() { return undoSteps; }

    /** Has the take composed once more to explain it; explanation() has it when it is ready, with
        the take as `take`. Message thread. */
    void explain(const TakePointer& take);
    ExplanationPointer explanation() const; ///< the last one; null: none yet
    /** Composes a new take that is the same up to an element of its music (0 = the first that was
        not heard before), there has `pitch` (HeatCell::rest: a rest), and goes on with the same
        knobs from there. False when that take does not play or cannot be composed again. Message
        thread. */
    bool branchOff(const TakePointer& take, int element, int pitch);
    /** The same for music with voices: the note of `voice` at `tick` gets the pitch. */
    bool branchOffVoice(const TakePointer& take, int voice, std::int64_t tick, int pitch);

    Harmony harmony() const { return values.harmony.get(); }
    /** One step of undo; what is composed from now on keeps to it. Returns what is wrong with it
        instead, for the user. Message thread. */
    std::string setHarmony(const Harmony& wanted);
    enum class HeardIn
    {
        take,  ///< that plays
        played ///< by hand
    };
    /** The chords that are heard there, as text for setHarmony(); empty without notes. */
    std::string chordsHeard(HeardIn where);

    Locks locks() const { return {values.voices.lockedVoices(), lockedBars.bars()}; }
    void toggleBarLock(int bar);
    /** One step of undo, named by `label` (`group`: see UndoStack): puts a changed take in the
       place of `before`, which must be the one that plays. The notes it marks as edited stay in all
       that is composed from now on. Returns the take that plays now; null, and nothing is done,
       when another one than `before` plays by now. Message thread. */
    TakePointer editTake(const TakePointer& before, Take changed, const std::string& label,
                         const std::string& group = {});
    SessionStatus status() const { return session.status(); }
    /** Grows with every change of takes or status: the editor looks at it and redraws. */
    std::uint32_t revision() const { return changes.load(); }
    GenerationSession& generation() { return session; }
    Parameters& parameters() { return values; }
    ModelList& models() { return modelList; }
    /** The model that composes; none when it is missing. Reads the list of models if need be. */
    std::optional<ModelEntry> model() const;
    /** Chooses the model at that place in the list, as one who turns a knob does. */
    void chooseModel(int place);
    /** Plays the take while the host stands still. */
    void setAudition(bool on) { audition = on; }
    bool isAuditioning() const { return audition; }
    void setAuditionTempo(double beatsPerMinute) { auditionTempo = beatsPerMinute; }
    /** The host's tempo, or the standalone's. Any thread. */
    double tempo() const { return shownTempo; }
    /** The saved project's model if it is not installed here, else empty. Not on the audio thread.
     */
    std::string missingModel() const;
    /** Place in the take in quarter notes; negative while nothing plays. Any thread. */
    double playhead() const { return player.playhead(); }
    /** Ends every note that sounds. */
    void panic() { panicWanted = true; }
    /** Bars that were not there in time, since the instance was made. Any thread. */
    std::uint32_t lateBars() const { return player.lateBars(); }
    /** How long an offline rendering waits for a bar that is late before it goes on without. */
    void setLongestWait(int milliseconds) { longestWait = milliseconds; }
    /** True while a call is being listened to. Any thread. */
    bool isListening() const { return player.isListening(); }

    /** Turns the knobs to a preset and composes: one step of undo. False, with the reason in the
        status, when it is damaged or its model is missing; then nothing has changed. */
    bool choosePreset(const bundle::FoundPreset& chosen);
    /** The preset that was chosen or saved last, which the project keeps; empty: none. */
    std::string presetName() const;
    void setPresetName(const std::string& name);
    /** The present settings as a preset; none without a model. */
    std::optional<bundle::Preset> presetNamed(const std::string& name) const;
    /** Two settings that are compared, A (0) and B (1): keeps the present ones and turns the knobs
        to the other ones; at first those are the same. The project keeps both. Message thread. */
    void compare(int which);
    int comparing() const;
    /** Makes the other ones the same as the present ones. */
    void copyCompared();
    // ---- the window and its user's habits (Habits.cpp): message thread, if nothing else is said
    /** Controllers and keys that move parameters. */
    MidiLearn& midiLearn() { return learned; }
    // As MidiLearn has them, but with undo. Message thread.
    void learnFor(int parameter);
    void forgetLearned(int parameter);
    void forgetAllLearned();
    /** A VST3 host keeps controllers for its own mapping; notes reach the plugin everywhere. */
    bool hearsControllers() const { return wrapperType != wrapperType_VST3; }
    /** Sets the parameters that learned controllers and keys have moved. The worker, by itself. */
    void followLearned();
    /** Grows with every block in which notes went out. Any thread. */
    std::uint32_t blocksWithNotes() const { return noteBlocks.load(std::memory_order_relaxed); }
    /** To be called once for an instance that a user opens: its window begins with a take, unless a
        project is restored. */
    void welcomeUser() { welcome = greets = true; }
    /** True for an instance that a user opened, be it with a project. */
    bool greetsUser() const { return greets; }
    /** The take with which a new instance opens, if it is to have one and has none yet. */
    void showFirstTake();
    /** Notices models that came, went or changed; what is chosen stays chosen. True when there are
        news. Any thread but the audio thread. */
    bool lookForModels();
    /** The window's size in this project, at a scale of 100 %; nothing when it was never sized. */
    juce::Point<int> windowSize() const { return {viewWidth, viewHeight}; }
    void setWindowSize(juce::Point<int> size);

    // ---- juce::AudioProcessor
    // -----------------------------------------------------------------------
    const juce::String getName() const override;
    bool acceptsMidi() const override { return true; }
    bool producesMidi() const override { return true; }
    bool isMidiEffect() const override { return shape == Shape::midiEffect; }
    double getTailLengthSeconds() const override { return 0.0; }
    bool isBusesLayoutSupported(const BusesLayout& layouts) const override;
    void prepareToPlay(double sampleRate, int samplesPerBlock) override;
    void releaseResources() override;
    void reset() override;
    void processBlock(juce::AudioBuffer<float>& audio, juce::MidiBuffer& midi) override;
    void processBlockBypassed(juce::AudioBuffer<float>& audio, juce::MidiBuffer& midi) override;
    bool hasEditor() const override { return true; }
    juce::AudioProcessorEditor* createEditor() override;
    int getNumPrograms() override { return 1; }
    int getCurrentProgram() override { return 0; }
    void setCurrentProgram(int) override {}
    const juce::String getProgramName(int) override { return "Organum"; }
    void changeProgramName(int, const juce::String&) override {}
    void getStateInformation(juce::MemoryBlock& destination) override;
    void setStateInformation(const void* data, int size) override;

private:
    static BusesProperties busesOf(Shape shape);

    // Processor.cpp: blocks
    player::BlockContext contextOf(const juce::AudioPlayHead::PositionInfo* position, int samples);
    void process(juce::AudioBuffer<float>& audio, juce::MidiBuffer& midi, bool bypassed);
    void giveBackWhole(juce::AudioBuffer<float>& audio) const;
    void watchButtons(player::BlockContext& context);

    // Composing.cpp
    std::optional<Wish> wishFor(Origin origin, const Settings& settings);
    void request(Origin origin);
    std::optional<Wish> polled();
    std::optional<Wish> wishOfButtons();
    std::optional<Wish> wishOfMovedKnobs();
    void accept(const Wish& wish, TakePointer take);
    bool keepsWhatIsLocked(const Wish& wish, const Take& take) const;
    bool showTake(int step);
    bool showTakeAt(const std::function<bool()>& choose);
    bool showAgain(int place);
    bool browse(int step);
    void rememberMusic(const std::string& label);
    void publish(const TakePointer& take);
    void noteChange();
    void handleAsyncUpdate() override;

    // Presetting.cpp
    ComparedSettings presentSettings() const;
    void addComparison(State& state) const;
    void takeComparison(State& state);

    // TakeList.cpp
    void addVariation(TakePointer take);
    bool morphByKnobs(const Take& a, const Take& b, double t);
    bool morphByBars(const Take& a, const Take& b, double t);
    void readImport();
    void takeImportIn();

    // Undoing.cpp
    bool isButton(const juce::AudioProcessorParameter* parameter) const;
    Memento memento() const;
    void restore(const Memento& memento);
    bool stands(const Memento& then) const;
    void rememberGesture(int place);

    // Explaining.cpp
    std::optional<Wish> wishOf(const TakePointer& take, std::string& problem);
    std::optional<Wish> explanationWish();
    void acceptExplanation(Explanation explanation);
    bool composeBranch(const TakePointer& take,
                       const std::function<std::optional<Wish>(Wish)>& branch);

    // Streaming.cpp
    std::optional<Wish> stretchWish();
    std::optional<Wish> wishForStretch(const EndlessMusic::Stretch& next);
    void acceptStretch(const StretchPlace& place, const Take& take);
    std::optional<Wish> answerWish();
    void acceptAnswer(const AnswerPlace& place, TakePointer take);
    bool waitForMusic() override;

    // ProcessorState.cpp
    // Habits.cpp
    void prepareLearning();
    void press(juce::AudioProcessorParameter& parameter, float strength);
    void addHabits(State& state) const;
    void takeHabits(State& state);

    void findModelAgain(const std::string& id);
    void restoreParameters(const State& state);
    void restoreKnobs(const Take& take);

    const Shape shape;
    ModelList modelList;
    Parameters values;
    TakeHistory history;
    BarLocks lockedBars;
    player::Player player;
    player::PreviewSynth synth;
    MidiExchange exchange;
    PlayedPhrase played;
    MidiLearn learned;
    std::atomic<std::uint32_t> noteBlocks{0};
    std::atomic<bool> welcome{false}; ///< it is to begin with a take
    std::atomic<bool> greets{false};
    std::atomic<int> viewWidth{0};
    std::atomic<int> viewHeight{0};

    std::atomic<bool> audition{false};
    std::atomic<double> auditionTempo{120.0};
    std::atomic<double> shownTempo{120.0};
    std::atomic<int> hostMetre{4 * 64 + 4}; ///< numerator * 64 + denominator
    std::atomic<std::uint32_t> changes{0};

    HostButtons buttons;
    std::atomic<bool> panicWanted{false};
    std::atomic<int> longestWait{10000}; ///< milliseconds
    std::atomic<bool> restoring{false};  ///< a restored state is no press of a button
    std::atomic<bool> forgetEdges{false};

    // Held while many knobs are set as one, so that the worker does not compose from half of them.
    // Recursive, since a host may answer a parameter's change with a call.
    std::recursive_mutex knobs;
    KnobWatch knobWatch;
    std::mutex music;             // what plays and what the history says plays change together
    std::uint64_t takeNumber = 0; ///< of the take that plays; guarded by `music`
    /** Grows when undo or a project shows other music: what was wished for before is out of date.
     */
    std::atomic<std::uint64_t> epoch{0};
    /** Grows when undo or a project changes what takes there are: variations wished for before are
        out of date. */
    std::atomic<std::uint64_t> era{0};
    std::atomic<std::uint64_t> edits{0}; ///< how often notes were edited by hand
    std::atomic<bool> autoApply{false};
    std::uint64_t morphs = 0; ///< movements of the morph, the message thread's
    KnobWatch::Clock::time_point lastMorph;
    TakePointer lastMix; ///< of the present movement

    // The worker's alone.
    struct Again
    {
        Origin origin = Origin::nothing;
        std::uint64_t movement = 0;
    };
    std::optional<Again> composeAgain; ///< the last take came too late to keep what is locked now
    std::uint64_t lastMovement = 0;
    TakePointer lastMoved;
    EndlessMusic endless;
    bool stretchAsked = false;
    std::chrono::steady_clock::time_point stretchRest;
    CallListener callListener;
    TakePointer lastAnswer;

    WishMemory wishMemory;
    mutable std::mutex explaining; // guards the three below
    TakePointer wantedExplanation;
    int explanationTries = 0;
    ExplanationPointer lastExplanation;

    mutable std::mutex stateMutex; // what is kept of a loaded state besides takes and parameters
    std::string wantedModel;       ///< a saved project's model that is not installed; else empty
    int wantedPlace = 0;           ///< the model parameter then: moving it chooses another model
    std::vector<std::pair<std::string, std::string>> unknownSections;
    std::uint64_t beforeAuto = 0; ///< number of the take from before auto-apply; 0: none
    std::optional<std::filesystem::path> importWanted;
    struct Import
    {
        TakePointer take;
        std::string problem; ///< for the user; empty with a take
    };
    std::optional<Import> imported; ///< the worker's alone
    Comparison comparison;
    std::string newerState; ///< of a later release; given back until there is music of our own

    UndoStack undoSteps{[this] { return memento(); }};
    GestureWatch gestures{
        *this, [this](int place) { rememberGesture(place); },
        [this](int place) { undoSteps.prolong("knob " + std::to_string(place)); }};

    GenerationSession session; // last: its worker uses all of the above
};

} // namespace organum::plugin
