/** Lines with the heading that leads them in: "Major Projects:", or none. */
export interface LedIn {
  readonly heading: string;
  readonly items: readonly string[];
}

/** Whether a champion wrote a line as a heading of their own: it leads in those under it. */
export function isOwnHeading(line: string): boolean {
  return line.trimEnd().endsWith(":");
}

/** Lines under the headings that their champion gave them, word for word and in their order. */
export function underOwnHeadings(lines: readonly string[]): LedIn[] {
  const parts: { heading: string; items: string[] }[] = [];
  for (const line of lines) {
    if (isOwnHeading(line)) parts.push({ heading: line, items: [] });
    else if (parts.length === 0) parts.push({ heading: "", items: [line] });
    else parts.at(-1)?.items.push(line);
  }
  return parts;
}
