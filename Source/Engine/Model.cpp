#include "Engine/Model.h"

#include "Engine/Blas.h"

namespace organum::engine
{

std::vector<Take> generate(Composition& composition, const std::function<bool()>& goOn)
{
    const OneBlasThread repeatable;
    while (composition.step())
        if (goOn && !goOn())
            return {};
    return composition.releaseTakes();
}

std::vector<Take> generate(const Model& model, const Request& request,
                           const std::function<bool()>& goOn)
{
    const OneBlasThread repeatable;
    return generate(*model.begin(request), goOn);
}

} // namespace organum::engine
