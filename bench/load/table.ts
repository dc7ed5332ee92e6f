/** A table as Markdown has it, so that it can go into the documents as it is. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const rule = head.map((_, column) => (column === 0 ? "---" : "--:"));
  for (const cells of [head, rule, ...rows]) console.log(`| ${cells.join(" | ")} |`);
  console.log("");
}
