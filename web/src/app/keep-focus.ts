/** What a person would call a place: a panel, a group, a form. */
const places = 'section, form, dialog, [role="group"], [role="tabpanel"], [role="dialog"], main';

/** What is disabled keeps the focus until the browser has drawn its next picture, and then loses it without a word. */
const isLost = (element: Element | null): boolean =>
  element === null || element === document.body || element.matches(':disabled');
const canHaveFocus = (element: Element): boolean =>
  element.isConnected && element.checkVisibility() && !element.matches(':disabled');

/**
 * When what has the focus goes, or is disabled, browsers let it fall to the page's body, far from where the work is.
 * Here it stays in the place of what is gone: not on a neighbour, which the next Enter would press. Returns what ends this.
 */
export function keepFocus(): () => void {
  /** What had the focus last, and all around it, from the inside out. */
  let path: Element[] = [];
  let waiting = false;
  /** Main has the focus until there is a heading that can take it: a new view comes in pieces. */
  let arriving = false;
  const isDue = () => isLost(document.activeElement) || (arriving && document.activeElement?.id === 'main');

  function remember({ target }: FocusEvent): void {
    path = [];
    arriving &&= (target as Element).id === 'main';
    for (let each = target as Element | null; each; each = each.parentElement) path.push(each);
  }

  function mend(): void {
    waiting = false;
    const [last, ...around] = path;
    if (!last || !isDue() || (canHaveFocus(last) && !arriving)) return;
    const near = (arriving ? path : around).find((each) => each.matches(places) && canHaveFocus(each));
    arriving = near?.id === 'main';
    const heading = arriving
      ? (near?.querySelector('h1:not(.unseen)') ?? near?.querySelector('h2:not(.unseen)'))
      : undefined;
    const place = heading ?? near;
    if (!(place instanceof HTMLElement)) return;
    if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }

  // Whoever moves the focus on purpose has done so by the next picture.
  const observer = new MutationObserver(() => {
    if (waiting || !isDue()) return;
    waiting = true;
    requestAnimationFrame(mend);
  });
  document.addEventListener('focusin', remember);
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled', 'hidden'] });
  return () => {
    document.removeEventListener('focusin', remember);
    observer.disconnect();
  };
}
