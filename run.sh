#!/usr/bin/env bash
# Sets up what is missing, builds what is out of date, and serves the demo site until it is stopped.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/.ci/lib.sh"

install_site_packages
if is_stale; then build_site; fi
exec dotnet "$program" --setup "$root/recipes/demo.recipe.json"
