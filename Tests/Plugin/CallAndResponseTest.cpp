#include "Player/ScriptedHost.h"

#include "Plugin/CallListener.h"

using namespace organum::player;
using organum::plugin::Call;
using organum::plugin::CallListener;
using organum::test::Heard;
using organum::test::ScriptedHost;

namespace
{

constexpr std::int64_t bar = 4 * ticksPerQuarter;
constexpr std::int64_t quarter = 24000;
constexpr std::int64_t barSamples = 4 * quarter;

/** Plays call and response with a worker that answers each call by its own notes, an octave up. */
struct DialogueHost : ScriptedHost
{
    explicit DialogueHost(int bars = 1)
    {
        context.mode.mode = Mode::callAndResponse;
        context.mode.callBars = bars;
    }
    void runInDialogue(std::int64_t samples, int blockSize = 500)
    {
        for (std::int64_t done = 0; done < samples; done += blockSize) {
            block(static_cast<int>(std::min<std::int64_t>(blockSize, samples - done)));
            if (answers)
                answerNow();
        }
    }
    void answerNow()
    {
        if (const auto call = listener.collect(player.calls())) {
            calls.push_back(*call);
            std::vector<TimelineNote> notes;
            for (const auto& note : call->notes)
                notes.push_back({note.onset, note.onset + note.duration,
                                 static_cast<std::uint8_t>(note.pitch + 12), 90});
            player.publishStream(std::make_unique<const Timeline>(
                notes, call->bars * call->barLength, call->barLength, 1,
                Provenance{call->number, 1, call->answerStart}));
        }
    }
    bool answers = true;
    CallListener listener;
    std::vector<Call> calls;
};

} // namespace

TEST_CASE("what is played in a bar is answered in the next, again and again")
{
    DialogueHost host;
    host.press(60, quarter);
    host.release(60, 2 * quarter);
    host.press(64, 2 * barSamples);
    host.release(64, 2 * barSamples + quarter / 2);
    host.runInDialogue(5 * barSamples);
    CHECK(host.pitches() == std::vector<int>{72, 76});
    CHECK(std::abs(host.onsets()[0].sample - (barSamples + quarter)) <= 3);
    CHECK(std::abs(host.onsets()[1].sample - 3 * barSamples) <= 3);
    CHECK(host.checkBalance() == 0);
    CHECK(host.player.lateBars() == 0);
}

TEST_CASE("a call of silence is answered by silence, and that is not late")
{
    DialogueHost host(2);
    host.runInDialogue(8 * barSamples);
    CHECK(host.heard.empty());
    CHECK(host.calls.empty());
    CHECK(host.player.lateBars() == 0);
}

TEST_CASE("a note held over the end of the call ends with it")
{
    DialogueHost host;
    host.press(60, 2 * quarter);
    host.release(60, barSamples + 2 * quarter);
    host.runInDialogue(2 * barSamples + 500);
    REQUIRE(host.calls.size() == 1);
    REQUIRE(host.calls[0].notes.size() == 1);
    CHECK(host.calls[0].notes[0].onset + host.calls[0].notes[0].duration == bar);
    CHECK(host.checkBalance() == 0);
}

TEST_CASE("a first note struck a little before the bar line belongs to the call")
{
    DialogueHost host;
    host.press(60, 2 * barSamples - 2000);
    host.release(60, 2 * barSamples + quarter);
    host.runInDialogue(4 * barSamples);
    REQUIRE(host.calls.size() == 1);
    CHECK(host.calls[0].notes[0].onset == 0);
    CHECK(host.onsets().front().sample == 3 * barSamples);
}

TEST_CASE("what is played during the answer is not part of the next call")
{
    DialogueHost host;
    host.press(60, 0);
    host.release(60, 100);
    host.press(48, barSamples + quarter);
    host.release(48, barSamples + 2 * quarter);
    host.runInDialogue(4 * barSamples);
    CHECK(host.calls.size() == 1);
    CHECK(host.pitches() == std::vector<int>{72});
}

TEST_CASE("an answer that is late is counted and joins in at a bar line")
{
    DialogueHost host(2);
    host.answers = false;
    host.press(60, 0);
    host.press(62, 5 * quarter);
    host.runInDialogue(2 * barSamples + quarter);
    CHECK(host.player.lateBars() == 1);
    host.answerNow();
    host.runInDialogue(2 * barSamples);
    CHECK(host.pitches() == std::vector<int>{74});
    CHECK(std::abs(host.onsets().front().sample - (3 * barSamples + quarter)) <= 3);
    CHECK(host.player.lateBars() == 1);
}

TEST_CASE("a jump or a stop during a call drops it")
{
    for (const bool jumps : {true, false}) {
        DialogueHost host(2);
        host.press(60, 0);
        host.runInDialogue(barSamples);
        CHECK(host.player.isListening());
        if (jumps) {
            host.quarter = 40.0; // a bar line of another cycle's answer
            host.sampleTime = 10 * barSamples;
        } else {
            host.playing = false;
            host.block(500);
            CHECK_FALSE(host.player.isListening());
            host.playing = true;
            host.quarter = 8.0;
            host.sampleTime = 2 * barSamples;
        }
        host.runInDialogue(2 * barSamples);
        CHECK(host.calls.empty());
        CHECK(host.heard.empty());
    }
}

TEST_CASE("the answer of an earlier round is not taken for the present one's")
{
    DialogueHost host;
    host.loop = std::make_pair(0.0, 8.0);
    host.press(60, 0);
    host.release(60, quarter);
    host.runInDialogue(2 * barSamples);
    CHECK(host.pitches() == std::vector<int>{72});
    host.answers = false; // the worker hangs: the same place in the host's time comes again
    host.press(62, 2 * barSamples);
    host.runInDialogue(2 * barSamples);
    CHECK(host.pitches() == std::vector<int>{72});
    CHECK(host.player.lateBars() == 1);
}

TEST_CASE("a change of metre or of the number of bars begins a new dialogue")
{
    DialogueHost host;
    host.press(60, 0);
    host.release(60, 1000);
    host.press(64, 6 * quarter + 100);
    host.runInDialogue(barSamples + quarter);
    host.metre = {3, 4};
    host.runInDialogue(6 * quarter);
    REQUIRE(host.calls.size() == 2);
    CHECK(host.calls[1].barLength == 3 * ticksPerQuarter);
    host.checkBalance();
}

TEST_CASE("a dialogue is the same however the host cuts time into blocks, where no answer is late")
{
    std::vector<Heard> reference;
    for (const int size : {256, 17, 1024}) {
        DialogueHost host;
        for (int i = 0; i < 40; ++i) {
            host.press(50 + i % 7, 1234 + i * 20011);
            host.release(50 + i % 7, 1234 + i * 20011 + 15001);
        }
        host.runInDialogue(8 * barSamples, size);
        CHECK(host.player.lateBars() == 0);
        host.checkBalance();
        if (reference.empty())
            reference = host.heard;
        INFO("block " << size);
        REQUIRE(reference.size() > 20);
        REQUIRE(host.heard == reference);
    }
}

TEST_CASE("a flood of keys in a call neither blocks nor loses its end")
{
    DialogueHost host;
    host.answers = false;
    for (int i = 0; i < 5000; ++i)
        host.press(30 + i % 60, i * 19);
    host.runInDialogue(barSamples + 1000);
    host.answerNow();
    REQUIRE(host.calls.size() == 1);
    CHECK(host.calls[0].notes.size() <= CallListener::mostNotes);
}
