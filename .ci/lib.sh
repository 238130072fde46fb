# Shared by run.sh, test.sh and portal: what must be installed, and when something must be built.
# Expects $root, the absolute path of the repository.

program="$root/src/KnowledgePortal.Web/bin/Release/net10.0/KnowledgePortal.Web.dll"
stamp="$root/src/KnowledgePortal.Web/bin/Release/.built"

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in th*) thai=1 ;; *) thai= ;; esac
say() { if [ -n "$thai" ]; then printf '%s\n' "$1"; else printf '%s\n' "$2"; fi; }

# step THAI ENGLISH COMMAND...: runs it quietly, shows how long it takes, shows its output only when it fails.
step() {
  local title log start=$SECONDS status=0 child
  title=$(say "$1" "$2"); shift 2
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null &
  child=$!
  if [ -t 1 ]; then
    while kill -0 "$child" 2>/dev/null; do printf '\r  %s … %ds ' "$title" $((SECONDS - start)); sleep 0.5; done
  else
    printf '  %s …\n' "$title"
    local shown=$SECONDS
    while kill -0 "$child" 2>/dev/null; do
      sleep 0.2
      [ $((SECONDS - shown)) -lt 10 ] || { shown=$SECONDS; printf '  %s … %ds\n' "$title" $((SECONDS - start)); }
    done
  fi
  wait "$child" || status=$?
  if [ -t 1 ]; then printf '\r  %s %ds   \n' "$title" $((SECONDS - start)); fi
  if [ "$status" -ne 0 ]; then
    say "ไม่สำเร็จ: $title" "failed: $title" >&2
    tail -n 40 "$log" >&2
  fi
  rm -f "$log"
  return "$status"
}

need_sdk() {
  command -v dotnet >/dev/null || { say "ต้องติดตั้ง .NET SDK 10 ก่อน" "install the .NET SDK 10 first" >&2; exit 1; }
  command -v npm >/dev/null || { say "ต้องติดตั้ง Node.js 20 พร้อม npm ก่อน" "install Node.js 20 with npm first" >&2; exit 1; }
}

# is_there PACKAGE: without asking dpkg, which is slow and absent elsewhere.
is_there() {
  case "$1" in
    libsqlite3-0) compgen -G '/usr/lib/*/libsqlite3.so.0' >/dev/null || compgen -G '/usr/lib*/libsqlite3.so.0' >/dev/null ;;
    libicu72) compgen -G '/usr/lib/*/libicuuc.so.[5-9]*' >/dev/null || compgen -G '/usr/lib*/libicuuc.so.[5-9]*' >/dev/null ;;
    libvips-tools) command -v vipsthumbnail >/dev/null ;;
    poppler-utils) command -v pdftotext >/dev/null ;;
    fonts-thai-tlwg) compgen -G '/usr/share/fonts/*/tlwg/*' >/dev/null ;;
    python3-aiosmtpd) [ -e /usr/lib/python3/dist-packages/aiosmtpd ] ;;
    postgresql-15) compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ;;
    tzdata) [ -e /usr/share/zoneinfo/Asia/Bangkok ] ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# no_cluster [SUDO...]: the package must not make and start a server of its own: the tests start one in a folder of theirs.
no_cluster() {
  local file=/etc/postgresql-common/createcluster.conf
  [ -e "$file" ] || "$@" sh -c "mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' >$file"
}

# install PACKAGE...: what is missing, with apt where that is allowed; otherwise says what to install. Fails when one is still missing.
install() {
  local missing=() package
  for package in "$@"; do is_there "$package" || missing+=("$package"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  local apt=(apt-get)
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then apt=(sudo -n apt-get); else apt=(); fi
  fi
  if [ ${#apt[@]} -gt 0 ] && command -v apt-get >/dev/null; then
    step "อ่านรายการแพ็กเกจ" "reading package lists" env DEBIAN_FRONTEND=noninteractive "${apt[@]}" update || true
    case " ${missing[*]} " in *" postgresql"*) no_cluster "${apt[@]:0:${#apt[@]}-1}" ;; esac
    step "ติดตั้ง ${missing[*]}" "installing ${missing[*]}" env DEBIAN_FRONTEND=noninteractive "${apt[@]}" \
      install -y --no-install-recommends -o Dpkg::Options::=--force-confold "${missing[@]}" && return 0
  fi
  say "ยังขาด: ${missing[*]}  ติดตั้งด้วยคำสั่ง: sudo apt-get install --no-install-recommends ${missing[*]}" \
    "missing: ${missing[*]}  install with: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
  return 1
}

install_site_packages() {
  install libsqlite3-0 libicu72 || exit 1
  install ffmpeg fonts-thai-tlwg libvips-tools poppler-utils || true # the site works without; it says what is missing
}

build_theme() {
  if [ ! -e "$root/node_modules/.package-lock.json" ] || [ "$root/package-lock.json" -nt "$root/node_modules/.package-lock.json" ]; then
    step "ดาวน์โหลดแพ็กเกจ npm" "fetching npm packages" npm ci --prefix "$root" --no-audit --no-fund
  fi
  step "รวมไฟล์ของธีม" "bundling the theme" node "$root/themes/build.mjs"
}

# True when a source is newer than the last build, or nothing is built.
is_stale() {
  [ -e "$stamp" ] && [ -e "$program" ] || return 0
  [ -n "$(find "$root"/src "$root"/themes "$root"/Directory.*.props "$root"/global.json "$root"/package-lock.json \
    \( -name bin -o -name obj -o -name wwwroot \) -prune -o -newer "$stamp" -type f -print -quit)" ]
}

build_site() {
  need_sdk
  local begun
  begun=$(mktemp)
  build_theme
  step "สร้างโปรแกรม" "building the program" dotnet build "$root/src/KnowledgePortal.Web" -c Release --nologo -v quiet
  mkdir -p "$(dirname "$stamp")"
  mv "$begun" "$stamp" # dated before the build: a source changed meanwhile is newer
}
