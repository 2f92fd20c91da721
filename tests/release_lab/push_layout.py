#!/usr/bin/env python3
"""push_layout.py LAYOUT HOST:PORT REPOSITORY [TAG]: an OCI image layout into a registry.

Pushes the image of the layout's index.json, under its digest and TAG, over whatever is there, and
prints its digest.
"""
import json
import os
import sys

from world import Registry


def main():
    layout, address, repository = sys.argv[1:4]
    registry = Registry(address)

    def blob(digest):
        with open(os.path.join(layout, "blobs", *digest.split(":")), "rb") as file:
            return file.read()

    def ask(method, target, wanted, headers=None, body=None):
        answer = registry.ask(method, target, headers, body)
        if answer.status not in wanted:
            sys.exit("%s %s: status %d: %s" % (method, target, answer.status, answer.body))
        return answer

    def push_blob(digest):
        if registry.blob_size(repository, digest) is not None:
            return
        start = ask("POST", "/v2/%s/blobs/uploads/" % repository, (202,))
        location = start.headers["Location"].split(address)[-1]
        location += ("&" if "?" in location else "?") + "digest=" + digest
        ask("PUT", location, (201,), {"Content-Type": "application/octet-stream"}, blob(digest))

    def push_manifest(digest, media_type, name):
        ask("PUT", "/v2/%s/manifests/%s" % (repository, name), (200, 201),
            {"Content-Type": media_type}, blob(digest))

    def push(digest, media_type):
        manifest = json.loads(blob(digest))
        for entry in manifest.get("manifests", []):
            push(entry["digest"], entry["mediaType"])
        for entry in [manifest["config"], *manifest["layers"]] if "config" in manifest else []:
            push_blob(entry["digest"])
        push_manifest(digest, media_type, digest)

    with open(os.path.join(layout, "index.json"), encoding="utf-8") as file:
        image = json.load(file)["manifests"][0]
    push(image["digest"], image["mediaType"])
    for tag in sys.argv[4:]:
        push_manifest(image["digest"], image["mediaType"], tag)
    print(image["digest"])


main()
