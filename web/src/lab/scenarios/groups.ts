/** The worlds in groups, in the order in which they are learnt. */
export const groups = {
  open: [
    'first-visit', 'handshake', 'handshake-data-close', 'lost-syn-ack', 'lost-third-ack', 'lost-third-ack-then-data',
    'syn-retries-by-profile', 'nobody-answers', 'no-such-host', 'refused', 'non-blocking-connect', 'send-before-established',
    'listener-turns-active', 'close-in-syn-sent', 'two-clients', 'window-scale-and-timestamps',
    'three-way-old-duplicate-syn', 'two-way-old-duplicate-syn', 'icmp-host-unreachable', 'icmp-port-unreachable',
  ],
  data: [
    'duplicates', 'loss-10-percent', 'hold-and-release', 'damaged-segment', 'too-old', 'wrap-around', 'zero-window', 'endless',
    'nagle-and-delayed-ack', 'path-mtu', 'paws-drops-an-old-segment', 'paws-poisoned-by-a-blind-syn',
  ],
  close: [
    'server-closes-first', 'close-at-once', 'fin-acknowledges-fin', 'simultaneous-close', 'half-close-with-data',
    'send-after-shutdown', 'lost-fin', 'linger-waits',
  ],
  time_wait: [
    'lost-last-ack', 'lost-last-ack-no-time-wait', 'time-wait-new-syn', 'time-wait-refuses-the-pair',
    'no-time-wait-old-segment', 'bind-time-wait-reuseaddr', 'ephemeral-ports-run-out',
  ],
  reset: [
    'abort', 'close-then-data', 'close-with-unread-data', 'linger-zero', 'lost-rst', 'blind-reset', 'blind-reset-rfc793',
    'syn-on-a-connection',
  ],
  broken: [
    'crash-and-half-open', 'crash-and-connect-again', 'keep-alive-finds-a-dead-host', 'killed-process', 'killed-process-unread',
  ],
  load: ['accept-waits', 'accept-queue-full-linux', 'backlog-full', 'defer-accept', 'reuse-port-linux', 'syn-cookies'],
  mutant: [
    'mutant-client-via-syn-rcvd', 'mutant-fin-always-closing', 'mutant-fin-stops-both-directions', 'mutant-fin-takes-no-number',
    'mutant-passive-closer-holds-time-wait', 'mutant-pure-ack-takes-a-number', 'mutant-syn-takes-no-number',
  ],
  rfc: [
    'rfc9293-figure-06', 'rfc9293-figure-07', 'rfc9293-figure-08', 'rfc9293-figure-09', 'rfc9293-figure-10',
    'rfc9293-figure-11', 'rfc9293-figure-12', 'rfc9293-figure-13',
  ],
} as const;

export type Group = keyof typeof groups;

export const groupNames = Object.keys(groups) as Group[];
