#pragma once

#include <deque>
#include <memory>
#include <string>

#include "verify/rules.h"
#include "verify/verdict.h"
#include "version/version.h"

namespace lockstep::report::testing {

/// An audit written down by hand: facts and judgements in the words of the types.
class Sample {
  public:
    Sample() { audit_.history = &history_; }
    Sample(const Sample&) = delete;
    Sample& operator=(const Sample&) = delete;

    evidence::History& history() { return history_; }
    verify::Audit& audit() { return audit_; }
    const verify::Audit& audit() const { return audit_; }

    /// Begins a release; what follows belongs to it.
    void release(const std::string& tag, const std::string& version, std::int64_t time,
                 verify::Verdict verdict) {
        evidence::Release& release = releases_.emplace_back();
        release.tag = tag;
        if (!version.empty()) release.version = version::Version::parse(version).value();
        release.commit =
            tag.empty() ? "" : std::string(40, static_cast<char>('a' + tag.size() % 6));
        release.time = time;
        audit_.releases.push_back({.release = &release, .verdict = verdict});
    }
    evidence::Release& last_release() { return releases_.back(); }

    struct Place {
        manifest::Surface surface = manifest::Surface::kustomize;
        std::string root, path;
        unsigned line = 0, column = 0;
        std::string excerpt;
    };

    manifest::Declaration& declare(const Place& place, const std::string& declared,
                                   verify::Verdict verdict, verify::Fault fault,
                                   const std::string& expected) {
        manifest::Declaration& declaration = declarations_.emplace_back();
        declaration.surface = place.surface;
        declaration.root = place.root;
        declaration.at = {place.path, place.line, place.column};
        declaration.excerpt = place.excerpt;
        declaration.length = static_cast<unsigned>(declared.size());
        declaration.declared = declared;
        declaration.image = "registry.example/shop/shop";
        audit_.releases.back().declarations.push_back({.declaration = &declaration,
                                                       .verdict = verdict,
                                                       .fault = fault,
                                                       .expected = expected});
        return declaration;
    }

    /// The declaration made last breaks a rule.
    void breaks(std::string_view rule, verify::Severity severity) {
        verify::Judged& judged = audit_.releases.back().declarations.back();
        judged.rule = verify::find_rule(rule);
        judged.severity = severity;
    }

    /// The declaration made last names this image.
    verify::JudgedImage& image(const std::string& reference, verify::ImageState state,
                               const std::string& reason) {
        verify::ReleaseVerdict& release = audit_.releases.back();
        release.images.push_back({.places = {release.declarations.back().declaration},
                                  .reference = reference,
                                  .state = state,
                                  .reason = reason});
        return release.images.back();
    }
    /// What was seen of the image made last.
    evidence::SeenImage& seen(const std::string& source, char digit) {
        evidence::SeenImage& seen = seen_.emplace_back();
        seen.state = evidence::SeenImage::State::found;
        seen.source = source;
        seen.digest = "sha256:" + std::string(64, digit);
        audit_.releases.back().images.back().seen = &seen;
        return seen;
    }
    /// The image made last breaks a rule.
    void image_breaks(std::string_view rule, verify::Severity severity, verify::ImageFault fault) {
        fault.rule = verify::find_rule(rule);
        fault.severity = severity;
        audit_.releases.back().images.back().faults.push_back(std::move(fault));
    }

    /// Something could not be read, behind what was declared so far.
    void cannot_read(const manifest::Gap& gap) {
        verify::ReleaseVerdict& release = audit_.releases.back();
        release.unread.push_back({&gaps_.emplace_back(gap), verify::Severity::warning,
                                  static_cast<std::uint32_t>(release.declarations.size())});
    }

  private:
    evidence::History history_;
    std::deque<evidence::Release> releases_;  // where they are, they stay
    std::deque<manifest::Declaration> declarations_;
    std::deque<manifest::Gap> gaps_;
    std::deque<evidence::SeenImage> seen_;
    verify::Audit audit_;
};

/// Every verdict and every fault, among texts that attack each format.
std::unique_ptr<Sample> every_fault();

/// The shape of a real history: 29 releases, three kustomizations that agree, a chart of its own,
/// the same mistake in 15 releases, and a component with tags of its own.
std::unique_ptr<Sample> long_history();

}  // namespace lockstep::report::testing
