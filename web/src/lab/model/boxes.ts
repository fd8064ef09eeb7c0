/** Rotated boxes, and whether two of them touch: used to keep labels from overlapping. */
export interface Box {
  /** Its centre. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** In radians. */
  turn: number;
}

export const upright = (left: number, top: number, width: number, height: number): Box => ({
  x: left + width / 2,
  y: top + height / 2,
  width,
  height,
  turn: 0,
});

/** Half the length of a box's projection on an axis in the direction of `angle`. */
const reach = (box: Box, angle: number): number =>
  (Math.abs(Math.cos(angle - box.turn)) * box.width + Math.abs(Math.sin(angle - box.turn)) * box.height) / 2;

export const lowest = (box: Box): number => box.y + reach(box, Math.PI / 2);

/** By the separating axis theorem: two convex shapes are apart if a line along an edge of one separates them. */
export function touch(a: Box, b: Box): boolean {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const far = (a.width + a.height + b.width + b.height) / 2;
  if (Math.abs(dx) > far || Math.abs(dy) > far) return false;
  // Two that are upright, as nearly all are, have the same axes.
  if (a.turn === 0 && b.turn === 0)
    return Math.abs(dx) < (a.width + b.width) / 2 - 1e-9 && Math.abs(dy) < (a.height + b.height) / 2 - 1e-9;
  return [a.turn, b.turn].every((angle) => meet(a, b, angle) && meet(a, b, angle + Math.PI / 2));
}

/** Whether what two boxes cover of an axis has a part in common. */
function meet(a: Box, b: Box, angle: number): boolean {
  const distance = Math.abs((b.x - a.x) * Math.cos(angle) + (b.y - a.y) * Math.sin(angle));
  return distance < reach(a, angle) + reach(b, angle) - 1e-9;
}

/** The box around a piece of a line, `thick` pixels wide. */
export function boxOfLine(x1: number, y1: number, x2: number, y2: number, thick: number): Box {
  return {
    x: (x1 + x2) / 2,
    y: (y1 + y2) / 2,
    width: Math.hypot(x2 - x1, y2 - y1),
    height: thick,
    turn: Math.atan2(y2 - y1, x2 - x1),
  };
}
