# The media worker and the packages are made in a stage of their own, so that the image carries no compiler.
FROM debian:12-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates npm && rm -rf /var/lib/apt/lists/*
ENV CI=true MINIMEET_CACHE=/opt/minimeet
WORKDIR /app
COPY . .
# Fetches Node 24 and the packages, downloads or builds the worker, builds server and page.
RUN node scripts/prepare.mjs
# What only building and testing need stays behind.
RUN npm prune --omit=dev --ignore-scripts --no-save && rm -rf web/node_modules node_modules/.cache test scripts \
  && mv /opt/minimeet/worker/mediasoup-worker-* /opt/minimeet/mediasoup-worker

FROM debian:12-slim
# Libraries that a worker built from source uses.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates libuv1 libsrtp2-1 libssl3 libabsl20220623 \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --home-dir /app --uid 10001 minimeet \
  && install -d -o minimeet /data
COPY --from=build /opt/minimeet/node-24-linux-*/bin/node /usr/local/bin/node
COPY --from=build /opt/minimeet/mediasoup-worker /usr/local/bin/mediasoup-worker
COPY --from=build /app /app
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data MEDIA_LISTEN_IP=0.0.0.0 MEDIA_PORT=40000 \
  MEDIASOUP_WORKER_BIN=/usr/local/bin/mediasoup-worker
USER minimeet
VOLUME /data
# 3000: page, API and signalling. 40000 and up: media, one port a worker.
EXPOSE 3000 40000-40015/udp 40000-40015/tcp
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/main.js"]
