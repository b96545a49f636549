#include "Training/Report/Pictures.h"

#include "Picture/BarChart.h"
#include "Picture/Chart.h"
#include "Picture/Curves.h"
#include "Picture/ModelViews.h"
#include "Picture/PianoRoll.h"
#include "Picture/Png.h"
#include "Score/Elements.h"

#include <algorithm>

namespace organum::training
{
namespace
{

/** Columns of a log that belong into one diagram. */
struct Diagram
{
    const char* title;
    const char* yTitle;
    std::vector<std::pair<const char*, const char*>> columns; ///< in the log, in the legend
};

const std::vector<Diagram> adversarialDiagrams = {
    {"Scores by the critic, and what the generator loses",
     "score",
     {{"train_critic_real", "real music"},
      {"train_critic_fake", "generated"},
      {"train_generator", "generator's loss"}}},
    {"Gradient penalty",
     "before its weight",
     {{"train_penalty", "penalty"}, {"train_gradient_norm", "gradient's norm (aim 1)"}}},
    {"Bars told again",
     "nats a bar",
     {{"train_reconstruction", "training"}, {"validation_reconstruction", "held out"}}},
    {"Told again rightly, of held-out bars",
     "share of cells",
     {{"validation_accuracy", "all"}, {"validation_change_accuracy", "notes that move"}}},
    {"What the vectors tell",
     "nats a vector",
     {{"train_chords_nats", "chords"},
      {"train_style_nats", "style"},
      {"train_melody_nats", "melody"},
      {"train_groove_nats", "groove"}}},
};

/** Whether an epoch had a critic: one that had none left zeros in all its columns. */
std::vector<bool> epochsWithCritic(const LogTable& log, std::size_t epochs)
{
    std::vector<bool> has(epochs, false);
    for (const auto* name : {"train_critic_real", "train_critic_fake", "train_penalty"})
        if (const auto* values = log.column(name))
            for (std::size_t i = 0; i < epochs; ++i)
                has[i] = has[i] || (*values)[i] != 0.0;
    return has;
}

/** Pictures stay legible up to about this many steps. */
constexpr std::size_t mostSteps = 96;

std::size_t shownSteps(const engine::Take& take)
{
    return std::min(mostSteps, take.elements.size() - take.primerElements);
}

std::string stepsText(const engine::Take& take)
{
    const auto all = take.elements.size() - take.primerElements;
    return "seed " + std::to_string(take.seed) + ", " + std::to_string(all) + " elements" +
           (all > mostSteps ? "; the first " + std::to_string(mostSteps) + " are shown" : "");
}

} // namespace

bool canDraw()
{
    return true;
}

void drawScore(const std::filesystem::path& file, const score::Score& score,
               const std::string& title, const std::string& subtitle)
{
    picture::PianoRollOptions options;
    options.title = title;
    options.subtitle = subtitle;
    picture::savePng(picture::pianoRoll(score, options), file);
}

void drawProbabilities(const std::filesystem::path& file, const engine::Take& take,
                       const std::string& title)
{
    constexpr auto columns = engine::Take::pitchColumns;
    const auto steps = shownSteps(take);
    picture::PitchProbabilityView view;
    view.title = title + ": which pitches were likely at each step";
    view.subtitle = stepsText(take);
    view.steps = picture::Matrix(static_cast<int>(steps), 128);
    for (std::size_t step = 0; step < steps; ++step) {
        for (std::size_t pitch = 0; pitch < 128; ++pitch)
            view.steps.at(static_cast<int>(step), static_cast<int>(pitch)) =
                take.pitchProbabilities[step * columns + pitch];
        view.rests.push_back(take.pitchProbabilities[step * columns + 128]);
        view.chosen.push_back(take.elements[take.primerElements + step].pitches);
    }
    picture::savePng(picture::pitchProbabilities(view), file);
}

void drawAttention(const std::filesystem::path& file, const engine::Take& take,
                   const std::string& title)
{
    const auto steps = shownSteps(take);
    const auto shown = take.primerElements + steps;
    picture::AttentionView view;
    view.title = title + ": which earlier elements each step attended to";
    view.subtitle = stepsText(take);
    view.weights = picture::Matrix(static_cast<int>(steps), static_cast<int>(shown));
    for (std::size_t step = 0; step < steps; ++step)
        for (std::size_t column = 0; column < shown; ++column)
            view.weights.at(static_cast<int>(step), static_cast<int>(column)) =
                take.attention[step * take.elements.size() + column];
    for (std::size_t i = 0; i < shown; ++i) {
        view.elements.push_back(score::chordName(take.elements[i].pitches));
        if (i >= take.primerElements)
            view.steps.push_back(view.elements.back());
    }
    picture::savePng(picture::attentionMatrix(view), file);
}

void drawLosses(const std::filesystem::path& file, const LogTable& log, std::int64_t bestEpoch)
{
    const auto* epochs = log.column("epoch");
    if (!epochs || epochs->empty())
        return;
    std::vector<picture::Series> series;
    for (const auto* name : {"sum", "pitch", "duration"})
        for (const auto* part : {"train_", "validation_"}) {
            const auto* values = log.column(std::string(part) + name);
            if (!values)
                continue;
            picture::Series line;
            line.name = std::string(name) + (part[0] == 't' ? ", training" : ", validation");
            line.dashed = part[0] == 't';
            for (std::size_t i = 0; i < values->size(); ++i)
                line.points.emplace_back((*epochs)[i], (*values)[i]);
            series.push_back(std::move(line));
        }
    picture::CurveOptions options;
    options.text.title = "Losses";
    options.text.subtitle = "training: with dropout and in changing keys; validation: whole "
                            "pieces in their own keys";
    options.text.xTitle = "epoch";
    options.x = picture::Scale::counted;
    options.text.yTitle = "nats per element";
    if (bestEpoch > 0)
        options.milestones.push_back({static_cast<double>(bestEpoch), "kept"});
    picture::savePng(picture::curves(series, options), file);
}

void drawAdversarialLosses(const std::filesystem::path& file, const LogTable& log)
{
    const auto* epochs = log.column("epoch");
    if (!epochs || epochs->empty())
        return;
    const auto withCritic = epochsWithCritic(log, epochs->size());
    const auto first = static_cast<std::size_t>(
        std::find(withCritic.begin(), withCritic.end(), true) - withCritic.begin());
    std::vector<juce::Image> images;
    for (const auto& diagram : adversarialDiagrams) {
        std::vector<picture::Series> series;
        const bool ofCritic = &diagram - adversarialDiagrams.data() < 2;
        for (const auto& [column, name] : diagram.columns) {
            const auto* values = log.column(column);
            if (!values)
                continue;
            picture::Series line;
            line.name = name;
            // Where the critic joins, it learns alone for a while: the other losses' mean over
            // that epoch counts steps that had none.
            const auto isMixed = [&](std::size_t i) {
                return first > 0 && i == first && std::string(column).rfind("train_", 0) == 0;
            };
            for (std::size_t i = 0; i < values->size(); ++i)
                if (ofCritic ? withCritic[i] : !isMixed(i))
                    line.points.emplace_back((*epochs)[i], (*values)[i]);
            series.push_back(std::move(line));
        }
        if (series.empty() || (ofCritic && first == epochs->size()))
            continue;
        picture::CurveOptions options;
        options.text = {diagram.title, "", "epoch", diagram.yTitle};
        options.height = 340;
        options.x = picture::Scale::counted;
        if (first > 0 && first < epochs->size())
            options.milestones.push_back({(*epochs)[first], "critic joins"});
        images.push_back(picture::curves(series, options));
    }
    float width = 0.0f, height = 0.0f;
    for (const auto& image : images) {
        width = std::max(width, static_cast<float>(image.getWidth()) / picture::sharpness);
        height += static_cast<float>(image.getHeight()) / picture::sharpness;
    }
    picture::Chart sheet(std::max(1.0f, width), std::max(1.0f, height));
    float y = 0.0f;
    for (const auto& image : images) {
        const auto share = static_cast<float>(image.getHeight()) / picture::sharpness;
        sheet.graphics().drawImage(
            image, {0.0f, y, static_cast<float>(image.getWidth()) / picture::sharpness, share});
        y += share;
    }
    picture::savePng(sheet.image(), file);
}

std::vector<std::filesystem::path> drawStatistics(const std::filesystem::path& folder,
                                                  const MusicStatistics& made,
                                                  const MusicStatistics& corpus)
{
    std::vector<std::filesystem::path> files;
    const auto draw = [&](const char* name, const std::string& title, const std::string& xTitle,
                          const std::vector<std::string>& labels, const std::vector<double>& ofMade,
                          const std::vector<double>& ofCorpus) {
        picture::BarChartOptions options;
        options.text.title = title;
        options.text.xTitle = xTitle;
        options.text.yTitle = "share";
        files.push_back(folder / name);
        picture::savePng(picture::barChart(labels,
                                           {{"generated", ofMade}, {"training pieces", ofCorpus}},
                                           options),
                         files.back());
    };
    const auto share = [](const auto& shares, const auto& key) {
        const auto found = shares.find(key);
        return found == shares.end() ? 0.0 : found->second;
    };

    std::vector<std::string> labels;
    std::vector<double> a, b;
    for (int pitchClass = 0; pitchClass < 12; ++pitchClass) {
        auto name = score::readablePitchName(60 + pitchClass);
        name.pop_back();
        labels.push_back(name);
        a.push_back(share(made.pitchClasses, pitchClass));
        b.push_back(share(corpus.pitchClasses, pitchClass));
    }
    draw("pitch-classes.png", "Pitch classes", "pitch class", labels, a, b);

    labels.clear(), a.clear(), b.clear();
    std::vector<std::pair<double, std::string>> durations;
    for (const auto& [name, value] : corpus.durations)
        if (value >= 0.002 || share(made.durations, name) >= 0.002)
            durations.emplace_back(score::Quarters::fromString(name).toDouble(), name);
    std::sort(durations.begin(), durations.end());
    for (const auto& [quarters, name] : durations) {
        labels.push_back(name);
        a.push_back(share(made.durations, name));
        b.push_back(share(corpus.durations, name));
    }
    if (!labels.empty())
        draw("durations.png", "Durations", "quarter notes", labels, a, b);

    labels.clear(), a.clear(), b.clear();
    for (int step = -12; step <= 12; ++step) {
        labels.push_back(std::to_string(step));
        a.push_back(share(made.steps, step));
        b.push_back(share(corpus.steps, step));
    }
    draw("steps.png", "Melodic steps of the lowest note", "semitones (12: an octave or more)",
         labels, a, b);
    return files;
}

} // namespace organum::training
