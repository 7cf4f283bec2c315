#!/usr/bin/env bash
# Writes .env at the top of the repository: random keys for the object store, the gateway's owner, Grafana and PostgreSQL, and the number of
# attack workers; readable by its owner only. Never overwrites: a store that holds data needs the keys it was started with.
set -euo pipefail

if [ "${1:-}" = --help ]; then
  sed -n '2,4s/^# //p' "$0"
  exit 0
fi
env_file="$(cd "$(dirname "$0")/../.." && pwd)/.env"

random_hex() { # bytes
  head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'
}

if [ -e "$env_file" ]; then
  echo "make-secrets: $env_file is there already and is left as it is" >&2
  exit 1
fi
umask 077
set -o noclobber # also for two of these at the same time
{
  echo "# Keys of the object store; made by infra/compose/make-secrets.sh. Keep out of version control."
  echo "RTDA_STORE_ACCESS_KEY=rtda-$(random_hex 6)"
  echo "RTDA_STORE_SECRET_KEY=$(random_hex 24)"
  echo "# With it an owner signs in at the gateway and makes tokens for others: RTDA_TOKEN=... ./rtda token create NAME --role viewer"
  echo "RTDA_OWNER_TOKEN=rtda_$(random_hex 32)"
  echo "# Of Grafana's administrator; read by docker-compose.monitoring.yml alone."
  echo "RTDA_GRAFANA_PASSWORD=$(random_hex 12)"
  echo "# Of the gateway's PostgreSQL; read by docker-compose.postgresql.yml alone."
  echo "RTDA_DATABASE_PASSWORD=$(random_hex 24)"
  echo "# How many attack workers run. \"docker compose up --scale attack-service=N\" holds until the next \"up\"; this number stays."
  echo "ATTACK_WORKERS=1"
} > "$env_file"
echo "wrote $env_file"
