#include "verify/references.h"

#include <algorithm>
#include <unordered_set>

#include "oci/reference.h"
#include "verify/component.h"
#include "verify/judge.h"
#include "verify/judge_record.h"

namespace lockstep::verify {

namespace {

using manifest::Declaration;

/// Its registry and path, as they are after Docker's defaults.
std::optional<std::string> full_name(std::string_view image) {
    const auto reference = oci::Reference::parse(image);
    if (!reference || !reference->tag().empty() || !reference->digest().empty())
        return std::nullopt;
    return reference->registry() + "/" + reference->path();
}

std::optional<std::string> with_tag(std::string_view image, std::string_view tag) {
    auto name = full_name(image);
    if (!name) return std::nullopt;
    std::string text = *name + ":" + std::string(tag);
    if (!oci::Reference::parse(text)) return std::nullopt;
    return text;
}

std::optional<std::string> with_digest(std::string_view image, std::string_view digest) {
    auto name = full_name(image);
    if (!name) return std::nullopt;
    std::string text = *name + "@" + std::string(digest);
    if (!oci::Reference::parse(text)) return std::nullopt;
    return text;
}

bool says_nothing(const Judged& judged) {
    switch (judged.fault) {
        case Fault::placeholder:
        case Fault::independent:
            return true;
        default:
            return false;
    }
}

/// Adds texts until there are enough; counts the others.
class Collector {
  public:
    void add(const std::optional<std::string>& text) {
        if (!text || !known_.insert(*text).second) return;
        if (references_.texts.size() < references_max)
            references_.texts.push_back(*text);
        else
            ++references_.left_out;
    }
    References take() { return std::move(references_); }

  private:
    References references_;
    std::unordered_set<std::string> known_;
};

}  // namespace

std::optional<Named> named_by(const Judged& judged) {
    const Declaration& declaration = *judged.declaration;
    if (declaration.subject != manifest::Subject::image ||
        declaration.surface == manifest::Surface::text || says_nothing(judged))
        return std::nullopt;
    Named named;
    if (!declaration.digest.empty()) {
        auto pinned = with_digest(declaration.image, declaration.digest);
        if (!pinned) return std::nullopt;
        named.pinned = std::move(*pinned);
    }
    if (!declaration.declared.empty() && judged.verdict != Verdict::floating) {
        auto tagged = with_tag(declaration.image, declaration.declared);
        if (!tagged) return std::nullopt;
        named.tagged = std::move(*tagged);
    }
    if (named == Named{}) return std::nullopt;
    return named;
}

std::optional<std::string> reference_before(const Declaration& declaration,
                                            const Timeline& timeline) {
    const auto written = timeline.read(declaration.declared);
    if (!written) return std::nullopt;
    const auto at = timeline.position(written->version);
    if (!at) return std::nullopt;
    const bool is_final = !written->version.is_prerelease();
    for (std::size_t before = *at; before-- > 0;) {
        const version::Version& version = *timeline.releases()[before]->version;
        if (version == written->version || (is_final && version.is_prerelease())) continue;
        std::string tag = written->prefix + version.str() + written->suffix;
        std::ranges::replace(tag, '+', '-');
        return with_tag(declaration.image, tag);
    }
    return std::nullopt;
}

References references_to_ask(const evidence::History& history, const project::Project& project,
                             std::span<const manifest::Surface> surfaces) {
    const Timelines timelines(history);
    const Audit audit = judge(history, project, surfaces);
    Collector collector;
    for (auto release = audit.releases.rbegin(); release != audit.releases.rend(); ++release) {
        const Timeline& timeline =
            timeline_of_images(release->release->component, history, timelines);
        for (const Judged& judged : release->declarations) {
            const auto named = named_by(judged);
            if (!named) continue;
            if (!named->tagged.empty()) collector.add(named->tagged);
            if (!named->pinned.empty()) collector.add(named->pinned);
            if (!named->tagged.empty())
                collector.add(reference_before(*judged.declaration, timeline));
        }
        if (!release->record || !release->record->seen->record) continue;
        const record::Record& record = *release->record->seen->record;
        for (const auto* const artifacts : {&record.images, &record.charts})
            for (const record::Artifact& artifact : *artifacts)
                collector.add(recorded_reference(artifact.reference));
    }
    return collector.take();
}

}  // namespace lockstep::verify
