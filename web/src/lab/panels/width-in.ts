/** Measures text in an element's font, in bold: the selected row is bold, and must not take more lines then. */

let canvas: CanvasRenderingContext2D | null | undefined;
const known = new Map<string, Map<string, number>>();

export function widthIn(element: HTMLElement): (piece: string) => number {
  const { fontSize, fontFamily } = getComputedStyle(element);
  const font = `600 ${fontSize} ${fontFamily}`;
  const widths = known.get(font) ?? new Map<string, number>();
  known.set(font, widths);
  canvas ??= document.createElement('canvas').getContext('2d');
  return (piece) => {
    const width = widths.get(piece) ?? measured(piece, font);
    widths.set(piece, width);
    return width;
  };
}

function measured(piece: string, font: string): number {
  if (!canvas) return 0;
  canvas.font = font;
  return canvas.measureText(piece).width;
}
