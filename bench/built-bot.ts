import { join } from "node:path";
import manifest from "../package.json" with { type: "json" };

/** The program as production runs it, made by `npm run build`, and Node's flags for it. */
export const BUILT = {
  script: join(import.meta.dirname, "..", "build", "bot", "serve.mjs"),
  flags: manifest.scripts["serve:built"].split(" ").filter((word) => word.startsWith("--")),
};
