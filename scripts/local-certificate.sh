#!/bin/sh
# `scripts/local-certificate.sh FOLDER [NAME ...]`: makes a certificate for localhost and the given names or addresses, and the
# authority that signed it. Trust `FOLDER/authority.pem` on the devices that are to use it; mount `FOLDER/web` as /certificates.
set -eu

if [ $# -lt 1 ]; then
  echo 'Give the folder that the certificate is to lie in, and further names or addresses of this machine if there are any.' >&2
  exit 1
fi
folder=$1
shift
mkdir -p "$folder/web"
cd "$folder"
# Whoever has a key can pretend to be this machine.
umask 077

names='DNS:localhost,IP:127.0.0.1,IP:::1'
for name in "$@"; do
  case $name in
    *[!A-Za-z0-9.:-]* | '')
      echo "\"$name\" is neither a name nor an address." >&2
      exit 1
      ;;
    *:* | *.*.*.*[0-9]) names="$names,IP:$name" ;;
    *) names="$names,DNS:$name" ;;
  esac
done

key() {
  openssl ecparam -name prime256v1 -genkey -noout -out "$1"
}

# The authority is kept, so that devices that trust it take the next certificate too.
if [ ! -f authority.pem ] || [ ! -f authority-key.pem ]; then
  key authority-key.pem
  openssl req -x509 -new -key authority-key.pem -sha256 -days 3650 -subj '/CN=Burnrate local authority' \
    -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' -out authority.pem
fi

key web/key.pem
request=$(mktemp)
extensions=$(mktemp)
trap 'rm -f "$request" "$extensions"' EXIT
openssl req -new -key web/key.pem -subj '/CN=localhost' -out "$request"
printf '%s\n' "subjectAltName=$names" 'basicConstraints=critical,CA:FALSE' 'keyUsage=critical,digitalSignature' \
  'extendedKeyUsage=serverAuth' >"$extensions"
# Apple takes no certificate that is good for longer than 825 days.
openssl x509 -req -in "$request" -CA authority.pem -CAkey authority-key.pem -set_serial "0x$(openssl rand -hex 16)" -days 800 \
  -sha256 -extfile "$extensions" -out web/certificate.pem 2>/dev/null
chmod 644 authority.pem web/certificate.pem
echo "$(pwd)/web/certificate.pem is for $names, signed by $(pwd)/authority.pem."
