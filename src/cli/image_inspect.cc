#include <algorithm>

#include "cli/commands.h"
#include "cli/image_names.h"
#include "cli/wrap.h"
#include "images/inspect.h"
#include "json/writer.h"

namespace lockstep::cli {

namespace {

constexpr std::string_view prefix = "org.opencontainers.image.";

/// What is known of one image.
struct Seen {
    images::Inspected image;
    std::vector<oci::Descriptor> referrers;
    std::optional<Error> no_referrers;  // why they could not be asked for
};

Result<Seen> with_referrers(images::Store& store, const images::ManifestName& name,
                            Result<images::Inspected> inspected) {
    Seen seen{.image = TRY(std::move(inspected)), .referrers = {}, .no_referrers = {}};
    Result<std::vector<oci::Descriptor>> referrers =
        store.referrers(name.repository, seen.image.descriptor.digest);
    if (referrers)
        seen.referrers = *std::move(referrers);
    else
        seen.no_referrers = std::move(referrers.error());
    return seen;
}

std::vector<Result<Seen>> see(images::Store& store,
                              const std::vector<images::ManifestName>& names) {
    std::vector<Result<images::Inspected>> inspected = images::inspect(store, names);
    std::vector<Result<Seen>> seen;
    for (std::size_t at = 0; at < names.size(); ++at)
        seen.push_back(with_referrers(store, names[at], std::move(inspected[at])));
    return seen;
}

/// The values of a label over all platforms, each once; then of the annotation of that name.
std::vector<std::string> values_of(const images::Inspected& image, const std::string& key) {
    std::vector<std::string> values;
    const auto add = [&](const oci::Annotations& from) {
        const auto found = from.find(key);
        if (found != from.end() && std::ranges::find(values, found->second) == values.end())
            values.push_back(found->second);
    };
    for (const images::PlatformImage& platform : image.platforms) add(platform.config.labels);
    for (const images::PlatformImage& platform : image.platforms) add(platform.annotations);
    add(image.annotations);
    return values;
}

void append_line(std::string& text, std::string_view label, std::string_view value) {
    const std::size_t start = text.size();
    text += "  ";
    text += label;
    pad_to(text, start, 14);
    text += value;
    text += '\n';
}

std::string described(const images::PlatformImage& platform) {
    std::string text = to_string(oci::normalized(platform.platform));
    pad_to(text, 0, 18);
    text += platform.manifest.digest.str();
    if (!platform.config.created.empty()) text += "  " + platform.config.created;
    return text;
}

std::string text_of(const std::string& name, const Seen& seen) {
    const images::Inspected& image = seen.image;
    std::string text = name + '\n';
    append_line(text, "digest", image.descriptor.digest.str());
    append_line(text, "type", image.descriptor.media_type);
    if (!image.artifact_type.empty()) append_line(text, "artifact", image.artifact_type);
    std::string_view label = "platforms";
    for (const images::PlatformImage& platform : image.platforms)
        append_line(text, std::exchange(label, ""), described(platform));
    for (const std::string_view key : {"version", "revision", "source"}) {
        label = key;
        for (const std::string& value : values_of(image, std::string(prefix) + std::string(key)))
            append_line(text, std::exchange(label, ""), value);
    }
    label = "referrers";
    for (const oci::Descriptor& referrer : seen.referrers)
        append_line(text, std::exchange(label, ""),
                    referrer.digest.str() + "  " + referrer.artifact_type);
    if (seen.no_referrers) append_line(text, "referrers", "unknown: " + seen.no_referrers->message);
    return text;
}

void write_texts(json::Writer& writer, const oci::Annotations& texts) {
    writer.begin_object();
    for (const auto& [key, value] : texts) writer.key(key).string(value);
    writer.end_object();
}

void write_platform(json::Writer& writer, const images::PlatformImage& platform) {
    writer.begin_object();
    writer.key("platform").string(to_string(oci::normalized(platform.platform)));
    writer.key("digest").string(platform.manifest.digest.str());
    writer.key("created").string(platform.config.created);
    writer.key("labels");
    write_texts(writer, platform.config.labels);
    writer.key("annotations");
    write_texts(writer, platform.annotations);
    writer.end_object();
}

void write_referrers(json::Writer& writer, const Seen& seen) {
    writer.key("referrers");
    if (seen.no_referrers) {
        writer.null();
        return;
    }
    writer.begin_array();
    for (const oci::Descriptor& referrer : seen.referrers) {
        writer.begin_object().key("digest").string(referrer.digest.str());
        writer.key("artifactType").string(referrer.artifact_type).end_object();
    }
    writer.end_array();
}

void write_seen(json::Writer& writer, const Seen& seen) {
    const images::Inspected& image = seen.image;
    writer.key("digest").string(image.descriptor.digest.str());
    writer.key("mediaType").string(image.descriptor.media_type);
    writer.key("size").integer(static_cast<std::int64_t>(image.descriptor.size));
    if (!image.artifact_type.empty()) writer.key("artifactType").string(image.artifact_type);
    for (const std::string_view key : {"version", "revision", "source"}) {
        writer.key(std::string(key) + 's').begin_array();
        for (const std::string& value : values_of(image, std::string(prefix) + std::string(key)))
            writer.string(value);
        writer.end_array();
    }
    writer.key("annotations");
    write_texts(writer, image.annotations);
    writer.key("platforms").begin_array();
    for (const images::PlatformImage& platform : image.platforms) write_platform(writer, platform);
    writer.end_array();
    write_referrers(writer, seen);
}

void write_json(const std::vector<images::Name>& names, const std::vector<Result<Seen>>& seen,
                Output& out) {
    {
        json::Writer writer(out.stream(), json::Style::pretty);
        writer.begin_object().key("schemaVersion").integer(1).key("images").begin_array();
        for (std::size_t at = 0; at < names.size(); ++at) {
            writer.begin_object().key("reference").string(images::to_string(names[at]));
            if (seen[at])
                write_seen(writer, *seen[at]);
            else
                writer.key("error").string(to_string(seen[at].error()));
            writer.end_object();
        }
        writer.end_array().end_object();
    }
    out.write("\n");
}

}  // namespace

Result<int> run_image_inspect(const Options& options, Output& out) {
    const std::vector<images::Name> names = TRY(named_images(options));
    images::Stores stores = TRY(images::Stores::open(stores_options(options)));
    const std::vector<Result<Seen>> seen = ask_stores<Seen>(stores, names, see);
    if (options.format == report::Format::json) {
        write_json(names, seen, out);
        return status_of(seen);
    }
    for (std::size_t at = 0; at < names.size(); ++at)
        if (seen[at])
            out.write((at == 0 ? "" : "\n") + text_of(images::to_string(names[at]), *seen[at]));
        else
            print_error(seen[at].error());
    return status_of(seen);
}

}  // namespace lockstep::cli
