import { rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { build, type Plugin } from "esbuild";

// Puts the bot into few files, which start in half the time of many: `npm run build`, then
// `npm run serve:built`. What it reads beside its code (cards, data, env) stays where it is.

const ROOT = join(import.meta.dirname, "..");
const OUT = join(ROOT, "build", "bot");
/** Large, loaded by Microsoft's libraries at start, and never used by this bot. */
const LAZY = /^(gpt-tokenizer|@microsoft\/recognizers-text.*)$/;

/** A module that is loaded by whoever first asks something of it. */
const lazily: Plugin = {
  name: "lazily",
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: LAZY }, async ({ path, pluginData, ...from }) => {
      if (pluginData === "the module itself") return undefined;
      const { resolveDir, kind } = from;
      const found = await resolve(path, { resolveDir, kind, pluginData: "the module itself" });
      return { path: found.path, namespace: "lazily" };
    });
    onLoad({ filter: /.*/, namespace: "lazily" }, ({ path }) => ({
      contents: `let real;
        module.exports = new Proxy({}, {
          get: (_, name) => name === "__esModule" || (real ??= require(${JSON.stringify(path)}))[name],
        });`,
      resolveDir: ROOT,
    }));
  },
};

/** A file of ours still knows the folder that it came from. */
const whereItWas: Plugin = {
  name: "where it was",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const folder = relative(ROOT, join(path, "..")).split(sep).join("/");
      const text = await readFile(path, "utf8");
      const contents = text.replaceAll(
        "import.meta.dirname",
        `(import.meta.dirname + "/../../${folder}")`,
      );
      return { contents, loader: "ts" };
    });
  },
};

rmSync(OUT, { recursive: true, force: true });
await build({
  entryPoints: [join(ROOT, "src", "main.ts")],
  outdir: OUT,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node22",
  // Its own binary, and what is looked for but not needed.
  external: ["@resvg/resvg-js", "dtrace-provider"],
  // Not Node's own of that name, which warns that it will go.
  alias: { punycode: join(ROOT, "node_modules", "punycode", "punycode.js") },
  plugins: [lazily, whereItWas],
  banner: {
    js: `import { createRequire as requireFrom } from "node:module";
import { dirname as folderOf } from "node:path";
const require = requireFrom(import.meta.url);
const __filename = import.meta.filename;
const __dirname = folderOf(__filename);`,
  },
  logLevel: "warning",
});
// The cache of compiled code has to be there before the code is loaded.
writeFileSync(
  join(OUT, "serve.mjs"),
  `import { enableCompileCache } from "node:module";
import { join } from "node:path";
enableCompileCache();
process.argv[1] = join(import.meta.dirname, "main.mjs");
await import("./main.mjs");
`,
);
