#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Where an image comes from: what was seen along the chain from a digest to a commit, and what of
/// it is proved.
namespace lockstep::trace {

/// A source that an attestation names.
struct Dependency {
    std::string uri;     // as written: "git+https://host/repo@refs/tags/v1"
    std::string commit;  // lower-case hexadecimal

    bool operator==(const Dependency&) const = default;
};

/// What is read of an in-toto statement (in-toto attestation framework, spec/v1/statement.md; v0.1
/// is read as well) with SLSA provenance v1, v0.1 or v0.2 as its predicate. Nothing here is
/// verified: whoever wrote it may have written anything.
struct Statement {
    std::string predicate_type;
    std::vector<std::string> subjects;  // "sha256:…", each once
    std::string builder;                // its id; may be empty
    /// With a Git commit (`gitCommit` or `sha1`): resolvedDependencies or materials, and the
    /// configSource; each once.
    std::vector<Dependency> dependencies;
    /// What the client of a build said of its own checkout (BuildKit: vcs:revision, vcs:source).
    std::string said_commit, said_source;

    bool operator==(const Statement&) const = default;
};

/// What an attestation or a signature may hold at most; as much as a config.
inline constexpr std::size_t statement_bytes_max = 4u << 20;

/// `name` is for messages. `invalid`: no JSON, another shape, more than 10,000 subjects or
/// dependencies.
Result<Statement> parse_statement(const std::string& name, std::string_view bytes);

/// A DSSE envelope (secure-systems-lab/dsse, envelope.md).
struct Envelope {
    std::string payload_type;
    std::string payload;         // decoded
    std::size_t signatures = 0;  // that it says it has; none is verified

    bool operator==(const Envelope&) const = default;
};

/// One alone, or the one in a Sigstore bundle (protobuf-specs, bundle v0.1 to v0.3). `invalid`
/// where there is none, or its payload is no base64.
Result<Envelope> parse_envelope(const std::string& name, std::string_view bytes);

/// "github.com/owner/repo" of the URI of a Git source, as histories name their repository. Empty
/// where it names no host and path.
std::string repository_of_uri(std::string_view uri);

}  // namespace lockstep::trace
