#include "Engine/LstmGates.h"

#include "Engine/Activations.h"
#include "Engine/Processors.h"

namespace organum::engine
{

ORGANUM_FOR_EVERY_PROCESSOR
void applyGates(const float* gates, float* cell, float* hidden, int units)
{
    const float* in = gates;
    const float* forget = gates + units;
    const float* candidate = gates + 2 * units;
    const float* out = gates + 3 * units;
    for (int i = 0; i < units; ++i) {
        const float c =
            fastSigmoid(forget[i]) * cell[i] + fastSigmoid(in[i]) * fastTanh(candidate[i]);
        cell[i] = c;
        hidden[i] = fastSigmoid(out[i]) * fastTanh(c);
    }
}

} // namespace organum::engine
