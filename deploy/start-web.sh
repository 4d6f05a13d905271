#!/bin/sh
# Becomes nginx, as the web front of the server at SERVER_ADDRESS: with TLS when CERTIFICATE_FOLDER has a certificate.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
server=${SERVER_ADDRESS:-server:8787}
app=${APP_FOLDER:-/burnrate/app}
run=${RUN_FOLDER:-/tmp/burnrate}
certificates=${CERTIFICATE_FOLDER:-/certificates}
http_port=${HTTP_PORT:-8080}
https_port=${HTTPS_PORT:-8443}
# What browsers use, where the port is mapped to another.
public_https_port=${PUBLIC_HTTPS_PORT:-$https_port}

case $server in
  *[!A-Za-z0-9.:_-]* | :* | *: | *:*:*) server_port='' ;;
  *:*) server_port=${server##*:} ;;
  *) server_port='' ;;
esac
case $server_port in
  '' | *[!0-9]*)
    echo "SERVER_ADDRESS is \"$server\": give a host and a port, such as server:8787." >&2
    exit 1
    ;;
esac
for port in "$http_port" "$https_port" "$public_https_port"; do
  case $port in
    '' | *[!0-9]*)
      echo "\"$port\" is no port: give HTTP_PORT, HTTPS_PORT and PUBLIC_HTTPS_PORT numbers." >&2
      exit 1
      ;;
  esac
done
if [ ! -f "$app/index.html" ]; then
  echo "APP_FOLDER is \"$app\", where there is no index.html: give the folder of the built app." >&2
  exit 1
fi

mkdir -p "$run/settings" "$run/temporary"
cp "$here/nginx.conf" "$run/nginx.conf"
cp "$here/fresh.conf" "$run/settings/fresh.conf"

# A name is asked for again and again, since a container that is made anew has another address.
resolvers=$(awk '$1 == "nameserver" { printf " %s", $2 ~ /:/ ? "[" $2 "]" : $2 }' /etc/resolv.conf 2>/dev/null || true)
{
  [ -z "$resolvers" ] || echo "resolver$resolvers valid=5s;"
  case $server in
    # No name server knows this one: it is looked up by the system, once.
    localhost:*)
      echo "upstream burnrate_here { server $server max_fails=0; }"
      server=burnrate_here
      ;;
  esac
  echo "map '' \$burnrate_server { default '$server'; }"
  echo "root '$app';"
} >"$run/settings/server.conf"

listen() {
  echo "listen $1;"
  # Where the kernel knows no IPv6, nginx would not start.
  [ ! -f /proc/net/if_inet6 ] || echo "listen [::]:$1;"
}

if [ -f "$certificates/certificate.pem" ]; then
  {
    listen "$https_port ssl http2"
    echo "ssl_certificate '$certificates/certificate.pem';"
    echo "ssl_certificate_key '$certificates/key.pem';"
    echo 'ssl_protocols TLSv1.2 TLSv1.3;'
    echo 'ssl_session_cache shared:tls:2m;'
    echo 'ssl_session_tickets off;'
  } >"$run/settings/listen.conf"
  case $public_https_port in 443) suffix='' ;; *) suffix=":$public_https_port" ;; esac
  {
    echo 'server {'
    listen "$http_port"
    echo "return 308 https://\$host$suffix\$request_uri;"
    echo '}'
  } >>"$run/settings/server.conf"
else
  listen "$http_port" >"$run/settings/listen.conf"
fi

exec "${NGINX_PATH:-nginx}" -p "$run" -c nginx.conf -e stderr
