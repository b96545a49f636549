#include "Training/Music/MusicNetwork.h"

namespace organum::training
{

std::vector<ParameterGroup> MusicNetwork::parameterGroups()
{
    ParameterGroup matrices, vectors;
    vectors.decays = false;
    for (const auto& parameter : module().parameters())
        if (parameter.requires_grad())
            (parameter.dim() > 1 ? matrices : vectors).parameters.push_back(parameter);
    return {matrices, vectors};
}

} // namespace organum::training
