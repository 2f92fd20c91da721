#include "release/site.h"

#include <utility>

#include "release/watched_store.h"

namespace lockstep::release {

Site::Site(const Setting& setting, git::Draft draft)
    : setting_(setting), draft_(std::move(draft)) {}

Result<std::unique_ptr<Site>> Site::open(const Setting& setting, const std::string& remote) {
    git::Draft draft = TRY(git::Draft::open({.directory = setting.directory, .remote = remote}));
    std::unique_ptr<Site> site(new Site(setting, std::move(draft)));
    site->journal_.emplace(TRY(Journal::open(site->draft_, *setting.observer)));
    return site;
}

Result<workspace::Workspace> Site::open_at(const git::ObjectId& commit) {
    workspace::Options options;
    options.at = commit.hex();
    options.directory = draft_.directory();
    options.configuration = setting_.configuration;
    options.cache_directory = setting_.cache_directory;
    options.remote_bases = true;
    workspace::Workspace opened = TRY(workspace::Workspace::open(std::move(options)));
    projects_.try_emplace(commit.hex(), opened.project());
    return opened;
}

Result<std::reference_wrapper<const project::Project>> Site::project_at(
    const git::ObjectId& commit) {
    if (!projects_.contains(commit.hex())) TRY(open_at(commit));
    return std::cref(projects_.find(commit.hex())->second);
}

State Site::stamped(State to) const {
    to.runner = setting_.runner;
    to.changed = setting_.now();
    to.tool = setting_.tool;
    return to;
}

Result<images::Store*> Site::store(const oci::Reference& reference) {
    images::Store* const store = TRY(setting_.store(reference));
    std::unique_ptr<images::Store>& watched = watched_[store];
    if (watched == nullptr)
        watched =
            std::make_unique<WatchedStore>(*store, *setting_.observer, reference.registry() + '/');
    return watched.get();
}

images::CopyOptions Site::copying(const Item& item) const {
    return {.referrers = true,
            .progress = [this, name = item.name](const images::CopyProgress& progress) {
                setting_.observer->on(Copying{.name = name,
                                              .bytes_done = progress.bytes_done,
                                              .bytes_total = progress.bytes_total});
            }};
}

void Site::begin(std::string_view step) const {
    setting_.observer->on(
        Event{.kind = Event::Kind::step_begins, .step = std::string(step), .detail = {}});
}

void Site::end(std::string_view step, std::string_view detail) const {
    setting_.observer->on(Event{
        .kind = Event::Kind::step_ends, .step = std::string(step), .detail = std::string(detail)});
}

void Site::note(std::string_view step, std::string text) const {
    setting_.observer->on(
        Event{.kind = Event::Kind::note, .step = std::string(step), .detail = std::move(text)});
}

}  // namespace lockstep::release
