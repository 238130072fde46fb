#!/usr/bin/env bash
# Sets up what is missing and runs every test; further arguments go to the test runner (such as --filter-class NAME).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/.ci/lib.sh"

need_sdk
install_site_packages
install chromium python3-aiosmtpd || true
build_theme
step "สร้างโปรแกรมและชุดทดสอบ" "building the program and its tests" dotnet build "$root/KnowledgePortal.sln" -c Release --nologo -v quiet
rm -rf "$root/artifacts/test-results"
exec dotnet test --project "$root/tests/KnowledgePortal.Tests" -c Release --no-build \
  --results-directory "$root/artifacts/test-results" --report-xunit-trx --report-xunit-trx-filename tests.trx "$@"
