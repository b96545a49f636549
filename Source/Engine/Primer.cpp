#include "Engine/Primer.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <set>

namespace organum::engine
{

namespace
{

constexpr std::size_t mostElements = 4096;

int wayToNearest(int pitch, const std::vector<int>& chord)
{
    int best = 128;
    for (const int other : chord)
        best = std::min(best, std::abs(pitch - other));
    return best;
}

int distance(const std::vector<int>& a, const std::vector<int>& b)
{
    int sum = 4 * (std::abs(a.front() - b.front()) + std::abs(a.back() - b.back()));
    for (const int pitch : a)
        sum += wayToNearest(pitch, b);
    for (const int pitch : b)
        sum += wayToNearest(pitch, a);
    return sum;
}

std::vector<score::Element> chordified(const Request& request)
{
    score::Score score;
    score.parts.emplace_back();
    auto& notes = score.parts.front().notes;
    for (auto note : request.primer) {
        note.duration = std::min(note.end(), request.primerLength) - note.onset;
        notes.push_back(note);
    }
    std::sort(notes.begin(), notes.end());
    auto elements = score::chordify(score);

    // Snapping to the grid may carry the last end past the length, or leave a gap before it.
    while (!elements.empty() && elements.back().onset >= request.primerLength)
        elements.pop_back();
    score::Quarters end;
    if (!elements.empty()) {
        auto& last = elements.back();
        last.duration = std::min(last.onset + last.duration, request.primerLength) - last.onset;
        end = last.onset + last.duration;
    }
    if (end < request.primerLength) {
        if (!elements.empty() && elements.back().isRest())
            elements.back().duration += request.primerLength - end;
        else
            elements.push_back({{}, end, request.primerLength - end});
    }
    return elements;
}

class Changes
{
public:
    void add(const std::string& from, const std::string& to)
    {
        if (from == to || !seen.insert(from).second)
            return;
        if (seen.size() <= 4)
            text += (text.empty() ? "" : ", ") + from + " as " + to;
    }
    std::string sentence() const
    {
        if (text.empty())
            return {};
        const auto more = seen.size() > 4
                              ? " and " + std::to_string(seen.size() - 4) + " others likewise"
                              : std::string();
        return "The model does not know all of the primer; it heard " + text + more + ".";
    }

private:
    std::string text;
    std::set<std::string> seen;
};

} // namespace

std::int64_t nearestChord(const Vocabulary& vocabulary, const std::vector<int>& chord)
{
    const auto exact = vocabulary.pitchId(chord);
    if (exact != Vocabulary::unknown || chord.empty())
        return exact;
    auto best = Vocabulary::unknown;
    int smallest = std::numeric_limits<int>::max();
    for (std::int64_t id = 2; id < vocabulary.pitchCount(); ++id) {
        const auto& candidate = vocabulary.chord(id);
        if (candidate.empty())
            continue;
        const int d = distance(chord, candidate);
        if (d < smallest) {
            smallest = d;
            best = id;
        }
    }
    return best;
}

std::int64_t nearestDuration(const Vocabulary& vocabulary, const score::Quarters& duration)
{
    const auto exact = vocabulary.durationId(duration);
    if (exact != Vocabulary::unknown)
        return exact;
    auto best = Vocabulary::unknown;
    double smallest = std::numeric_limits<double>::infinity();
    for (std::int64_t id = 2; id < vocabulary.durationCount(); ++id) {
        const double ratio =
            std::abs(std::log(vocabulary.duration(id).toDouble() / duration.toDouble()));
        if (ratio < smallest) {
            smallest = ratio;
            best = id;
        }
    }
    return best;
}

Primer hearPrimer(const Vocabulary& vocabulary, const Request& request)
{
    Primer primer;
    if (request.primerLength <= score::Quarters(0))
        return primer;
    auto elements = chordified(request);
    if (elements.size() > mostElements) {
        elements.erase(elements.begin(), elements.end() - mostElements);
        primer.notice = "Only the last " + std::to_string(mostElements) +
                        " elements of the primer were heard. ";
    }
    Changes chords;
    Changes durations;
    for (const auto& element : elements) {
        Heard heard;
        heard.element = element;
        heard.at = request.metre.at(element.onset - request.primerLength);
        heard.next = request.metre.at(element.onset + element.duration - request.primerLength);
        heard.token.pitch = nearestChord(vocabulary, element.pitches);
        heard.token.duration = nearestDuration(vocabulary, element.duration);
        if (heard.token.pitch != Vocabulary::unknown) {
            chords.add(score::chordName(element.pitches), vocabulary.pitchName(heard.token.pitch));
            heard.element.pitches = vocabulary.chord(heard.token.pitch);
        }
        // A long silence after the last note is no mistake of the player's: it gets no notice.
        if (!element.isRest())
            durations.add(element.duration.toString(),
                          vocabulary.durationName(heard.token.duration));
        primer.elements.push_back(std::move(heard));
    }
    primer.notice += chords.sentence();
    const auto lengths = durations.sentence();
    if (!lengths.empty())
        primer.notice += (primer.notice.empty() ? "" : " ") + lengths;
    return primer;
}

} // namespace organum::engine
