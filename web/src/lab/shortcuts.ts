/** Keyboard shortcuts for the whole workspace, unless the focused element uses the key itself. */
import type { LabSession } from './session/session.svelte.ts';

interface Elsewhere {
  toggleNumbers: () => void;
  /** Opens the search, if there is an event list. */
  search?: () => void;
}

export function shortcut(event: KeyboardEvent, session: LabSession, { toggleNumbers, search }: Elsewhere): void {
  if (event.defaultPrevented || event.altKey || !(event.target instanceof Element)) return;
  if (event.target.closest('input, select, textarea, dialog')) return;
  if (session.typedAhead !== undefined && typeAhead(event, session)) return;
  if ((event.ctrlKey || event.metaKey) && event.key === 'z') {
    event.preventDefault();
    void session.undo();
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  const pressesItself = event.target.closest('button, a, summary, [role=button], [role=tab]') !== null;
  switch (event.key) {
    case ' ':
      if (pressesItself) return;
      if (session.playing) session.pause();
      else session.play();
      break;
    case 'ArrowRight':
      session.pause();
      void session.forward();
      break;
    case 'ArrowLeft':
      session.back();
      break;
    case 'Home':
      session.toStart();
      break;
    case 'End':
      session.toEnd();
      break;
    case 'n':
      toggleNumbers();
      break;
    case '/':
      if (!search) return;
      search();
      break;
    case 'Escape':
      session.select(undefined);
      return;
    default:
      return;
  }
  event.preventDefault();
}

/** Collects what is typed after the search key until its field is there: no letter may be lost or act as a shortcut. */
function typeAhead(event: KeyboardEvent, session: LabSession): boolean {
  if (event.ctrlKey || event.metaKey || session.typedAhead === undefined) return false;
  if (event.key === 'Escape') session.typedAhead = undefined;
  else if (event.key === 'Backspace') session.typedAhead = session.typedAhead.slice(0, -1);
  else if (event.key.length === 1) session.typedAhead += event.key;
  else return false;
  event.preventDefault();
  return true;
}
