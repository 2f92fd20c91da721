#include "verify/judge.h"

#include <algorithm>
#include <optional>

#include "base/glob.h"
#include "manifest/path_kinds.h"
#include "verify/compare.h"
#include "verify/expectation.h"
#include "verify/finding.h"
#include "verify/judge_images.h"
#include "verify/judge_record.h"
#include "version/style.h"

namespace lockstep::verify {

namespace {

using manifest::Declaration;
using manifest::Surface;

bool is_wanted(Surface surface, std::span<const Surface> surfaces) {
    return surfaces.empty() || std::ranges::find(surfaces, surface) != surfaces.end();
}

std::optional<Judged> judge_declaration(const Declaration& declaration, const evidence::Unit& unit,
                                        const evidence::Release& release,
                                        const Background& background) {
    using Kind = Expectation::Kind;
    Expectation expectation = expect(declaration, unit, release, background);
    switch (expectation.kind) {
        case Kind::foreign:
        case Kind::ignored:
            return std::nullopt;
        case Kind::independent:
            return Judged{&declaration, Verdict::independent, Fault::independent};
        case Kind::placeholder:
            return Judged{&declaration, Verdict::floating, Fault::placeholder};
        case Kind::version:
        case Kind::own_release:
            break;
    }
    const Comparison comparison = compare(declaration, expectation, release, background);
    Judged judged{.declaration = &declaration,
                  .verdict = comparison.verdict,
                  .fault = comparison.fault,
                  .expected = std::move(expectation.text)};
    apply_rules(judged, background);
    return judged;
}

/// A gap matters unless everything that its text mentions is known to be foreign.
bool may_hide_own(const manifest::Gap& gap, const Background& background) {
    if (gap.mentions.empty()) return true;
    return std::ranges::any_of(
        gap.mentions, [&](const std::string& image) { return background.own.may_be_own(image); });
}

bool is_ignored(const manifest::Gap& gap, const project::Project& project) {
    return std::ranges::any_of(project.paths, [&](const project::PathRule& rule) {
        return rule.expect == project::PathRule::Expect::ignored &&
               (matches_glob(rule.path, gap.root) ||
                (gap.error.at && matches_glob(rule.path, gap.error.at->path)));
    });
}

/// What one declaration adds to the verdict of its release. Placeholders, charts of their own and
/// floating documentation add nothing.
Verdict weight(const Judged& judged) {
    if (judged.fault == Fault::placeholder || judged.verdict == Verdict::independent)
        return Verdict::absent;
    if (judged.verdict == Verdict::floating &&
        (judged.declaration->surface == Surface::text ||
         (judged.fault == Fault::intended && says_that_it_moves(*judged.declaration))))
        return Verdict::absent;
    if (judged.verdict == Verdict::unchecked && judged.fault == Fault::independent)
        return Verdict::absent;
    return judged.verdict;
}

/// From harmless to worst. `absent` gives way to everything: it says that nothing was declared.
int rank(Verdict verdict) {
    switch (verdict) {
        case Verdict::absent:
        case Verdict::independent:
            return 0;
        case Verdict::consistent:
            return 1;
        case Verdict::floating:
            return 2;
        case Verdict::unchecked:
            return 3;
        case Verdict::drifted:
            return 4;
    }
    return 4;
}

void worsen(Verdict& verdict, Verdict by) {
    if (rank(by) > rank(verdict)) verdict = by;
}

/// What an image adds to the verdict of its release.
Verdict weight(const JudgedImage& image, Registry registry) {
    if (image.state == ImageState::unchecked && registry == Registry::required)
        return Verdict::unchecked;
    const bool is_error = std::ranges::any_of(
        image.faults, [](const ImageFault& fault) { return fault.severity == Severity::error; });
    return is_error ? Verdict::drifted : Verdict::absent;
}

/// What a record adds to the verdict of its release.
Verdict weight(const JudgedRecord& record, Registry registry) {
    const auto is_unread = [](const RecordFault& fault) {
        return fault.fault == Fault::not_rendered;
    };
    const bool is_error = std::ranges::any_of(record.faults, [&](const RecordFault& fault) {
        return !is_unread(fault) && fault.severity == Severity::error;
    });
    if (is_error) return Verdict::drifted;
    const bool is_unanswered = !record.unchecked.empty() && registry == Registry::required;
    return is_unanswered || std::ranges::any_of(record.faults, is_unread) ? Verdict::unchecked
                                                                          : Verdict::absent;
}

Verdict worst(const ReleaseVerdict& release, Registry registry) {
    Verdict verdict = Verdict::absent;
    for (const Judged& judged : release.declarations) worsen(verdict, weight(judged));
    if (!release.unread.empty()) worsen(verdict, Verdict::unchecked);
    for (const JudgedImage& image : release.images) worsen(verdict, weight(image, registry));
    if (release.record) worsen(verdict, weight(*release.record, registry));
    return verdict;
}

/// The version that a tree without one speaks of: the newest that its own images name. Nothing
/// where they name none.
std::optional<version::Version> spoken_version(const evidence::Tree& tree,
                                               const Background& background) {
    std::optional<version::Version> newest;
    for (const auto& unit : tree.units) {
        for (const Declaration& declaration : unit->facts.declarations) {
            if (declaration.subject != manifest::Subject::image ||
                !background.own.contains(declaration.image))
                continue;
            auto written = background.product().read(declaration.declared);
            if (written && (!newest || *newest < written->version))
                newest = std::move(written->version);
        }
    }
    return newest;
}

class ReleaseJudge {
  public:
    ReleaseJudge(const Background& background, std::span<const Surface> surfaces, Registry registry)
        : background_(background), surfaces_(surfaces), registry_(registry) {}

    ReleaseVerdict judge(const evidence::Release& release) const {
        ReleaseVerdict verdict{.release = &release};
        if (!release.tree) return verdict;
        if (!release.version) {
            // No version is asked for: what is judged is whether all places speak of the same one.
            evidence::Release spoken = release;
            spoken.version = spoken_version(*release.tree, background_);
            if (spoken.version)
                verdict.spoken = std::make_shared<const version::Version>(*spoken.version);
            judge_tree(spoken, verdict);
        } else {
            judge_tree(release, verdict);
        }
        return verdict;
    }

  private:
    void judge_tree(const evidence::Release& release, ReleaseVerdict& verdict) const {
        for (const manifest::Gap& gap : release.tree->gaps) add(gap, release, verdict);
        for (const auto& unit : release.tree->units) {
            for (const Declaration& declaration : unit->facts.declarations)
                add(declaration, *unit, release, verdict);
            for (const manifest::Gap& gap : unit->facts.gaps) add(gap, release, verdict);
        }
        judge_images(release, verdict, background_);
        verdict.record = judge_record(release, verdict, background_);
        verdict.verdict = worst(verdict, registry_);
        if (registry_ != Registry::unasked) return;
        std::erase_if(verdict.images,
                      [](const JudgedImage& image) { return image.faults.empty(); });
        verdict.images.shrink_to_fit();
    }

    void add(const Declaration& declaration, const evidence::Unit& unit,
             const evidence::Release& release, ReleaseVerdict& verdict) const {
        if (!is_wanted(declaration.surface, surfaces_)) return;
        auto judged = judge_declaration(declaration, unit, release, background_);
        if (judged) verdict.declarations.push_back(std::move(*judged));
    }

    void add(const manifest::Gap& gap, const evidence::Release& release,
             ReleaseVerdict& verdict) const {
        if (!gap.is_demanded && !may_matter(gap, release)) return;
        verdict.unread.push_back({&gap, severity_of_unread(background_.project),
                                  static_cast<std::uint32_t>(verdict.declarations.size())});
    }

    bool may_matter(const manifest::Gap& gap, const evidence::Release& release) const {
        if (!release.component.empty() || !is_wanted(gap.surface, surfaces_)) return false;
        return may_hide_own(gap, background_) && !is_ignored(gap, background_.project);
    }

    const Background& background_;
    std::span<const Surface> surfaces_;
    Registry registry_;
};

}  // namespace

Audit judge(const evidence::History& history, const project::Project& project,
            std::span<const Surface> surfaces, Registry registry) {
    const Background background(history, project);
    Audit audit;
    audit.history = &history;
    audit.surfaces.assign(surfaces.begin(), surfaces.end());
    audit.own_images = background.own.names();
    audit.assumptions = background.own.assumptions();
    audit.asked_registries = !history.images.empty();
    for (const project::PathRule& rule : project.paths)
        if (rule.expect == project::PathRule::Expect::ignored)
            audit.assumptions.push_back(
                "`" + rule.path + "` is not judged: " +
                (rule.reason.empty() ? "lockstep.yaml says so" : rule.reason));
    const ReleaseJudge judge(background, surfaces, registry);
    audit.releases.reserve(history.releases.size());
    for (const evidence::Release& release : history.releases)
        if (!release.is_context) audit.releases.push_back(judge.judge(release));
    return audit;
}

}  // namespace lockstep::verify
