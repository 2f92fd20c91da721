#include "verify/finding.h"

#include <string>

#include "base/backticks.h"
#include "verify/image_words.h"
#include "verify/judge_record.h"
#include "verify/rules.h"
#include "version/style.h"

namespace lockstep::verify {

namespace {

using manifest::Declaration;
using manifest::Subject;
using manifest::Surface;

constexpr std::string_view unread_rule = "not-rendered";

std::string_view rule_for(const Judged& judged) {
    const Declaration& declaration = *judged.declaration;
    if (declaration.surface == Surface::helm && declaration.subject != Subject::remote_ref &&
        judged.verdict != Verdict::floating)
        return "chart-version";
    if (judged.verdict == Verdict::floating) return "floating-tag";
    return declaration.surface == Surface::text ? "text-version" : "declared-version";
}

/// "image `registry.k8s.io/a/b`", "`appVersion` of chart `b`", "the reference to `github.com/a/b`".
std::string subject_of(const Declaration& declaration) {
    switch (declaration.subject) {
        case Subject::image:
            return "image " + in_backticks(declaration.image);
        case Subject::chart_version:
            return "`version` of chart " + in_backticks(declaration.image);
        case Subject::app_version:
            return "`appVersion` of chart " + in_backticks(declaration.image);
        case Subject::object_version:
            return "the version of " + in_backticks(declaration.image);
        case Subject::remote_ref:
            return "the reference to " + in_backticks(declaration.image);
    }
    return in_backticks(declaration.image);
}

std::string found(const Declaration& declaration) {
    return declaration.declared.empty() ? "no tag" : in_backticks(declaration.declared);
}

std::string why_it_floats(const Declaration& declaration) {
    if (declaration.declared.empty()) return {};
    // "v1.2" for v1.2.3
    return version::read_written(declaration.declared) ? ", which moves with each patch"
                                                       : ", which is no version";
}

/// Where hardly any tag is known, as behind a URL, nothing can be said about this one.
bool may_be_released(const Declaration& declaration, const Timeline& product) {
    if (product.releases().size() < 2) return true;
    const auto written = product.read(declaration.declared);
    return written && product.position(written->version).has_value();
}

/// What kind of other version it is, as people say it.
const char* difference(const Judged& judged) {
    const bool known = judged.is_released;
    switch (judged.fault) {
        case Fault::previous_version:
            return "the release just before";
        case Fault::older:
            return known ? "an older release" : "an older version, which was never tagged";
        case Fault::newer:
            return known ? "a newer release" : "a newer version, which is not tagged";
        case Fault::pre_release:
            return "a pre-release of it";
        case Fault::missing_prefix:
            return "the right version without its prefix";
        case Fault::doubled_prefix:
            return "the right version with its prefix doubled";
        case Fault::unexpected_prefix:
            return "the right version with a prefix that is not used here";
        case Fault::other_registry:
            return "the right version under another name than the configured ones";
        default:
            return "";
    }
}

/// Only a registry could answer it: said, but no mistake.
bool is_digest_question(const Judged& judged) {
    return judged.fault == Fault::digest_only || judged.fault == Fault::same_digest;
}

/// "; v1.2.0 expects `v1.2.0`", where something is expected.
std::string expects(const Judged& judged, const std::string& release) {
    if (judged.expected.empty()) return {};
    return "; " + release + " expects " + in_backticks(judged.expected);
}

std::string message_of(const Judged& judged, const std::string& release) {
    const Declaration& declaration = *judged.declaration;
    const std::string subject = subject_of(declaration);
    if (judged.verdict == Verdict::floating)
        return subject + " has " + found(declaration) + why_it_floats(declaration) +
               expects(judged, release);
    if (judged.fault == Fault::digest_only)
        return subject + " is pinned by digest alone, so its version was not checked" +
               expects(judged, release);
    if (judged.fault == Fault::same_digest)
        return subject + " is declared as " + found(declaration) +
               " with the digest that an earlier release declares, so it was not checked";
    std::string message = subject + " is declared as " + found(declaration);
    if (const std::string_view which = difference(judged); !which.empty())
        message.append(", ").append(which);
    return message + expects(judged, release);
}

std::string message_of(const manifest::Gap& gap) {
    if (gap.is_demanded) return gap.error.message;
    const std::string place = gap.error.at ? gap.error.at->path : std::string(".");
    const std::string what = in_backticks(gap.root.empty() ? place : gap.root);
    return what + " could not be read, so it was not checked: " + gap.error.message;
}

std::string hint_of(const Judged& judged, const evidence::Release& release) {
    const Declaration& declaration = *judged.declaration;
    const std::string place = to_string(declaration.at);
    if (judged.fault == Fault::other_registry)
        return "declare the image under a configured name, or add " +
               in_backticks(declaration.image) + " to its `aliases` in lockstep.yaml";
    if (judged.fault == Fault::digest_only) return "declare the tag beside the digest";
    if (judged.fault == Fault::same_digest)
        return "look whether the digest was left behind when the tag was changed at " + place;
    // What is published is not mended; the same place must be right in the next release.
    const std::string version =
        judged.expected.empty() ? "a version" : in_backticks(judged.expected);
    const std::string wanted = release.tag.empty() ? "write " + version + " at " + place
                                                   : "write the next release's version at " +
                                                         place + " before it is tagged";
    if (judged.verdict == Verdict::floating)
        return wanted +
               "; or, where floating is intended, say so in lockstep.yaml under `paths:` with "
               "`expect: floating`";
    if (release.tag.empty()) return wanted;
    return wanted + "; " + in_backticks(release.tag) + " is published and stays as it is";
}

/// How bad a declaration is where its rule does not say it.
std::optional<Severity> severity_without_rule(const Judged& judged) {
    if (is_digest_question(judged)) return Severity::note;
    // Documentation names `master` on purpose more often than not.
    if (judged.verdict == Verdict::floating && judged.declaration->surface == Surface::text)
        return Severity::note;
    return std::nullopt;
}

std::string object_of(const manifest::ObjectName& object) {
    if (object.kind.empty()) return {};
    return object.kind + " " + (object.name_space.empty() ? "" : object.name_space + "/") +
           object.name;
}

const std::string nothing;

bool is_about_manifest(const RecordFault& fault) {
    return fault.about == RecordFault::About::manifest;
}

}  // namespace

bool is_off(std::string_view rule, const project::Project& project) {
    const auto set = project.rules.find(rule);
    return set != project.rules.end() && set->second == "off";
}

Severity severity_of(std::string_view rule, std::optional<Severity> otherwise,
                     const project::Project& project) {
    if (const auto set = project.rules.find(rule); set != project.rules.end()) {
        if (set->second == "error") return Severity::error;
        if (set->second == "warning") return Severity::warning;
        return Severity::note;
    }
    return otherwise.value_or(find_rule(rule)->severity);
}

void apply_rules(Judged& judged, const Background& background) {
    if (judged.verdict != Verdict::drifted && judged.verdict != Verdict::floating &&
        !is_digest_question(judged))
        return;
    if (judged.fault == Fault::intended || judged.fault == Fault::placeholder) return;
    const std::string_view rule = rule_for(judged);
    if (is_off(rule, background.project)) return;
    judged.rule = find_rule(rule);
    judged.severity = severity_of(rule, severity_without_rule(judged), background.project);
    judged.is_released = may_be_released(*judged.declaration, background.product());
}

Severity severity_of_unread(const project::Project& project) {
    return severity_of(unread_rule, std::nullopt, project);
}

std::string Finding::image_reference() const {
    if (image_ != nullptr) return image_->reference;
    using About = RecordFault::About;
    if (record_fault_ == nullptr ||
        (record_fault_->about != About::image && record_fault_->about != About::chart))
        return {};
    return record_fault_->name;
}

std::string_view Finding::rule() const {
    if (record_fault_ != nullptr) return record_fault_->rule->id;
    if (image_fault_ != nullptr) return image_fault_->rule->id;
    return judged_ != nullptr ? judged_->rule->id : unread_rule;
}

Severity Finding::severity() const {
    if (record_fault_ != nullptr) return record_fault_->severity;
    if (image_fault_ != nullptr) return image_fault_->severity;
    return judged_ != nullptr ? judged_->severity : unread_->severity;
}

Fault Finding::fault() const {
    if (record_fault_ != nullptr) return record_fault_->fault;
    if (image_fault_ != nullptr) return image_fault_->fault;
    return judged_ != nullptr ? judged_->fault : Fault::not_rendered;
}

std::string Finding::release() const {
    const evidence::Release& release = *release_->release;
    if (!release.tag.empty()) return release.tag;
    if (release.commit.empty()) return release.title.empty() ? "the work tree" : release.title;
    if (release.version) return "version " + release.version->str();
    if (release_->spoken) return "version " + release_->spoken->str();
    return "commit " + release.commit.substr(0, 12);
}

manifest::Surface Finding::surface() const {
    if (declaration() != nullptr) return declaration()->surface;
    if (record_fault_ == nullptr) return unread_->gap->surface;
    return is_about_manifest(*record_fault_) ? Surface::kustomize : Surface::yaml;
}

const std::string& Finding::root() const {
    if (declaration() != nullptr) return declaration()->root;
    if (record_fault_ == nullptr) return unread_->gap->root;
    return is_about_manifest(*record_fault_) ? record_fault_->name : nothing;
}

Location Finding::at() const {
    if (declaration() != nullptr) return declaration()->at;
    // A tag and an image stand in no file.
    if (record_fault_ != nullptr) return {};
    return unread_->gap->error.at.value_or(Location{unread_->gap->root, 0, 0});
}

unsigned Finding::length() const {
    return declaration() != nullptr ? declaration()->length : 0;
}

const std::string& Finding::excerpt() const {
    return declaration() != nullptr ? declaration()->excerpt : nothing;
}

std::string Finding::object() const {
    if (record_fault_ != nullptr) return object_of(*record_fault_);
    return declaration() != nullptr ? object_of(declaration()->object) : nothing;
}

std::string Finding::message() const {
    if (record_fault_ != nullptr) return message_of(*release_->record, *record_fault_, release());
    if (image_fault_ != nullptr) return message_of(*image_, *image_fault_, release());
    return judged_ != nullptr ? message_of(*judged_, release()) : message_of(*unread_->gap);
}

std::string Finding::hint() const {
    if (record_fault_ != nullptr) return hint_of(*release_->record, *record_fault_);
    if (image_fault_ != nullptr) return hint_of(*image_, *image_fault_, *place_);
    return judged_ != nullptr ? hint_of(*judged_, *release_->release) : unread_->gap->error.hint;
}

const std::string& Finding::declared() const {
    if (record_fault_ != nullptr) return record_fault_->found;
    if (image_fault_ != nullptr) return image_fault_->found;
    return judged_ != nullptr ? judged_->declaration->declared : nothing;
}

const std::string& Finding::expected() const {
    if (record_fault_ != nullptr) return record_fault_->expected;
    if (image_fault_ != nullptr) return image_fault_->expected;
    return judged_ != nullptr ? judged_->expected : nothing;
}

std::vector<Finding> findings(const ReleaseVerdict& release) {
    std::vector<Finding> found;
    auto unread = release.unread.begin();
    const auto add_unread = [&](std::size_t place) {
        for (; unread != release.unread.end() && unread->place <= place; ++unread)
            found.emplace_back(release, *unread);
    };
    for (std::size_t at = 0; at < release.declarations.size(); ++at) {
        add_unread(at);
        if (release.declarations[at].rule != nullptr)
            found.emplace_back(release, release.declarations[at]);
    }
    add_unread(release.declarations.size());
    for (const JudgedImage& image : release.images)
        for (const ImageFault& fault : image.faults)
            for (const Declaration* place : image.places)
                found.emplace_back(release, image, fault, *place);
    if (release.record)
        for (const RecordFault& fault : release.record->faults) found.emplace_back(release, fault);
    return found;
}

}  // namespace lockstep::verify
