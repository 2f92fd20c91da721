#include "trace/statement.h"

#include <algorithm>

#include "base/base64.h"
#include "json/parse.h"
#include "manifest/remote_url.h"

namespace lockstep::trace {

namespace {

constexpr std::size_t entries_max = 10'000;

Result<json::Value> parse(const std::string& name, std::string_view bytes) {
    return json::parse(name, bytes, {.bytes = statement_bytes_max, .values = 500'000, .depth = 64});
}

std::unexpected<Error> invalid(const std::string& name, const std::string& what) {
    return fail(Error::Kind::invalid, "`" + name + "` " + what);
}

/// The member at the end of a path of keys; null where a part of it is missing.
const json::Value* at(const json::Value* value, std::initializer_list<std::string_view> path) {
    for (const std::string_view key : path)
        if (value != nullptr) value = value->find(key);
    return value;
}

std::string text_at(const json::Value& value, std::initializer_list<std::string_view> path) {
    const json::Value* const found = at(&value, path);
    const std::string* const text = found == nullptr ? nullptr : found->as<std::string>();
    return text == nullptr ? std::string() : *text;
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

bool is_commit(std::string_view text) {
    return (text.size() == 40 || text.size() == 64) &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// Most writers of provenance say `sha1`, the specification says `gitCommit`.
std::string commit_of(const json::Value& source) {
    for (const std::string_view algorithm : {"gitCommit", "sha1"})
        if (std::string commit = lower(text_at(source, {"digest", algorithm})); is_commit(commit))
            return commit;
    return {};
}

void add_source(const json::Value* source, Statement& statement) {
    if (source == nullptr) return;
    Dependency dependency{text_at(*source, {"uri"}), commit_of(*source)};
    if (dependency.commit.empty() ||
        std::ranges::find(statement.dependencies, dependency) != statement.dependencies.end())
        return;
    statement.dependencies.push_back(std::move(dependency));
}

Result<void> add_sources(const std::string& name, const json::Value* list, Statement& statement) {
    const json::Array* const sources = list == nullptr ? nullptr : list->as<json::Array>();
    if (sources == nullptr) return {};
    if (sources->size() > entries_max) return invalid(name, "names too many dependencies");
    for (const json::Value& source : *sources) add_source(&source, statement);
    return {};
}

Result<void> add_subjects(const std::string& name, const json::Value& root, Statement& statement) {
    const json::Value* const list = root.find("subject");
    const json::Array* const subjects = list == nullptr ? nullptr : list->as<json::Array>();
    if (subjects == nullptr || subjects->empty()) return invalid(name, "is about nothing");
    if (subjects->size() > entries_max) return invalid(name, "is about too much");
    for (const json::Value& subject : *subjects) {
        const std::string hex = lower(text_at(subject, {"digest", "sha256"}));
        if (!hex.empty()) statement.subjects.push_back("sha256:" + hex);
    }
    std::ranges::sort(statement.subjects);
    const auto same = std::ranges::unique(statement.subjects);
    statement.subjects.erase(same.begin(), same.end());
    return {};
}

/// SLSA provenance v1, and v0.1 and v0.2 before it: their members have different names.
Result<void> add_provenance(const std::string& name, const json::Value& predicate,
                            Statement& statement) {
    statement.builder = text_at(predicate, {"runDetails", "builder", "id"});
    if (statement.builder.empty()) statement.builder = text_at(predicate, {"builder", "id"});
    TRY(add_sources(name, at(&predicate, {"buildDefinition", "resolvedDependencies"}), statement));
    TRY(add_sources(name, predicate.find("materials"), statement));
    const json::Value* const parameters = at(&predicate, {"buildDefinition", "externalParameters"});
    add_source(at(parameters, {"configSource"}), statement);
    add_source(at(&predicate, {"invocation", "configSource"}), statement);
    for (const json::Value* const arguments :
         {at(parameters, {"request", "root", "request", "args"}),
          at(parameters, {"request", "args"}),
          at(&predicate, {"invocation", "parameters", "args"})}) {
        if (arguments == nullptr || !statement.said_commit.empty()) continue;
        statement.said_commit = lower(text_at(*arguments, {"vcs:revision"}));
        statement.said_source = text_at(*arguments, {"vcs:source"});
    }
    return {};
}

}  // namespace

Result<Statement> parse_statement(const std::string& name, std::string_view bytes) {
    const json::Value root = TRY(parse(name, bytes));
    Statement statement;
    statement.predicate_type = text_at(root, {"predicateType"});
    if (statement.predicate_type.empty())
        return invalid(name, "is no in-toto statement: it has no `predicateType`");
    TRY(add_subjects(name, root, statement));
    if (const json::Value* const predicate = root.find("predicate");
        predicate != nullptr && statement.predicate_type.contains("provenance"))
        TRY(add_provenance(name, *predicate, statement));
    return statement;
}

Result<Envelope> parse_envelope(const std::string& name, std::string_view bytes) {
    const json::Value root = TRY(parse(name, bytes));
    const json::Value* envelope = root.find("dsseEnvelope");
    if (envelope == nullptr) envelope = &root;
    const json::Value* const payload = envelope->find("payload");
    if (payload == nullptr || payload->as<std::string>() == nullptr)
        return invalid(name, "holds no DSSE envelope");
    std::optional<std::string> decoded = decode_base64(*payload->as<std::string>());
    if (!decoded) return invalid(name, "has a payload that is no base64");
    const json::Value* const list = envelope->find("signatures");
    const json::Array* const signatures = list == nullptr ? nullptr : list->as<json::Array>();
    return Envelope{.payload_type = text_at(*envelope, {"payloadType"}),
                    .payload = std::move(*decoded),
                    .signatures = signatures == nullptr ? 0 : signatures->size()};
}

std::string repository_of_uri(std::string_view uri) {
    if (uri.starts_with("git+")) uri.remove_prefix(4);
    const std::size_t scheme = uri.find("://");
    const std::size_t path = uri.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
    // Behind the path an "@" is the revision, before it a user.
    if (path != std::string_view::npos) uri = uri.substr(0, uri.find('@', path));
    const auto remote = manifest::parse_remote_url(uri);
    return remote ? remote->repository : std::string();
}

}  // namespace lockstep::trace
