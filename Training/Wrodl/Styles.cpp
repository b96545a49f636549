#include "Training/Wrodl/Styles.h"

namespace organum::training
{

const std::array<Feature, featureCount>& features()
{
    static const std::array<Feature, featureCount> all = {
        {{"hair style",
          {"none", "bun", "long wavy", "long straight", "short wavy", "short straight",
           "short curly"}},
         {"hair colour", {"black", "blond", "brown", "pastel pink", "red", "silver grey"}},
         {"glasses", {"none", "round", "sunglasses"}},
         {"clothing", {"hoodie", "overall", "crew neck", "V neck"}},
         {"clothing colour",
          {"black", "blue", "grey", "pastel green", "pastel orange", "pink", "red", "white"}}}};
    return all;
}

std::size_t indexOf(const Style& style)
{
    std::size_t index = 0;
    for (std::size_t f = 0; f < featureCount; ++f)
        index = index * features()[f].values.size() + static_cast<std::size_t>(style[f]);
    return index;
}

Style styleAt(std::size_t index)
{
    Style style{};
    for (auto f = featureCount; f-- > 0;) {
        const auto count = features()[f].values.size();
        style[f] = static_cast<int>(index % count);
        index /= count;
    }
    return style;
}

std::string describe(const Style& style)
{
    std::string text;
    for (std::size_t f = 0; f < featureCount; ++f) {
        const auto& value = features()[f].values[static_cast<std::size_t>(style[f])];
        const auto word = value != "none" ? value : f == 0 ? "no hair" : "no glasses";
        text += (f > 0 ? ", " : "") + word;
    }
    return text;
}

const std::vector<Style>& inhabitants()
{
    static const std::vector<Style> all = {
        {{5, 4, 1, 2, 7}}, {{6, 5, 1, 1, 7}}, {{5, 1, 2, 2, 7}}, {{3, 4, 1, 2, 7}},
        {{0, 5, 1, 1, 7}}, {{3, 0, 0, 1, 7}}, {{3, 5, 2, 1, 7}}, {{5, 5, 1, 2, 7}},
        {{3, 5, 1, 0, 5}}, {{3, 1, 1, 2, 4}}, // table 1.1 ends here
        {{3, 0, 0, 1, 2}}, {{3, 1, 1, 2, 6}}, {{0, 5, 1, 0, 7}}, {{3, 4, 1, 2, 7}},
        {{6, 5, 2, 2, 2}}, {{3, 0, 2, 2, 6}}, {{6, 4, 1, 2, 2}}, {{5, 5, 1, 1, 1}},
        {{3, 5, 2, 1, 4}}, {{3, 4, 2, 2, 1}}, {{3, 3, 2, 3, 7}}, {{6, 1, 2, 0, 2}},
        {{6, 5, 2, 2, 3}}, {{5, 5, 0, 2, 6}}, {{0, 5, 1, 2, 3}}, {{4, 5, 1, 1, 7}},
        {{0, 5, 2, 2, 5}}, {{3, 5, 2, 2, 1}}, {{3, 5, 0, 0, 5}}, {{2, 5, 1, 1, 7}},
        {{0, 4, 2, 2, 7}}, {{5, 5, 1, 1, 7}}, {{3, 5, 1, 1, 2}}, {{5, 0, 1, 3, 3}},
        {{3, 1, 0, 3, 7}}, {{3, 0, 2, 2, 1}}, {{3, 0, 0, 1, 2}}, {{5, 5, 0, 0, 2}},
        {{6, 5, 1, 1, 3}}, {{3, 0, 0, 1, 7}}, {{5, 1, 1, 3, 2}}, {{3, 5, 0, 3, 7}},
        {{0, 5, 2, 0, 5}}, {{3, 2, 0, 1, 7}}, {{5, 3, 1, 2, 7}}, {{0, 5, 1, 3, 7}},
        {{5, 3, 2, 1, 2}}, {{3, 4, 2, 0, 7}}, {{3, 4, 0, 1, 2}}, {{6, 2, 2, 1, 3}}};
    return all;
}

Style workedExample()
{
    return {{3, 4, 1, 2, 7}};
}

Style workedExampleInBlue()
{
    return {{3, 4, 1, 2, 1}};
}

} // namespace organum::training
