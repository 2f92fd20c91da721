#include "release/outlook.h"

#include <algorithm>
#include <utility>

namespace lockstep::release {

namespace {

using images::ManifestName;

std::unexpected<Error> nothing() {
    return fail(Error::Kind::not_found, "nothing was asked");
}

/// One name of many, asked of one store.
template <typename T, typename Ask>
Result<T> one(const ManifestName& name, Ask ask) {
    const ManifestName names[] = {name};
    std::vector<Result<T>> answers = ask(std::span<const ManifestName>(names));
    return answers.empty() ? nothing() : std::move(answers.front());
}

bool is_absent(const Error& error) {
    return error.kind == Error::Kind::not_found;
}

}  // namespace

std::unexpected<Error> Outlook::read_only() {
    return fail(Error::Kind::internal, "an outlook is not written into");
}

std::vector<const Outlook::Staged*> Outlook::in(std::string_view repository) const {
    std::vector<const Staged*> found;
    for (const Staged& staged : staged_)
        if (staged.published.repository == repository) found.push_back(&staged);
    return found;
}

std::vector<Result<oci::Descriptor>> Outlook::resolve(std::span<const ManifestName> names) {
    std::vector<Result<oci::Descriptor>> answers;
    for (Result<images::RawManifest>& manifest : read_manifests(names)) {
        if (manifest)
            answers.emplace_back(manifest->descriptor);
        else
            answers.emplace_back(std::unexpected(manifest.error()));
    }
    return answers;
}

std::vector<Result<images::RawManifest>> Outlook::read_manifests(
    std::span<const ManifestName> names) {
    std::vector<Result<images::RawManifest>> answers;
    for (const ManifestName& name : names) {
        Result<images::RawManifest> answer = nothing();
        for (const Staged* const staged : in(name.repository)) {
            if (!name.is_digest() && name.tag_or_digest != staged->published.tag_or_digest)
                continue;
            const ManifestName waiting = {staged->repository,
                                          name.is_digest() ? name.tag_or_digest : staged->digest};
            answer = one<images::RawManifest>(
                waiting, [&](auto asked) { return staged->store->read_manifests(asked); });
            // What will stand under this tag is that, or nothing is known.
            if (answer || !name.is_digest() || !is_absent(answer.error())) break;
        }
        const bool is_open = !answer && is_absent(answer.error());
        const bool is_staged_tag =
            !name.is_digest() && std::ranges::any_of(in(name.repository), [&](const Staged* each) {
                return each->published.tag_or_digest == name.tag_or_digest;
            });
        if (is_open && !is_staged_tag)
            answer = one<images::RawManifest>(
                name, [&](auto asked) { return store_.read_manifests(asked); });
        answers.push_back(std::move(answer));
    }
    return answers;
}

std::vector<Result<std::string>> Outlook::read_blobs(std::string_view repository,
                                                     std::span<const oci::Descriptor> blobs) {
    std::vector<Result<std::string>> answers(blobs.size(), nothing());
    const auto fill = [&](images::Store& store, std::string_view from) {
        for (std::size_t at = 0; at < blobs.size(); ++at) {
            if (answers[at] || !is_absent(answers[at].error())) continue;
            auto read = store.read_blobs(from, blobs.subspan(at, 1));
            if (!read.empty()) answers[at] = std::move(read.front());
        }
    };
    for (const Staged* const staged : in(repository)) fill(*staged->store, staged->repository);
    fill(store_, repository);
    return answers;
}

namespace {

/// Outlooks by the store that they look over, made when they are first asked for.
class Outlooks {
  public:
    Outlooks(std::vector<std::pair<std::string, Outlook::Staged>> staged,
             workspace::FindAnswerer now)
        : staged_(std::move(staged)), now_(std::move(now)) {}

    Result<workspace::Answerer> find(const oci::Reference& reference) {
        workspace::Answerer answerer = TRY(now_(reference));
        std::unique_ptr<Outlook>& known = known_[answerer.store];
        if (known == nullptr) {
            std::vector<Outlook::Staged> staged;
            for (const auto& [registry, each] : staged_)
                if (registry == reference.registry()) staged.push_back(each);
            known = std::make_unique<Outlook>(*answerer.store, std::move(staged));
        }
        answerer.store = known.get();
        return answerer;
    }

  private:
    std::vector<std::pair<std::string, Outlook::Staged>> staged_;  // by registry
    workspace::FindAnswerer now_;
    std::map<images::Store*, std::unique_ptr<Outlook>> known_;
};

}  // namespace

Result<workspace::FindAnswerer> outlook(Site& site, const std::vector<Item>& items,
                                        workspace::FindAnswerer now) {
    std::vector<std::pair<std::string, Outlook::Staged>> staged_items;
    for (const Item& item : items) {
        const Held waiting = TRY(staged(site, item));
        const oci::Reference published = TRY(oci::Reference::parse(item.published));
        staged_items.emplace_back(published.registry(),
                                  Outlook::Staged{{published.path(), published.tag()},
                                                  item.digest,
                                                  waiting.store,
                                                  waiting.reference.path()});
    }
    auto outlooks = std::make_shared<Outlooks>(std::move(staged_items), std::move(now));
    return [outlooks](const oci::Reference& reference) { return outlooks->find(reference); };
}

}  // namespace lockstep::release
