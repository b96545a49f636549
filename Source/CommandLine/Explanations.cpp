#include "CommandLine/Explanations.h"

namespace organum::commandline
{
void stageExplanations(OutputSet&, const Take&, const std::filesystem::path&, const std::string&) {}
} // namespace organum::commandline
