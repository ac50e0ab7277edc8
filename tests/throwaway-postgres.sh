#!/bin/sh
# A PostgreSQL server for one test run: sh throwaway-postgres.sh BIN_DIRECTORY
# Prints "ready PORT" once it answers on 127.0.0.1 (user postgres, no password), runs until standard input closes, and leaves nothing
# behind. Living on the caller's pipe, it ends with the caller even when that one is killed. Not to be run as root: PostgreSQL refuses.
set -eu
cd /
bin=$1
dir=$(mktemp -d "${TMPDIR:-/tmp}/applications-postgres.XXXXXX")
server=
# shellcheck disable=SC2317,SC2329 # called by the trap
finish() {
    if [ -n "$server" ]; then
        kill -QUIT "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 143' HUP INT TERM

if ! "$bin/initdb" -D "$dir/data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 >"$dir/log" 2>&1 </dev/null; then
    cat "$dir/log" >&2
    exit 1
fi

for _ in 1 2 3 4 5; do
    port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 10000))
    "$bin/postgres" -D "$dir/data" -p "$port" -h 127.0.0.1 -k "$dir" -c max_connections=200 >"$dir/log" 2>&1 </dev/null &
    server=$!
    waited=0
    # Asked through the socket in our own directory, so that another server on the same port is never taken for ours.
    while kill -0 "$server" 2>/dev/null && [ "$waited" -lt 300 ]; do
        if "$bin/pg_isready" -q -h "$dir" -p "$port"; then
            echo "ready $port"
            cat >/dev/null
            exit 0
        fi
        waited=$((waited + 1))
        sleep 0.1
    done
    kill -QUIT "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
done
cat "$dir/log" >&2
exit 1
