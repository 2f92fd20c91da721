#include "release/record_of.h"

#include <utility>

#include "oci/reference.h"
#include "workspace/make_record.h"

namespace lockstep::release {

namespace {

/// As evidence names images: with registry and path in full.
Result<std::string> full_reference(const std::string& text) {
    const oci::Reference reference = TRY(oci::Reference::parse(text));
    return reference.registry() + '/' + reference.path() + ':' + reference.tag();
}

evidence::SeenImage seen_of(const Item& item) {
    evidence::SeenImage seen;
    seen.state = evidence::SeenImage::State::found;
    seen.digest = item.digest;
    for (const record::Platform& platform : item.platforms) {
        evidence::SeenPlatform& each = seen.platforms.emplace_back();
        each.name = platform.name;
        each.digest = platform.digest;
    }
    return seen;
}

}  // namespace

Result<record::Record> record_of(const State& state, JudgedCommit& judged) {
    workspace::RecordRequest request;
    request.origin = record::Record::Origin::release;
    request.source = state.source;
    request.mode = state.mode;
    request.time = state.time;
    request.tool = state.tool;
    // The release as it is from this push on.
    evidence::History history = judged.history;
    evidence::Release& release = history.releases.back();
    release.tag = state.tag;
    release.tag_object = state.tag_object;
    release.component = state.component;
    for (const Item& item : state.items) {
        std::string reference = TRY(full_reference(item.published));
        history.images[reference] = seen_of(item);
        auto& references = item.kind == Item::Kind::chart ? request.charts : request.images;
        references.push_back(std::move(reference));
    }
    return workspace::make_record(judged.workspace, history, request);
}

}  // namespace lockstep::release
