#pragma once

// What a bundle says about its training, as far as it is the same for every model.

#include "Training/Training.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace organum::training
{

/** JSON as text. What the user typed, such as the command line, may be no UTF-8; a record must not
    fail for it, so such bytes become replacement characters. */
std::string recordText(const nlohmann::ordered_json& json, int indent = -1);

/** {"data": {"name", "licence", "files": [{"name", "sha256"}]}, "split", "parts", "command",
    "model", "recipe", "settings", "seed", "library"}; a model adds keys of its own. `files` are
    pairs of name and sha256; `split` is JSON. */
nlohmann::ordered_json provenanceOf(const TrainOptions& options,
                                    const std::map<std::string, std::string>& settings,
                                    const std::vector<std::pair<std::string, std::string>>& files,
                                    const std::string& splitJson);

/** Adds to a bundle how long the whole run took; the weights stay as they are. Nothing when there
    is no bundle. */
void addEnding(const std::filesystem::path& file, std::int64_t epochs, double seconds);

} // namespace organum::training
