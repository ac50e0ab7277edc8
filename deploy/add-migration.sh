#!/usr/bin/env bash
# Adds one migration for all three providers, or none: bash deploy/add-migration.sh NAME
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

name=${1:-}
if ! [[ $name =~ ^[A-Z][A-Za-z0-9]+$ ]]; then
    echo "Usage: bash deploy/add-migration.sh NAME   (PascalCase, what changes: AddObjections)" >&2
    exit 2
fi

project=src/Applications.Data
if [ -n "$(git status --porcelain -- "$project/Providers")" ]; then
    echo "$project/Providers has uncommitted changes: a failed run could not be taken back." >&2
    exit 1
fi

undo() {
    echo "Not added for any provider." >&2
    git checkout -q -- "$project/Providers"
    git clean -fdq -- "$project/Providers"
}
trap undo ERR

dotnet tool restore
dotnet build "$project" -v quiet
for provider in Sqlite Postgres SqlServer; do
    echo "== $provider"
    dotnet ef migrations add "$name" --no-build --project "$project" --startup-project "$project" \
        --context "${provider}DbContext" --output-dir "Providers/$provider/Migrations"
done
