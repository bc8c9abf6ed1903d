#!/bin/sh
# Hooks of profiles/generic-usp.yaml: the generic simulated device as a process of its own, with a folder for what it remembers.
# For another agent, copy this file, and change how it is started and where its memory is.
#
#   start    starts the device as it was delivered, pointed to the controller of the run: what it remembers of another run leads elsewhere
#   again    waits until it has ended by itself, and starts it: after it was told to reboot
#   restart  ends it as a pulled plug would, and starts it again
#   reset    ends it, deletes its memory, and starts it
#   stop     ends it
#
# DEVICE_FOLDER holds memory, process id and log of the device (default: a folder of the system's own for temporary files).
set -eu

folder="${DEVICE_FOLDER:-${TMPDIR:-/tmp}/cpe-assay-generic-device}"
memory="$folder/memory"
pid_file="$folder/pid"
root="$(cd "$(dirname "$0")/../.." && pwd)"

# A process that nobody has asked for its exit code is a zombie, which has ended all the same.
running() {
  [ -f "$pid_file" ] || return 1
  case "$(ps -o stat= -p "$(cat "$pid_file")" 2>/dev/null)" in
    "" | Z*) return 1 ;;
  esac
}

ended() {
  tenths=100
  while running; do
    [ "$tenths" -gt 0 ] || { echo "process $(cat "$pid_file") does not end" >&2; exit 1; }
    tenths=$((tenths - 1))
    sleep 0.1
  done
}

stop() {
  if running; then
    kill -9 "$(cat "$pid_file")"
    ended
  fi
  rm -f "$pid_file"
}

# Over MQTT the URL is the broker's; whatever else the device has to know for it stands behind that.
controller_url() {
  if [ "${ASSAY_USP_MTP:-}" = mqtt ]; then
    echo "$ASSAY_USP_URL/$ASSAY_USP_TOPIC?version=$ASSAY_USP_MQTT_VERSION&topic=${ASSAY_USP_AGENT_TOPIC:-usp/endpoints/device}"
  else
    echo "$ASSAY_USP_URL"
  fi
}

start() {
  if running; then return; fi
  mkdir -p "$folder"
  printf '%s\n' "$ASSAY_AUTHORITY" >"$folder/authorities.pem"
  # A session of its own, so that the device does not end with the hook that started it.
  setsid node --import tsx "$root/bin/phone.ts" --device=generic --reboot-ends --state-dir="$memory" \
    --authorities="$folder/authorities.pem" --usp-controller="$(controller_url)" --usp-controller-id="$ASSAY_USP_ENDPOINT_ID" \
    >>"$folder/log" 2>&1 </dev/null &
  echo $! >"$pid_file"
  echo "the device runs as process $(cat "$pid_file"); its log is $folder/log"
}

case "${1:-}" in
  start) stop; rm -rf "$memory"; start ;;
  again) ended; start ;;
  restart) stop; start ;;
  reset) stop; rm -rf "$memory"; start ;;
  stop) stop ;;
  *) echo "usage: $0 start|again|restart|reset|stop" >&2; exit 64 ;;
esac
