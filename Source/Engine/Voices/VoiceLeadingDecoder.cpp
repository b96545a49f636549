#include "Engine/Voices/VoiceLeadingDecoder.h"

#include <algorithm>
#include <cmath>

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

} // namespace

VoiceLeadingDecoder::VoiceLeadingDecoder(const VoiceNetwork& networkIn, const Request& request)
    : VoiceDecoder(networkIn, request)
    , leading(networkIn.voices(), request.voices.ruleStrength, networkIn.intervalWishes())
{
}

void VoiceLeadingDecoder::findCandidates(const VoiceSketch& sketch, int step,
                                         Candidates& candidates) const
{
    for (std::size_t voice = 0; voice < voiceCount; ++voice) {
        auto& list = candidates[voice];
        list.clear();
        if (sketch.isGiven(step, static_cast<int>(voice))) {
            list.push_back({sketch.at(step, static_cast<int>(voice)), 0.0, false});
            continue;
        }
        const auto& row = scores.rows[voice];
        const auto own = best(scores, voice, false);
        const auto likeliest = best(scores, voice, true);
        const auto departure = [&](std::size_t column) {
            return column == own ? 0.0 : leading.departureCost();
        };
        // The likeliest pitch is there even when only silence is left and that is impossible.
        list.push_back({pitchOf(likeliest), departure(likeliest), likeliest == own});
        for (std::size_t column = 0; column < VoiceScores::columns; ++column) {
            const double cost = row[likeliest] - row[column];
            if (column != likeliest && !std::isinf(row[column]) &&
                allowed.contains(voice, column) && cost <= leading.mostPerCell())
                list.push_back({pitchOf(column), cost + departure(column), column == own});
        }
        std::stable_sort(list.begin(), list.end(),
                         [](const Candidate& a, const Candidate& b) { return a.cost < b.cost; });
        list.resize(std::min(list.size(), mostCandidates));
    }
}

void VoiceLeadingDecoder::expand(const Choice& from, int step, const Candidates& candidates)
{
    // Voice by voice, so that what the upper voices cost together is added up once.
    std::vector<Choice> partial{from};
    std::vector<Choice> next;
    const auto& before = from.pitches;
    for (std::size_t voice = 0; voice < voiceCount; ++voice) {
        next.clear();
        for (const auto& choice : partial) {
            for (const auto& candidate : candidates[voice]) {
                auto grown = choice;
                if (voice == 0)
                    grown.ownChoices = 0;
                grown.pitches[voice] = candidate.pitch;
                grown.ownChoices += candidate.own ? 1 : 0;
                grown.cost += candidate.cost;
                grown.cost += leading.rangeCost(voice, before[voice], candidate.pitch);
                for (std::size_t upper = 0; upper < voice; ++upper)
                    grown.cost += leading.pairCost(upper, voice, before, grown.pitches[upper],
                                                   candidate.pitch, step);
                next.push_back(grown);
            }
        }
        if (next.size() > mostPartial && voice + 1 < voiceCount) {
            std::stable_sort(next.begin(), next.end(),
                             [](const Choice& a, const Choice& b) { return a.cost < b.cost; });
            next.resize(mostPartial);
        }
        partial.swap(next);
    }
    found.insert(found.end(), partial.begin(), partial.end());
}

void VoiceLeadingDecoder::keepBest()
{
    // What follows depends on the present pitches, so of each such set one way is enough.
    std::stable_sort(found.begin(), found.end(),
                     [](const Choice& a, const Choice& b) { return a.cost < b.cost; });
    std::vector<Choice> kept;
    for (const auto& choice : found) {
        const bool isThere = std::any_of(kept.begin(), kept.end(), [&](const Choice& other) {
            return other.pitches == choice.pitches;
        });
        if (!isThere)
            kept.push_back(choice);
        if (kept.size() == beamWidth)
            break;
    }
    found.swap(kept);
}

void VoiceLeadingDecoder::decode(VoicePass& pass, VoiceSketch& sketch, int first,
                                 VoiceOutcome& outcome)
{
    pass.beginSpan(sketch, first);
    const int end = first + stepsFrom(sketch, first);
    nodes.assign(1, Node{});
    nodes.front().choice.pitches = pitchesAt(sketch, first - 1);
    explanations.clear();
    std::vector<std::size_t> current{0};
    std::vector<VoiceBranch> branches;
    Candidates candidates;
    for (int step = first; step < end; ++step) {
        found.clear();
        const auto firstExplanation = explanations.size();
        for (std::size_t hypothesis = 0; hypothesis < current.size(); ++hypothesis) {
            pass.scores(hypothesis, scores);
            if (explains) {
                explanations.emplace_back();
                explain(scores, explanations.back());
            }
            findCandidates(sketch, step, candidates);
            auto from = nodes[current[hypothesis]].choice;
            from.hypothesis = hypothesis;
            expand(from, step, candidates);
        }
        // What is given on the next step, beyond the span, can be run into but not be changed.
        if (step + 1 == end)
            for (auto& choice : found)
                choice.cost += leading.cost(choice.pitches, pitchesAt(sketch, end), end);
        keepBest();
        std::vector<std::size_t> next;
        branches.clear();
        for (const auto& choice : found) {
            next.push_back(nodes.size());
            nodes.push_back(
                {choice, current[choice.hypothesis], firstExplanation + choice.hypothesis});
            branches.push_back({choice.hypothesis, choice.pitches});
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
            sketch.decide(step, static_cast<int>(voice), node->choice.pitches[voice]);
        }
        outcome.ownChoices += node->choice.ownChoices;
        if (explains) {
            const auto& rows = explanations[node->explanation].activation;
            outcome.activation.insert(outcome.activation.end(), rows.begin(), rows.end());
        }
        ++step;
    }
}

} // namespace organum::engine
