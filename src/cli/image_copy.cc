#include <iterator>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/image_names.h"
#include "cli/progress.h"
#include "images/copy.h"
#include "json/writer.h"

namespace lockstep::cli {

namespace {

constexpr std::uint64_t mebibyte = 1u << 20;
constexpr unsigned jobs_by_default = 4;

bool names_a_manifest(const images::Name& name) {
    if (const auto* layout = std::get_if<images::LayoutName>(&name))
        return !layout->tag.empty() || !layout->digest.empty();
    const auto& reference = std::get<oci::Reference>(name);
    return !reference.tag().empty() || !reference.digest().empty();
}

/// Where the copy stands: under the source's own tag or digest where DST names none.
images::ManifestName destination_of(const images::Name& name, const images::ManifestName& source) {
    images::ManifestName destination = images::manifest_name(name);
    if (!names_a_manifest(name)) destination.tag_or_digest = source.tag_or_digest;
    return destination;
}

/// "1.5 GiB".
std::string size_text(std::uint64_t bytes) {
    constexpr const char* units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    std::size_t unit = 0;
    std::uint64_t tenths = bytes * 10;
    while (tenths >= std::uint64_t{10} * 1024 && unit + 1 < std::size(units)) {
        tenths /= 1024;
        ++unit;
    }
    std::string text = std::to_string(tenths / 10);
    if (unit > 0) text += '.' + std::to_string(tenths % 10);
    return text + ' ' + units[unit];
}

/// "copied sha256:… to DST: 5 blobs moved (1.0 GiB), 2 there already".
std::string told(const images::Copied& copied, const std::string& destination) {
    const bool is_moved = copied.blobs_moved + copied.blobs_mounted + copied.manifests > 0;
    std::string text = copied.descriptor.digest.str() + (is_moved ? " copied to " : " is at ") +
                       destination + ": " + std::to_string(copied.blobs_moved) +
                       (copied.blobs_moved == 1 ? " blob" : " blobs") + " moved (" +
                       size_text(copied.bytes_moved) + ')';
    if (copied.blobs_mounted > 0) text += ", " + std::to_string(copied.blobs_mounted) + " mounted";
    if (copied.blobs_present > 0)
        text += ", " + std::to_string(copied.blobs_present) + " there already";
    if (copied.referrers > 0)
        text += ", " + std::to_string(copied.referrers) +
                (copied.referrers == 1 ? " referrer" : " referrers");
    return text + '\n';
}

void write_json(const images::Copied& copied, const std::string& source,
                const std::string& destination, Output& out) {
    const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    {
        json::Writer writer(out.stream(), json::Style::pretty);
        writer.begin_object().key("schemaVersion").integer(1);
        writer.key("source").string(source).key("destination").string(destination);
        writer.key("digest").string(copied.descriptor.digest.str());
        writer.key("mediaType").string(copied.descriptor.media_type);
        writer.key("bytesMoved").integer(number(copied.bytes_moved));
        writer.key("blobsMoved").integer(number(copied.blobs_moved));
        writer.key("blobsMounted").integer(number(copied.blobs_mounted));
        writer.key("blobsPresent").integer(number(copied.blobs_present));
        writer.key("manifests").integer(number(copied.manifests));
        writer.key("referrers").integer(number(copied.referrers));
        writer.end_object();
    }
    out.write("\n");
}

}  // namespace

Result<int> run_image_copy(const Options& options, Output& out) {
    const images::Name source = TRY(images::parse_name(options.names[0]));
    const images::Name destination = TRY(images::parse_name(options.names[1]));
    images::Stores stores = TRY(images::Stores::open(stores_options(options)));
    images::Store& from = *TRY(stores.of(source, images::Stores::Trust::user));
    images::Store& to = *TRY(stores.to_write(destination));

    const images::ManifestName source_name = images::manifest_name(source);
    Progress progress(!options.quiet);
    using IfExists = images::Store::IfExists;
    const Result<images::Copied> copied = images::copy(
        from, source_name, to, destination_of(destination, source_name),
        {.if_exists = options.if_absent ? IfExists::refuse : IfExists::replace,
         .referrers = options.referrers,
         .jobs = options.jobs == 0 ? jobs_by_default : options.jobs,
         .progress = [&](const images::CopyProgress& at) {
             progress.show(at.bytes_done / mebibyte, at.bytes_total / mebibyte, "MiB copied");
         }});
    if (!copied) {
        // What is there, or is not, is an answer: it was looked at.
        using enum Error::Kind;
        const Error::Kind kind = copied.error().kind;
        if (kind != not_found && kind != conflict) return std::unexpected(copied.error());
        print_error(copied.error());
        return exit_finding;
    }
    if (options.format == report::Format::json)
        write_json(*copied, options.names[0], options.names[1], out);
    else if (!options.quiet)
        out.write(told(*copied, options.names[1]));
    return exit_ok;
}

}  // namespace lockstep::cli
