#include "Score/MidiFile.h"
#include "Support/Paths.h"

#include <catch2/catch.hpp>

#include <initializer_list>

using namespace organum::score;

namespace
{

using Bytes = std::vector<std::uint8_t>;

void append(Bytes& bytes, const Bytes& more)
{
    for (const auto byte : more)
        bytes.push_back(byte);
}

Bytes header(int type, int tracks, int division)
{
    return {'M',
            'T',
            'h',
            'd',
            0,
            0,
            0,
            6,
            0,
            static_cast<std::uint8_t>(type),
            0,
            static_cast<std::uint8_t>(tracks),
            static_cast<std::uint8_t>(division >> 8),
            static_cast<std::uint8_t>(division)};
}

/** A track chunk; the end-of-track event is added. */
Bytes track(Bytes events)
{
    append(events, {0, 0xFF, 0x2F, 0});
    Bytes bytes{'M',
                'T',
                'r',
                'k',
                0,
                0,
                static_cast<std::uint8_t>(events.size() >> 8),
                static_cast<std::uint8_t>(events.size())};
    append(bytes, events);
    return bytes;
}

Bytes file(int type, int division, std::initializer_list<Bytes> tracks)
{
    auto bytes = header(type, static_cast<int>(tracks.size()), division);
    for (const auto& events : tracks)
        append(bytes, track(events));
    return bytes;
}

MidiReadResult read(const Bytes& bytes)
{
    return readMidi(bytes.data(), bytes.size(), "test.mid");
}

std::vector<Note> notesOf(const Bytes& bytes)
{
    const auto result = read(bytes);
    REQUIRE(result.score.parts.size() == 1);
    return result.score.parts[0].notes;
}

} // namespace

TEST_CASE("Running status and note-on with velocity 0 are understood")
{
    const auto notes = notesOf(file(0, 96, {{0, 0x90, 60, 100, 96, 60, 0, 0, 62, 80, 48, 62, 0}}));
    CHECK(notes == std::vector<Note>{{60, 100, Quarters(0), Quarters(1)},
                                     {62, 80, Quarters(1), Quarters(1, 2)}});
}

TEST_CASE("Overlapping equal pitches end in the order in which they began")
{
    const auto notes =
        notesOf(file(0, 4, {{0, 0x90, 60, 100, 4, 0x90, 60, 50, 4, 0x80, 60, 0, 4, 0x80, 60, 0}}));
    CHECK(notes == std::vector<Note>{{60, 100, Quarters(0), Quarters(2)},
                                     {60, 50, Quarters(1), Quarters(2)}});
}

TEST_CASE("Tempo and metre and key changes are read from any track")
{
    const auto score =
        read(file(1, 480,
                  {{0, 0xFF, 0x58, 4,    6, 3,    24,   8, 0,    0xFF, 0x51,
                    3, 7,    0xA1, 0x20, 0, 0xFF, 0x59, 2, 0xFD, 1},
                   {0x83, 0x60, 0xFF, 0x51, 3, 3, 0xD0, 0x90, 0, 0x91, 60, 1, 1, 0x81, 60, 0}}))
            .score;
    CHECK(score.metres == std::vector<MetreChange>{{Quarters(0), 6, 8}});
    CHECK(score.keys == std::vector<KeyChange>{{Quarters(0), -3, true}});
    CHECK(score.tempos == std::vector<TempoChange>{{Quarters(0), 500000}, {Quarters(1), 250000}});
}

TEST_CASE("Ticks per quarter note may be odd and times stay exact")
{
    for (const int division : {1, 7, 96, 120, 1001, 32767}) {
        const auto notes = notesOf(file(0, division, {{1, 0x90, 60, 100, 2, 0x80, 60, 0}}));
        CHECK(notes[0].onset == Quarters(1, division));
        CHECK(notes[0].duration == Quarters(2, division));
    }
}

TEST_CASE("Every channel of a track with notes becomes a part with its own program")
{
    const auto score = read(file(0, 4, {{0,    0xFF, 0x03, 3,    'D', 'u', 'o', 0,    0xC0, 42, 0,
                                         0xC1, 73,   0,    0x91, 72,  90,  0,   0x90, 48,   90, 4,
                                         0xC0, 11,   0,    0x80, 48,  0,   0,   0x81, 72,   0}}))
                           .score;
    CHECK(score.title == "Duo");
    REQUIRE(score.parts.size() == 2);
    CHECK(score.parts[0].channel == 0);
    CHECK(score.parts[0].program == 42);
    CHECK(score.parts[1].program == 73);
}

TEST_CASE("A first track without notes names the piece and the others name their parts")
{
    const auto score = read(file(1, 4,
                                 {{0, 0xFF, 0x03, 1, 'P'},
                                  {0, 0xFF, 0x03, 2, 0xC3, 0xA9, 0, 0x90, 60, 1, 1, 60, 0},
                                  {0, 0xFF, 0x03, 2, 'e', 0xE9, 0, 0x90, 60, 1, 1, 60, 0}}))
                           .score;
    CHECK(score.title == "P");
    CHECK(score.parts.at(0).name == "\xC3\xA9");
    CHECK(score.parts.at(1).name == "e\xC3\xA9");
}

TEST_CASE("A file wrapped in RIFF is read like a plain one")
{
    const auto plain = file(0, 96, {{0, 0x90, 60, 100, 96, 60, 0}});
    Bytes riff{'R', 'I', 'F', 'F', 0,   0,   0,   0,   'R',
               'M', 'I', 'D', 'x', 'x', 'x', 'x', 1,   0,
               0,   0,   9,   0,   'd', 'a', 't', 'a', static_cast<std::uint8_t>(plain.size()),
               0,   0,   0};
    append(riff, plain);
    CHECK(read(riff).score == read(plain).score);
    CHECK(read(riff).warnings.empty());
}

TEST_CASE("A note without length lasts one tick")
{
    CHECK(notesOf(file(0, 24, {{0, 0x90, 60, 100, 0, 60, 0}}))[0].duration == Quarters(1, 24));
}

TEST_CASE("A note still sounding at the end of its track ends there with a warning")
{
    const auto result = read(file(0, 2, {{0, 0x90, 60, 100, 6, 0xB0, 7, 100}}));
    CHECK(result.score.parts.at(0).notes.at(0).duration == Quarters(3));
    REQUIRE(result.warnings.size() == 1);
    CHECK_THAT(result.warnings[0], Catch::Contains("had no end"));
}

TEST_CASE("System messages and unknown chunks are passed over")
{
    auto bytes = header(1, 1, 4);
    append(bytes, {'X', 'F', 'I', 'H', 0, 0, 0, 2, 1, 2});
    append(bytes, track({0, 0xF0, 3, 0x7E, 0x09, 0xF7, 0, 0xFE, 0, 0x90, 60, 100, 4, 60, 0}));
    const auto result = read(bytes);
    CHECK(result.score.noteCount() == 1);
    CHECK(result.warnings.empty());
}

TEST_CASE("A controller value above 127 costs no note")
{
    const auto result = read(file(0, 4, {{0, 0xB0, 7, 0x8F, 0, 0x90, 60, 100, 4, 60, 0}}));
    CHECK(result.score.noteCount() == 1);
    CHECK(result.warnings.size() == 1);
}

TEST_CASE("A damaged track keeps its beginning and harms no other track")
{
    auto bytes = header(1, 2, 4);
    append(bytes, track({0, 0x90, 60, 100, 4, 60, 0, 0, 0x90, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}));
    append(bytes, track({0, 0x91, 72, 100, 4, 72, 0}));
    const auto result = read(bytes);
    CHECK(result.score.parts.size() == 2);
    REQUIRE_FALSE(result.warnings.empty());
    CHECK_THAT(result.warnings[0], Catch::Contains("track 1"));
}

TEST_CASE("After a damaged chunk reading goes on at the next track")
{
    auto bytes = header(1, 2, 4);
    append(bytes, {1, 2, 3, 4, 0xFF, 0xFF, 0xFF, 0xFF, 9, 9, 9});
    append(bytes, track({0, 0x91, 72, 100, 4, 72, 0}));
    CHECK(read(bytes).score.noteCount() == 1);

    SECTION("also when a track claims to be longer than the file")
    {
        auto longer = header(1, 2, 4);
        append(longer, track({0, 0x90, 60, 100, 4, 60, 0}));
        longer[header(1, 2, 4).size() + 4] = 0x7F;
        append(longer, track({0, 0x91, 72, 100, 4, 72, 0}));
        const auto result = read(longer);
        CHECK(result.score.noteCount() == 2);
        CHECK_FALSE(result.warnings.empty());
    }
}

TEST_CASE("A file cut anywhere gives what came before the cut or a clear error")
{
    const auto whole = file(
        1, 96,
        {{0, 0xFF, 0x51, 3, 7, 0xA1, 0x20}, {0, 0x90, 60, 100, 96, 60, 0, 0, 62, 80, 48, 62, 0}});
    std::size_t notesBefore = 0;
    for (std::size_t length = 0; length < whole.size(); ++length) {
        try {
            const auto result = readMidi(whole.data(), length, "cut.mid");
            CHECK_FALSE(result.warnings.empty());
            CHECK(result.score.noteCount() >= notesBefore);
            notesBefore = result.score.noteCount();
        } catch (const MidiFileError& error) {
            CHECK_THAT(error.what(), Catch::Contains("cut.mid"));
            CHECK(notesBefore == 0);
        }
    }
    CHECK(notesBefore == 2);
}

TEST_CASE("Files that cannot be read are refused with the reason")
{
    const auto refusal = [](const Bytes& bytes) {
        try {
            read(bytes);
        } catch (const MidiFileError& error) {
            return std::string(error.what());
        }
        return std::string("read without complaint");
    };
    CHECK_THAT(refusal({}), Catch::Contains("it is empty"));
    CHECK_THAT(refusal({'n', 'o', ' ', 'm', 'i', 'd', 'i', ' ', 'h', 'e', 'r', 'e', '.', '.', '.'}),
               Catch::Contains("MThd"));
    CHECK_THAT(refusal(file(2, 96, {{}})), Catch::Contains("type 2"));
    CHECK_THAT(refusal(file(1, 0xE728, {{}})), Catch::Contains("SMPTE"));
    CHECK_THAT(refusal(file(1, 0, {{}})), Catch::Contains("ticks per quarter note"));
    CHECK_THAT(refusal(file(7, 96, {{}})), Catch::Contains("type 7"));
    CHECK_THAT(refusal(header(1, 3, 96)), Catch::Contains("no track"));
    CHECK_THROWS_WITH(readMidiFile("no/such/file.mid"), Catch::Contains("no/such/file.mid"));
    CHECK_THROWS_WITH(readMidiFile(organum::test::fixture("")), Catch::Contains("folder"));
}

TEST_CASE("A note beyond the longest time that is read is left out with a warning")
{
    // PPQ 1 and a pause of 2^28 - 1 quarters: bar by bar, such a score would fill the memory.
    const auto result = read(file(
        0, 1, {{0, 0x90, 60, 100, 1, 60, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0x90, 62, 100, 1, 62, 0}}));
    CHECK(result.score.noteCount() == 1);
    CHECK_FALSE(result.warnings.empty());
}

TEST_CASE("Changes that mean nothing are left out with a warning")
{
    const auto result = read(file(
        0, 4, {{0, 0xFF, 0x51, 3, 0, 0, 0, 0,    0xFF, 0x58, 2, 0, 2,    0,  0xFF, 0x58, 2,  4, 9,
                0, 0xFF, 0x59, 2, 9, 0, 0, 0xFF, 0x59, 1,    1, 0, 0x90, 60, 1,    1,    60, 0}}));
    CHECK(result.warnings.size() == 5);
    CHECK(result.score.tempos.empty());
    CHECK(result.score.metres.empty());
    CHECK(result.score.keys.empty());
    CHECK(result.score.noteCount() == 1);
}
