#include "record/record.h"

#include <algorithm>
#include <sstream>

#include "base/check.h"
#include "json/parse.h"
#include "json/writer.h"
#include "record/fields.h"
#include "record/time.h"

namespace lockstep::record {

namespace {

constexpr std::int64_t schema_version = 1;

const char* to_string(Record::Origin origin) {
    return origin == Record::Origin::release ? "release" : "afterwards";
}

/// What is unknown is null, never left out.
void write_optional(json::Writer& out, std::string_view key, const std::string& text) {
    out.key(key);
    if (text.empty())
        out.null();
    else
        out.string(text);
}

void write_platforms(json::Writer& out, const std::vector<Platform>& platforms) {
    out.key("platforms").begin_array();
    for (const Platform& platform : platforms) {
        out.begin_object();
        out.key("name").string(platform.name);
        out.key("digest").string(platform.digest);
        out.end_object();
    }
    out.end_array();
}

void write_artifacts(json::Writer& out, std::string_view key, std::vector<Artifact> artifacts) {
    std::ranges::sort(artifacts, {}, &Artifact::reference);
    out.key(key).begin_array();
    for (const Artifact& artifact : artifacts) {
        out.begin_object();
        out.key("reference").string(artifact.reference);
        out.key("digest").string(artifact.digest);
        write_platforms(out, artifact.platforms);
        out.end_object();
    }
    out.end_array();
}

std::string as_written(const std::string& root) {
    return root.empty() ? "." : root;
}

void write_manifests(json::Writer& out, std::vector<Manifest> manifests) {
    std::ranges::sort(manifests, {}, &Manifest::root);
    out.key("manifests").begin_array();
    for (const Manifest& manifest : manifests) {
        out.begin_object();
        out.key("root").string(as_written(manifest.root));
        out.key("digest").string(manifest.digest);
        out.end_object();
    }
    out.end_array();
}

Result<void> check_schema(const Fields& fields) {
    const std::int64_t found = TRY(fields.integer("schemaVersion"));
    if (found < 1) return fields.invalid("schemaVersion", "is below 1");
    if (found > schema_version)
        return fail(Error::Kind::unsupported,
                    "`schemaVersion` is " + std::to_string(found) + ", this program reads " +
                        std::to_string(schema_version),
                    "use a newer lockstep", Location{fields.document(), 0, 0});
    return {};
}

Result<Record::Origin> read_origin(const Fields& fields) {
    const std::string word = TRY(fields.text("origin"));
    for (const auto origin : {Record::Origin::release, Record::Origin::afterwards})
        if (word == to_string(origin)) return origin;
    return fields.invalid("origin", "is neither `release` nor `afterwards`");
}

Result<std::string> read_mode(const Fields& fields) {
    const std::string mode = TRY(fields.optional_text("mode"));
    if (mode.empty() || mode == "tag" || mode == "digest") return mode;
    return fields.invalid("mode", "is neither `tag` nor `digest`");
}

Result<std::int64_t> read_time(const Fields& fields) {
    const auto time = parse_time(TRY(fields.text("time")));
    if (time.has_value()) return *time;
    return fields.invalid("time", "is no time like `2026-01-31T12:00:00Z`");
}

Result<std::vector<Platform>> read_platforms(const Fields& artifact) {
    std::vector<Platform> platforms;
    for (const Fields& fields : TRY(artifact.objects("platforms"))) {
        Platform platform;
        platform.name = TRY(fields.text("name"));
        platform.digest = TRY(fields.digest("digest"));
        platforms.push_back(std::move(platform));
    }
    return platforms;
}

Result<std::vector<Artifact>> read_artifacts(const Fields& record, std::string_view key) {
    std::vector<Artifact> artifacts;
    for (const Fields& fields : TRY(record.objects(key))) {
        Artifact artifact;
        artifact.reference = TRY(fields.text("reference"));
        artifact.digest = TRY(fields.digest("digest"));
        artifact.platforms = TRY(read_platforms(fields));
        artifacts.push_back(std::move(artifact));
    }
    std::ranges::sort(artifacts, {}, &Artifact::reference);
    const auto twin = std::ranges::adjacent_find(artifacts, {}, &Artifact::reference);
    if (twin != artifacts.end())
        return record.invalid(key, "names `" + twin->reference + "` twice");
    return artifacts;
}

Result<std::vector<Manifest>> read_manifests(const Fields& record) {
    std::vector<Manifest> manifests;
    for (const Fields& fields : TRY(record.objects("manifests"))) {
        Manifest manifest;
        manifest.root = TRY(fields.path("root"));
        manifest.digest = TRY(fields.digest("digest"));
        manifests.push_back(std::move(manifest));
    }
    std::ranges::sort(manifests, {}, &Manifest::root);
    const auto twin = std::ranges::adjacent_find(manifests, {}, &Manifest::root);
    if (twin != manifests.end())
        return record.invalid("manifests", "names `" + as_written(twin->root) + "` twice");
    return manifests;
}

Result<Record> read(const Fields& fields) {
    TRY(check_schema(fields));
    Record record;
    record.origin = TRY(read_origin(fields));
    record.tag = TRY(fields.text("tag"));
    record.version = TRY(fields.text("version"));
    record.component = TRY(fields.optional_text("component"));
    record.tag_object = TRY(fields.object_id("tagObject"));
    record.commit = TRY(fields.object_id("commit"));
    record.tree = TRY(fields.object_id("tree"));
    record.source = TRY(fields.optional_object_id("source"));
    record.mode = TRY(read_mode(fields));
    record.time = TRY(read_time(fields));
    record.tool = TRY(fields.text("tool"));
    record.images = TRY(read_artifacts(fields, "images"));
    record.charts = TRY(read_artifacts(fields, "charts"));
    record.manifests = TRY(read_manifests(fields));
    return record;
}

}  // namespace

std::string ref_of(std::string_view tag) {
    return std::string(ref_prefix) + std::string(tag);
}

std::string write(const Record& record) {
    const auto time = format_time(record.time);
    CHECK(time.has_value());
    CHECK(record.mode.empty() || record.mode == "tag" || record.mode == "digest");
    std::ostringstream text;
    {
        json::Writer out(text, json::Style::pretty);
        out.begin_object();
        out.key("schemaVersion").integer(schema_version);
        out.key("origin").string(to_string(record.origin));
        out.key("tag").string(record.tag);
        out.key("version").string(record.version);
        write_optional(out, "component", record.component);
        out.key("tagObject").string(record.tag_object);
        out.key("commit").string(record.commit);
        out.key("tree").string(record.tree);
        write_optional(out, "source", record.source);
        write_optional(out, "mode", record.mode);
        out.key("time").string(*time);
        out.key("tool").string(record.tool);
        write_artifacts(out, "images", record.images);
        write_artifacts(out, "charts", record.charts);
        write_manifests(out, record.manifests);
        out.end_object();
    }
    text << '\n';
    return std::move(text).str();
}

Result<Record> parse(const std::string& name, std::string_view bytes) {
    const json::Value value =
        TRY(json::parse(name, bytes, {.bytes = 8u << 20, .values = 500'000, .depth = 20}));
    return read(TRY(Fields::of(value, name)));
}

}  // namespace lockstep::record
