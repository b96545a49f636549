#include "Score/ChordProgression.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace organum::score
{
namespace
{

constexpr std::size_t longestText = 1u << 14;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == ';';
}

/** Words of each bar; without bar lines each word is a bar. */
std::vector<std::vector<std::string>> wordsOf(const std::string& text)
{
    std::vector<std::vector<std::string>> bars(1);
    std::string word;
    const auto endWord = [&] {
        if (!word.empty())
            bars.back().push_back(word);
        word.clear();
    };
    const bool hasLines = text.find('|') != std::string::npos;
    for (const char c : text) {
        if (c == '|' || c == ':') {
            endWord();
            if (!bars.back().empty())
                bars.emplace_back();
        } else if (isBlank(c)) {
            endWord();
        } else {
            word += c;
        }
    }
    endWord();
    if (bars.back().empty())
        bars.pop_back();
    if (hasLines || bars.empty())
        return bars;
    std::vector<std::vector<std::string>> single;
    for (const auto& each : bars.front())
        single.push_back({each});
    return single;
}

[[noreturn]] void refuse(std::size_t bar, const std::string& what)
{
    throw std::invalid_argument("In bar " + std::to_string(bar + 1) + " of the chords " + what);
}

} // namespace

int ChordProgression::sharesOf(const Bar& bar)
{
    return std::accumulate(bar.begin(), bar.end(), 0,
                           [](int sum, const Share& share) { return sum + share.shares; });
}

void ChordProgression::reduce(Bar& bar)
{
    int common = 0;
    for (const auto& share : bar)
        common = std::gcd(common, share.shares);
    for (auto& share : bar)
        share.shares /= common;
}

ChordProgression ChordProgression::parse(const std::string& text, const ChordKey& key)
{
    if (text.size() > longestText)
        throw std::invalid_argument("The text of the chords is longer than " +
                                    std::to_string(longestText) + " letters. Shorten it.");
    ChordProgression made;
    const auto bars = wordsOf(text);
    if (bars.size() > mostBars)
        throw std::invalid_argument("The chords fill " + std::to_string(bars.size()) +
                                    " bars; at most " + std::to_string(mostBars) +
                                    " are possible. They repeat by themselves.");
    for (std::size_t at = 0; at < bars.size(); ++at) {
        const auto& words = bars[at];
        if (words.size() > mostInBar)
            refuse(at, "there are " + std::to_string(words.size()) + " symbols; at most " +
                           std::to_string(mostInBar) + " share a bar.");
        if (words.size() == 1 && words.front() == "%") {
            if (made.isEmpty())
                refuse(at, "\"%\" repeats the bar before, but there is none.");
            made.contents.push_back(made.contents.back());
            continue;
        }
        Bar bar;
        for (const auto& word : words) {
            const bool holds = word.find_first_not_of('.') == std::string::npos;
            for (std::size_t dot = 0; holds && dot < word.size(); ++dot) {
                if (!bar.empty())
                    ++bar.back().shares;
                else if (!made.isEmpty())
                    bar.push_back({made.contents.back().back().chord, 1});
                else
                    refuse(at, "\".\" holds the chord before, but there is none.");
            }
            if (holds)
                continue;
            try {
                bar.push_back({parseChord(word, key), 1});
            } catch (const std::invalid_argument& error) {
                refuse(at, error.what());
            }
        }
        if (sharesOf(bar) > static_cast<int>(mostInBar))
            refuse(at, "there are more than " + std::to_string(mostInBar) + " shares.");
        reduce(bar);
        made.contents.push_back(std::move(bar));
    }
    return made;
}

ChordProgression ChordProgression::fromSpans(const std::vector<ChordSpan>& spans, int bars,
                                             int beatsPerBar, const Quarters& barLength)
{
    ChordProgression made;
    const auto beat = barLength / Quarters(beatsPerBar);
    for (int bar = 0; bar < bars; ++bar) {
        std::vector<ChordSymbol> beats;
        for (int i = 0; i < beatsPerBar; ++i) {
            // What sounds in a beat's middle is its chord.
            const auto middle = beat * (Quarters(bar * beatsPerBar + i) + Quarters(1, 2));
            const auto found = std::find_if(spans.begin(), spans.end(), [&](const ChordSpan& span) {
                return span.onset <= middle && middle < span.onset + span.length;
            });
            beats.push_back(found == spans.end() ? ChordSymbol{} : found->chord);
        }
        Bar content;
        for (const auto& chord : beats) {
            if (!content.empty() && content.back().chord == chord)
                ++content.back().shares;
            else
                content.push_back({chord, 1});
        }
        reduce(content);
        made.contents.push_back(std::move(content));
    }
    return made;
}

std::vector<ChordSpan> ChordProgression::over(std::int64_t first, int count,
                                              const Quarters& barLength) const
{
    std::vector<ChordSpan> spans;
    if (isEmpty())
        return spans;
    const auto length = static_cast<std::int64_t>(bars());
    for (int i = 0; i < count; ++i) {
        const auto& bar =
            contents[static_cast<std::size_t>(((first + i) % length + length) % length)];
        auto at = barLength * Quarters(i);
        const auto share = barLength / Quarters(sharesOf(bar));
        for (const auto& [chord, shares] : bar) {
            const auto lasts = share * Quarters(shares);
            const bool goesOn = !spans.empty() && spans.back().chord == chord &&
                                spans.back().onset + spans.back().length == at;
            if (goesOn)
                spans.back().length += lasts;
            else if (!chord.isNone())
                spans.push_back({at, lasts, chord});
            at += lasts;
        }
    }
    return spans;
}

std::string ChordProgression::barText(std::size_t bar, const ChordKey* key) const
{
    std::string text;
    const auto& shares = contents.at(bar);
    // Shares that are all alike need no dots.
    const bool even = std::all_of(shares.begin(), shares.end(), [&](const Share& share) {
        return share.shares == shares.front().shares;
    });
    for (const auto& share : shares) {
        text += (text.empty() ? "" : " ") +
                (key == nullptr ? share.chord.name() : romanName(share.chord, *key));
        for (int i = 1; !even && i < share.shares; ++i)
            text += " .";
    }
    return text;
}

std::string ChordProgression::toString() const
{
    std::string text;
    for (std::size_t bar = 0; bar < bars(); ++bar)
        text += (bar == 0 ? "| " : " ") + barText(bar) + " |";
    return text;
}

bool ChordProgression::operator==(const ChordProgression& other) const
{
    const auto same = [](const Bar& a, const Bar& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
            return x.chord == y.chord && x.shares == y.shares;
        });
    };
    return std::equal(contents.begin(), contents.end(), other.contents.begin(),
                      other.contents.end(), same);
}

} // namespace organum::score
