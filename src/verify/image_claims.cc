#include "verify/image_claims.h"

#include <algorithm>

#include "manifest/remote_url.h"

namespace lockstep::verify {

namespace {

using evidence::Labels;

constexpr std::string_view source_label = "org.opencontainers.image.source";

const std::string* find(const Labels& labels, std::string_view key) {
    const auto found = labels.find(key);
    return found == labels.end() || found->second.empty() ? nullptr : &found->second;
}

/// Strangers write labels: what is shown of one, and what could still be a commit or a version.
constexpr std::size_t shown_max = 100;

std::string shortened(const std::string& text) {
    return text.size() <= shown_max ? text : text.substr(0, shown_max) + "…";
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// "github.com/owner/repo"; empty where the label is no URL of a repository.
std::string repository_of(const std::string& source) {
    const auto url = manifest::parse_remote_url(source);
    return url ? lower(url->repository) : std::string();
}

bool base_says(const std::vector<Labels>& base, std::string_view key, const std::string& value) {
    return std::ranges::any_of(base, [&](const Labels& labels) {
        const std::string* const said = find(labels, key);
        return said != nullptr && *said == value;
    });
}

Claim claim_of(const evidence::SeenImage& image, const Labels& set, std::string_view place,
               const std::string& value, std::string_view key, std::string_view repository) {
    Claim claim{.value = shortened(value), .place = place};
    if (const std::string* const source = find(set, source_label);
        source != nullptr && !repository.empty()) {
        const std::string named = repository_of(*source);
        claim.is_own_source = !named.empty() && named == lower(std::string(repository));
        if (!named.empty() && !claim.is_own_source)
            claim.inherited = "it stands beside the source `" + shortened(*source) + "`";
    }
    if (base_says(image.base, key, value))
        claim.inherited = "the image that it was built on says the same";
    claim.is_base_known = image.is_base_known;
    return claim;
}

}  // namespace

std::vector<Claim> claims_of(const evidence::SeenImage& image,
                             const evidence::SeenPlatform& platform, std::string_view key,
                             std::string_view repository) {
    std::vector<Claim> claims;
    const auto add = [&](const Labels& set, std::string_view place) {
        if (const std::string* const value = find(set, key))
            claims.push_back(claim_of(image, set, place, *value, key, repository));
    };
    add(platform.labels, "label");
    add(platform.annotations, "annotation");
    if (image.is_index) add(image.annotations, "annotation of the index");
    return claims;
}

Said weigh(const std::vector<Claim>& claims, const Judge& judge) {
    Said doubt;
    for (const Claim& claim : claims) {
        Said said = claim.inherited.empty()
                        ? judge(claim)
                        : Said{Answer::doubtful, claim.value, claim.place, claim.inherited};
        if (said.answer != Answer::doubtful) return said;
        if (doubt.answer == Answer::silent) doubt = std::move(said);
    }
    return doubt;
}

Answers of_all(const std::vector<std::pair<std::string, Said>>& platforms) {
    Answers answers;
    for (const Answer wanted :
         {Answer::contradicts, Answer::doubtful, Answer::silent, Answer::proves}) {
        for (const auto& [name, said] : platforms) {
            if (said.answer != wanted) continue;
            if (answers.names.empty()) answers.said = said;
            answers.names.push_back(name);
        }
        if (!answers.names.empty()) break;
    }
    answers.is_everywhere = answers.names.size() == platforms.size();
    return answers;
}

}  // namespace lockstep::verify
