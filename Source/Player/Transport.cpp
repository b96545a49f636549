#include "Player/Transport.h"

#include "Player/Timeline.h"

#include <algorithm>
#include <cmath>

namespace organum::player
{

namespace
{

constexpr double sampleSlack = 1.0e-4;
/** Ardour rounds to 1/1920 quarter; up to here the transport trusts its own reckoning more. */
constexpr double roundingSlack = 1.0 / 1500.0;
constexpr double largestGlide = 0.25;

bool usable(double value)
{
    return std::isfinite(value) && std::abs(value) < 1.0e9;
}

} // namespace

std::int64_t Segment::offsetOf(std::int64_t tick) const
{
    const double quarter = static_cast<double>(tick) / static_cast<double>(ticksPerQuarter);
    const double offset = (quarter - anchorQuarter) * samplesPerQuarter + anchorOffset;
    return static_cast<std::int64_t>(std::floor(offset + sampleSlack));
}

std::int64_t Segment::firstTickAt(int offset) const
{
    const double quarter = quarterAt(static_cast<double>(offset) - sampleSlack);
    auto tick =
        static_cast<std::int64_t>(std::ceil(quarter * static_cast<double>(ticksPerQuarter)));
    // A few steps at most: the estimate is off by rounding only.
    for (int i = 0; i < 4 && offsetOf(tick) < offset; ++i)
        ++tick;
    for (int i = 0; i < 4 && offsetOf(tick - 1) >= offset; ++i)
        --tick;
    return tick;
}

void Transport::reset()
{
    wasPlaying = false;
}

BlockTime Transport::follow(const juce::AudioPlayHead::PositionInfo* host, int samples,
                            double sampleRate)
{
    const bool playing = host != nullptr ? host->getIsPlaying() : wasPlaying;
    if (wasPlaying && rate != sampleRate) {
        // Another sample rate is no other place: samples were shorter or longer up to here.
        anchorQuarter += static_cast<double>(samplesSinceAnchor) * beatsPerMinute / (60.0 * rate);
        samplesSinceAnchor = 0;
        rate = sampleRate;
    }
    if (host != nullptr) {
        if (const auto told = host->getBpm();
            told.hasValue() && usable(*told) && *told >= 1.0 && *told <= 2000.0) {
            if (*told != beatsPerMinute && wasPlaying) {
                // The old speed held up to here.
                anchorQuarter +=
                    static_cast<double>(samplesSinceAnchor) * beatsPerMinute / (60.0 * sampleRate);
                samplesSinceAnchor = 0;
            }
            beatsPerMinute = *told;
        }
    }
    if (!playing) {
        wasPlaying = false;
        BlockTime stopped;
        if (host != nullptr && host->getPpqPosition().hasValue())
            stopped.quarter = *host->getPpqPosition();
        return stopped;
    }

    const double quartersPerSample = beatsPerMinute / (60.0 * sampleRate);
    const double expected =
        anchorQuarter + static_cast<double>(samplesSinceAnchor) * quartersPerSample;
    double quarter = expected;
    bool jumped = !wasPlaying;

    const auto toldQuarter = host != nullptr ? host->getPpqPosition() : juce::Optional<double>();
    const auto toldSample =
        host != nullptr ? host->getTimeInSamples() : juce::Optional<std::int64_t>();
    if (toldQuarter.hasValue() && usable(*toldQuarter)) {
        const double distance = std::abs(*toldQuarter - expected);
        const double slack = std::min(largestGlide, roundingSlack + 0.5 * lastBlockQuarters);
        jumped = jumped || distance > slack;
        if (jumped || distance > roundingSlack) {
            // Within the slack a tempo ramp is followed without a jump: nothing is played twice,
            // since the player goes on from the last tick it has seen.
            quarter = *toldQuarter;
            anchorQuarter = quarter;
            samplesSinceAnchor = 0;
        }
    } else if (toldSample.hasValue()) {
        jumped = jumped || *toldSample != expectedSampleTime;
        if (jumped) {
            quarter = static_cast<double>(*toldSample) * quartersPerSample;
            anchorQuarter = quarter;
            samplesSinceAnchor = 0;
        }
    } else if (jumped) {
        anchorQuarter = quarter;
        samplesSinceAnchor = 0;
    }
    if (toldSample.hasValue())
        expectedSampleTime = *toldSample;
    expectedSampleTime += samples;
    return advance(jumped, quarter, samples, sampleRate, host);
}

BlockTime Transport::runFree(bool running, double freeTempo, int samples, double sampleRate)
{
    if (!running) {
        wasPlaying = false;
        return {};
    }
    const bool starts = !wasPlaying || rate != sampleRate;
    if (starts)
        anchorQuarter = 0.0;
    else if (freeTempo != beatsPerMinute)
        anchorQuarter +=
            static_cast<double>(samplesSinceAnchor) * beatsPerMinute / (60.0 * sampleRate);
    if (starts || freeTempo != beatsPerMinute)
        samplesSinceAnchor = 0;
    beatsPerMinute = freeTempo;
    const double quarter = anchorQuarter + static_cast<double>(samplesSinceAnchor) *
                                               beatsPerMinute / (60.0 * sampleRate);
    return advance(starts, quarter, samples, sampleRate, nullptr);
}

BlockTime Transport::advance(bool jumped, double quarter, int samples, double sampleRate,
                             const juce::AudioPlayHead::PositionInfo* host)
{
    BlockTime block;
    block.playing = true;
    block.quarter = quarter;
    block.count = 1;
    const double samplesPerQuarter = 60.0 * sampleRate / beatsPerMinute;
    block.segments[0] = {0,
                         samples,
                         jumped,
                         anchorQuarter,
                         -static_cast<double>(samplesSinceAnchor),
                         samplesPerQuarter};
    samplesSinceAnchor += samples;
    if (samples > 0)
        lastBlockQuarters = static_cast<double>(samples) / samplesPerQuarter;
    wasPlaying = true;
    rate = sampleRate;

    if (host == nullptr || !host->getIsLooping())
        return block;
    const auto loop = host->getLoopPoints();
    if (!loop.hasValue() || !usable(loop->ppqStart) || !usable(loop->ppqEnd) ||
        loop->ppqEnd - loop->ppqStart < 2.0 * lastBlockQuarters)
        return block;
    // Rounding may put the host's place a hair before the end and ours on it, or the reverse.
    const auto told = host->getPpqPosition();
    if (quarter >= loop->ppqEnd && !(told.hasValue() && *told < loop->ppqEnd))
        return block;
    // The sample that contains the loop's end is the first of the next round.
    const double wrap = std::max(0.0, (loop->ppqEnd - quarter) * samplesPerQuarter);
    const auto at = static_cast<int>(std::min(std::floor(wrap + sampleSlack), 1.0e9));
    if (at >= samples)
        return block;
    const Segment round = {at, samples, true, loop->ppqStart, wrap, samplesPerQuarter};
    if (at == 0) {
        block.segments[0] = round;
    } else {
        block.segments[0].end = at;
        block.segments[1] = round;
        block.count = 2;
    }
    anchorQuarter = round.quarterAt(at);
    samplesSinceAnchor = samples - at;
    return block;
}

} // namespace organum::player
