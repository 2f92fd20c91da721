#include "git/object_reader.h"

#include <optional>
#include <unordered_set>
#include <utility>

#include "git/command.h"
#include "git/object_errors.h"
#include "git/tags.h"

namespace lockstep::git {

namespace {

/// A blob or a parsed tree.
Result<ReadObject> take(const ObjectId& id, ObjectType type, std::string&& bytes) {
    ReadObject object;
    if (type == ObjectType::tree)
        object.tree = std::make_shared<const TreeObject>(
            TRY(TreeObject::parse(std::move(bytes), id.bytes().size()), object_named(id)));
    else
        object.blob = std::make_shared<const std::string>(std::move(bytes));
    return object;
}

}  // namespace

/// What can be read of some objects, before it is read.
struct ObjectReader::Survey {
    std::vector<std::string> readable;  // their names in hex
    std::vector<ObjectId> missing;
    std::optional<Error> error;  // of the last one that cannot be read for another reason
};

ObjectReader::ObjectReader(Options options)
    : options_(std::move(options)),
      source_(std::move(options_.store), options_.cat_file),
      cache_(options_.cache_bytes_max) {}

Result<void> ObjectReader::start() {
    const std::lock_guard lock(conversation_);
    return source_.start();
}

Result<std::vector<CommitAnswer>> ObjectReader::commits(std::span<const std::string> names) {
    const std::lock_guard lock(conversation_);
    return read_commits(source_, names);
}

std::optional<std::vector<Tag>> ObjectReader::tags_of(std::span<const Ref> refs) {
    const std::lock_guard lock(conversation_);
    return git::tags_of(source_, refs);
}

Result<void> ObjectReader::read(std::span<Tag> tags) {
    const std::lock_guard lock(conversation_);
    return read_tags(source_, tags);
}

CatFile::Counts ObjectReader::counts() {
    const std::lock_guard lock(conversation_);
    return source_.counts();
}

Result<ObjectReader::Survey> ObjectReader::survey(std::span<const ObjectId> ids) {
    std::vector<std::string> names;
    names.reserve(ids.size());
    for (const ObjectId& id : ids) names.push_back(id.hex());
    Survey survey;
    TRY(source_.ask(
        CatFile::Verb::info, names, [&](std::size_t question, CatFile::Answer&& answer) {
            const ObjectId& id = ids[question];
            if (answer.state == CatFile::State::missing)
                survey.missing.push_back(id);
            else if (answer.state != CatFile::State::found)
                survey.error = answer.complaint.contains("promisor remote")
                                   ? not_fetched(id)
                                   : damaged(id, answer.complaint);
            else if (answer.type != ObjectType::blob && answer.type != ObjectType::tree)
                survey.error = damaged(id, std::string("it is a ") + to_string(answer.type) +
                                               " where a file or folder was expected");
            else if (answer.size > options_.blob_bytes_max)
                survey.error = too_large(id, answer.size, options_.blob_bytes_max);
            else
                survey.readable.push_back(std::move(names[question]));
        }));
    return survey;
}

Result<void> ObjectReader::load(const std::vector<std::string>& names, const Sink& sink) {
    std::optional<Error> error;
    TRY(source_.ask(
        CatFile::Verb::contents, names, [&](std::size_t question, CatFile::Answer&& answer) {
            const ObjectId id = *ObjectId::parse(names[question]);
            if (answer.state != CatFile::State::found) {
                error = damaged(
                    id, answer.state == CatFile::State::broken ? answer.complaint : "it went away");
                return;
            }
            Result<ReadObject> object = take(answer.id, answer.type, std::move(answer.bytes));
            if (object)
                sink(id, std::move(*object));
            else
                error = std::move(object.error());
        }));
    if (error) return std::unexpected<Error>(std::move(*error));
    return {};
}

Error ObjectReader::why_missing(const ObjectId& id) const {
    // cat-file says "missing" of what it cannot unpack, too, and the reason only to stderr.
    const auto asked = os::run(git_command({"cat-file", "-t", id.hex()}, options_.directory));
    if (asked)
        if (const auto said = first_error(asked->err)) return damaged(id, *said);
    return options_.is_partial ? not_fetched(id) : missing(id);
}

/// What is no blob and no tree, or none that can be parsed, is an error that git's way tells.
std::optional<ReadObject> ObjectReader::read_in_files(const ObjectId& id) {
    auto stored = source_.read_in_files(id, options_.blob_bytes_max);
    if (!stored || (stored->type != ObjectType::blob && stored->type != ObjectType::tree))
        return std::nullopt;
    Result<ReadObject> object = take(id, stored->type, std::move(stored->bytes));
    if (!object) return std::nullopt;
    return std::move(*object);
}

Result<ReadObject> ObjectReader::read(const ObjectId& id) {
    if (std::optional<ReadObject> object = read_in_files(id)) return std::move(*object);
    Survey found = TRY(survey({&id, 1}));
    if (!found.missing.empty() && options_.is_partial && options_.fetch) {
        TRY(fetch({id}));
        found = TRY(survey({&id, 1}));
    }
    if (!found.missing.empty()) return std::unexpected<Error>(why_missing(id));
    if (found.error) return std::unexpected<Error>(std::move(*found.error));
    ReadObject read;
    TRY(load(found.readable,
             [&read](const ObjectId&, ReadObject object) { read = std::move(object); }));
    return read;
}

/// From the cache; where it is on its way, when it has come.
std::optional<ReadObject> ObjectReader::known(const ObjectId& id) {
    std::unique_lock lock(memory_);
    std::optional<ReadObject> object = cache_.find(id);
    while (!object && expected_.contains(id)) {
        arrived_.wait(lock);
        object = cache_.find(id);
    }
    return object;
}

std::optional<ReadObject> ObjectReader::cached(const ObjectId& id) {
    const std::lock_guard lock(memory_);
    return cache_.find(id);
}

void ObjectReader::keep(const ObjectId& id, ReadObject object) {
    {
        const std::lock_guard lock(memory_);
        cache_.insert(id, std::move(object));
        expected_.erase(id);
    }
    arrived_.notify_all();
}

Result<ReadObject> ObjectReader::find_or_read(const ObjectId& id) {
    if (std::optional<ReadObject> object = known(id)) return std::move(*object);
    const std::lock_guard lock(conversation_);
    // It may have come while git was busy. What is on its way now comes after this: no waiting.
    if (std::optional<ReadObject> object = cached(id)) return std::move(*object);
    ReadObject object = TRY(read(id));
    keep(id, object);
    return object;
}

Result<ReadObject> ObjectReader::object(const ObjectId& id, ObjectType type) {
    ReadObject object = TRY(find_or_read(id));
    if ((type == ObjectType::tree) != (object.tree != nullptr))
        return std::unexpected<Error>(no_such_kind(id, to_string(type)));
    return object;
}

Result<Blob> ObjectReader::blob(const ObjectId& id) {
    return TRY(object(id, ObjectType::blob)).blob;
}

Result<std::shared_ptr<const TreeObject>> ObjectReader::tree(const ObjectId& id) {
    return TRY(object(id, ObjectType::tree)).tree;
}

/// Those of `ids` that are neither here nor on their way, each once; from now on they are.
std::vector<ObjectId> ObjectReader::expect(std::span<const ObjectId> ids) {
    const std::lock_guard lock(memory_);
    std::vector<ObjectId> wanted;
    for (const ObjectId& id : ids)
        if (!id.is_null() && !cache_.contains(id) && expected_.insert(id).second)
            wanted.push_back(id);
    return wanted;
}

void ObjectReader::expect_no_more(std::span<const ObjectId> ids) {
    {
        const std::lock_guard lock(memory_);
        for (const ObjectId& id : ids) expected_.erase(id);
    }
    arrived_.notify_all();
}

/// A fetch that failed is not tried again: each object would wait for the network's time limit.
Result<void> ObjectReader::fetch(const std::vector<ObjectId>& missing) {
    Result<void> fetched = options_.fetch(missing);
    if (!fetched) options_.fetch = nullptr;
    return fetched;
}

Result<void> ObjectReader::read_expected(std::span<const ObjectId> ids) {
    const std::lock_guard lock(conversation_);
    std::vector<ObjectId> left;
    for (const ObjectId& id : ids)
        if (std::optional<ReadObject> object = read_in_files(id))
            keep(id, std::move(*object));
        else
            left.push_back(id);
    return left.empty() ? Result<void>() : read_by_git(left);
}

Result<void> ObjectReader::read_by_git(std::span<const ObjectId> ids) {
    Survey found = TRY(survey(ids));
    if (!found.missing.empty() && options_.is_partial && options_.fetch) {
        TRY(fetch(found.missing));
        const Survey fetched = TRY(survey(found.missing));
        found.readable.insert(found.readable.end(), fetched.readable.begin(),
                              fetched.readable.end());
    }
    const Result<void> loaded = load(found.readable, [this](const ObjectId& id, ReadObject object) {
        keep(id, std::move(object));
    });
    // A damaged object is the error of the read that asks for it.
    if (!loaded && loaded.error().kind != Error::Kind::corrupt) return loaded;
    return {};
}

Result<void> ObjectReader::prefetch(std::span<const ObjectId> ids) {
    const std::vector<ObjectId> wanted = expect(ids);
    if (wanted.empty()) return {};
    Result<void> result = read_expected(wanted);
    expect_no_more(wanted);
    return result;
}

std::future<Result<void>> ObjectReader::start_prefetch(std::vector<ObjectId> ids) {
    return std::async(std::launch::async, [this, wanted = expect(ids)] {
        Result<void> result = wanted.empty() ? Result<void>() : read_expected(wanted);
        expect_no_more(wanted);
        return result;
    });
}

}  // namespace lockstep::git
