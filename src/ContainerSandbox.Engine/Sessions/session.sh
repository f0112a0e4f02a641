# The loop of a command session, for any POSIX shell. $1 is the group id that only this session has.
# A request is a line with a number n and n lines, or b, a number n and n bytes; f and a mark say that the next one is a command. Nothing
# may follow a request before it is answered, for most shells read it in blocks. Nothing here starts a process unless a comment says so.
umask 002
trap : TERM
__cs_gid=$1
set --
__cs_child=
__cs_tab='	'

# Shells that read to the end of a file before they begin cannot take a request from a pipe as a script.
__cs_script=true
[ -z "$BASH_VERSION$KSH_VERSION$ZSH_VERSION$YASH_VERSION" ] || __cs_script=false

# Takes the next request and evaluates it. Reading a line costs system calls for each byte; as a script a request costs one. A large one
# starts head; where that fails the session ends, since what was not read would be taken for requests.
__cs_take() {
  IFS= read -r __cs_n || exit
  case $__cs_n in
    f*) __cs_fork "${__cs_n#f}"; return ;;
    b*) __cs_t=$(head -c "${__cs_n#b}") || exit ;;
    *)
      if $__cs_script; then
        . /dev/stdin
        return
      fi
      __cs_t=
      while [ "$__cs_n" -gt 0 ]; do
        IFS= read -r __cs_l || exit
        __cs_t="$__cs_t$__cs_l
"
        __cs_n=$((__cs_n - 1))
      done ;;
  esac
  eval "$__cs_t"
}

# Ends a request that is no command: the mark, the status before it, and 0.
__cs_ok() { printf '%s %s 0\n' "$2" "$1"; }

# The variables of the claim; replaced when the session is armed.
__cs_e() { :; }

# True when process directory $1 is alive and its field $2 (Uid or Gid) is $3. Bash reads a file in pieces and goes back to the end
# of each line; when the text before it changes its length meanwhile, as that of a state does, the field is missed and looked for again.
__cs_is() {
  __cs_y=0
  while [ "$__cs_y" -lt 30 ]; do
    while IFS=" $__cs_tab" read -r __cs_k __cs_v __cs_o; do
      case $__cs_k in
        State:) case $__cs_v in Z|X) return 1 ;; esac ;;
        "$2:") [ "$__cs_v" = "$3" ]; return ;;
      esac
    done 2>/dev/null <"$1/status" || return 1
    __cs_y=$((__cs_y + 1))
  done
  return 1
}

# The pids whose field $1 is $2, without this shell's own, those in $3 and those of the groups in $4, into __cs_f.
__cs_find() {
  __cs_f=
  for __cs_d in /proc/[0-9]*; do
    case " $$ $3 " in *" ${__cs_d#/proc/} "*) continue ;; esac
    __cs_is "$__cs_d" "$1" "$2" || continue
    for __cs_g in $4; do
      __cs_is "$__cs_d" Gid "$__cs_g" && continue 2
    done
    __cs_f="$__cs_f ${__cs_d#/proc/}"
  done
}

# Forks ahead: the child takes a request that is a command and becomes it, so that the command does not wait for the fork. $1 is its mark.
__cs_fork() {
  __cs_m=$1
  set -- /proc/[0-9]*
  __cs_b=" $* "
  (
    __cs_child=1
    __cs_take
  )
  __cs_z
}

# In the child, before its command: that it begins, with the mark, which it then forgets, since a command that shows its variables would
# show it; no input; and the variables of the claim. Where the child was ended while it waited, the session ends with it: it must not
# become the command itself.
__cs_s() {
  [ -n "$__cs_child" ] || exit
  printf '%s+' "$__cs_m"
  __cs_child= __cs_m= __cs_n= __cs_t= __cs_b= __cs_l=
  exec </dev/null
  __cs_e
}

# After a command: on both streams the mark, with exit code and number of processes left on standard output.
__cs_z() {
  __cs_r=$?
  set -- /proc/[0-9]*
  __cs_l=0
  case $__cs_b in
    " $* ") ;;
    *)
      for __cs_q do
        case $__cs_b in *" $__cs_q "*) continue ;; esac
        __cs_is "$__cs_q" Gid "$__cs_gid" && __cs_l=$((__cs_l + 1))
      done ;;
  esac
  printf %s "$__cs_m" >&2
  printf '%s %s %s\n' "$__cs_m" "$__cs_r" "$__cs_l"
}

# Runs __cs_c in the child. The space keeps one that begins with a dash from being an option of eval.
__cs_w() {
  set --
  __cs_s
  eval "$__cs_p"
  eval " $__cs_c"
}

# Becomes the command in __cs_c: that it begins, then nothing but its streams.
__cs_o() {
  trap - TERM
  printf '%s+' "$1"
  set --
  __cs_e
  eval "$__cs_p"
  eval " $__cs_c"
  exit
}

# Kills process group $2 and whatever else has the group id $1, also what hides from its group. Everything is stopped first: what
# keeps forking is otherwise never all there when it is looked for. Status 1 when something is left after many rounds.
__cs_kill() {
  kill -STOP -1 2>/dev/null
  kill -9 "-$2" 2>/dev/null
  __cs_i=0
  while [ "$__cs_i" -lt 2000 ]; do
    __cs_find Gid "$1"
    [ -n "$__cs_f" ] || break
    kill -9 $__cs_f 2>/dev/null
    __cs_i=$((__cs_i + 1))
  done
  kill -CONT -1 2>/dev/null
  [ -z "$__cs_f" ]
}

# Kills everything of user $1 but this shell; status 1 when something is left after many rounds.
__cs_clear() {
  __cs_i=0
  while [ "$__cs_i" -lt 2000 ]; do
    kill -9 -1 2>/dev/null
    __cs_find Uid "$1"
    [ -n "$__cs_f" ] || return 0
    __cs_i=$((__cs_i + 1))
  done
  return 1
}

while :; do
  __cs_take
done
