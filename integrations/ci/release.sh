#!/bin/sh
# release.sh plan|start|resume|verify [VERSION]: one job of a release, on any CI; what the GitHub Action and the GitLab
# template run. VERSION is a tag, a version, or major, minor, patch, rc. Needs git and lockstep on PATH.
#   RELEASE_YES=true       releases without asking, which CI cannot be asked
#   RELEASE_TOKEN          GitLab: pushes with this project access token
#   GITHUB_OUTPUT          gets tag, commit and images, where set; RELEASE_ENV the same as RELEASE_TAG=…
#   GITHUB_STEP_SUMMARY    gets a table of what was published, where set
# A job that is run again carries on, and does nothing where nothing is left: of the commit that it was started for, one
# release is made at most. The exit status is lockstep's.
set -eu

fail() { echo "release.sh: $1" >&2 && exit 2; }

command=${1:-} version=${2:-}
command -v lockstep >/dev/null || fail "lockstep is not on PATH"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# CI machines know nobody: who started the job makes the release.
if [ -z "$(git config user.name || true)" ] && [ -z "${GIT_COMMITTER_NAME:-}" ]; then
    person=${GITLAB_USER_NAME:-${GITHUB_ACTOR:-}}
    email=${GITLAB_USER_EMAIL:-${GITHUB_ACTOR:+$GITHUB_ACTOR@users.noreply.github.com}}
    if [ -n "$person" ] && [ -n "$email" ]; then
        export GIT_COMMITTER_NAME="$person" GIT_COMMITTER_EMAIL="$email"
        export GIT_AUTHOR_NAME="$person" GIT_AUTHOR_EMAIL="$email"
    fi
fi
# The token of a GitLab job may not push.
if [ -n "${RELEASE_TOKEN:-}" ] && [ -n "${CI_PROJECT_PATH:-}" ]; then
    export LOCKSTEP_REMOTE="${CI_SERVER_PROTOCOL:-https}://release:$RELEASE_TOKEN@${CI_SERVER_HOST:?}:${CI_SERVER_PORT:-443}/$CI_PROJECT_PATH.git"
fi

# field NAME FILE: the first such member of what lockstep printed, one on each line.
field() { sed -n "s/^ *\"$1\": \"\\([^\"]*\\)\",\\{0,1\\}\$/\\1/p" "$2" | head -n 1; }

# made: the tag of the release that was made, or is being made, of this job's commit.
made() {
    lockstep release list -o json >"$work/list"
    awk -v head="$(git rev-parse HEAD)" -F'"' '
        $2 == "step" { step = $4 }
        $2 == "tag" { tag = $4 }
        $2 == "source" && $4 == head && step != "burned" && step != "aborting" { print tag; exit }' "$work/list"
}

# images FILE: name, reference and digest of each, in one line of JSON.
images() {
    # Platforms have names and digests too: those of the item stand before them.
    awk -F'"' '
        $2 == "kind" { is_item = 1 }
        !is_item { next }
        $2 == "name" { name = $4 }
        $2 == "published" { published = $4 }
        $2 == "digest" {
            list = list (list == "" ? "" : ",") "{\"name\":\"" name "\",\"reference\":\"" published "\",\"digest\":\"" $4 "\"}"
            is_item = 0
        }
        END { print "[" list "]" }' "$1"
}

tell() {
    if [ -n "${GITHUB_OUTPUT:-}" ]; then
        printf 'tag=%s\ncommit=%s\nimages=%s\n' "$1" "$2" "$3" >>"$GITHUB_OUTPUT"
    fi
    if [ -n "${RELEASE_ENV:-}" ]; then
        printf 'RELEASE_TAG=%s\nRELEASE_COMMIT=%s\nRELEASE_IMAGES=%s\n' "$1" "$2" "$3" >"$RELEASE_ENV"
    fi
}

tell_released() {
    lockstep release status "$1" -o json >"$work/state"
    commit=$(field commit "$work/state")
    published=$(images "$work/state")
    tell "$1" "$commit" "$published"
    if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
        {
            printf '## %s\n\nCommit `%s`\n\n| image | digest |\n|---|---|\n' "$1" "$commit"
            printf '%s\n' "$published" | sed 's/},{/}\n{/g' |
                sed -n 's/.*"reference":"\([^"]*\)","digest":"\([^"]*\)".*/| `\1` | `\2` |/p'
        } >>"$GITHUB_STEP_SUMMARY"
    fi
}

case $command in
verify)
    set --
    if [ -n "$version" ]; then set -- HEAD --expect "$version"; fi
    if [ "${GITHUB_ACTIONS:-}" = true ]; then set -- "$@" -o github; fi
    lockstep verify "$@"
    ;;
plan)
    [ -n "$version" ] || fail "plan needs a VERSION"
    lockstep release plan "$version"
    lockstep release plan "$version" -o json >"$work/plan"
    tell "$(field tag "$work/plan")" "$(field commit "$work/plan")" '[]'
    ;;
start)
    [ -n "$version" ] || fail "start needs a VERSION"
    case $version in
    major | minor | patch | rc)
        # Counted again, the next version would be another one.
        tag=$(made)
        if [ -n "$tag" ]; then version=$tag; fi
        ;;
    esac
    lockstep release plan "$version" -o json >"$work/plan"
    tag=$(field tag "$work/plan")
    set -- "$tag"
    if [ "${RELEASE_YES:-}" = true ]; then set -- "$tag" --yes; fi
    lockstep release start "$@"
    tell_released "$tag"
    ;;
resume)
    [ -n "$version" ] || fail "resume needs the tag"
    lockstep release resume "$version"
    tell_released "$version"
    ;;
*) fail "usage: release.sh plan|start|resume|verify [VERSION]" ;;
esac
