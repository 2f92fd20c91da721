#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/declaration.h"
#include "yaml/node.h"

namespace lockstep::manifest {

/// Where a declaration stands, as people are shown it. The excerpt is empty where the scalar begins
/// behind what it would show.
struct Place {
    Location at;
    unsigned length = 0;  // characters
    std::string excerpt;
};

/// Of a node. A node that no file holds has an empty place.
Place place_of(const yaml::Mark& mark);

/// Of `length` bytes from `offset` of `line`, which is line `number` (from 1) of the file `path`.
Place place_in_line(std::string_view path, unsigned number, std::string_view line,
                    std::size_t offset, std::size_t length);

/// `declaration` standing at `place`.
Declaration at_place(Place place, Declaration declaration);

/// Sorts by place, from `first` on: the order in which people read.
void sort_by_place(std::vector<Declaration>& declarations, std::size_t first);

/// The lines of a text one after the other, without their ends (LF or CRLF).
class Lines {
  public:
    explicit Lines(std::string_view text) : rest_(text) {}

    /// Steps to the next line; false behind the last one.
    bool next();
    std::string_view line() const { return line_; }
    unsigned number() const { return number_; }

  private:
    std::string_view rest_;
    std::string_view line_;
    unsigned number_ = 0;
};

}  // namespace lockstep::manifest
