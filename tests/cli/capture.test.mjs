// What Wireshark makes of the captures that `tcplab run --pcap` writes: for every scenario, from every
// place from which one can look, tshark reads each packet as the trace has it (ICMP errors too), finds
// nothing malformed, no checksum wrong but those that the trace tells, and its own analysis flags as sent again what the trace marks as such.
// The environment variable TCPLAB names the executable.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';

const root = new URL('../..', import.meta.url).pathname;
const command = resolve(root, process.env.TCPLAB ?? 'build/native/tcplab');
const scenarios = join(root, 'exercises/scenarios');
const folder = mkdtempSync(join(tmpdir(), 'tcplab-capture-'));
after(() => rmSync(folder, { recursive: true }));

// Where the network loses by chance, some runs more: in these, segments are sent again soon after newer ones.
const seeds = { 'loss-10-percent': [1, 16, 26] };

const run = async (program, args) => {
  // A folder of its own, so that nobody's preferences have a say.
  const env = { ...process.env, XDG_CONFIG_HOME: folder, WIRESHARK_CONFIG_DIR: folder };
  return (await promisify(execFile)(program, args, { env, maxBuffer: 1 << 28 })).stdout;
};

const fields = {
  comment: 'frame.comment',
  time: 'frame.time_epoch',
  src: 'ip.src',
  dst: 'ip.dst',
  sport: 'tcp.srcport',
  dport: 'tcp.dstport',
  seq: 'tcp.seq_raw',
  len: 'tcp.len',
  quotedSeq: 'tcp.seq',
  icmpType: 'icmp.type',
  icmpCode: 'icmp.code',
  mtu: 'icmp.mtu',
  icmpChecksum: 'icmp.checksum.status',
  ipChecksum: 'ip.checksum.status',
  tcpChecksum: 'tcp.checksum.status',
  malformed: '_ws.malformed',
  group: '_ws.expert.group',
  // Also set on fast and on spurious ones.
  retransmission: 'tcp.analysis.retransmission',
  fast: 'tcp.analysis.fast_retransmission',
  spurious: 'tcp.analysis.spurious_retransmission',
  outOfOrder: 'tcp.analysis.out_of_order',
  reused: 'tcp.analysis.reused_ports',
  probe: 'tcp.analysis.zero_window_probe',
  keepAlive: 'tcp.analysis.keep_alive',
  firstRoundTrip: 'tcp.analysis.initial_rtt',
};

async function dissect(file) {
  const checks = ['-o', 'ip.check_checksum:TRUE', '-o', 'tcp.check_checksum:TRUE'];
  const wanted = Object.values(fields).flatMap((field) => ['-e', field]);
  const out = await run('tshark', ['-n', '-r', file, ...checks, '-T', 'fields', '-E', 'separator=/t', ...wanted]);
  const lines = out.split('\n').slice(0, -1);
  return lines.map((line) => {
    const values = line.split('\t');
    return Object.fromEntries(Object.keys(fields).map((name, i) => [name, values[i]]));
  });
}

/**
 * What passed a place, in order: each event with the one that sent its segment. '' is every host's way out, and what ICMP
 * tells it.
 */
function passedAt(place, events) {
  const sent = new Map();
  for (const event of events) if (event.kind === 'segment.sent') sent.set(event.segment.id, event);
  return events
    .filter(({ kind, host }) => {
      if (kind === 'segment.sent' || kind === 'icmp') return !place || host === place;
      return kind === 'segment.received' && host === place;
    })
    .map((event) => ({ event, sent: sent.get(event.segment.id) }));
}

const has = (segment, flag) => segment.flags.split(' ').includes(flag);
const taken = (segment) => segment.len + has(segment, 'SYN') + has(segment, 'FIN');
const isBefore = (a, b) => ((a - b) | 0) < 0;

/**
 * What tshark must call each packet: 'new', 'again', 'probe', 'keep-alive' or 'icmp'. `again(sent, behind)` decides between the
 * first two; `behind` is whether a packet begins before the newest number that passed in its direction. A keep-alive is
 * what the trace sent as one. Five rules are tshark's own:
 *
 * - What takes no number and begins one before the newest is a keep-alive by its looks. So is, in a world in which a SYN or
 *   a FIN takes no number (the misconception), every ACK that follows it.
 * - A probe of a closed window, also when it is repeated, is only a probe, and its octet does not count as passed. So
 *   when the window opens and the octet goes out again (persist_window_opened), it is new.
 * - More than one octet from the newest number that passed is new: tshark thinks of a probe, and here it is the world in
 *   which a SYN takes no number (the misconception).
 * - A SYN with another number begins another connection.
 * - To tshark 4.2 and later so does any SYN after a RST, the same one again too; it calls the ports reused.
 */
function expectations(passed, again, isMisled, packets) {
  let newest = {};
  let first = {};
  const probed = new Set();
  let wasReset = false;
  return passed.map(({ event, sent }, i) => {
    if (event.kind === 'icmp') return 'icmp';
    const { segment, rule } = sent;
    const { src, dst, seq } = segment;
    const way = `${src} ${dst}`;
    const isSyn = segment.flags === 'SYN';
    const begins = isSyn && wasReset && packets[i]?.reused === '1';
    if (begins || (isSyn && (first[way] ?? seq) !== seq)) [newest, first] = [{}, {}];
    wasReset = isSyn ? false : wasReset || has(segment, 'RST');
    if (begins) {
      first[way] = seq;
      newest[way] = (seq + 1) % 2 ** 32;
      return 'new';
    }
    first[way] ??= seq;
    const octet = `${way} ${seq}`;
    if (rule === 'persist_probe') probed.add(octet);
    if (probed.has(octet) && rule !== 'persist_window_opened') return 'probe';
    const opened = probed.delete(octet);
    const looksKeptAlive = taken(segment) === 0 && !has(segment, 'RST') && (newest[way] - 1) >>> 0 === seq;
    if (rule === 'keep_alive_probe' || (looksKeptAlive && isMisled)) return 'keep-alive';
    const behind = newest[way] !== undefined && isBefore(seq, segment.len > 1 ? newest[way] - 1 : newest[way]);
    const next = (seq + taken(segment)) % 2 ** 32;
    if (newest[way] === undefined || isBefore(newest[way], next)) newest[way] = next;
    return !opened && taken(segment) > 0 && again(sent, behind) ? 'again' : 'new';
  });
}

/**
 * Where every host sends: exactly the trace's retransmissions. One more repeats a number and is none: in a simultaneous
 * open, the SYN,ACK that answers a SYN carries the SYN that was sent before (RFC 9293, figure 7).
 */
const againWhereSent = (sent) =>
  sent.retransmission === true || (sent.rule === 'syn_sent_syn' && has(sent.segment, 'SYN'));

/**
 * At one host: what begins before the newest number that passed there. So a retransmission whose original was lost on
 * the way is new, and a copy that the network made, or an original that comes after its retransmission, is not.
 */
const againAtHost = (_, behind) => behind;

function calledByTshark(packet) {
  if (packet.icmpType) return 'icmp';
  if (packet.keepAlive)
    return packet.probe || packet.retransmission || packet.outOfOrder ? 'keep-alive and more' : 'keep-alive';
  if (packet.probe) return packet.retransmission || packet.outOfOrder ? 'probe and again' : 'probe';
  if ((packet.fast || packet.spurious) && !packet.retransmission) return 'fast or spurious, yet not again';
  return packet.retransmission || packet.outOfOrder ? 'again' : 'new';
}

/** Types and codes of RFC 792. What an error quotes stands behind a comma in IPv4's fields, and alone in TCP's. */
const icmpErrors = {
  net_unreachable: [3, 0],
  host_unreachable: [3, 1],
  protocol_unreachable: [3, 2],
  port_unreachable: [3, 3],
  fragmentation_needed: [3, 4],
  source_route_failed: [3, 5],
  source_quench: [4, 0],
  time_exceeded: [11, 0],
  parameter_problem: [12, 0],
};

function compareIcmp(packet, { error, segment, mtu }, about) {
  const [src, dst] = [segment.src, segment.dst].map((endpoint) => endpoint.split(':'));
  assert.deepEqual([Number(packet.icmpType), Number(packet.icmpCode)], icmpErrors[error], about);
  assert.equal(packet.mtu, mtu === undefined ? '' : `${mtu}`, about);
  assert.equal(packet.icmpChecksum, '1', about);
  const from = /^(protocol|port)_/.test(error) ? dst[0] : '192.0.2.1';
  assert.deepEqual([packet.src, packet.dst], [`${from},${src[0]}`, `${src[0]},${dst[0]}`], about);
  assert.deepEqual([packet.sport, packet.dport, Number(packet.quotedSeq)], [src[1], dst[1], segment.seq], about);
}

function compare(packets, passed, again, isMisled) {
  const numbers = packets.map(({ comment }) => Number(/^event (\d+): /.exec(comment)?.[1]));
  assert.deepEqual(
    numbers,
    passed.map(({ event }) => event.n),
    'each packet is one that passed, in order',
  );
  const expected = expectations(passed, again, isMisled, packets);
  const times = {};
  for (const [i, packet] of packets.entries()) {
    const { event } = passed[i];
    const { segment } = event;
    const about = JSON.stringify({ frame: i + 1, ...packet });
    assert.equal(packet.malformed, '', about);
    assert.doesNotMatch(packet.group, /117440512|Malformed/, about);
    const microseconds = Math.round((Number(packet.time) - Date.UTC(2000, 0) / 1000) * 1e6);
    assert.equal(microseconds, event.t, about);
    assert.equal(calledByTshark(packet), expected[i], about);
    assert.match(packet.ipChecksum, expected[i] === 'icmp' ? /^1,1$/ : /^1$/, about);
    if (expected[i] === 'icmp') {
      compareIcmp(packet, event, about);
      continue;
    }
    // What was damaged on the way, or forged with a bad checksum, is written as it was.
    assert.equal(packet.tcpChecksum, event.corrupted || segment.bad_checksum ? '0' : '1', about);
    assert.equal(`${packet.src}:${packet.sport} ${packet.dst}:${packet.dport}`, `${segment.src} ${segment.dst}`, about);
    assert.deepEqual([Number(packet.seq), Number(packet.len)], [segment.seq, segment.len], about);
    // tshark takes for out of order what comes less than a first round trip (or 3 ms) after something newer.
    const way = `${segment.src} ${segment.dst}`;
    if (packet.outOfOrder) assert.ok(event.t - times[way] < Number(packet.firstRoundTrip || 0.003) * 1e6, about);
    if (expected[i] === 'new') times[way] = event.t;
  }
  return expected;
}

const names = readdirSync(scenarios).map((file) => file.replace(/\.json$/, ''));
const counted = { new: 0, again: 0, probe: 0, 'keep-alive': 0, icmp: 0 };

describe('tshark on the captures', { concurrency: availableParallelism() }, () => {
  before(() => {
    const { error } = spawnSync('tshark', ['--version']);
    assert.equal(error, undefined, 'tshark is missing: ./lab test installs it (Debian: tshark)');
  });

  for (const name of names) {
    test(name, async () => {
      const scenario = join(scenarios, `${name}.json`);
      const { hosts, mutant } = JSON.parse(readFileSync(scenario, 'utf8'));
      const isMisled = /^(syn|fin)_takes_no_number$/.test(mutant);
      for (const seed of seeds[name] ?? [1]) {
        for (const place of ['', ...hosts.map((host) => host.name)]) {
          const file = join(folder, `${name}-${seed}-${place}.pcapng`);
          const at = place ? ['--pcap-at', place] : [];
          const trace = await run(command, [
            'run',
            scenario,
            '--seed',
            `${seed}`,
            '--trace',
            '-',
            '--pcap',
            file,
            ...at,
          ]);
          const events = trace
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line));
          const passed = passedAt(place, events);
          const again = place ? againAtHost : againWhereSent;
          for (const what of compare(await dissect(file), passed, again, isMisled)) counted[what] += 1;
        }
      }
    });
  }
});

test('each expectation met packets', () => {
  assert.ok(counted.icmp > 5, JSON.stringify(counted));
  assert.ok(
    counted.new > 1000 && counted.again > 50 && counted.probe > 20 && counted['keep-alive'] > 10,
    JSON.stringify(counted),
  );
});
