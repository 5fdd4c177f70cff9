# shellcheck shell=bash
# Sourced by tools/setup, tools/baya, tools/demo and tests/run: where things are, and how one
# target is built without noise.

BAYA_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
export LC_ALL=C.UTF-8

# Emscripten 3.1.6 looks for acorn through NODE_PATH; Debian keeps it here.
export NODE_PATH="${NODE_PATH:-/usr/share/nodejs}"

# A Node that tools/setup had to fetch because the release's own is too old.
BAYA_NODE_DIR="$BAYA_ROOT/build/node"
for baya_node_bin in "$BAYA_NODE_DIR"/node_modules/node-linux-*/bin; do
  if [[ -x "$baya_node_bin/node" ]]; then export PATH="$baya_node_bin:$PATH"; fi
done
unset baya_node_bin

# Real data and conformance vectors; empty when there are none.
if [[ -z "${BAYA_SHARED:-}" && -d "$BAYA_ROOT/../shared" ]]; then
  BAYA_SHARED="$BAYA_ROOT/../shared"
fi
if [[ -n "${BAYA_SHARED:-}" ]]; then
  if [[ ! -d "$BAYA_SHARED" ]]; then
    echo "BAYA_SHARED names '$BAYA_SHARED', which is not a folder." >&2
    exit 2
  fi
  BAYA_SHARED="$(cd "$BAYA_SHARED" && pwd)"
  export BAYA_SHARED
fi

# baya_commands: the commands of tools/baya, one a line. A command is a folder of tools/ with an
# about.txt, whose first line says what the command does and whose other lines are examples.
baya_commands() {
  local about
  for about in "$BAYA_ROOT"/tools/*/about.txt; do
    if [[ -f "$about" ]]; then basename "$(dirname "$about")"; fi
  done
}

# baya_configure PRESET: configures build/PRESET once; later changes are ninja's to notice.
# Tests are built by the presets `asan`, `dev` and `wasm`; `release` holds the programs.
baya_configure() {
  local preset=$1 options=()
  if [[ -f "$BAYA_ROOT/build/$preset/build.ninja" ]]; then return 0; fi
  if [[ "$preset" == wasm && -n "${EMSDK:-}" ]]; then
    options+=("-DCMAKE_TOOLCHAIN_FILE=$EMSDK/upstream/emscripten/cmake/Modules/Platform/Emscripten.cmake")
  fi
  (cd "$BAYA_ROOT" && cmake --preset "$preset" "${options[@]}")
}

# baya_build PRESET [TARGET...]: configures if need be, then builds (all without TARGET).
baya_build() {
  local preset=$1
  shift
  baya_configure "$preset" || return 1
  ninja -C "$BAYA_ROOT/build/$preset" -j "$(nproc)" "$@"
}

# baya_build_quietly PRESET TARGET...: one progress line on stderr when there is work, the whole
# output only if it fails.
baya_build_quietly() {
  local preset=$1 log
  shift
  if [[ -f "$BAYA_ROOT/build/$preset/build.ninja" ]] &&
    [[ "$(ninja -C "$BAYA_ROOT/build/$preset" -n "$@" 2>&1)" == *"no work to do"* ]]; then
    return 0
  fi
  echo "building $* ($preset; the first time takes a few minutes) ..." >&2
  mkdir -p "$BAYA_ROOT/build"
  log="$BAYA_ROOT/build/$preset-build.log"
  if ! baya_build "$preset" "$@" >"$log" 2>&1; then
    cat "$log" >&2
    echo "building $* ($preset) failed; the output above is also in $log" >&2
    return 1
  fi
}

# baya_setup_once GROUP: runs tools/setup --GROUP unless it succeeded since the lists changed.
baya_setup_once() {
  local stamp="$BAYA_ROOT/build/setup/$1" input
  for input in tools/setup package-lock.json tools/fetch-libsodium; do
    if [[ -e "$BAYA_ROOT/$input" && ! "$stamp" -nt "$BAYA_ROOT/$input" ]]; then
      "$BAYA_ROOT/tools/setup" "--$1" >&2
      return
    fi
  done
}
