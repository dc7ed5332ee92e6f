// The entry of `npm start`. Plain JavaScript, so that a Node too old for TypeScript can still say what is missing.

/** One line that says what to do about a Node that cannot run TypeScript files; undefined when it can. */
function adviceFor(version) {
  const [major, minor] = version.replace("v", "").split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return undefined;
  return `This needs Node 24, or 22.18 at least, and found ${version}. Run "npm ci", which installs Node 24 in this folder. If that does not help, install Node 24 from https://nodejs.org. Then run "npm start" again.`;
}

const advice = adviceFor(process.version);
if (advice) {
  console.error(advice);
  process.exit(1);
}
const { start } = await import("./start.ts");
process.exit(await start(process.argv.slice(2)));
