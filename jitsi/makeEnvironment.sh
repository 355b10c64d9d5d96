#!/bin/sh
# Writes the .env of a new Jitsi, with fresh secrets: makeEnvironment.sh <Jitsi's address> <Darasa's address> <e-mail>
set -eu

if [ $# -ne 3 ]; then
  echo "Usage: makeEnvironment.sh https://meet.example.org https://darasa.example.org you@example.org > .env" >&2
  exit 1
fi
for address in "$1" "$2"; do
  case $address in
  https://*[!a-z0-9.:-]* | https://) bad=$address ;;
  https://*) continue ;;
  *) bad=$address ;;
  esac
  echo "$bad is not an address like https://meet.example.org" >&2
  exit 1
done

secret() { openssl rand -hex 32; }
domain=${1#https://}

cat <<END
JITSI_URL=$1
JITSI_DOMAIN=${domain%:*}
DARASA_URL=$2
ENABLE_LETSENCRYPT=1
LETSENCRYPT_EMAIL=$3
JITSI_APP_ID=darasa
JWT_SIGN_TYPE=HS256
JITSI_APP_SECRET=$(secret)
JITSI_KEY_SERVER=
JITSI_WEBHOOK_SECRET=$(secret)
JICOFO_AUTH_PASSWORD=$(secret)
JVB_AUTH_PASSWORD=$(secret)
JVB_ADVERTISE_IPS=
END
