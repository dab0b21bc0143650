#!/bin/sh
# Puts simdjson.h and simdjson.cpp (the single-header form) into the folder that is named, once.
# Debian packages simdjson as a shared library alone, and that one pulls in libstdc++.
set -eu

target=${1:?usage: get_simdjson.sh FOLDER}
package='@nozbe/simdjson@3.9.4'
header_sha256=88a44cd77e0b443724f52bed7a3b86bcd84ed1c29a451ecc94210fc7d6aef069
source_sha256=a0410ae49e2e2fd967330fc22f91d7a06f3f6c5988bf53faa4855c2e3dee2805

if [ -f "$target/simdjson.h" ] && [ -f "$target/simdjson.cpp" ]; then exit 0; fi

mkdir -p "$target"
scratch=$(mktemp -d "$target/fetch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

# The package of npm, whatever registry npm is set up for; the files are known by their digests.
from_npm() {
  command -v npm >/dev/null || return 1
  (cd "$scratch" && npm pack --silent "$package" >/dev/null && tar -xzf ./*.tgz) || return 1
  header=$scratch/package/src/simdjson.h
  source=$scratch/package/src/simdjson.cpp
  printf '%s  %s\n' "$header_sha256" "$header" "$source_sha256" "$source" |
    sha256sum --check --quiet --strict >&2 || {
    echo "get_simdjson.sh: $package is not what was pinned; nothing was taken" >&2
    exit 1
  }
}

# Debian's source package, from the machine's own list of mirrors; apt checks the signatures.
from_debian() {
  command -v apt-get >/dev/null && command -v dpkg-source >/dev/null || return 1
  mkdir -p "$scratch/lists/partial"
  {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null || true
  } | sed -n 's/^deb /deb-src /p' >"$scratch/sources.list"
  mkdir "$scratch/sources.d"
  for list in /etc/apt/sources.list.d/*.sources; do
    [ -f "$list" ] || continue
    sed 's/^Types:.*/Types: deb-src/' "$list" >"$scratch/sources.d/$(basename "$list")"
  done
  (
    cd "$scratch"
    set -- -q -o "Dir::Etc::sourcelist=$scratch/sources.list" \
      -o "Dir::Etc::sourceparts=$scratch/sources.d" -o "Dir::State::lists=$scratch/lists" \
      -o APT::Sandbox::User=root
    apt-get "$@" update >&2 && apt-get "$@" source simdjson >&2
  ) || return 1
  header=$(find "$scratch" -path '*/singleheader/simdjson.h' | head -n 1)
  source=$(find "$scratch" -path '*/singleheader/simdjson.cpp' | head -n 1)
  [ -n "$header" ] && [ -n "$source" ]
}

if ! from_npm && ! from_debian; then
  echo "get_simdjson.sh: simdjson was found neither with npm nor with apt-get source." >&2
  echo "Install npm, or put simdjson.h and simdjson.cpp into $target yourself." >&2
  exit 1
fi

# The source last, and each by rename: whoever sees both sees them whole.
touch "$header" "$source"
mv "$header" "$target/simdjson.h"
mv "$source" "$target/simdjson.cpp"
