#!/usr/bin/env bash
# Builds, tests, shows and measures ContainerSandbox. Run with --help for the tasks.
# shellcheck disable=SC2034,SC2154 # the parts in tools/ share variables
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"

configuration=Release
install=false
tasks=()
test_arguments=()

for part in common parts engine base-image layout run-tests; do
  # shellcheck source=/dev/null
  source "tools/$part.sh"
done

usage() {
  cat <<'TEXT'
usage: ./build.sh [task...] [--install] [--configuration Release|Debug] [-- argument...]

tasks (default: build)
  clean   remove everything that was built
  build   compile, and lay the module out in output/ContainerSandbox
  test    build, then run every test; the last line counts them
  demo    build, then run examples/quickstart.ps1
  bench   build, then run the benchmark program

--install         bring what a task lacks with apt-get; without it the missing part is named (exit code 2)
--configuration   Release unless told otherwise
-- argument...    handed to 'dotnet test' (for example -- --filter Claim) or to the benchmark program (-- --quick)

test, demo and bench use the engine that answers at DOCKER_HOST or the default socket. Where none answers they start a
private one below a temporary folder, as root, and take it down again. CONTAINERSANDBOX_IMAGE names the image to use;
unless set, a small one is made of the machine's static busybox.
TEXT
}

parse() {
  while [ $# -gt 0 ]; do
    case $1 in
      clean | build | test | demo | bench) tasks+=("$1") ;;
      --install) install=true ;;
      --configuration)
        case ${2:-} in Release | Debug) configuration=$2 ;; *) fail 2 "--configuration takes Release or Debug" ;; esac
        shift ;;
      -h | --help) usage; exit 0 ;;
      --) shift; test_arguments=("$@"); break ;;
      *) usage >&2; fail 2 "unknown argument '$1'" ;;
    esac
    shift
  done
  [ ${#tasks[@]} -gt 0 ] || tasks=(build)
}

built=false
task_build() {
  $built && return
  run dotnet build ContainerSandbox.sln --configuration "$configuration" "${quiet_build[@]}"
  lay_out
  built=true
}

task_clean() {
  rm -rf output
  find src tests tools benchmarks -type d \( -name bin -o -name obj -o -name TestResults \) -prune -exec rm -rf {} + 2>/dev/null || true
  built=false
}

task_test() {
  task_build
  engine_up
  run_tests
}

task_demo() {
  task_build
  engine_up
  if command -v pwsh >/dev/null; then
    run pwsh -NoProfile -NonInteractive -File examples/quickstart.ps1
  else
    run dotnet "tools/EmbeddedShell/bin/$configuration/net10.0/EmbeddedShell.dll" -File examples/quickstart.ps1
  fi
}

task_bench() {
  task_build
  engine_up
  run dotnet "benchmarks/ContainerSandbox.Benchmarks/bin/$configuration/net10.0/ContainerSandbox.Benchmarks.dll" \
    ${test_arguments[@]+"${test_arguments[@]}"}
}

parse "$@"
trap on_exit EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
need_parts "${tasks[@]}"
for task in "${tasks[@]}"; do "task_$task"; done
