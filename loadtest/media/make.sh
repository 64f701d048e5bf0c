#!/bin/sh
# Makes the media that synthetic peers send. Needs ffmpeg (5.1 or newer) with libvpx, libopus and freetype, and DejaVu Sans Mono Bold;
# the results are committed. Every film lasts 10 s and ends where it begins, and has a key frame each second: where a peer jumps
# to when a picture is asked for. The layers of the camera are the same film, so that they can stand for one another at any frame.
set -eu
cd "$(dirname "$0")"
font=${FONT:-/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf}
length=10

# One thread and no time stamps: the same bytes each time.
encode() { # filter, frames a second, key-frame interval in frames, kbit/s, file
  ffmpeg -y -v error -filter_complex_threads 1 -filter_complex "$1" -t $length -r "$2" -threads 1 -c:v libvpx -b:v "$4k" -maxrate "$4k" \
    -bufsize "$4k" -g "$3" -keyint_min "$3" -force_key_frames 'expr:gte(t,n_forced)' -deadline good -cpu-used 1 -auto-alt-ref 0 \
    -lag-in-frames 0 -error-resilient 0 -map_metadata -1 -fflags +bitexact -flags:v +bitexact "$5"
}

# Colours that go round once, two squares that swing, a camera's noise, and the clock in tenths of a second.
clock="text='%{eif\:floor(t)\:d\:2}.%{eif\:floor(mod(t*10,10))\:d}':fontfile=$font:fontcolor=white:box=1:boxcolor=black@0.75"
camera="gradients=size=1280x720:rate=15:c0=0x204080:c1=0xc06030:x0=100:y0=100:x1=1180:y1=620:nb_colors=2:speed=0.00001:seed=1,format=yuv420p,\
hue=h=36*t[sky];color=size=144x144:rate=15:color=0xf0e040[sun];color=size=90x90:rate=15:color=0x40f0c0[moon];\
[sky][sun]overlay=x='(W-w)*(0.5+0.5*sin(2*PI*t/5))':y='(H-h)*(0.5+0.4*cos(2*PI*t/2.5))'[one];\
[one][moon]overlay=x='(W-w)*(0.5+0.5*cos(2*PI*t/10))':y='(H-h)*(0.5+0.4*sin(2*PI*t/5))',\
drawtext=$clock:fontsize=144:boxborderw=20:x=(w-tw)/2:y=(h-th)/2,noise=alls=8:allf=t:all_seed=1"
encode "$camera,scale=320:180:flags=area+bitexact" 15 15 120 camera-180p.ivf
encode "$camera,scale=640:360:flags=area+bitexact" 15 15 350 camera-360p.ivf
encode "$camera" 15 15 900 camera-720p.ivf

# A page of text that is turned every five seconds, a cursor that blinks, and the clock.
lines='drawbox=x=80:y=150:w=1120:h=2:color=0x808080:t=fill'
for line in 0 1 2 3 4 5 6 7; do
  for page in 0 1; do
    lines="$lines,drawtext=fontfile=$font:fontsize=34:fontcolor=0x202020:x=80:y=$((180 + line * 60)):\
text='Page $((page + 1)), line $((line + 1)) of a text that is shared with everybody':enable='eq(floor(t/5),$page)'"
  done
done
encode "color=size=1280x720:rate=5:color=0xf4f4f0,format=yuv420p,$lines,\
drawbox=x=80:y=665:w=18:h=34:color=0x2040c0:t=fill:enable='lt(mod(t,1),0.6)',\
drawtext=$clock:fontsize=72:boxborderw=16:x=w-tw-60:y=50" 5 5 200 screen.ivf

# A voice without words: a buzz of changing pitch in syllables of a quarter of a second.
ffmpeg -y -v error -f lavfi -i "aevalsrc='0.35*(0.5-0.5*cos(2*PI*4*t))*(sin(2*PI*140*t+8*sin(2*PI*0.5*t))+0.5*sin(2*PI*280*t+16*sin(2*PI*0.5*t))\
+0.3*sin(2*PI*700*t)*(0.5+0.5*sin(2*PI*1.5*t))+0.2*sin(2*PI*1200*t)*(0.5-0.5*sin(2*PI*1.5*t)))':s=48000" -t 4 -ac 1 -c:a libopus -b:a 24k \
  -frame_duration 20 -map_metadata -1 -fflags +bitexact microphone.opus
