#include <algorithm>
#include <map>
#include <set>

#include "base/check.h"
#include "cli/answerers.h"
#include "cli/audit_report.h"
#include "cli/commands.h"
#include "cli/gather.h"
#include "cli/image_names.h"
#include "cli/wrap.h"
#include "json/writer.h"
#include "manifest/declaration.h"

namespace lockstep::cli {

namespace {

using manifest::Declaration;

/// An image of the release, and where it is declared first.
struct Listed {
    std::string reference;  // as declared
    std::string root;       // kustomization, chart or file
    Location at;
    Result<oci::Descriptor> descriptor = fail(Error::Kind::internal, "nobody was asked");
};

std::string reference_of(const Declaration& declaration) {
    std::string text = declaration.image;
    if (!declaration.declared.empty()) text += ':' + declaration.declared;
    if (!declaration.digest.empty()) text += '@' + declaration.digest;
    return text;
}

/// Texts tell users about images; they run none.
bool is_run(const Declaration& declaration) {
    return declaration.subject == manifest::Subject::image &&
           declaration.surface != manifest::Surface::text;
}

std::vector<Listed> images_of(const evidence::Release& release) {
    std::vector<Listed> images;
    std::map<std::string, std::size_t> known;
    for (const auto& unit : release.tree->units)
        for (const Declaration& declaration : unit->facts.declarations) {
            if (!is_run(declaration)) continue;
            std::string reference = reference_of(declaration);
            if (!known.emplace(reference, images.size()).second) continue;
            images.push_back({.reference = std::move(reference),
                              .root = declaration.root.empty() ? unit->path : declaration.root,
                              .at = declaration.at});
        }
    std::ranges::sort(images, {}, &Listed::reference);
    return images;
}

/// What could not be read may run images too.
std::vector<const manifest::Gap*> gaps_of(const evidence::Release& release) {
    std::vector<const manifest::Gap*> gaps;
    for (const manifest::Gap& gap : release.tree->gaps) gaps.push_back(&gap);
    for (const auto& unit : release.tree->units)
        for (const manifest::Gap& gap : unit->facts.gaps)
            if (gap.surface != manifest::Surface::text) gaps.push_back(&gap);
    return gaps;
}

/// What one store is asked for, and for whom.
struct Batch {
    workspace::Answerer answerer;
    std::vector<Listed*> images;
    std::vector<images::ManifestName> names;
    std::set<std::string> repositories;

    /// A layout holds one repository, whatever it is called: asked for two, it would answer for the
    /// wrong one.
    bool is_ambiguous() const { return answerer.is_one_repository && repositories.size() > 1; }
};

Error ambiguous(const Batch& batch) {
    return {.kind = Error::Kind::unavailable,
            .message = '`' + batch.answerer.title + "` holds one repository, and is named for " +
                       std::to_string(batch.repositories.size()),
            .hint = "give each repository a layout of its own in lockstep.yaml"};
}

void resolve(std::vector<Listed>& images, Answerers& answerers) {
    std::map<images::Store*, Batch> batches;
    for (Listed& image : images) {
        const Result<oci::Reference> reference = oci::Reference::parse(image.reference);
        const Result<workspace::Answerer> answerer =
            reference ? answerers.find(*reference) : std::unexpected(reference.error());
        if (!answerer) {
            image.descriptor = std::unexpected(answerer.error());
            continue;
        }
        Batch& batch = batches[answerer->store];
        batch.images.push_back(&image);
        batch.answerer = *answerer;
        batch.names.push_back(images::manifest_name(*reference));
        batch.repositories.insert(reference->registry() + '/' + reference->path());
    }
    for (const auto& [store, batch] : batches) {
        if (batch.is_ambiguous()) {
            for (Listed* const image : batch.images)
                image->descriptor = std::unexpected(ambiguous(batch));
            continue;
        }
        std::vector<Result<oci::Descriptor>> answers = store->resolve(batch.names);
        for (std::size_t at = 0; at < answers.size(); ++at)
            batch.images[at]->descriptor = std::move(answers[at]);
    }
}

/// The digest, or what is known without one.
std::string shown(const Result<oci::Descriptor>& descriptor) {
    if (descriptor) return descriptor->digest.str();
    return descriptor.error().kind == Error::Kind::not_found ? "missing" : "unknown";
}

void write_text(const std::vector<Listed>& images, Output& out) {
    std::size_t width = 0;
    for (const Listed& image : images) width = std::max(width, image.reference.size());
    for (const Listed& image : images) {
        std::string line = image.reference;
        pad_to(line, 0, width + 2);
        line += shown(image.descriptor);
        out.write(line + "  " + to_string(image.at) + '\n');
    }
}

void write_json(const evidence::Release& release, const std::vector<Listed>& images, Output& out) {
    {
        json::Writer writer(out.stream(), json::Style::pretty);
        writer.begin_object().key("schemaVersion").integer(1);
        writer.key("release").string(release.tag).key("commit").string(release.commit);
        writer.key("images").begin_array();
        for (const Listed& image : images) {
            writer.begin_object().key("reference").string(image.reference);
            writer.key("path").string(image.at.path).key("line").integer(image.at.line);
            writer.key("root").string(image.root).key("digest");
            if (image.descriptor)
                writer.string(image.descriptor->digest.str());
            else
                writer.null().key("error").string(to_string(image.descriptor.error()));
            writer.end_object();
        }
        writer.end_array().end_object();
    }
    out.write("\n");
}

/// The name without its tag, by digest.
std::string pinned(const Listed& image) {
    const oci::Parts parts = oci::split(image.reference);
    return std::string(parts.name) + '@' + image.descriptor->digest.str();
}

/// Carvel's ImagesLock (imgpkg.carvel.dev/v1alpha1), which imgpkg copies and kbld applies.
void write_lock(const std::vector<Listed>& images, Output& out) {
    out.write("---\napiVersion: imgpkg.carvel.dev/v1alpha1\nkind: ImagesLock\n");
    out.write(images.empty() ? "images: []\n" : "images:\n");
    for (const Listed& image : images)
        out.write("- annotations:\n    kbld.carvel.dev/id: " + json::quoted(image.reference) +
                  "\n  image: " + json::quoted(pinned(image)) + '\n');
}

}  // namespace

Result<int> run_image_list(const Options& options, Output& out) {
    Progress progress(!options.quiet);
    workspace::Options gathering = workspace_options(options, progress);
    gathering.remote_bases = !options.offline;
    const Gathered gathered = TRY(gather(options, gathering));
    const auto release =
        std::ranges::find(gathered.history.releases, false, &evidence::Release::is_context);
    CHECK(release != gathered.history.releases.end());

    std::vector<Listed> images = images_of(*release);
    Answerers answerers(gathered.workspace, options, AskRegistry::require);
    for (const std::string& notice : answerers.notices()) print_warning(notice);
    resolve(images, answerers);

    std::vector<Result<void>> unknown;
    for (const Listed& image : images)
        if (!image.descriptor) unknown.emplace_back(std::unexpected(image.descriptor.error()));
    const std::vector<const manifest::Gap*> gaps = gaps_of(*release);
    for (const manifest::Gap* gap : gaps) unknown.emplace_back(std::unexpected(gap->error));
    for (const Result<void>& error : unknown) print_error(error.error());
    if (options.as_lock && !unknown.empty())
        print_error({.kind = Error::Kind::unavailable,
                     .message = "no lock is written: not every image is known",
                     .hint = "a lock that lacks an image would fail where it is used",
                     .at = {}});
    else if (options.as_lock)
        write_lock(images, out);
    else if (options.format == report::Format::json)
        write_json(*release, images, out);
    else
        write_text(images, out);
    // What could not be read says nothing of an image that would be missing.
    return gaps.empty() ? status_of(unknown) : exit_unchecked;
}

}  // namespace lockstep::cli
