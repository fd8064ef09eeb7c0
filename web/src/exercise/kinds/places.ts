/** What questions about states and roles ask about: hosts, or sockets where a host has several. */
import * as v from 'valibot';
import { placeName } from '../goal-text.ts';

const Socket = v.object({ host: v.string(), socket: v.string() });

/** As they are called in the answer, and which of them are sockets. */
export const places = { hosts: v.array(v.string()), sockets: v.optional(v.record(v.string(), Socket), {}) };
type Places = v.InferOutput<v.ObjectSchema<typeof places, undefined>>;

const socketOf = ({ sockets }: Places, name: string) => (Object.hasOwn(sockets, name) ? sockets[name] : undefined);

/** What is asked about: a host, and which of its sockets where that is a listener or several are asked about. */
export function placeOf(asked: Places, name: string): string {
  const socket = socketOf(asked, name);
  const isConnectionOfHost = socket?.host === name && socket.socket !== 'listener';
  return placeName(socket && !isConnectionOfHost ? socket : { host: name });
}

export const hostsOf = (asked: Places): string[] => asked.hosts.map((name) => socketOf(asked, name)?.host ?? name);
