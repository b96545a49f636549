#include "Score/Elements.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <stdexcept>

namespace organum::score
{
namespace
{

std::vector<const Part*> partsWithNotes(const Score& score)
{
    std::vector<const Part*> parts;
    for (const auto& part : score.parts)
        if (!part.notes.empty())
            parts.push_back(&part);
    return parts;
}

std::string listed(const std::vector<const Part*>& parts)
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
        text += (i == 0 ? "" : ", ") + std::to_string(i + 1) + " \"" + parts[i]->name + "\"";
    return text.empty() ? "none" : text;
}

[[noreturn]] void throwMissing(const PartSelection& wanted, const std::vector<const Part*>& parts)
{
    throw std::invalid_argument("Part '" + wanted.toString() + "' is not in this score" +
                                "; its parts with notes are: " + listed(parts) + ".");
}

/** At each moment the highest sounding note: lower notes are shortened or left out. */
std::vector<Note> highestVoice(const std::vector<Note>& notes)
{
    struct Edge
    {
        Quarters at;
        bool starts;
        std::size_t note;
    };
    std::vector<Edge> edges;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        edges.push_back({notes[i].onset, true, i});
        edges.push_back({notes[i].end(), false, i});
    }
    std::stable_sort(edges.begin(), edges.end(),
                     [](const Edge& a, const Edge& b) { return a.at < b.at; });
    // Of equal pitches the one that began last is heard, as on a restruck string.
    std::set<std::pair<int, std::size_t>> sounding;
    std::vector<Note> voice;
    std::size_t lastNote = notes.size();
    for (std::size_t i = 0; i < edges.size();) {
        const auto at = edges[i].at;
        for (; i < edges.size() && edges[i].at == at; ++i) {
            const std::pair<int, std::size_t> entry{notes[edges[i].note].pitch, edges[i].note};
            if (edges[i].starts)
                sounding.insert(entry);
            else
                sounding.erase(entry);
        }
        if (sounding.empty() || i == edges.size())
            continue;
        const auto highest = sounding.rbegin()->second;
        const auto until = edges[i].at;
        if (highest == lastNote && voice.back().end() == at) {
            voice.back().duration = until - voice.back().onset;
        } else {
            auto note = notes[highest];
            note.onset = at;
            note.duration = until - at;
            voice.push_back(note);
            lastNote = highest;
        }
    }
    return voice;
}

void append(std::vector<Note>& notes, const Part& part)
{
    notes.insert(notes.end(), part.notes.begin(), part.notes.end());
}

} // namespace

PartSelection PartSelection::fromString(const std::string& text)
{
    PartSelection selection;
    int number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text == "all") {
        selection.kind = Kind::all;
    } else if (text == "melody") {
        selection.kind = Kind::melody;
    } else if (parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size() && number > 0) {
        selection.kind = Kind::index;
        selection.index = number;
    } else {
        selection.kind = Kind::name;
        selection.name = text;
    }
    return selection;
}

std::string PartSelection::toString() const
{
    switch (kind) {
    case Kind::all:
        return "all";
    case Kind::melody:
        return "melody";
    case Kind::index:
        return std::to_string(index);
    case Kind::name:
        break;
    }
    return name;
}

std::vector<const Part*> selectedParts(const Score& score, const PartSelection& selection)
{
    const auto parts = partsWithNotes(score);
    std::vector<const Part*> chosen;
    switch (selection.kind) {
    case PartSelection::Kind::all:
    case PartSelection::Kind::melody:
        chosen = parts;
        break;
    case PartSelection::Kind::index:
        if (selection.index < 1 || static_cast<std::size_t>(selection.index) > parts.size())
            throwMissing(selection, parts);
        chosen = {parts[static_cast<std::size_t>(selection.index - 1)]};
        break;
    case PartSelection::Kind::name: {
        const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part* part) {
            return part->name == selection.name;
        });
        if (found == parts.end())
            throwMissing(selection, parts);
        chosen = {*found};
        break;
    }
    }
    chosen.erase(std::remove_if(chosen.begin(), chosen.end(),
                                [](const Part* part) { return part->isDrums(); }),
                 chosen.end());
    return chosen;
}

std::vector<Note> selectedNotes(const Score& score, const PartSelection& selection)
{
    auto parts = selectedParts(score, selection);
    if (selection.kind == PartSelection::Kind::melody) {
        if (parts.size() == 1)
            return highestVoice(parts.front()->notes);
        parts.resize(std::min<std::size_t>(parts.size(), 1));
    }
    std::vector<Note> notes;
    for (const auto* part : parts)
        append(notes, *part);
    std::sort(notes.begin(), notes.end());
    return notes;
}

} // namespace organum::score
