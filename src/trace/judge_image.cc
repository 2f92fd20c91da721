#include "trace/judge_image.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "oci/reference.h"
#include "record/record.h"
#include "verify/digest_change.h"
#include "verify/series.h"

namespace lockstep::trace {

namespace {

using SeenState = evidence::SeenImage::State;

bool is_asked(const TracedImage& image) {
    return image.seen.state != SeenState::unknown || !image.seen.reason.empty();
}

State unknown_state(const TracedImage& image) {
    return is_asked(image) ? State::unchecked : State::unasked;
}

/// Offline a registry's answer of before is known: what it holds now may be something else.
State found_state(const Seen& seen, const TracedImage& image) {
    const bool is_here = image.seen.source.starts_with("oci:");
    return seen.offline && !is_here ? State::claimed : State::proved;
}

std::string shape_of(const evidence::SeenImage& seen) {
    if (!seen.artifact_type.empty()) return "artifact " + seen.artifact_type;
    std::vector<std::string> names;
    for (const evidence::SeenPlatform& platform : seen.platforms) names.push_back(platform.name);
    const std::string platforms = verify::listed(names);
    return seen.is_index ? "index of " + platforms : platforms;
}

bool is_of_name(const std::string& reference, const TracedImage& image) {
    return verify::family(oci::split(reference).name) == verify::family(image.name);
}

/// The platform of a recorded image that has this digest.
const record::Platform* platform_of(const record::Artifact& artifact, const std::string& digest) {
    const auto found = std::ranges::find(artifact.platforms, digest, &record::Platform::digest);
    return found == artifact.platforms.end() ? nullptr : &*found;
}

/// What one recorded image says of a traced one; nothing where it is about another.
std::optional<Line> recorded(const record::Artifact& artifact, const std::string& tag,
                             const TracedImage& image) {
    const oci::Parts asked = oci::split(image.reference);
    const std::string wanted =
        image.seen.digest.empty() ? std::string(asked.digest) : image.seen.digest;
    const bool is_reference = !asked.tag.empty() && is_of_name(artifact.reference, image) &&
                              oci::split(artifact.reference).tag == asked.tag;
    Line line{.about = About::record,
              .image = image.reference,
              .value = artifact.digest,
              .detail = artifact.reference,
              .source = record::ref_of(tag),
              .at = {}};
    const bool is_proved = image.seen.state == SeenState::found;
    if (!wanted.empty() && artifact.digest == wanted) {
        line.state = is_proved ? State::proved : State::claimed;
        return line;
    }
    if (const record::Platform* platform =
            wanted.empty() ? nullptr : platform_of(artifact, wanted)) {
        line.state = is_proved ? State::proved : State::claimed;
        line.detail += ", of which this is " + platform->name;
        return line;
    }
    if (!is_reference) return std::nullopt;
    line.state = wanted.empty() ? State::claimed : State::differs;
    if (!wanted.empty()) line.detail += ", recorded with another digest";
    return line;
}

bool names_image(const manifest::Declaration& declaration, const TracedImage& image) {
    if (declaration.subject != manifest::Subject::image ||
        verify::family(declaration.image) != verify::family(image.name))
        return false;
    if (!declaration.digest.empty())
        return declaration.digest == image.seen.digest ||
               declaration.digest == oci::split(image.reference).digest ||
               verify::holds_digest(image.seen, declaration.digest);
    const std::string_view asked = oci::split(image.reference).tag;
    return !declaration.declared.empty() &&
           (declaration.declared == asked ||
            std::ranges::find(image.tags, declaration.declared) != image.tags.end());
}

State state_of(const manifest::Declaration& declaration, const TracedImage& image) {
    if (image.seen.state != SeenState::found) return State::claimed;
    const bool is_resolved =
        std::ranges::find(image.tags, declaration.declared) != image.tags.end();
    // Another registry under the same family was not asked.
    const bool is_same_name = declaration.image == image.name;
    return !declaration.digest.empty() || (is_resolved && is_same_name) ? State::proved
                                                                        : State::claimed;
}

}  // namespace

void add_image(const TracedImage& image, const ImageContext& context, std::vector<Line>& lines) {
    Line line{.about = About::image, .image = image.reference, .at = {}};
    line.source = image.seen.source;
    switch (image.seen.state) {
        case SeenState::found:
            line.state = found_state(context.seen, image);
            line.value = image.seen.digest;
            line.detail = shape_of(image.seen);
            break;
        case SeenState::missing:
            line.state = State::missing;
            line.detail = "there is no such image";
            break;
        case SeenState::unknown:
            line.state = unknown_state(image);
            line.detail = is_asked(image) ? image.seen.reason : "no registry was asked (--offline)";
            break;
    }
    // Offline a page without anything recorded tells nothing of what was asked for.
    if (line.state == State::unasked && context.release == nullptr) line.state = State::unchecked;
    lines.push_back(line);
    for (const std::string& tag : image.tags)
        lines.push_back({.about = About::image_tag,
                         .state = found_state(context.seen, image),
                         .image = image.reference,
                         .value = tag,
                         .detail = image.name + ':' + tag,
                         .source = image.seen.source,
                         .at = {}});
    if (image.seen.state != SeenState::found) return;
    if (!image.tags_unknown.empty())
        lines.push_back({.about = About::image_tag,
                         .state = State::unchecked,
                         .image = image.reference,
                         .detail = image.tags_unknown,
                         .source = image.seen.source,
                         .at = {}});
    else if (image.tags.empty())
        lines.push_back({.about = About::image_tag,
                         .state = State::missing,
                         .image = image.reference,
                         .detail = "no tag stands for it",
                         .source = image.seen.source,
                         .at = {}});
}

bool is_known(const TracedImage& image) {
    return image.seen.state != SeenState::unknown && image.tags_unknown.empty();
}

Line no_record(const Seen& seen, std::string detail) {
    Line line{.about = About::record, .state = State::missing, .image = {}, .at = {}};
    line.source = record::ref_prefix;
    line.detail = std::move(detail);
    if (seen.records == Seen::Records::known) return line;
    line.state = seen.records == Seen::Records::unasked ? State::unasked : State::unchecked;
    line.detail += "; " + seen.records_reason;
    return line;
}

void add_image_records(const TracedImage& image, const ImageContext& context,
                       std::vector<Line>& lines) {
    const std::size_t before = lines.size();
    for (const auto& [tag, seen] : context.seen.history.records) {
        if (!seen.record) continue;
        for (const record::Artifact& artifact : seen.record->images)
            if (auto line = recorded(artifact, tag, image)) lines.push_back(std::move(*line));
    }
    // Of a release without any record that is said once, of the release.
    if (lines.size() != before || (context.release != nullptr &&
                                   !context.seen.history.records.contains(context.release->tag)))
        return;
    Line line = no_record(context.seen, "no release is recorded with it");
    line.image = image.reference;
    lines.push_back(std::move(line));
}

namespace {

/// Places of manifests on one page; a long history names an image in every release.
constexpr std::size_t places_max = 5'000;

Line manifest_line(const manifest::Declaration& declaration, const evidence::Release& release,
                   const TracedImage& image, const ImageContext& context) {
    Line line{.about = About::manifest,
              .state = state_of(declaration, image),
              .image = image.reference,
              .value = declaration.declared.empty() ? declaration.digest : declaration.declared,
              .source = release.tag,
              .at = declaration.at};
    if (&release != context.release && context.release != nullptr)
        line.detail = "in " + release.tag + ", another release";
    return line;
}

/// Each place once, however many kustomizations render it.
void add_places(const evidence::Release& release, const TracedImage& image,
                const ImageContext& context, std::vector<Line>& lines) {
    if (!release.tree) return;
    std::set<std::tuple<std::string, unsigned, unsigned>> known;
    for (const auto& unit : release.tree->units)
        for (const manifest::Declaration& declaration : unit->facts.declarations) {
            const bool is_text = declaration.surface == manifest::Surface::text;
            if (is_text || lines.size() >= places_max || !names_image(declaration, image)) continue;
            const Location& at = declaration.at;
            if (known.emplace(at.path, at.line, at.column).second)
                lines.push_back(manifest_line(declaration, release, image, context));
        }
}

}  // namespace

void add_manifests(const TracedImage& image, const ImageContext& context,
                   std::vector<Line>& lines) {
    const std::size_t before = lines.size();
    if (context.release != nullptr) add_places(*context.release, image, context, lines);
    for (const evidence::Release& release : context.seen.history.releases)
        if (&release != context.release) add_places(release, image, context, lines);
    if (lines.size() != before || !context.seen.has_repository) return;
    Line line{.about = About::manifest, .state = State::missing, .image = image.reference};
    line.detail = "no manifest of any release names it";
    line.source = "Git";
    if (!is_known(image)) {
        line.state = unknown_state(image);
        line.detail += ", as far as its tags are known";
    }
    lines.push_back(std::move(line));
}

}  // namespace lockstep::trace
