/** What a browser keeps for a page, for as long as a test runs. */
export function memoryStorage() {
  const kept = new Map<string, string>();
  return {
    clear: () => kept.clear(),
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
