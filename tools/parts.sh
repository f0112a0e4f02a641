# shellcheck shell=bash disable=SC2034,SC2154 # build.sh and its parts share variables
# What the tasks need from the machine, and the packages that bring it.

missing=()

need() { # package, command that succeeds when the part is there
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || missing+=("$package")
}

has_static_busybox() { local file; file=$(command -v busybox) && ! ldd "$file" >/dev/null 2>&1; }
has_c_headers() { printf '#include <stdio.h>\n' | gcc -E -x c - ; }
is_debian() { grep -qs '^ID=debian' /etc/os-release; }
has_package() { apt-cache show "$1" >/dev/null 2>&1; }

need_container_parts() {
  need docker.io command -v docker
  [ -n "${CONTAINERSANDBOX_IMAGE:-}" ] || need busybox-static has_static_busybox
  if ! command -v docker >/dev/null || ! engine_answers; then
    need docker.io command -v dockerd
    need util-linux command -v setsid
  fi
}

need_test_parts() {
  need iptables command -v iptables
  need docker.io command -v dockerd
  need gcc command -v gcc
  need libc6-dev has_c_headers
  need docker-registry command -v docker-registry
  need openssh-server test -x /usr/sbin/sshd
  need openssh-client command -v ssh
  need dash command -v dash
  need procps command -v ps
  # Elsewhere it is no package of this kind; the test that needs it is left out there, and counted as such.
  ! is_debian || need chromium command -v chromium
  need podman command -v podman
  need runc test -x /usr/sbin/runc
  need catatonit command -v catatonit
}

collect_missing() {
  local task
  missing=()
  for task in "$@"; do
    case $task in
      test) need_container_parts; need_test_parts ;;
      demo | bench) need_container_parts ;;
    esac
  done
  [ ${#missing[@]} -eq 0 ] || mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
}

install_missing() {
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  say "Installing ${missing[*]}"
  run "${as_root[@]}" apt-get update -qq
  # Newer releases keep the command line in a package of its own.
  case " ${missing[*]} " in *' docker.io '*) ! has_package docker-cli || missing+=(docker-cli) ;; esac
  run "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
  hash -r
}

need_parts() {
  case " $* " in ' clean ') return ;; esac
  command -v dotnet >/dev/null || fail 2 "dotnet is missing: install the .NET 10 SDK (https://dot.net)"
  collect_missing "$@"
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null ||
    fail 2 "missing: what Debian's packages ${missing[*]} hold; install it with this machine's package manager"
  $install || fail 2 "missing: ${missing[*]}. Bring it with 'apt-get install ${missing[*]}', or give --install"
  install_missing
  collect_missing "$@"
  [ ${#missing[@]} -eq 0 ] || fail 2 "still missing after the installation: ${missing[*]}"
}
