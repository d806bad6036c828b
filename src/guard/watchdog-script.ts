/**
 * What outlives the engine: a POSIX shell script (dash has no more), run as
 * `sh -c SCRIPT name TAG CGROUP FOLDER`, the last two empty where there are none.
 *
 * It reads lines from stdin: `+ GROUP STARTTIME` a process group runs (`-` for
 * an unknown time), `- GROUP` it is gone, `q` goodbye. When stdin ends without
 * a goodbye, the engine has died: it kills the groups, then all in the cgroup,
 * then whatever carries the tag in its environment until there is nothing left.
 * Its own environment must not hold the tag; its helpers get the tag as an
 * argument only, which nobody looks at.
 *
 * A group whose leader's start time is another one now is left alone: the
 * number was given away again. With the leader gone it can't have been: the
 * kernel gives no number away that is still a living group's.
 */
export const WATCHDOG_SCRIPT = `
trap '' HUP INT QUIT TERM TSTP TTIN TTOU PIPE
exec 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-
tag=$1 cgroup=$2 folder=$3 groups=' '

# Started anew, it begins life inside what it is to kill.
leave_cgroup() {
  [ -n "$cgroup" ] || return 0
  name=\${cgroup##*/}
  echo $$ > "\${cgroup%/*}/cgroup.procs"
  while read -r line; do
    case $line in *"/$name") cgroup= ;; esac
  done < "/proc/$$/cgroup"
}

drop() {
  case $groups in
  *" $1:"*)
    rest=\${groups#*" $1:"}
    groups="\${groups%%" $1:"*} \${rest#* }"
    ;;
  esac
}

# Sets start to when process $1 was started; empty when it is gone.
look_up() {
  start= line=
  [ -r "/proc/$1/stat" ] || return 0
  while read -r part || [ -n "$part" ]; do line=$part; done < "/proc/$1/stat"
  set -- \${line##*) }
  start=\${20}
}

kill_group() {
  if [ "$2" != - ]; then
    look_up "$1"
    [ -z "$start" ] || [ "$start" = "$2" ] || return 0
  fi
  kill -s KILL -- "-$1"
}

kill_cgroup() {
  [ -n "$cgroup" ] || return 0
  echo 1 > "$cgroup/cgroup.kill" && return 0
  # Before Linux 5.14.
  while read -r pid; do kill -s KILL "$pid"; done < "$cgroup/cgroup.procs"
}

# Between fork and exec, and while it is set up, a process shows no environment of its own:
# only several looks in a row that find nothing are an end.
sweep() {
  cd /proc || return 0
  looks=0 quiet=0
  while [ $quiet -lt 5 ] && [ $looks -lt 150 ]; do
    looks=$((looks + 1)) quiet=$((quiet + 1))
    for file in $(printf '%s\\n' [0-9]*/environ | xargs grep -ls -e "$tag="); do
      kill -s KILL "\${file%/environ}" && quiet=0
    done
    [ $quiet -eq 0 ] && [ $looks -lt 50 ] || sleep 0.05
  done
}

tidy() {
  [ -z "$folder" ] || { rm -f "$folder"/*; rmdir "$folder"; }
  tries=0
  while [ -n "$cgroup" ] && [ -d "$cgroup" ] && [ $tries -lt 50 ]; do
    tries=$((tries + 1))
    # Those of a keepup inside this one are left behind in ours.
    find "$cgroup" -depth -type d -exec rmdir {} \\;
    [ ! -d "$cgroup" ] || sleep 0.1
  done
}

leave_cgroup
while read -r verb group time; do
  case $verb in
  +) drop "$group"; groups="$groups$group:$time " ;;
  -) drop "$group" ;;
  q) tidy; exit 0 ;;
  esac
done
for entry in $groups; do kill_group "\${entry%%:*}" "\${entry#*:}"; done
kill_cgroup
sweep
tidy
`;
