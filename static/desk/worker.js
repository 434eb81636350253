// Served behind two lines that name VERSION, SHELL and FILES: the page and what it is made of, kept for a door without
// a network. Nothing about a person is ever kept here; that lies in the desk's own store.

const PAGE_WITHIN = 6000, FILE_WITHIN = 3000, AWAY = 60000;
const DOWN = [502, 503, 504];
let away = 0;

// "reload": a file of the version before, still in the browser's own cache, must not get into this one.
const fresh = (url) => new Request(url, { cache: "reload", credentials: "same-origin" });

self.addEventListener("install", (event) => {
  const kept = caches.open(VERSION).then((cache) => cache.addAll([SHELL, ...FILES].map(fresh)));
  event.waitUntil(kept.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name.startsWith("desk-") && name !== VERSION).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "claim") event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (FILES.includes(new URL(request.url).pathname)) event.respondWith(file(request));
});

/** The page from the house, or what is kept of it where the house, or the way to it, does not answer in time. */
async function page(request) {
  const shell = await kept(SHELL);
  if (!shell) return fetch(request);
  try {
    const answer = await inTime(fetch(request), PAGE_WITHIN);
    if (!DOWN.includes(answer.status)) {
      away = 0;
      return answer;
    }
  } catch {
    // Shown below: the page that is kept.
  }
  away = Date.now() + AWAY;
  return shell;
}

/** A file of the desk: with a page of the house from the house, with the kept page what was kept together with it. */
async function file(request) {
  const own = await kept(new URL(request.url).pathname);
  if (own && Date.now() < away) return own;
  try {
    const answer = await inTime(fetch(request), own ? FILE_WITHIN : PAGE_WITHIN * 5);
    return answer.ok || !own ? answer : own;
  } catch {
    return own ?? Response.error();
  }
}

const kept = async (path) => (await caches.open(VERSION)).match(path, { ignoreVary: true });

const inTime = (answer, time) => Promise.race([answer, new Promise((_done, failed) => setTimeout(failed, time))]);
