import { join } from "node:path";
import { drawBars, type BarPicture } from "./bar-drawing.ts";
import { drawLine, type LinePicture } from "./line-drawing.ts";
import { encodePng } from "./png.ts";
import { WIDTH } from "./svg.ts";

/** Teams shows pictures up to 1,024 pixels wide and high. On paper 16 cm of these are 150 dpi. */
const MOST_PIXELS = 960;
const FONTS = join(import.meta.dirname, "..", "..", "data", "fonts");
const FONT_FILES = ["Inter_400Regular.ttf", "Inter_600SemiBold.ttf"].map((file) =>
  join(FONTS, file),
);

/** A PNG of a line chart, for Word papers and for clients that draw no charts themselves. */
export async function chartPng(chart: LinePicture): Promise<Uint8Array> {
  return rasterise(drawLine(chart));
}

/** A PNG of bars, one group or several side by side. */
export async function barsPng(chart: BarPicture): Promise<Uint8Array> {
  return rasterise(drawBars(chart));
}

/** Off the main thread: nobody else's turn waits for a picture. */
async function rasterise(svg: string): Promise<Uint8Array> {
  // Loaded when the first picture is wanted: most days nobody asks for one.
  const { renderAsync } = await import("@resvg/resvg-js");
  const height = Number(/height="([\d.]+)"/.exec(svg)?.[1] ?? WIDTH);
  const fitTo =
    height > WIDTH
      ? ({ mode: "height", value: MOST_PIXELS } as const)
      : ({ mode: "width", value: MOST_PIXELS } as const);
  const image = await renderAsync(svg, {
    fitTo,
    // A computer's own fonts differ, and a container has none.
    font: { loadSystemFonts: false, fontFiles: FONT_FILES, defaultFontFamily: "Inter" },
  });
  return encodePng({ width: image.width, height: image.height, bytes: image.pixels });
}
