/** The page's way to the engine: a worker that failed is replaced by whoever asks next. */
import * as Comlink from 'comlink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineClient, EngineHung, EngineUnavailable } from '../src/engine/client.ts';

type Behaviour = 'answers' | 'comes' | 'cannot be loaded' | 'hangs';
let next: Behaviour[] = [];
let started = 0;

/** A worker at the other end of a channel. */
class FakeWorker extends EventTarget {
  readonly #ours: MessagePort;

  constructor() {
    super();
    started += 1;
    const behaviour = next.shift() ?? 'answers';
    const { port1, port2 } = new MessageChannel();
    this.#ours = port1;
    port1.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent('message', { data }));
    if (behaviour === 'answers') Comlink.expose({ version: () => 'the version' }, port2);
    if (behaviour === 'comes') port2.postMessage('come');
    if (behaviour === 'cannot be loaded') setTimeout(() => this.dispatchEvent(new Event('error')));
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#ours.postMessage(message, transfer);
  }

  terminate(): void {
    this.#ours.close();
  }
}

describe('the client of the engine', () => {
  let client: EngineClient;
  beforeEach(() => {
    vi.stubGlobal('Worker', FakeWorker);
    client = new EngineClient();
    started = 0;
  });
  afterEach(() => {
    client.restart();
    vi.useRealTimers();
  });

  it('keeps one worker while it answers', async () => {
    next = ['answers'];
    client.start();
    expect(await client.call('version')).toBe('the version');
    expect(await client.call('version')).toBe('the version');
    expect([started, client.generation]).toEqual([1, 0]);
  });

  it('starts another one after one could not be loaded, also when nobody had asked it', async () => {
    next = ['cannot be loaded', 'cannot be loaded', 'answers'];
    client.start();
    await new Promise((done) => setTimeout(done, 20));
    await expect(client.call('version')).rejects.toThrow(EngineUnavailable);
    expect(await client.call('version')).toBe('the version');
    expect([started, client.generation]).toEqual([3, 2]);
  });

  it('starts another one after one has hung, and all that waited are told', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    next = ['hangs', 'answers'];
    const waiting = [client.call('version'), client.call('version')].map((call) =>
      call.catch((error: unknown) => error),
    );
    vi.advanceTimersByTime(60_000);
    for (const error of await Promise.all(waiting)) expect(error).toBeInstanceOf(EngineHung);
    vi.useRealTimers();
    expect(await client.call('version')).toBe('the version');
    expect(client.generation).toBe(1);
  });

  it('says when an engine has come, or did not', async () => {
    next = ['cannot be loaded'];
    client.start();
    await client.settled;
    client = new EngineClient();
    next = ['comes'];
    client.start();
    await client.settled;
  });

  it('tells those who wait that the worker was ended', async () => {
    next = ['hangs'];
    const call = client.call('version').catch((error: unknown) => error);
    client.restart();
    expect(await call).toBeInstanceOf(EngineUnavailable);
  });
});
