#pragma once

// A network of four voices without weights: its scores are a hash of seed, step, voice and pitch,
// and, if asked, of what was just played. It has no musical opinion at all, so that whatever order
// its music shows comes from the decoder.

#include "Engine/Random.h"
#include "Engine/Voices/MuseGanOptions.h"
#include "Engine/Voices/VoiceNetwork.h"

#include <cmath>
#include <limits>

namespace organum::test
{

class RandomVoices : public engine::VoiceNetwork
{
public:
    double spread = 6.0; ///< of scores, in nats
    int span = 16;
    bool listens = false; ///< whether scores depend on what was played
    bool rests = true;
    int reach = 99; ///< semitones from the middle of each voice's range that it may go

    const std::vector<engine::VoiceInfo>& voices() const override { return choir; }
    int spanSteps() const override { return span; }
    int stepsPerBar() const override { return 16; }
    bool canSing(int voice, int pitch) const override
    {
        const auto& info = choir[static_cast<std::size_t>(voice)];
        return pitch >= info.lowest - 2 && pitch <= info.highest + 2 &&
               std::abs(pitch - (info.lowest + info.highest) / 2) <= reach;
    }
    double threshold() const override { return std::log(0.5); }
    bool hearsGivenCells() const override { return listens; }
    std::int64_t parameterCount() const override { return 0; }

    std::unique_ptr<engine::VoicePass> begin(const engine::VoicePlan& plan) const override
    {
        return std::make_unique<Pass>(*this, plan.latents.vector(0, 0, 1).front());
    }

private:
    class Pass : public engine::VoicePass
    {
    public:
        Pass(const RandomVoices& networkIn, float latent)
            : network(networkIn)
            , seed(static_cast<std::uint64_t>(static_cast<std::int64_t>(latent * 1e6f)))
        {
        }
        void beginSpan(const engine::VoiceSketch& sketch, int first) override
        {
            step = static_cast<std::uint64_t>(first);
            engine::VoicePitches before{};
            for (int voice = 0; voice < 4; ++voice)
                before[static_cast<std::size_t>(voice)] =
                    first > -sketch.context ? sketch.at(first - 1, voice) : -1;
            histories = {hashed(0, before)};
        }
        void scores(std::size_t hypothesis, engine::VoiceScores& scores) override
        {
            for (std::size_t voice = 0; voice < 4; ++voice) {
                auto& row = scores.rows[voice];
                row.fill(-std::numeric_limits<double>::infinity());
                for (std::size_t column = 0; column < row.size(); ++column) {
                    const bool possible =
                        column == engine::VoiceScores::silence
                            ? network.rests
                            : network.canSing(static_cast<int>(voice), static_cast<int>(column));
                    if (possible)
                        row[column] =
                            -network.spread * engine::uniform(engine::Purpose::pitch,
                                                              seed ^ histories[hypothesis],
                                                              (step * 4 + voice) * 129 + column);
                }
            }
        }
        void advance(const std::vector<engine::VoiceBranch>& branches) override
        {
            std::vector<std::uint64_t> next;
            for (const auto& branch : branches)
                next.push_back(hashed(histories.at(branch.parent), branch.pitches));
            histories = next;
            ++step;
        }

    private:
        std::uint64_t hashed(std::uint64_t before, const engine::VoicePitches& pitches) const
        {
            if (!network.listens)
                return 0;
            for (const int pitch : pitches)
                before = engine::mixBits(before * 131 + static_cast<std::uint64_t>(pitch + 2));
            return before;
        }

        const RandomVoices& network;
        const std::uint64_t seed;
        std::uint64_t step = 0;
        std::vector<std::uint64_t> histories;
    };

    std::vector<engine::VoiceInfo> choir = engine::choirVoices();
};

} // namespace organum::test
