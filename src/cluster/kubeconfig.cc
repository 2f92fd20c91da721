#include "cluster/kubeconfig.h"

#include <memory>

#include "base/base64.h"
#include "json/writer.h"
#include "os/environment.h"
#include "os/file.h"
#include "yaml/parse.h"

namespace lockstep::cluster {

namespace {

using yaml::Node;

constexpr std::size_t bytes_max = 8u << 20;

/// Reads one file; what is wrong is said at its place, and never what stands there: it may be a
/// secret.
class Reader {
  public:
    explicit Reader(std::string folder) : folder_(std::move(folder)) {}

    Result<std::string> text(const Node& mapping, std::string_view key) const {
        const Node* const node = mapping.find(key);
        if (node == nullptr || node->is_null()) return std::string();
        if (!node->is_scalar()) return wrong(*node, key, "a text");
        return std::string(node->text);
    }
    Result<bool> flag(const Node& mapping, std::string_view key) const {
        const Node* const node = mapping.find(key);
        if (node == nullptr || node->is_null()) return false;
        if (!node->is_scalar() || node->type != yaml::Type::boolean)
            return wrong(*node, key, "true or false");
        return node->text == "true";
    }
    Result<std::string> path(const Node& mapping, std::string_view key) const {
        const std::string path = TRY(text(mapping, key));
        return path.empty() || path.starts_with('/') ? path : folder_ + "/" + path;
    }
    Result<std::string> decoded(const Node& mapping, std::string_view key) const {
        const std::string encoded = TRY(text(mapping, key));
        auto bytes = decode_base64(encoded);
        if (!bytes) return wrong(*mapping.find(key), key, "base64");
        return *std::move(bytes);
    }
    /// The items of a list of mappings; none where there is no list.
    Result<std::vector<const Node*>> list(const Node& mapping, std::string_view key) const {
        const Node* const node = mapping.find(key);
        if (node == nullptr || node->is_null()) return std::vector<const Node*>();
        if (!node->is_sequence()) return wrong(*node, key, "a list");
        return std::vector<const Node*>(node->items.begin(), node->items.end());
    }
    const std::string& folder() const { return folder_; }

    static std::unexpected<Error> wrong(const Node& at, std::string_view key,
                                        const std::string& expected) {
        return fail(Error::Kind::invalid,
                    "`" + std::string(key) + "` of this kubeconfig is not " + expected, {},
                    at.mark.location());
    }

  private:
    std::string folder_;
};

Result<Server> read_server(const Reader& reader, const Node& node) {
    Server server;
    server.url = TRY(reader.text(node, "server"));
    server.authority_file = TRY(reader.path(node, "certificate-authority"));
    server.authority_data = TRY(reader.decoded(node, "certificate-authority-data"));
    server.server_name = TRY(reader.text(node, "tls-server-name"));
    server.proxy = TRY(reader.text(node, "proxy-url"));
    server.is_insecure = TRY(reader.flag(node, "insecure-skip-tls-verify"));
    return server;
}

Result<Plugin> read_plugin(const Reader& reader, const Node& node) {
    Plugin plugin;
    plugin.api_version = TRY(reader.text(node, "apiVersion"));
    plugin.command = TRY(reader.text(node, "command"));
    if (plugin.command.empty()) return Reader::wrong(node, "exec.command", "there");
    // A name is looked up along PATH, a path is relative to the file, as that of a certificate is.
    if (plugin.command.contains('/') && !plugin.command.starts_with('/'))
        plugin.command = reader.folder() + "/" + plugin.command;
    plugin.install_hint = TRY(reader.text(node, "installHint"));
    plugin.needs_terminal = TRY(reader.text(node, "interactiveMode")) == "Always";
    plugin.wants_cluster = TRY(reader.flag(node, "provideClusterInfo"));
    for (const Node* const argument : TRY(reader.list(node, "args"))) {
        if (!argument->is_scalar()) return Reader::wrong(*argument, "exec.args", "a list of texts");
        plugin.arguments.emplace_back(argument->text);
    }
    for (const Node* const variable : TRY(reader.list(node, "env")))
        plugin.environment.emplace_back(TRY(reader.text(*variable, "name")),
                                        TRY(reader.text(*variable, "value")));
    return plugin;
}

Result<User> read_user(const Reader& reader, const Node& node) {
    User user;
    user.certificate_file = TRY(reader.path(node, "client-certificate"));
    user.certificate_data = TRY(reader.decoded(node, "client-certificate-data"));
    user.key_file = TRY(reader.path(node, "client-key"));
    user.key_data = TRY(reader.decoded(node, "client-key-data"));
    user.token = TRY(reader.text(node, "token"));
    user.token_file = TRY(reader.path(node, "tokenFile"));
    user.name = TRY(reader.text(node, "username"));
    user.password = TRY(reader.text(node, "password"));
    user.acts_as = TRY(reader.text(node, "as"));
    user.acts_as_uid = TRY(reader.text(node, "as-uid"));
    for (const Node* const group : TRY(reader.list(node, "as-groups")))
        user.acts_as_groups.emplace_back(group->text);
    for (const std::string_view key : {"auth-provider", "as-user-extra"})
        if (node.find(key) != nullptr) user.unsupported = key;
    if (const Node* const plugin = node.find("exec"); plugin != nullptr && !plugin->is_null())
        user.plugin = TRY(read_plugin(reader, *plugin));
    return user;
}

Result<Context> read_context(const Reader& reader, const Node& node) {
    Context context;
    context.cluster = TRY(reader.text(node, "cluster"));
    context.user = TRY(reader.text(node, "user"));
    context.name_space = TRY(reader.text(node, "namespace"));
    return context;
}

/// Reads a list of `{name: …, KEY: {…}}`.
template <typename Value>
Result<void> read_named(const Reader& reader, const Node& root, std::string_view list,
                        std::string_view key, Result<Value> (*read)(const Reader&, const Node&),
                        std::map<std::string, Value, std::less<>>& values) {
    for (const Node* const item : TRY(reader.list(root, list))) {
        const std::string name = TRY(reader.text(*item, "name"));
        const Node* const node = item->find(key);
        if (node == nullptr || node->is_null()) {
            values.emplace(name, Value());
            continue;
        }
        if (!node->is_mapping()) return Reader::wrong(*node, key, "a mapping");
        values.emplace(name, TRY(read(reader, *node)));
    }
    return {};
}

/// Adds what `more` says and `base` does not.
void merge(Kubeconfig& base, Kubeconfig more) {
    base.servers.merge(more.servers);
    base.users.merge(more.users);
    base.contexts.merge(more.contexts);
    if (base.current.empty()) base.current = std::move(more.current);
    base.files.insert(base.files.end(), more.files.begin(), more.files.end());
}

Result<Kubeconfig> read_file(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash);
    return parse_kubeconfig(path, folder, TRY(os::read_file(path, bytes_max), "the kubeconfig"));
}

std::vector<std::string> default_files() {
    std::vector<std::string> files;
    const std::string list = os::environment("KUBECONFIG").value_or("");
    for (std::string_view rest = list; !rest.empty();) {
        const std::string_view file = rest.substr(0, rest.find(':'));
        if (!file.empty()) files.emplace_back(file);
        rest.remove_prefix(std::min(rest.size(), file.size() + 1));
    }
    const std::string home = os::environment("HOME").value_or("");
    if (list.empty() && !home.empty()) files.push_back(home + "/.kube/config");
    return files;
}

}  // namespace

Result<Kubeconfig> parse_kubeconfig(const std::string& path, const std::string& folder,
                                    std::string text) {
    const auto parsed = yaml::Document::parse(
        path, std::make_shared<const std::string>(std::move(text)), yaml::Dialect::resource,
        {.bytes = bytes_max, .nodes = 200'000, .alias_nodes = 10'000, .depth = 50});
    // What YAML complains of may quote what stands there.
    if (!parsed)
        return fail(Error::Kind::invalid, "this kubeconfig is no YAML that can be read",
                    "`kubectl config view` tells what is wrong with it", parsed.error().at);
    const auto& document = *parsed;
    Kubeconfig configuration;
    configuration.files.push_back(path);
    if (document->roots().empty()) return configuration;
    const Node& root = *document->roots().front();
    if (!root.is_mapping()) return Reader::wrong(root, "the top", "a mapping");
    const Reader reader(folder);
    configuration.current = TRY(reader.text(root, "current-context"));
    TRY(read_named(reader, root, "clusters", "cluster", read_server, configuration.servers));
    TRY(read_named(reader, root, "users", "user", read_user, configuration.users));
    TRY(read_named(reader, root, "contexts", "context", read_context, configuration.contexts));
    return configuration;
}

Result<Kubeconfig> read_kubeconfig(const std::optional<std::string>& file) {
    if (file) return read_file(*file);
    Kubeconfig merged;
    for (const std::string& path : default_files()) {
        Result<Kubeconfig> one = read_file(path);
        if (!one && one.error().kind == Error::Kind::not_found) continue;
        merge(merged, TRY(std::move(one)));
    }
    return merged;
}

}  // namespace lockstep::cluster
