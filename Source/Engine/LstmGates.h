#pragma once

namespace organum::engine
{

/** The arithmetic between the matrix products of one LSTM step. Gates [4 units] in LibTorch's order
    input, forget, cell, output -> new cell and hidden state [units]. Any thread. */
void applyGates(const float* gates, float* cell, float* hidden, int units);

} // namespace organum::engine
