#include "manifest/text.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "manifest/file_text.h"
#include "manifest/gaps.h"
#include "manifest/images.h"
#include "manifest/place.h"
#include "manifest/remote_url.h"
#include "manifest/text_helm.h"
#include "manifest/text_words.h"
#include "manifest/version_like.h"
#include "oci/reference.h"

namespace lockstep::manifest {

namespace {

constexpr std::size_t line_limit = 16u << 10;  // what is longer is no prose

struct Line {
    std::string_view path;
    unsigned number;
    std::string_view text;
};

/// A declaration by `part`, which is a part of the line's text.
Declaration declare(const Line& line, std::string_view part, Subject subject, std::string image) {
    const auto offset = static_cast<std::size_t>(part.data() - line.text.data());
    Declaration declaration{.surface = Surface::text, .subject = subject};
    declaration.image = std::move(image);
    declaration.declared = part;
    return at_place(place_in_line(line.path, line.number, line.text, offset, part.size()),
                    std::move(declaration));
}

/// A branch as documents name one: "master", "release-1.34"; not "<version>", "$TAG", "vX.Y.Z".
bool is_branch_like(std::string_view ref) {
    const auto may_stand = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == '_' || c == '/';
    };
    if (ref.size() < 2 || !std::all_of(ref.begin(), ref.end(), may_stand)) return false;
    for (const std::string_view placeholder : {"version", "tag", "branch", "ref", "commit"})
        if (ref == placeholder) return false;
    return ref.find("x.y") == std::string_view::npos;
}

bool is_installed_from(std::string_view url) {
    url = url.substr(0, url.find('?'));
    for (const std::string_view ending : {".yaml", ".yml", ".json", ".sh", ".tgz"})
        if (url.ends_with(ending)) return true;
    return false;
}

/// Whether the revision of `url` tells users a version.
bool tells_version(const RemoteUrl& remote, std::string_view url) {
    if (is_version_like(remote.revision)) return true;
    switch (remote.form) {
        case RemoteUrl::Form::base:
        case RemoteUrl::Form::download:
            return is_branch_like(remote.revision);
        case RemoteUrl::Form::raw:
            return is_installed_from(url) && is_branch_like(remote.revision);
        case RemoteUrl::Form::page:  // a link to a branch is only a link
        case RemoteUrl::Form::other:
            return false;
    }
    return false;
}

/// Whether the word was cut at a placeholder: `v` of "v<version>", "v{{ .Version }}".
bool is_cut(const Line& line, const Word& word) {
    const std::size_t end = word.offset + word.text.size();
    return end < line.text.size() && (line.text[end] == '{' || line.text[end] == '<');
}

void read_url(const Line& line, const Word& word, Facts& facts) {
    const std::optional<RemoteUrl> remote = parse_remote_url(word.text);
    if (!remote || remote->revision.empty()) return;
    const bool at_end = remote->revision.end() == word.text.end();
    if ((at_end && is_cut(line, word)) || !tells_version(*remote, word.text)) return;
    facts.declarations.push_back(
        declare(line, remote->revision, Subject::remote_ref, remote->repository));
}

void read_image(const Line& line, const Word& word, Facts& facts) {
    std::string_view text = word.text;
    if (const std::size_t equals = text.rfind('='); equals != std::string_view::npos)
        text.remove_prefix(equals + 1);
    if (text.starts_with("oci://")) text.remove_prefix(6);
    const oci::Parts parts = oci::split(text);
    if (parts.name.find('/') == std::string_view::npos || !is_clearly_version(parts.tag)) return;
    if (parts.name.starts_with("github.com/") || is_cut(line, word)) return;
    if (!oci::Reference::parse(text).has_value()) return;
    Declaration declaration = declare(line, text, Subject::image, std::string(parts.name));
    declaration.declared = parts.tag;
    declaration.digest = parts.digest;
    facts.declarations.push_back(std::move(declaration));
}

void read_line(const Line& line, Facts& facts) {
    for (const Word& word : words_of(line.text)) {
        if (word.text.find('/') == std::string_view::npos) continue;
        read_url(line, word, facts);
        read_image(line, word, facts);
    }
}

/// The characters of a version at the beginning of `text`.
std::string_view version_run(std::string_view text) {
    const auto may_stand = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '-' || c == '+' || c == '_';
    };
    const auto end = std::find_if_not(text.begin(), text.end(), may_stand);
    text = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    while (text.ends_with('.')) text.remove_suffix(1);
    return text;
}

/// The version that stands for {version} in a text that begins as the pattern does behind it.
std::string_view version_before(std::string_view text, std::string_view after) {
    const std::string_view run = version_run(text);
    if (after.empty()) return run;
    // What follows may itself consist of a version's characters ("-amd64").
    const std::size_t end = text.substr(0, run.size() + after.size()).find(after);
    return end != std::string_view::npos ? text.substr(0, end) : std::string_view();
}

void read_pattern(const Line& line, std::string_view pattern, Facts& facts) {
    constexpr std::string_view placeholder = "{version}";
    const std::size_t split = pattern.find(placeholder);
    if (split == std::string_view::npos) return;
    const std::string_view before = pattern.substr(0, split);
    const std::string_view after = pattern.substr(split + placeholder.size());
    for (std::size_t at = 0; (at = line.text.find(before, at)) != std::string_view::npos;) {
        at += before.size();
        const std::string_view version = version_before(line.text.substr(at), after);
        if (!version.empty() && is_version_like(version))
            facts.declarations.push_back(declare(line, version, Subject::remote_ref, {}));
        at += std::max<std::size_t>(version.size(), 1);
    }
}

using Thing = std::pair<Subject, std::string>;

/// "| v1.2 | https://… |"
bool is_in_table(const Declaration& declaration) {
    const std::size_t begin = declaration.excerpt.find_first_not_of(" \t");
    return begin != std::string::npos && declaration.excerpt[begin] == '|';
}

/// Of things that the text names in three or more versions, or in two rows of a table, only the
/// newest stays.
void keep_newest(std::vector<Declaration>& declarations) {
    std::map<Thing, std::set<std::string>> versions;
    std::set<Thing> outside_of_tables;
    for (const Declaration& each : declarations) {
        if (!is_version_like(each.declared)) continue;
        versions[{each.subject, each.image}].insert(each.declared);
        if (!is_in_table(each)) outside_of_tables.insert({each.subject, each.image});
    }
    std::erase_if(versions, [&](const auto& entry) {
        return entry.second.size() < (outside_of_tables.contains(entry.first) ? 3u : 2u);
    });
    std::map<Thing, std::string> newest;
    for (const auto& [thing, all] : versions)
        newest[thing] = *std::max_element(
            all.begin(), all.end(), [](const auto& a, const auto& b) { return is_older(a, b); });
    std::erase_if(declarations, [&newest](const Declaration& each) {
        const auto found = newest.find({each.subject, each.image});
        return found != newest.end() && each.declared != found->second;
    });
}

bool names_revision(std::string_view line) {
    return line.find("?ref=") != std::string_view::npos ||
           line.find("/releases/download/") != std::string_view::npos;
}

void read_lines(std::string_view path, std::string_view text,
                const std::vector<std::string>& patterns, Facts& facts) {
    for (Lines lines(text); lines.next();) {
        if (lines.line().size() > line_limit) {
            // An embedded picture says nothing of versions; what might is not passed over in
            // silence.
            if (names_revision(lines.line()))
                facts.gaps.push_back(
                    {Surface::text,
                     {},
                     {Error::Kind::invalid,
                      "the line has " + std::to_string(lines.line().size()) + " bytes; more than " +
                          std::to_string(line_limit) + " are not read",
                      "break the line", Location{std::string(path), lines.number(), 1}},
                     {}});
            continue;
        }
        const Line line{path, lines.number(), lines.line()};
        for (const std::string& pattern : patterns) read_pattern(line, pattern, facts);
        if (patterns.empty()) {
            read_line(line, facts);
            read_helm_command(path, lines, facts.declarations);
        }
        if (facts.declarations.size() >= declaration_limit) break;
    }
    add_limit_gap(Surface::text, {}, path, facts);
}

}  // namespace

Facts read_text(const FileTree& tree, std::string_view path,
                const std::vector<std::string>& patterns) {
    Facts facts;
    const Result<Blob> text = read_file(tree, path);
    if (!text.has_value()) {
        facts.gaps.push_back({Surface::text, {}, text.error(), {}});
        return facts;
    }
    read_lines(path, **text, patterns, facts);
    if (patterns.empty()) keep_newest(facts.declarations);
    return facts;
}

}  // namespace lockstep::manifest
