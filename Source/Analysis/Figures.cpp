#include "Analysis/Figures.h"

namespace organum::analysis
{
namespace
{

/** Pairs of more voices than this are too many to show one by one. */
constexpr int mostVoicesInPairs = 6;

class List
{
public:
    explicit List(int voicesIn)
        : voices(voicesIn)
    {
    }

    /** What the figures that follow belong to. */
    void begin(std::string key, std::string title, std::string unit, int decimals)
    {
        pattern = {std::move(key), {}, std::move(title), std::move(unit), 0, {}, decimals, false};
    }
    void add(const std::string& item, double value)
    {
        auto figure = pattern;
        figure.item = item;
        figure.value = value;
        figures.push_back(std::move(figure));
    }
    void add(const Average& average)
    {
        add("", average.mean);
        figures.back().deviation = average.deviation;
    }
    template <typename Values>
    void addVoices(const Values& values)
    {
        for (std::size_t v = 0; v < values.size(); ++v)
            add(voiceName(static_cast<int>(v), voices), static_cast<double>(values[v]));
    }
    void addPairs(const std::vector<PairValue>& pairs)
    {
        for (const auto& pair : pairs)
            add(voiceName(pair.upper, voices) + "-" + voiceName(pair.lower, voices), pair.value);
    }

    std::vector<Figure> figures;

private:
    int voices;
    Figure pattern;
};

/** "beat", "2nd sixteenth" ... for steps of a quarter of a beat; else "step 2" ... */
std::string placeName(std::size_t place, std::size_t places)
{
    static const char* const sixteenths[] = {"on the beat", "2nd sixteenth", "3rd sixteenth",
                                             "4th sixteenth"};
    return places == 4 ? sixteenths[place] : "step " + std::to_string(place + 1) + " of the beat";
}

void addChanges(List& list, const Measures& measures)
{
    const auto& changes = measures.changes;
    list.begin("changes", "steps at which the pitch changes", "%", 1);
    list.add("all voices", changes.percent);
    if (measures.voices > 1)
        list.addVoices(changes.percentByVoice);
    list.begin("changes_by_place", "the same by place in the beat", "%", 1);
    const auto places = changes.percentByPlace.size();
    for (std::size_t place = 0; place < places; ++place)
        list.add(placeName(place, places), changes.percentByPlace[place]);
    list.begin("mean_step", "mean step of a change", "semitones", 2);
    list.add("all voices", changes.meanStep);
    if (measures.voices > 1)
        list.addVoices(changes.meanStepByVoice);
}

void addSonority(List& list, const Measures& measures)
{
    list.begin("mean_pitch", "mean pitch", "MIDI number", 1);
    list.add("all voices", measures.sonority.pitchTogether);
    if (measures.voices < 2)
        return;
    list.addVoices(measures.sonority.pitch);
    list.begin("span", "from the lowest to the highest voice", "semitones", 1);
    list.add("", measures.sonority.span);
    list.begin("dissonance", "pairs of voices that dissonate", "%", 1);
    list.add("", measures.sonority.dissonantPercent);
}

void addVoiceLeading(List& list, const Measures& measures)
{
    list.begin("polyphony", "pitches that sound at once", "", 2);
    list.add(measures.polyphony);
    if (measures.voices < 2)
        return;
    list.begin("crossings", "steps with crossed voices", "%", 1);
    list.add(measures.crossings);
    list.begin("parallels_per_100_bars", "parallel fifths and octaves per 100 bars", "", 2);
    list.add("", measures.parallels.per100Bars());
    list.begin("parallels", "parallel fifths and octaves", "", 0);
    list.add("", static_cast<double>(measures.parallels.count));
    list.figures.back().isTotal = true;
    list.begin("parallels_of_both_move", "parallels among pairs that both move", "%", 3);
    list.add("", measures.parallels.percentOfBothMove());
}

} // namespace

std::string voiceName(int voice, int voices)
{
    static const char* const choir[] = {"soprano", "alto", "tenor", "bass"};
    if (voices == 4)
        return choir[voice];
    return voices == 1 ? "voice" : "voice " + std::to_string(voice + 1);
}

Measures measure(const Pieces& pieces)
{
    Measures measures;
    measures.pieces = pieces.size();
    measures.voices = voicesOf(pieces);
    for (const auto& piece : pieces) {
        measures.steps += static_cast<std::size_t>(piece.grid.steps());
        measures.barCount += piece.bars();
    }
    measures.bars = measureBars(pieces);
    measures.lengths = measureNoteLengths(pieces);
    measures.groove = measureGroove(pieces);
    measures.tonality = measureTonality(pieces);
    if (measures.voices <= mostVoicesInPairs)
        measures.distances = tonalDistances(pieces);
    measures.sonority = measureSonority(pieces);
    measures.polyphony = measurePolyphony(pieces);
    measures.crossings = measureCrossings(pieces);
    measures.parallels = countParallels(pieces);
    measures.changes = measureChanges(pieces);
    return measures;
}

std::vector<Figure> figuresOf(const Measures& measures)
{
    List list(measures.voices);
    const bool several = measures.voices > 1;
    list.begin("empty_bars", "bars without a note", "%", 2);
    list.addVoices(measures.bars.emptyPercent);
    if (several)
        list.add("together", measures.bars.emptyPercentTogether);
    list.begin("pitch_classes_per_bar", "pitch classes per bar", "", 2);
    list.addVoices(measures.bars.pitchClasses);
    if (several)
        list.add("together", measures.bars.pitchClassesTogether);
    list.begin("notes_per_bar", "notes per bar", "", 2);
    list.addVoices(measures.bars.notes);
    if (several)
        list.add("together", measures.bars.notesTogether);
    list.begin("note_lengths", "notes at least so long", "%", 1);
    list.add("an eighth", measures.lengths.eighthPercent);
    list.add("a quarter", measures.lengths.quarterPercent);
    list.begin("scale_consistency", "scale consistency", "", 3);
    list.add(measures.tonality.scaleConsistency);
    list.begin("pitch_class_entropy", "pitch-class entropy", "bits", 2);
    list.add(measures.tonality.entropy);
    list.begin("pitch_classes_per_piece", "pitch classes per piece", "", 1);
    list.add(measures.tonality.pitchClasses);
    list.begin("groove_consistency", "groove consistency", "", 3);
    list.add(measures.groove);
    if (several && !measures.distances.empty()) {
        list.begin("tonal_distance", "tonal distance", "", 2);
        list.addPairs(measures.distances);
    }
    addSonority(list, measures);
    addVoiceLeading(list, measures);
    addChanges(list, measures);
    if (measures.copies) {
        list.begin("longest_copy", "longest span copied", "steps", 0);
        list.add("all voices", static_cast<double>(measures.copies->longest.steps));
        if (several)
            list.addVoices(measures.copies->longestByVoice);
        list.begin("mean_copy", "mean of each piece's longest copy", "steps", 1);
        list.add("", measures.copies->meanSteps);
    }
    return std::move(list.figures);
}

} // namespace organum::analysis
