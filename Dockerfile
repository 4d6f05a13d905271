FROM node:22-slim AS build
WORKDIR /burnrate
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8787 DATA_DIR=/data
RUN mkdir /data && chown node:node /data
WORKDIR /burnrate
COPY --from=build /burnrate/package.json ./
COPY --from=build /burnrate/node_modules ./node_modules
COPY --from=build /burnrate/dist ./dist
USER node
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
# Not by npm, so that the stop signal reaches the server itself.
CMD ["node", "dist/server/main.js"]
