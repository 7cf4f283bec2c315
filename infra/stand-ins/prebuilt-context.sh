#!/usr/bin/env bash
# Gathers what infra/images/service.Dockerfile needs with APP=prebuilt: prebuilt-context.sh FOLDER [SERVICE...]
set -euo pipefail
folder="${1:?usage: prebuilt-context.sh FOLDER [SERVICE...]}"
shift
root="$(cd "$(dirname "$0")/../.." && pwd)"
[ $# -gt 0 ] || set -- augment-service attack-service trainer-service evaluator-service gateway infra/access
mkdir -p "$folder/infra/images"
cp "$root/infra/images/healthcheck.sh" "$root/infra/images/service.Dockerfile" "$folder/infra/images/"
for service in "$@"; do
  bill="$root/$service/target/${service##*/}.cdx.json"
  [ -d "$root/$service/target/quarkus-app" ] && [ -f "$bill" ] || { echo "prebuilt-context: $service is not built: mvn -DskipTests package" >&2; exit 1; }
  [ "$bill" -nt "$root/$service/target/quarkus-app/quarkus-run.jar" ] \
    || { echo "prebuilt-context: the bill of materials of $service is older than its jars, since ./rtda builds none: mvn -DskipTests package" >&2; exit 1; }
  rm -rf "${folder:?}/$service"
  mkdir -p "$folder/$service/target"
  cp -rl "$root/$service/target/quarkus-app" "$folder/$service/target/" 2> /dev/null \
    || cp -r "$root/$service/target/quarkus-app" "$folder/$service/target/"
  cp "$bill" "$folder/$service/target/"
done
