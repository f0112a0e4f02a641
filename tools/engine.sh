# shellcheck shell=bash
# The container engine of a run: the one that answers, or a private one that lives as long as build.sh.

engine_folder=
engine_ready=false

engine_answers() { timeout -k 1 3 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

engine_up() {
  $engine_ready && return
  if engine_answers; then
    # The module does not read the contexts of the docker command.
    [ -n "${DOCKER_HOST:-}" ] || DOCKER_HOST=$(docker context inspect --format '{{.Endpoints.docker.Host}}')
    export DOCKER_HOST
    say "Engine: $DOCKER_HOST"
  else
    start_engine
  fi
  engine_ready=true
  base_image_up
}

start_engine() {
  [ "$(id -u)" -eq 0 ] || fail 2 "no engine answers, and a private one needs root: start Docker, or run as root"
  [ -z "${DOCKER_HOST:-}" ] || say "No engine answers at $DOCKER_HOST."
  sweep_engines
  engine_folder=$(new_engine_folder)
  echo "$$ $(start_time $$)" >"$engine_folder/owner"
  echo '{}' >"$engine_folder/daemon.json"
  unset DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH
  export DOCKER_HOST=unix://$engine_folder/docker.sock
  # A session of its own, so that Ctrl+C at the terminal reaches this script and not the engine. The namespaces keep it
  # apart where a containerd of the machine answers and is used.
  setsid dockerd --config-file "$engine_folder/daemon.json" --host "$DOCKER_HOST" --pidfile "$engine_folder/pid" \
    --data-root "$engine_folder/data" --exec-root "$engine_folder/exec" --bridge=none --iptables=false \
    --containerd-namespace "${engine_folder##*/}" --containerd-plugins-namespace "${engine_folder##*/}-plugins" \
    >"$engine_folder/log" 2>&1 </dev/null &
  local dockerd=$!
  echo "$dockerd" >"$engine_folder/dockerd"
  wait_until 60 engine_settled "$dockerd" || true
  if ! alive "$dockerd" || ! engine_answers; then
    warn "The engine's log ends so:"
    tail -n 15 "$engine_folder/log" >&2
    fail 1 "the private engine does not answer"
  fi
  say "Engine: private, $DOCKER_HOST"
}

engine_settled() { ! alive "$1" || engine_answers; }

# The path of a unix socket has room for about 100 characters.
new_engine_folder() {
  local base=${TMPDIR:-/tmp}
  [ ${#base} -le 60 ] || base=/tmp
  mktemp -d "${base%/}/cs-engine.XXXXXX"
}

start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20; }

# Engines whose build.sh was killed outright.
sweep_engines() {
  local folder pid started
  for folder in "${TMPDIR:-/tmp}"/cs-engine.* /tmp/cs-engine.*; do
    [ -r "$folder/owner" ] || continue
    read -r pid started <"$folder/owner" || continue
    if ! alive "$pid" || [ "$(start_time "$pid")" != "$started" ]; then remove_engine "$folder" || true; fi
  done
}

engine_down() {
  local folder=$engine_folder
  engine_folder=
  [ -z "$folder" ] || remove_engine "$folder"
}

# Every wait in here is bounded: containers, daemon, what the daemon started, mounts, folder.
remove_engine() {
  local folder=$1 pid containers
  pid=$(cat "$folder/dockerd" 2>/dev/null) || pid=
  if is_engine_process "$pid" "$folder"; then
    mapfile -t containers < <(timeout -k 1 5 docker --host "unix://$folder/docker.sock" ps --all --quiet 2>/dev/null)
    [ ${#containers[@]} -eq 0 ] ||
      timeout -k 1 20 docker --host "unix://$folder/docker.sock" rm --force "${containers[@]}" >/dev/null 2>&1 || true
    kill -TERM "$pid" 2>/dev/null || true
    wait_until 20 is_gone "$pid" || kill -KILL "$pid" 2>/dev/null || true
  fi
  for pid in $(engine_processes "$folder"); do kill -TERM "$pid" 2>/dev/null || true; done
  wait_until 5 no_engine_processes "$folder" || true
  for pid in $(engine_processes "$folder"); do kill -KILL "$pid" 2>/dev/null || true; done
  wait_until 5 no_engine_processes "$folder" || true
  unmount_below "$folder"
  rm -rf --one-file-system "$folder" || warn "build.sh: '$folder' could not be removed"
}

is_engine_process() {
  alive "$1" && grep -qsF -- "$2/" "/proc/$1/cmdline"
}

# Ids of the daemons whose command line names this folder, which is nobody else's.
engine_processes() {
  local file name
  for file in /proc/[0-9]*/comm; do
    name=$(cat "$file" 2>/dev/null) || continue
    case $name in dockerd | containerd* | runc) ;; *) continue ;; esac
    ! is_engine_process "$(basename "${file%/comm}")" "$1" || basename "${file%/comm}"
  done
}

no_engine_processes() { [ -z "$(engine_processes "$1")" ]; }

unmount_below() {
  local target
  cut -d ' ' -f 5 /proc/self/mountinfo | { grep -F -- "$1/" || true; } | sort -r | while read -r target; do
    umount --lazy "$target" 2>/dev/null || true
  done
}
