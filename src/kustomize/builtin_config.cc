#include "kustomize/builtin_config.h"

#include "kustomize/json_form.h"

namespace lockstep::kustomize {

Result<BuiltinConfig> BuiltinConfig::open(Build& build, const Resource& object) {
    BuiltinConfig config(build.arena(), *object.root);
    const Gvk gvk = object.gvk();
    if (!gvk.group.empty() || gvk.version != "builtin")
        return config.refuse(
            "is no builtin: external plugins disabled; unable to load external plugin",
            "functions, programs and Go plugins are not run here", Error::Kind::unsupported);
    TRY(through_json(build.arena(), *object.root, Integers::exact));
    return config;
}

Result<ObjectName> BuiltinConfig::object_name() {
    ObjectName name;
    yaml::Node* const metadata = TRY(find_field(*root_, "metadata"));
    if (metadata == nullptr || metadata->is_null()) return name;
    if (!metadata->is_mapping()) return wrong_type(*metadata, "a mapping");
    for (const auto& [field, into] :
         {std::pair("name", &name.name), std::pair("namespace", &name.space)}) {
        yaml::Node* const value = TRY(find_field(*metadata, field));
        if (value == nullptr) continue;
        TRY(loosen(*arena_, *value, As<Text>{}));
        TRY(decode(*value, *into));
    }
    return name;
}

std::unexpected<Error> BuiltinConfig::refuse(const std::string& what, std::string hint,
                                             Error::Kind kind) const {
    const yaml::Node* const name = root_->at("metadata", "name");
    std::string message = kind == Error::Kind::unsupported ? "unsupported: " : "";
    message.append("the plugin ").append(root_->text_of("kind"));
    if (name != nullptr) message.append(" `").append(name->text).append("`");
    return fail(kind, message + " " + what, std::move(hint), root_->mark.location());
}

}  // namespace lockstep::kustomize
