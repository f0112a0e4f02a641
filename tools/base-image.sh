# shellcheck shell=bash
# The image that tests, demo and benchmarks use: the machine's static busybox and nothing else.

base_image=containersandbox-base:latest
base_image_imported=false

base_image_up() {
  [ -z "${CONTAINERSANDBOX_IMAGE:-}" ] || return 0
  export CONTAINERSANDBOX_IMAGE=$base_image
  ! docker image inspect "$base_image" >/dev/null 2>&1 || return 0
  local root
  root=$(mktemp -d)
  lay_root "$root"
  tar --create --directory "$root" --owner=0 --group=0 --numeric-owner . |
    docker import --change 'LABEL containersandbox-base=1' - "$base_image" >/dev/null || { rm -rf "$root"; return 1; }
  rm -rf "$root"
  base_image_imported=true
}

lay_root() {
  local applet
  mkdir -p "$1/bin" "$1/etc" "$1/root" "$1/tmp"
  chmod 755 "$1"
  chmod 700 "$1/root"
  chmod 1777 "$1/tmp"
  cp "$(readlink -f "$(command -v busybox)")" "$1/bin/busybox"
  chmod 755 "$1/bin/busybox"
  for applet in $(busybox --list); do
    [ "$applet" = busybox ] || ln -s busybox "$1/bin/$applet"
  done
  echo 'root:x:0:0:root:/root:/bin/sh' >"$1/etc/passwd"
  echo 'root:x:0:' >"$1/etc/group"
}

# A private engine goes with everything in it; any other gets back the state that it had.
base_image_down() {
  $base_image_imported || return 0
  base_image_imported=false
  [ -n "$engine_folder" ] || timeout -k 1 20 docker image rm "$base_image" >/dev/null 2>&1 ||
    warn "build.sh: the image $base_image could not be removed"
}
