// Whatever an object and a patch say, patching ends in an object or an error, and an object of
// reasonable depth can be walked by all that comes behind. One input holds both, "%%" between them;
// the patch is taken for a strategic merge, for operations, for JSON and for a label selector.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "input_parts.h"
#include "kustomize/json_patch.h"
#include "kustomize/json_text.h"
#include "kustomize/label_selector.h"
#include "kustomize/merge.h"
#include "kustomize/node_path.h"
#include "yaml/emit.h"
#include "yaml/parse.h"

namespace {

using namespace lockstep;

yaml::Node* parsed(yaml::Arena& arena, std::string_view text, yaml::Dialect dialect) {
    const auto document =
        yaml::Document::parse("input", std::make_shared<const std::string>(text), dialect);
    if (!document.has_value() || (*document)->roots().empty()) return nullptr;
    arena.keep(*document);
    return clone(arena, *(*document)->roots().front());
}

void print(const yaml::Node& node) {
    std::string out;
    (void)yaml::emit(node, out);
}

void merge_patch(std::string_view object, std::string_view patch) {
    yaml::Arena arena;
    yaml::Node* const target = parsed(arena, object, yaml::Dialect::resource);
    yaml::Node* const change = parsed(arena, patch, yaml::Dialect::resource);
    if (target == nullptr || change == nullptr || !target->is_mapping() || !change->is_mapping())
        return;
    if (kustomize::merge(arena, *target, *change, kustomize::Schemas()).has_value()) print(*target);
}

void apply_operations(std::string_view object, std::string_view patch) {
    yaml::Arena arena;
    yaml::Node* const target = parsed(arena, object, yaml::Dialect::resource);
    const auto json = kustomize::read_json(arena, "input", std::make_shared<std::string>(patch));
    const yaml::Node* const operations =
        json.has_value() ? *json : parsed(arena, patch, yaml::Dialect::kustomization);
    if (target == nullptr || operations == nullptr || !target->is_mapping()) return;
    if (!kustomize::check_json_patch(*operations).has_value()) return;
    if (kustomize::apply_json_patch(arena, *target, *operations).has_value()) print(*target);
}

void match(std::string_view object, std::string_view path) {
    yaml::Arena arena;
    yaml::Node* const target = parsed(arena, object, yaml::Dialect::resource);
    if (target == nullptr) return;
    const auto parts = kustomize::split_path(path);
    (void)kustomize::look_up(*target, parts);
    if (kustomize::match_path(arena, *target, parts, yaml::Kind::scalar).has_value())
        print(*target);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view patch(reinterpret_cast<const char*>(data), size);
    const std::string_view object = next_part(patch);
    merge_patch(object, patch);
    apply_operations(object, patch);
    match(object, patch.substr(0, patch.find('\n')));
    (void)kustomize::LabelSelector::parse(patch);
    return 0;
}
