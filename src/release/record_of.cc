#include "release/record_of.h"

namespace lockstep::release {

record::Record record_of(const State& state, const git::ObjectId& tree) {
    record::Record record;
    record.origin = record::Record::Origin::release;
    record.tag = state.tag;
    record.version = state.version;
    record.component = state.component;
    record.tag_object = state.tag_object;
    record.commit = state.commit;
    record.tree = tree.hex();
    record.source = state.source;
    record.mode = state.mode;
    record.time = state.time;
    record.tool = state.tool;
    for (const Item& item : state.items) {
        auto& artifacts = item.kind == Item::Kind::chart ? record.charts : record.images;
        artifacts.push_back({item.published, item.digest, item.platforms});
    }
    return record;
}

}  // namespace lockstep::release
