#include "Engine/Voices/VoiceDecoder.h"

#include "Engine/Voices/VoiceLeadingDecoder.h"

#include <algorithm>
#include <cmath>

namespace organum::engine
{

namespace
{

constexpr auto silence = VoiceScores::silence;

/** Step by step the likeliest pitch: the network as it is. */
class ArgmaxDecoder : public VoiceDecoder
{
public:
    using VoiceDecoder::VoiceDecoder;

    void decode(VoicePass& pass, VoiceSketch& sketch, int first, VoiceOutcome& outcome) override
    {
        pass.beginSpan(sketch, first);
        const int count = stepsFrom(sketch, first);
        for (int step = first; step < first + count; ++step) {
            pass.scores(0, scores);
            explain(scores, outcome);
            VoiceBranch branch;
            for (std::size_t voice = 0; voice < voiceCount; ++voice) {
                const int v = static_cast<int>(voice);
                if (!sketch.isGiven(step, v)) {
                    const auto chosen = best(scores, voice, true);
                    ++outcome.choices;
                    outcome.ownChoices += chosen == best(scores, voice, false) ? 1 : 0;
                    sketch.decide(step, v, pitchOf(chosen));
                }
                branch.pitches[voice] = sketch.at(step, v);
            }
            pass.advance({branch});
        }
    }

private:
    VoiceScores scores;
};

/** Every pitch above the network's threshold. What the network hears of itself is the likeliest of
    them. */
class ThresholdDecoder : public VoiceDecoder
{
public:
    using VoiceDecoder::VoiceDecoder;

    void decode(VoicePass& pass, VoiceSketch& sketch, int first, VoiceOutcome& outcome) override
    {
        pass.beginSpan(sketch, first);
        const int count = stepsFrom(sketch, first);
        for (int step = first; step < first + count; ++step) {
            pass.scores(0, scores);
            explain(scores, outcome);
            VoiceBranch branch;
            for (std::size_t voice = 0; voice < voiceCount; ++voice) {
                const int v = static_cast<int>(voice);
                outcome.sounding.emplace_back();
                if (!sketch.isGiven(step, v))
                    sketch.decide(step, v, chooseCell(voice, outcome));
                branch.pitches[voice] = sketch.at(step, v);
            }
            pass.advance({branch});
        }
    }

private:
    /** Fills the last sounding set; returns its likeliest pitch, or silence. */
    int chooseCell(std::size_t voice, VoiceOutcome& outcome) const
    {
        auto& on = outcome.sounding.back();
        const auto& row = scores.rows[voice];
        auto chosen = silence;
        bool own = true; // until something that is on is taken away
        for (std::size_t column = 0; column < silence; ++column) {
            if (row[column] <= network.threshold())
                continue;
            if (!allowed.contains(voice, column)) {
                own = false;
                continue;
            }
            on.push_back(static_cast<int>(column));
            if (chosen == silence || row[column] > row[chosen])
                chosen = column;
        }
        ++outcome.choices;
        outcome.ownChoices += own ? 1 : 0;
        return pitchOf(chosen);
    }

    VoiceScores scores;
};

} // namespace

AllowedPitches::AllowedPitches(const VoiceNetwork& network, const Request& request)
{
    for (std::size_t voice = 0; voice < network.voices().size(); ++voice) {
        allowed[voice][silence] = true;
        for (int pitch = request.lowestPitch; pitch <= request.highestPitch; ++pitch)
            allowed[voice][static_cast<std::size_t>(pitch)] =
                (request.pitchClassMask >> (pitch % 12) & 1u) != 0 &&
                network.canSing(static_cast<int>(voice), pitch);
    }
}

bool AllowedPitches::any(std::size_t voice) const
{
    const auto& row = allowed[voice];
    return std::find(row.begin(), row.begin() + silence, true) != row.begin() + silence;
}

VoiceDecoder::VoiceDecoder(const VoiceNetwork& networkIn, const Request& request)
    : network(networkIn)
    , voiceCount(networkIn.voices().size())
    , allowed(networkIn, request)
    , explains(request.explainProbabilities)
{
}

int VoiceDecoder::stepsFrom(const VoiceSketch& sketch, int first) const
{
    return std::min(network.spanSteps(), sketch.steps - first);
}

std::size_t VoiceDecoder::best(const VoiceScores& scores, std::size_t voice, bool onlyAllowed) const
{
    const auto& row = scores.rows[voice];
    auto found = VoiceScores::columns;
    for (std::size_t column = 0; column < VoiceScores::columns; ++column) {
        if (std::isinf(row[column]) || (onlyAllowed && !allowed.contains(voice, column)))
            continue;
        if (found == VoiceScores::columns || row[column] > row[found])
            found = column;
    }
    return found == VoiceScores::columns ? silence : found;
}

void VoiceDecoder::explain(const VoiceScores& scores, VoiceOutcome& outcome) const
{
    if (!explains)
        return;
    for (std::size_t voice = 0; voice < voiceCount; ++voice) {
        const auto& row = scores.rows[voice];
        const double highest = *std::max_element(row.begin(), row.end());
        VoiceScores::Row shares;
        double sum = 0.0;
        for (std::size_t column = 0; column < VoiceScores::columns; ++column) {
            shares[column] = std::exp(row[column] - highest);
            sum += shares[column];
        }
        for (std::size_t column = 0; column < silence; ++column)
            outcome.activation.push_back(static_cast<float>(shares[column] / sum));
    }
}

std::unique_ptr<VoiceDecoder> makeDecoder(const VoiceNetwork& network, const Request& request)
{
    if (request.voices.decoder == Decoder::threshold)
        return std::make_unique<ThresholdDecoder>(network, request);
    if (request.voices.ruleStrength > 0.0)
        return std::make_unique<VoiceLeadingDecoder>(network, request);
    return std::make_unique<ArgmaxDecoder>(network, request);
}

} // namespace organum::engine
