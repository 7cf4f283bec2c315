#!/usr/bin/env bash
# Makes the images rtda-stand-in/jre, rtda-stand-in/kafka and rtda-stand-in/minio; see README.md beside this file.
# MINIO=FILE takes a MinIO server that is there already instead of building one.
set -euo pipefail
cd "$(dirname "$0")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

if ! docker image inspect rtda-stand-in/jre:17 > /dev/null 2>&1; then
  debootstrap --variant=minbase --include=openjdk-17-jre-headless,ca-certificates bookworm "$work/root" > "$work/debootstrap.log" \
    || { tail "$work/debootstrap.log" >&2; exit 1; }
  rm -rf "$work"/root/var/cache/apt/archives/*.deb "$work"/root/var/lib/apt/lists/*
  tar -C "$work/root" -c . | docker import - rtda-stand-in/jre:17
fi

mkdir "$work/kafka"
cp kafka/Dockerfile kafka/run kafka/tool "$work/kafka/"
mvn -q -B -f kafka/pom.xml org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
  -DoutputDirectory="$work/kafka/libs" -DincludeScope=runtime
docker build -t rtda-stand-in/kafka:4.2.1 "$work/kafka"

mkdir "$work/minio"
if [ -n "${MINIO:-}" ]; then
  cp "$MINIO" "$work/minio/minio"
else
  GOBIN="$work/minio" CGO_ENABLED=0 go install -trimpath github.com/minio/minio@latest
fi
printf 'FROM rtda-stand-in/jre:17\nCOPY minio /usr/bin/minio\nVOLUME ["/data"]\nENTRYPOINT ["minio"]\n' > "$work/minio/Dockerfile"
docker build -t rtda-stand-in/minio:latest "$work/minio"
