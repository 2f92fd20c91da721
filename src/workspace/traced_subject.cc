#include <algorithm>

#include "oci/digest.h"
#include "oci/reference.h"
#include "workspace/gather_trace.h"

namespace lockstep::workspace {

namespace {

using trace::Subject;

std::unexpected<Error> unknown(const std::string& text) {
    return fail(Error::Kind::not_found, '`' + text + "` names no release, no commit and no image",
                "an image is named with its tag or digest: registry/name:v1.2.0, sha256:…");
}

/// As container runtimes report them: `docker-pullable://registry/name@sha256:…`.
std::string without_runtime(const std::string& text) {
    for (const std::string_view scheme : {"docker-pullable://", "docker://", "containerd://"})
        if (text.starts_with(scheme)) return text.substr(scheme.size());
    return text;
}

/// An image with registry and path in full; nothing where the text names none.
std::optional<Subject> image_named(const std::string& text) {
    Subject subject{.kind = Subject::Kind::image, .text = text};
    const std::string name = without_runtime(text);
    if (const auto digest = oci::Digest::parse(name)) {
        subject.digest = digest->str();
        return subject;
    }
    const auto reference = oci::Reference::parse(name);
    if (!reference || (reference->tag().empty() && reference->digest().empty()))
        return std::nullopt;
    subject.reference = reference->registry() + '/' + reference->path();
    if (!reference->tag().empty()) subject.reference += ':' + reference->tag();
    if (!reference->digest().empty()) subject.reference += '@' + reference->digest();
    subject.digest = reference->digest();
    return subject;
}

/// The error of a question that was answered with something else than "there is none".
bool is_trouble(const Error& error) {
    return error.kind != Error::Kind::not_found && error.kind != Error::Kind::usage;
}

}  // namespace

Result<Subject> traced_subject(Workspace& workspace, const std::string& text) {
    if (workspace.repository() != nullptr) {
        const Result<std::string> tag = workspace.tag_of(text);
        if (tag)
            return Subject{.kind = Subject::Kind::tag,
                           .text = text,
                           .reference = {},
                           .digest = {},
                           .release = *tag,
                           .commit = {}};
        if (is_trouble(tag.error())) return std::unexpected<Error>(tag.error());
    }
    if (auto image = image_named(text)) return *std::move(image);
    if (workspace.repository() == nullptr) return unknown(text);
    const Result<git::Commit> commit = workspace.repository()->resolve(text);
    if (!commit && is_trouble(commit.error())) return std::unexpected<Error>(commit.error());
    if (!commit) return unknown(text);
    return Subject{.kind = Subject::Kind::commit,
                   .text = text,
                   .reference = {},
                   .digest = {},
                   .release = {},
                   .commit = commit->id.hex()};
}

}  // namespace lockstep::workspace
