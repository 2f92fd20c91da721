#include "kustomize/builtin_generators.h"

#include <memory>
#include <string>

#include "kustomize/build_metadata.h"
#include "kustomize/builtin_config.h"
#include "kustomize/generators.h"
#include "kustomize/helm_charts.h"
#include "kustomize/objects.h"

namespace lockstep::kustomize {

namespace {

Result<void> generate(Build& build, const Loader& loader, BuiltinConfig& config, GeneratedKind kind,
                      Resources& objects) {
    const ObjectName name = TRY(config.object_name());
    Generator generator;
    const bool is_secret = kind == GeneratedKind::secret;
    if (!is_secret) config.root().remove("type");
    TRY(loosen(build.arena(), config.root(), As<Generator>{}));
    TRY(decode_generator(config.root(), generator, is_secret));
    if (generator.name.empty()) generator.name = name.name;
    if (generator.space.empty()) generator.space = name.space;
    return run_generator(build, loader, generator, kind, objects);
}

/// The names of an IAMPolicyGenerator.
struct Policy {
    Text cloud, account, project, service, space;
};

Result<Policy> read_policy(BuiltinConfig& config) {
    Policy policy;
    TRY(config.read("cloud", policy.cloud));
    const auto read = [&](std::string_view field, std::string_view name,
                          Text& into) -> Result<void> {
        yaml::Node* const mapping = TRY(find_field(config.root(), field));
        if (mapping == nullptr || mapping->is_null()) return {};
        if (!mapping->is_mapping()) return wrong_type(*mapping, "a mapping");
        yaml::Node* const value = TRY(find_field(*mapping, name));
        return value == nullptr ? Result<void>() : decode(*value, into);
    };
    TRY(read("serviceAccount", "name", policy.account));
    TRY(read("serviceAccount", "projectId", policy.project));
    TRY(read("kubernetesService", "name", policy.service));
    TRY(read("kubernetesService", "namespace", policy.space));
    return policy;
}

/// kustomize, too, writes the text of an object and reads it.
Result<void> service_account(Build& build, BuiltinConfig& config, Resources& objects) {
    const Policy policy = TRY(read_policy(config));
    if (policy.cloud.value != "gke")
        return config.refuse("is for a cloud that kustomize does not know", "`gke` is");
    std::string text =
        "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  annotations:\n"
        "    iam.gke.io/gcp-service-account: ";
    text.append(policy.account.value).append("@").append(policy.project.value);
    text.append(".iam.gserviceaccount.com\n  name: ").append(policy.service.value).append("\n");
    if (!policy.space.empty()) text.append("  namespace: ").append(policy.space.value).append("\n");
    const auto document = TRY(build.parse("the object of an IAMPolicyGenerator",
                                          std::make_shared<const std::string>(std::move(text)),
                                          yaml::Dialect::resource));
    const std::vector<Resource*> made = TRY(read_objects(build, *document));
    for (Resource* const object : made) {
        if (!objects.that_had_id(object->id()).empty())
            return config.refuse("makes " + to_string(object->id()) + ", which exists");
        TRY(note_generator(build, *object->root));
        TRY(objects.append(object));
    }
    return {};
}

Result<void> run(Build& build, const Loader& loader, BuiltinConfig& config, Resources& objects) {
    const std::string_view kind = config.kind();
    if (kind == "ConfigMapGenerator")
        return generate(build, loader, config, GeneratedKind::config_map, objects);
    if (kind == "SecretGenerator")
        return generate(build, loader, config, GeneratedKind::secret, objects);
    if (kind == "IAMPolicyGenerator") return service_account(build, config, objects);
    if (kind == "HelmChartInflationGenerator") return inflate_chart(build, loader, config, objects);
    return config.refuse("is no generator that kustomize knows: unable to load builtin",
                         "an object of apiVersion `builtin` has to be one of its own");
}

}  // namespace

Result<void> run_builtin_generators(Build& build, const Loader& loader, const Resources& configs,
                                    Resources& objects) {
    for (const Resource* const object : configs) {
        const std::string id = to_string(object->id());
        TRY(generates(build, *object));
        BuiltinConfig config = TRY(BuiltinConfig::open(build, *object));
        TRY(run(build, loader, config, objects), "in the generator " + id);
    }
    return {};
}

}  // namespace lockstep::kustomize
