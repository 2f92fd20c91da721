#include "cli/commands.h"
#include "cli/image_names.h"
#include "json/writer.h"

namespace lockstep::cli {

namespace {

using Resolved = std::vector<Result<oci::Descriptor>>;

void write_text(const Resolved& resolved, Output& out) {
    for (const Result<oci::Descriptor>& descriptor : resolved) {
        out.write(descriptor ? descriptor->digest.str() : "-");
        out.write("\n");
        if (!descriptor) print_error(descriptor.error());
    }
}

void write_json(const std::vector<images::Name>& names, const Resolved& resolved, Output& out) {
    {
        json::Writer writer(out.stream(), json::Style::pretty);
        writer.begin_object().key("schemaVersion").integer(1).key("images").begin_array();
        for (std::size_t at = 0; at < names.size(); ++at) {
            writer.begin_object().key("reference").string(images::to_string(names[at]));
            if (resolved[at]) {
                writer.key("digest").string(resolved[at]->digest.str());
                writer.key("mediaType").string(resolved[at]->media_type);
                writer.key("size").integer(static_cast<std::int64_t>(resolved[at]->size));
            } else {
                writer.key("error").string(to_string(resolved[at].error()));
            }
            writer.end_object();
        }
        writer.end_array().end_object();
    }
    out.write("\n");
}

}  // namespace

Result<int> run_image_digest(const Options& options, Output& out) {
    const std::vector<images::Name> names = TRY(named_images(options));
    images::Stores stores = TRY(images::Stores::open(stores_options(options)));
    const Resolved resolved = ask_stores<oci::Descriptor>(
        stores, names,
        [](images::Store& store, const auto& asked) { return store.resolve(asked); });
    if (options.format == report::Format::json)
        write_json(names, resolved, out);
    else
        write_text(resolved, out);
    return status_of(resolved);
}

}  // namespace lockstep::cli
