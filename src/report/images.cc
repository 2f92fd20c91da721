#include "report/images.h"

#include <algorithm>

#include "evidence/images.h"

namespace lockstep::report {

namespace {

using verify::ImageState;

/// From harmless to worst, which is also the order in which they are counted.
constexpr ImageState states[] = {ImageState::proved, ImageState::not_proved, ImageState::unchecked,
                                 ImageState::missing, ImageState::wrong};

constexpr std::size_t digest_shown = 19;  // "sha256:" and 12 digits
constexpr std::size_t platforms_shown = 4;

const char* word_of(ImageState state) {
    return state == ImageState::not_proved ? "not proved" : to_string(state);
}

const char* sign_of(ImageState state) {
    switch (state) {
        case ImageState::proved:
            return "✓";
        case ImageState::not_proved:
        case ImageState::unchecked:
            return "?";
        case ImageState::missing:
        case ImageState::wrong:
            return "✗";
    }
    return "?";
}

}  // namespace

std::map<ImageState, std::size_t> count_images(const verify::Audit& audit) {
    std::map<ImageState, std::size_t> counts;
    if (!audit.asked_registries) return counts;
    std::map<std::string_view, ImageState> worst;
    for (const verify::ReleaseVerdict& release : audit.releases) {
        for (const verify::JudgedImage& image : release.images) {
            ImageState& state = worst.try_emplace(image.reference, image.state).first->second;
            state = std::max(state, image.state);
        }
    }
    for (const auto& [reference, state] : worst) ++counts[state];
    return counts;
}

std::string summary_of_images(const verify::Audit& audit) {
    const auto counts = count_images(audit);
    std::size_t all = 0;
    for (const auto& [state, count] : counts) all += count;
    if (all == 0) return {};
    std::string text = std::to_string(all) + (all == 1 ? " image" : " images");
    const char* separator = ": ";
    for (const ImageState state : states) {
        const auto count = counts.find(state);
        if (count == counts.end()) continue;
        text += separator + std::to_string(count->second) + " " + word_of(state);
        separator = ", ";
    }
    return text;
}

std::string signed_state(ImageState state) {
    return std::string(sign_of(state)) + " " + word_of(state);
}

Tone tone_of(ImageState state) {
    switch (state) {
        case ImageState::proved:
            return Tone::good;
        case ImageState::not_proved:
        case ImageState::unchecked:
            return Tone::doubtful;
        case ImageState::missing:
        case ImageState::wrong:
            return Tone::bad;
    }
    return Tone::doubtful;
}

std::string content_of(const verify::JudgedImage& image) {
    if (image.seen == nullptr) return {};
    std::string text = image.seen->digest.substr(0, digest_shown);
    const auto& platforms = image.seen->platforms;
    for (std::size_t at = 0; at < platforms.size() && at < platforms_shown; ++at)
        text += (at == 0 ? "  " : ", ") + platforms[at].name;
    if (platforms.size() > platforms_shown)
        text += " and " + std::to_string(platforms.size() - platforms_shown) + " more";
    return text;
}

std::string reason_of(const verify::JudgedImage& image) {
    std::string text = image.reason;
    const bool is_elsewhere =
        image.seen != nullptr && !image.reference.starts_with(image.seen->source + "/");
    if (is_elsewhere) text += (text.empty() ? "as " : "; as ") + image.seen->source + " says";
    return text;
}

}  // namespace lockstep::report
