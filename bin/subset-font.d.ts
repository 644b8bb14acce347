// The package has no types of its own; the checker reads them here, and no program runs this file.
declare module 'subset-font' {
  /** The letters of `text` cut out of a font, at one place of its axes. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: { targetFormat: 'truetype'; variationAxes?: Record<string, number> },
  ): Promise<Buffer>;
}
