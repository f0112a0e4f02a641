# shellcheck shell=bash
# What every part of build.sh uses: messages, bounded waits, and children that end with it.

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
fail() {
  local code=$1
  shift
  warn "build.sh: $*"
  exit "$code"
}

# The daemons are not on every PATH.
PATH=$PATH:/usr/sbin:/sbin

# Build servers would outlive the build and hold its output open.
# shellcheck disable=SC2034 # used by the tasks
quiet_build=(--nologo --verbosity quiet -nodeReuse:false -p:UseSharedCompilation=false)
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# True while process $1 lives. A zombie that nobody reaps is dead.
alive() {
  [ -n "$1" ] || return 1
  if [ -d /proc/self ]; then
    [ -r "/proc/$1/stat" ] && ! grep -q '^State:[[:space:]]*[ZX]' "/proc/$1/status" 2>/dev/null
  else
    kill -0 "$1" 2>/dev/null
  fi
}

# Waits until a command succeeds, $1 seconds at most.
wait_until() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.1
  done
}

is_gone() { ! alive "$1"; }

# Runs a command in a session of its own: Ctrl+C and TERM reach this script first, which then ends the command with
# everything that it started. A command in the foreground would delay them until it ends by itself.
running=
run() {
  local code=0
  if command -v setsid >/dev/null && env --default-signal=INT true 2>/dev/null; then
    env --default-signal=INT,QUIT setsid "$@" &
  else
    "$@" &
  fi
  running=$!
  wait "$running" || code=$?
  running=
  return "$code"
}

end_running() {
  local pid=$running
  [ -n "$pid" ] || return 0
  running=
  kill -TERM -- "-$pid" 2>/dev/null || kill -TERM "$pid" 2>/dev/null || true
  wait_until 5 is_gone "$pid" || true
  kill -KILL -- "-$pid" 2>/dev/null || true
}

on_exit() {
  local code=$?
  trap '' HUP INT TERM
  set +e
  end_running
  base_image_down
  engine_down
  exit "$code"
}
