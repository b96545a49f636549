#include "Training/Image/Files/NumpyHeader.h"

#include <stdexcept>
#include <string_view>

namespace organum::training
{
namespace
{

constexpr std::size_t longestHeader = longestNumpyHeader - 12; // after what says how long it is
constexpr std::size_t mostDimensions = 8;
constexpr std::int64_t largestDimension = std::int64_t{1} << 40;

[[noreturn]] void refuse(const std::string& reason)
{
    throw std::invalid_argument(reason);
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/** Goes through the text once, from left to right. */
class Scanner
{
public:
    explicit Scanner(std::string_view textIn)
        : text(textIn)
    {
    }

    /** Whether this character comes next, blanks left out; then it is passed. */
    bool take(char wanted)
    {
        while (at < text.size() && isBlank(text[at]))
            ++at;
        if (at == text.size() || text[at] != wanted)
            return false;
        ++at;
        return true;
    }

    bool takeWord(std::string_view word)
    {
        while (at < text.size() && isBlank(text[at]))
            ++at;
        if (text.substr(at, word.size()) != word)
            return false;
        at += word.size();
        return true;
    }

    /** 'text' or "text". False when no text comes next. */
    bool takeText(std::string& found)
    {
        const auto quote = take('\'') ? '\'' : take('"') ? '"' : '\0';
        if (quote == '\0')
            return false;
        const auto end = text.find(quote, at);
        if (end == std::string_view::npos)
            refuse("its header ends within a text");
        found = std::string(text.substr(at, end - at));
        at = end + 1;
        return true;
    }

    /** (2, 784), with or without a comma at the end. */
    std::vector<std::int64_t> takeShape()
    {
        std::vector<std::int64_t> shape;
        if (!take('('))
            refuse("its header names no shape");
        while (!take(')')) {
            if (shape.size() == mostDimensions)
                refuse("its shape has more than " + std::to_string(mostDimensions) + " dimensions");
            shape.push_back(takeSize());
            if (!take(',') && !(at < text.size() && text[at] == ')'))
                refuse("its header names no shape");
        }
        return shape;
    }

private:
    std::int64_t takeSize()
    {
        if (take('-'))
            refuse("its shape has a negative dimension");
        std::int64_t size = 0;
        const auto first = at;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
            size = size * 10 + (text[at] - '0');
            if (size > largestDimension)
                refuse("its shape is too large");
        }
        if (at == first)
            refuse("its header names no shape");
        if (size == 0)
            refuse("it is empty: a dimension of its shape is 0");
        return size;
    }

    const std::string_view text;
    std::size_t at = 0;
};

} // namespace

NumpyHeader readNumpyHeader(const std::string& bytes)
{
    if (bytes.size() < 10 || bytes.compare(0, 6, "\x93NUMPY") != 0)
        refuse("it does not begin as a NumPy array does");
    const auto byteAt = [&](std::size_t i) {
        return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i]));
    };
    const auto isLong = byteAt(6) >= 2;
    const std::size_t start = isLong ? 12 : 10;
    std::size_t length = byteAt(8) | byteAt(9) << 8;
    if (isLong && bytes.size() >= start)
        length |= byteAt(10) << 16 | byteAt(11) << 24;
    if (length > longestHeader)
        refuse("its header claims to be " + std::to_string(length) + " bytes long; at most " +
               std::to_string(longestHeader) + " are read");
    if (bytes.size() < start + length)
        refuse("it ends within its header, at byte " + std::to_string(bytes.size()));

    NumpyHeader header;
    header.dataAt = start + length;
    Scanner scanner(std::string_view(bytes).substr(start, length));
    if (!scanner.take('{'))
        refuse("its header is no dictionary");
    while (!scanner.take('}')) {
        std::string key, value;
        if (!scanner.takeText(key) || !scanner.take(':'))
            refuse("its header is no dictionary");
        if (key == "shape")
            header.shape = scanner.takeShape();
        else if (key == "descr" && !scanner.takeText(header.type))
            refuse("its elements are records of several values; whole numbers are read");
        else if (key == "fortran_order" && scanner.takeWord("True"))
            refuse("it is stored column by column (fortran_order); save it row by row");
        else if (key == "fortran_order" && !scanner.takeWord("False"))
            refuse("its header does not say whether it is stored row by row");
        else if (key != "descr" && key != "fortran_order")
            refuse("its header has the unknown entry \"" + key.substr(0, 40) + "\"");
        scanner.take(',');
    }
    if (header.type.empty())
        refuse("its header names no element type");
    if (header.shape.empty())
        refuse("its header names no shape");
    return header;
}

} // namespace organum::training
