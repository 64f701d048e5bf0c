#!/bin/sh
# Makes the media that synthetic peers send. Needs ffmpeg with libvpx and libopus; the results are committed.
set -eu
cd "$(dirname "$0")"

# A key frame every 5 s, and at the start: where a peer jumps to when a picture is asked for.
ffmpeg -y -v error -f lavfi -i testsrc2=size=320x180:rate=15 -t 10 -c:v libvpx -b:v 150k -maxrate 200k -bufsize 100k \
  -g 75 -deadline good -cpu-used 2 -auto-alt-ref 0 -lag-in-frames 0 -error-resilient 1 -map_metadata -1 -fflags +bitexact camera.ivf

ffmpeg -y -v error -f lavfi -i 'sine=frequency=440:sample_rate=48000' -t 2 -ac 1 -c:a libopus -b:a 24k -frame_duration 20 \
  -map_metadata -1 -fflags +bitexact microphone.opus
