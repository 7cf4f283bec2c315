#!/usr/bin/env bash
# Asks the service in this container whether it is ready: the gateway at its management port, the others have no other port than the one.
# The base image has no curl.
set -euo pipefail
case "${SERVICE:-}" in
  gateway) port="${QUARKUS_MANAGEMENT_PORT:-9000}" ;;
  *) port="${QUARKUS_HTTP_PORT:-8080}" ;;
esac
exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 5 _ status _ <&3
if [ "$status" != 200 ]; then
  echo "not ready: HTTP $status"
  timeout 5 cat <&3 || true
  exit 1
fi
