// What an image says of itself, and others of it.
#include <algorithm>

#include "trace/judge_image.h"
#include "verify/digest_change.h"

namespace lockstep::trace {

namespace {

constexpr std::string_view source_label = "org.opencontainers.image.source";

/// A claim, and the platforms that make it.
struct Claimed {
    verify::Claim claim;
    std::vector<std::string> platforms;
};

/// The strongest claim of each platform, those that say the same together.
std::vector<Claimed> said_of(const TracedImage& image, std::string_view key,
                             const std::string& repository) {
    std::vector<Claimed> all;
    for (const evidence::SeenPlatform& platform : image.seen.platforms) {
        const auto claims = verify::claims_of(image.seen, platform, key, repository);
        if (claims.empty()) continue;
        const auto same = std::ranges::find_if(all, [&](const Claimed& said) {
            return said.claim.value == claims.front().value &&
                   said.claim.place == claims.front().place;
        });
        if (same == all.end())
            all.push_back({claims.front(), {platform.name}});
        else
            same->platforms.push_back(platform.name);
    }
    return all;
}

std::string with_platforms(std::string text, const std::vector<std::string>& platforms,
                           const TracedImage& image) {
    if (platforms.size() == image.seen.platforms.size()) return text;
    for (std::size_t at = 0; at < platforms.size(); ++at)
        text += (at == 0 ? "; only " : ", ") + platforms[at];
    return text;
}

Answer answer_of(const verify::Said& said, const std::string& otherwise) {
    const bool differs = said.answer == verify::Answer::contradicts;
    return {differs ? State::differs : State::claimed,
            said.why.empty() && differs ? otherwise : said.why};
}

Answer judge_version(const verify::Claim& claim, const ImageContext& context) {
    if (context.release == nullptr) return {};
    const verify::Said said =
        verify::judge_version(claim, context.origin, context.background.product());
    Answer answer = answer_of(said, "not the version of " + context.release->tag);
    if (said.answer == verify::Answer::proves)
        answer.detail = "the version of " + context.release->tag;
    return answer;
}

Line label_line(const Claimed& said, std::string_view key, const TracedImage& image,
                const ImageContext& context) {
    Line line{.about = About::label,
              .state = State::claimed,
              .image = image.reference,
              .value = said.claim.value,
              .detail = {},
              .source = std::string(key) + " (" + std::string(said.claim.place) + ")",
              .at = {}};
    Answer answer;
    if (!said.claim.inherited.empty())
        answer.detail = "not its own: " + said.claim.inherited;
    else if (key == verify::revision_label)
        answer = judge_commit(said.claim, context);
    else if (key == verify::version_label)
        answer = judge_version(said.claim, context);
    line.state = answer.state;
    line.detail = with_platforms(std::move(answer.detail), said.platforms, image);
    return line;
}

bool is_about(const Statement& statement, const TracedImage& image, const std::string& subject) {
    return std::ranges::any_of(statement.subjects, [&](const std::string& digest) {
        return digest == subject || verify::holds_digest(image.seen, digest);
    });
}

const char* words_of(Attachment::Form form) {
    switch (form) {
        case Attachment::Form::referrer:
            return "referrer";
        case Attachment::Form::cosign_tag:
            return "cosign's tag";
        case Attachment::Form::buildkit:
            return "attestation manifest of BuildKit";
    }
    return "";
}

std::string platform_named(const TracedImage& image, const std::string& digest) {
    const auto found =
        std::ranges::find(image.seen.platforms, digest, &evidence::SeenPlatform::digest);
    return found == image.seen.platforms.end() || !image.seen.is_index ? std::string()
                                                                       : found->name;
}

std::string joined(std::initializer_list<std::string> parts) {
    std::string text;
    for (const std::string& part : parts)
        if (!part.empty()) text += (text.empty() ? "" : "; ") + part;
    return text;
}

Line line_of(const Attachment& attachment, About about, const TracedImage& image) {
    return {.about = about,
            .state = State::claimed,
            .image = image.reference,
            .value = {},
            .detail = platform_named(image, attachment.subject),
            .source = std::string(words_of(attachment.form)) + ' ' + attachment.name,
            .at = {}};
}

/// What one source of a build says of the commit.
Line source_line(const Attachment& attachment, const Dependency& dependency,
                 const TracedImage& image, const ImageContext& context) {
    Line line = line_of(attachment, About::provenance, image);
    line.value = dependency.commit;
    const std::string repository = repository_of_uri(dependency.uri);
    const std::string& own = context.seen.history.repository;
    Answer answer = judge_commit({.value = dependency.commit,
                                  .place = "attestation",
                                  .inherited = {},
                                  .is_own_source = !own.empty() && repository == own},
                                 context);
    if (!own.empty() && !repository.empty() && repository != own)
        answer = {State::claimed, "of " + repository + ", another repository"};
    line.state = answer.state;
    const bool is_signed = attachment.signatures > 0;
    line.detail = joined(
        {answer.detail, line.detail, is_signed ? "signed, not verified here" : "unsigned",
         attachment.statement->predicate_type,
         attachment.statement->builder.empty() ? "" : "built by " + attachment.statement->builder});
    return line;
}

void add_statement(const Attachment& attachment, const TracedImage& image,
                   const ImageContext& context, std::vector<Line>& lines) {
    const Statement& statement = *attachment.statement;
    if (!is_about(statement, image, attachment.subject)) {
        Line line = line_of(attachment, About::provenance, image);
        line.state = State::differs;
        line.detail = joined({"it is about another image", statement.predicate_type});
        lines.push_back(std::move(line));
        return;
    }
    for (const Dependency& dependency : statement.dependencies)
        lines.push_back(source_line(attachment, dependency, image, context));
    if (!statement.dependencies.empty()) return;
    Line line = line_of(attachment, About::provenance, image);
    if (!statement.said_commit.empty()) {
        const Answer answer = judge_commit(
            {.value = statement.said_commit, .place = "attestation", .inherited = {}}, context);
        line.value = statement.said_commit;
        line.state = answer.state;
        line.detail = joined({answer.detail, line.detail, "the client of the build said so",
                              statement.predicate_type});
    } else {
        line.detail = joined({"it names no commit", line.detail, statement.predicate_type});
    }
    lines.push_back(std::move(line));
}

void add_unread(const Attachment& attachment, const TracedImage& image, std::vector<Line>& lines) {
    const bool is_signature = attachment.kind == Attachment::Kind::signature;
    Line line = line_of(attachment, is_signature ? About::signature : About::provenance, image);
    line.state = State::unchecked;
    line.detail = attachment.reason;
    lines.push_back(std::move(line));
}

void add_signature(const Attachment& attachment, const TracedImage& image,
                   std::vector<Line>& lines) {
    Line line = line_of(attachment, About::signature, image);
    line.value = "present";
    const std::size_t count = attachment.signatures;
    line.detail = joined(
        {line.detail, count > 1 ? std::to_string(count) + " signatures" : "", "not verified here"});
    lines.push_back(std::move(line));
}

void add_absence(About about, const char* what, const TracedImage& image,
                 std::vector<Line>& lines) {
    const bool is_asked =
        image.seen.state != evidence::SeenImage::State::unknown || !image.seen.reason.empty();
    Line line{.about = about, .image = image.reference, .source = image.seen.source, .at = {}};
    if (image.seen.state == evidence::SeenImage::State::unknown) {
        line.state = is_asked ? State::unchecked : State::unasked;
        line.detail =
            is_asked ? "its registry did not answer" : "no registry was asked (--offline)";
    } else if (!image.attachments_unknown.empty()) {
        line.state = State::unchecked;
        line.detail = image.attachments_unknown;
    } else {
        line.state = State::missing;
        line.detail = what;
    }
    lines.push_back(std::move(line));
}

}  // namespace

Answer judge_commit(const verify::Claim& claim, const ImageContext& context) {
    const evidence::Release* const release = context.release;
    if (release == nullptr) return {State::claimed, "held against no release"};
    const auto record = context.seen.history.records.find(release->tag);
    if (record != context.seen.history.records.end() && record->second.record &&
        claim.value.size() >= 7 && record->second.record->source.starts_with(claim.value))
        return {State::claimed, "the commit that " + release->tag + " was made from"};
    const verify::RevisionJudge judge(context.origin, *context.verdict, context.is_pinned,
                                      context.background);
    return answer_of(judge(claim), "not the commit of " + release->tag);
}

void add_labels(const TracedImage& image, const ImageContext& context, std::vector<Line>& lines) {
    if (image.seen.state != evidence::SeenImage::State::found) return;
    for (const std::string_view key :
         {verify::revision_label, verify::version_label, source_label}) {
        const std::vector<Claimed> all = said_of(image, key, context.seen.history.repository);
        for (const Claimed& said : all) lines.push_back(label_line(said, key, image, context));
        if (all.empty() && key != source_label)
            lines.push_back({.about = About::label,
                             .state = State::missing,
                             .image = image.reference,
                             .value = {},
                             .detail = "it does not say",
                             .source = std::string(key),
                             .at = {}});
    }
}

void add_attachments(const TracedImage& image, const ImageContext& context,
                     std::vector<Line>& lines) {
    bool is_attested = false, is_signed = false;
    for (const Attachment& attachment : image.attachments) {
        if (attachment.kind == Attachment::Kind::other) continue;
        const bool is_signature = attachment.kind == Attachment::Kind::signature;
        (is_signature ? is_signed : is_attested) = true;
        if (!attachment.reason.empty())
            add_unread(attachment, image, lines);
        else if (is_signature)
            add_signature(attachment, image, lines);
        else if (attachment.statement)
            add_statement(attachment, image, context, lines);
    }
    if (image.seen.state == evidence::SeenImage::State::missing) return;
    if (!is_attested) add_absence(About::provenance, "no provenance is there", image, lines);
    if (!is_signed) add_absence(About::signature, "no signature is there", image, lines);
}

}  // namespace lockstep::trace
