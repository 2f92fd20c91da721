#!/bin/sh
# build-image.sh [--random] [--push PUSH_LAYOUT]: how kite, the project of the release laboratory, is built.
# Runs in a checkout, needs no container tool. Writes an OCI image layout into $LOCKSTEP_LAYOUT: an index of two
# platforms, each a config with labels and a layer of app/ as the checkout has it. The same commit, version and
# $SOURCE_DATE_EPOCH give the same bytes, but with --random. With --push the image goes to $LOCKSTEP_STAGING instead.
set -eu
is_random= push=
while [ $# -gt 0 ]; do
    case $1 in
        --random) is_random=1 ;;
        --push) push=$2 && shift ;;
        *) echo "build-image.sh: what is $1?" >&2 && exit 2 ;;
    esac
    shift
done
# Whoever builds is told all of this.
: "${LOCKSTEP_VERSION:?}" "${LOCKSTEP_TAG:?}" "${LOCKSTEP_COMMIT:?}" "${LOCKSTEP_IMAGE:?}" "${SOURCE_DATE_EPOCH:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -n "$push" ]; then
    : "${LOCKSTEP_STAGING:?}"
    layout=$work/layout
else
    layout=${LOCKSTEP_LAYOUT:?}
fi
mkdir -p "$layout/blobs/sha256"

# put FILE: makes a blob of it; $digest and $size are its own.
put() {
    digest=$(sha256sum <"$1") && digest=${digest%% *}
    size=$(wc -c <"$1") && size=$((size))
    mv "$1" "$layout/blobs/sha256/$digest"
    digest=sha256:$digest
}

created=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
entries=
for architecture in amd64 arm64; do
    mkdir -p "$work/$architecture"
    cp -R app "$work/$architecture/"
    printf '%s %s %s\n' "${LOCKSTEP_IMAGE##*/}" "$LOCKSTEP_VERSION" "$architecture" >"$work/$architecture/app/built"
    [ -z "$is_random" ] || od -A n -N 16 -t x1 /dev/urandom >"$work/$architecture/app/random"
    tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX \
        -C "$work/$architecture" -cf "$work/layer" app
    diff_id=$(sha256sum <"$work/layer") && diff_id=sha256:${diff_id%% *}
    gzip -n "$work/layer"
    put "$work/layer.gz"
    layer=$digest layer_size=$size
    cat >"$work/config" <<END
{"created":"$created","os":"linux","architecture":"$architecture",
 "config":{"Entrypoint":["/app/kite"],"Labels":{
  "org.opencontainers.image.revision":"$LOCKSTEP_COMMIT",
  "org.opencontainers.image.source":"https://git.example.com/kite/kite",
  "org.opencontainers.image.version":"$LOCKSTEP_VERSION"}},
 "rootfs":{"type":"layers","diff_ids":["$diff_id"]},
 "history":[{"created":"$created","created_by":"build-image.sh"}]}
END
    put "$work/config"
    config=$digest config_size=$size
    cat >"$work/manifest" <<END
{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
 "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"$config","size":$config_size},
 "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"$layer","size":$layer_size}]}
END
    put "$work/manifest"
    entries="$entries${entries:+,
 }{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"$digest\",\"size\":$size,\"platform\":{\"os\":\"linux\",\"architecture\":\"$architecture\"}}"
done
cat >"$work/index" <<END
{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[
 $entries]}
END
put "$work/index"
printf '{"imageLayoutVersion":"1.0.0"}\n' >"$layout/oci-layout"
cat >"$layout/index.json" <<END
{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[
 {"mediaType":"application/vnd.oci.image.index.v1+json","digest":"$digest","size":$size,"annotations":{"org.opencontainers.image.ref.name":"$LOCKSTEP_TAG"}}]}
END
echo "built $LOCKSTEP_IMAGE $LOCKSTEP_VERSION: $digest"
[ -n "$push" ] || exit 0
# HOST:PORT/PATH:TAG
place=${LOCKSTEP_STAGING#*/}
python3 "$push" "$layout" "${LOCKSTEP_STAGING%%/*}" "${place%:*}" "${place##*:}"
