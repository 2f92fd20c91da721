#include "verify/known_images.h"

#include <algorithm>
#include <ranges>
#include <set>

#include "oci/reference.h"
#include "verify/component.h"
#include "verify/judge.h"
#include "verify/judge_record.h"
#include "verify/references.h"

namespace lockstep::verify {

namespace {

/// "registry.example.com/kite/kite" of a reference in full.
std::string name_of(const std::string& reference) {
    return reference.substr(0, reference.find(':', reference.find('/')));
}

std::optional<std::string> tagged(std::string_view image, const std::string& tag) {
    const auto name = oci::Reference::parse(image);
    if (!name || !name->tag().empty() || !name->digest().empty()) return std::nullopt;
    std::string text = name->registry() + "/" + name->path() + ":" + tag;
    if (!oci::Reference::parse(text)) return std::nullopt;
    return text;
}

const record::Record* record_of(const evidence::History& history,
                                const evidence::Release& release) {
    const auto found = history.records.find(release.tag);
    return found == history.records.end() || !found->second.record ? nullptr
                                                                   : &*found->second.record;
}

/// Whether a declaration names an image that is published with its release.
bool follows(const Judged& judged) {
    return judged.declaration->subject == manifest::Subject::image &&
           judged.declaration->surface != manifest::Surface::text && !judged.expected.empty() &&
           judged.fault != Fault::placeholder && judged.fault != Fault::independent;
}

}  // namespace

const char* to_string(KnownBy by) {
    switch (by) {
        case KnownBy::record:
            return "record";
        case KnownBy::registry:
            return "registry";
        case KnownBy::pin:
            return "pin";
    }
    return "";
}

std::vector<ReleaseImage> images_of_releases(const evidence::History& history,
                                             const project::Project& project) {
    std::vector<ReleaseImage> images;
    const Audit audit = judge(history, project, {}, Registry::unasked);
    for (const ReleaseVerdict& verdict : audit.releases | std::views::reverse) {
        const evidence::Release& release = *verdict.release;
        if (release.tag.empty() || !release.version ||
            is_chart_component(release.component, history))
            continue;
        std::set<std::string> references;
        if (const record::Record* const record = record_of(history, release))
            for (const record::Artifact& image : record->images)
                if (auto reference = recorded_reference(image.reference))
                    references.insert(*std::move(reference));
        for (const Judged& judged : verdict.declarations)
            if (follows(judged))
                if (auto reference = tagged(judged.declaration->image, judged.expected))
                    references.insert(*std::move(reference));
        for (const std::string& reference : references)
            images.push_back({&release, reference, name_of(reference)});
    }
    return images;
}

KnownImages::KnownImages(const evidence::History& history, const project::Project& project)
    : history_(history),
      background_(history, project),
      images_(images_of_releases(history, project)) {
    for (const ReleaseImage& image : images_) {
        const record::Record* const record = record_of(history, *image.release);
        const record::Artifact* recorded = nullptr;
        if (record != nullptr)
            for (const record::Artifact& artifact : record->images)
                if (recorded_reference(artifact.reference) == image.reference) recorded = &artifact;
        // A tag may have moved since; what was recorded is what was published.
        if (recorded != nullptr)
            take_record(image, *recorded);
        else
            take_seen(image);
    }
    take_pins();
}

std::string KnownImages::key_of(std::string_view name) const {
    const project::Image* const entry = background_.own.configured(name);
    return std::string(family(entry == nullptr ? name : std::string_view(entry->name)));
}

KnownImages::Entry& KnownImages::entry_of(const ReleaseImage& image) {
    std::vector<Entry>& entries = entries_[image.release];
    const std::string key = key_of(image.name);
    const auto found = std::ranges::find(entries, key, &Entry::family);
    if (found != entries.end()) return *found;
    entries.push_back(
        {key, {.is_release = true, .reason = "nobody was asked which digests it has"}});
    return entries.back();
}

void KnownImages::take_record(const ReleaseImage& image, const record::Artifact& artifact) {
    entry_of(image).knowledge.is_complete = true;
    const auto add = [&](const std::string& digest, const std::string& platform) {
        by_digest_.emplace(digest,
                           KnownImage{image.release, image.reference, platform, KnownBy::record});
    };
    add(artifact.digest, "");
    for (const record::Platform& platform : artifact.platforms) add(platform.digest, platform.name);
    // Configs are in no record: what the registry holds under a recorded digest tells them.
    const auto seen = history_.images.find(image.reference);
    if (seen != history_.images.end() && seen->second.digest == artifact.digest) take_seen(image);
}

void KnownImages::take_seen(const ReleaseImage& image) {
    Knowledge& knowledge = entry_of(image).knowledge;
    const auto seen = history_.images.find(image.reference);
    if (seen == history_.images.end()) return;
    using enum evidence::SeenImage::State;
    if (seen->second.state != found) {
        if (!knowledge.is_complete)
            knowledge.reason = seen->second.state == missing
                                   ? "`" + image.reference + "` is not in its registry"
                                   : seen->second.reason;
        return;
    }
    knowledge.is_complete = knowledge.has_configs = true;
    const auto add = [&](const std::string& digest, const std::string& platform) {
        by_digest_.emplace(digest,
                           KnownImage{image.release, image.reference, platform, KnownBy::registry});
    };
    add(seen->second.digest, "");
    for (const evidence::SeenPlatform& platform : seen->second.platforms) {
        if (platform.digest != seen->second.digest) add(platform.digest, platform.name);
        if (platform.config.empty())
            knowledge.has_configs = false;
        else
            add(platform.config, platform.name);
    }
}

/// A release may say itself which digest it means. Of the platforms below it that says nothing.
void KnownImages::take_pins() {
    for (const evidence::Release& release : history_.releases) {
        if (!release.tree || release.tag.empty() || !release.version) continue;
        for (const auto& unit : release.tree->units) {
            for (const manifest::Declaration& declaration : unit->facts.declarations) {
                if (declaration.subject != manifest::Subject::image || declaration.digest.empty() ||
                    !is_own(declaration.image))
                    continue;
                const auto written = background_.product().read(declaration.declared);
                if (!written || written->version != *release.version) continue;
                const auto reference = tagged(declaration.image, declaration.declared);
                if (reference && find(declaration.image, declaration.digest).empty())
                    by_digest_.emplace(declaration.digest,
                                       KnownImage{&release, *reference, "", KnownBy::pin});
            }
        }
    }
}

std::vector<const KnownImage*> KnownImages::find(std::string_view name,
                                                 std::string_view digest) const {
    const std::string key = key_of(name);
    std::vector<const KnownImage*> found;
    const auto [begin, end] = by_digest_.equal_range(digest);
    for (auto at = begin; at != end; ++at)
        if (key_of(name_of(at->second.reference)) == key) found.push_back(&at->second);
    std::ranges::stable_sort(found, [](const KnownImage* a, const KnownImage* b) {
        return *b->release->version < *a->release->version;
    });
    return found;
}

KnownImages::Knowledge KnownImages::about(std::string_view name,
                                          const evidence::Release& release) const {
    const auto found = entries_.find(&release);
    if (found != entries_.end())
        for (const Entry& entry : found->second)
            if (entry.family == key_of(name)) return entry.knowledge;
    return {.reason = "release `" + release.tag + "` declares no image of this name"};
}

const evidence::Release* KnownImages::release_of(std::string_view name,
                                                 std::string_view tag) const {
    const auto written = background_.product().read(tag);
    if (!written) return nullptr;
    const std::string key = key_of(name);
    for (const ReleaseImage& image : images_)
        if (*image.release->version == written->version && key_of(image.name) == key)
            return image.release;
    return nullptr;
}

const evidence::Release* KnownImages::newest(std::string_view name) const {
    const std::string key = key_of(name);
    const evidence::Release* newest = nullptr;
    const auto is_better = [&](const evidence::Release& release) {
        if (newest == nullptr) return true;
        if (release.version->is_prerelease() != newest->version->is_prerelease())
            return newest->version->is_prerelease();
        return *newest->version < *release.version;
    };
    for (const ReleaseImage& image : images_)
        if (key_of(image.name) == key && is_better(*image.release)) newest = image.release;
    return newest;
}

const evidence::Release* KnownImages::release_called(std::string_view tag) const {
    const auto found = std::ranges::find(history_.releases, tag, &evidence::Release::tag);
    return found == history_.releases.end() ? nullptr : &*found;
}

}  // namespace lockstep::verify
