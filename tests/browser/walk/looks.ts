/** How a page looks, as far as browsers differ: the style of controls, and what is drawn where only pixels tell. */

export interface Looks {
  /** The computed style of each control. */
  controls: Record<string, Record<string, string>>;
  /** Places whose colour is known: the middle of an arrow's head and of the slider's thumb. */
  spots: Record<string, { x: number; y: number; colour: string }>;
}

/** Runs in the page. */
export function looksInPage(): Looks {
  const styles = [
    'appearance',
    'color',
    'backgroundColor',
    'borderTopColor',
    'borderTopWidth',
    'borderTopStyle',
    'borderTopLeftRadius',
    'fontSize',
    'fontWeight',
    'paddingLeft',
    'paddingRight',
  ] as const;
  const wanted: Record<string, string> = {
    select: '.timeline select',
    language: 'header select',
    slider: 'input[type=range]',
    search: 'input[type=search]',
    text: '.dock input',
    button: '.timeline .more button',
    primary: 'button.primary',
    plain: 'header button.plain',
    small: '.dock .calls button',
    tab: '[role=tab]',
    scroller: '.diagram .scroller',
    panel: '.panel',
    progress: 'progress',
  };
  const controls: Looks['controls'] = {};
  for (const [name, css] of Object.entries(wanted)) {
    const element = document.querySelector(css);
    if (!element) continue;
    const style = getComputedStyle(element) as unknown as Record<string, string>;
    const { height } = element.getBoundingClientRect();
    controls[name] = Object.fromEntries(styles.map((each) => [each, style[each] ?? '']));
    // The first of its two colours, or the thumb's where a browser has no such property.
    const bars = CSS.supports('scrollbar-color: auto')
      ? (style.scrollbarColor ?? '').replace(/\) .*/, ')')
      : getComputedStyle(element, '::-webkit-scrollbar-thumb').backgroundColor;
    controls[name].scrollBars = bars;
    // Of a text's height browsers have their own idea, a pixel apart.
    if (!['scroller', 'panel'].includes(name)) controls[name].height = String(Math.round(height / 2) * 2);
  }
  const spots: Looks['spots'] = {};
  for (const [i, head] of [...document.querySelectorAll<SVGGraphicsElement>('.arrow .tip')].entries()) {
    const box = head.getBoundingClientRect();
    const around = document.querySelector('.diagram .scroller')?.getBoundingClientRect();
    if (!around || box.top < around.top + 60 || box.bottom > around.bottom) continue;
    const line = head.parentElement?.querySelector('.line');
    spots[`head ${i}`] = {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      colour: line ? getComputedStyle(line).stroke : '',
    };
  }
  const slider = document.querySelector<HTMLInputElement>('input[type=range]');
  if (slider) {
    const { x, y, width, height } = slider.getBoundingClientRect();
    const share = (slider.valueAsNumber - Number(slider.min)) / (Number(slider.max) - Number(slider.min));
    const thumb = 18;
    const probe = document.createElement('i');
    probe.style.color = 'var(--accent)';
    slider.after(probe);
    const accent = getComputedStyle(probe).color;
    probe.remove();
    spots.thumb = { x: x + thumb / 2 + share * (width - thumb), y: y + height / 2, colour: accent };
  }
  return { controls, spots };
}
