#include "kustomize/resource.h"

#include <algorithm>
#include <array>
#include <utility>

#include "kustomize/merge_keys.h"

namespace lockstep::kustomize {

namespace {

struct ClusterKind {
    std::string_view api_version;
    std::string_view kind;
};

// The cluster-scoped kinds of kustomize 5.8.2's precomputed namespaceability (Kubernetes 1.21, and
// ValidatingAdmissionPolicy beside it), sorted. All others, known or not, count as namespaced.
constexpr std::array cluster_kinds = {
    ClusterKind{"admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration"},
    ClusterKind{"admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy"},
    ClusterKind{"admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding"},
    ClusterKind{"admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"},
    ClusterKind{"admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration"},
    ClusterKind{"admissionregistration.k8s.io/v1beta1", "ValidatingWebhookConfiguration"},
    ClusterKind{"apiextensions.k8s.io/v1", "CustomResourceDefinition"},
    ClusterKind{"apiextensions.k8s.io/v1beta1", "CustomResourceDefinition"},
    ClusterKind{"apiregistration.k8s.io/v1", "APIService"},
    ClusterKind{"apiregistration.k8s.io/v1beta1", "APIService"},
    ClusterKind{"certificates.k8s.io/v1", "CertificateSigningRequest"},
    ClusterKind{"certificates.k8s.io/v1beta1", "CertificateSigningRequest"},
    ClusterKind{"flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema"},
    ClusterKind{"flowcontrol.apiserver.k8s.io/v1beta1", "PriorityLevelConfiguration"},
    ClusterKind{"networking.k8s.io/v1", "IngressClass"},
    ClusterKind{"networking.k8s.io/v1beta1", "IngressClass"},
    ClusterKind{"node.k8s.io/v1", "RuntimeClass"},
    ClusterKind{"node.k8s.io/v1beta1", "RuntimeClass"},
    ClusterKind{"policy/v1beta1", "PodSecurityPolicy"},
    ClusterKind{"rbac.authorization.k8s.io/v1", "ClusterRole"},
    ClusterKind{"rbac.authorization.k8s.io/v1", "ClusterRoleBinding"},
    ClusterKind{"rbac.authorization.k8s.io/v1beta1", "ClusterRole"},
    ClusterKind{"rbac.authorization.k8s.io/v1beta1", "ClusterRoleBinding"},
    ClusterKind{"scheduling.k8s.io/v1", "PriorityClass"},
    ClusterKind{"scheduling.k8s.io/v1beta1", "PriorityClass"},
    ClusterKind{"storage.k8s.io/v1", "CSIDriver"},
    ClusterKind{"storage.k8s.io/v1", "CSINode"},
    ClusterKind{"storage.k8s.io/v1", "StorageClass"},
    ClusterKind{"storage.k8s.io/v1", "VolumeAttachment"},
    ClusterKind{"storage.k8s.io/v1beta1", "CSIDriver"},
    ClusterKind{"storage.k8s.io/v1beta1", "CSINode"},
    ClusterKind{"storage.k8s.io/v1beta1", "StorageClass"},
    ClusterKind{"storage.k8s.io/v1beta1", "VolumeAttachment"},
    ClusterKind{"v1", "ComponentStatus"},
    ClusterKind{"v1", "Namespace"},
    ClusterKind{"v1", "Node"},
    ClusterKind{"v1", "NodeProxyOptions"},
    ClusterKind{"v1", "PersistentVolume"},
};

/// Length and first letter of a kind: enough to tell most kinds from all of the table, which every
/// question about an id asks for.
constexpr std::size_t outline(std::string_view kind) {
    return kind.empty() ? 0 : (kind.size() % 32) * 32 + static_cast<unsigned char>(kind[0]) % 32;
}
constexpr std::array<bool, 1024> outlines_of_cluster_kinds() {
    std::array<bool, 1024> found{};
    for (const ClusterKind& row : cluster_kinds) found[outline(row.kind)] = true;
    return found;
}
constexpr std::array<bool, 1024> may_be_cluster_kind = outlines_of_cluster_kinds();

/// Whether `text` is `group` + "/" + `version`, or `version` alone for the core group.
int compare_api_version(std::string_view text, const Gvk& gvk) {
    if (gvk.group.empty()) return text.compare(gvk.version);
    if (const int order = text.substr(0, gvk.group.size()).compare(gvk.group); order != 0)
        return order;
    text.remove_prefix(gvk.group.size());
    if (text.empty()) return -1;
    if (text.front() != '/') return text.front() < '/' ? -1 : 1;
    return text.substr(1).compare(gvk.version);
}

std::size_t mix(std::size_t seed, std::string_view text) {
    return (seed ^ std::hash<std::string_view>{}(text)) * 0x9E3779B97F4A7C15u;
}

std::string_view or_else(std::string_view text, std::string_view otherwise) {
    return text.empty() ? otherwise : text;
}

void set_metadata(Resource& resource, yaml::Arena& arena, std::string_view key,
                  std::string_view text, yaml::Mark mark) {
    yaml::Node* metadata = resource.root->find("metadata");
    if (metadata == nullptr || !metadata->is_mapping()) {
        metadata = yaml::make_mapping(arena);
        resource.root->set(arena, "metadata", metadata);
    }
    metadata->set(arena, key, yaml::make_string(arena, text, mark));
}

}  // namespace

Gvk make_gvk(std::string_view api_version, std::string_view kind) {
    const std::size_t slash = api_version.find('/');
    if (slash == std::string_view::npos) return {{}, api_version, kind, nullptr};
    return {api_version.substr(0, slash), api_version.substr(slash + 1), kind, nullptr};
}

bool is_cluster_scoped(const Gvk& gvk) {
    const auto is_row = [&](const ClusterKind& row) {
        return row.kind == gvk.kind && compare_api_version(row.api_version, gvk) == 0;
    };
    if (may_be_cluster_kind[outline(gvk.kind)] &&
        std::any_of(cluster_kinds.begin(), cluster_kinds.end(), is_row))
        return true;
    if (gvk.schemas == nullptr) return false;
    const std::span<const Schemas::Type> more = gvk.schemas->cluster_scoped();
    return std::any_of(more.begin(), more.end(), [&](const Schemas::Type& row) {
        return row.kind == gvk.kind && compare_api_version(row.api_version, gvk) == 0;
    });
}

std::string_view Id::effective_space() const {
    if (is_cluster_scoped(gvk)) return "_non_namespaceable_";
    return or_else(space, "default");
}

bool Id::operator==(const Id& other) const {
    return name == other.name && gvk == other.gvk && effective_space() == other.effective_space();
}

std::size_t Id::Hash::operator()(const Id& id) const {
    std::size_t hash = mix(0, id.gvk.kind);
    for (const std::string_view part : {id.gvk.group, id.gvk.version, id.name})
        hash = mix(hash, part);
    return mix(hash, id.effective_space());
}

std::string to_string(const Id& id) {
    std::string text(or_else(id.gvk.kind, "[noKind]"));
    text.append(1, '.').append(or_else(id.gvk.version, "[noVer]"));
    text.append(1, '.').append(or_else(id.gvk.group, "[noGrp]"));
    text.append(1, '/').append(or_else(id.name, "[noName]"));
    text.append(1, '.').append(or_else(id.space, "[noNs]"));
    return text;
}

Gvk Resource::gvk() const {
    Gvk gvk = make_gvk(root->text_of("apiVersion"), root->text_of("kind"));
    gvk.schemas = schemas;
    return gvk;
}

std::string_view Resource::name() const {
    const yaml::Node* const metadata = root->find("metadata");
    return metadata == nullptr ? std::string_view() : metadata->text_of("name");
}

std::string_view Resource::space() const {
    const yaml::Node* const metadata = root->find("metadata");
    return metadata == nullptr ? std::string_view() : metadata->text_of("namespace");
}

Id Resource::id() const {
    return {gvk(), name(), space()};
}

Id Resource::original_id() const {
    if (former.empty()) return id();
    const Former& first = former.front();
    return {gvk().of_kind(first.kind), first.name, first.space};
}

bool Resource::had_id(const Id& wanted) const {
    bool had = false;
    each_id([&](const Id& id) { had = had || id == wanted; });
    return had;
}

void Resource::remember_id() {
    former.push_back({name(), space(), gvk().kind});
}

void Resource::set_name(yaml::Arena& arena, std::string_view text, yaml::Mark mark) {
    set_metadata(*this, arena, "name", text, mark);
}

void Resource::set_space(yaml::Arena& arena, std::string_view text, yaml::Mark mark) {
    set_metadata(*this, arena, "namespace", text, mark);
}

void Resources::add_former_ids(Resource* resource) {
    const auto add = [resource](List& list) {
        if (list.empty() || list.back() != resource) list.push_back(resource);
    };
    resource->each_id([&](const Id& id) {
        add(had_id_[id]);
        add(had_name_[id.name]);
    });
}

void Resources::index_former_ids() {
    if (knows_former_ids_) return;
    had_id_.clear();
    had_name_.clear();
    had_id_.reserve(list_.size());
    had_name_.reserve(list_.size());
    for (Resource* const resource : list_) add_former_ids(resource);
    knows_former_ids_ = true;
}

void Resources::index_ids() {
    if (knows_ids_) return;
    ids_.clear();
    ids_.reserve(list_.size());
    for (const Resource* const resource : list_) {
        Holders& holders = ids_[resource->id()];
        if (holders.count++ == 0) holders.first = resource;
    }
    knows_ids_ = true;
}

Resources::List Resources::that_had_id(const Id& id) {
    index_former_ids();
    const auto found = had_id_.find(id);
    return found == had_id_.end() ? List{} : found->second;
}

Resources::List Resources::perhaps_named(std::string_view name) {
    index_former_ids();
    const auto found = had_name_.find(name);
    return found == had_name_.end() ? List{} : found->second;
}

std::size_t Resources::count_with_id(const Id& id) {
    index_ids();
    const auto found = ids_.find(id);
    return found == ids_.end() ? 0 : found->second.count;
}

Result<void> Resources::check_unique() {
    if (are_unique_) return {};
    for (const Resource* const object : list_)
        if (const Id id = object->id(); count_with_id(id) > 1)
            return fail(Error::Kind::invalid,
                        "may not add resource with an already registered id: " + to_string(id),
                        "what works on the objects gives it to two of them",
                        object->root->mark.location());
    are_unique_ = true;
    return {};
}

Result<void> Resources::append(Resource* resource) {
    index_ids();
    const Id id = resource->id();
    const auto [holders, is_new] = ids_.try_emplace(id, Holders{resource, 1});
    if (!is_new) {
        const yaml::Mark& mark = resource->root->mark;
        const yaml::Mark& other = holders->second.first->root->mark;
        std::string hint = "rename one of the two, or list it once";
        if (other.source != nullptr)
            hint = "the other is at " + to_string(other.location()) + "; " + hint;
        return fail(Error::Kind::invalid,
                    "may not add resource with an already registered id: " + to_string(id),
                    std::move(hint),
                    mark.source == nullptr ? std::nullopt : std::optional(mark.location()));
    }
    list_.push_back(resource);
    if (knows_former_ids_) add_former_ids(resource);
    return {};
}

Result<void> Resources::append_all(const Resources& others) {
    for (Resource* const resource : others) TRY(append(resource));
    return {};
}

}  // namespace lockstep::kustomize
