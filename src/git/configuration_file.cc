#include "git/configuration_file.h"

#include <algorithm>
#include <string>

namespace lockstep::git {

namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_key_character(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
}
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The characters that keys and sections are made of, in lower case.
std::string take_word(std::string_view& line) {
    std::string word;
    for (; !line.empty() && is_key_character(line[0]); line.remove_prefix(1))
        word += lower(line[0]);
    return word;
}

void skip_blanks(std::string_view& line) {
    while (!line.empty() && is_blank(line[0])) line.remove_prefix(1);
}

bool is_comment(std::string_view line) {
    return line.starts_with('#') || line.starts_with(';');
}

/// `[section]` or `[section "of a name"]`: what keys below it begin with, and what follows it.
std::optional<std::string> take_section(std::string_view& line) {
    line.remove_prefix(1);
    std::string section = take_word(line);
    if (section.empty() || section.starts_with("include")) return std::nullopt;
    if (line.starts_with(' ')) {
        skip_blanks(line);
        if (!line.starts_with('"')) return std::nullopt;
        line.remove_prefix(1);
        section += '.';
        for (; !line.empty() && line[0] != '"'; line.remove_prefix(1)) {
            if (line[0] == '\\') line.remove_prefix(1);
            if (line.empty()) return std::nullopt;
            section += line[0];
        }
        if (line.empty()) return std::nullopt;
        line.remove_prefix(1);
    }
    if (!line.starts_with(']')) return std::nullopt;
    line.remove_prefix(1);
    return section + '.';
}

std::optional<char> unescaped(char c) {
    switch (c) {
        case 'n':
            return '\n';
        case 't':
            return '\t';
        case 'b':
            return '\b';
        case '"':
        case '\\':
            return c;
        default:
            return std::nullopt;
    }
}

std::optional<std::string> parse_value(std::string_view text) {
    std::string value;
    std::size_t end = 0;  // behind the last character that counts: blanks after it do not
    bool is_quoted = false;
    for (; !text.empty(); text.remove_prefix(1)) {
        const char c = text[0];
        if (c == '"') {
            is_quoted = !is_quoted;
            end = value.size();
        } else if (!is_quoted && is_comment(text)) {
            break;
        } else if (c == '\\') {
            text.remove_prefix(1);
            const auto meant = text.empty() ? std::nullopt : unescaped(text[0]);
            if (!meant) return std::nullopt;
            value += *meant;
            end = value.size();
        } else {
            if (c == '\t') return std::nullopt;
            if (c == ' ' && !is_quoted && value.empty()) continue;
            value += c;
            if (c != ' ' || is_quoted) end = value.size();
        }
    }
    if (is_quoted) return std::nullopt;
    value.resize(end);
    return value;
}

std::optional<ConfigurationEntry> parse_entry(std::string_view line, const std::string& section) {
    if (section.empty() || !is_letter(line[0])) return std::nullopt;
    ConfigurationEntry entry{.key = section + take_word(line), .value = std::nullopt};
    skip_blanks(line);
    if (line.empty() || is_comment(line)) return entry;
    if (line[0] != '=') return std::nullopt;
    line.remove_prefix(1);
    skip_blanks(line);
    entry.value = parse_value(line);
    if (!entry.value) return std::nullopt;
    return entry;
}

}  // namespace

std::optional<std::vector<ConfigurationEntry>> parse_configuration_file(std::string_view text) {
    std::vector<ConfigurationEntry> entries;
    std::string section;
    if (text.contains('\r') || text.contains('\0') || text.starts_with("\xef\xbb\xbf"))
        return std::nullopt;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        skip_blanks(line);
        while (line.starts_with('[')) {
            const auto found = take_section(line);
            if (!found) return std::nullopt;
            section = *found;
            skip_blanks(line);
        }
        if (line.empty() || is_comment(line)) continue;
        const auto entry = parse_entry(line, section);
        if (!entry) return std::nullopt;
        entries.push_back(*entry);
    }
    return entries;
}

}  // namespace lockstep::git
