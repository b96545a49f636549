#include "Training/Evaluation/TrainedModel.h"

#include <nlohmann/json.hpp>

#include <map>
#include <stdexcept>

namespace organum::training
{

std::vector<const Piece*> TrainedModel::select(const std::vector<Piece>& pieces,
                                               const std::string& which) const
{
    std::map<std::string, const Piece*> byName;
    for (const auto& piece : pieces)
        byName[piece.name] = &piece;
    std::vector<const Piece*> chosen;
    for (const auto& name : split.part(which))
        chosen.push_back(byName.at(name));
    return chosen;
}

TrainedModel openTrainedModel(const std::filesystem::path& path)
{
    TrainedModel trained;
    trained.file = std::filesystem::is_directory(path) ? path / "model.organum" : path;
    if (!std::filesystem::exists(trained.file))
        throw std::runtime_error(
            "There is no model at " + trained.file.string() +
            (std::filesystem::is_directory(path)
                 ? ": this is no run folder, or its first epoch has not ended yet."
                 : ". Give a bundle (*.organum) or a run folder."));
    trained.model = engine::loadModel(trained.file);
    if (!trained.model.steps)
        throw std::runtime_error("The model " + trained.file.string() +
                                 " writes several voices at once and has no chance for each "
                                 "element; this command is for models that write one element "
                                 "after another.");
    try {
        const auto json = nlohmann::json::parse(trained.model.metadata.provenance);
        trained.split = splitFromJson(json.at("split").dump(), trained.file.string());
        json.at("parts").get_to(trained.parts);
        json.at("recipe").get_to(trained.recipe);
        json.at("data").at("name").get_to(trained.dataName);
        trained.sampler =
            json.at("context") == "window" ? engine::Sampler::window : engine::Sampler::stream;
        for (const auto& file : json.at("data").at("files"))
            trained.checksums.emplace_back(file.at("name"), file.at("sha256"));
    } catch (const nlohmann::json::exception&) {
        throw std::runtime_error("The bundle " + trained.file.string() +
                                 " does not say which files it was trained on, so it cannot be "
                                 "judged on others. Use a bundle written by organum train.");
    }
    return trained;
}

MusicFolder readDataOf(const TrainedModel& trained, const std::filesystem::path& folder,
                       const std::string& parts, Progress& progress)
{
    auto data = readMusicFolder(
        folder, score::PartSelection::fromString(parts.empty() ? trained.parts : parts), progress);
    checkSplit(trained.split, data.pieces);
    data.warnings.clear();
    std::map<std::string, std::string> now;
    for (const auto& piece : data.pieces)
        now[piece.name] = piece.sha256;
    for (const auto& [name, checksum] : trained.checksums)
        if (now[name] != checksum)
            data.warnings.push_back(name + " has changed since the model was trained.");
    return data;
}

} // namespace organum::training
