#include "CommandLine/TrainableText.h"

#include <sstream>

namespace organum::commandline
{

std::string trainableText(const training::ListedModel& model)
{
    std::ostringstream text;
    text << model.name << "\n  " << model.title << " (" << model.bookSection << ")\n  data: "
         << (model.dataNeeded.empty() ? "built in, leave --data out" : model.dataNeeded) << '\n';
    if (!model.size.empty())
        text << "  size: " << model.size << '\n';
    if (!model.example.empty())
        text << "  e.g.: " << model.example << '\n';
    for (const auto& [name, meaning] : model.recipes)
        text << "  --recipe " << name << ": " << meaning << '\n';
    for (const auto& setting : model.settings)
        text << "  --set " << setting.name << "=...: " << setting.meaning << '\n';
    return text.str();
}

} // namespace organum::commandline
