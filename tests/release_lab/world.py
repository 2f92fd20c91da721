"""What the outside world holds of a project: plain git and a small registry client of its own.

Nothing here is shared with the program under test, and nothing here writes. What cannot be read
raises Unread: it is never taken for absent.
"""
import hashlib
import http.client
import json
import os
import re
import subprocess

MANIFEST_TYPES = (
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
)
INDEX_TYPES = MANIFEST_TYPES[:2]
RELEASE_TAG = re.compile(r"v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?")
STATES = "refs/lockstep/releases/"
CANDIDATES = "refs/lockstep/candidates/"


class Unread(Exception):
    """It could not be looked at."""


class Ref:
    def __init__(self, line):
        self.id, self.type, peeled, self.name = line.split(" ", 3)
        self.commit = peeled or self.id


class Git:
    """git in one repository, with nobody's configuration."""

    def __init__(self, directory):
        self.directory = directory
        kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        self.environment = dict(kept, GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null",
                                GIT_TERMINAL_PROMPT="0", LC_ALL="C", NO_PROXY="*")

    def ask(self, *args, given=b""):
        """Exit status and what was printed."""
        ran = subprocess.run(["git", "-C", self.directory, *args], input=given,
                             capture_output=True, env=self.environment, check=False)
        return ran.returncode, ran.stdout, ran.stderr.decode(errors="replace").strip()

    def run(self, *args, given=b""):
        status, out, said = self.ask(*args, given=given)
        if status != 0:
            raise Unread("git %s: exit status %d: %s" % (" ".join(args), status, said))
        return out

    def refs(self):
        """Every ref by its name."""
        form = "--format=%(objectname) %(objecttype) %(*objectname) %(refname)"
        lines = self.run("for-each-ref", form).decode().splitlines()
        return {ref.name: ref for ref in map(Ref, lines)}

    def file(self, commit, path):
        """The bytes of a file; None where the commit has none of that name."""
        if not self.run("ls-tree", "-z", commit, "--", path):
            return None
        return self.run("cat-file", "blob", "%s:%s" % (commit, path))

    def yaml_files(self, commit):
        """The YAML files of a commit by path."""
        listed = self.run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")
        found = {}
        for line in filter(None, listed):
            kind, path = line.split(b"\t", 1)
            if path.endswith((b".yaml", b".yml")):
                found[path.decode()] = self.run("cat-file", "blob", kind.split()[2].decode())
        return found

    def is_ancestor(self, ancestor, descendant):
        status, _, said = self.ask("merge-base", "--is-ancestor", ancestor, descendant)
        if status not in (0, 1):
            raise Unread("git merge-base: " + said)
        return status == 0


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body


class Registry:
    """One registry over plain HTTP, over one connection."""

    def __init__(self, address):
        self.address = address
        self.connection = None

    def ask(self, method, target, headers=None, body=None):
        for attempt in (1, 2):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection(self.address, timeout=20)
                self.connection.request(method, target, body=body, headers=headers or {})
                response = self.connection.getresponse()
                return Answer(response.status, response.headers, response.read())
            except (OSError, http.client.HTTPException) as error:
                # The first may be a kept connection that the server has closed meanwhile.
                self.connection.close()
                self.connection = None
                if attempt == 2 or method not in ("GET", "HEAD"):
                    raise Unread("%s %s%s: %r" % (method, self.address, target, error)) from error

    def _answer(self, method, target, headers=None):
        answer = self.ask(method, target, headers)
        if answer.status not in (200, 404):
            raise Unread("%s %s%s: status %d" % (method, self.address, target, answer.status))
        return answer if answer.status == 200 else None

    def tags(self, repository):
        found, target = [], "/v2/%s/tags/list" % repository
        while target:
            answer = self._answer("GET", target)
            if answer is None:
                return found
            found += json.loads(answer.body).get("tags") or []
            link = re.match(r"<([^>]+)>", answer.headers.get("Link") or "")
            target = link and re.sub(r"^https?://[^/]+", "", link.group(1))
        return found

    def resolve(self, repository, name):
        """The digest under a tag or digest; None where it is not there."""
        target = "/v2/%s/manifests/%s" % (repository, name)
        answer = self._answer("HEAD", target, {"Accept": ", ".join(MANIFEST_TYPES)})
        if answer is None:
            return None
        digest = answer.headers.get("Docker-Content-Digest")
        if not digest:
            raise Unread("HEAD %s%s: no digest" % (self.address, target))
        return digest

    def manifest(self, repository, name):
        """Bytes; None where it is not there."""
        target = "/v2/%s/manifests/%s" % (repository, name)
        answer = self._answer("GET", target, {"Accept": ", ".join(MANIFEST_TYPES)})
        return answer and answer.body

    def blob_size(self, repository, digest):
        answer = self._answer("HEAD", "/v2/%s/blobs/%s" % (repository, digest))
        return answer and int(answer.headers.get("Content-Length", "-1"))

    def blob(self, repository, digest):
        answer = self._answer("GET", "/v2/%s/blobs/%s" % (repository, digest))
        return answer and answer.body


def sha256(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def platform_name(platform):
    """"linux/arm/v7". The variant of arm64 that every arm64 has may be said or not: it is not."""
    parts = [platform.get(part) for part in ("os", "architecture", "variant")]
    if parts[1:] == ["arm64", "v8"]:
        parts.pop()
    return "/".join(part for part in parts if part)


class Image:
    """All of an image as one repository holds it, from its digest down."""

    def __init__(self, registry, repository, digest):
        self.registry, self.repository = registry, repository
        self.problems = []
        self.platforms = {}  # "linux/amd64" → the digest of its manifest
        self.configs = {}    # the same → the digest of its config
        self._walk(digest, None)
        if not self.problems and not self.platforms:
            self.problems.append("%s has no platform" % digest)

    def _walk(self, digest, platform):
        body = self.registry.manifest(self.repository, digest)
        if body is None:
            self.problems.append("manifest %s is missing" % digest)
            return
        if sha256(body) != digest:
            self.problems.append("manifest %s has the bytes of %s" % (digest, sha256(body)))
            return
        manifest = json.loads(body)
        if platform is None and "manifests" in manifest:
            for entry in manifest["manifests"]:
                self._walk(entry["digest"], entry.get("platform") or {})
            return
        for blob in [manifest["config"], *manifest["layers"]]:
            size = self.registry.blob_size(self.repository, blob["digest"])
            if size is None:
                self.problems.append("blob %s is missing" % blob["digest"])
            elif size != blob["size"]:
                self.problems.append("blob %s has %d bytes" % (blob["digest"], size))
        if (platform or {}).get("os") == "unknown":
            return  # an attestation
        name = platform_name(platform or json.loads(
            self.registry.blob(self.repository, manifest["config"]["digest"]) or b"{}"))
        self.platforms[name] = digest
        self.configs[name] = manifest["config"]["digest"]

    def labels(self):
        """By platform."""
        found = {}
        for name, digest in self.configs.items():
            config = json.loads(self.registry.blob(self.repository, digest) or b"{}")
            found[name] = (config.get("config") or {}).get("Labels") or {}
        return found


class Place:
    """Where a tree names an own image."""

    def __init__(self, path, line, name, tag, digest):
        self.path, self.line, self.name, self.tag, self.digest = path, line, name, tag, digest

    def __str__(self):
        return "%s:%d" % (self.path, self.line)

    def said(self):
        return (":" + self.tag if self.tag else "") + ("@" + self.digest if self.digest else "")


def scalar(text):
    text = text.strip()
    if text[:1] in "\"'" and text[:1]:
        return text[1:text.index(text[0], 1)]
    return re.split(r"\s+#", text)[0].strip()


def split_reference(text):
    """Name, tag, digest; empty where it has none."""
    rest, _, digest = text.partition("@")
    name, colon, tag = rest.rpartition(":")
    if not colon or "/" in tag:
        name, tag = rest, ""
    return name, tag, digest


def kustomization_places(path, text, names):
    """The entries of `images`, in block style; another style is Unread."""
    entry, found, is_within = None, [], False
    for number, line in enumerate(text.splitlines() + ["end:"], 1):
        if re.match(r"images:", line):
            if not re.fullmatch(r"images:\s*(#.*)?", line):
                raise Unread("%s:%d: images in a style that is not read here" % (path, number))
            is_within = True
            continue
        if not is_within or not line.strip() or line.lstrip().startswith("#"):
            continue
        starts = re.match(r"\s*- ", line)
        if starts or not line.startswith(" "):
            if entry:
                found.append((entry["line"], entry))
            entry = {"line": number} if starts else None
            is_within = bool(starts)
        pair = re.fullmatch(r"\s*(?:- )?\s*(name|newName|newTag|digest):(.*)", line)
        if is_within and pair is None:
            raise Unread("%s:%d: not read here: %s" % (path, number, line))
        if is_within:
            entry[pair.group(1)] = scalar(pair.group(2))
    for number, entry in found:
        name = entry.get("newName") or entry.get("name")
        if name in names:
            yield Place(path, number, name, entry.get("newTag", ""), entry.get("digest", ""))


def places(files, names):
    """Every place of these YAML files that names one of `names`."""
    found = []
    for path, data in sorted(files.items()):
        text = data.decode()
        if os.path.basename(path) in ("kustomization.yaml", "kustomization.yml"):
            found += kustomization_places(path, text, names)
            continue
        for number, line in enumerate(text.splitlines(), 1):
            image = re.fullmatch(r"\s*(?:- )?\s*image:\s+(.*)", line)
            if image:
                name, tag, digest = split_reference(scalar(image.group(1)))
                if name in names:
                    found.append(Place(path, number, name, tag, digest))
    return found


class World:
    """The lab as lab.json describes it."""

    def __init__(self, description):
        with open(description, encoding="utf-8") as file:
            lab = json.load(file)
        self.mode = lab["mode"]
        self.branch = "refs/heads/" + lab["branch"]
        self.git = Git(lab["remoteDirectory"])
        self.remote_url = lab["remoteUrl"]
        self.images = {image["name"]: image for image in lab["images"]}
        self.moving = set(lab["moving"])
        self.managed = set(lab["managed"])
        self.can_delete = lab["canDelete"]
        self.registries = {}
        self.declared = {}

    def registry(self, name):
        address = self.images[name]["address"]
        return self.registries.setdefault(address, Registry(address))

    def repository(self, name):
        return self.images[name]["repository"]

    def places(self, commit):
        """Those of a commit; read once, a commit never changes."""
        if commit not in self.declared:
            self.declared[commit] = places(self.git.yaml_files(commit), self.images)
        return self.declared[commit]

    def record(self, state):
        """record.json of a state commit; None where it has none yet."""
        data = self.git.file(state, "record.json")
        return data and json.loads(data)

    def naming_problems(self, tag, commit):
        """(what, detail) wherever the manifests of a commit do not name this tag."""
        found, named = [], set()
        for place in self.places(commit):
            named.add(place.name)
            where = "%s: %s%s" % (place, place.name, place.said())
            if place.tag and place.tag != tag:
                found.append(("names-other-version", where))
            elif self.mode == "tag" and not place.tag:
                found.append(("names-no-version", where))
            elif self.mode == "digest" and not place.digest:
                found.append(("not-pinned", where))
        for name in set(self.images) - named:
            found.append(("names-no-image", name + " is named nowhere"))
        return found

    def image_problems(self, tag, commit, record):
        """(what, detail) of every image that the manifests of a commit name."""
        found, whole = [], {}
        for place in self.places(commit):
            name, repository = place.name, self.repository(place.name)
            registry = self.registry(name)
            under_tag = registry.resolve(repository, place.tag or tag)
            digest = place.digest or under_tag
            where = "%s: %s%s" % (place, name, place.said())
            if digest is None:
                found.append(("image-missing", where))
                continue
            if place.digest and under_tag not in (None, digest):
                found.append(("digest-differs", "%s, the tag is %s" % (where, under_tag)))
            if (name, digest) not in whole:
                whole[name, digest] = Image(registry, repository, digest)
                for problem in whole[name, digest].problems:
                    found.append(("image-incomplete", "%s: %s" % (where, problem)))
                found += record_problems(record, name, tag, digest, whole[name, digest])
        return found


def record_problems(record, name, tag, digest, image):
    if record is None:
        return []
    for entry in record["images"]:
        if entry["reference"] != name + ":" + tag:
            continue
        if entry["digest"] != digest:
            return [("record-differs", "%s:%s is %s, recorded %s"
                     % (name, tag, digest, entry["digest"]))]
        recorded = {}
        for platform in entry["platforms"]:
            parts = dict(zip(("os", "architecture", "variant"), platform["name"].split("/")))
            recorded[platform_name(parts)] = platform["digest"]
        if not image.problems and recorded != image.platforms:
            return [("record-differs", "%s:%s has platforms %s, recorded %s"
                     % (name, tag, image.platforms, recorded))]
        return []
    return [("record-lacks", "%s:%s" % (name, tag))]
