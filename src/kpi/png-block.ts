/** A PNG as a paper's block. Its size stands at a fixed place in its first chunk, IHDR. */
export function pngBlock(png: Uint8Array, description: string) {
  const header = new DataView(png.buffer, png.byteOffset);
  const [width, height] = [header.getUint32(16), header.getUint32(20)];
  return { kind: "picture", png, width, height, description } as const;
}
