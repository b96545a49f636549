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
            const auto own = weigh(scores, step);
            VoiceBranch branch;
            for (std::size_t voice = 0; voice < voiceCount; ++voice) {
                const int v = static_cast<int>(voice);
                if (!sketch.isGiven(step, v)) {
                    const auto chosen = best(scores, voice, true);
                    ++outcome.choices;
                    outcome.ownChoices += chosen == own[voice] ? 1 : 0;
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
            unweighed = scores;
            weigh(scores, step);
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
        bool own = true; // until something is taken away that was on, or added that was not
        for (std::size_t column = 0; column < silence; ++column) {
            const bool isOn = row[column] > network.threshold() && allowed.contains(voice, column);
            own = own && isOn == (unweighed.rows[voice][column] > network.threshold());
            if (!isOn)
                continue;
            on.push_back(static_cast<int>(column));
            if (chosen == silence || row[column] > row[chosen])
                chosen = column;
        }
        ++outcome.choices;
        outcome.ownChoices += own ? 1 : 0;
        return pitchOf(chosen);
    }

    VoiceScores scores;
    VoiceScores unweighed; ///< by chords
};

} // namespace

VoiceDecoder::VoiceDecoder(const VoiceNetwork& networkIn, const Request& request)
    : network(networkIn)
    , voiceCount(networkIn.voices().size())
    , allowed(networkIn, request)
    , chords(networkIn, request)
    , explains(request.explainProbabilities)
{
}

int VoiceDecoder::stepsFrom(const VoiceSketch& sketch, int first) const
{
    return std::min(network.spanSteps(), sketch.steps - first);
}

VoiceColumns VoiceDecoder::weigh(VoiceScores& scores, int step) const
{
    VoiceColumns own{};
    for (std::size_t voice = 0; voice < voiceCount; ++voice)
        own[voice] = best(scores, voice, false);
    chords.weigh(scores, allowed, step);
    return own;
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
