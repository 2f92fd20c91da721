#include "cluster/watch.h"

#include "cluster/status.h"
#include "http/url.h"
#include "json/parse.h"

namespace lockstep::cluster {

namespace {

/// How much longer than it was asked for a watch may take to end.
constexpr std::chrono::seconds grace{30};

/// Of an event: what is wanted of the object, its version, and what a Status says.
json::Wanted of_event(const json::Wanted& object) {
    json::Wanted wanted = {.name = "object", .members = object.members};
    for (json::Wanted& member : wanted.members)
        if (member.name == "metadata") member.members.push_back({.name = "resourceVersion"});
    for (const std::string_view name : {"kind", "code", "message", "reason"})
        wanted.members.push_back({.name = name});
    return {.members = {{.name = "type"}, std::move(wanted)}};
}

Result<WatchEvent::Type> type_of(std::string_view name) {
    using enum WatchEvent::Type;
    if (name == "ADDED") return added;
    if (name == "MODIFIED") return modified;
    if (name == "DELETED") return deleted;
    if (name == "BOOKMARK") return bookmark;
    return fail(Error::Kind::invalid, "the watch has an event of an unknown type");
}

}  // namespace

WatchReader::WatchReader(const json::Wanted& wanted, Take take)
    : wanted_(of_event(wanted)), take_(std::move(take)) {}

Result<bool> WatchReader::write(std::string_view bytes) {
    while (true) {
        const std::size_t end = bytes.find('\n');
        if (rest_.size() + std::min(end, bytes.size()) > line_bytes_max)
            return fail(Error::Kind::invalid, "the watch has an event of more than " +
                                                  std::to_string(line_bytes_max) + " bytes");
        if (end == std::string_view::npos) {
            rest_.append(bytes);
            return true;
        }
        if (rest_.empty()) {
            TRY(read_line(bytes.substr(0, end)));
        } else {
            rest_.append(bytes.substr(0, end));
            TRY(read_line(rest_));
            rest_.clear();
        }
        bytes.remove_prefix(end + 1);
    }
}

Result<void> WatchReader::read_line(std::string_view line) {
    if (line.empty()) return {};
    json::Value event = TRY(json::parse("event", line, wanted_));
    const json::Value* const object = event.find("object");
    if (object == nullptr)
        return fail(Error::Kind::invalid, "the watch has an event without object");
    if (event.text("type") == "ERROR") return std::unexpected(error_of(*object));
    const WatchEvent::Type type = TRY(type_of(event.text("type")));
    const json::Value* const metadata = object->find("metadata");
    const std::string version(metadata == nullptr ? "" : metadata->text("resourceVersion"));
    return take_({.type = type, .object = *object, .version = version});
}

Result<void> watch(Api& api, const Resource& resource, const Watching& watching,
                   const WatchReader::Take& take) {
    WatchReader reader(resource.wanted, take);
    const std::string target =
        resource.path +
        "?watch=1&allowWatchBookmarks=true&resourceVersion=" + http::escaped(watching.version) +
        "&timeoutSeconds=" + std::to_string(watching.duration.count());
    return api.stream(target, reader,
                      {.deadline = std::chrono::steady_clock::now() + watching.duration + grace,
                       .stop = watching.stop});
}

}  // namespace lockstep::cluster
