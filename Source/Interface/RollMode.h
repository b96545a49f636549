#pragma once

// What the roll shows besides the notes: what is known of how they came about.

namespace organum::editor
{

enum class RollMode
{
    notes,
    chances,    ///< what else the network considered, as a heat map
    attention,  ///< what it listened to when it chose a note
    surprise,   ///< how unlikely each choice was
    uncertainty ///< how open each choice was
};

} // namespace organum::editor
