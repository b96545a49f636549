#include "Engine/Voices/ConditionalMuseGanNetwork.h"

#include "Engine/ModuleTensors.h"
#include "Engine/Random.h"
#include "Engine/Voices/KeyFrame.h"
#include "Engine/Voices/VoiceMacros.h"
#include "Engine/organum_engine.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace organum::engine
{

namespace
{

using Config = models::ConditionalMuseGanConfig;

ConditionalMuseGanOptions optionsOf(const bundle::Bundle& bundle)
{
    try {
        auto options = ConditionalMuseGanOptions::fromJson(bundle.metadata.config);
        readDirections(bundle, static_cast<std::size_t>(options.noise), options.macros);
        return options;
    } catch (const std::invalid_argument& error) {
        throw bundle::BundleError(bundle::BundleError::Reason::damaged, error.what());
    }
}

Config configOf(const ConditionalMuseGanOptions& options)
{
    Config config;
    config.noise = options.noise;
    config.embed = options.embed;
    config.context = options.context;
    config.plan = options.plan;
    config.units = options.units;
    return config;
}

/** The class of a given pitch; where the voice has none, that of the nearest octave that has. */
std::int64_t tokenOf(const KeyFrame& frame, int voice, int pitch)
{
    auto token = frame.classOf(voice, pitch);
    const int middle = static_cast<int>(Config::lowest[voice] + Config::pitches / 2) - frame.shift;
    while (token < 0) {
        pitch += pitch < middle ? 12 : -12;
        token = frame.classOf(voice, pitch);
    }
    return token;
}

class ConditionalMuseGanPass : public VoicePass
{
public:
    ConditionalMuseGanPass(const ConditionalMuseGanNetwork& networkIn, const VoicePlan& planIn,
                           int key)
        : network(networkIn)
        , latents(planIn.latents)
        , frame(key)
        , steps(network.stepWeights())
    {
    }

    void beginSpan(const VoiceSketch& sketch, int first) override
    {
        torch::NoGradGuard noGradients;
        auto module = network.module();
        const auto surroundings = hear(sketch, first);
        const auto context = module->hear(surroundings);
        const auto outline =
            module->outline(context, module->vectors(context, noiseOf(first / Config::steps)));
        const auto plan = outline.plan.contiguous();
        const auto inputs = outline.inputs.contiguous();
        const auto hidden = outline.hidden.contiguous();
        const auto* last = surroundings.previous.data_ptr<std::int64_t>() +
                           (Config::contextSteps - 1) * Config::voices;
        steps.begin(plan.data_ptr<float>(), inputs.data_ptr<float>(), hidden.data_ptr<float>(),
                    {last, last + Config::voices});
    }

    void scores(std::size_t hypothesis, VoiceScores& scores) override
    {
        for (std::size_t voice = 0; voice < 4; ++voice) {
            const auto* logits = steps.logits(hypothesis, voice);
            const double highest = *std::max_element(logits, logits + Config::classes);
            double sum = 0.0;
            for (int id = 0; id < Config::classes; ++id)
                sum += std::exp(static_cast<double>(logits[id]) - highest);
            const double all = highest + std::log(sum);
            auto& row = scores.rows[voice];
            row.fill(-std::numeric_limits<double>::infinity());
            for (int id = 0; id < Config::classes; ++id) {
                const int pitch = frame.pitchOf(static_cast<int>(voice), id);
                const auto column =
                    id == Config::silence ? VoiceScores::silence : static_cast<std::size_t>(pitch);
                row[column] = static_cast<double>(logits[id]) - all;
            }
        }
    }

    void advance(const std::vector<VoiceBranch>& branches) override
    {
        std::vector<std::size_t> parents;
        std::vector<std::vector<std::int64_t>> tokens;
        for (const auto& branch : branches) {
            parents.push_back(branch.parent);
            tokens.emplace_back();
            for (int voice = 0; voice < 4; ++voice)
                tokens.back().push_back(
                    tokenOf(frame, voice, branch.pitches[static_cast<std::size_t>(voice)]));
        }
        steps.advance(parents, tokens);
    }

private:
    models::BarSurroundings hear(const VoiceSketch& sketch, int first) const
    {
        models::BarSurroundings heard;
        heard.previous = torch::full({1, Config::contextSteps, 4}, Config::start, torch::kInt64);
        heard.given = torch::full({1, Config::steps, 4}, Config::open, torch::kInt64);
        heard.histogram = torch::zeros({1, 12});
        heard.key = torch::full({1}, frame.key, torch::kInt64);
        heard.flags = torch::zeros({1, 2});
        auto* previous = heard.previous.data_ptr<std::int64_t>();
        auto* given = heard.given.data_ptr<std::int64_t>();
        std::array<std::int64_t, 12> counts{};
        std::int64_t sum = 0;
        for (int step = -sketch.context; step < first + stepsLeft(sketch, first); ++step) {
            for (int voice = 0; voice < 4; ++voice) {
                const int pitch = sketch.at(step, voice);
                const auto token =
                    pitch == VoiceSketch::open ? Config::open : tokenOf(frame, voice, pitch);
                if (step >= first) {
                    given[(step - first) * 4 + voice] =
                        sketch.isGiven(step, voice) ? token : Config::open;
                    continue;
                }
                if (first - step <= Config::contextSteps)
                    previous[(Config::contextSteps - (first - step)) * 4 + voice] = token;
                if (pitch >= 0) {
                    ++counts[static_cast<std::size_t>((pitch + frame.shift + 12) % 12)];
                    ++sum;
                }
            }
        }
        for (std::size_t i = 0; i < counts.size() && sum > 0; ++i)
            heard.histogram.data_ptr<float>()[i] =
                static_cast<float>(counts[i]) / static_cast<float>(sum);
        const int before = sketch.context + first;
        heard.flags.data_ptr<float>()[0] = before == 0 ? 1.0f : 0.0f;
        heard.flags.data_ptr<float>()[1] = before < Config::contextSteps ? 1.0f : 0.0f;
        return heard;
    }

    static int stepsLeft(const VoiceSketch& sketch, int first)
    {
        return std::min(static_cast<int>(Config::steps), sketch.steps - first);
    }

    models::BarVectors noiseOf(int bar) const
    {
        const auto size = network.options.noise;
        const auto draw = [&](int first, std::int64_t count, int number) {
            auto values = torch::empty({count, size});
            auto* place = values.data_ptr<float>();
            for (int i = 0; i < count; ++i) {
                const auto vector =
                    latents.vector(first + i, number, static_cast<std::size_t>(size));
                place = std::copy(vector.begin(), vector.end(), place);
            }
            return values;
        };
        return {draw(ORGANUM_LATENT_CHORDS, 1, bar), draw(ORGANUM_LATENT_STYLE, 1, 0),
                draw(ORGANUM_LATENT_MELODY, 4, bar).unsqueeze(1),
                draw(ORGANUM_LATENT_GROOVE, 4, 0).unsqueeze(1)};
    }

    const ConditionalMuseGanNetwork& network;
    const Latents& latents;
    const KeyFrame frame;
    ConditionalMuseGanSteps steps;
};

} // namespace

int keyOf(const Request& request, std::uint64_t seed)
{
    std::array<std::int64_t, 12> counts{};
    if ((request.pitchClassMask & 0xFFFu) != 0xFFFu) {
        for (std::size_t i = 0; i < 12; ++i)
            counts[i] = request.pitchClassMask >> i & 1u;
        return majorTonic(counts);
    }
    bool any = false;
    const auto add = [&](const score::Note& note) {
        // In ticks of a sixteenth, so that long notes count for more.
        counts[static_cast<std::size_t>(note.pitch % 12)] +=
            std::max<std::int64_t>(1, (note.duration * score::Quarters(4)).floor());
        any = true;
    };
    for (const auto& note : request.primer)
        add(note);
    const auto& locked = request.voices.lockedNotes;
    for (const auto& [note, voice] : locked)
        if (request.voices.isLocked(
                static_cast<int>((note.onset / request.metre.barLength()).floor()), voice))
            add(note);
    if (request.chords.any())
        for (const auto& chord : request.chords.chords) {
            for (std::size_t i = 0; i < 12; ++i)
                if ((chord.pitchClasses >> i & 1u) != 0)
                    counts[i] +=
                        std::max<std::int64_t>(1, (chord.length * score::Quarters(4)).floor());
            any = true;
        }
    if (any)
        return majorTonic(counts);
    const int drawn = static_cast<int>(uniform(Purpose::key, seed, 0) * 12.0);
    for (std::size_t i = 0; i < locked.size(); ++i)
        if (request.voices.isHeld(i))
            add(locked[i].note);
    // Single notes say little of a key: only where they speak against it the drawn one gives way.
    const int best = any ? majorTonic(counts) : drawn;
    return 10 * insideMajor(drawn, counts) >= 9 * insideMajor(best, counts) ? drawn : best;
}

ConditionalMuseGanNetwork::ConditionalMuseGanNetwork(const bundle::Bundle& bundle)
    : options(optionsOf(bundle))
{
    models::ConditionalMuseGan made(configOf(options));
    loadTensors(*made, bundle.tensors, {macroTensorName});
    made->eval();
    for (const auto& parameter : made->parameters()) {
        parameter.set_requires_grad(false);
        parameters += parameter.numel();
    }
    const auto table = made->intervalWishes.contiguous();
    std::copy_n(table.data_ptr<float>(), wishes.size(), wishes.begin());
    weights = std::make_unique<ConditionalMuseGanStepWeights>(options, bundle.tensors);
    network = made;
}

bool ConditionalMuseGanNetwork::canSing(int voice, int pitch) const
{
    for (int key = 0; key < 12; ++key)
        if (pitch >= 0 && KeyFrame(key).classOf(voice, pitch) >= 0)
            return true;
    return false;
}

double ConditionalMuseGanNetwork::threshold() const
{
    return std::log(0.2);
}

std::unique_ptr<VoicePass> ConditionalMuseGanNetwork::begin(const VoicePlan& plan) const
{
    return std::make_unique<ConditionalMuseGanPass>(*this, plan, keyOf(plan.request, plan.seed));
}

} // namespace organum::engine
