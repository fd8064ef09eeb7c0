// Which shapes of segment the rows of table.json bring to each state.

// As each row finds it: what is acknowledged, what is sent next, what is expected next (ISS 100, IRS 300).
const numbers = {
  SYN_RCVD: { una: 100, nxt: 101, rcv: 301 },
  ESTABLISHED: { una: 101, nxt: 101, rcv: 301 },
  FIN_WAIT_1: { una: 101, nxt: 102, rcv: 301 },
  FIN_WAIT_2: { una: 102, nxt: 102, rcv: 301 },
  CLOSE_WAIT: { una: 101, nxt: 101, rcv: 302 },
  CLOSING: { una: 101, nxt: 102, rcv: 302 },
  LAST_ACK: { una: 101, nxt: 102, rcv: 302 },
  TIME_WAIT: { una: 102, nxt: 102, rcv: 302 },
};
const window = 1000;

const withoutNumbers = ['RST', 'SYN', 'SYN,ACK', 'ACK', 'no ACK', 'FIN', 'data', 'window zero'];
const withNumbers = [
  ...['old SEQ', 'future SEQ', 'RST exact', 'RST in the window', 'RST outside', 'SYN in the window', 'SYN outside'],
  ...['no ACK', 'ACK old', 'ACK duplicate', 'ACK beyond', 'FIN', 'data', 'window zero'],
];

function shapesAnywhere({ flags, text, win }) {
  const shapes = flags.has('RST') ? ['RST'] : [];
  if (flags.has('SYN') && !flags.has('RST')) shapes.push(flags.has('ACK') ? 'SYN,ACK' : 'SYN');
  if (!flags.has('SYN') && !flags.has('RST')) shapes.push(flags.has('ACK') ? 'ACK' : 'no ACK');
  if (flags.has('FIN')) shapes.push('FIN');
  if (text) shapes.push('data');
  if (win === '0') shapes.push('window zero');
  return shapes;
}

function shapesAt({ una, nxt, rcv }, { flags, seq, ack, text, win }) {
  const isInside = seq >= rcv && seq < rcv + window;
  if (flags.has('RST')) return [seq === rcv ? 'RST exact' : isInside ? 'RST in the window' : 'RST outside'];
  if (flags.has('SYN')) return [isInside ? 'SYN in the window' : 'SYN outside'];
  // Once the peer's FIN is here, only the same one can come again.
  if (rcv === 302 && flags.has('FIN') && seq === 301) return ['FIN', 'old SEQ'];
  if (!isInside) return [seq < rcv ? 'old SEQ' : 'future SEQ'];
  if (!flags.has('ACK')) return ['no ACK'];
  const shapes = [ack > nxt ? 'ACK beyond' : ack > una ? 'ACK new' : ack === una ? 'ACK duplicate' : 'ACK old'];
  // SYN_RCVD takes nothing from a segment that does not acknowledge its SYN.
  const counts = una === 100 ? ack === nxt : ack >= una && ack <= nxt;
  if (flags.has('FIN') && counts) shapes.push('FIN');
  if (text && counts) shapes.push('data');
  if (win === '0' && counts) shapes.push('window zero');
  return shapes;
}

function parse(event) {
  const [flags, ...members] = event.split(' ');
  const { seq, ack = 0, text, win } = Object.fromEntries(members.map((member) => member.split('=')));
  return { flags: new Set(flags.split(',')), seq: Number(seq), ack: Number(ack), text, win };
}

/** "STATE: shape" for each that no row brings there alone. */
export function missingShapes(rows) {
  const found = new Set();
  for (const { state, when } of rows) {
    if (typeof when !== 'string' || !when.includes('seq=')) continue;
    const segment = parse(when);
    const shapes = numbers[state] ? shapesAt(numbers[state], segment) : shapesAnywhere(segment);
    for (const shape of shapes) found.add(`${state}: ${shape}`);
  }
  const wanted = ['CLOSED', 'LISTEN', 'SYN_SENT'].flatMap((state) =>
    withoutNumbers.map((shape) => `${state}: ${shape}`),
  );
  for (const [state, { una, nxt }] of Object.entries(numbers)) {
    for (const shape of withNumbers) wanted.push(`${state}: ${shape}`);
    if (una < nxt) wanted.push(`${state}: ACK new`);
  }
  return wanted.filter((shape) => !found.has(shape));
}
