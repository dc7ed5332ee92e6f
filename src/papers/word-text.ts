/** What XML 1.0 cannot hold, not even escaped. A line's end and a tab are taken out before. */
// oxlint-disable-next-line no-control-regex -- the control characters are what is looked for
const NOT_IN_XML = /[\u0000-\u001F\uFFFE\uFFFF]/g;
// oxlint-disable-next-line no-control-regex -- old line ends are control characters
const LINE_ENDS = /\r\n|[\n\r\u000B\u000C\u2028\u2029]/;

/**
 * Text as it lands in Word: its lines, and of each line the parts between tabs. What was typed is
 * seen as those characters. What no document can hold (control characters, half a character) is
 * seen as �, so that nobody takes the text for whole. The library escapes the rest and keeps spaces.
 */
export function wordText(text: string): string[][] {
  return text
    .toWellFormed()
    .split(LINE_ENDS)
    .map((line) => line.split("\t").map((part) => part.replaceAll(NOT_IN_XML, "\uFFFD")));
}
