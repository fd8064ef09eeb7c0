// A line between a browser and a server: so many bytes a second for all connections together, and a round trip.
// Chromium's own throttling leaves out what a worker fetches, and the engine is fetched by one.
import { connect, createServer } from 'node:net';

const packet = 1460;

/** `rate` in bytes a second, `roundTrip` in ms. Returns its port, the bytes sent with their times, and a stopper. */
export async function slowLine(target, { rate, roundTrip }) {
  const queues = new Set();
  const sent = [];
  let budget = 0;
  let before = performance.now();
  const later = (work) => setTimeout(work, roundTrip / 2);

  function sendOne(queue) {
    const chunk = queue.chunks[0];
    const part = chunk.subarray(0, packet);
    if (part.length < chunk.length) queue.chunks[0] = chunk.subarray(packet);
    else queue.chunks.shift();
    budget -= part.length;
    sent.push({ at: Date.now() + roundTrip / 2, bytes: part.length });
    later(() => queue.client.write(part));
  }

  // Packet by packet from each connection in turn, as a router would.
  const pump = setInterval(() => {
    const now = performance.now();
    budget = Math.min(budget + ((now - before) * rate) / 1000, rate / 20);
    before = now;
    while (budget > 0) {
      const waiting = [...queues].filter(({ chunks }) => chunks.length > 0);
      if (waiting.length === 0) break;
      for (const queue of waiting) if (budget > 0) sendOne(queue);
    }
  }, 4);

  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    const queue = { client, chunks: [] };
    queues.add(queue);
    // The handshake takes a round trip before the first request can be sent.
    let wait = roundTrip;
    client.on('data', (data) => {
      setTimeout(() => upstream.write(data), wait + roundTrip / 2);
      wait = 0;
    });
    upstream.on('data', (data) => queue.chunks.push(data));
    const end = () => {
      queues.delete(queue);
      upstream.destroy();
      client.destroy();
    };
    for (const socket of [client, upstream]) socket.on('close', end).on('error', end);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: server.address().port,
    sent,
    end: () => {
      clearInterval(pump);
      server.close();
    },
  };
}
