# The bot for a council in a container. Everything that it keeps is in the tables: it writes no file,
# so it runs with --read-only. See docs/deploy.md.

FROM node:24-bookworm-slim AS packages
WORKDIR /bot
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
# What runs is put into few files here, with their compiled code beside them.
COPY cards ./cards
COPY data ./data
COPY manifest ./manifest
COPY src ./src
RUN npm run build

FROM node:24-bookworm-slim
ENV NODE_ENV=production PORT=3978
WORKDIR /bot
# Owned by root and readable for all: the user that runs it can change none of it.
COPY --from=packages /bot/node_modules ./node_modules
COPY --from=packages /bot/build ./build
COPY package.json ./
COPY cards ./cards
COPY data ./data
COPY env/.env.production ./env/.env.production
COPY src ./src
USER node
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm: so the signal to stop reaches the bot, which ends what it has begun.
CMD ["node", "--max-semi-space-size=4", "build/bot/serve.mjs"]
