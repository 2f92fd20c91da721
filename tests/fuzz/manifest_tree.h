#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"

/// A tree of a few files, for fuzz targets: they link the library under test alone.
class FewFiles : public lockstep::FileTree {
  public:
    void add(std::string path, std::string_view text) {
        files_[std::move(path)] = std::make_shared<const std::string>(text);
    }

    lockstep::Result<Entry> stat(std::string_view path) const override {
        const std::string name(lockstep::file_name(path));
        if (files_.contains(path)) return Entry{name, Kind::file, {}};
        return Entry{name, names_below(path).empty() ? Kind::absent : Kind::directory, {}};
    }

    lockstep::Result<lockstep::Blob> read(std::string_view path) const override {
        const auto file = files_.find(path);
        if (file == files_.end())
            return lockstep::fail(lockstep::Error::Kind::not_found, "not there");
        return file->second;
    }

    lockstep::Result<std::vector<Entry>> list(std::string_view path) const override {
        std::vector<Entry> entries;
        for (const auto& [name, kind] : names_below(path)) entries.push_back({name, kind, {}});
        return entries;
    }

  private:
    std::map<std::string, Kind> names_below(std::string_view path) const {
        const std::string prefix = path.empty() ? std::string() : std::string(path) + '/';
        std::map<std::string, Kind> names;
        for (const auto& [file, text] : files_) {
            if (!file.starts_with(prefix)) continue;
            const std::string rest = file.substr(prefix.size());
            const std::size_t slash = rest.find('/');
            names[rest.substr(0, slash)] =
                slash == std::string::npos ? Kind::file : Kind::directory;
        }
        return names;
    }

    std::map<std::string, lockstep::Blob, std::less<>> files_;
};
