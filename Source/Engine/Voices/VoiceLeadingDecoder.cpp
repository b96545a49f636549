#include "Engine/Voices/VoiceLeadingDecoder.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace organum::engine
{

namespace
{

/** Open where there is no step: of such pitches no rule can speak. */
VoicePitches pitchesAt(const VoiceSketch& sketch, int step)
{
    VoicePitches pitches;
    pitches.fill(VoiceSketch::open);
    for (int voice = 0; voice < sketch.voices; ++voice)
        if (step >= -sketch.context && step < sketch.steps)
            pitches[static_cast<std::size_t>(voice)] = sketch.at(step, voice);
    return pitches;
}

bool anyGiven(const VoiceSketch& sketch, int step)
{
    for (int voice = 0; voice < sketch.voices; ++voice)
        if (sketch.isGiven(step, voice))
            return true;
    return false;
}

} // namespace

VoiceLeadingDecoder::VoiceLeadingDecoder(const VoiceNetwork& networkIn, const Request& request)
    : VoiceDecoder(networkIn, request)
    , alone(networkIn.voices(), request.voices.ruleStrength, networkIn.intervalWishes())
    , besideGiven(networkIn.voices(), request.voices.ruleStrength, networkIn.intervalWishes(), true)
{
}

void VoiceLeadingDecoder::findCandidates(const VoiceSketch& sketch, int step,
                                         const VoiceColumns& ownChoices, Candidates& lists) const
{
    const auto most = leading == &besideGiven ? mostCandidatesBesideGiven : mostCandidates;
    for (std::size_t voice = 0; voice < voiceCount; ++voice) {
        auto& list = lists[voice];
        list.clear();
        if (sketch.isGiven(step, static_cast<int>(voice))) {
            list.push_back({sketch.at(step, static_cast<int>(voice)), 0.0, false});
            continue;
        }
        const auto& row = scores.rows[voice];
        const auto own = ownChoices[voice];
        const auto likeliest = best(scores, voice, true);
        const auto departure = [&](std::size_t column) {
            return column == own ? 0.0 : leading->departureCost();
        };
        // The likeliest pitch is there even when only silence is left and that is impossible.
        list.push_back({pitchOf(likeliest), departure(likeliest), likeliest == own});
        for (std::size_t column = 0; column < VoiceScores::columns; ++column) {
            const double cost = row[likeliest] - row[column];
            if (column != likeliest && !std::isinf(row[column]) &&
                allowed.contains(voice, column) && cost <= leading->mostPerCell())
                list.push_back({pitchOf(column), cost + departure(column), column == own});
        }
        std::stable_sort(list.begin(), list.end(),
                         [](const Candidate& a, const Candidate& b) { return a.cost < b.cost; });
        list.resize(std::min(list.size(), most));
    }
}

void VoiceLeadingDecoder::expand(const Node& from, std::uint32_t hypothesis, int step,
                                 const Candidates& lists)
{
    // What any two candidates cost together, once for all sets that hold them.
    using Row = std::array<double, mostCandidatesBesideGiven>;
    using Table = std::array<Row, mostCandidatesBesideGiven>;
    std::array<std::array<Table, VoiceWishes::mostVoices>, VoiceWishes::mostVoices> together;
    for (std::size_t lower = 1; lower < voiceCount; ++lower)
        for (std::size_t upper = 0; upper < lower; ++upper)
            for (std::size_t i = 0; i < lists[upper].size(); ++i)
                for (std::size_t k = 0; k < lists[lower].size(); ++k)
                    together[upper][lower][i][k] =
                        leading->pairCost(upper, lower, from.pitches, lists[upper][i].pitch,
                                          lists[lower][k].pitch, step);
    auto first = found.size();
    found.push_back({from.cost, hypothesis, {}});
    for (std::size_t voice = 0; voice < voiceCount; ++voice) {
        const auto& list = lists[voice];
        const auto end = found.size();
        for (auto place = first; place < end; ++place) {
            for (std::size_t k = 0; k < list.size(); ++k) {
                auto way = found[place];
                way.chosen[voice] = static_cast<std::uint8_t>(k);
                way.cost +=
                    list[k].cost + leading->rangeCost(voice, from.pitches[voice], list[k].pitch);
                for (std::size_t upper = 0; upper < voice; ++upper)
                    way.cost += together[upper][voice][way.chosen[upper]][k];
                found.push_back(way);
            }
        }
        // The sets without this voice have done their work.
        found.erase(found.begin() + static_cast<std::ptrdiff_t>(first),
                    found.begin() + static_cast<std::ptrdiff_t>(end));
    }
}

VoicePitches VoiceLeadingDecoder::pitchesOf(const Way& way) const
{
    VoicePitches pitches{};
    for (std::size_t voice = 0; voice < voiceCount; ++voice)
        pitches[voice] = candidates[way.hypothesis][voice][way.chosen[voice]].pitch;
    return pitches;
}

void VoiceLeadingDecoder::keepBest()
{
    // What follows depends on the present pitches, so of each such set one way is enough. Of the
    // thousand ways nearly always a few of the best are all that is looked at.
    const auto worse = [](const Way& a, const Way& b) {
        return std::tie(a.cost, a.hypothesis, a.chosen) > std::tie(b.cost, b.hypothesis, b.chosen);
    };
    std::make_heap(found.begin(), found.end(), worse);
    std::vector<Way> kept;
    std::vector<VoicePitches> seen;
    auto end = found.end();
    while (end != found.begin() && kept.size() < beamWidth) {
        std::pop_heap(found.begin(), end, worse);
        --end;
        const auto pitches = pitchesOf(*end);
        if (std::find(seen.begin(), seen.end(), pitches) != seen.end())
            continue;
        seen.push_back(pitches);
        kept.push_back(*end);
    }
    found.swap(kept);
}

void VoiceLeadingDecoder::decode(VoicePass& pass, VoiceSketch& sketch, int first,
                                 VoiceOutcome& outcome)
{
    pass.beginSpan(sketch, first);
    const int end = first + stepsFrom(sketch, first);
    nodes.assign(1, Node{});
    nodes.front().pitches = pitchesAt(sketch, first - 1);
    explanations.clear();
    candidates.resize(beamWidth);
    std::vector<std::size_t> current{0};
    std::vector<VoiceBranch> branches;
    for (int step = first; step < end; ++step) {
        found.clear();
        leading = anyGiven(sketch, step) ? &besideGiven : &alone;
        const auto firstExplanation = explanations.size();
        for (std::uint32_t hypothesis = 0; hypothesis < current.size(); ++hypothesis) {
            pass.scores(hypothesis, scores);
            if (explains) {
                explanations.emplace_back();
                explain(scores, explanations.back());
            }
            const auto own = weigh(scores, step);
            findCandidates(sketch, step, own, candidates[hypothesis]);
            expand(nodes[current[hypothesis]], hypothesis, step, candidates[hypothesis]);
        }
        // What is given on the next step, beyond the span, can be run into but not be changed.
        if (step + 1 == end)
            for (auto& way : found)
                way.cost += leading->cost(pitchesOf(way), pitchesAt(sketch, end), end);
        keepBest();
        std::vector<std::size_t> next;
        branches.clear();
        for (const auto& way : found) {
            Node node;
            node.cost = way.cost;
            node.pitches = pitchesOf(way);
            for (std::size_t voice = 0; voice < voiceCount; ++voice)
                node.ownChoices += candidates[way.hypothesis][voice][way.chosen[voice]].own ? 1 : 0;
            node.before = current[way.hypothesis];
            node.explanation = firstExplanation + way.hypothesis;
            next.push_back(nodes.size());
            nodes.push_back(node);
            branches.push_back({way.hypothesis, node.pitches});
        }
        current.swap(next);
        pass.advance(branches);
    }
    take(current.front(), sketch, first, outcome);
}

void VoiceLeadingDecoder::take(std::size_t last, VoiceSketch& sketch, int first,
                               VoiceOutcome& outcome) const
{
    std::vector<const Node*> way;
    for (auto place = last; place != 0; place = nodes[place].before)
        way.push_back(&nodes[place]);
    std::reverse(way.begin(), way.end());
    int step = first;
    for (const auto* node : way) {
        for (std::size_t voice = 0; voice < voiceCount; ++voice) {
            if (sketch.isGiven(step, static_cast<int>(voice)))
                continue;
            ++outcome.choices;
            sketch.decide(step, static_cast<int>(voice), node->pitches[voice]);
        }
        outcome.ownChoices += node->ownChoices;
        if (explains) {
            const auto& rows = explanations[node->explanation].activation;
            outcome.activation.insert(outcome.activation.end(), rows.begin(), rows.end());
        }
        ++step;
    }
}

} // namespace organum::engine
