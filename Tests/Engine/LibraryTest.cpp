// Drives the built library through its C functions alone, in a program without LibTorch.

#include "EngineLibrary.h"
#include "TinyModel.h"
#include "TinyVoices.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <cmath>
#include <thread>

using namespace organum;
using test::EngineLibrary;
using test::TinyModel;

namespace
{

const EngineLibrary& library()
{
    return EngineLibrary::instance();
}

/** A client with one tiny model. */
struct Session
{
    explicit Session(const TinyModel& tiny = {})
        : Session(tiny.make())
    {
    }
    explicit Session(const bundle::Bundle& bundle)
    {
        bundle::writeBundle(file, bundle);
        REQUIRE(library().create(ORGANUM_ENGINE_ABI, &client, nullptr) == ORGANUM_OK);
        REQUIRE(library().load(client, file.string().c_str(), &model, &error) == ORGANUM_OK);
    }
    ~Session()
    {
        library().unload(model);
        library().destroy(client);
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    organum_job* start(const organum_request& request)
    {
        organum_job* job = nullptr;
        const auto status = library().generate(client, model, &request, &job, &error);
        if (status != ORGANUM_OK)
            throw std::runtime_error(error.message);
        return job;
    }
    /** Notes of one finished take, its explanation checked for size. */
    std::vector<std::array<std::int64_t, 4>> notes(const organum_job* job, int variation = 0)
    {
        organum_take take{};
        take.struct_size = sizeof take;
        if (library().takeOf(job, variation, &take) != ORGANUM_OK)
            throw std::runtime_error("there is no such take");
        std::vector<std::array<std::int64_t, 4>> found;
        for (std::size_t i = 0; i < take.note_count; ++i)
            found.push_back({take.notes[i].pitch, take.notes[i].velocity, take.notes[i].onset,
                             take.notes[i].duration});
        return found;
    }
    std::vector<std::array<std::int64_t, 4>> play(const organum_request& request)
    {
        auto* job = start(request);
        organum_error wrong{};
        const auto status = library().wait(job, 30000, &wrong);
        if (status != ORGANUM_OK)
            throw std::runtime_error(std::to_string(status) + ": " + wrong.message);
        auto found = notes(job);
        library().release(job);
        return found;
    }

    test::TemporaryFolder folder;
    std::filesystem::path file = folder / "tiny.organum";
    organum_client* client = nullptr;
    organum_model* model = nullptr;
    organum_error error{};
};

} // namespace

TEST_CASE("The library names its version and refuses callers built for another")
{
    CHECK(library().abi() == ORGANUM_ENGINE_ABI);
    organum_client* client = nullptr;
    organum_error error{};
    CHECK(library().create(ORGANUM_ENGINE_ABI + 1, &client, &error) == ORGANUM_BAD_VERSION);
    CHECK(client == nullptr);
    CHECK_THAT(error.message, Catch::Contains("Install plugin and engine"));
    library().destroy(nullptr);
    library().unload(nullptr);
    library().release(nullptr);
    library().cancel(nullptr);
}

TEST_CASE("A plugin gets notes that fill the bars, sorted, inside MIDI's limits")
{
    Session session;
    auto request = library().request();
    request.bars = 4;
    request.metre_numerator = 3;
    request.explain = ORGANUM_EXPLAIN_PROBABILITIES | ORGANUM_EXPLAIN_ATTENTION;
    auto* job = session.start(request);
    REQUIRE(library().wait(job, 30000, nullptr) == ORGANUM_OK);
    CHECK(library().poll(job, nullptr) == ORGANUM_OK);

    organum_take take{};
    take.struct_size = sizeof take;
    REQUIRE(library().takeOf(job, 0, &take) == ORGANUM_OK);
    CHECK(take.length == 12 * ORGANUM_TICKS_PER_QUARTER);
    CHECK(take.seed == 0);
    CHECK(take.primer_elements == 0);
    CHECK(std::string(take.notice).empty());
    REQUIRE(take.note_count > 0);
    REQUIRE(take.element_count > 0);
    REQUIRE(take.pitch_probabilities != nullptr);
    REQUIRE(take.duration_probabilities != nullptr);
    REQUIRE(take.attention != nullptr);
    CHECK(take.duration_count == 5);
    REQUIRE(take.chord_probabilities != nullptr);
    for (std::size_t c = 0; c < take.chord_count; ++c)
        CHECK(take.chord_starts[c + 1] - take.chord_starts[c] <= 3);
    CHECK(take.durations[0] == ORGANUM_TICKS_PER_QUARTER / 4);
    std::int64_t time = 0;
    std::int32_t note = 0;
    for (std::size_t i = 0; i < take.element_count; ++i) {
        const auto& element = take.elements[i];
        CHECK(element.onset == time);
        CHECK(element.first_note == note);
        CHECK(element.pitch_log_probability <= 0.0f);
        CHECK(std::isfinite(element.duration_log_probability));
        time += element.duration;
        note += element.note_count;
        double weights = 0.0;
        for (std::size_t k = 0; k < take.element_count; ++k)
            weights += take.attention[i * take.element_count + k];
        CHECK(weights == Approx(i == 0 ? 0.0 : 1.0));
    }
    CHECK(time == take.length);
    CHECK(note == static_cast<std::int32_t>(take.note_count));
    CHECK(library().takeOf(job, 1, &take) == ORGANUM_BAD_ARGUMENT);
    take.struct_size = 8;
    CHECK(library().takeOf(job, 0, &take) == ORGANUM_BAD_ARGUMENT);
    library().release(job);
}

TEST_CASE("A model describes itself in JSON, cut safely when there is too little room")
{
    Session session;
    std::size_t needed = 0;
    CHECK(library().describe(session.model, nullptr, 0, &needed) == ORGANUM_OK);
    std::string text(needed, '?');
    CHECK(library().describe(session.model, text.data(), text.size(), &needed) == ORGANUM_OK);
    CHECK(text.back() == '\0');
    const auto json = nlohmann::json::parse(text.c_str());
    CHECK(json["name"] == "Tiny");
    CHECK(json["kind"] == "attention-lstm");
    CHECK(json["format_version"] == 1);
    CHECK(json["parameters"] > 1000);
    CHECK(json["vocabulary"]["durations"] == 7);
    CHECK(json["pitch_range"][0] == 48);
    CHECK(json["provenance"]["data"]["name"] == "drawn from a seed");
    char small[8];
    CHECK(library().describe(session.model, small, sizeof small, &needed) == ORGANUM_BAD_ARGUMENT);
    CHECK(std::strlen(small) == 7);
}

TEST_CASE("A take of a set equals the request of its own seed")
{
    Session session;
    auto request = library().request();
    request.bars = 4;
    request.seed = 40;
    request.variations = 5;
    auto* job = session.start(request);
    REQUIRE(library().wait(job, 30000, nullptr) == ORGANUM_OK);
    request.variations = 1;
    for (int i = 0; i < 5; ++i) {
        request.seed = 40 + static_cast<std::uint64_t>(i);
        CHECK(session.play(request) == session.notes(job, i));
    }
    library().release(job);
}

TEST_CASE("Eight threads, each with a client of its own, get the notes one would get alone")
{
    Session session;
    auto request = library().request();
    request.bars = 8;
    std::vector<std::vector<std::array<std::int64_t, 4>>> expected;
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        request.seed = seed;
        expected.push_back(session.play(request));
    }
    std::vector<std::string> failures(8);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            try {
                for (int round = 0; round < 3; ++round) {
                    organum_client* client = nullptr;
                    organum_model* model = nullptr;
                    organum_job* job = nullptr;
                    auto mine = request;
                    mine.seed = t;
                    mine.urgency = static_cast<std::int32_t>(t);
                    const auto require = [](organum_status status) {
                        if (status != ORGANUM_OK)
                            throw std::runtime_error("status " + std::to_string(status));
                    };
                    require(library().create(ORGANUM_ENGINE_ABI, &client, nullptr));
                    require(library().load(client, session.file.string().c_str(), &model, nullptr));
                    require(library().generate(client, model, &mine, &job, nullptr));
                    require(library().wait(job, 30000, nullptr));
                    if (session.notes(job) != expected[t])
                        throw std::runtime_error("other notes");
                    library().release(job);
                    library().unload(model);
                    library().destroy(client);
                }
            } catch (const std::exception& error) {
                failures[t] = error.what();
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    for (const auto& failure : failures)
        CHECK(failure.empty());
}

TEST_CASE("Reading a model can be waited for in slices, and the worker's steps be counted")
{
    Session session;
    const auto bundle = session.file.string();
    organum_model* model = nullptr;
    const auto before = library().heartbeat(session.client);
    const auto answerOf = [&](const std::string& path) {
        auto status = ORGANUM_PENDING;
        for (int slice = 0; slice < 30000 && status == ORGANUM_PENDING; ++slice)
            status = library().loadWithin(session.client, path.c_str(), slice % 3, &model,
                                          &session.error);
        return status;
    };
    REQUIRE(answerOf(bundle) == ORGANUM_OK);
    REQUIRE(model != nullptr);
    // The step that brings an answer is counted just after it.
    for (int wait = 0; wait < 5000 && library().heartbeat(session.client) == before; ++wait)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    CHECK(library().heartbeat(session.client) > before);
    auto* first = model;
    REQUIRE(answerOf(bundle) == ORGANUM_OK); // the same weights under another handle
    CHECK(model != first);
    library().unload(model);
    library().unload(first);

    CHECK(answerOf(bundle + ".not-there") == ORGANUM_BAD_FILE);
    CHECK(model == nullptr);
    CHECK_THAT(session.error.message, Catch::Contains("not-there"));
    // One that is given up for another must not come back as the other's answer.
    library().loadWithin(session.client, (bundle + ".not-there").c_str(), 0, &model, nullptr);
    REQUIRE(answerOf(bundle) == ORGANUM_OK);
    library().unload(model);
    // A client may go while one of its models is read.
    organum_client* brief = nullptr;
    REQUIRE(library().create(ORGANUM_ENGINE_ABI, &brief, nullptr) == ORGANUM_OK);
    CHECK(library().heartbeat(brief) == 0);
    library().loadWithin(brief, bundle.c_str(), 0, &model, nullptr);
    library().unload(model);
    library().destroy(brief);
    CHECK(library().heartbeat(nullptr) == 0);
}

TEST_CASE("A cancelled job says so soon, whether it runs or waits")
{
    Session session;
    auto request = library().request();
    request.bars = 256;
    request.variations = 16;
    request.metre_numerator = 32;
    request.sampler = ORGANUM_SAMPLER_WINDOW;
    auto* running = session.start(request);
    auto* waiting = session.start(request);
    CHECK(library().poll(waiting, nullptr) == ORGANUM_PENDING);
    CHECK(library().wait(running, 50, nullptr) == ORGANUM_PENDING);
    organum_take take{};
    take.struct_size = sizeof take;
    CHECK(library().takeOf(running, 0, &take) == ORGANUM_PENDING);

    library().cancel(waiting);
    CHECK(library().wait(waiting, 5000, nullptr) == ORGANUM_CANCELLED);
    CHECK(library().poll(running, nullptr) == ORGANUM_PENDING);
    const auto before = std::chrono::steady_clock::now();
    library().cancel(running);
    CHECK(library().wait(running, 5000, nullptr) == ORGANUM_CANCELLED);
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(2));
    library().release(waiting);
    // The other is left to the client, as a plugin that is removed in the middle does.
    auto* left = session.start(request);
    CHECK(library().poll(left, nullptr) == ORGANUM_PENDING);
}

TEST_CASE("An urgent request is served while a long one is under way, and a model can go first")
{
    Session session;
    auto request = library().request();
    request.bars = 256;
    request.variations = 16;
    request.metre_numerator = 32;
    request.sampler = ORGANUM_SAMPLER_WINDOW;
    auto* slow = session.start(request);
    auto quick = library().request();
    quick.bars = 1;
    quick.urgency = 10;
    CHECK_FALSE(session.play(quick).empty());
    CHECK(library().poll(slow, nullptr) == ORGANUM_PENDING);
    library().unload(session.model);
    session.model = nullptr;
    CHECK(library().wait(slow, 20, nullptr) == ORGANUM_PENDING);
    library().release(slow);
}

TEST_CASE("A branch that the model cannot take ends the job with the reason")
{
    Session session;
    auto request = library().request();
    static const organum_branch tooHigh{0, 120};
    request.branches = &tooHigh;
    request.branch_count = 1;
    auto* job = session.start(request);
    organum_error error{};
    CHECK(library().wait(job, 20000, &error) < 0);
    CHECK_THAT(error.message, Catch::Contains("Choose another note"));
    library().release(job);
}

TEST_CASE("Bad requests are refused at once, with the reason")
{
    Session session;
    struct Row
    {
        const char* expected;
        void (*change)(organum_request&);
        organum_status status = ORGANUM_BAD_ARGUMENT;
    };
    static const organum_note outside{128, 90, 0, 100, 0};
    static const organum_note absurd{60, 90, 0, INT64_MAX, 0};
    const Row rows[] = {
        {"bars is 0", [](organum_request& r) { r.bars = 0; }},
        {"bars is 10000", [](organum_request& r) { r.bars = 10000; }},
        {"denominator", [](organum_request& r) { r.metre_denominator = 0; }},
        {"temperature", [](organum_request& r) { r.pitch_temperature = NAN; }},
        {"top-p", [](organum_request& r) { r.top_p = 0.0; }},
        {"variations", [](organum_request& r) { r.variations = 0; }},
        {"sampler", [](organum_request& r) { r.sampler = 7; }},
        {"explanation", [](organum_request& r) { r.explain = 8; }},
        {"Widen the range", [](organum_request& r) { r.lowest_pitch = 120; }},
        {"no pointer", [](organum_request& r) { r.primer_count = 3; }},
        {"no pointer", [](organum_request& r) { r.branch_count = 1; }},
        {"pitch 128",
         [](organum_request& r) {
             r.primer = &outside;
             r.primer_count = 1;
             r.primer_length = 10080;
         }},
        {"far outside",
         [](organum_request& r) {
             r.primer = &absurd;
             r.primer_count = 1;
             r.primer_length = 10080;
         }},
        {"no pointer", [](organum_request& r) { r.chord_count = 3; }},
        {"strength of the chords", [](organum_request& r) { r.chord_strength = -1.0; }},
        {"another version", [](organum_request& r) { r.struct_size = 4; }, ORGANUM_BAD_VERSION},
    };
    for (const auto& row : rows) {
        INFO(row.expected);
        auto request = library().request();
        row.change(request);
        organum_job* job = nullptr;
        organum_error error{};
        CHECK(library().generate(session.client, session.model, &request, &job, &error) ==
              row.status);
        CHECK(job == nullptr);
        CHECK_THAT(error.message, Catch::Contains(row.expected));
    }
    CHECK(library().generate(session.client, nullptr, nullptr, nullptr, nullptr) ==
          ORGANUM_BAD_ARGUMENT);
}

TEST_CASE("Bad bundles are refused with their reason, and the client goes on")
{
    Session session;
    const auto file = session.folder / "bad.organum";
    const auto load = [&](organum_error& error) {
        organum_model* model = nullptr;
        const auto status = library().load(session.client, file.string().c_str(), &model, &error);
        CHECK(model == nullptr);
        return status;
    };
    organum_error error{};
    CHECK(load(error) == ORGANUM_BAD_FILE);
    CHECK_THAT(error.message, Catch::Contains("no such file"));

    auto bytes = test::fileBytes(session.file);
    test::writeBytes(file, bytes.substr(0, bytes.size() / 2));
    CHECK(load(error) == ORGANUM_BAD_FILE);
    CHECK_THAT(error.message, Catch::Contains("cut short") && Catch::Contains("bad.organum"));

    auto newer = bytes;
    const auto place = newer.find("\"format_version\":\"1\"");
    REQUIRE(place != std::string::npos);
    newer[place + 18] = '7';
    test::writeBytes(file, newer);
    CHECK(load(error) == ORGANUM_BAD_VERSION);
    CHECK_THAT(error.message, Catch::Contains("newer"));

    auto nan = bytes;
    nan.replace(nan.size() - 4, 4, std::string("\x00\x00\xc0\x7f", 4));
    test::writeBytes(file, nan);
    CHECK(load(error) == ORGANUM_BAD_FILE);
    CHECK_THAT(error.message, Catch::Contains("not a number"));

    // A message longer than its field ends in a whole character and a zero.
    const auto longName = session.folder.path.string() + "/" + [] {
        std::string name;
        for (int i = 0; i < 120; ++i)
            name += "\xc3\xa9\xe2\x82\xac";
        return name;
    }();
    organum_model* model = nullptr;
    CHECK(library().load(session.client, longName.c_str(), &model, &error) == ORGANUM_BAD_FILE);
    const auto length = std::strlen(error.message);
    CHECK(length >= 508);
    CHECK(length <= 511);
    CHECK_NOTHROW(nlohmann::json(std::string(error.message)).dump());

    CHECK_FALSE(session.play(library().request()).empty());
}

TEST_CASE("A primer chord the model never learnt is mapped to the nearest, and the take says so")
{
    Session session;
    auto request = library().request();
    request.bars = 1;
    const organum_note primer[] = {{48, 90, 0, 10080, 0}, {53, 90, 0, 10080, 0}};
    request.primer = primer;
    request.primer_count = 2;
    request.primer_length = 2 * 10080;
    auto* job = session.start(request);
    REQUIRE(library().wait(job, 30000, nullptr) == ORGANUM_OK);
    organum_take take{};
    take.struct_size = sizeof take;
    REQUIRE(library().takeOf(job, 0, &take) == ORGANUM_OK);
    CHECK_THAT(take.notice, Catch::Contains("C3.F3 as"));
    CHECK(take.primer_elements == 2);
    CHECK(take.elements[0].onset == -2 * 10080);
    CHECK(take.elements[0].note_count == 0);
    library().release(job);
}

TEST_CASE("A plugin gets four voices, turns one knob, and keeps what it locks")
{
    Session session(test::TinyMuseGan{}.make());
    auto request = library().request();
    CHECK(request.rule_strength == 0.5);
    request.bars = 4;
    request.explain = ORGANUM_EXPLAIN_PROBABILITIES;
    const auto play = [&] {
        auto* job = session.start(request);
        organum_error wrong{};
        INFO(wrong.message);
        REQUIRE(library().wait(job, 30000, &wrong) == ORGANUM_OK);
        organum_take take{};
        take.struct_size = sizeof take;
        REQUIRE(library().takeOf(job, 0, &take) == ORGANUM_OK);
        CHECK(take.voice_count == 4);
        CHECK(take.length == 16 * ORGANUM_TICKS_PER_QUARTER);
        CHECK(take.element_count == 0);
        CHECK(take.attention == nullptr);
        CHECK(take.pitch_probabilities == nullptr);
        REQUIRE(take.activation != nullptr);
        CHECK(take.activation_steps == 64);
        CHECK(take.own_choice_share > 0.0);
        CHECK(take.own_choice_share <= 1.0);
        double sum = 0.0;
        for (std::size_t i = 0; i < 64 * 4 * 128; ++i)
            sum += take.activation[i];
        CHECK(sum == Approx(64 * 4).epsilon(1e-4));
        std::vector<organum_note> notes(take.notes, take.notes + take.note_count);
        library().release(job);
        return notes;
    };
    const auto same = [](const organum_note& a, const organum_note& b) {
        return a.pitch == b.pitch && a.velocity == b.velocity && a.onset == b.onset &&
               a.duration == b.duration && a.voice == b.voice;
    };
    const auto before = play();
    for (std::int32_t voice = 0; voice < 4; ++voice)
        CHECK(std::any_of(before.begin(), before.end(),
                          [voice](const organum_note& note) { return note.voice == voice; }));
    request.latent_mask = 1u << ORGANUM_LATENT_CHORDS;
    request.latents[ORGANUM_LATENT_CHORDS] = {1, 2, 0.25};
    const auto other = play();
    CHECK_FALSE((before.size() == other.size() &&
                 std::equal(before.begin(), before.end(), other.begin(), same)));

    const std::uint32_t locked[] = {0b0101, 0, 0b1111};
    request.locked_voices = locked;
    request.locked_bars = 3;
    request.locked_notes = before.data();
    request.locked_note_count = before.size();
    const auto kept = play();
    const std::int64_t bar = 4 * ORGANUM_TICKS_PER_QUARTER;
    for (const auto& note : before) {
        const auto number = note.onset / bar;
        if (number < 3 && (locked[number] >> note.voice & 1u) != 0)
            CHECK(std::count_if(kept.begin(), kept.end(),
                                [&](const organum_note& found) { return same(found, note); }) == 1);
    }
}

TEST_CASE("Bad wishes for voices are refused at once, with the reason")
{
    Session session(test::TinyMuseGan{}.make());
    static const organum_note fifthVoice{60, 90, 0, 100, 4};
    static const organum_note endless{60, 90, 0, 0, 0};
    struct Row
    {
        const char* expected;
        void (*change)(organum_request&);
    };
    const Row rows[] = {
        {"rule strength", [](organum_request& r) { r.rule_strength = -1.0; }},
        {"morph", [](organum_request& r) { r.latents[9].morph = NAN; }},
        {"macro", [](organum_request& r) { r.macros[0] = 1.5; }},
        {"there are 10", [](organum_request& r) { r.latent_mask = 1u << 31; }},
        {"decoder", [](organum_request& r) { r.decoder = 2; }},
        {"joins notes", [](organum_request& r) { r.joining = -1; }},
        {"no pointer", [](organum_request& r) { r.locked_bars = 1; }},
        {"no pointer", [](organum_request& r) { r.locked_note_count = 1; }},
        {"3/4", [](organum_request& r) { r.metre_numerator = 3; }},
        {"Soprano", [](organum_request& r) { r.lowest_pitch = 84; }},
        {"voice 4",
         [](organum_request& r) {
             r.locked_notes = &fifthVoice;
             r.locked_note_count = 1;
         }},
        {"lasts no time",
         [](organum_request& r) {
             r.locked_notes = &endless;
             r.locked_note_count = 1;
         }},
    };
    for (const auto& row : rows) {
        INFO(row.expected);
        auto request = library().request();
        row.change(request);
        organum_job* job = nullptr;
        organum_error error{};
        CHECK(library().generate(session.client, session.model, &request, &job, &error) ==
              ORGANUM_BAD_ARGUMENT);
        CHECK(job == nullptr);
        CHECK_THAT(error.message, Catch::Contains(row.expected));
    }
}

TEST_CASE("Nothing of the library or of LibTorch becomes visible to the host")
{
    library();
    CHECK(dlsym(RTLD_DEFAULT, "organum_create") == nullptr);
    CHECK(dlsym(RTLD_DEFAULT, "openblas_set_num_threads") == nullptr);
    // C++ names of the library are not to be found even by whoever holds it.
    Dl_info info{};
    REQUIRE(dladdr(reinterpret_cast<void*>(library().create), &info) != 0);
    CHECK(std::string(info.dli_fname).find("liborganum_engine") != std::string::npos);
    void* own = dlopen(ORGANUM_ENGINE_LIBRARY, RTLD_NOW | RTLD_NOLOAD);
    REQUIRE(own != nullptr);
    const auto* leaked = dlsym(own, "_ZN7organum6engine7Service6sharedEv");
    CHECK(leaked == nullptr);
    dlclose(own);
}

TEST_CASE("Strict chords cross the interface and are obeyed")
{
    Session session;
    auto request = library().request();
    request.bars = 4;
    // C and F#, a bar each; the rest is free.
    const organum_chord chords[] = {{0, 4 * 10080, 1u << 0 | 1u << 4 | 1u << 7, -1},
                                    {4 * 10080, 4 * 10080, 1u << 6 | 1u << 10 | 1u << 1, -1}};
    request.chords = chords;
    request.chord_count = 2;
    request.chord_strength = 1.0;
    const auto notes = session.play(request);
    REQUIRE_FALSE(notes.empty());
    for (const auto& [pitch, velocity, onset, duration] : notes)
        for (const auto& chord : chords)
            if (onset < chord.onset + chord.length && onset + duration > chord.onset)
                CHECK((chord.pitch_class_mask >> (pitch % 12) & 1u) != 0);
    request.chord_strength = 0.0;
    CHECK(session.play(request) != notes);
}
