#include "Training/Music/MusicRecipes.h"

#include "Training/Music/AttentionLstmNetwork.h"
#include "Training/Music/BookObjective.h"
#include "Training/Music/PhraseRecipe.h"

namespace organum::training
{
namespace
{

models::AttentionLstmConfig networkConfig(const MusicData& data, const Settings& settings)
{
    models::AttentionLstmConfig config;
    config.pitches = data.vocabulary().pitchCount();
    config.durations = data.vocabulary().durationCount();
    config.embedSize = settings.integer("embed_size", 1, 4096);
    config.units = settings.integer("units", 1, 4096);
    config.dropout = settings.number("dropout");
    config.attention = settings.on("attention");
    return config;
}

std::vector<Setting> networkSettings(const std::string& dropout)
{
    return {{"attention", "on", "off: the last LSTM output goes to the heads"},
            {"embed_size", "100", "dimensions of each embedding"},
            {"units", "256", "units of each LSTM"},
            {"dropout", dropout, "share of LSTM outputs dropped while training"}};
}

std::unique_ptr<Objective> makeBook(const MusicData& data, const Settings& settings,
                                    std::uint64_t seed, torch::Device device,
                                    const BundleWriter& writer)
{
    BookRecipe recipe;
    recipe.window = settings.integer("window", 1, 65536);
    recipe.batch = settings.integer("batch", 1, 65536);
    recipe.rate = settings.number("rate");
    auto network =
        std::make_unique<AttentionLstmNetwork>(networkConfig(data, settings), recipe.window);
    network->network->initialiseAsInTheBook();
    network->module().to(device);
    return std::make_unique<BookObjective>(std::move(network), data, recipe, seed, device, writer);
}

std::unique_ptr<Objective> makeFaithful(const MusicData& data, const Settings& settings,
                                        std::uint64_t seed, torch::Device device,
                                        const BundleWriter& writer)
{
    auto network = std::make_unique<AttentionLstmNetwork>(networkConfig(data, settings));
    network->module().to(device);
    return std::make_unique<LaneObjective>(std::move(network), data, laneRecipe(settings), seed,
                                           device, writer);
}

} // namespace

std::vector<Setting> laneSettings()
{
    return {{"epochs", "60", "passes over the training elements"},
            {"patience", "0", "epochs without improvement before stopping; 0: never"},
            {"lanes", "12", "pieces read side by side"},
            {"chunk", "96", "elements between updates"},
            {"transpose", "on", "every turn of a piece in a random key"},
            {"own_key", "0.15", "share of turns that stay in the piece's own key"},
            {"unknown", "0.3", "how often what one piece alone has is shown as unknown"},
            {"rate", "0.003", "largest learning rate of Adam"},
            {"weight_decay", "0", "decoupled weight decay of matrices"},
            {"clip", "1", "largest norm of the gradient"},
            {"warm_up", "50", "steps of linear rise of the learning rate"},
            {"averaging", "0.99", "decay of the averaged weights; 0: none"}};
}

LaneRecipe laneRecipe(const Settings& settings)
{
    LaneRecipe recipe;
    recipe.lanes.lanes = settings.integer("lanes", 1, 4096);
    recipe.lanes.chunk = settings.integer("chunk", 1, 65536);
    recipe.lanes.transpose = settings.on("transpose");
    recipe.lanes.originalKeyShare = settings.number("own_key", 0.0, 1.0);
    recipe.lanes.unknownChance = settings.number("unknown", 0.0, 1.0);
    recipe.rate = settings.number("rate");
    recipe.weightDecay = settings.number("weight_decay");
    recipe.clip = settings.number("clip", 1e-9);
    recipe.warmUp = settings.integer("warm_up");
    recipe.averaging = settings.number("averaging", 0.0, 1.0);
    return recipe;
}

const std::vector<MusicRecipe>& musicRecipes()
{
    static const std::vector<MusicRecipe> recipes = {
        phraseRecipe(),
        {{"faithful", "the book's network, trained on whole pieces in all keys with carried state",
          joined(networkSettings("0.4"), laneSettings())},
         false,
         makeFaithful},
        {{"book", "the book's network and procedure: shuffled windows of 32, RMSprop",
          joined(networkSettings("0"),
                 {{"epochs", "200", "passes over the windows at most"},
                  {"patience", "10", "epochs without improvement before stopping; 0: never"},
                  {"window", "32", "pairs the network sees"},
                  {"batch", "32", "windows between updates"},
                  {"rate", "0.001", "learning rate of RMSprop"}})},
         true,
         makeBook}};
    return recipes;
}

} // namespace organum::training
