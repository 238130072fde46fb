#!/usr/bin/env bash
# Runs the search benchmarks and the same with Apache Lucene 8, on one core, and prints both in one table.
# usage: compare-lucene.sh LATENCY.tsv DOCS.jsonl [DOCS2.jsonl ...]     (ROUNDS=5, WORK=a scratch folder, CORE=0)
# Lucene comes from Debian: apt-get install liblucene8-java libicu4j-java default-jdk-headless
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
queries=$1
shift
work=${WORK:-$(mktemp -d)}
rounds=${ROUNDS:-5}
core=${CORE:-0}
jars=/usr/share/java
if ! ls "$jars"/lucene-core-8*.jar > /dev/null 2>&1; then
  echo "Lucene 8 is not installed: apt-get install liblucene8-java libicu4j-java default-jdk-headless" >&2
  exit 1
fi
classpath=$(printf '%s:' "$jars"/lucene-core-8*.jar "$jars"/lucene-analyzers-common-8*.jar)$work/classes
docs=()
for file in "$@"; do docs+=(--docs "$file"); done

dotnet build "$here" -c Release --nologo -v quiet
portal() { taskset -c "$core" dotnet "$here/bin/Release/net10.0/KnowledgePortal.Benchmarks.dll" search "$@"; }
mkdir -p "$work/classes" "$work/lucene"
javac -cp "$classpath" -d "$work/classes" "$here/Lucene/LuceneComparison.java"
lucene() { taskset -c "$core" java -Xmx2g -cp "$classpath" LuceneComparison "$@"; }

printf 'portal: '
portal index "${docs[@]}" --out "$work/portal" | tail -1
portal tokens "${docs[@]}" --out "$work/words.tsv"
printf 'lucene: '
lucene index words "$work/lucene" "$work/words.tsv"

portal latency --index "$work/portal" --queries "$queries" --rounds "$rounds" > "$work/portal.txt"
lucene latency words "$work/lucene" "$queries" "$rounds" > "$work/lucene.txt"
echo
printf '%-26s %27s   %27s\n' 'milliseconds' 'portal p50   p95   p99' 'lucene p50   p95   p99'
paste "$work/portal.txt" "$work/lucene.txt" | awk -F'\t' '{ printf "%-26s %13.3f %6.3f %6.3f   %13.3f %6.3f %6.3f\n", $1, $2, $3, $4, $6, $7, $8 }'
