// Whose music is it? A decoder that forbids parallels can make order out of noise. The shipped
// model's music is held against music that the same decoder makes of random scores: what the model
// is better at, it has learnt.

#include "Analysis/Figures.h"
#include "Engine/ModelLoader.h"
#include "Engine/Voices/ConditionalMuseGanNetwork.h"
#include "Engine/Voices/VoiceModel.h"
#include "RandomVoices.h"

#include "../Support/CatchAfterTorch.h"

#include <iostream>

using namespace organum;
using namespace organum::engine;
using score::Quarters;

namespace
{

constexpr int pieces = 60;
constexpr int bars = 16;

/** Random scores for the voices of a model, and its wishes for intervals. */
class RandomScores : public test::RandomVoices
{
public:
    explicit RandomScores(const VoiceNetwork& modelIn)
        : model(modelIn)
    {
        listens = true;
        rests = false;
    }
    const std::vector<VoiceInfo>& voices() const override { return model.voices(); }
    const IntervalWishes* intervalWishes() const override { return model.intervalWishes(); }
    bool canSing(int voice, int pitch) const override { return model.canSing(voice, pitch); }

private:
    const VoiceNetwork& model;
};

analysis::Piece pieceOf(const Take& take)
{
    score::Score score;
    score.parts.resize(static_cast<std::size_t>(take.voiceCount));
    for (std::size_t i = 0; i < take.notes.size(); ++i)
        score.parts.at(static_cast<std::size_t>(take.noteVoices[i])).notes.push_back(take.notes[i]);
    return {"seed " + std::to_string(take.seed),
            gridFrom(score, Quarters(1, 4), score::SilentParts::areVoices).grid};
}

struct Row
{
    analysis::Measures measures;
    double ownChoices = 0;
};

Row play(const Model& model)
{
    analysis::Pieces played;
    Row row;
    for (std::uint64_t seed = 1; seed <= pieces; ++seed) {
        Request request;
        request.seed = seed;
        request.bars = bars;
        const auto take = generate(model, request).at(0);
        row.ownChoices += take.ownChoiceShare / pieces;
        played.push_back(pieceOf(take));
    }
    row.measures = analysis::measure(played);
    return row;
}

void print(const std::string& name, const Row& row)
{
    const auto& found = row.measures;
    std::cout << name << ": scale consistency " << found.tonality.scaleConsistency.mean
              << ", entropy " << found.tonality.entropy.mean << " bits, pitch classes a piece "
              << found.tonality.pitchClasses.mean << ", changes " << found.changes.percent
              << " %, mean step " << found.changes.meanStep << " semitones, parallels "
              << found.parallels.per100Bars() << " in 100 bars, own choices "
              << 100 * row.ownChoices << " %\n";
}

} // namespace

TEST_CASE("The shipped chorales owe their harmony to the network, not to the decoder", "[control]")
{
    const auto shipped = loadModel(ORGANUM_TEST_CHORALES);
    // The bundle's own network, for its voices and wishes alone.
    const ConditionalMuseGanNetwork network(bundle::readBundle(ORGANUM_TEST_CHORALES));
    const auto learnt = play(*shipped.model);
    const auto noise = play(VoiceModel(std::make_shared<RandomScores>(network)));
    print("shipped model", learnt);
    print("random scores", noise);

    CHECK(learnt.measures.tonality.scaleConsistency.mean >
          noise.measures.tonality.scaleConsistency.mean + 0.2);
    CHECK(learnt.measures.tonality.entropy.mean < noise.measures.tonality.entropy.mean - 0.3);
    CHECK(learnt.measures.tonality.pitchClasses.mean <
          noise.measures.tonality.pitchClasses.mean - 0.5);
    CHECK(learnt.measures.changes.percent < noise.measures.changes.percent / 2.0);
    CHECK(learnt.measures.changes.meanStep < noise.measures.changes.meanStep);
    CHECK(learnt.ownChoices > 0.85);
}
