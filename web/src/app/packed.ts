/**
 * Text as a part of a URL: deflated, in base64url (RFC 4648 §5). A URL may come from anyone, so the size of what it
 * inflates to is bounded.
 */

/** Programs that people send links with (mail, chat) cut off longer ones. */
export const longestCode = 30_000;

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (each) => each.charCodeAt(0));

export async function pack(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  let bytes = '';
  for (const byte of new Uint8Array(await new Response(stream).arrayBuffer())) bytes += String.fromCharCode(byte);
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The text, or undefined where there is none or it would be longer than `limit` octets. */
export async function unpack(code: string, limit: number): Promise<string | undefined> {
  try {
    const bytes = bytesOf(atob(code.replaceAll('-', '+').replaceAll('_', '/')));
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let text = '';
    for (let length = 0; ;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      length += value.length;
      if (length > limit) {
        await reader.cancel();
        return undefined;
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return undefined;
  }
}
