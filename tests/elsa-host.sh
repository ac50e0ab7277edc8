#!/usr/bin/env bash
# Loads every definition of workflows/ in an Elsa host, goes every way with it that our engine goes, and prints where the two differ. The exit status is 0
# only when they do nowhere. Arguments: [folder…] [--walks N] [--length N] [--states N] [--charts N] [--seed N]. Not part of run.sh: the packages Elsa and
# Elsa.Expressions.JavaScript are on nuget.org, but not on every feed. ELSA_FEED names a folder or address that has them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
project=tests/Applications.ElsaHost
dotnet build "$project" -c Release -v quiet -nologo ${ELSA_FEED:+-p:RestoreAdditionalProjectSources="$ELSA_FEED"} >&2
exec "$project/bin/Release/net10.0/Applications.ElsaHost" "$@"
