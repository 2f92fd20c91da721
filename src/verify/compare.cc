#include "verify/compare.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "version/style.h"

namespace lockstep::verify {

namespace {

using manifest::Declaration;
using manifest::Subject;

constexpr Comparison consistent{Verdict::consistent, Fault::none};

Comparison compare_writing(const Declaration& declaration, const version::Written& written,
                           const Expectation& expectation, const Background& background) {
    if (written.prefix == "vv") return {Verdict::drifted, Fault::doubled_prefix};
    if (expectation.text_is_rule && declaration.declared != expectation.text) {
        const bool wants_v = expectation.text.starts_with('v');
        if (wants_v && written.prefix.empty()) return {Verdict::drifted, Fault::missing_prefix};
        if (!wants_v && !written.prefix.empty())
            return {Verdict::drifted, Fault::unexpected_prefix};
    }
    if (declaration.subject == Subject::image && !declaration.by_default) {
        if (background.own.is_other_name(declaration.image))
            return {Verdict::drifted, Fault::other_registry};
    }
    return consistent;
}

Comparison compare_other(const version::Version& declared, const version::Version& expected,
                         const evidence::Release& release, const Background& background) {
    const bool final = !expected.is_prerelease();
    if (final && declared.core() == expected.core() && declared.is_prerelease())
        return {Verdict::drifted, Fault::pre_release};
    if (expected < declared) return {Verdict::drifted, Fault::newer};
    if (background.timelines.of(release.component).is_just_before(declared, release))
        return {Verdict::drifted, Fault::previous_version};
    return {Verdict::drifted, Fault::older};
}

/// "v1.2" for v1.2.3: the newest of a line, which moves with each patch. v1.2 for v1.2.0 may be
/// just that release, and for v1.3.0 is behind in either reading.
bool is_line_of(const version::Version& declared, const version::Version& expected) {
    return declared.number_count() == 2 && expected.number_count() >= 3 &&
           !declared.is_prerelease() && expected.patch() != 0 &&
           declared.major() == expected.major() && declared.minor() == expected.minor();
}

/// As an image tag writes a version, which takes no "+".
std::string as_tag(std::string text) {
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '_', '-');
    return text;
}

/// Whether a text, as a tag, is this build of a version, maybe a variant of it.
bool is_build(std::string_view text, const version::Version& version) {
    const std::string build = as_tag(version.str());
    return !version.build().empty() && text.starts_with(build) &&
           (text.size() == build.size() || text[build.size()] == '-');
}

/// Builds of one version ("v1.2.3+k3s2" behind "v1.2.3+k3s1") are releases apart. Nothing where
/// none of them is declared.
std::optional<Comparison> compare_build(const Declaration& declaration,
                                        const version::Written& written,
                                        const Expectation& expectation, const Timeline& timeline,
                                        const Background& background) {
    const version::Version& expected = *expectation.version;
    if (expected.build().empty()) return std::nullopt;
    const std::string text = as_tag(written.version.str() + written.suffix);
    if (is_build(text, expected))
        return compare_writing(declaration, written, expectation, background);
    std::optional<std::size_t> found;
    std::optional<std::size_t> wanted;
    const auto& releases = timeline.releases();
    std::size_t at = timeline.position(expected).value_or(releases.size());
    for (; at < releases.size() && *releases[at]->version == expected; ++at) {
        if (is_build(text, *releases[at]->version)) found = at;
        if (releases[at]->version->build() == expected.build()) wanted = at;
    }
    if (!found) return std::nullopt;
    if (*found > wanted.value_or(at)) return Comparison{Verdict::drifted, Fault::newer};
    const bool just_before = *found + 1 == wanted.value_or(at);
    return Comparison{Verdict::drifted, just_before ? Fault::previous_version : Fault::older};
}

Comparison floating(const Expectation& expectation) {
    return {Verdict::floating, expectation.may_float ? Fault::intended : Fault::floating};
}

}  // namespace

Comparison compare(const Declaration& declaration, const Expectation& expectation,
                   const evidence::Release& release, const Background& background) {
    if (declaration.declared.empty() && !declaration.digest.empty())
        return {Verdict::unchecked, Fault::digest_only};
    const auto written = background.timelines.of(release.component).read(declaration.declared);
    if (!written) return floating(expectation);
    if (expectation.kind == Expectation::Kind::own_release) {
        if (background.product().position(written->version)) return consistent;
        return {Verdict::unchecked, Fault::independent};
    }
    if (!expectation.version) return {Verdict::unchecked, Fault::none};
    if (release.version && written->version == *release.version &&
        background.series.is_digest_of_former(declaration, *release.version))
        return {Verdict::unchecked, Fault::same_digest};
    if (is_line_of(written->version, *expectation.version)) return floating(expectation);
    if (const auto build = compare_build(declaration, *written, expectation,
                                         background.timelines.of(release.component), background))
        return *build;
    // The suffix of a variant ("1.2.3-eksbuild.4") is apart from the version.
    if (written->version == *expectation.version)
        return compare_writing(declaration, *written, expectation, background);
    return compare_other(written->version, *expectation.version, release, background);
}

}  // namespace lockstep::verify
