#!/bin/bash
# What the rig's sshd runs for every session (it lies in the rig's folder as "session"): an environment that has
# nothing of this machine's but the path, then the command by the login shell, as sshd itself would do it.
folder=$(dirname "$0")
keep=("HOME=$HOME" "USER=$(id -un)" "LOGNAME=$(id -un)" SHELL=/bin/bash "PATH=$PATH" "EMBELLIE_RIG=$folder")
for name in SSH_CONNECTION SSH_TTY TERM DISPLAY; do
    [[ -z ${!name:-} ]] || keep+=("$name=${!name}")
done
cd "$HOME" || exit 1
mapfile -t -O "${#keep[@]}" keep <"$folder/variables"
case ${SSH_ORIGINAL_COMMAND-} in
"") exec env -i "${keep[@]}" /bin/bash -l ;;
internal-sftp | */sftp-server) exec env -i "${keep[@]}" /usr/lib/openssh/sftp-server ;;
*) exec env -i "${keep[@]}" /bin/bash -c "$SSH_ORIGINAL_COMMAND" ;;
esac
