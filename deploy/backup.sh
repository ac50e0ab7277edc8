#!/usr/bin/env bash
# One dated copy of database and files: bash deploy/backup.sh DIRECTORY
# PostgreSQL: set PGHOST, PGDATABASE, PGUSER and a ~/.pgpass. SQLite: leave PGDATABASE unset.
# STORAGE_ROOT is the setting Storage:Root, by default /var/lib/applications.
set -euo pipefail
umask 077

target=${1:?Usage: bash deploy/backup.sh DIRECTORY}
root=${STORAGE_ROOT:-/var/lib/applications}
unfinished="$target/unfinished-$$"
mkdir -p "$unfinished"
trap 'rm -rf "$unfinished"' EXIT

# The database first: a file is on disk before its row is committed, so whatever the dump names is still to be copied.
if [ -n "${PGDATABASE:-}" ]; then
    pg_dump --format=custom --file="$unfinished/applications.dump"
else
    sqlite3 "$root/applications.db" ".backup '$unfinished/applications.db'"
    [ "$(sqlite3 "$unfinished/applications.db" 'PRAGMA integrity_check')" = ok ]
fi

if [ -d "$root/files" ]; then
    tar --create --gzip --file="$unfinished/files.tar.gz" --exclude=files/incoming --directory="$root" files
fi

(cd "$unfinished" && sha256sum -- * >SHA256SUMS)
finished="$target/$(date -u +%Y%m%dT%H%M%SZ)"
mv "$unfinished" "$finished"
echo "$finished"
