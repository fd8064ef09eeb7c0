/** The worlds grouped by lesson, in the order of the lessons; those that belong to no lesson come last. */
import { lessons } from '@exercises/lessons/path.json';
import { inBoth, type Bilingual } from '../../i18n/index.svelte.ts';
import '../../i18n/scenarios.ts';

export const groups = {
  1: ['first-visit', 'handshake', 'handshake-data-close', 'two-clients'],
  2: [
    'rfc9293-figure-06',
    'lost-syn-ack',
    'lost-third-ack',
    'lost-third-ack-then-data',
    'send-before-established',
    'non-blocking-connect',
    'accept-waits',
    'close-in-syn-sent',
    'mutant-syn-takes-no-number',
    'mutant-pure-ack-takes-a-number',
    'mutant-client-via-syn-rcvd',
  ],
  3: ['wrap-around'],
  4: ['three-way-old-duplicate-syn', 'two-way-old-duplicate-syn', 'rfc9293-figure-08', 'rfc9293-figure-11'],
  5: ['window-scale-and-timestamps', 'path-mtu', 'paws-drops-an-old-segment', 'paws-poisoned-by-a-blind-syn'],
  6: [
    'rfc9293-figure-12',
    'close-at-once',
    'half-close-with-data',
    'send-after-shutdown',
    'lost-fin',
    'linger-waits',
    'killed-process',
    'mutant-fin-takes-no-number',
    'mutant-fin-stops-both-directions',
  ],
  7: [
    'server-closes-first',
    'lost-last-ack',
    'lost-last-ack-no-time-wait',
    'time-wait-refuses-the-pair',
    'no-time-wait-old-segment',
    'too-old',
    'time-wait-new-syn',
    'bind-time-wait-reuseaddr',
    'ephemeral-ports-run-out',
    'mutant-passive-closer-holds-time-wait',
  ],
  8: ['listener-turns-active', 'fin-acknowledges-fin', 'mutant-fin-always-closing'],
  9: ['rfc9293-figure-07', 'rfc9293-figure-13', 'simultaneous-close'],
  10: [
    'refused',
    'icmp-port-unreachable',
    'abort',
    'close-then-data',
    'close-with-unread-data',
    'killed-process-unread',
    'linger-zero',
    'blind-reset',
    'blind-reset-rfc793',
    'syn-on-a-connection',
  ],
  11: [
    'nobody-answers',
    'no-such-host',
    'syn-retries-by-profile',
    'icmp-host-unreachable',
    'keep-alive-finds-a-dead-host',
  ],
  12: ['crash-and-half-open', 'crash-and-connect-again', 'lost-rst', 'rfc9293-figure-09', 'rfc9293-figure-10'],
  13: ['backlog-full', 'accept-queue-full-linux', 'syn-cookies'],
  14: ['defer-accept', 'reuse-port-linux'],
  data: [
    'duplicates',
    'loss-10-percent',
    'hold-and-release',
    'damaged-segment',
    'zero-window',
    'endless',
    'nagle-and-delayed-ack',
  ],
} as const;

/** The number of a lesson, or the name of a group without a lesson. */
export type Group = `${keyof typeof groups}`;

export const groupNames = Object.keys(groups) as Group[];

export const withinGroup = (group: Group): readonly string[] => groups[group as keyof typeof groups];

/** A group's title in both languages; titles of lessons come from the path. */
export function groupTitles(group: Group): Bilingual {
  if (group === 'data') return inBoth('lab.worlds.data');
  const { title } = lessons.find(({ number }) => String(number) === group) ?? { title: { en: '', zh: '' } };
  const { en } = inBoth('lab.worlds.lesson', { n: group, title: title.en });
  const { zh } = inBoth('lab.worlds.lesson', { n: group, title: title.zh });
  return { en, zh };
}
