FROM node:22-bookworm-slim AS build
WORKDIR /burnrate
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# Maps are for those who have the sources, and what the build wrote down for itself is for the next build.
RUN npm run build && find dist -name '*.map' -delete \
  && rm -r dist/app/.vite dist/*/.build-stamp \
  && node scripts/server-packages.js && npm prune --omit=dev

# The web front: `docker build --target web .`
FROM debian:bookworm-slim AS web
RUN apt-get update \
  && apt-get install -y --no-install-recommends nginx-light \
  && rm -rf /var/lib/apt/lists/* /var/www/html
COPY deploy /burnrate/deploy
COPY --from=build /burnrate/dist/app /burnrate/app
USER www-data
EXPOSE 8080 8443
# Plain HTTP answers with the page, or sends to TLS when there is a certificate. The server has a check of its own.
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${HTTP_PORT:-8080} && printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3 && read -r reply <&3 && [[ $reply == *' 200 '* || $reply == *' 308 '* ]]"]
# Lets requests under way end, unlike SIGTERM.
STOPSIGNAL SIGQUIT
CMD ["/burnrate/deploy/start-web.sh"]

# The server, with the page for those who want no web front: `docker build .`
FROM node:22-bookworm-slim AS server
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8787 DATA_DIR=/data
RUN mkdir /data && chown node:node /data
WORKDIR /burnrate
COPY --from=build /burnrate/package.json ./
# The embedded database among them comes with files of its own, which no bundle would have.
COPY --from=build /burnrate/node_modules ./node_modules
COPY --from=build /burnrate/dist ./dist
USER node
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
# Not by npm, so that the stop signal reaches the server itself.
CMD ["node", "dist/server/main.js"]
