#include "Plugin/MidiLearn.h"

namespace organum::plugin
{

namespace
{

/** Above it stand the channel mode messages, e.g. "all notes off", which move nothing. */
constexpr int lastController = 119;

} // namespace

std::string MidiSource::name() const
{
    return isNote ? "key " + juce::MidiMessage::getMidiNoteName(number, true, true, 4).toStdString()
                  : "controller " + std::to_string(number);
}

MidiLearn::MidiLearn()
{
    for (auto& target : targets)
        target = nothing;
}

// ---- audio thread ------------------------------------------------------------------------------

bool MidiLearn::hear(const juce::MidiMessageMetadata& message)
{
    if (message.numBytes != 3)
        return false;
    const int kind = message.data[0] & 0xf0;
    const int number = message.data[1] & 0x7f;
    const int value = message.data[2] & 0x7f;
    const bool isController = kind == 0xb0 && number <= lastController;
    const bool isPress = kind == 0x90 && value > 0;
    const bool isRelease = kind == 0x80 || (kind == 0x90 && value == 0);
    auto key = swallowed[static_cast<std::size_t>((message.data[0] & 0x0f) * 128 + number)];
    if (isRelease) {
        const bool wasOurs = key;
        key = false;
        return wasOurs;
    }
    if (!isController && !isPress)
        return false;
    const int source = MidiSource{isPress, number}.place();
    if (const int parameter = wanted.exchange(nothing); parameter != nothing)
        assign(source, parameter);
    const int parameter = targets[static_cast<std::size_t>(source)];
    if (parameter < 0 || parameter >= mostParameters)
        return false;
    Inbox& inbox = inboxes[static_cast<std::size_t>(parameter)];
    if (isPress) {
        key = true;
        inbox.velocity = value;
        inbox.presses.fetch_add(1);
    } else {
        std::uint8_t& before = stood[static_cast<std::size_t>(number)];
        if (!buttons[static_cast<std::size_t>(parameter)])
            inbox.value = value;
        else if (before < 64 && value >= 64)
            inbox.presses.fetch_add(1);
        before = static_cast<std::uint8_t>(value);
    }
    anything.store(true, std::memory_order_release);
    return true;
}

void MidiLearn::listen(juce::MidiBuffer& midi)
{
    std::size_t count = 0;
    bool isWhole = true; // what is longer than a short message or too much stays as it is
    bool heard = false;
    for (const juce::MidiMessageMetadata message : midi) {
        if (hear(message)) {
            heard = true;
            continue;
        }
        if (message.numBytes > 3 || count == kept.size()) {
            isWhole = false;
            continue;
        }
        Short& each = kept[count++];
        each.offset = message.samplePosition;
        each.size = message.numBytes;
        for (int i = 0; i < message.numBytes; ++i)
            each.bytes[static_cast<std::size_t>(i)] = message.data[i];
    }
    if (!heard || !isWhole)
        return;
    midi.clear(); // keeps its memory, and less comes back than there was
    for (std::size_t i = 0; i < count; ++i)
        midi.addEvent(kept[i].bytes.data(), kept[i].size, kept[i].offset);
}

void MidiLearn::assign(int source, int parameter)
{
    for (auto& target : targets)
        if (target == parameter)
            target = nothing;
    targets[static_cast<std::size_t>(source)] = static_cast<std::int16_t>(parameter);
    ++changes;
}

// ---- other threads -----------------------------------------------------------------------------

void MidiLearn::map(const MidiMapping& mapping)
{
    const int source = mapping.source.place();
    if (source >= 0 && source < sources && mapping.parameter >= 0 &&
        mapping.parameter < mostParameters)
        assign(source, mapping.parameter);
}

void MidiLearn::forget(int parameter)
{
    for (auto& target : targets)
        if (target == parameter)
            target = nothing;
    ++changes;
}

void MidiLearn::forgetAll()
{
    for (auto& target : targets)
        target = nothing;
    ++changes;
}

void MidiLearn::replace(const std::vector<MidiMapping>& mappings)
{
    if (mappings == this->mappings())
        return;
    std::array<std::int16_t, sources> wantedTargets;
    wantedTargets.fill(nothing);
    for (const MidiMapping& mapping : mappings)
        if (const int source = mapping.source.place(); source >= 0 && source < sources)
            wantedTargets[static_cast<std::size_t>(source)] =
                static_cast<std::int16_t>(mapping.parameter);
    // What is the same in both goes on being heard meanwhile.
    for (std::size_t i = 0; i < targets.size(); ++i)
        targets[i] = wantedTargets[i];
    ++changes;
}

std::vector<MidiMapping> MidiLearn::mappings() const
{
    std::vector<MidiMapping> all;
    for (int source = 0; source < sources; ++source)
        if (const int parameter = targets[static_cast<std::size_t>(source)]; parameter >= 0)
            all.push_back({MidiSource::at(source), parameter});
    return all;
}

std::vector<MidiLearn::Move> MidiLearn::collect()
{
    std::vector<Move> moves;
    if (!anything.exchange(false, std::memory_order_acquire))
        return moves;
    for (int parameter = 0; parameter < mostParameters; ++parameter) {
        Inbox& inbox = inboxes[static_cast<std::size_t>(parameter)];
        Move move;
        move.parameter = parameter;
        move.presses = inbox.presses.exchange(0);
        move.velocity = inbox.velocity;
        move.value = inbox.value.exchange(nothing);
        if (move.presses > 0 || move.value != nothing)
            moves.push_back(move);
    }
    return moves;
}

} // namespace organum::plugin
