# shellcheck shell=bash disable=SC2034,SC2154 # build.sh and its parts share variables
# Runs the test projects one after another and adds up what they report.

results=output/test-results
passed=0 failed=0 skipped=0

run_tests() {
  local project
  rm -rf "$results"
  mkdir -p "$results"
  passed=0 failed=0 skipped=0
  for project in tests/*/*.csproj; do run_project "$project"; done
  run_pester
  local code=0
  if [ "$failed" -gt 0 ] || [ $((passed + failed)) -eq 0 ]; then code=1; fi
  [ $((passed + failed)) -gt 0 ] || warn "build.sh: no test ran"
  say "$passed passed, $failed failed, $skipped skipped"
  return $code
}

run_project() {
  local name code=0 before=$failed
  name=$(basename "$1" .csproj)
  say "== $name"
  run dotnet test "$1" --no-build --configuration "$configuration" --nologo --verbosity quiet \
    --blame-hang-timeout 5m --blame-hang-dump-type none \
    --results-directory "$results/$name" --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' \
    ${test_arguments[@]+"${test_arguments[@]}"} || code=$?
  add_trx "$results/$name/$name.trx"
  # A run that broke off counts, although none of its tests reported a failure.
  if [ $code -ne 0 ] && [ "$failed" -eq "$before" ]; then
    warn "build.sh: $name ended with exit code $code"
    failed=$((failed + 1))
  fi
}

counter() { sed -n "s/.*<Counters[^>]* $2=\"\([0-9]*\)\".*/\1/p" "$1"; }

add_trx() {
  [ -r "$1" ] || return 0
  local total executed ok
  total=$(counter "$1" total) executed=$(counter "$1" executed) ok=$(counter "$1" passed)
  passed=$((passed + ok))
  failed=$((failed + executed - ok))
  skipped=$((skipped + total - executed))
}

run_pester() {
  [ -d tests/Pester ] || return 0
  if ! command -v pwsh >/dev/null; then say "== Pester: left out, no pwsh on PATH"; return; fi
  if ! pwsh -NoProfile -NonInteractive -Command "exit [int](-not (Get-Module -ListAvailable Pester))"; then
    say "== Pester: left out, pwsh has no Pester module"
    return
  fi
  say "== Pester"
  local counts=$results/pester.txt p=0 f=0 s=0
  run pwsh -NoProfile -NonInteractive -File tools/run-pester.ps1 "$counts" || warn "build.sh: Pester ended with an error"
  if [ -r "$counts" ]; then read -r p f s <"$counts"; else f=1; fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}
