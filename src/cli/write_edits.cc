#include "cli/write_edits.h"

#include "cli/output.h"
#include "os/file.h"

namespace lockstep::cli {

namespace {

Result<void> check_unchanged(const std::string& root, const edit::FileEdit& file) {
    if (TRY(os::read_file(root + '/' + file.path)) == *file.before) return {};
    return fail(Error::Kind::conflict, "`" + file.path + "` changed while it was read",
                "run the command again", Location{file.path});
}

}  // namespace

Result<void> write_edits(const std::string& root, const std::vector<edit::FileEdit>& files) {
    for (const edit::FileEdit& file : files) TRY(check_unchanged(root, file));
    for (std::size_t at = 0; at < files.size(); ++at) {
        const auto written = os::replace_file(root + '/' + files[at].path, *files[at].after);
        if (written) continue;
        for (std::size_t back = at; back > 0; --back) {
            const edit::FileEdit& file = files[back - 1];
            const auto restored = os::replace_file(root + '/' + file.path, *file.before);
            if (!restored)
                print_warning("`" + file.path + "` stays edited: " + to_string(restored.error()));
        }
        return written;
    }
    return {};
}

}  // namespace lockstep::cli
