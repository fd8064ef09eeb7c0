/** The places that questions about states and roles ask for: hosts, or sockets if a host has several. */
import * as v from 'valibot';
import { placeName } from '../goal-text.ts';

const Socket = v.object({ host: v.string(), socket: v.string() });

/** Their names in the answer, and which of them are sockets. */
export const places = { hosts: v.array(v.string()), sockets: v.optional(v.record(v.string(), Socket), {}) };
type Places = v.InferOutput<v.ObjectSchema<typeof places, undefined>>;

const socketOf = ({ sockets }: Places, name: string) => (Object.hasOwn(sockets, name) ? sockets[name] : undefined);

/** The readable name of a place: a host, with its socket if that is a listener or several sockets are asked for. */
export function placeOf(asked: Places, name: string): string {
  const socket = socketOf(asked, name);
  const isConnectionOfHost = socket?.host === name && socket.socket !== 'listener';
  return placeName(socket && !isConnectionOfHost ? socket : { host: name });
}

export const hostsOf = (asked: Places): string[] => asked.hosts.map((name) => socketOf(asked, name)?.host ?? name);
