#!/usr/bin/env bash
# Asks the service in this container whether it is ready. The base image has no curl.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${QUARKUS_HTTP_PORT:-8080}"
printf 'GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 5 _ status _ <&3
if [ "$status" != 200 ]; then
  echo "not ready: HTTP $status"
  exit 1
fi
