/** The part of the diagram in view, which is all that is drawn. It is updated in steps, not on every scroll event. */
import type { DiagramModel } from '../model/diagram-model.ts';
import type { Arrow, Band, Beat, Label } from '../model/diagram-types.ts';
import type { Echo } from '../model/echoes.ts';
import type { Fold } from '../model/time-scale.ts';
import type { LabSession } from '../session/session.svelte.ts';

const slab = 256;
/** The least distance between two times in the margin. */
const closest = 15;

export interface Tick {
  t: number;
  y: number;
}

function ticksBetween(model: DiagramModel, from: number, to: number): Tick[] {
  const ticks: Tick[] = [];
  for (let i = model.beatsAbove(from); i < model.beats.length; i++) {
    const beat = model.beats[i] as Beat;
    if (beat.y > to) break;
    const y = model.scale.y(beat.t);
    if (y - (ticks.at(-1)?.y ?? -100) >= closest) ticks.push({ t: beat.t, y });
  }
  return ticks;
}

const inClosedEcho = ({ echo }: Arrow): boolean => echo !== undefined && !echo.open;

export class InSight {
  readonly #session: LabSession;
  readonly #window: () => { top: number; height: number };

  /** `window` is the part of the diagram that the reader sees. To be made while a component is made. */
  constructor(session: LabSession, window: () => { top: number; height: number }) {
    this.#session = session;
    this.#window = window;
  }

  readonly #top = $derived.by(() => Math.floor(this.#window().top / slab) * slab);
  readonly #from = $derived.by(() => this.#top - 2 * slab);
  readonly #to = $derived.by(() => this.#top + 3 * slab + Math.ceil(this.#window().height / slab) * slab);

  readonly #allArrows: Arrow[] = $derived.by(() => {
    const model = this.#model();
    if (!model) return [];
    const open = [...model.flying.values()].filter((arrow) => (arrow.way[0]?.y ?? 0) < this.#to);
    return [...model.arrows.between(this.#from, this.#to), ...open];
  });

  /** The arrows that are drawn singly: of a folded echo, only those in flight, selected or picked. */
  readonly arrows: Arrow[] = $derived.by(() => {
    if (!this.#allArrows.some(inClosedEcho)) return this.#allArrows;
    const { shown, selected, picked } = this.#session;
    const numbers = [...picked, ...(selected === undefined ? [] : [selected])];
    const wanted = new Set(numbers.map((n) => this.#session.model?.arrowOf(n)));
    return this.#allArrows.filter(
      (arrow) =>
        !inClosedEcho(arrow) ||
        (arrow.n < shown && (arrow.end === undefined || arrow.end.n >= shown)) ||
        wanted.has(arrow),
    );
  });

  readonly echoes: Echo[] = $derived.by(
    () => this.#model()?.echoes.all.filter(({ top, bottom }) => bottom > this.#from && top < this.#to) ?? [],
  );

  /** The range of heights in view, and a little more. */
  get span(): { from: number; to: number } {
    return { from: this.#from, to: this.#to };
  }

  readonly bands: Band[] = $derived.by(() => {
    const model = this.#model();
    if (!model) return [];
    const standing = [...model.standing.values()].filter((band) => band.top < this.#to);
    return [...model.bands.between(this.#from, this.#to), ...standing];
  });

  readonly labels: Label[] = $derived.by(() => this.#model()?.labels.between(this.#from, this.#to) ?? []);

  readonly folds: Fold[] = $derived.by(
    () => this.#model()?.scale.folds.filter(({ top, bottom }) => bottom > this.#from && top < this.#to) ?? [],
  );

  readonly ticks: Tick[] = $derived.by(() => {
    const model = this.#model();
    return model ? ticksBetween(model, this.#from, this.#to) : [];
  });

  /** The model itself is not reactive; reading its branch's revision makes callers run again when it has grown. */
  #model(): DiagramModel | undefined {
    void this.#session.branch?.revision;
    return this.#session.model;
  }
}
