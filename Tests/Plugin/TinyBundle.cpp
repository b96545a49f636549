#include "TinyBundle.h"

#include "Bundle/Bundle.h"
#include "Engine/TinyModel.h"
#include "Engine/TinyVoices.h"

namespace organum::test
{

void writeTinyBundle(const std::filesystem::path& file)
{
    bundle::writeBundle(file, TinyModel().make());
}

void writeTinyChoir(const std::filesystem::path& file)
{
    bundle::writeBundle(file, TinyMuseGan().make());
}

} // namespace organum::test
