/**
 * Ends what a screen may have set: synchronized output, mouse and focus
 * reports, bracketed paste, hidden cursor, lines that don't wrap, colours,
 * alternate screen. The cursor is saved before the last: leaving the alternate screen a second time,
 * after the launcher or the shell has, would else bring back an old place.
 * Keyboard protocols are not among them: Ink sets none unasked, and popping one
 * could take the shell's.
 */
export const RESETS =
  '\u001B[?2026l\u001B[?1000l\u001B[?1002l\u001B[?1003l\u001B[?1006l\u001B[?1004l' +
  '\u001B[?2004l\u001B[?25h\u001B[?7h\u001B[0m\u001B7\u001B[?1049l';

/** A terminal that stalls (a dead link) is waited for so long. */
const PATIENCE_SECONDS = 60;

/**
 * The guard, for any POSIX shell; dash is the one that most machines have. It
 * must lead a process group of its own, since it ends by killing that.
 *
 * Descriptors: 0 a pipe from the screen's process, 1 takes `ready MODES` once,
 * 3 the terminal. `$1`: the modes to restore; absent: those of now.
 *
 * Lines in: `on`, `off`, `hush`, `say TEXT`, `bye`; the end of the pipe while
 * `on` is a death. Modes are put back only while they are the raw ones that
 * Node sets, which let no key raise a signal: a shell's line editor, which may
 * have set its own by then, always keeps those keys.
 */
export const TERMINAL_SCRIPT = `
trap '' HUP INT QUIT TERM TSTP TTIN TTOU PIPE
exec 2>/dev/null
saved=\${1:-$(stty -g <&3)}
[ "$saved" ] || exit 1
echo "ready $saved"
exec >/dev/null
up= said=
while IFS= read -r line; do
  case $line in
    on) up=1 ;;
    off) up= ;;
    hush) said= ;;
    'say '*) said="$said\${line#say }
" ;;
    bye) exit 0 ;;
  esac
done
[ "$up" ] || exit 0
(sleep ${PATIENCE_SECONDS}; kill -s KILL 0) &
printf '${RESETS.replaceAll('\u001B', '\\033')}' >&3
sleep 0.1 || sleep 1
case $(stty -a <&3) in
  *-isig*-icanon* | *-icanon*-isig*)
    stty "$saved" <&3
    printf '%s' "$said" >&3 ;;
  *)
    # A prompt stands there already.
    printf '%s' "\${said:+
$said}" >&3 ;;
esac
kill -s KILL 0
`;
