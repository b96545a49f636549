#include "Standalone/FontSound.h"

#include <algorithm>

namespace organum::standalone
{

namespace
{

const auto ownSound = "Organum's own quiet sound";
constexpr double longestSleep = 0.1;     ///< seconds
constexpr std::int64_t mostFrames = 512; ///< made at a time
constexpr int leastLatency = 1024;       ///< frames

/** FluidSynth's instruments on one font, for sound files. */
class FontForFiles final : public plugin::OfflineSound
{
public:
    FontForFiles(const std::string& font, double sampleRate)
        : synth(font, sampleRate)
    {
    }
    void render(const player::EventList& events, float* const* channels, int samples) override
    {
        int done = 0;
        const auto until = [&](int sample) {
            if (sample > done)
                synth.render(channels[0] + done, channels[1] + done, sample - done);
            done = std::max(done, sample);
        };
        for (const player::Event& event : events) {
            until(event.offset);
            if (event.isNoteOn())
                synth.noteOn(event.channel(), event.pitch, event.velocity);
            else
                synth.noteOff(event.channel(), event.pitch);
        }
        until(samples);
    }

private:
    sound::FontSynth synth;
};

} // namespace

FontSound::FontSound()
    : text(ownSound)
    , thread([this] { run(); })
{
}

FontSound::~FontSound()
{
    stopping = true;
    alarm.wake();
    thread.join();
}

// ---- choosing ----------------------------------------------------------------------------------

void FontSound::choose(const juce::File& font)
{
    wanted = font;
    ask();
}

void FontSound::prepare(double sampleRate)
{
    if (rate.exchange(sampleRate) != sampleRate && wanted != juce::File())
        ask();
}

void FontSound::ask()
{
    {
        const std::lock_guard<std::mutex> lock(mutex);
        wish = wanted;
        if (wanted != juce::File())
            text = "Reading " + wanted.getFileName() + " ...";
    }
    ++wishes;
    alarm.wake();
}

void FontSound::tell(const juce::String& now)
{
    const std::lock_guard<std::mutex> lock(mutex);
    text = now;
}

juce::String FontSound::description() const
{
    const std::lock_guard<std::mutex> lock(mutex);
    return text;
}

plugin::MakeSound FontSound::maker() const
{
    if (wanted == juce::File())
        return {};
    return [font = wanted.getFullPathName().toStdString()](double sampleRate) {
        return std::make_unique<FontForFiles>(font, sampleRate);
    };
}

// ---- making sound ------------------------------------------------------------------------------

void FontSound::run()
{
    live::hurryThisThread();
    while (!stopping) {
        const int now = wishes;
        if (now != fulfilled) {
            load();
            fulfilled = now;
        }
        makeDue();
        alarm.sleepUntil(live::nowSeconds() + longestSleep);
    }
}

void FontSound::load()
{
    active = false;
    juce::File font;
    {
        const std::lock_guard<std::mutex> lock(mutex);
        font = wish;
    }
    synth.reset();
    if (font == juce::File()) {
        tell(ownSound);
        return;
    }
    try {
        synth = std::make_unique<sound::FontSynth>(font.getFullPathName().toStdString(), rate);
    } catch (const sound::FontError& error) {
        tell(juce::String::fromUTF8(error.what()));
        return;
    }
    tell(font.getFileNameWithoutExtension());
    // What was asked of the font before is of no interest. A block that is in progress may still
    // ask a little, which is made and then thrown away.
    messageFifo.finishedRead(messageFifo.getNumReady());
    made = asked.load();
    ++epoch;
    active = true;
}

void FontSound::makeDue()
{
    while (synth != nullptr && made < asked && !stopping) {
        const auto frames = static_cast<int>(
            std::min<std::int64_t>({asked - made, ringFifo.getFreeSpace(), mostFrames}));
        if (frames < 1)
            return; // nobody takes them
        make(frames);
    }
}

void FontSound::make(int frames)
{
    int from = 0, first = 0, second = 0, start = 0;
    ringFifo.prepareToWrite(frames, start, first, from, second);
    const auto makeInto = [&](int place, int count) {
        const std::int64_t begin = made;
        int done = 0;
        const auto until = [&](int frame) {
            if (frame > done)
                synth->render(ring.getWritePointer(0, place + done),
                              ring.getWritePointer(1, place + done), frame - done);
            done = std::max(done, frame);
        };
        while (messageFifo.getNumReady() > 0) {
            int at = 0, n = 0, ignoredAt = 0, ignored = 0;
            messageFifo.prepareToRead(1, at, n, ignoredAt, ignored);
            const Message& next = messages[static_cast<std::size_t>(at)];
            if (next.frame >= begin + count)
                break;
            until(static_cast<int>(std::max<std::int64_t>(0, next.frame - begin)));
            if (next.size == 0)
                synth->silence();
            else
                synth->message(next.bytes.data(), next.size);
            messageFifo.finishedRead(1);
        }
        until(count);
        ringFifo.finishedWrite(count);
        made += count;
    };
    makeInto(start, first);
    if (second > 0)
        makeInto(from, second);
}

// ---- the audio thread --------------------------------------------------------------------------

void FontSound::push(const Message& message)
{
    int at = 0, count = 0, ignoredAt = 0, ignored = 0;
    messageFifo.prepareToWrite(1, at, count, ignoredAt, ignored);
    if (count < 1)
        return; // the maker is stuck
    messages[static_cast<std::size_t>(at)] = message;
    messageFifo.finishedWrite(1);
}

bool FontSound::render(const juce::MidiBuffer& midi, float* const* channels, int samples,
                       bool audible)
{
    if (!active)
        return false;
    if (seenEpoch != epoch) {
        seenEpoch = epoch;
        ringFifo.finishedRead(ringFifo.getNumReady());
        silenceLeft = std::clamp(2 * samples, leastLatency, ringFrames / 2);
        debt = 0;
    }
    const std::int64_t begin = asked;
    if (wasAudible && !audible)
        push({begin, {}, 0});
    wasAudible = audible;
    for (const juce::MidiMessageMetadata message : midi) {
        if (!audible)
            break;
        if (message.numBytes < 1 || message.numBytes > 3)
            continue;
        Message one;
        one.frame = begin + std::clamp(message.samplePosition, 0, samples - 1);
        one.size = static_cast<std::uint8_t>(message.numBytes);
        std::copy(message.data, message.data + message.numBytes, one.bytes.begin());
        push(one);
    }
    asked = begin + samples;
    alarm.wake();

    const int quiet = std::min(silenceLeft, samples);
    silenceLeft -= quiet;
    for (int channel = 0; channel < 2; ++channel)
        juce::FloatVectorOperations::clear(channels[channel], samples);
    takeFrames(channels, quiet, samples - quiet);
    return true;
}

void FontSound::takeFrames(float* const* channels, int from, int count)
{
    const int late = std::min(debt, ringFifo.getNumReady());
    ringFifo.finishedRead(late);
    debt -= late;
    const int there = std::min(count, ringFifo.getNumReady());
    int at = 0, first = 0, atSecond = 0, second = 0;
    ringFifo.prepareToRead(there, at, first, atSecond, second);
    for (int channel = 0; channel < 2; ++channel) {
        juce::FloatVectorOperations::copy(channels[channel] + from,
                                          ring.getReadPointer(channel, at), first);
        if (second > 0)
            juce::FloatVectorOperations::copy(channels[channel] + from + first,
                                              ring.getReadPointer(channel, atSecond), second);
    }
    ringFifo.finishedRead(there);
    debt += count - there;
}

} // namespace organum::standalone
