#include "verify/judge_images.h"

#include <algorithm>
#include <map>

#include "base/backticks.h"
#include "oci/reference.h"
#include "verify/component.h"
#include "verify/digest_change.h"
#include "verify/finding.h"
#include "verify/image_claims.h"
#include "verify/image_origin.h"
#include "verify/references.h"
#include "verify/retired_registries.h"
#include "verify/rules.h"

namespace lockstep::verify {

namespace {

using evidence::SeenImage;
using manifest::Declaration;
using State = ImageState;

/// What is known of a reference: null where nobody asked.
const SeenImage* find(const evidence::History& history, const std::string& reference) {
    if (reference.empty()) return nullptr;
    const auto found = history.images.find(reference);
    return found == history.images.end() ? nullptr : &found->second;
}

bool is(const SeenImage* image, SeenImage::State state) {
    return image != nullptr && image->state == state;
}

/// "`abc…` (label of linux/arm64)", for what some platforms say.
std::string said_by(const Answers& answers) {
    std::string text = in_backticks(answers.said.value) + " (" + std::string(answers.said.place);
    if (!answers.is_everywhere) text += " of " + listed(answers.names);
    return text + ")";
}

/// Judges one reference of one release.
class ImageJudge {
  public:
    ImageJudge(const Named& named, const evidence::Release& release, const ReleaseVerdict& verdict,
               const Background& background, JudgedImage& image)
        : named_(named),
          release_(release),
          verdict_(verdict),
          background_(background),
          image_(image),
          declaration_(*image.places.front()),
          origin_(origin_of(declaration_, release, background)) {}

    void judge() {
        tagged_ = find(background_.history, named_.tagged);
        pinned_ = find(background_.history, named_.pinned);
        judge_retired();
        if (!choose()) return;
        if (tagged_ != nullptr && !named_.pinned.empty()) judge_digest();
        judge_platforms();
        judge_labels();
    }

  private:
    void add(Fault fault, std::string_view rule, ImageFault what,
             std::optional<Severity> severity = std::nullopt) {
        if (is_off(rule, background_.project)) return;
        what.fault = fault;
        what.rule = find_rule(rule);
        what.severity = severity_of(rule, severity, background_.project);
        image_.faults.push_back(std::move(what));
    }

    /// Settles what is pulled; false where there is nothing to look into.
    bool choose() {
        using enum SeenImage::State;
        const SeenImage* const pulled = named_.pinned.empty() ? tagged_ : pinned_;
        if (is(pulled, found)) {
            image_.seen = pulled;
        } else if (is(pulled, missing)) {
            add_missing();
        } else if (!named_.pinned.empty() && is(tagged_, found) &&
                   holds_digest(*tagged_, declaration_.digest)) {
            image_.seen = tagged_;
        } else {
            image_.reason = pulled == nullptr ? "nobody asked its registry" : pulled->reason;
        }
        if (image_.seen != nullptr) image_.state = State::not_proved;
        return image_.seen != nullptr;
    }

    void add_missing() {
        // A chart makes this tag; it may write it otherwise than its appVersion.
        const bool is_made = std::ranges::all_of(image_.places, &Declaration::by_default);
        if (is_made && named_.pinned.empty()) {
            image_.reason =
                "nothing is there under it, but the chart's templates make its tag; "
                "--helm-render tells which";
            return;
        }
        image_.state = State::missing;
        const SeenImage& pulled = named_.pinned.empty() ? *tagged_ : *pinned_;
        // What is no release yet is not expected to be there; published, its users miss it.
        add(Fault::image_missing, "image-missing",
            {.found = declaration_.declared.empty() ? declaration_.digest : declaration_.declared,
             .detail = pulled.source},
            origin_.is_released ? std::nullopt : std::optional(Severity::note));
    }

    void judge_digest() {
        if (tagged_->state != SeenImage::State::found ||
            holds_digest(*tagged_, declaration_.digest))
            return;
        image_.state = State::wrong;
        add(Fault::other_digest, "digest-mismatch",
            {.found = declaration_.digest,
             .expected = tagged_->digest,
             .detail =
                 is(pinned_, SeenImage::State::found) ? change_between(*pinned_, *tagged_) : ""});
    }

    void judge_platforms() {
        const auto before = reference_before(
            declaration_,
            timeline_of_images(release_.component, background_.history, background_.timelines));
        const SeenImage* const former = before ? find(background_.history, *before) : nullptr;
        // Who pins a single platform wants no other.
        if (!is(former, SeenImage::State::found) ||
            (!named_.pinned.empty() && !image_.seen->is_index))
            return;
        std::vector<std::string> lacking;
        for (const evidence::SeenPlatform& platform : former->platforms)
            if (std::ranges::find(image_.seen->platforms, platform.name,
                                  &evidence::SeenPlatform::name) == image_.seen->platforms.end())
                lacking.push_back(platform.name);
        if (lacking.empty()) return;
        image_.state = State::wrong;
        add(Fault::platform_missing, "image-missing",
            {.found = listed(lacking), .detail = oci::Reference::parse(*before)->tag()},
            Severity::warning);
    }

    /// What the platforms that are pulled say under `key`.
    Answers ask(std::string_view key, const Judge& judge) const {
        std::vector<std::pair<std::string, Said>> platforms;
        const bool is_one =
            !declaration_.digest.empty() && image_.seen->digest != declaration_.digest;
        for (const evidence::SeenPlatform& platform : image_.seen->platforms) {
            if (is_one && platform.digest != declaration_.digest) continue;
            platforms.emplace_back(platform.name, weigh(claims_of(*image_.seen, platform, key,
                                                                  background_.history.repository),
                                                        judge));
        }
        return of_all(platforms);
    }

    void judge_labels() {
        if (image_.seen->platforms.empty()) {
            image_.reason = image_.seen->artifact_type.empty()
                                ? "it has no platforms"
                                : "it is no image but " + in_backticks(image_.seen->artifact_type);
            return;
        }
        const Answers revision = ask(
            revision_label, RevisionJudge(origin_, verdict_, !named_.pinned.empty(), background_));
        const Timeline& timeline =
            timeline_of_images(release_.component, background_.history, background_.timelines);
        const Answers version = ask(version_label, [&](const Claim& claim) {
            return judge_version(claim, origin_, timeline);
        });
        conclude_revision(revision);
        conclude_version(version);
        if (requires_labels()) {
            require(revision, "image-revision", revision_label);
            require(version, "image-version", version_label);
        }
    }

    void conclude_revision(const Answers& answers) {
        const Said& said = answers.said;
        switch (said.answer) {
            case Answer::proves:
                if (image_.state == State::not_proved) image_.state = State::proved;
                image_.reason = "built from " + said.value.substr(0, 12) + ", " + said.why;
                break;
            case Answer::contradicts:
                image_.state = State::wrong;
                add(Fault::other_revision, "image-revision",
                    {.found = said.value,
                     .expected = origin_.commits.front(),
                     .detail = detail_of(answers)});
                break;
            case Answer::doubtful:
                image_.reason = "its revision is " + said_by(answers) + ": " + said.why;
                break;
            case Answer::silent:
                image_.reason =
                    answers.is_everywhere
                        ? "no label says which commit it was built from"
                        : listed(answers.names) + " does not say which commit it was built from";
                break;
        }
    }

    void conclude_version(const Answers& answers) {
        if (answers.said.answer != Answer::contradicts) return;
        image_.state = State::wrong;
        add(Fault::other_version, "image-version",
            {.found = answers.said.value,
             .expected = origin_.version->str(),
             .detail = detail_of(answers)});
    }

    /// "label of linux/arm64, the commit of v1.2.2"
    static std::string detail_of(const Answers& answers) {
        std::string text(answers.said.place);
        if (!answers.is_everywhere) text += " of " + listed(answers.names);
        if (!answers.said.why.empty()) text += "; " + answers.said.why;
        return text;
    }

    bool requires_labels() const {
        const project::Image* const entry = background_.own.configured(declaration_.image);
        return entry != nullptr && entry->labels == project::Image::Labels::required;
    }

    void require(const Answers& answers, std::string_view rule, std::string_view key) {
        if (answers.said.answer == Answer::proves || answers.said.answer == Answer::contradicts)
            return;
        std::string detail;
        if (answers.said.answer == Answer::doubtful)
            detail = said_by(answers) + ": " + answers.said.why;
        else if (!answers.is_everywhere)
            detail = listed(answers.names);
        add(Fault::no_label, rule, {.expected = std::string(key), .detail = std::move(detail)});
    }

    void judge_retired() {
        if (const std::string* const entry = background_.own.retired(declaration_.image)) {
            add(Fault::retired_registry, "registry-retired",
                {.found = *entry, .detail = "is retired: lockstep.yaml says so under `images:`"},
                Severity::error);
            return;
        }
        if (const project::Registry* const entry = retired_here()) {
            add(Fault::retired_registry, "registry-retired",
                {.found = entry->name, .detail = "is retired: " + entry->retired}, Severity::error);
            return;
        }
        const auto reference = oci::Reference::parse(declaration_.image);
        const RetiredRegistry* const retired =
            reference ? find_retired(reference->registry()) : nullptr;
        if (retired != nullptr) add_retired(*retired, reference->registry());
    }

    /// The entry under `registries` that says that nothing should be declared there any more.
    const project::Registry* retired_here() const {
        for (const project::Registry& entry : background_.project.registries)
            if (!entry.retired.empty() && (image_.reference.starts_with(entry.name + "/") ||
                                           image_.reference.starts_with(entry.name + ":") ||
                                           image_.reference.starts_with(entry.name + "@")))
                return &entry;
        return nullptr;
    }

    void add_retired(const RetiredRegistry& registry, std::string name) {
        const bool is_former = release_.time != 0 && release_.time < registry.since;
        using Kind = RetiredRegistry::Kind;
        // What was there before is still served by a frozen one.
        if (registry.kind == Kind::frozen && is_former) return;
        const bool is_there =
            is(tagged_, SeenImage::State::found) || is(pinned_, SeenImage::State::found);
        if (registry.kind == Kind::moved && is_there) return;
        const bool is_certain = registry.kind != Kind::moved;
        add(Fault::retired_registry, "registry-retired",
            {.found = std::move(name),
             .expected = std::string(registry.instead),
             .detail = std::string(registry.what)},
            is_certain ? std::nullopt : std::optional(Severity::note));
    }

    const Named& named_;
    const evidence::Release& release_;
    const ReleaseVerdict& verdict_;
    const Background& background_;
    JudgedImage& image_;
    const Declaration& declaration_;
    Origin origin_;
    const SeenImage* tagged_ = nullptr;
    const SeenImage* pinned_ = nullptr;
};

/// Whether the release was recorded with an image of that digest.
bool is_recorded(const std::string& digest, const evidence::Release& release,
                 const Background& background) {
    const auto seen = background.history.records.find(release.tag);
    if (seen == background.history.records.end() || !seen->second.record) return false;
    const record::Record& record = *seen->second.record;
    return record.commit == release.commit &&
           std::ranges::find(record.images, digest, &record::Artifact::digest) !=
               record.images.end();
}

/// Whether a declaration that waited for its registry is answered by what that holds, or by what
/// was recorded.
bool is_settled(const Judged& judged, const JudgedImage& image, const Named& named,
                const evidence::Release& release, const Background& background) {
    if (judged.fault == Fault::digest_only)
        return image.state == ImageState::proved ||
               is_recorded(judged.declaration->digest, release, background);
    if (judged.fault != Fault::same_digest) return false;
    const SeenImage* const tagged = find(background.history, named.tagged);
    return is(tagged, SeenImage::State::found) && holds_digest(*tagged, judged.declaration->digest);
}

}  // namespace

void judge_images(const evidence::Release& release, ReleaseVerdict& verdict,
                  const Background& background) {
    std::map<std::string, std::size_t> known;  // by reference: its image
    std::vector<std::pair<Judged*, std::size_t>> declared;
    std::vector<Named> names;
    for (Judged& judged : verdict.declarations) {
        auto named = named_by(judged);
        if (!named) continue;
        // Digest and tag of one reference are told by its text.
        std::string text = named->tagged;
        if (text.empty())
            text = named->pinned;
        else if (!named->pinned.empty())
            text += "@" + judged.declaration->digest;
        const auto [at, is_new] = known.emplace(text, verdict.images.size());
        if (is_new) {
            verdict.images.push_back({.places = {}, .reference = std::move(text)});
            names.push_back(std::move(*named));
        }
        auto& places = verdict.images[at->second].places;
        if (std::ranges::none_of(places, [&](const Declaration* place) {
                return place->at == judged.declaration->at;
            }))
            places.push_back(judged.declaration);
        declared.emplace_back(&judged, at->second);
    }
    for (std::size_t at = 0; at < verdict.images.size(); ++at)
        ImageJudge(names[at], release, verdict, background, verdict.images[at]).judge();
    for (auto& [judged, at] : declared)
        if (is_settled(*judged, verdict.images[at], names[at], release, background)) {
            judged->verdict = Verdict::consistent;
            judged->fault = Fault::none;
            judged->rule = nullptr;
            judged->severity = Severity::note;
        }
}

}  // namespace lockstep::verify
