#!/bin/bash
# without.sh FOLDER COMMAND…: runs COMMAND where FOLDER is empty. Called by "unshare --mount" (common.sh).
set -eu
mount -t tmpfs -o size=64k,mode=755 none "$1"
shift
exec "$@"
