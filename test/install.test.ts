import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { Language, Parser, type Node } from "web-tree-sitter";
import { parse } from "yaml";

const ROOT = join(__dirname, "..");
const PLACEHOLDER = /\$\{\{(\w+)\}\}/g;
/** The actions of the toolkit's schema v1.11 that these files may use. */
const ACTIONS = [
  ...["teamsApp/create", "teamsApp/validateManifest", "teamsApp/zipAppPackage"],
  ...["teamsApp/validateAppPackage", "teamsApp/update", "teamsApp/publishAppPackage"],
  ...["arm/deploy", "azureAppService/zipDeploy", "cli/runNpmCommand"],
];
/** What App Service does with the sources: said to it, because its own steps differ by version. */
const INSTALL = /name: 'CUSTOM_BUILD_COMMAND'\s+value: 'npm ci --omit=dev && npm run build'/;
const LIFECYCLES = ["provision", "deploy", "publish"] as const;

interface Step {
  readonly uses: string;
  readonly with: Record<string, unknown>;
  readonly writeToEnvironmentFile?: Record<string, string>;
}
type Project = { readonly version: string; readonly environmentFolderPath: string } & Partial<
  Record<(typeof LIFECYCLES)[number], readonly Step[]>
>;

describe.each([
  ["m365agents.yml", "production"],
  ["m365agents.local.yml", "local"],
  ["m365agents.playground.yml", "playground"],
])("%s", (file, environment) => {
  const text = read(file);
  const project = parse(text) as Project;
  const steps = LIFECYCLES.flatMap((name) => project[name] ?? []);

  it("is of one version, and uses only actions that it has", () => {
    expect(text).toContain(`m365-agents-toolkits/${project.version}/yaml.schema.json`);
    expect(project.version).toBe("v1.11");
    expect(steps.map(({ uses }) => uses).filter((uses) => !ACTIONS.includes(uses))).toEqual([]);
    expect(steps.length).toBeGreaterThan(0);
  });

  it("finds every name that it asks for in its environment, which says which one it is", () => {
    const settings = settingsOf(environment);
    const asked = [...JSON.stringify(steps).matchAll(PLACEHOLDER)].map(([, name = ""]) => name);
    const written = steps.flatMap(({ writeToEnvironmentFile = {} }) =>
      Object.values(writeToEnvironmentFile),
    );

    expect([...asked, ...written].filter((name) => !(name in settings))).toEqual([]);
    expect(settings["TEAMSFX_ENV"]).toBe(environment);
  });

  it("names files that are there, and packages that an earlier step has made", () => {
    const made = new Set<string>();
    const missing: string[] = [];
    for (const { uses, with: given } of steps) {
      for (const path of pathsIn(given)) {
        const isMade =
          path.startsWith("./build") && (uses.includes("zipAppPackage") || made.has(path));
        if (!isMade && !existsSync(join(ROOT, path))) missing.push(path);
      }
      if (uses === "teamsApp/zipAppPackage") made.add(String(given["outputZipPath"]));
      if (String(given["args"]).startsWith("run package"))
        made.add("./build/community-champions-${{TEAMSFX_ENV}}.zip");
    }

    expect(missing).toEqual([]);
  });

  it("runs scripts that package.json has", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const run = steps.flatMap(
      ({ with: { args } }) => /^run ([\w-]+)/.exec(String(args))?.[1] ?? [],
    );

    expect(run.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe("the environments", () => {
  it("hold no secret, and those that hold one are not kept", () => {
    const names = readdirSync(join(ROOT, "env")).filter(
      // Other tests write environments of their own beside these, and take them away again.
      (name) => name.startsWith(".env.") && !/\.(tested|packed)$/.test(name),
    );
    const filled = names.flatMap((name) =>
      Object.entries(parseEnv(read(`env/${name}`))).flatMap(([key, value]) =>
        /PASSWORD$|SECRET|TOKEN|_KEY$/.test(key) && value ? [`${name}: ${key}`] : [],
      ),
    );

    expect(filled).toEqual([]);
    expect(read(".gitignore")).toContain("env/*.user");
  });
});

describe("infra/", () => {
  let main: Node;
  let alerts: Node;
  beforeAll(async () => {
    await Parser.init();
    const grammar = readFileSync(require.resolve("tree-sitter-bicep/tree-sitter-bicep.wasm"));
    const parser = new Parser().setLanguage(await Language.load(grammar));
    const rootOf = (file: string) => {
      const tree = parser.parse(read(`infra/${file}`));
      if (!tree) throw new Error(`${file} cannot be read`);
      return tree.rootNode;
    };
    main = rootOf("main.bicep");
    alerts = rootOf("alerts.bicep");
  });

  it("is Bicep without a fault in its grammar", () => {
    expect([main, alerts].flatMap(faultsIn)).toEqual([]);
  });

  it("uses every parameter, variable and resource that something is to be found by", () => {
    for (const root of [main, alerts]) {
      const named = [...declared(root, "param"), ...declared(root, "var")];
      const idle = named.filter((name) => uses(root, name) < 2);

      expect(idle).toEqual([]);
    }
  });

  it("refers to nothing that is not declared", () => {
    for (const root of [main, alerts]) {
      const known = new Set(
        ["param", "var", "resource", "module"].flatMap((kind) => declared(root, kind)),
      );
      const bases = [...root.text.matchAll(/\b([a-z]\w*)\.(?:id|properties|name)\b/g)].map(
        ([, name = ""]) => name,
      );

      expect(bases.filter((name) => !known.has(name) && name !== "alert")).toEqual([]);
    }
  });

  it("gives the alerts what they ask for", () => {
    const block =
      /module alerts[^]*?params: \{([^}]*(?:\$\{[^}]*\}[^}]*)*)\n {2}\}/.exec(main.text)?.[1] ?? "";
    const given = [...block.matchAll(/^ +(\w+):/gm)].map(([, name = ""]) => name);

    expect(given.toSorted()).toEqual(declared(alerts, "param").toSorted());
  });

  it("is given its parameters from the environment, and gives back settings", () => {
    const { parameters } = JSON.parse(read("infra/main.parameters.json")) as { parameters: object };
    const needed = [...main.text.matchAll(/^param (\w+) \w+$/gm)].map(([, name = ""]) => name);
    const asked = [...read("infra/main.parameters.json").matchAll(PLACEHOLDER)].map(
      ([, name = ""]) => name,
    );
    const settings = settingsOf("production");

    expect(
      Object.keys(parameters).filter((name) => !declared(main, "param").includes(name)),
    ).toEqual([]);
    expect(needed.filter((name) => !(name in parameters))).toEqual([]);
    expect([...asked, ...declared(main, "output")].filter((name) => !(name in settings))).toEqual(
      [],
    );
  });

  it.each([
    ["no keys to the tables", /allowSharedKeyAccess: false/],
    ["nothing public", /allowBlobPublicAccess: false/],
    ["TLS 1.2 at the tables", /minimumTlsVersion: 'TLS1_2'/],
    ["TLS 1.2 at the bot", /minTlsVersion: '1\.2'/],
    ["https only", /httpsOnly: true/],
    ["soft delete", /deleteRetentionPolicy: \{\s+enabled: true/],
    ["packages for running, and the build that is started", INSTALL],
    ["a bot that is always on", /alwaysOn: true/],
    ["a check of each replica", /healthCheckPath: '\/healthz'/],
    ["two replicas at least", /@minValue\(2\)\s+@maxValue\(10\)\s+param replicas/],
    ["a bot registration without a secret", /msaAppType: 'UserAssignedMSI'/],
    ["a role on this account alone", /resource mayUseTables [^]*?scope: storage\n/],
    ["table data only", /0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3/],
  ])("has %s", (_what, rule) => {
    expect(main.text).toMatch(rule);
  });

  it("gives the bot one role", () => {
    expect(main.text.match(/roleAssignments@/g)).toHaveLength(1);
  });

  it("asks the log for words that the bot writes, and each alert is in the runbook", () => {
    const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => read(`src/${file}`))
      .join("\n");
    const words = [...alerts.text.matchAll(/== "([^"]+)"/g)].map(([, said = ""]) => said);
    const names = [
      ...[...alerts.text.matchAll(/^ {4}name: '([a-z-]+)'$/gm)].map(([, name = ""]) => name),
      ...["availability", "server-errors"],
    ];
    const runbook = read("docs/runbook.md");

    expect(words.filter((said) => !sources.includes(`"${said}"`))).toEqual([]);
    // A chapter whose name is in small letters is about an alert.
    const chapters = [...runbook.matchAll(/^## ([a-z][a-z-]*)$/gm)].map(([, name = ""]) => name);

    expect(names).toHaveLength(6);
    expect(chapters.toSorted()).toEqual(names.toSorted());
    expect(names.filter((name) => !runbook.includes(`## ${name}`))).toEqual([]);
  });
});

describe("the container", () => {
  const steps = read("Dockerfile").split("\n");

  it("takes in only what is there, and what .dockerignore lets in", () => {
    const copied = steps
      .filter((line) => line.startsWith("COPY ") && !line.includes("--from"))
      .flatMap((line) => line.split(" ").slice(1, -1));
    const allowed = read(".dockerignore").split("\n");

    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(copied.filter((path) => !allowed.includes(`!${path}`))).toEqual([]);
  });

  it("runs as nobody in particular, from packages that are for running only", () => {
    expect(steps).toContain("USER node");
    expect(steps.findIndex((line) => line === "USER node")).toBeLessThan(
      steps.findIndex((line) => line.startsWith("CMD ")),
    );
    expect(read("Dockerfile")).toContain("npm ci --omit=dev");
    expect(read("Dockerfile")).not.toMatch(/PASSWORD|SECRET|--build-arg|^ARG /m);
  });

  it("runs the Node that the tests run with", () => {
    const { devDependencies } = JSON.parse(read("package.json")) as {
      devDependencies: Record<string, string>;
    };
    const major = devDependencies["node"]?.split(".")[0];

    expect(read("Dockerfile").match(/FROM node:\d+/g)).toEqual(Array(2).fill(`FROM node:${major}`));
    expect(read("infra/main.bicep")).toContain(`NODE|${major}-lts`);
  });
});

describe("the build", () => {
  const serve = join(ROOT, "build", "bot", "serve.mjs");

  // Making it loads every part of it once, for the cache of compiled code.
  it("can be made and started, and says what its settings lack", () => {
    const environment = { PATH: process.env["PATH"] };
    execFileSync(process.execPath, [join(ROOT, "manifest", "build.ts")], { env: environment });

    const { status, stderr } = spawnSync(process.execPath, [serve], { env: environment });

    expect(String(stderr)).toContain("TABLES_");
    expect(status).toBe(1);
    expect(readdirSync(join(ROOT, "build", "bot", "cache"))).not.toEqual([]);
  }, 120_000);

  it("can be made where only the packages for running are installed", () => {
    const folder = mkdtempSync(join(tmpdir(), "for-running-"));
    const { packages } = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, { dev?: boolean }>;
    };
    const running = Object.keys(packages).filter(
      (path) => /^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path) && !packages[path]?.dev,
    );
    for (const path of running.filter((each) => existsSync(join(ROOT, each)))) {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      symlinkSync(join(ROOT, path), join(folder, path));
    }
    for (const name of ["src", "cards", "data", "manifest", "package.json", "tsconfig.json"])
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });

    execFileSync(process.execPath, [join(folder, "manifest", "build.ts")]);

    expect(existsSync(join(folder, "build", "bot", "serve.mjs"))).toBe(true);
    rmSync(folder, { recursive: true });
  }, 120_000);

  it("is what runs in the container, on App Service and by npm", () => {
    const { scripts, dependencies } = JSON.parse(read("package.json")) as {
      scripts: Record<string, string>;
      dependencies: Record<string, string>;
    };

    const [flag, ...others] =
      /^node (--\S+) build\/bot\/serve\.mjs$/.exec(scripts["serve:built"] ?? "")?.slice(1) ?? [];
    expect(others).toEqual([]);
    expect(read("Dockerfile")).toContain(`CMD ["node", "${flag}", "build/bot/serve.mjs"]`);
    expect(read("infra/main.bicep")).toContain(
      `appCommandLine: 'node ${flag} build/bot/serve.mjs'`,
    );
    // Compiled code that was kept under other flags is not used.
    expect(read("manifest/build.ts")).toContain(`const FLAGS = ["${flag}"]`);
    // It is made where only what is for running is installed.
    expect(read("Dockerfile")).toContain("RUN npm run build");
    expect(read("infra/main.bicep")).toContain("'SCM_DO_BUILD_DURING_DEPLOYMENT'");
    expect(dependencies).toHaveProperty("esbuild");
  });
});

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

function settingsOf(environment: string): Record<string, string | undefined> {
  return parseEnv(read(`env/.env.${environment}`));
}

function pathsIn(given: unknown): string[] {
  if (typeof given === "string") return /^\.\.?(\/|$)/.test(given) ? [given] : [];
  if (typeof given !== "object" || given === null) return [];
  return Object.entries(given).flatMap(([name, value]) =>
    name === "outputFolder" ? [] : pathsIn(value),
  );
}

function faultsIn(node: Node): string[] {
  const own = node.isError || node.isMissing ? [`line ${node.startPosition.row + 1}`] : [];
  return node.hasError
    ? [...own, ...node.children.flatMap((each) => (each ? faultsIn(each) : []))]
    : own;
}

function declared(root: Node, kind: string): string[] {
  return [...root.text.matchAll(new RegExp(`^${kind} (\\w+)`, "gm"))].map(([, name = ""]) => name);
}

function uses(root: Node, name: string): number {
  return root.text.match(new RegExp(`\\b${name}\\b`, "g"))?.length ?? 0;
}
