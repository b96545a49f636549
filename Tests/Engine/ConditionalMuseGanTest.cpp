#include "Engine/Voices/ConditionalMuseGanNetwork.h"

#include "Engine/Blas.h"
#include "Engine/ModelLoader.h"
#include "Engine/Voices/KeyFrame.h"
#include "Engine/organum_engine.h"
#include "TinyChoir.h"

#include "../Support/CatchAfterTorch.h"

#include <cmath>

using namespace organum;
using namespace organum::engine;
using score::Quarters;

namespace
{

using Config = models::ConditionalMuseGanConfig;

Take play(const LoadedModel& loaded, const Request& request)
{
    return generate(*loaded.model, request).at(0);
}

std::vector<score::Note> part(const Take& take, int voice, const Quarters& to)
{
    std::vector<score::Note> notes;
    for (std::size_t i = 0; i < take.notes.size(); ++i) {
        auto note = take.notes[i];
        if (take.noteVoices[i] != voice || note.onset >= to)
            continue;
        note.duration = std::min(note.end(), to) - note.onset;
        notes.push_back(note);
    }
    return notes;
}

/** [steps][voices] of a take in which a voice sings one note at a time; -1 = silence. */
std::vector<std::array<int, 4>> cellsOf(const Take& take)
{
    std::vector<std::array<int, 4>> cells(
        static_cast<std::size_t>((take.length * Quarters(4)).floor()), {-1, -1, -1, -1});
    for (std::size_t i = 0; i < take.notes.size(); ++i)
        for (auto step = (take.notes[i].onset * Quarters(4)).floor();
             Quarters(step, 4) < take.notes[i].end(); ++step)
            cells[static_cast<std::size_t>(step)][static_cast<std::size_t>(take.noteVoices[i])] =
                take.notes[i].pitch;
    return cells;
}

torch::Tensor noise(const Latents& latents, int first, int count, int bar)
{
    std::vector<torch::Tensor> rows;
    for (int i = 0; i < count; ++i)
        rows.push_back(torch::tensor(latents.vector(first + i, bar, 32)));
    return torch::stack(rows);
}

/** The raw network's music computed with the module alone, batch of one, step by step. */
std::vector<std::array<int, 4>> reference(const ConditionalMuseGanNetwork& network,
                                          const Request& request)
{
    torch::NoGradGuard noGradients;
    auto module = network.module();
    const Latents latents(request.voices, request.seed);
    const KeyFrame frame(keyOf(request, request.seed));
    auto previous = torch::full({1, 32, 4}, Config::start, torch::kInt64);
    auto counts = torch::zeros({12});
    std::vector<std::array<int, 4>> cells;
    for (int bar = 0; bar < request.bars; ++bar) {
        const auto sum = counts.sum().clamp(1.0);
        const models::BarSurroundings surroundings{
            previous, (counts / sum).unsqueeze(0), torch::full({1}, frame.key, torch::kInt64),
            torch::tensor({bar == 0 ? 1.0f : 0.0f, bar < 2 ? 1.0f : 0.0f}).unsqueeze(0),
            torch::full({1, 16, 4}, Config::open, torch::kInt64)};
        const auto context = module->hear(surroundings);
        const models::BarVectors drawn{noise(latents, ORGANUM_LATENT_CHORDS, 1, bar),
                                       noise(latents, ORGANUM_LATENT_STYLE, 1, 0),
                                       noise(latents, ORGANUM_LATENT_MELODY, 4, bar).unsqueeze(1),
                                       noise(latents, ORGANUM_LATENT_GROOVE, 4, 0).unsqueeze(1)};
        const auto outline = module->outline(context, module->vectors(context, drawn));
        auto hidden = outline.hidden;
        auto last = previous.select(1, 31);
        std::vector<torch::Tensor> sung;
        for (int t = 0; t < 16; ++t) {
            hidden = module->step(outline.inputs.select(2, t), module->heardNotes(last), hidden);
            const auto logits = module->logits(hidden, outline.plan.select(1, t),
                                               models::ConditionalMuseGanImpl::lastNotes(last));
            last = logits.argmax(-1).t();
            sung.push_back(last);
            cells.push_back({});
            for (int voice = 0; voice < 4; ++voice) {
                const auto id = last[0][voice].item<std::int64_t>();
                const int pitch = frame.pitchOf(voice, id);
                cells.back()[static_cast<std::size_t>(voice)] = pitch;
                if (pitch >= 0)
                    counts[(pitch + frame.shift + 12) % 12] += 1.0;
            }
        }
        previous = torch::cat({previous, torch::stack(sung, 1)}, 1).slice(1, 16);
    }
    return cells;
}

} // namespace

TEST_CASE("Conditional MuseGAN plays, at strength 0, what its module computes step by step",
          "[musegan-conditional]")
{
    const OneBlasThread repeatable;
    const auto bundle = test::tinyChoir();
    const ConditionalMuseGanNetwork network(bundle);
    const auto loaded = makeModel(bundle);
    CHECK(loaded.steps == nullptr);
    Request request;
    request.bars = 4;
    request.voices.ruleStrength = 0.0;
    std::size_t same = 0;
    std::size_t all = 0;
    for (request.seed = 0; request.seed < 12; ++request.seed) {
        const auto take = play(loaded, request);
        CHECK(take.ownChoiceShare == 1.0);
        const auto expected = reference(network, request);
        const auto found = cellsOf(take);
        REQUIRE(found.size() == expected.size());
        // A tie within rounding may fall the other way, and all after it then differs.
        for (std::size_t i = 0; i < found.size(); ++i) {
            same += found[i] == expected[i] ? 1u : 0u;
            ++all;
        }
    }
    CHECK(same >= all - all / 50);
}

TEST_CASE("Longer music begins with the shorter", "[musegan-conditional]")
{
    const auto loaded = makeModel(test::tinyChoir());
    for (const double strength : {0.0, 0.5}) {
        Request request;
        request.voices.ruleStrength = strength;
        request.bars = 9;
        const auto longer = play(loaded, request);
        for (const int bars : {1, 2, 5}) {
            request.bars = bars;
            const auto shorter = play(loaded, request);
            for (int voice = 0; voice < 4; ++voice)
                CHECK((part(shorter, voice, Quarters(4 * bars)) ==
                       part(longer, voice, Quarters(4 * bars))));
        }
    }
}

TEST_CASE("In the first bar of the raw network melody and groove are a voice's own",
          "[musegan-conditional]")
{
    const auto loaded = makeModel(test::tinyChoir());
    Request request;
    request.bars = 3;
    request.voices.ruleStrength = 0.0;
    request.voices.latentMask = ORGANUM_ALL_LATENTS;
    for (std::size_t i = 0; i < 10; ++i)
        request.voices.latents[i] = {50 + i, 90 + i, 0.0};
    const auto before = play(loaded, request);
    for (int knob = 0; knob < 10; ++knob) {
        auto turned = request;
        turned.voices.latents[static_cast<std::size_t>(knob)].morph = 1.0;
        const auto after = play(loaded, turned);
        for (int voice = 0; voice < 4; ++voice) {
            const bool concerned = knob < 2 || (knob - 2) % 4 == voice;
            const bool same = part(before, voice, 4) == part(after, voice, 4);
            CHECK(same == !concerned);
        }
    }
}

TEST_CASE("What is locked stays, and the voices beside and after it listen",
          "[musegan-conditional]")
{
    const auto loaded = makeModel(test::tinyChoir());
    Request request;
    request.bars = 3;
    request.seed = 4;
    const auto source = play(loaded, request);
    request.seed = 77;
    request.pitchClassMask = 0xFFE; // a key that does not depend on what is locked
    const auto free = play(loaded, request);
    auto locked = request;
    locked.voices.lockedVoices = {0b0001, 0b0001, 0b0001};
    for (std::size_t i = 0; i < source.notes.size(); ++i)
        locked.voices.lockedNotes.push_back({source.notes[i], source.noteVoices[i]});
    const auto take = play(loaded, locked);
    CHECK((part(take, 0, 12) == part(source, 0, 12)));
    CHECK((part(take, 3, 4) != part(free, 3, 4)));
    CHECK((part(take, 3, 12) != part(free, 3, 12)));
}

TEST_CASE("A held note is heard by the others and leaves the key as it was drawn",
          "[musegan-conditional]")
{
    const auto loaded = makeModel(test::tinyChoir());
    Request request;
    request.bars = 3;
    int changed = 0;
    for (std::uint64_t seed = 1; seed < 20; ++seed) {
        request.seed = seed;
        request.voices = {};
        const auto free = play(loaded, request);
        const int tonic = keyOf(request, seed);
        request.voices.lockedNotes = {{{60 + tonic, 90, 4, 2}, 0}};
        request.voices.heldNotes = {1};
        CHECK(keyOf(request, seed) == tonic);
        const auto held = play(loaded, request);
        changed += part(held, 3, 12) != part(free, 3, 12) ? 1 : 0;
    }
    CHECK(changed > 10);
    // A bar of notes that do not belong there is another matter.
    request.voices.lockedNotes.clear();
    for (int i = 0; i < 7; ++i)
        request.voices.lockedNotes.push_back(
            {{std::array{61, 63, 65, 66, 68, 70, 72}[i], 90, i, 1}, 0});
    request.voices.heldNotes.assign(7, 1);
    for (std::uint64_t seed = 1; seed < 20; ++seed)
        CHECK(10 * insideMajor(keyOf(request, seed), {1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0}) >= 63);
}

TEST_CASE("A primer is heard, and its key kept", "[musegan-conditional]")
{
    const auto loaded = makeModel(test::tinyChoir());
    Request request;
    request.bars = 2;
    const auto alone = play(loaded, request);
    // E major, four voices, and the same as a single part.
    request.primerLength = 8;
    request.primer = {{76, 90, 0, 4}, {68, 90, 0, 4}, {64, 90, 0, 4}, {52, 90, 0, 4},
                      {75, 90, 4, 4}, {66, 90, 4, 4}, {59, 90, 4, 4}, {47, 90, 4, 4}};
    CHECK(keyOf(request, 1) == keyOf(request, 2));
    const auto dealt = play(loaded, request);
    CHECK((dealt.notes != alone.notes));
    CHECK(dealt.notice.empty());
    request.voices.primerVoices = {0, 1, 2, 3, 0, 1, 2, 3};
    CHECK((play(loaded, request).notes == dealt.notes));
    request.voices.primerVoices = {1, 0, 2, 3, 1, 0, 2, 3};
    CHECK((play(loaded, request).notes != dealt.notes));
}

TEST_CASE("The key follows the scale, else the notes given, else the seed", "[musegan-conditional]")
{
    Request request;
    std::array<int, 12> seen{};
    for (std::uint64_t seed = 0; seed < 400; ++seed)
        ++seen[static_cast<std::size_t>(keyOf(request, seed))];
    for (const int count : seen)
        CHECK(count > 10);
    request.primer = {
        {67, 90, 0, 1}, {69, 90, 1, 1}, {71, 90, 2, 1}, {66, 90, 3, 1}, {74, 90, 4, 1}};
    request.primerLength = 5;
    CHECK(keyOf(request, 3) == 2); // D and G hold all of them: the lower
    request.pitchClassMask = 0xAB5;
    CHECK(keyOf(request, 3) == 0);
}

TEST_CASE("A score is the logarithm of a chance, for every hypothesis alike",
          "[musegan-conditional]")
{
    const OneBlasThread repeatable;
    const ConditionalMuseGanNetwork network(test::tinyChoir());
    const Request request;
    const Latents latents(request.voices, 1);
    const auto pass = network.begin({request, latents, 1});
    const VoiceSketch sketch(4, 0, 16);
    pass->beginSpan(sketch, 0);
    VoiceScores one;
    VoiceScores other;
    pass->scores(0, one);
    for (const auto& row : one.rows) {
        double sum = 0.0;
        for (const double score : row)
            sum += std::exp(score);
        CHECK(std::abs(sum - 1.0) < 1e-6);
    }
    // Two ways that heard the same score the same; a third that did not is another.
    const VoicePitches c{72, 67, 60, 48};
    const VoicePitches d{74, 65, 62, 50};
    pass->advance({{0, c}, {0, d}, {0, c}});
    pass->scores(0, one);
    pass->scores(2, other);
    CHECK((one.rows == other.rows));
    pass->scores(1, other);
    CHECK((one.rows != other.rows));
    pass->advance({{1, c}, {0, c}});
    pass->scores(0, one);
    pass->scores(1, other);
    CHECK((one.rows != other.rows));
}

TEST_CASE("A bundle that does not hold the conditional network is refused", "[musegan-conditional]")
{
    const auto expectDamaged = [](const bundle::Bundle& bundle, const std::string& words) {
        try {
            makeModel(bundle);
            FAIL("was not refused");
        } catch (const bundle::BundleError& error) {
            CHECK_THAT(error.what(), Catch::Contains(words));
        }
    };
    auto bundle = test::tinyChoir();
    bundle.tensors.erase("lastNote");
    expectDamaged(bundle, "lastNote");
    bundle = test::tinyChoir();
    bundle.metadata.config = R"({"units":16})";
    expectDamaged(bundle, "shape");
    for (const char* config : {R"({"units":0})", R"({"plan":1e9})", R"([])",
                               R"({"voices":[{"name":"A","lowest":60,"highest":70}]})"}) {
        bundle.metadata.config = config;
        expectDamaged(bundle, "Train and save the model anew");
    }
}
