#include "Support/Symbols.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>

#include <cxxabi.h>
#include <dlfcn.h>
#include <elf.h>

namespace organum::support
{

namespace
{

struct Function
{
    std::uint64_t size = 0;
    std::string name;
};
using Functions = std::map<std::uint64_t, Function>; ///< by address within the file

/** False when the file ends too early. */
template <typename Value>
bool readAt(const std::string& bytes, std::uint64_t offset, Value& value)
{
    if (offset > bytes.size() || bytes.size() - offset < sizeof(value))
        return false;
    std::memcpy(&value, bytes.data() + offset, sizeof(value));
    return true;
}

void addTable(const std::string& bytes, const Elf64_Ehdr& header, const Elf64_Shdr& table,
              Functions& functions)
{
    Elf64_Shdr names;
    if (!readAt(bytes, header.e_shoff + table.sh_link * std::uint64_t{header.e_shentsize}, names))
        return;
    Elf64_Sym symbol;
    for (std::uint64_t at = 0; at + sizeof(symbol) <= table.sh_size; at += sizeof(symbol)) {
        if (!readAt(bytes, table.sh_offset + at, symbol))
            return;
        if (ELF64_ST_TYPE(symbol.st_info) == STT_FUNC && symbol.st_value != 0 &&
            names.sh_offset + symbol.st_name < bytes.size())
            functions[symbol.st_value] = {symbol.st_size,
                                          bytes.c_str() + names.sh_offset + symbol.st_name};
    }
}

Functions functionsOf(const std::string& file)
{
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream),
                            std::istreambuf_iterator<char>()};
    Functions functions;
    Elf64_Ehdr header;
    if (!readAt(bytes, 0, header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
        return functions;
    for (std::uint64_t i = 0; i < header.e_shnum; ++i) {
        Elf64_Shdr section;
        if (!readAt(bytes, header.e_shoff + i * header.e_shentsize, section))
            break;
        if (section.sh_type == SHT_SYMTAB || section.sh_type == SHT_DYNSYM)
            addTable(bytes, header, section, functions);
    }
    return functions;
}

std::string demangled(const std::string& name)
{
    int status = 0;
    const std::unique_ptr<char, void (*)(void*)> text(
        abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status), std::free);
    return text != nullptr ? text.get() : name;
}

} // namespace

Symbol symbolAt(const void* address)
{
    Dl_info info{};
    if (dladdr(address, &info) == 0 || info.dli_fname == nullptr)
        return {"?", "?"};
    static std::mutex mutex;
    static std::map<std::string, Functions> files;
    const std::lock_guard<std::mutex> lock(mutex);
    const std::string file = info.dli_fname;
    auto known = files.find(file);
    if (known == files.end())
        known = files.emplace(file, functionsOf(file)).first;

    Symbol symbol{"?", std::filesystem::path(file).filename().string()};
    const auto base = reinterpret_cast<std::uint64_t>(info.dli_fbase);
    const auto place = reinterpret_cast<std::uint64_t>(address);
    const auto after = known->second.upper_bound(place - base);
    if (after != known->second.begin()) {
        const auto& [begin, function] = *std::prev(after);
        if (place - base - begin < std::max<std::uint64_t>(function.size, 1))
            symbol.function = demangled(function.name);
    }
    if (symbol.function == "?" && info.dli_sname != nullptr)
        symbol.function = demangled(info.dli_sname);
    return symbol;
}

} // namespace organum::support
