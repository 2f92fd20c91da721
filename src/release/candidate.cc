#include "release/candidate.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "images/inspect.h"
#include "os/subprocess.h"
#include "release/item_places.h"
#include "version/style.h"

namespace lockstep::release {

namespace {

constexpr std::string_view version_label = "org.opencontainers.image.version";
constexpr std::chrono::minutes probe_time_limit{5};

/// Whether a text names the version of the candidate: as a version where it is one, else as a word
/// of what a program printed.
bool names(std::string_view text, const std::string& version) {
    if (const auto written = version::read_written(text)) return written->version.str() == version;
    return text.contains(version);
}

std::unexpected<Error> reports_itself(const std::string& image, const record::Record& candidate,
                                      const std::string& how) {
    return fail(Error::Kind::conflict,
                '`' + image + "` of " + candidate.tag + " says itself that it is " +
                    candidate.version + " (" + how + ')',
                "build the final version anew, without --from; or build images that do not say "
                "their version");
}

Result<void> check_labels(const images::Inspected& image, const std::string& name,
                          const record::Record& candidate) {
    const auto check = [&](const oci::Annotations& texts, const char* where) -> Result<void> {
        const auto found = texts.find(version_label);
        if (found == texts.end() || !names(found->second, candidate.version)) return {};
        return reports_itself(name, candidate,
                              std::string(where) + ' ' + std::string(version_label));
    };
    TRY(check(image.annotations, "annotation"));
    for (const images::PlatformImage& platform : image.platforms) {
        TRY(check(platform.annotations, "annotation"));
        TRY(check(platform.config.labels, "label"));
    }
    return {};
}

Result<void> check_probe(const project::Image& image, const std::string& reference,
                         const record::Record& candidate) {
    if (image.probe.empty()) return {};
    std::vector<std::string> argv = image.probe;
    argv.push_back(reference);
    const os::Captured printed =
        TRY(os::run({.argv = argv, .set = {}, .unset = {}, .directory = {}},
                    {.timeout = probe_time_limit}),
            "probing `" + image.name + '`');
    if (!printed.exit.ok())
        return fail(Error::Kind::unavailable,
                    "the probe of `" + image.name + "` ended with " + to_string(printed.exit),
                    "it prints the version that the image reports; see images[].probe");
    if (names(printed.out, candidate.version))
        return reports_itself(image.name, candidate, "its probe");
    return {};
}

}  // namespace

Result<record::Record> candidate_record(Site& site, const std::string& tag,
                                        const version::Version& version) {
    const std::optional<Entry> entry = TRY(site.journal().read(tag));
    if (!entry || !entry->record)
        return fail(Error::Kind::not_found,
                    '`' + tag + "` has no record, so nobody knows which images it published",
                    "release candidates are released with lockstep too");
    const auto candidate = TRY(version::Version::parse(entry->record->version));
    if (!candidate.is_prerelease() || candidate.core() != version)
        return fail(Error::Kind::usage,
                    '`' + tag + "` is no release candidate of " + version.str());
    return *entry->record;
}

Result<Item> item_of_candidate(Site& site, const record::Record& candidate,
                               const project::Image& image, const Item& item) {
    const auto found = std::ranges::find_if(candidate.images, [&](const record::Artifact& each) {
        const auto reference = oci::Reference::parse(each.reference);
        return reference && reference->name() == image.name;
    });
    if (found == candidate.images.end())
        return fail(Error::Kind::not_found,
                    candidate.tag + " did not publish `" + image.name + '`');
    Item taken = item;
    taken.staging = found->reference;
    taken.digest = found->digest;
    taken.platforms = found->platforms;
    const Held place = TRY(staged(site, taken));
    const images::ManifestName names[] = {place.by_digest(taken.digest)};
    const images::Inspected inspected = TRY(std::move(images::inspect(*place.store, names).front()),
                                            "reading `" + found->reference + '`');
    TRY(check_labels(inspected, image.name, candidate));
    TRY(check_probe(image, place.reference.name() + '@' + taken.digest, candidate));
    return taken;
}

}  // namespace lockstep::release
