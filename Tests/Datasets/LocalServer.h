#pragma once

// A web server on this machine's loopback that behaves, and misbehaves, as a test says: it cuts
// bodies, leaves ranges out, redirects, and says what it was asked.

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace organum::test
{

/** How one path is answered. */
struct Served
{
    std::string body;
    int status = 200;
    std::string location{};  ///< for a redirection
    std::string tag{};       ///< ETag, with its quotes; empty: none
    bool ranges = true;      ///< knows the Range header
    bool conditions = true;  ///< heeds If-Range
    bool length = true;      ///< says the length; else the end of the connection is the end
    bool chunked = false;    ///< sends chunks instead of a length
    bool endless = false;    ///< repeats the body without end
    std::vector<int> cuts{}; ///< bytes after which the 1st, 2nd ... answer is cut off; -1: not
};

struct Asked
{
    std::string path;
    std::map<std::string, std::string> headers; ///< names in lower case
};

class LocalServer
{
public:
    LocalServer();
    ~LocalServer();
    LocalServer(const LocalServer&) = delete;
    LocalServer& operator=(const LocalServer&) = delete;

    /** "http://127.0.0.1:PORT" and the path. */
    std::string address(const std::string& path) const;
    void serve(const std::string& path, Served served);
    std::vector<Asked> asked() const;

private:
    void run();
    void answer(int connection);

    int listener = -1;
    int port = 0;
    std::atomic<bool> stopping{false};
    mutable std::mutex mutex;
    std::map<std::string, Served> paths;
    std::map<std::string, std::size_t> answers;
    std::vector<Asked> requests;
    std::thread thread;
};

} // namespace organum::test
