#include "verify/judge_record.h"

#include <algorithm>

#include "base/backticks.h"
#include "oci/reference.h"
#include "verify/finding.h"
#include "verify/rules.h"

namespace lockstep::verify {

namespace {

using About = RecordFault::About;
using evidence::SeenImage;
using evidence::SeenManifest;

class RecordJudge {
  public:
    RecordJudge(const evidence::Release& release, const ReleaseVerdict& verdict,
                const evidence::SeenRecord& seen, const Background& background)
        : release_(release), verdict_(verdict), seen_(seen), background_(background) {
        judged_.seen = &seen;
    }

    JudgedRecord judge() {
        if (seen_.record) {
            const record::Record& record = *seen_.record;
            judge_tag(record);
            for (const record::Manifest& manifest : record.manifests) judge_manifest(manifest);
            for (const record::Artifact& image : record.images) judge_image(image, About::image);
            for (const record::Artifact& chart : record.charts) judge_image(chart, About::chart);
        } else {
            add_unread({.about = About::record,
                        .name = record::ref_of(release_.tag),
                        .detail = seen_.reason});
        }
        return std::move(judged_);
    }

  private:
    bool is_on(std::string_view rule) const { return !is_off(rule, background_.project); }

    void add(std::string_view rule, RecordFault fault) {
        fault.rule = find_rule(rule);
        fault.severity = severity_of(rule, std::nullopt, background_.project);
        judged_.state = RecordState::differs;
        judged_.faults.push_back(std::move(fault));
    }

    /// What could not be looked at is no difference.
    void add_unread(RecordFault fault) {
        fault.fault = Fault::not_rendered;
        fault.rule = find_rule("not-rendered");
        fault.severity = severity_of_unread(background_.project);
        note_unchecked();
        judged_.faults.push_back(std::move(fault));
    }

    void note_unchecked() {
        if (judged_.state == RecordState::same) judged_.state = RecordState::unchecked;
    }

    void judge_tag(const record::Record& record) {
        if (!is_on("tag-moved")) return;
        RecordFault fault{.fault = Fault::moved_tag, .about = About::tag, .name = release_.tag};
        if (release_.commit != record.commit) {
            fault.found = release_.commit;
            fault.expected = record.commit;
            fault.detail = "commit";
        } else if (!release_.tag_object.empty() && release_.tag_object != record.tag_object) {
            fault.found = release_.tag_object;
            fault.expected = record.tag_object;
            fault.detail = "tag object";
        } else {
            return;
        }
        add("tag-moved", std::move(fault));
    }

    void judge_manifest(const record::Manifest& manifest) {
        if (!is_on("manifest-changed")) return;
        RecordFault fault{
            .about = About::manifest, .name = manifest.root, .expected = manifest.digest};
        const auto now = seen_.manifests.find(manifest.root);
        if (now == seen_.manifests.end() || now->second.state == SeenManifest::State::unknown) {
            // That it does not render is said where it was to be read.
            if (is_unread(manifest.root)) return note_unchecked();
            fault.expected.clear();
            fault.detail = now == seen_.manifests.end() ? "nobody rendered it" : now->second.reason;
            return add_unread(std::move(fault));
        }
        if (now->second.digest == manifest.digest) return;
        const bool is_gone = now->second.state == SeenManifest::State::missing;
        fault.fault = is_gone ? Fault::gone : Fault::changed_manifest;
        fault.found = now->second.digest;
        add("manifest-changed", std::move(fault));
    }

    bool is_unread(const std::string& root) const {
        return std::ranges::any_of(verdict_.unread, [&](const Unread& unread) {
            return unread.gap->surface == manifest::Surface::kustomize && unread.gap->root == root;
        });
    }

    void judge_image(const record::Artifact& recorded, About about) {
        if (!is_on("image-moved")) return;
        const auto reference = recorded_reference(recorded.reference);
        const auto found = reference ? background_.history.images.find(*reference)
                                     : background_.history.images.end();
        if (found == background_.history.images.end())
            return add_unchecked(recorded.reference, reference ? "nobody asked its registry"
                                                               : "it is no reference of an image");
        const SeenImage& image = found->second;
        if (image.state == SeenImage::State::unknown)
            return add_unchecked(recorded.reference, image.reason);
        if (image.state == SeenImage::State::found && image.digest == recorded.digest) return;
        const bool is_gone = image.state == SeenImage::State::missing;
        add("image-moved", {.fault = is_gone ? Fault::gone : Fault::moved_image,
                            .about = about,
                            .name = recorded.reference,
                            .found = image.digest,
                            .expected = recorded.digest,
                            .detail = image.source});
    }

    void add_unchecked(const std::string& reference, std::string reason) {
        note_unchecked();
        judged_.unchecked.push_back({reference, std::move(reason)});
    }

    const evidence::Release& release_;
    const ReleaseVerdict& verdict_;
    const evidence::SeenRecord& seen_;
    const Background& background_;
    JudgedRecord judged_;
};

/// As much of an id or digest as people compare.
std::string shown(std::string_view id) {
    constexpr std::size_t digits = 12;
    const std::size_t colon = id.find(':');
    const std::size_t prefix = colon == std::string_view::npos ? 0 : colon + 1;
    return in_backticks(id.substr(0, prefix + digits));
}

std::string title_of(const std::string& root) {
    return "kustomization " + in_backticks(root.empty() ? "." : root);
}

std::string unread_message(const RecordFault& fault, const std::string& release) {
    if (fault.about == About::record)
        return "the record of " + in_backticks(release) +
               " could not be read, so nothing was held against it: " + fault.detail;
    return title_of(fault.name) + " could not be held against its record: " + fault.detail;
}

}  // namespace

std::optional<JudgedRecord> judge_record(const evidence::Release& release,
                                         const ReleaseVerdict& verdict,
                                         const Background& background) {
    if (release.tag.empty()) return std::nullopt;
    const auto seen = background.history.records.find(release.tag);
    if (seen == background.history.records.end()) return std::nullopt;
    return RecordJudge(release, verdict, seen->second, background).judge();
}

std::optional<std::string> recorded_reference(std::string_view reference) {
    const auto parsed = oci::Reference::parse(reference);
    if (!parsed) return std::nullopt;
    std::string text = parsed->registry() + "/" + parsed->path();
    if (!parsed->digest().empty()) return text + "@" + parsed->digest();
    return text + ":" + (parsed->tag().empty() ? "latest" : parsed->tag());
}

std::string message_of(const JudgedRecord& record, const RecordFault& fault,
                       const std::string& release) {
    const bool is_gone = fault.fault == Fault::gone;
    if (fault.fault == Fault::not_rendered) return unread_message(fault, release);
    switch (fault.about) {
        case About::record:
            break;
        case About::tag:
            return "tag " + in_backticks(fault.name) + " was moved: it was recorded at " +
                   fault.detail + " " + shown(fault.expected) + " and is at " + shown(fault.found);
        case About::image:
        case About::chart: {
            const std::string subject =
                (fault.about == About::chart ? "chart " : "image ") + in_backticks(fault.name);
            if (is_gone)
                return subject + " is gone: it was recorded with digest " + shown(fault.expected) +
                       ", and " + in_backticks(fault.detail) + " holds none";
            return subject + " was moved: it was recorded with digest " + shown(fault.expected) +
                   ", and " + in_backticks(fault.detail) + " holds " + shown(fault.found);
        }
        case About::manifest:
            if (is_gone)
                return title_of(fault.name) + " was recorded and is not in the tree of " + release;
            return title_of(fault.name) + " renders to other bytes than when " + release +
                   " was recorded";
    }
    return record.seen->reason;
}

std::string hint_of(const JudgedRecord& record, const RecordFault& fault) {
    if (fault.fault == Fault::not_rendered)
        return fault.about == About::record ? "look at it with `git fetch REMOTE " + fault.name +
                                                  "` and `git show "
                                                  "FETCH_HEAD:" +
                                                  std::string(record::file_name) + "`"
                                            : "";
    switch (fault.about) {
        case About::record:
            break;
        case About::tag:
            return "find out who moved it; `git ls-remote --tags` tells whether others see the "
                   "same";
        case About::image:
        case About::chart: {
            const auto reference = oci::Reference::parse(fault.name);
            const std::string name = reference ? reference->name() : fault.name;
            return "find out who pushed over it; what was released is " +
                   in_backticks(name + "@" + fault.expected);
        }
        case About::manifest:
            return "look for what it names outside of its tree; the record was made by " +
                   in_backticks(record.seen->record->tool);
    }
    return {};
}

std::string object_of(const RecordFault& fault) {
    switch (fault.about) {
        case About::record:
            return fault.name;
        case About::tag:
            return "tag " + fault.name;
        case About::image:
            return "image " + fault.name;
        case About::chart:
            return "chart " + fault.name;
        case About::manifest:
            return {};
    }
    return {};
}

}  // namespace lockstep::verify
