/** The containers to which the focus may fall back: a panel, a group, a form. */
const places = 'section, form, dialog, [role="group"], [role="tabpanel"], [role="dialog"], main';

/** A disabled element keeps the focus until the next frame, and then loses it without an event. */
const isLost = (element: Element | null): boolean =>
  element === null || element === document.body || element.matches(':disabled');
const canHaveFocus = (element: Element): boolean =>
  element.isConnected && element.checkVisibility() && !element.matches(':disabled');

/**
 * When the focused element is removed or disabled, browsers move the focus to the body, far from where the reader
 * works. This moves it to the nearest container instead; not to a sibling, which the next Enter would press. Returns a
 * function that stops it.
 */
export function keepFocus(): () => void {
  /** The element that had the focus last, then its ancestors from the inside out. */
  let path: Element[] = [];
  let waiting = false;
  /** `main` has the focus only until there is a heading that can take it: a new view arrives in pieces. */
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

  // Wait one frame: code that moves the focus on purpose has done so by then.
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
