#include "Picture/BarChart.h"
#include "Picture/Colours.h"
#include "Picture/Curves.h"
#include "Picture/Fonts.h"
#include "Picture/HeatMap.h"
#include "Picture/ImageGrid.h"
#include "Picture/ModelViews.h"
#include "Picture/PianoRoll.h"
#include "Picture/Png.h"
#include "Score/AtomicFile.h"
#include "Score/MidiFile.h"
#include "Support/Paths.h"
#include "Support/RandomScore.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdlib>
#include <limits>

using namespace organum;
using namespace organum::picture;

namespace
{

/** For a person to look at: pictures are kept in $ORGANUM_PICTURES when it is set. */
void keep(const juce::Image& image, const std::string& name)
{
    if (const auto* folder = std::getenv("ORGANUM_PICTURES"))
        savePng(image, std::filesystem::path(folder) / (name + ".png"));
}

bool same(const juce::Image& a, const juce::Image& b)
{
    if (a.getBounds() != b.getBounds())
        return false;
    for (int y = 0; y < a.getHeight(); ++y)
        for (int x = 0; x < a.getWidth(); ++x)
            if (a.getPixelAt(x, y) != b.getPixelAt(x, y))
                return false;
    return true;
}

int pixelsOf(const juce::Image& image, juce::Colour colour)
{
    int count = 0;
    for (int y = 0; y < image.getHeight(); ++y)
        for (int x = 0; x < image.getWidth(); ++x)
            count += image.getPixelAt(x, y) == colour ? 1 : 0;
    return count;
}

score::Score cello(int bars)
{
    static const int bow[] = {43, 50, 59, 57, 59, 50, 59, 50};
    score::Score music;
    music.title = "Study for violoncello";
    music.metres.push_back({score::Quarters(0), 4, 4});
    music.tempos.push_back({score::Quarters(0), 833333});
    music.parts.push_back({"Violoncello", 0, 42, {}});
    for (int i = 0; i < bars * 16; ++i)
        music.parts[0].notes.push_back({bow[i % 8] + (i / 16 % 4) * (i % 8 == 0 ? -1 : 2),
                                        60 + 60 * (i % 4 == 0), score::Quarters(i, 4),
                                        score::Quarters(1, 4)});
    return music;
}

AttentionView attentionExample(int steps)
{
    AttentionView view;
    view.weights = Matrix(steps, steps);
    view.steps = std::vector<std::string>();
    for (int step = 0; step < steps; ++step) {
        view.steps.push_back(step % 7 == 3 ? "G2.D3.B3" : score::Quarters(step, 4).toString());
        float sum = 0;
        for (int j = 0; j <= step; ++j)
            sum += view.weights.at(step, j) =
                std::exp(-0.5f * static_cast<float>((step - j) % 8 + (step - j) / 8));
        for (int j = 0; j <= step; ++j)
            view.weights.at(step, j) /= sum;
    }
    view.elements = view.steps;
    view.subtitle = "what each generated element looked back at";
    return view;
}

} // namespace

TEST_CASE("A piano roll shows every part in its colour")
{
    auto music = test::randomScore(3);
    music.title = "Four voices";
    const auto picture = pianoRoll(music);
    keep(picture, "piano-roll-parts");
    CHECK(picture.getWidth() == 2000);
    for (auto& part : music.parts)
        for (auto& note : part.notes)
            note.velocity = 127;
    const auto loud = pianoRoll(music);
    for (int part = 0; part < static_cast<int>(music.parts.size()); ++part)
        CHECK(pixelsOf(loud, seriesColour(part)) > 500);
}

TEST_CASE("Sixteen bars fill two systems and one bar fills the width")
{
    const auto sixteen = pianoRoll(cello(16));
    keep(sixteen, "piano-roll-16-bars");
    const auto eight = pianoRoll(cello(8));
    const auto one = pianoRoll(cello(1));
    keep(one, "piano-roll-1-bar");
    CHECK(sixteen.getHeight() > eight.getHeight());
    CHECK(one.getWidth() == sixteen.getWidth());
}

TEST_CASE("A louder note is darker and a moved note is drawn elsewhere")
{
    score::Score music;
    music.parts.push_back({"", 0, 0, {{60, 127, score::Quarters(0), score::Quarters(4)}}});
    const auto loud = pianoRoll(music);
    music.parts[0].notes[0].velocity = 30;
    const auto soft = pianoRoll(music);
    CHECK(pixelsOf(loud, seriesColour(0)) > 1000);
    CHECK(pixelsOf(soft, seriesColour(0)) == 0);
    music.parts[0].notes[0].velocity = 127;
    music.parts[0].notes[0].duration = score::Quarters(2);
    const auto half = static_cast<double>(pixelsOf(pianoRoll(music), seriesColour(0)));
    CHECK(pixelsOf(loud, seriesColour(0)) / half == Approx(2.0).margin(0.05));
}

TEST_CASE("An empty score and a very long one can be drawn")
{
    CHECK(pianoRoll({}).isValid());
    score::Score endless;
    endless.parts.push_back({"", 0, 0, {{60, 90, score::Quarters(40000), score::Quarters(1)}}});
    CHECK(pianoRoll(endless).isValid());
}

TEST_CASE("The same music gives the same picture")
{
    CHECK(same(pianoRoll(test::randomScore(5)), pianoRoll(test::randomScore(5))));
    CHECK_FALSE(same(pianoRoll(test::randomScore(5)), pianoRoll(test::randomScore(6))));
}

TEST_CASE("Pitch probabilities frame what was chosen")
{
    PitchProbabilityView view;
    const int steps = 40;
    view.steps = Matrix(steps, 128);
    view.rests.assign(static_cast<std::size_t>(steps), 0.05f);
    test::RandomNumbers random(4);
    for (int step = 0; step < steps; ++step) {
        const int centre = 50 + static_cast<int>(8 * std::sin(step * 0.4));
        view.steps.at(step, centre) = 0.6f;
        view.steps.at(step, centre + 2) = 0.25f;
        view.steps.at(step, centre - 5) = 0.1f;
        view.chosen.push_back(random.oneIn(8)   ? std::vector<int>{}
                              : random.oneIn(5) ? std::vector<int>{centre - 5, centre + 2}
                                                : std::vector<int>{centre});
    }
    view.subtitle = "seed 4, both temperatures 0.5; frames: what was chosen";
    const auto picture = pitchProbabilities(view);
    keep(picture, "pitch-probabilities");
    CHECK(pixelsOf(picture, amountColour(0.6f)) > 100);
    const auto framed = pixelsOf(picture, colours::highlight);
    view.chosen.clear();
    CHECK(framed > pixelsOf(pitchProbabilities(view), colours::highlight));
    view.chosen.resize(3);
    CHECK_THROWS_AS(pitchProbabilities(view), std::invalid_argument);
}

TEST_CASE("Attention is drawn with the names of its elements")
{
    keep(attentionMatrix(attentionExample(24)), "attention-24");
    keep(attentionMatrix(attentionExample(120)), "attention-120");
    auto view = attentionExample(24);
    const auto named = attentionMatrix(view);
    view.steps.clear();
    view.elements.clear();
    CHECK_FALSE(same(named, attentionMatrix(view)));
    view.elements.resize(5);
    CHECK_THROWS_AS(attentionMatrix(view), std::invalid_argument);
}

TEST_CASE("A heat map refuses sizes that do not match")
{
    CHECK_THROWS_AS(Matrix(2, 3, {1, 2, 3}), std::invalid_argument);
    CHECK_THROWS_AS(heatMap({}, {}), std::invalid_argument);
    const float nothing = std::numeric_limits<float>::quiet_NaN();
    CHECK(heatMap(Matrix(1, 2, {nothing, 1}), {}).isValid());
}

TEST_CASE("Losses are drawn as curves with gaps where they are not finite")
{
    std::vector<Series> losses(2);
    losses[0].name = "training";
    losses[1].name = "validation";
    losses[1].dashed = true;
    for (int epoch = 1; epoch <= 30; ++epoch) {
        losses[0].points.emplace_back(epoch, 3.0 + 2.2 * std::exp(-epoch / 8.0));
        losses[1].points.emplace_back(epoch, 3.3 + 2.0 * std::exp(-epoch / 6.0) + 0.004 * epoch);
    }
    CurveOptions options;
    options.text = {"Loss", "attention-LSTM on the cello suites", "epoch", "nats per element"};
    options.milestones.push_back({19, "kept"});
    const auto whole = curves(losses, options);
    keep(whole, "curves");
    losses[0].points[10].second = std::numeric_limits<double>::quiet_NaN();
    CHECK(pixelsOf(curves(losses, options), seriesColour(0)) < pixelsOf(whole, seriesColour(0)));
    options.logarithmic = true;
    keep(curves(losses, options), "curves-logarithmic");
    CHECK(curves({}, options).isValid());
}

TEST_CASE("Two distributions are compared as bars")
{
    const std::vector<std::string> names = {"1/12", "1/6", "1/4", "1/3", "1/2",
                                            "2/3",  "3/4", "1",   "3/2", "2"};
    const std::vector<BarSeries> series = {
        {"corpus", {0.01, 0.02, 0.62, 0.08, 0.14, 0.01, 0.03, 0.06, 0.02, 0.01}},
        {"generated", {0.0, 0.01, 0.66, 0.1, 0.12, 0.0, 0.02, 0.07, 0.01, 0.01}}};
    BarChartOptions options;
    options.text = {"Durations", "share of elements", "quarter notes", "share"};
    const auto picture = barChart(names, series, options);
    keep(picture, "bar-chart");
    CHECK(pixelsOf(picture, seriesColour(0)) > 5000);
    CHECK(pixelsOf(picture, seriesColour(1)) > 5000);
    CHECK_THROWS_AS(barChart({"one"}, series, options), std::invalid_argument);
}

TEST_CASE("Images of a model are shown in a grid with sharp pixels")
{
    std::vector<juce::Image> images;
    for (int i = 0; i < 12; ++i) {
        std::vector<float> values(3 * 16 * 16);
        for (std::size_t p = 0; p < values.size(); ++p)
            values[p] = static_cast<float>((p * static_cast<std::size_t>(i + 1)) % 17) / 16.0f;
        images.push_back(imageFromPlanes(values, 3, 16, 16));
    }
    ImageGridOptions options;
    options.text.title = "Samples";
    options.text.subtitle = "after 10 epochs";
    options.columns = 5;
    options.captions.assign(12, "a caption that is too long");
    keep(imageGrid(images, options), "image-grid");
    CHECK_THROWS_AS(imageGrid({}, options), std::invalid_argument);

    // A sheet of one image is as wide as its words, up to a limit.
    ImageGridOptions narrow;
    narrow.cell = 40.0f;
    narrow.columns = 4;
    const auto plain = imageGrid({images[0]}, narrow).getWidth();
    narrow.text.title = "How the images came to be";
    const auto titled = imageGrid({images[0]}, narrow).getWidth();
    CHECK(titled > 3 * plain);
    narrow.text.subtitle = std::string(400, 'm');
    CHECK(imageGrid({images[0]}, narrow).getWidth() > titled);
    CHECK(imageGrid({images[0]}, narrow).getWidth() < 1600);

    CHECK_THROWS_AS(imageFromPlanes({1, 2}, 1, 2, 2), std::invalid_argument);
    const auto single = imageFromPlanes({0, 1, 2, -1}, 1, 2, 2);
    CHECK(single.getPixelAt(1, 0) == juce::Colours::white);
    CHECK(single.getPixelAt(0, 1) == juce::Colours::white);
    CHECK(single.getPixelAt(1, 1) == juce::Colours::black);
}

TEST_CASE("A picture is written as PNG and read back unchanged")
{
    test::TemporaryFolder folder;
    const auto picture = pianoRoll(cello(2));
    savePng(picture, folder / "roll.png");
    const auto read = juce::ImageFileFormat::loadFrom(juce::File((folder / "roll.png").string()));
    CHECK(same(picture, read));
    CHECK_THROWS_AS(savePng(picture, folder / "missing" / "roll.png"), score::FileWriteError);
}

TEST_CASE("Text is cut to its room with an ellipsis")
{
    const auto font = textFont(14.0f);
    const juce::String words = "Prelude from the first suite";
    CHECK(fittedText(font, words, 1000.0f) == words);
    const auto cut = fittedText(font, words, 80.0f);
    CHECK(textWidth(font, cut) <= 80.0f);
    CHECK(cut.endsWithChar(0x2026));
}
