#include "Datasets/LocalServer.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <sstream>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace organum::test
{
namespace
{

bool sendAll(int connection, const std::string& bytes)
{
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const auto count =
            ::send(connection, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        sent += static_cast<std::size_t>(count);
    }
    return true;
}

std::string chunksOf(const std::string& body)
{
    constexpr std::size_t chunk = 1000;
    std::ostringstream text;
    for (std::size_t at = 0; at < body.size(); at += chunk) {
        const auto part = body.substr(at, chunk);
        text << std::hex << part.size() << "\r\n" << part << "\r\n";
    }
    return text.str() + "0\r\n\r\n";
}

Asked parsed(const std::string& text)
{
    Asked asked;
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    std::istringstream first(line);
    std::string method;
    first >> method >> asked.path;
    while (std::getline(lines, line) && line.size() > 1) {
        const auto colon = line.find(':');
        auto name = line.substr(0, colon);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        auto value = line.substr(colon + 1);
        value.erase(0, value.find_first_not_of(' '));
        value.erase(value.find_last_not_of("\r\n") + 1);
        asked.headers[name] = value;
    }
    return asked;
}

} // namespace

LocalServer::LocalServer()
{
    listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof where;
    if (listener < 0 || ::bind(listener, reinterpret_cast<sockaddr*>(&where), size) != 0 ||
        ::listen(listener, 8) != 0 ||
        ::getsockname(listener, reinterpret_cast<sockaddr*>(&where), &size) != 0)
        throw std::runtime_error(std::string("no local server: ") + std::strerror(errno));
    port = ntohs(where.sin_port);
    thread = std::thread([this] { run(); });
}

LocalServer::~LocalServer()
{
    stopping = true;
    ::shutdown(listener, SHUT_RDWR);
    thread.join();
    ::close(listener);
}

std::string LocalServer::address(const std::string& path) const
{
    return "http://127.0.0.1:" + std::to_string(port) + path;
}

void LocalServer::serve(const std::string& path, Served served)
{
    const std::lock_guard<std::mutex> lock(mutex);
    paths[path] = std::move(served);
    answers[path] = 0;
}

std::vector<Asked> LocalServer::asked() const
{
    const std::lock_guard<std::mutex> lock(mutex);
    return requests;
}

void LocalServer::run()
{
    while (!stopping) {
        const int connection = ::accept(listener, nullptr, nullptr);
        if (connection < 0)
            continue;
        answer(connection);
        ::close(connection);
    }
}

void LocalServer::answer(int connection)
{
    std::string text;
    char block[4096];
    while (text.find("\r\n\r\n") == std::string::npos) {
        const auto count = ::recv(connection, block, sizeof block, 0);
        if (count <= 0)
            return;
        text.append(block, static_cast<std::size_t>(count));
    }
    const auto request = parsed(text);
    Served served;
    int cut = -1;
    {
        const std::lock_guard<std::mutex> lock(mutex);
        requests.push_back(request);
        const auto known = paths.find(request.path);
        if (known == paths.end()) {
            served.status = 404;
            served.body = "<html>nothing here</html>";
        } else {
            served = known->second;
            const auto n = answers[request.path]++;
            if (n < served.cuts.size())
                cut = served.cuts[n];
        }
    }
    auto body = served.body;
    auto status = served.status;
    std::ostringstream head;
    const auto range = request.headers.find("range");
    const auto condition = request.headers.find("if-range");
    if (status == 200 && served.ranges && range != request.headers.end() &&
        (condition == request.headers.end() || !served.conditions ||
         condition->second == served.tag)) {
        const auto begin = static_cast<std::size_t>(std::stoull(range->second.substr(6)));
        if (begin >= body.size()) {
            status = 416;
            head << "Content-Range: bytes */" << body.size() << "\r\n";
            body.clear();
        } else {
            status = 206;
            head << "Content-Range: bytes " << begin << '-' << body.size() - 1 << '/' << body.size()
                 << "\r\n";
            body = body.substr(begin);
        }
    }
    if (!served.tag.empty())
        head << "ETag: " << served.tag << "\r\n";
    if (!served.location.empty())
        head << "Location: " << served.location << "\r\n";
    if (served.chunked)
        head << "Transfer-Encoding: chunked\r\n";
    else if (served.length && !served.endless)
        head << "Content-Length: " << body.size() << "\r\n";
    if (!sendAll(connection, "HTTP/1.1 " + std::to_string(status) +
                                 " Told\r\nConnection: close\r\n" + head.str() + "\r\n"))
        return;
    if (served.chunked)
        body = chunksOf(body);
    if (cut >= 0)
        body.resize(std::min(body.size(), static_cast<std::size_t>(cut)));
    do
        if (!sendAll(connection, body))
            return;
    while (served.endless && !body.empty() && !stopping);
}

} // namespace organum::test
