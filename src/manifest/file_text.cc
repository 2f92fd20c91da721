#include "manifest/file_text.h"

#include <string>

namespace lockstep::manifest {

Result<Blob> read_file(const FileTree& tree, std::string_view path) {
    Result<Blob> text = tree.read(path);
    if (!text.has_value() && !text.error().at) text.error().at = Location{std::string(path)};
    if (text.has_value() && (*text)->size() > file_limit)
        return fail(Error::Kind::invalid,
                    "the file has " + std::to_string((*text)->size()) + " bytes; more than " +
                        std::to_string(file_limit) + " are not read",
                    "split it, or leave it out by a path rule", Location{std::string(path)});
    return text;
}

}  // namespace lockstep::manifest
