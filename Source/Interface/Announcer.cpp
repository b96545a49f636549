#include "Interface/Announcer.h"

#include <utility>

namespace organum::editor
{

Announcer::Announcer()
    : speak([](const juce::String& text, bool isUrgent) {
        using Priority = juce::AccessibilityHandler::AnnouncementPriority;
        juce::AccessibilityHandler::postAnnouncement(text,
                                                     isUrgent ? Priority::high : Priority::medium);
    })
{
}

void Announcer::show(Kind kind, const juce::String& text, std::uint64_t take)
{
    const Kind kindBefore = std::exchange(lastKind, kind);
    const juce::String textBefore = std::exchange(lastText, text);
    const std::uint64_t takeBefore = std::exchange(lastTake, take);
    const bool isFirst = !std::exchange(everShown, true);
    bool isNews = kind != kindBefore || text != textBefore;
    if (kind == Kind::take)
        // A take that plays as the window opens is no news; another one is, or the end of work.
        isNews = !isFirst && (take != takeBefore || kindBefore == Kind::busy);
    else if (kind == Kind::busy)
        isNews = kindBefore != Kind::busy; // its parts are of no use to who waits
    if (isNews && text.isNotEmpty())
        speak(text, kind == Kind::failed);
}

} // namespace organum::editor
