#!/usr/bin/env bash
# Writes .env at the top of the repository: random keys for the object store, the gateway's owner, Grafana, PostgreSQL and each service's account, and the
# number of attack workers; readable by its owner only. Makes the certificates of broker and store, which docker-compose.secured.yml needs. Never
# overwrites: a store that holds data needs the keys it was started with.
#
#   make-secrets.sh                          .env and certificates, once
#   make-secrets.sh --accounts               new passwords of the services' accounts, in .env that is there; also adds those that it lacks
#   make-secrets.sh --secured                every "docker compose" command uses docker-compose.secured.yml from then on
#   make-secrets.sh --certificates [FOLDER]  new certificates of broker and store (valid for 825 days), by the authority that is there
set -euo pipefail

root="$(cd "$(dirname "$0")/../.." && pwd)"
env_file="$root/.env"
umask 077

random_hex() { # bytes
  head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'
}

account_passwords() {
  echo "# Accounts of the services and of dashboards, and of who sets them up; read by docker-compose.secured.yml alone."
  for name in KAFKA_ADMINISTRATOR_PASSWORD PASSWORD_GATEWAY PASSWORD_AUGMENT_SERVICE PASSWORD_ATTACK_SERVICE \
    PASSWORD_TRAINER_SERVICE PASSWORD_EVALUATOR_SERVICE PASSWORD_DASHBOARD; do
    echo "RTDA_$name=$(random_hex 24)"
  done
}

# The files are readable by everybody, since containers run as users of their own, in a folder that only its owner can enter.
certificates() { # folder
  mkdir -p "$1"
  chmod 700 "$1"
  local new=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes)
  if [ ! -e "$1/ca.key" ]; then
    openssl req -x509 "${new[@]}" -days 3650 -subj "/CN=RTDA" -keyout "$1/ca.key" -out "$1/ca.crt" 2> /dev/null
  fi
  for server in kafka minio; do
    openssl req "${new[@]}" -subj "/CN=$server" -keyout "$1/$server.key" -out "$1/$server.csr" 2> /dev/null
    openssl x509 -req -in "$1/$server.csr" -CA "$1/ca.crt" -CAkey "$1/ca.key" -CAcreateserial -days 825 -out "$1/$server.crt" \
      -extfile <(echo "subjectAltName=DNS:$server,DNS:localhost,IP:127.0.0.1${KAFKA_EXTERNAL_HOST:+,$(name_or_address "$KAFKA_EXTERNAL_HOST")}") \
      2> /dev/null
  done
  cat "$1/kafka.key" "$1/kafka.crt" > "$1/kafka.pem"
  rm "$1"/*.csr "$1/kafka.key" "$1/kafka.crt"
  chmod 644 "$1/ca.crt" "$1/kafka.pem" "$1/minio.crt" "$1/minio.key"
  echo "wrote certificates to $1"
}

name_or_address() { # host
  case "$1" in
    *[!0-9.]*) echo "DNS:$1" ;;
    *) echo "IP:$1" ;;
  esac
}

case "${1:-}" in
  "") ;;
  --help)
    sed -n '2,9s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  --accounts)
    [ -e "$env_file" ] || { echo "make-secrets: there is no $env_file; run it without --accounts" >&2; exit 1; }
    kept="$(grep -vE '^(RTDA_KAFKA_ADMINISTRATOR_PASSWORD|RTDA_PASSWORD_[A-Z_]+)=|^# Accounts of the services' "$env_file")"
    { echo "$kept"; account_passwords; } > "$env_file.part"
    mv "$env_file.part" "$env_file"
    echo "wrote the accounts' passwords to $env_file; docker compose up with docker-compose.secured.yml makes them valid"
    exit 0
    ;;
  --secured)
    grep -q '^RTDA_PASSWORD_GATEWAY=' "$env_file" 2> /dev/null || {
      echo "make-secrets: $env_file has no passwords of accounts; run make-secrets.sh first, or make-secrets.sh --accounts where there is an .env" >&2
      exit 1
    }
    if grep -q '^COMPOSE_FILE=' "$env_file"; then
      echo "make-secrets: $env_file sets COMPOSE_FILE already; add docker-compose.secured.yml and RTDA_ACCOUNTS=required yourself" >&2
      exit 1
    fi
    {
      echo "# Accounts and TLS: the files that \"docker compose\" uses where it is not given others, and that nothing starts without them."
      echo "COMPOSE_FILE=docker-compose.yml:docker-compose.secured.yml"
      echo "RTDA_ACCOUNTS=required"
    } >> "$env_file"
    echo "docker compose uses docker-compose.secured.yml from now on ($env_file)"
    exit 0
    ;;
  --certificates)
    certificates "${2:-$root/infra/compose/certificates}"
    exit 0
    ;;
  *)
    echo "make-secrets: unknown option $1; see --help" >&2
    exit 2
    ;;
esac

if [ -e "$env_file" ]; then
  echo "make-secrets: $env_file is there already and is left as it is" >&2
  exit 1
fi
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
  account_passwords
} > "$env_file"
echo "wrote $env_file"
set +o noclobber
if command -v openssl > /dev/null; then
  [ -e "$root/infra/compose/certificates/kafka.pem" ] || certificates "$root/infra/compose/certificates"
else
  echo "make-secrets: openssl is missing: no certificates, so docker-compose.secured.yml cannot be used" >&2
fi
