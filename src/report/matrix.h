#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/releases.h"

/// Releases × surface roots: what each release declares where.
namespace lockstep::report {

/// What one root declares in one release: its worst declaration stands for it.
struct Cell {
    const verify::Judged* judged = nullptr;  // null where nothing is declared, or nothing is known
    std::uint32_t others = 0;                // further declared versions that are as bad
    bool is_unread = false;                  // something in it could not be read

    bool is_empty() const { return judged == nullptr && !is_unread; }
    verify::Verdict verdict() const;  // of an empty cell `absent`
    bool counts() const;  // towards its release's verdict; what floats by intention does not
};

/// Whether people would see the same in both.
bool same(const Cell& a, const Cell& b);

/// Whether `a` says something worse about its release than `b`.
bool is_worse(const Cell& a, const Cell& b);

/// "v0.28.1", "@1a2b3c4" (a digest), "no tag", "not rendered"; as it stands in the file, unescaped.
std::string text_of(const Cell& cell);

/// Roots that declare the same in every release that has them.
struct Column {
    manifest::Surface surface = manifest::Surface::yaml;
    std::vector<std::string> roots;
    std::vector<Cell> cells;  // one for each release
};

struct Matrix {
    Releases releases;
    std::vector<Column> columns;  // by surface, then root
};

Matrix make_matrix(const Releases& releases);

/// How many releases from `at` on declare nothing at all; reports show a run of them as one row.
std::size_t silent_run(const Matrix& matrix, std::size_t at);
inline constexpr std::size_t fold_silent_from = 3;

/// What a verdict means, where its sign stands alone.
const char* meaning_of(verify::Verdict verdict);

/// The column's roots in one text: "kubernetes/{cronjob,deployment,job}"; "yaml" and "text" have
/// none, and are named by their surface.
std::string label_of(const Column& column);

/// Texts that begin and end alike as one: "deploy/{base,dev}/image.yaml"; else joined by ", ". Of
/// more than `most` only the first are named.
std::string folded_names(std::vector<std::string> names, std::size_t most);

/// "✓", "✗", …: said beside every colour.
const char* sign_of(verify::Verdict verdict);

}  // namespace lockstep::report
