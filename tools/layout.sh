# shellcheck shell=bash disable=SC2034,SC2154 # build.sh and its parts share variables
# Lays the module out exactly as it is installed: the files that tools/module-files.txt names, and not one more.

module_folder=output/ContainerSandbox
dependencies=output/dependencies

# The list's lines as 'source<tab>target'.
module_files() {
  sed -e 's/#.*//' -e '/^[[:space:]]*$/d' -e "s|{configuration}|$configuration|" -e "s|{dependencies}|$dependencies|" \
    -e 's/[[:space:]]*=>[[:space:]]*/\t/' -e 's/[[:space:]]*$//' tools/module-files.txt
}

lay_out() {
  rm -rf "$module_folder" "$dependencies"
  local project source target
  for project in ContainerSandbox.Docker ContainerSandbox.Presentation; do
    run dotnet publish "src/$project" --no-build --configuration "$configuration" --output "$dependencies" "${quiet_build[@]}"
  done
  while IFS=$'\t' read -r source target; do
    [ -f "$source" ] || fail 1 "tools/module-files.txt names '$source', which is not there"
    mkdir -p "$(dirname "$module_folder/$target")"
    cp "$source" "$module_folder/$target"
  done < <(module_files)
  assert_exact
  assert_complete
  rm -rf "$dependencies"
  say "Module: $module_folder"
}

assert_exact() {
  local difference
  difference=$(diff <(module_files | cut -f 2 | sort) <(cd "$module_folder" && find . ! -type d | sed 's|^\./||' | sort)) ||
    fail 1 "$module_folder differs from tools/module-files.txt:"$'\n'"$difference"
}

# A file in module/, or an assembly that the engine needs, is shipped or named in the list as left out on purpose.
assert_complete() {
  local file
  for file in $(find module -type f) "$dependencies"/*.dll; do
    module_files | cut -f 1 | grep -qxF -- "$file" || fail 1 "tools/module-files.txt does not say where '$file' goes"
  done
}
