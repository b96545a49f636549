#pragma once

// From a bundle to a network that plays: the one place that knows which kinds of network there are.

#include "Bundle/Bundle.h"
#include "Engine/Model.h"
#include "Engine/StepModel.h"

#include <filesystem>

namespace organum::engine
{

struct LoadedModel
{
    bundle::Metadata metadata;
    std::shared_ptr<const Model> model;
    /** The network alone, for those who score music; null when it does not write element by
        element. */
    std::shared_ptr<const StepModel> steps;
};

/** Throws bundle::BundleError, also when the vocabulary or the tensors do not fit the kind; a kind
    this engine does not know counts as a newer version. */
LoadedModel makeModel(const bundle::Bundle& bundle);

/** Reads and makes; every message names the file. Blocks; any thread but an audio thread. */
LoadedModel loadModel(const std::filesystem::path& file);

/** What organum_describe() tells: JSON with name, kind, format_version, parameters, what the model
    says of itself (Model::description()) and provenance. */
std::string describeModel(const LoadedModel& loaded);

} // namespace organum::engine
