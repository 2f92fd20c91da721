#include "images/answer_cache.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <utility>

#include "crypto/hasher.h"
#include "crypto/sha256.h"
#include "json/parse.h"
#include "json/writer.h"
#include "oci/descriptor.h"
#include "oci/members.h"
#include "os/errno.h"
#include "os/file.h"

namespace lockstep::images {

namespace {

using std::chrono::system_clock;

constexpr std::size_t answer_bytes_max = 8192;

/// Puts a file there by renaming, without syncing: what a power cut damages is found out when it is
/// read, and asked for again.
void put(const std::string& path, std::string_view bytes) {
    static std::atomic<unsigned> next = 0;
    const std::string temporary =
        path + '.' + std::to_string(::getpid()) + '.' + std::to_string(next++);
    if (!os::write_file(temporary, bytes).has_value() ||
        ::rename(temporary.c_str(), path.c_str()) != 0)
        ::unlink(temporary.c_str());
}

std::string text_of(const AnswerCache::Answer& answer) {
    json::Object object;
    const auto at = std::chrono::duration_cast<std::chrono::seconds>(answer.at.time_since_epoch());
    object.push_back({"at", {std::int64_t{at.count()}}});
    if (const std::optional<oci::Descriptor>& found = answer.descriptor) {
        object.push_back({"mediaType", {found->media_type}});
        object.push_back({"digest", {found->digest.str()}});
        object.push_back({"size", {static_cast<std::int64_t>(found->size)}});
    }
    return json::write({std::move(object)}, json::Style::compact);
}

Result<AnswerCache::Answer> parse_answer(const std::string& path, std::string_view text) {
    const json::Value value = TRY(json::parse(path, text, {.bytes = answer_bytes_max}));
    const oci::Members members = TRY(oci::Members::of(value, path, ""));
    const std::optional<std::uint64_t> at = TRY(members.count("at"));
    if (!at.has_value()) return members.invalid("at", "is missing");
    AnswerCache::Answer answer{
        .descriptor = {},
        .at = system_clock::time_point(std::chrono::seconds(static_cast<std::int64_t>(*at)))};
    if (TRY(members.find("digest")) != nullptr)
        answer.descriptor = TRY(oci::read_descriptor(members));
    return answer;
}

}  // namespace

Result<AnswerCache> AnswerCache::open(const std::string& directory) {
    for (const std::string_view folder : {"", "/names", "/sha256", "/sha384", "/sha512"}) {
        const std::string path = directory + std::string(folder);
        TRY(os::make_directories(path));
        struct stat status {};
        if (::stat(path.c_str(), &status) != 0) return os::fail_errno('`' + path + '`', errno);
        if (status.st_uid != ::geteuid() || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
            return fail(Error::Kind::denied,
                        "other users may write into the cache folder `" + path + '`',
                        "name another one, or `chmod go-w` it");
    }
    return AnswerCache(directory);
}

std::string AnswerCache::path_of(const oci::Digest& digest) const {
    return directory_ + '/' + std::string(digest.algorithm_name()) + '/' +
           std::string(digest.hex());
}

std::string AnswerCache::path_of(const Question& question) const {
    // A zero byte stands in none of them, so no two questions are one text.
    std::string key;
    for (const std::string& part :
         {question.store, question.identity, question.name.repository, question.name.tag_or_digest})
        key += part + '\0';
    return directory_ + "/names/" + crypto::sha256_hex(key);
}

std::optional<std::string> AnswerCache::find(const oci::Digest& digest) const {
    Result<std::string> bytes = os::read_file(path_of(digest), oci::manifest_bytes_max);
    if (!bytes.has_value()) return std::nullopt;
    crypto::Hasher hasher(digest.algorithm());
    hasher.update(*bytes);
    if (hasher.finish() == digest.hex()) return std::move(*bytes);
    ::unlink(path_of(digest).c_str());
    return std::nullopt;
}

void AnswerCache::keep(const oci::Digest& digest, std::string_view bytes) const {
    if (bytes.size() <= oci::manifest_bytes_max) put(path_of(digest), bytes);
}

std::optional<AnswerCache::Answer> AnswerCache::find(const Question& question) const {
    const std::string path = path_of(question);
    const Result<std::string> text = os::read_file(path, answer_bytes_max);
    if (!text.has_value()) return std::nullopt;
    Result<Answer> answer = parse_answer(path, *text);
    if (answer.has_value()) return std::move(*answer);
    ::unlink(path.c_str());
    return std::nullopt;
}

void AnswerCache::keep(const Question& question, const Answer& answer) const {
    const std::string text = text_of(answer);
    if (text.size() <= answer_bytes_max) put(path_of(question), text);
}

void AnswerCache::forget(const Question& question) const {
    ::unlink(path_of(question).c_str());
}

}  // namespace lockstep::images
