#include "Training/Image/ImageReport.h"

#include "Training/Data/JsonText.h"
#include "Training/Report/LogTable.h"
#include "Training/Report/Pictures.h"

#include <algorithm>

namespace organum::training
{

Planes planesOf(const torch::Tensor& images)
{
    const auto values = images.detach().to(torch::kCPU, torch::kFloat32).contiguous();
    Planes planes;
    planes.count = static_cast<int>(values.size(0));
    planes.channels = static_cast<int>(values.size(1));
    planes.height = static_cast<int>(values.size(2));
    planes.width = static_cast<int>(values.size(3));
    planes.values.assign(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
    return planes;
}

void writeHead(Book& book, const ImageRun& run, const std::string& title)
{
    book.line("# " + title + "\n");
    book.line("`" + run.bundle.metadata.kind + "`, recipe `" +
              fieldOr(run.provenance, "recipe", std::string()) + "`; data: " + run.share() +
              "; weights of epoch " + std::to_string(run.epoch()) + ".");
    if (!canDraw())
        book.line("\nThis build has no graphics, so there are no pictures.");
}

void addImages(Book& book, const std::string& name, const torch::Tensor& images,
               const PictureText& text, int columns, float cell,
               const std::vector<std::string>& captions)
{
    if (!canDraw())
        return;
    drawImages(book.file(name), planesOf(images), text, columns, cell, captions);
    book.picture(name, text.title);
}

void addLog(Book& book, const ImageRun& run, const std::string& name,
            const std::vector<std::string>& columns, const PictureText& text)
{
    if (run.folder.empty() || !canDraw())
        return;
    const auto log = readLog(run.folder / "log.csv");
    const auto* epochs = log.column("epoch");
    std::vector<NamedPoints> lines;
    for (const auto& column : columns)
        if (const auto* values = log.column(column); values != nullptr && epochs != nullptr) {
            auto title = column;
            std::replace(title.begin(), title.end(), '_', ' ');
            NamedPoints line{title, {}};
            for (std::size_t i = 0; i < values->size(); ++i)
                line.points.emplace_back((*epochs)[i], (*values)[i]);
            lines.push_back(std::move(line));
        }
    if (lines.empty() || lines[0].points.size() < 2)
        return;
    drawLines(book.file(name), lines, text);
    book.picture(name, text.title);
}

} // namespace organum::training
