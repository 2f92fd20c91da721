#include "verify/compare.h"

#include <algorithm>
#include <array>

#include "version/style.h"

namespace lockstep::verify {

namespace {

using manifest::Declaration;
using manifest::Subject;

constexpr Comparison consistent{Verdict::consistent, Fault::none};

/// `1.2.3-scratch` is a variant of 1.2.3, `1.2.3-rc.1` comes before it: only these words make a
/// pre-release.
bool is_pre_release(const version::Version& version) {
    static constexpr std::array words{"rc",  "alpha",    "beta", "pre",    "preview",
                                      "dev", "snapshot", "m",    "nightly"};
    std::string word;
    for (const char c : version.prerelease()) {
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) break;
        word += static_cast<char>(c | 0x20);
    }
    return std::ranges::find(words, word) != words.end();
}

bool same_release(const version::Version& declared, const version::Version& expected) {
    if (declared == expected) return true;
    // The suffix of a variant is no pre-release: "1.2.3-eksbuild.4", "1.2.3-debian".
    return !expected.is_prerelease() && declared.is_prerelease() && !is_pre_release(declared) &&
           declared.core() == expected;
}

Comparison compare_writing(const Declaration& declaration, const version::Written& written,
                           const Expectation& expectation, const Background& background) {
    if (written.prefix == "vv") return {Verdict::drifted, Fault::doubled_prefix};
    if (declaration.subject == Subject::image && !declaration.by_default) {
        if (expectation.text_is_rule && declaration.declared != expectation.text) {
            const bool wants_v = expectation.text.starts_with('v');
            if (wants_v && written.prefix.empty()) return {Verdict::drifted, Fault::missing_prefix};
            if (!wants_v && !written.prefix.empty())
                return {Verdict::drifted, Fault::unexpected_prefix};
        }
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
    if (background.timeline(release.component).is_just_before(declared, release))
        return {Verdict::drifted, Fault::previous_version};
    return {Verdict::drifted, Fault::older};
}

Comparison floating(const Expectation& expectation) {
    return {Verdict::floating, expectation.may_float ? Fault::intended : Fault::floating};
}

}  // namespace

Comparison compare(const Declaration& declaration, const Expectation& expectation,
                   const evidence::Release& release, const Background& background) {
    if (declaration.declared.empty() && !declaration.digest.empty())
        return {Verdict::unchecked, Fault::digest_only};
    const auto written = version::read_written(declaration.declared);
    if (!written) return floating(expectation);
    if (expectation.kind == Expectation::Kind::own_release) {
        if (background.product.position(written->version)) return consistent;
        return {Verdict::unchecked, Fault::independent};
    }
    if (!expectation.version) return {Verdict::unchecked, Fault::none};
    if (same_release(written->version, *expectation.version))
        return compare_writing(declaration, *written, expectation, background);
    return compare_other(written->version, *expectation.version, release, background);
}

}  // namespace lockstep::verify
