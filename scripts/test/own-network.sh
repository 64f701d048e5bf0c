#!/bin/sh
# Runs a command in a network namespace of its own, where one address besides loopback exists and nothing else can be reached.
# usage: own-network.sh COMMAND…
set -eu
if [ -z "${MINIMEET_OWN_NETWORK:-}" ]; then
  MINIMEET_OWN_NETWORK=10.77.0.1
  export MINIMEET_OWN_NETWORK
  # Whoever is not root becomes it inside only.
  if [ "$(id -u)" = 0 ]; then exec unshare --net -- "$0" "$@"; fi
  exec unshare --user --map-root-user --net -- "$0" "$@"
fi
PATH="$PATH:/usr/sbin:/sbin"
ip link set lo up
ip link add own type veth peer name end
ip address add "$MINIMEET_OWN_NETWORK/24" dev own
ip link set own up
ip link set end up
# Firefox offers the address that the default route goes out from.
ip route add default dev own
exec "$@"
