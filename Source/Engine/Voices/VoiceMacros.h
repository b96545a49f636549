#pragma once

// Macros in a bundle: names, meanings and means in its `config`, under "macros", and the directions
// in a tensor of that name beside the network's. Both are there or neither.

#include "Bundle/Bundle.h"
#include "Engine/Macros.h"

#include <nlohmann/json_fwd.hpp>

namespace organum::engine
{

class ConfigReader;

/** Of the tensor [macros, vectors, numbers of noise]. */
constexpr auto macroTensorName = "macros";

/** [{"name", "meaning", "means"}] */
nlohmann::ordered_json macrosToJson(const std::vector<Macro>& macros);
/** Leaves out the directions. Without "macros" there are none. Throws std::invalid_argument. */
std::vector<Macro> readMacros(const ConfigReader& reader);

/** Every direction has `noise` numbers for each vector; an empty one is written as zeros. */
bundle::Tensor macroTensor(const std::vector<Macro>& macros, std::size_t noise);
/** Fills in the directions; vectors that no macro moves stay empty. Throws bundle::BundleError when
    the tensor does not fit what the configuration says. */
void readDirections(const bundle::Bundle& bundle, std::size_t noise, std::vector<Macro>& macros);

} // namespace organum::engine
