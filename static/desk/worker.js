// Served behind two lines that name VERSION, SHELL and FILES: the page and what it is made of, kept for a door without
// a network. Nothing about a person is ever kept here; that lies in the desk's own store.

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll([SHELL, ...FILES])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name.startsWith("desk-") && name !== VERSION).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (FILES.includes(new URL(request.url).pathname)) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});

/** The page from the house, or what is kept of it where the house does not answer in time. */
async function page(request) {
  const late = new Promise((_done, failed) => setTimeout(failed, 6000));
  try {
    return await Promise.race([fetch(request), late]);
  } catch {
    return (await caches.match(SHELL)) ?? Response.error();
  }
}
