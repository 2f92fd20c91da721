#include "os/temporary_directory.h"

#include "os/environment.h"
#include "os/file.h"

namespace lockstep::os {

Result<TemporaryDirectory> TemporaryDirectory::make(std::string_view prefix) {
    const std::string parent = environment("TMPDIR").value_or("/tmp");
    return TemporaryDirectory(TRY(make_temporary_directory(parent, prefix)));
}

TemporaryDirectory::~TemporaryDirectory() {
    // One that stays behind is nobody's fault to be told of: nothing depends on its absence.
    if (!path_.empty()) static_cast<void>(remove_tree(path_).has_value());
}

}  // namespace lockstep::os
