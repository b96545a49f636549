#include "Engine/Voices/VoiceLeadingDecoder.h"

#include <algorithm>
#include <cmath>

namespace organum::engine
{

namespace
{

constexpr int unknown = VoiceSketch::open; // a pitch that no rule can speak of

VoicePitches pitchesAt(const VoiceSketch& sketch, int step)
{
    VoicePitches pitches;
    pitches.fill(unknown);
    for (int voice = 0; voice < sketch.voices; ++voice)
        if (step >= -sketch.context && step < sketch.steps)
            pitches[static_cast<std::size_t>(voice)] = sketch.at(step, voice);
    return pitches;
}

} // namespace

VoiceLeadingDecoder::VoiceLeadingDecoder(const VoiceNetwork& networkIn, const Request& request)
    : VoiceDecoder(networkIn, request)
    , leading(networkIn.voices(), request.voices.ruleStrength)
{
}

void VoiceLeadingDecoder::findCandidates(const VoiceSketch& sketch, int step,
                                         const VoiceScores& from, Candidates& candidates) const
{
    for (std::size_t voice = 0; voice < voiceCount; ++voice) {
        auto& list = candidates[voice];
        list.clear();
        if (sketch.isGiven(step, static_cast<int>(voice))) {
            list.push_back({sketch.at(step, static_cast<int>(voice)), 0.0, false});
            continue;
        }
        const auto& row = from.rows[voice];
        const auto own = best(from, voice, false);
        const auto likeliest = best(from, voice, true);
        // The likeliest pitch is there even when only silence is left and that is impossible.
        list.push_back({pitchOf(likeliest), 0.0, likeliest == own});
        for (std::size_t column = 0; column < VoiceScores::columns; ++column) {
            const double cost = row[likeliest] - row[column];
            if (column != likeliest && !std::isinf(row[column]) &&
                allowed.contains(voice, column) && cost <= leading.mostPerCell())
                list.push_back({pitchOf(column), cost, column == own});
        }
        std::stable_sort(list.begin(), list.end(),
                         [](const Candidate& a, const Candidate& b) { return a.cost < b.cost; });
        list.resize(std::min(list.size(), mostCandidates));
    }
}

void VoiceLeadingDecoder::expand(const Node& from, std::size_t fromPlace, std::size_t hypothesis,
                                 const Candidates& candidates, const VoicePitches* following)
{
    // Voice by voice, so that what the upper voices cost together is added up once.
    std::vector<Node> partial{from};
    partial.front().before = fromPlace;
    partial.front().parent = hypothesis;
    partial.front().ownChoices = 0;
    std::vector<Node> next;
    for (std::size_t voice = 0; voice < voiceCount; ++voice) {
        next.clear();
        for (const auto& node : partial) {
            for (const auto& candidate : candidates[voice]) {
                auto grown = node;
                grown.cost +=
                    candidate.cost + leading.rangeCost(voice, from.pitches[voice], candidate.pitch);
                for (std::size_t upper = 0; upper < voice; ++upper)
                    grown.cost += leading.pairCost(upper, voice, from.pitches, grown.pitches[upper],
                                                   candidate.pitch);
                grown.pitches[voice] = candidate.pitch;
                grown.ownChoices += candidate.own ? 1 : 0;
                next.push_back(grown);
            }
        }
        partial.swap(next);
    }
    for (auto& node : partial) {
        // What is given on the next step, beyond the span, can be run into but not be changed.
        if (following != nullptr)
            node.cost += leading.cost(node.pitches, *following);
        found.push_back(node);
    }
}

void VoiceLeadingDecoder::keepBest()
{
    // What follows depends on the present pitches, so of each such set one way is enough.
    std::stable_sort(found.begin(), found.end(), [](const Node& a, const Node& b) {
        return a.pitches != b.pitches ? a.pitches < b.pitches : a.cost < b.cost;
    });
    found.erase(std::unique(found.begin(), found.end(),
                            [](const Node& a, const Node& b) { return a.pitches == b.pitches; }),
                found.end());
    std::stable_sort(found.begin(), found.end(),
                     [](const Node& a, const Node& b) { return a.cost < b.cost; });
    found.resize(std::min(found.size(), beamWidth));
}

void VoiceLeadingDecoder::decode(VoicePass& pass, VoiceSketch& sketch, int first,
                                 VoiceOutcome& outcome)
{
    pass.beginSpan(sketch, first);
    const int count = stepsFrom(sketch, first);
    nodes.assign(1, Node{});
    nodes.front().pitches = pitchesAt(sketch, first - 1);
    std::vector<std::size_t> current{0};
    std::vector<VoiceOutcome> explanations; // one a scored hypothesis
    Candidates candidates;
    std::vector<VoiceBranch> branches;

    const auto following = pitchesAt(sketch, first + count);
    for (int step = first; step < first + count; ++step) {
        found.clear();
        for (std::size_t hypothesis = 0; hypothesis < current.size(); ++hypothesis) {
            pass.scores(hypothesis, scores);
            auto from = nodes[current[hypothesis]];
            if (explains) {
                from.explanation = explanations.size();
                explanations.emplace_back();
                explain(scores, explanations.back());
            }
            findCandidates(sketch, step, scores, candidates);
            expand(from, current[hypothesis], hypothesis, candidates,
                   step + 1 == first + count ? &following : nullptr);
        }
        keepBest();
        current.clear();
        branches.clear();
        for (const auto& node : found) {
            current.push_back(nodes.size());
            nodes.push_back(node);
            branches.push_back({node.parent, node.pitches});
        }
        pass.advance(branches);
    }

    std::vector<Node> way;
    for (auto place = current.front(); place != 0; place = nodes[place].before)
        way.push_back(nodes[place]);
    std::reverse(way.begin(), way.end());
    for (int i = 0; i < count; ++i) {
        const auto& node = way[static_cast<std::size_t>(i)];
        for (std::size_t voice = 0; voice < voiceCount; ++voice) {
            const int v = static_cast<int>(voice);
            if (sketch.isGiven(first + i, v))
                continue;
            ++outcome.choices;
            sketch.decide(first + i, v, node.pitches[voice]);
        }
        outcome.ownChoices += node.ownChoices;
        if (explains) {
            const auto& rows = explanations[node.explanation].activation;
            outcome.activation.insert(outcome.activation.end(), rows.begin(), rows.end());
        }
    }
}

} // namespace organum::engine
