#include "Engine/Generation.h"

#include "Engine/Blas.h"
#include "Engine/Random.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>

namespace organum::engine
{

namespace
{

// Floats of all explanations of one request: 256 MiB. Beyond it they are left out, with a notice.
constexpr std::size_t mostExplanation = std::size_t{1} << 26;

Request checked(Request request)
{
    request.check();
    return request;
}

} // namespace

int velocityOf(const Metre& metre, const score::Quarters& time)
{
    static constexpr int byAccent[] = {80, 88, 96};
    return byAccent[metre.accent(time)];
}

Generation::Generation(std::shared_ptr<const StepModel> modelIn, Request requestIn)
    : model(std::move(modelIn))
    , request(checked(std::move(requestIn)))
    , length(request.metre.barLength() * score::Quarters(request.bars))
    , constraints(model->vocabulary, request)
    , chordWeights(model->vocabulary, request, constraints.notes())
    , primer(hearPrimer(model->vocabulary, request))
{
    for (int i = 0; i < request.variations; ++i) {
        Take take;
        take.seed = request.seed + static_cast<std::uint64_t>(i);
        take.length = length;
        take.notice = primer.notice;
        take.primerElements = primer.elements.size();
        for (const auto& heard : primer.elements)
            take.elements.push_back({heard.element.onset - request.primerLength,
                                     heard.element.duration, heard.element.pitches, 0.0, 0.0});
        if (request.explainProbabilities) {
            for (std::int64_t id = 2; id < model->vocabulary.durationCount(); ++id)
                take.durations.push_back(model->vocabulary.duration(id));
            for (std::int64_t id = 2; id < model->vocabulary.pitchCount(); ++id)
                take.chords.push_back(model->vocabulary.chord(id));
        }
        results.push_back(std::move(take));

        Voice voice;
        voice.seed = request.seed + static_cast<std::uint64_t>(i);
        voice.state = model->newState(request.sampler);
        voice.state->refuseLoops(true);
        voice.state->start(primer.elements.empty() ? request.metre.at({})
                                                   : primer.elements.front().at);
        voices.push_back(std::move(voice));
    }
}

bool Generation::step()
{
    if (primerHeard < primer.elements.size()) {
        for (auto& voice : voices)
            voice.state->advance(primer.elements[primerHeard]);
        ++primerHeard;
        return true;
    }
    bool left = false;
    for (std::size_t i = 0; i < voices.size(); ++i) {
        if (!voices[i].done)
            sample(voices[i], results[i]);
        left = left || !voices[i].done;
    }
    return left;
}

std::optional<std::int64_t> Generation::branched(const Voice& voice,
                                                 const std::vector<float>& logits,
                                                 const std::vector<std::uint8_t>& allowed,
                                                 const ChoiceWeights* weights) const
{
    const auto wish = std::find_if(
        request.branches.begin(), request.branches.end(), [&voice](const Branch& branch) {
            return static_cast<std::uint64_t>(branch.element) == voice.index;
        });
    if (wish == request.branches.end())
        return {};
    // What was cut by top-p has no chance, but may be wished for: then the score decides. A note
    // alone comes before any chord with it.
    std::optional<std::int64_t> best;
    const auto rank = [&](std::int64_t id) {
        const auto place = static_cast<std::size_t>(id);
        return std::make_tuple(model->vocabulary.chord(id).size() <= 1,
                               pitchChances.probabilities()[place], logits[place]);
    };
    for (std::int64_t id = 2; id < model->vocabulary.pitchCount(); ++id) {
        const auto& chord = model->vocabulary.chord(id);
        const bool fits = wish->pitch == Branch::rest
                              ? chord.empty()
                              : std::find(chord.begin(), chord.end(), wish->pitch) != chord.end();
        const auto place = static_cast<std::size_t>(id);
        const bool may = allowed[place] != 0 && (weights == nullptr || weights->of[place] > 0.0);
        if (fits && may && (!best || rank(id) > rank(*best)))
            best = id;
    }
    if (!best)
        throw std::invalid_argument(
            "Branching off: the model has no chord with " +
            (wish->pitch == Branch::rest
                 ? std::string("a rest at that place")
                 : "the pitch " + std::to_string(wish->pitch) +
                       " in the scale, the harmony and between the pitches asked "
                       "for") +
            ". Choose another note.");
    return best;
}

std::int64_t Generation::choosePitch(const Voice& voice, const std::vector<float>& logits,
                                     const std::vector<std::uint8_t>& allowed,
                                     const ChoiceWeights* weights, GeneratedElement& element)
{
    pitchChances.assign(logits, allowed, request.pitchTemperature, request.topP, weights);
    const auto branch = branched(voice, logits, allowed, weights);
    const auto id =
        branch ? *branch : pitchChances.choose(uniform(Purpose::pitch, voice.seed, voice.index));
    element.pitchLogProbability = pitchChances.logProbability(id);
    return id;
}

std::int64_t Generation::chooseDuration(const Voice& voice, const std::vector<float>& logits,
                                        const std::vector<std::uint8_t>& allowed,
                                        const ChoiceWeights* weights, GeneratedElement& element)
{
    durationChances.assign(logits, allowed, request.durationTemperature, request.topP, weights);
    const auto id = durationChances.choose(uniform(Purpose::duration, voice.seed, voice.index));
    element.durationLogProbability = durationChances.logProbability(id);
    return id;
}

Token Generation::choose(Voice& voice, GeneratedElement& element, const score::Quarters& left)
{
    Token token;
    auto& state = *voice.state;
    const auto& silence = voice.silence;
    const auto& at = voice.time;
    if (model->first() == Stream::pitch) {
        token.pitch = choosePitch(voice, state.firstLogits(), constraints.pitches(silence, left),
                                  chordWeights.pitches(at), element);
        token.duration =
            chooseDuration(voice, state.secondLogits(token.pitch),
                           constraints.durationsGiven(token.pitch, silence, left),
                           chordWeights.durationsGiven(token.pitch, at, left), element);
    } else {
        token.duration = chooseDuration(voice, state.firstLogits(), constraints.durations(),
                                        chordWeights.durations(at, left), element);
        token.pitch = choosePitch(voice, state.secondLogits(token.duration),
                                  constraints.pitchesGiven(token.duration, silence, left),
                                  chordWeights.pitchesGiven(token.duration, at, left), element);
    }
    return token;
}

void Generation::sample(Voice& voice, Take& take)
{
    const auto left = length - voice.time;
    GeneratedElement element;
    auto token = choose(voice, element, left);
    explain(voice, take);

    element.onset = voice.time;
    element.duration = chordWeights.sounding(token, voice.time, left);
    element.pitches = model->vocabulary.chord(token.pitch);
    for (const int pitch : element.pitches)
        take.notes.push_back(
            {pitch, velocityOf(request.metre, element.onset), element.onset, element.duration});
    voice.silence = element.pitches.empty() ? voice.silence + element.duration : score::Quarters{};
    voice.time += element.duration;
    ++voice.index;
    if (voice.time >= length) {
        take.elements.push_back(std::move(element));
        finish(voice, take);
        return;
    }
    // What was cut at a change of chord is heard as it sounds, if the network knows such a
    // duration.
    const auto sounded = model->vocabulary.durationId(element.duration);
    if (sounded != Vocabulary::unknown)
        token.duration = sounded;
    Heard heard;
    heard.element = {element.pitches, element.onset + request.primerLength, element.duration};
    heard.token = token;
    heard.at = request.metre.at(element.onset);
    heard.next = request.metre.at(voice.time);
    take.elements.push_back(std::move(element));
    voice.state->advance(heard);
}

std::size_t Generation::explanationShare() const
{
    return mostExplanation / static_cast<std::size_t>(request.variations) / 2;
}

void Generation::explain(Voice& voice, Take& take)
{
    const auto share = explanationShare();
    if (request.explainProbabilities) {
        const auto& pitches = pitchChances.probabilities();
        const auto& durations = durationChances.probabilities();
        if (take.pitchProbabilities.size() + take.durationProbabilities.size() +
                take.chordProbabilities.size() + Take::pitchColumns + durations.size() +
                pitches.size() <
            share) {
            std::vector<double> row(Take::pitchColumns, 0.0);
            for (std::size_t id = 2; id < pitches.size(); ++id) {
                const auto& chord = model->vocabulary.chord(static_cast<std::int64_t>(id));
                for (const int pitch : chord)
                    row[static_cast<std::size_t>(pitch)] += pitches[id];
                if (chord.empty())
                    row.back() += pitches[id];
            }
            for (const double chance : row)
                take.pitchProbabilities.push_back(static_cast<float>(std::min(chance, 1.0)));
            for (std::size_t id = 2; id < pitches.size(); ++id)
                take.chordProbabilities.push_back(static_cast<float>(pitches[id]));
            for (std::size_t id = 2; id < durations.size(); ++id)
                take.durationProbabilities.push_back(static_cast<float>(durations[id]));
        }
    }
    if (request.explainAttention && voice.attentionSize <= share) {
        voice.attention.emplace_back();
        voice.state->attention(voice.attention.back());
        voice.attentionSize += voice.attention.back().size();
    }
}

void Generation::finish(Voice& voice, Take& take)
{
    voice.done = true;
    voice.state.reset();
    const auto count = take.elements.size();
    const auto created = count - take.primerElements;
    const auto note = [&take](const char* what) {
        take.notice += std::string(take.notice.empty() ? "" : " ") + what;
    };
    if (request.explainProbabilities &&
        take.pitchProbabilities.size() != created * Take::pitchColumns) {
        take.pitchProbabilities.clear();
        take.chordProbabilities.clear();
        take.chords.clear();
        take.durationProbabilities.clear();
        take.durations.clear();
        note("The take is too long to keep its probabilities.");
    }
    if (!request.explainAttention)
        return;
    if (created * count > explanationShare()) {
        note("The take is too long to keep its attention.");
    } else {
        take.attention.assign(created * count, 0.0f);
        for (std::size_t row = 0; row < created; ++row)
            std::copy(voice.attention[row].begin(), voice.attention[row].end(),
                      take.attention.begin() + static_cast<std::ptrdiff_t>(row * count));
    }
    voice.attention = {};
}

std::vector<Take> generate(std::shared_ptr<const StepModel> model, const Request& request,
                           const std::function<bool()>& goOn)
{
    const OneBlasThread repeatable;
    Generation generation(std::move(model), request);
    return generate(generation, goOn);
}

} // namespace organum::engine
