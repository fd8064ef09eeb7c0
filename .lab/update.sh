# ./lab update: the JavaScript packages, to the newest that package.json allows. C++ libraries are the system's.
# shellcheck shell=bash

update_command() {
  local folder
  set_up test
  for folder in web tests/browser; do
    say "npm updates the packages of $folder"
    run_logged "npm-update-${folder//\//-}" npm_quietly update --save --prefix "$folder" 2>/dev/null ||
      die 1 "cannot update the packages of $folder (npm's words: build/logs/npm-update-${folder//\//-}.log)"
    # Newer ones that package.json does not allow: a decision, so they are only listed.
    npm outdated --prefix "$folder" || true
  done
  git diff --stat -- web/package.json web/package-lock.json tests/browser/package.json tests/browser/package-lock.json
  say "updated; ./lab test tells whether all still works"
}
