import { execFileSync } from "node:child_process";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { build, type Plugin } from "esbuild";

// Puts the bot into few files, which start in half the time of many: `npm run build`, then
// `npm run serve:built`. What it reads beside its code (cards, data, env) stays where it is.

const ROOT = join(import.meta.dirname, "..");
const OUT = join(ROOT, "build", "bot");
/**
 * Large, loaded by Microsoft's libraries or by the bot at start, and hardly ever used: the count of
 * words for a language model, Teams' sign-in with all dialogs, and the parser of card expressions.
 */
const LAZY =
  /^(gpt-tokenizer|\.\/(?:authentication\/)?Authentication|botbuilder-dialogs|adaptivecards-templating)$/;
/**
 * What `npm run serve:built` gives Node: room for young objects that the processor's own memory holds. A
 * replica then starts with a tenth less memory, and a turn takes a tenth less of the processor.
 */
const FLAGS = ["--max-semi-space-size=4"];
const SIGN_IN = "@microsoft/teams-ai/lib/authentication/Authentication.js";
const packages = createRequire(import.meta.url);

/** A module that stays where it is, and is loaded by whoever first asks something of it. */
const lazily: Plugin = {
  name: "lazily",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: LAZY }, ({ path, resolveDir }) => {
      const isOfTeams = resolveDir.includes(join("@microsoft", "teams-ai"));
      if (path.startsWith(".") && !isOfTeams) return undefined;
      const name = path.startsWith(".") ? SIGN_IN : path;
      return { path: name, namespace: "lazily" };
    });
    onLoad({ filter: /.*/, namespace: "lazily" }, ({ path }) => ({
      contents: `let real;
        exports.__esModule = true;
        for (const name of ${JSON.stringify(Object.keys(packages(path) as object))})
          Object.defineProperty(exports, name, {
            enumerable: true,
            get: () => (real ??= require(${JSON.stringify(path)}))[name],
          });`,
      resolveDir: ROOT,
    }));
    // What the shim asks for is not put into the bundle.
    onResolve({ filter: /.*/, namespace: "lazily" }, ({ path }) => ({ path, external: true }));
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
  entryPoints: [join(ROOT, "src", "main.ts"), join(ROOT, "src", "saving-memory.ts")],
  outdir: OUT,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node22",
  // Less to read and to keep in memory. Names stay, and lines short: a stack says where it was.
  minifyWhitespace: true,
  lineLimit: 120,
  // Its own binary, and what is looked for but not needed.
  external: ["@resvg/resvg-js", "dtrace-provider"],
  // Not Node's own of that name, which warns that it will go.
  alias: { punycode: join(ROOT, "node_modules", "punycode", "punycode.js") },
  plugins: [lazily, whereItWas],
  // Declared so that a package can declare the same.
  banner: {
    js: `import { createRequire as createRequireOfBundle } from "node:module";
var require = createRequireOfBundle(import.meta.url);
var __filename = import.meta.filename;
var __dirname = import.meta.dirname;`,
  },
  logLevel: "warning",
});
// The cache of compiled code has to be there before the code is loaded. It is made here, because the
// program that runs may write nothing. Where Node, its flags or the processor are others, it is not
// used.
const first = `import { enableCompileCache, flushCompileCache } from "node:module";
import { join } from "node:path";
enableCompileCache({ directory: join(import.meta.dirname, "cache"), portable: true });
`;
writeFileSync(
  join(OUT, "serve.mjs"),
  `${first}process.argv[1] = join(import.meta.dirname, "main.mjs");
await import("./main.mjs");
(await import("./saving-memory.mjs")).saveMemoryWhenCalm();
`,
);
const filling = join(OUT, "fill-cache.mjs");
writeFileSync(
  filling,
  `${first}for (const file of ${JSON.stringify(readdirSync(OUT).filter(isCode))})
  await import(join(import.meta.dirname, file));
flushCompileCache();
`,
);
execFileSync(process.execPath, [...FLAGS, filling], { stdio: "inherit" });
rmSync(filling);

function isCode(file: string): boolean {
  return file.endsWith(".mjs") && file !== "serve.mjs";
}
