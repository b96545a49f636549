#include "TinyBundle.h"

#include "Bundle/Bundle.h"
#include "Engine/TinyModel.h"

namespace organum::test
{

void writeTinyBundle(const std::filesystem::path& file)
{
    bundle::writeBundle(file, TinyModel().make());
}

} // namespace organum::test
