#include "Plugin/UndoStack.h"

#include <algorithm>
#include <set>

namespace organum::plugin
{

void UndoStack::remember(const std::string& label, const std::string& group)
{
    if (nested > 0)
        return;
    const auto time = Clock::now();
    Memento memento = now();
    memento.learned.reset();
    const std::lock_guard<std::mutex> lock(mutex);
    const bool goesOn = !group.empty() && group == lastGroup && !done.empty() && undone.empty() &&
                        time - lastTime < groupPause;
    lastGroup = group;
    lastTime = time;
    if (!goesOn)
        add(label, std::move(memento));
}

void UndoStack::rememberLearned(const std::string& label)
{
    Memento memento = now();
    const std::lock_guard<std::mutex> lock(mutex);
    lastGroup.clear();
    add(label, std::move(memento));
}

void UndoStack::add(const std::string& label, Memento memento)
{
    done.push_back({label, std::move(memento)});
    undone.clear();
    shorten();
}

void UndoStack::prolong(const std::string& group)
{
    const std::lock_guard<std::mutex> lock(mutex);
    if (group == lastGroup)
        lastTime = Clock::now();
}

void UndoStack::shorten()
{
    std::set<TakePointer> held;
    std::size_t notes = 0;
    std::size_t kept = 0;
    for (auto entry = done.rbegin(); entry != done.rend() && kept < mostSteps; ++entry, ++kept) {
        for (const TakePointer& take : entry->memento.takes.takes)
            if (held.insert(take).second)
                notes += take->notes.size();
        if (notes > mostNotes && kept > 0)
            break;
    }
    done.erase(done.begin(), done.end() - static_cast<std::ptrdiff_t>(kept));
}

std::optional<Memento> UndoStack::move(std::vector<Entry>& from, std::vector<Entry>& to,
                                       const std::function<bool(const Memento&)>& same)
{
    Memento before = now();
    const std::lock_guard<std::mutex> lock(mutex);
    lastGroup.clear();
    while (!from.empty()) {
        Entry entry = std::move(from.back());
        from.pop_back();
        if (same(entry.memento))
            continue;
        if (!entry.memento.learned)
            before.learned.reset();
        to.push_back({entry.label, std::move(before)});
        return std::move(entry.memento);
    }
    return {};
}

std::optional<Memento> UndoStack::back(const std::function<bool(const Memento&)>& same)
{
    return move(done, undone, same);
}

std::optional<Memento> UndoStack::forth(const std::function<bool(const Memento&)>& same)
{
    return move(undone, done, same);
}

std::string UndoStack::undoLabel() const
{
    const std::lock_guard<std::mutex> lock(mutex);
    return done.empty() ? std::string() : done.back().label;
}

std::string UndoStack::redoLabel() const
{
    const std::lock_guard<std::mutex> lock(mutex);
    return undone.empty() ? std::string() : undone.back().label;
}

void UndoStack::clear()
{
    const std::lock_guard<std::mutex> lock(mutex);
    done.clear();
    undone.clear();
    lastGroup.clear();
}

} // namespace organum::plugin
