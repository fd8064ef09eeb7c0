// Serves the page without a network. The build puts `version` and `files` before this text.
/* global version, files */
const name = `tcplab-${version}`;
// A server may send a Vary header for origin or encoding, but the file is the same.
const find = (request) => caches.match(request, { cacheName: name, ignoreVary: true });

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(files)));
});

self.addEventListener('activate', (event) => {
  const forget = (keys) =>
    Promise.all(keys.filter((key) => key.startsWith('tcplab-') && key !== name).map((key) => caches.delete(key)));
  event.waitUntil(
    caches
      .keys()
      .then(forget)
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  // Files in assets/ have a content hash in their names. All else comes from the network if there is
  // one: a new version is seen at once.
  const neverChanges = new URL(request.url).pathname.includes('/assets/');
  const otherwise = async () => (await find(request.mode === 'navigate' ? './' : request)) ?? Response.error();
  event.respondWith(
    neverChanges ? find(request).then((kept) => kept ?? fetch(request)) : fetch(request).catch(otherwise),
  );
});
