#!/usr/bin/env bash
# Runs the search benchmarks and the same with Apache Lucene 8, on one core, and prints both in one table.
# usage: compare-lucene.sh --latency FILE.tsv --docs FILE.jsonl [--docs FILE2 ...] [--questions PREFIX ...] [--half NAME]
#   --docs       what latency is measured on, and distractors for the questions
#   --questions  PREFIX.docs.jsonl, PREFIX.queries.jsonl, PREFIX.qrels.jsonl; and, with slips of typing, PREFIX_typo.queries.jsonl if there is one
#   --half       only score the queries of this half
# Files may be compressed (.gz). ROUNDS=5, CORE=0, WORK=a scratch folder that is kept.
# Lucene comes from Debian: apt-get install liblucene8-java default-jdk-headless
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rounds=${ROUNDS:-5}
core=${CORE:-0}
jars=/usr/share/java
latency='' half=()
docs=() questions=()
while [ $# -gt 1 ]; do
  case $1 in
    --latency) latency=$2 ;;
    --docs) docs+=("$2") ;;
    --questions) questions+=("$2") ;;
    --half) half=(--half "$2") ;;
    *) break ;;
  esac
  shift 2
done
if [ $# -gt 0 ] || [ -z "$latency" ] || [ ${#docs[@]} = 0 ]; then
  sed -n '3,7s/^# //p' "$0" >&2
  exit 2
fi
if ! ls "$jars"/lucene-core-8*.jar > /dev/null 2>&1 || ! command -v javac > /dev/null; then
  echo "Lucene 8 is not installed: apt-get install liblucene8-java default-jdk-headless" >&2
  exit 1
fi
if [ -n "${WORK:-}" ]; then work=$WORK; else work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; fi
mkdir -p "$work/classes"
classpath=$(printf '%s:' "$jars"/lucene-core-8*.jar "$jars"/lucene-analyzers-common-8*.jar)$work/classes
dotnet build "$here" -c Release --nologo -v quiet
javac -cp "$classpath" -d "$work/classes" "$here/Lucene/LuceneComparison.java"
portal() { taskset -c "$core" dotnet "$here/bin/Release/net10.0/KnowledgePortal.Benchmarks.dll" search "$@"; }
lucene() { taskset -c "$core" java -Xmx2g -cp "$classpath" LuceneComparison "$@"; }

mkdir -p "$work/plain" "$work/sets"

# Prints the name of a file, or of an uncompressed copy.
plain() {
  if [ -e "$1" ] && [ "${1%.gz}" = "$1" ]; then echo "$1"; return; fi
  local copy
  copy=$work/plain/$(basename "${1%.gz}")
  zcat "${1%.gz}.gz" > "$copy"
  echo "$copy"
}

# index NAME FILE...: with both, Lucene with its own ThaiAnalyzer
index() {
  local name=$1 files=()
  shift
  for file in "$@"; do files+=(--docs "$file"); done
  printf '%-28s portal: ' "$name"
  portal index "${files[@]}" --out "$work/$name.portal" | tail -1
  portal lines "${files[@]}" --out "$work/$name.lines"
  printf '%-28s Lucene, ThaiAnalyzer: ' "$name"
  lucene index thai "$work/$name.thai" "$work/$name.lines"
}

# quality LABEL NAME QUERIES QRELS
quality() {
  portal run --index "$work/$2.portal" --queries "$3" --out "$work/run.portal"
  portal lines --docs "$3" --out "$work/queries.lines"
  lucene run thai "$work/$2.thai" "$work/queries.lines" "$work/run.lucene"
  printf '%-40s' "$1"
  for run in portal lucene; do
    portal score --queries "$3" --qrels "$4" --run "$work/run.$run" "${half[@]}" | awk '{ printf "%12.4f %8.4f   ", $4, $6 }'
  done
  echo
}

all=()
for file in "${docs[@]}"; do all+=("$(plain "$file")"); done
sets=()
for prefix in ${questions[@]+"${questions[@]}"}; do
  name=$(basename "$prefix")
  sets+=("$name")
  for part in docs.jsonl queries.jsonl qrels.jsonl; do ln -sf "$(realpath "$(plain "$prefix.$part")")" "$work/sets/$name.$part"; done
  if ls "${prefix}_typo.queries.jsonl"* > /dev/null 2>&1; then ln -sf "$(realpath "$(plain "${prefix}_typo.queries.jsonl")")" "$work/sets/$name.slips"; fi
  index "$name" "$work/sets/$name.docs.jsonl"
  all+=("$work/sets/$name.docs.jsonl")
done
index everything "${all[@]}"
all_docs=()
for file in "${all[@]}"; do all_docs+=(--docs "$file"); done
portal tokens "${all_docs[@]}" --out "$work/words.tsv"
printf '%-28s Lucene, our words: ' everything
lucene index words "$work/words.lucene" "$work/words.tsv"

if [ ${#sets[@]} -gt 0 ]; then
  printf '\n%-40s%24s%24s\n%-40s' quality 'portal          ' 'Lucene, ThaiAnalyzer   ' ''
  printf '%12s %8s   %12s %8s\n' nDCG@10 R@100 nDCG@10 R@100
fi
for name in ${sets[@]+"${sets[@]}"}; do
  quality "$name" "$name" "$work/sets/$name.queries.jsonl" "$work/sets/$name.qrels.jsonl"
  quality "$name, with distractors" everything "$work/sets/$name.queries.jsonl" "$work/sets/$name.qrels.jsonl"
  if [ -e "$work/sets/$name.slips" ]; then
    quality "$name, slips" "$name" "$work/sets/$name.slips" "$work/sets/$name.qrels.jsonl"
    quality "$name, slips, with distractors" everything "$work/sets/$name.slips" "$work/sets/$name.qrels.jsonl"
  fi
done

queries=$(plain "$latency")
portal latency --index "$work/everything.portal" --queries "$queries" --rounds "$rounds" > "$work/latency.portal"
lucene latency words "$work/words.lucene" "$queries" "$rounds" > "$work/latency.lucene"
printf '\n%-40s%24s%24s\n%-40s' 'speed, milliseconds, one core' 'portal          ' 'Lucene, our words    ' ''
printf '%8s %7s %7s   %8s %7s %7s\n' p50 p95 p99 p50 p95 p99
paste "$work/latency.portal" "$work/latency.lucene" | awk -F'\t' '{ printf "%-40s%8.3f %7.3f %7.3f   %8.3f %7.3f %7.3f\n", $1, $2, $3, $4, $6, $7, $8 }'
