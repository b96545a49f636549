#include "Training/Loop/Checkpoint.h"

#include "Score/AtomicFile.h"
#include "Training/Data/Sha256.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace organum::training
{

namespace
{

const std::string hashMark = "\norganum sha256 ";
constexpr std::size_t hashLength = 64;

/** The archive in a checkpoint file. Throws when its hash says that it is damaged. */
std::string checkedContent(const std::filesystem::path& file)
{
    std::error_code error;
    if (std::filesystem::is_fifo(file, error)) // opening it would wait for a writer
        throw std::runtime_error("it is a pipe");
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw std::runtime_error("it cannot be opened");
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const auto tail = hashMark.size() + hashLength;
    if (text.size() < tail || text.compare(text.size() - tail, hashMark.size(), hashMark) != 0)
        return text;
    const auto hash = text.substr(text.size() - hashLength);
    text.resize(text.size() - tail);
    if (sha256(text.data(), text.size()) != hash)
        throw std::runtime_error("it is damaged, its content is not what was written");
    return text;
}

} // namespace

std::string LoopState::toJson() const
{
    return nlohmann::json{
        {"epoch", position.epoch}, {"stepOfEpoch", position.stepOfEpoch},
        {"step", position.step},   {"epochsWithoutImprovement", epochsWithoutImprovement},
        {"bestEpoch", bestEpoch},  {"best", best},
        {"epochSums", epochSums},  {"seconds", seconds},
        {"logBytes", logBytes}}
        .dump();
}

LoopState LoopState::fromJson(const std::string& text)
{
    const auto json = nlohmann::json::parse(text);
    LoopState state;
    json.at("epoch").get_to(state.position.epoch);
    json.at("stepOfEpoch").get_to(state.position.stepOfEpoch);
    json.at("step").get_to(state.position.step);
    json.at("epochsWithoutImprovement").get_to(state.epochsWithoutImprovement);
    json.at("bestEpoch").get_to(state.bestEpoch);
    json.at("best").get_to(state.best);
    json.at("epochSums").get_to(state.epochSums);
    json.at("seconds").get_to(state.seconds);
    json.at("logBytes").get_to(state.logBytes);
    return state;
}

void save(torch::serialize::OutputArchive& archive, const std::string& key,
          const torch::nn::Module& module)
{
    torch::serialize::OutputArchive part(archive.compilation_unit());
    module.save(part);
    archive.write(key, part);
}

void load(torch::serialize::InputArchive& archive, const std::string& key,
          torch::nn::Module& module)
{
    torch::serialize::InputArchive part;
    archive.read(key, part);
    module.load(part);
}

void save(torch::serialize::OutputArchive& archive, const std::string& key,
          const torch::optim::Optimizer& optimizer)
{
    torch::serialize::OutputArchive part(archive.compilation_unit());
    optimizer.save(part);
    archive.write(key, part);
}

void load(torch::serialize::InputArchive& archive, const std::string& key,
          torch::optim::Optimizer& optimizer)
{
    torch::serialize::InputArchive part;
    archive.read(key, part);
    optimizer.load(part);
}

void save(torch::serialize::OutputArchive& archive, const std::string& key, const std::string& text)
{
    archive.write(key, c10::IValue(text));
}

std::string loadText(torch::serialize::InputArchive& archive, const std::string& key)
{
    c10::IValue value;
    archive.read(key, value);
    return value.toStringRef();
}

void writeCheckpoint(const std::filesystem::path& file, const LoopState& state,
                     const Objective& objective)
{
    torch::serialize::OutputArchive archive;
    save(archive, "loop", state.toJson());
    torch::serialize::OutputArchive part(archive.compilation_unit());
    objective.save(part);
    archive.write("objective", part);
    std::ostringstream bytes;
    archive.save_to(bytes);
    auto text = bytes.str();
    text += hashMark + sha256(text.data(), text.size());
    score::writeFileAtomically(file, text.data(), text.size(), "the checkpoint");
}

LoopState readCheckpoint(const std::filesystem::path& file, Objective& objective)
{
    try {
        std::istringstream in(checkedContent(file));
        torch::serialize::InputArchive archive;
        archive.load_from(in, objective.computesOn());
        auto state = LoopState::fromJson(loadText(archive, "loop"));
        torch::serialize::InputArchive part;
        archive.read("objective", part);
        objective.load(part);
        return state;
    } catch (const std::exception& error) {
        std::string reason = error.what();
        reason = reason.substr(0, reason.find('\n'));
        throw std::runtime_error("Could not go on from the checkpoint " + file.string() + ": " +
                                 reason + ". Train anew into another run folder.");
    }
}

} // namespace organum::training
