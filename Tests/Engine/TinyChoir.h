#pragma once

// A small conditional MuseGAN with weights drawn from a fixed seed.

#include "Bundle/Bundle.h"
#include "Engine/ModuleTensors.h"
#include "Engine/Voices/ConditionalMuseGanOptions.h"
#include "Models/Music/ConditionalMuseGan.h"

namespace organum::test
{

/** Sizes small enough for tests. */
inline engine::ConditionalMuseGanOptions smallChoir()
{
    engine::ConditionalMuseGanOptions options;
    options.embed = 8;
    options.context = 32;
    options.plan = 16;
    options.units = 24;
    return options;
}

inline bundle::Bundle tinyChoir(const engine::ConditionalMuseGanOptions& options = smallChoir(),
                                std::uint64_t seed = 3)
{
    torch::manual_seed(seed);
    models::ConditionalMuseGanConfig config;
    config.noise = options.noise;
    config.embed = options.embed;
    config.context = options.context;
    config.plan = options.plan;
    config.units = options.units;
    models::ConditionalMuseGan network(config);
    // An untrained head is undecided; louder weights make it choose, and hold what it sings.
    torch::NoGradGuard noGradients;
    network->voiceHidden->weight.mul_(3.0);
    network->voiceSteps->weight.mul_(3.0);
    network->planSeed->weight.mul_(3.0);
    network->recurrentInput->weight.mul_(2.0);
    network->lastNote.mul_(10.0);
    network->head->weight.mul_(8.0);
    network->holdBias.fill_(2.0);
    network->intervalWishes.normal_(0.0, 0.5);

    bundle::Bundle made;
    made.metadata.kind = "musegan-conditional";
    made.metadata.name = "Tiny choir";
    made.metadata.config = options.toJson();
    made.metadata.provenance = R"({"data":{"name":"drawn from a seed"},"program":52})";
    made.tensors = engine::tensorsOf(*network);
    return made;
}

} // namespace organum::test
