// bench_floor REPOSITORY: what an audit cannot do without, and nothing else. Opens the repository,
// lists its tags, walks their distinct trees, reads every distinct YAML blob once and parses it to
// events. Prints how much it read.
#include <git2.h>
#include <yaml.h>

#include <cstdio>
#include <set>
#include <string>
#include <string_view>

namespace {

struct Walk {
    git_repository* repository = nullptr;
    std::set<std::string> trees;
    std::set<std::string> blobs;
    std::size_t tags = 0, bytes = 0, events = 0;
};

std::string key(const git_oid* id) {
    return {reinterpret_cast<const char*>(id->id), GIT_OID_RAWSZ};
}

bool is_yaml(std::string_view name) {
    return name.ends_with(".yaml") || name.ends_with(".yml");
}

void parse(Walk& walk, const git_oid* id) {
    git_blob* blob = nullptr;
    if (git_blob_lookup(&blob, walk.repository, id) != 0) return;
    const std::size_t size = static_cast<std::size_t>(git_blob_rawsize(blob));
    yaml_parser_t parser;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(
        &parser, static_cast<const unsigned char*>(git_blob_rawcontent(blob)), size);
    for (bool done = false; !done;) {
        yaml_event_t event;
        if (yaml_parser_parse(&parser, &event) == 0) break;
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        ++walk.events;
    }
    yaml_parser_delete(&parser);
    walk.bytes += size;
    git_blob_free(blob);
}

void visit(Walk& walk, const git_oid* id) {
    if (!walk.trees.insert(key(id)).second) return;
    git_tree* tree = nullptr;
    if (git_tree_lookup(&tree, walk.repository, id) != 0) return;
    for (std::size_t at = 0; at < git_tree_entrycount(tree); ++at) {
        const git_tree_entry* const entry = git_tree_entry_byindex(tree, at);
        const git_oid* const below = git_tree_entry_id(entry);
        if (git_tree_entry_type(entry) == GIT_OBJECT_TREE) visit(walk, below);
        if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB && is_yaml(git_tree_entry_name(entry)) &&
            walk.blobs.insert(key(below)).second)
            parse(walk, below);
    }
    git_tree_free(tree);
}

int visit_tag(const char*, git_oid* id, void* payload) {
    Walk& walk = *static_cast<Walk*>(payload);
    ++walk.tags;
    git_object* object = nullptr;
    git_object* commit = nullptr;
    if (git_object_lookup(&object, walk.repository, id, GIT_OBJECT_ANY) != 0) return 0;
    if (git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0)
        visit(walk, git_commit_tree_id(reinterpret_cast<git_commit*>(commit)));
    git_object_free(commit);
    git_object_free(object);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    git_libgit2_init();
    Walk walk;
    if (git_repository_open(&walk.repository, argv[1]) != 0) return 1;
    git_tag_foreach(walk.repository, visit_tag, &walk);
    std::printf("%zu tags, %zu trees, %zu YAML blobs, %zu bytes, %zu events\n", walk.tags,
                walk.trees.size(), walk.blobs.size(), walk.bytes, walk.events);
    git_repository_free(walk.repository);
    return 0;
}
