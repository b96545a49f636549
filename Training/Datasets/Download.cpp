#include "Training/Datasets/Download.h"

#include "Training/Datasets/PartFile.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <memory>
#include <thread>

namespace organum::datasets
{
namespace
{

using Reason = DownloadError::Reason;

struct FreeCurl
{
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct FreeList
{
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/** The number at the beginning of a text; false when there is none. */
bool readNumber(const std::string& text, std::uint64_t& value)
{
    return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
}

/** What one try came to. */
struct Answer
{
    CURLcode code = CURLE_OK;
    long status = 0;
    std::string problem; ///< ours, when we ended the transfer
    Reason reason = Reason::refused;
};

/** One transfer: libcurl's callbacks and what they have learnt. */
class Transfer
{
public:
    Transfer(const DownloadRequest& requestIn, PartFile& partIn, training::Progress& progressIn)
        : request(requestIn)
        , part(partIn)
        , progress(progressIn)
    {
    }

    Answer run();

private:
    static std::size_t onHeader(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t onBody(char* bytes, std::size_t size, std::size_t count, void* self);
    void readHeader(const std::string& line);
    bool beginBody();
    bool isOfOtherVersion() const;
    bool canGoOn() const;
    std::string validator() const { return strongTag.empty() ? modified : strongTag; }
    bool takeBody(const char* bytes, std::size_t count);
    bool refuse(Reason reason, const std::string& text);
    bool endIsKnown() const { return totalBytes > 0 || chunked || !http1; }

    const DownloadRequest& request;
    PartFile& part;
    training::Progress& progress;
    std::uint64_t asked = 0; ///< the place we asked to go on from

    // Of the latest answer; a redirection's are forgotten.
    long status = 0;
    bool http1 = true;
    bool chunked = false;
    std::string strongTag, modified;
    std::uint64_t contentLength = 0;
    std::uint64_t rangeBegin = 0, rangeTotal = 0;
    bool hasRange = false;

    bool begun = false;
    std::uint64_t totalBytes = 0; ///< of the whole file; 0: unknown
    Answer answer;
};

bool Transfer::refuse(Reason reason, const std::string& text)
{
    answer.reason = reason;
    answer.problem = text;
    return false;
}

void Transfer::readHeader(const std::string& line)
{
    if (line.compare(0, 5, "HTTP/") == 0) {
        http1 = line.compare(5, 2, "1.") == 0 || line.compare(5, 2, "0.") == 0;
        chunked = hasRange = false;
        contentLength = rangeBegin = rangeTotal = 0;
        strongTag.clear();
        modified.clear();
        std::uint64_t number = 0;
        const auto space = line.find(' ');
        status = space != std::string::npos && readNumber(line.substr(space + 1), number)
                     ? static_cast<long>(number)
                     : 0;
        return;
    }
    const auto colon = line.find(':');
    if (colon == std::string::npos)
        return;
    const auto name = lowered(line.substr(0, colon));
    const auto value = trimmed(line.substr(colon + 1));
    if (name == "content-length") {
        if (!readNumber(value, contentLength))
            contentLength = 0;
    } else if (name == "transfer-encoding") {
        chunked = lowered(value).find("chunked") != std::string::npos;
    } else if (name == "etag" && value.compare(0, 2, "W/") != 0 && value.size() < 256) {
        strongTag = value;
    } else if (name == "last-modified" && value.size() < 64) {
        modified = value;
    } else if (name == "content-range") { // bytes 100-199/200
        const auto dash = value.find('-');
        const auto slash = value.find('/');
        hasRange = value.compare(0, 6, "bytes ") == 0 && dash != std::string::npos &&
                   readNumber(value.substr(6), rangeBegin);
        if (slash == std::string::npos || !readNumber(value.substr(slash + 1), rangeTotal))
            rangeTotal = 0;
    }
}

/** Whether the answer names another version of the file than the bytes that are kept are of: a
    server may send its part unasked of If-Range. */
bool Transfer::isOfOtherVersion() const
{
    const auto& kept = part.note().validator;
    const auto& now = kept.compare(0, 1, "\"") == 0 ? strongTag : modified;
    return !kept.empty() && !now.empty() && now != kept;
}

/** Whether the next bytes of this very file can be asked for; says why not when some are kept. */
bool Transfer::canGoOn() const
{
    const auto& note = part.note();
    if (part.size() == 0)
        return false;
    std::string reason;
    if (note.address != request.address)
        reason = "came from " + note.address;
    else if (note.validator.empty() && !request.willBeVerified)
        reason = "are of a version that their server did not name";
    if (!reason.empty())
        progress.message("The " + std::to_string(part.size()) + " bytes that are kept " + reason +
                         "; beginning anew.");
    return reason.empty();
}

/** Where the body belongs, now that its headers are known. */
bool Transfer::beginBody()
{
    begun = true;
    if (status == 206) {
        if (!hasRange || rangeBegin != asked || asked == 0)
            return refuse(Reason::refused, "the server sent another part than was asked for");
        totalBytes = rangeTotal > 0 ? rangeTotal : contentLength > 0 ? asked + contentLength : 0;
        if ((part.note().total > 0 && totalBytes > 0 && totalBytes != part.note().total) ||
            isOfOtherVersion()) {
            part.restart(); // the file has changed; the next try begins anew
            return refuse(Reason::cut, "the file has changed while it was fetched");
        }
    } else {
        if (asked > 0)
            progress.message(
                isOfOtherVersion()
                    ? "The file has changed since its first bytes came; beginning anew."
                    : "The server sends the whole file again; beginning anew.");
        part.restart();
        totalBytes = contentLength;
    }
    if (request.bytes > 0 && totalBytes > 0 && totalBytes != request.bytes)
        return refuse(Reason::wrongSize, "it is " + std::to_string(totalBytes) +
                                             " bytes long there, and should be " +
                                             std::to_string(request.bytes));
    if (totalBytes > request.mostBytes)
        return refuse(Reason::wrongSize,
                      "it is " + std::to_string(totalBytes) + " bytes long there, more than the " +
                          std::to_string(request.mostBytes) + " that this file may have");
    if (!endIsKnown() && request.bytes == 0 && !request.willBeVerified)
        return refuse(Reason::refused, "the server does not say how long the file is, so that a "
                                       "half one could not be told from a whole one");
    // A part need not repeat what the whole file's headers said.
    part.describe(
        {request.address, validator().empty() ? part.note().validator : validator(), totalBytes});
    return true;
}

bool Transfer::takeBody(const char* bytes, std::size_t count)
{
    if (status != 200 && status != 206)
        return true; // an error's page; its status is told instead
    if (!begun && !beginBody())
        return false;
    const auto most = request.bytes > 0 ? request.bytes : request.mostBytes;
    if (count > most - std::min(most, part.size()))
        return refuse(Reason::wrongSize, "it does not end where it should, after at most " +
                                             std::to_string(most) + " bytes");
    part.add(bytes, count);
    const auto done = static_cast<double>(part.size()) / 1e6;
    const auto total = totalBytes > 0      ? totalBytes
                       : request.bytes > 0 ? request.bytes
                                           : part.size();
    progress.advance("Fetching", done, static_cast<double>(total) / 1e6, "MB", "");
    return true;
}

std::size_t Transfer::onHeader(char* bytes, std::size_t size, std::size_t count, void* self)
{
    static_cast<Transfer*>(self)->readHeader(std::string(bytes, size * count));
    return size * count;
}

std::size_t Transfer::onBody(char* bytes, std::size_t size, std::size_t count, void* self)
{
    auto& transfer = *static_cast<Transfer*>(self);
    try { // no exception may pass through libcurl's C
        return transfer.takeBody(bytes, size * count) ? size * count : 0;
    } catch (const std::exception& problem) {
        transfer.refuse(Reason::disk, problem.what());
        return 0;
    }
}

Answer Transfer::run()
{
    const std::unique_ptr<CURL, FreeCurl> owned(curl_easy_init());
    if (!owned)
        throw DownloadError(Reason::unreachable, "libcurl could not be started.");
    auto* curl = owned.get();
    curl_easy_setopt(curl, CURLOPT_URL, request.address.c_str());
    const auto isSecure = lowered(request.address).compare(0, 6, "https:") == 0;
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, isSecure ? "https" : "http,https");
#else
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS,
                     isSecure ? CURLPROTO_HTTPS : CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 5L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 30L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.silenceSeconds));
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "organum");
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, onHeader);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);

    std::unique_ptr<curl_slist, FreeList> headers;
    const auto& note = part.note();
    if (canGoOn()) {
        asked = part.size();
        const auto range = std::to_string(asked) + "-";
        curl_easy_setopt(curl, CURLOPT_RANGE, range.c_str());
        if (!note.validator.empty()) {
            headers.reset(curl_slist_append(nullptr, ("If-Range: " + note.validator).c_str()));
            curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
        }
    }
    answer.code = curl_easy_perform(curl);
    answer.status = status;
    if (answer.code == CURLE_OK && status == 200 && !begun)
        beginBody(); // a file of no bytes
    part.flush();
    return answer;
}

bool isTransient(const Answer& answer)
{
    if (!answer.problem.empty())
        return answer.reason == Reason::cut;
    switch (answer.code) {
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return true;
    case CURLE_OK:
        return answer.status >= 500 || answer.status == 429 || answer.status == 416;
    default:
        return false;
    }
}

[[noreturn]] void fail(const DownloadRequest& request, const Answer& answer, std::uint64_t kept)
{
    const auto text = "Could not fetch " + request.address + ": ";
    if (!answer.problem.empty())
        throw DownloadError(answer.reason, text + answer.problem + ".");
    switch (answer.code) {
    case CURLE_OK:
        throw DownloadError(Reason::refused, text + "the server answered " +
                                                 std::to_string(answer.status) +
                                                 (answer.status == 404 ? " (not found)" : "") +
                                                 "; it may have moved.");
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
        throw DownloadError(Reason::unreachable, text + "no connection (" +
                                                     curl_easy_strerror(answer.code) +
                                                     "). Is this machine online?");
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
        throw DownloadError(Reason::refused, text +
                                                 "it is, or leads to, no address of http or https "
                                                 "(from https to http is refused too).");
    case CURLE_TOO_MANY_REDIRECTS:
        throw DownloadError(Reason::refused, text + "it leads from address to address.");
    default:
        if (kept > 0)
            throw DownloadError(Reason::cut, text + curl_easy_strerror(answer.code) + ". " +
                                                 std::to_string(kept) +
                                                 " bytes are kept; the same command goes on from "
                                                 "there.");
        throw DownloadError(Reason::unreachable, text + curl_easy_strerror(answer.code) + ".");
    }
}

} // namespace

bool canFetch()
{
    return true;
}

std::uint64_t download(const DownloadRequest& request, training::Progress& progress)
{
    static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    if (!started)
        throw DownloadError(Reason::unreachable, "libcurl could not be started.");
    PartFile part(request.part);
    if (part.size() > 0 && part.note().total == part.size() &&
        part.note().address == request.address)
        return part.finish(); // it was whole already
    for (int attempt = 1;; ++attempt) {
        const auto before = part.size();
        const auto answer = Transfer(request, part, progress).run();
        if (answer.code == CURLE_OK && answer.problem.empty() &&
            (answer.status == 200 || answer.status == 206)) {
            if (request.bytes == 0 || part.size() == request.bytes)
                return part.finish();
            if (part.size() < request.bytes && attempt >= request.attempts)
                throw DownloadError(Reason::cut, "Could not fetch " + request.address + ": only " +
                                                     std::to_string(part.size()) + " of " +
                                                     std::to_string(request.bytes) +
                                                     " bytes came; try again later.");
        } else if (!isTransient(answer) || attempt >= request.attempts) {
            fail(request, answer, part.size());
        }
        if (answer.code == CURLE_OK && answer.status == 416)
            part.restart(); // what we have is longer than what is there now
        progress.message("The connection ended after " + std::to_string(part.size()) + " bytes" +
                         (part.size() > before ? "" : " without anything new") + "; trying again.");
        std::this_thread::sleep_for(std::chrono::milliseconds(request.pauseMilliseconds * attempt));
    }
}

} // namespace organum::datasets
