#pragma once

// The list of everything that can be trained. A new model is one file that defines its entry and
// one line in Registry.cpp.

#include "Training/Training.h"

namespace organum::training
{

/** One registry entry: what list() says about it and what train() calls. */
struct Entry
{
    ListedModel listed;
    TrainResult (*train)(const TrainOptions& options, Progress& progress) = nullptr;
};

/** Entries in the order of the book. */
const std::vector<Entry>& registry();

/** Throws std::invalid_argument that names the known entries. */
const Entry& findEntry(const std::string& name);

/** Entries, each defined in its own file. */
Entry attentionLstmEntry();
Entry museGanEntry();

} // namespace organum::training
