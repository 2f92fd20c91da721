#include "workspace/ask_images.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "images/inspect.h"

namespace lockstep::workspace {

namespace {

using evidence::Labels;
using evidence::SeenImage;

constexpr std::string_view base_name = "org.opencontainers.image.base.name";
constexpr std::string_view base_digest = "org.opencontainers.image.base.digest";
/// The labels that a base image may have left.
constexpr std::string_view judged_labels[] = {"org.opencontainers.image.revision",
                                              "org.opencontainers.image.version"};
/// Distinct base images that are asked for: an image names its own, and strangers write images.
constexpr std::size_t bases_max = 200;
/// How many images show whether a store answers.
constexpr std::size_t probes = 8;

SeenImage unknown(const Error& error, std::string source) {
    return {.state = SeenImage::State::unknown,
            .source = std::move(source),
            .reason = to_string(error)};
}

/// Strangers write indexes: names longer than any platform's or artifact's are not kept whole.
std::string shortened(const std::string& text) {
    constexpr std::size_t length_max = 100;
    return text.size() <= length_max ? text : text.substr(0, length_max) + "…";
}

SeenImage seen_of(const images::Inspected& inspected, std::string source) {
    SeenImage seen{.state = SeenImage::State::found, .source = std::move(source)};
    seen.digest = inspected.descriptor.digest.str();
    seen.is_index = inspected.is_index;
    seen.artifact_type = shortened(inspected.artifact_type);
    seen.annotations = inspected.annotations;
    for (const images::PlatformImage& platform : inspected.platforms)
        seen.platforms.push_back({.name = shortened(to_string(oci::normalized(platform.platform))),
                                  .digest = platform.manifest.digest.str(),
                                  .config = platform.config_digest,
                                  .labels = platform.config.labels,
                                  .annotations = platform.annotations,
                                  .created = platform.config.created,
                                  .diff_ids = platform.config.diff_ids});
    return seen;
}

SeenImage seen_of(const Result<images::Inspected>& answer, const std::string& source) {
    if (answer) return seen_of(*answer, source);
    if (answer.error().kind == Error::Kind::not_found)
        return {.state = SeenImage::State::missing, .source = source};
    return unknown(answer.error(), source);
}

images::ManifestName name_of(const oci::Reference& reference) {
    return {.repository = reference.path(),
            .tag_or_digest = reference.digest().empty() ? reference.tag() : reference.digest()};
}

/// What one store is asked for.
struct Batch {
    std::string title;
    bool is_one_repository = false;
    std::vector<std::string> references;
    std::vector<images::ManifestName> names;
    std::set<std::string> repositories;
};

/// Why a store of one repository cannot answer for several.
Error ambiguous(const Batch& batch) {
    std::string names;
    for (const std::string& name : batch.repositories)
        names += (names.empty() ? "`" : ", `") + name + "`";
    return {.kind = Error::Kind::unsupported,
            .message = "an image layout is one repository, and stands in place of " + names,
            .hint = "name one repository for each layout in lockstep.yaml",
            .at = std::nullopt};
}

void ask(images::Store& store, const Batch& batch, evidence::Images& images) {
    if (batch.is_one_repository && batch.repositories.size() > 1) {
        const Error error = ambiguous(batch);
        for (const std::string& reference : batch.references)
            images[reference] = unknown(error, batch.title);
        return;
    }
    const std::span<const images::ManifestName> names = batch.names;
    const std::size_t first = std::min(names.size(), probes);
    auto answers = images::inspect(store, names.first(first));
    // A registry that does not answer at all is not asked a thousand times.
    const bool is_silent = std::ranges::all_of(answers, [](const auto& answer) {
        return !answer && answer.error().kind == Error::Kind::unavailable;
    });
    if (first < names.size() && is_silent)
        answers.resize(names.size(),
                       Result<images::Inspected>(std::unexpected(answers[0].error())));
    else if (first < names.size())
        std::ranges::move(images::inspect(store, names.subspan(first)),
                          std::back_inserter(answers));
    for (std::size_t at = 0; at < batch.references.size(); ++at)
        images[batch.references[at]] = seen_of(answers[at], batch.title);
}

/// Asks for `references`, those of one store together.
evidence::Images ask_all(std::span<const std::string> references, const FindAnswerer& find) {
    evidence::Images images;
    std::map<images::Store*, Batch> batches;
    for (const std::string& text : references) {
        const auto reference = oci::Reference::parse(text);
        if (!reference) {
            images[text] = unknown(reference.error(), "");
            continue;
        }
        const auto answerer = find(*reference);
        if (!answerer) {
            images[text] = unknown(answerer.error(), reference->registry());
            continue;
        }
        Batch& batch = batches[answerer->store];
        batch.title = answerer->title;
        batch.is_one_repository = answerer->is_one_repository;
        batch.references.push_back(text);
        batch.names.push_back(name_of(*reference));
        batch.repositories.insert(reference->registry() + "/" + reference->path());
    }
    for (const auto& [store, batch] : batches) ask(*store, batch, images);
    return images;
}

const std::string* find_label(const Labels& labels, std::string_view key) {
    const auto found = labels.find(key);
    return found == labels.end() || found->second.empty() ? nullptr : &found->second;
}

/// The image that annotations name as the base, exactly: by a digest.
std::optional<std::string> base_of(const Labels& annotations) {
    const std::string* const name = find_label(annotations, base_name);
    const std::string* const digest = find_label(annotations, base_digest);
    if (name == nullptr || digest == nullptr) return std::nullopt;
    const auto reference = oci::Reference::parse(*name);
    if (!reference) return std::nullopt;
    std::string text = reference->registry() + "/" + reference->path() + "@" + *digest;
    if (!oci::Reference::parse(text)) return std::nullopt;
    return text;
}

bool has_labels(const Labels& labels) {
    return std::ranges::any_of(
        judged_labels, [&](std::string_view key) { return find_label(labels, key) != nullptr; });
}

/// The bases of an image that has labels which may come from there.
std::set<std::string> bases_of(const SeenImage& image) {
    std::set<std::string> bases;
    bool has_any = has_labels(image.annotations);
    const auto add = [&](const Labels& annotations) {
        if (auto base = base_of(annotations)) bases.insert(std::move(*base));
    };
    add(image.annotations);
    for (const evidence::SeenPlatform& platform : image.platforms) {
        add(platform.annotations);
        has_any |= has_labels(platform.labels) || has_labels(platform.annotations);
    }
    return has_any ? bases : std::set<std::string>();
}

/// Everything that a base says of itself.
void add_labels(const SeenImage& base, std::vector<Labels>& labels) {
    const auto add = [&](const Labels& each) {
        if (!each.empty()) labels.push_back(each);
    };
    add(base.annotations);
    for (const evidence::SeenPlatform& platform : base.platforms) {
        add(platform.labels);
        add(platform.annotations);
    }
}

void ask_bases(evidence::Images& images, const FindAnswerer& find) {
    std::map<std::string, std::set<std::string>> wanted;  // by image
    std::set<std::string> distinct;
    for (const auto& [reference, image] : images) {
        for (const std::string& base : bases_of(image)) {
            if (distinct.size() == bases_max && !distinct.contains(base)) continue;
            distinct.insert(base);
            wanted[reference].insert(base);
        }
    }
    const std::vector<std::string> references(distinct.begin(), distinct.end());
    const evidence::Images bases = ask_all(references, find);
    for (const auto& [reference, names] : wanted) {
        SeenImage& image = images[reference];
        image.is_base_known = true;
        for (const std::string& name : names) {
            const SeenImage& base = bases.at(name);
            image.is_base_known &= base.state == SeenImage::State::found;
            add_labels(base, image.base);
        }
    }
}

}  // namespace

evidence::Images ask_images(std::span<const std::string> references, const FindAnswerer& find) {
    evidence::Images images = ask_all(references, find);
    ask_bases(images, find);
    return images;
}

}  // namespace lockstep::workspace
