#!/usr/bin/env bash
# Everything that has to hold, in one command: restore, format, build, and every test project against real databases and a real browser.
# The last line says how many tests passed, failed and were skipped; the exit status is 0 only when all is well.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
exec </dev/null

export LC_ALL=C.UTF-8 DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
export PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
export NO_PROXY="${NO_PROXY:+$NO_PROXY,}127.0.0.1,localhost"

projects=(Domain.Tests Data.Tests Web.Tests BrowserTests)
project_limit=900 # seconds; a test that hangs must not hang the run
work=$(mktemp -d)
passed=0 failed=0 skipped=0 broken=0

# shellcheck disable=SC2317,SC2329 # called by the trap
finish() {
    stop_postgres
    if [ -s "$work/failures" ]; then
        echo "== Failed tests"
        cat "$work/failures"
    fi
    rm -rf "$work"
    echo "$passed passed, $failed failed, $skipped skipped"
    if [ "$broken" -ne 0 ] || [ "$failed" -ne 0 ] || [ "$passed" -eq 0 ]; then
        exit 1
    fi
    exit 0
}
trap finish EXIT
trap 'broken=1; exit' HUP INT TERM

# Output goes to a file, not to our own: a compiler server that outlives the step would keep the reader of our output waiting.
step() {
    local name=$1 began=$SECONDS
    shift
    echo "== $name"
    if "$@" >"$work/log" 2>&1; then
        echo "   $((SECONDS - began)) s"
        return
    fi
    cat "$work/log"
    echo "== $name FAILED"
    broken=1
    return 1
}

postgres_bin() {
    local found
    found=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
    [ -x "$found" ] && dirname "$found"
}

chromium_path() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

# maildev comes from the npm registry into a folder outside of the repository, and is kept there for the next run.
install_maildev() {
    local folder=${TMPDIR:-/tmp}/applications-tools
    local script=$folder/node_modules/maildev/bin/maildev
    if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
        echo "Missing: node and npm. The test with a real mailbox is skipped."
        return
    fi
    local before=$broken
    [ -f "$script" ] || step "install maildev" npm install --no-audit --no-fund --prefix "$folder" maildev@2.2.1 || broken=$before
    if [ -f "$script" ]; then
        export APPLICATIONS_TEST_MAILDEV=$script
    fi
}

install_missing() {
    local missing=()
    command -v npm >/dev/null || missing+=(nodejs npm)
    postgres_bin >/dev/null || missing+=(postgresql)
    chromium_path >/dev/null || missing+=(chromium)
    compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK*' >/dev/null || missing+=(fonts-noto-cjk)
    [ ${#missing[@]} -eq 0 ] && return
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "Missing: ${missing[*]}. What needs them is skipped. To have it run: sudo apt-get install ${missing[*]}"
        return
    fi
    step "install ${missing[*]}" install_packages "${missing[@]}"
}

# shellcheck disable=SC2317,SC2329 # called through step
install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q && apt-get install -y -q --no-install-recommends "$@"
}

start_postgres() {
    local bin script as=() word port
    bin=$(postgres_bin) || return
    script=$(<tests/throwaway-postgres.sh)
    [ "$(id -u)" -eq 0 ] && as=(runuser -u postgres --)
    coproc POSTGRES { exec "${as[@]}" sh -c "$script" throwaway-postgres "$bin"; }
    # shellcheck disable=SC2153 # set by coproc
    postgres_pid=$POSTGRES_PID
    if read -r -t 120 word port <&"${POSTGRES[0]}" && [ "$word" = ready ]; then
        export APPLICATIONS_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
        echo "== PostgreSQL on port $port"
    else
        echo "== PostgreSQL did not start"
        broken=1
    fi
}

# The server lives on our end of the pipe and clears up after itself.
stop_postgres() {
    [ -n "${postgres_pid:-}" ] || return
    if [ -n "${POSTGRES[1]:-}" ]; then
        eval "exec ${POSTGRES[1]}>&-"
    fi
    wait "$postgres_pid" 2>/dev/null
    postgres_pid=
}

run_project() {
    local name=Applications.$1 began=$SECONDS status=0 summary
    local program="tests/$name/bin/Release/net10.0/$name"
    echo "== $name"
    timeout --kill-after=20 "$project_limit" "$program" -noColor -noLogo >"$work/log" 2>&1 || status=$?
    cat "$work/log"
    echo "   $((SECONDS - began)) s"
    # Once more at the end, where they are not lost in the output of a thousand tests: each failed test with its message and stack.
    awk '/ \[FAIL\]$/ { told = 1; print; next } told && /^      / { print; next } { told = 0 }' "$work/log" >>"$work/failures"

    summary=$(sed -nE 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+), Not Run: ([0-9]+).*/\1 \2 \3 \4 \5/p' "$work/log" | tail -n 1)
    local total=0 errors=0 bad=0 left=0 unrun=0
    [ -n "$summary" ] && read -r total errors bad left unrun <<<"$summary"
    passed=$((passed + total - bad - left - unrun))
    failed=$((failed + bad + errors))
    skipped=$((skipped + left))
    if [ "$status" -ne 0 ] && [ $((bad + errors)) -eq 0 ]; then
        echo "== $name ended with status $status and no failed test (124: it took longer than $project_limit s)"
        broken=1
    fi
}

if ! command -v dotnet >/dev/null; then
    echo "The .NET SDK named in global.json is missing: https://dotnet.microsoft.com/download"
    broken=1
    exit
fi

install_missing
step "restore tools" dotnet tool restore || exit
step "restore" dotnet restore Applications.sln --locked-mode || exit
# A layout fault is a failure, but no reason to hold back what the tests have to say.
step "format" dotnet format Applications.sln --verify-no-changes --no-restore
step "build" dotnet build Applications.sln -c Release --no-restore -v quiet || exit

if chromium=$(chromium_path); then
    export APPLICATIONS_TEST_CHROMIUM=$chromium
fi
install_maildev
start_postgres
for project in "${projects[@]}"; do
    run_project "$project"
done
