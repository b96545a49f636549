#include "Interface/RollGestures.h"

#include <algorithm>
#include <cmath>

namespace organum::editor
{

namespace
{

constexpr float endWidth = 7.0f;
constexpr int newVelocity = 88;

} // namespace

std::optional<std::size_t> RollGestures::noteAt(juce::Point<float> place) const
{
    std::optional<std::size_t> found;
    if (hand.take() == nullptr)
        return found;
    const auto& notes = hand.take()->notes;
    for (std::size_t i = 0; i < notes.size(); ++i)
        if (view.areaOf(notes[i]).expanded(1.0f, 0.5f).contains(place) &&
            (!found || notes[i].voice < notes[*found].voice ||
             (notes[i].voice == notes[*found].voice && notes[i].onset > notes[*found].onset)))
            found = i;
    return found;
}

bool RollGestures::isAtEnd(const plugin::TakeNote& note, juce::Point<float> place) const
{
    const auto area = view.areaOf(note);
    return place.x > area.getRight() - std::min(endWidth, area.getWidth() * 0.35f);
}

juce::MouseCursor RollGestures::cursorAt(juce::Point<float> place, juce::ModifierKeys keys) const
{
    const auto note = noteAt(place);
    if (!note)
        return tool == RollTool::draw ? juce::MouseCursor::CrosshairCursor
                                      : juce::MouseCursor::NormalCursor;
    if (keys.isCommandDown())
        return juce::MouseCursor::UpDownResizeCursor;
    return isAtEnd(hand.take()->notes[*note], place) ? juce::MouseCursor::RightEdgeResizeCursor
                                                     : juce::MouseCursor::DraggingHandCursor;
}

void RollGestures::write(juce::Point<float> place)
{
    plugin::TakeNote note;
    note.onset = hand.grid().before(view.tickAt(place.x));
    note.duration = hand.grid().ticks > 0 ? hand.grid().ticks : player::ticksPerQuarter / 4;
    note.pitch = view.pitchAt(place.y);
    note.velocity = newVelocity;
    note.voice = hand.voiceFor(note.onset, note.pitch);
    hand.add(note);
}

void RollGestures::press(const juce::MouseEvent& event)
{
    kind = Kind::none;
    start = event.position;
    if (hand.take() == nullptr || event.mods.isPopupMenu())
        return;
    const auto note = noteAt(start);
    adds = event.mods.isShiftDown();
    if (!note) {
        if (tool == RollTool::draw) {
            write(start);
            return;
        }
        if (!adds)
            hand.select({});
        kind = Kind::frame;
        return;
    }
    anchor = *note;
    if (adds)
        hand.toggle(anchor);
    else if (!hand.isSelected(anchor))
        hand.select({anchor});
    if (!hand.isSelected(anchor))
        return;
    kind = event.mods.isCommandDown()                            ? Kind::louder
           : isAtEnd(hand.take()->notes[anchor], event.position) ? Kind::lengthen
                                                                 : Kind::move;
    hand.begin(kind == Kind::louder     ? "Change velocity"
               : kind == Kind::lengthen ? "Lengthen notes"
                                        : "Move notes");
}

void RollGestures::frameTo(juce::Point<float> place)
{
    framed = juce::Rectangle<float>(start, place);
    plugin::Selection inside = adds ? hand.startSelection() : plugin::Selection();
    const auto& notes = hand.take()->notes;
    for (std::size_t i = 0; i < notes.size(); ++i)
        if (view.areaOf(notes[i]).intersects(*framed) &&
            std::find(inside.begin(), inside.end(), i) == inside.end())
            inside.push_back(i);
    hand.select(std::move(inside));
}

void RollGestures::drag(const juce::MouseEvent& event)
{
    if (kind == Kind::none || hand.original() == nullptr)
        return;
    if (kind == Kind::frame) {
        frameTo(event.position);
        return;
    }
    if (!hand.isInGesture()) // other music came
        return;
    const plugin::Take& take = *hand.original();
    const plugin::TakeNote& held = take.notes.at(anchor);
    const auto way = event.position - start;
    const auto ticks = std::llround(view.ticksIn(way.x));
    // Alt leaves the grid for a moment; a small way keeps the time, so that a note can be moved to
    // another pitch alone.
    const bool snaps = !event.mods.isAltDown();
    if (kind == Kind::move) {
        std::int64_t by = 0;
        if (std::abs(way.x) >= 4.0f)
            by = snaps ? hand.grid().nearest(std::max<std::int64_t>(0, held.onset + ticks)) -
                             held.onset
                       : ticks;
        const int rows = juce::roundToInt(-way.y / std::max(1.0f, view.rowHeight()));
        hand.show(plugin::moved(take, hand.startSelection(), by, rows));
    } else if (kind == Kind::lengthen) {
        const std::int64_t end = held.onset + held.duration;
        const std::int64_t by = snaps ? hand.grid().nearest(end + ticks) - end : ticks;
        hand.show(plugin::lengthened(take, hand.startSelection(), by,
                                     std::min(hand.grid().step(), player::ticksPerQuarter / 8)));
    } else {
        hand.show(plugin::louder(take, hand.startSelection(), juce::roundToInt(-way.y)));
    }
}

void RollGestures::release()
{
    framed.reset();
    if (kind != Kind::none && kind != Kind::frame)
        hand.end();
    kind = Kind::none;
}

void RollGestures::doubleClick(const juce::MouseEvent& event)
{
    if (hand.take() == nullptr || tool == RollTool::draw)
        return;
    if (const auto note = noteAt(event.position)) {
        hand.select({*note});
        hand.erase();
    } else {
        write(event.position);
    }
}

} // namespace organum::editor
