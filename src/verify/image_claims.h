#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"

namespace lockstep::verify {

inline constexpr std::string_view revision_label = "org.opencontainers.image.revision";
inline constexpr std::string_view version_label = "org.opencontainers.image.version";

/// What one platform of an image says under one key, in one place.
struct Claim {
    std::string value;
    std::string_view place;  // "label", "annotation", "annotation of the index"
    /// Why it is not the image's own: the image it was built on says the same, or what stands
    /// beside it names another source. Empty: nothing says so.
    std::string inherited;
    bool is_own_source = false;  // what stands beside it names the project as its source
    bool is_base_known = false;  // the base was read, and says something else
};

/// The claims of a platform, the strongest first: the label of the config, which the builder wrote
/// last; the annotation of the manifest; that of the index, which is about all of them.
/// `repository`: the project's ("github.com/owner/repo"), may be empty.
std::vector<Claim> claims_of(const evidence::SeenImage& image,
                             const evidence::SeenPlatform& platform, std::string_view key,
                             std::string_view repository);

/// How a claim stands to what was expected.
enum class Answer : std::uint8_t {
    silent,    // nothing is said
    doubtful,  // something is said that neither proves nor contradicts
    contradicts,
    proves,
};
struct Said {
    Answer answer = Answer::silent;
    std::string value;
    std::string_view place;
    std::string why;  // it is doubtful; may say more of the others
};

/// Judges one claim that may be believed by itself.
using Judge = std::function<Said(const Claim& claim)>;

/// What a platform says, all in all: the strongest claim that proves or contradicts decides.
/// Inherited claims neither prove nor contradict.
Said weigh(const std::vector<Claim>& claims, const Judge& judge);

/// What all platforms say: the first contradiction, else doubt, else silence; `proves` only where
/// all of them do. `names` are the platforms that said it.
struct Answers {
    Said said;
    std::vector<std::string> names;
    bool is_everywhere = true;  // all platforms said this
};
Answers of_all(const std::vector<std::pair<std::string, Said>>& platforms);

}  // namespace lockstep::verify
