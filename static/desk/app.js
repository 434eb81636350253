// The desk on one screen: a card comes by camera, keypad or roster; one colour, one sound and one sentence answer.

import { toHex } from "./bytes.js";
import { momentOf, timeBy } from "./clock.js";
import { take } from "./door.js";
import { newKey } from "./ed25519.js";
import { ageOf } from "./judge.js";
import * as scan from "./scan.js";
import { say } from "./sound.js";
import * as store from "./store.js";
import { sendJson, sync } from "./sync.js";

const here = document.getElementById("desk-app");
const room = document.getElementById("desk-room");
const part = (name) => room.querySelector(`[data-part="${name}"]`);
const urls = here.dataset;
const EVERY = 60000;
const DIGITS = { fa: "fa-IR", ar: "ar-EG", en: "en-GB" };
const locale = DIGITS[document.documentElement.lang];
const plain = (text) => text.replace(/[۰-۹]/g, (d) => d.charCodeAt(0) - 0x6f0).replace(/[٠-٩]/g, (d) => d.charCodeAt(0) - 0x660);

const current = { device: undefined, venue: undefined };

/** A sentence of the page's own in the reader's language, with its one number put in. */
function words(name, number) {
  const text = room.querySelector(`[data-words="${name}"]`).textContent.trim();
  return number === undefined ? text : text.replace("{n}", number.toLocaleString(locale));
}

function tell(name, sentence = "") {
  part("state").textContent = name ? words(name) : sentence;
  part("state").hidden = !name && !sentence;
}

function showVerdict({ outcome, sentence, name, left, offline }) {
  const yes = outcome === "ok", verdict = part("verdict");
  verdict.className = `verdict ${yes ? "yes" : "no"}`;
  verdict.hidden = false;
  part("sentence").textContent = sentence || words(outcome);
  part("who").textContent = [name, Number.isInteger(left) ? words("left", left) : "", offline ? words("written") : ""].filter(Boolean).join(" · ");
  say(yes);
}

async function ask(asked) {
  const chosen = room.querySelector("[data-part='family']").value;
  const guardian = part("guardian").checked;
  part("sentence").textContent = words("asking");
  showVerdict(await take({ ...asked, family: chosen, guardian }, { ...current, urls }));
  part("guardian").checked = false;
  part("number").value = "";
  await showHeld();
}

async function bringUpToDate() {
  if (!current.device) return;
  const { state } = await sync(current.device, urls);
  tell({ done: "", offline: "offline", signed_out: "signed_out", blocked: "device_blocked", forked: "forked" }[state]);
  await showHeld();
}

/** The roster, what waits, and how old the list is. */
async function showHeld() {
  const [bundle, list, clock, verdicts] = await Promise.all(["bundle", "list", "clock", "verdicts"].map(store.get));
  const lines = current.device ? await store.waiting(current.device.id) : [];
  part("waiting").textContent = lines.length.toLocaleString(locale);
  part("synced").textContent = clock ? new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Tehran" }).format(clock.seen) : "–";
  if (!bundle) return;
  const now = (clock && timeBy(clock, bundle.clock_minutes)) ?? Date.now();
  const age = ageOf(list, now, bundle.list_hours);
  part("age").textContent = words(`list_${age}`);
  part("age").className = { fresh: "chip done", amber: "chip wait" }[age] ?? "chip late";
  showRoster(bundle, lines, momentOf(now).today);
  part("otherwise").hidden = !verdicts?.length;
  part("otherwise-list").replaceChildren(...(verdicts ?? []).slice(0, 5).map(({ outcome }) => element("li", bundle.words[outcome] ?? outcome)));
}

function element(tag, text = "", given = {}) {
  return Object.assign(document.createElement(tag), { textContent: text }, given);
}

function showRoster(bundle, lines, today) {
  const booked = bundle.held.filter((row) => row.tier === "T1" && row.on === today);
  const rows = booked.map((row) => {
    const item = element("li", "", { className: "row" });
    const done = !row.left || lines.some((line) => line.index === row.index && line.day === today);
    const button = element("button", words("let_in"), { type: "button", className: "button small push", disabled: done });
    button.addEventListener("click", () => ask({ number: row.number }));
    item.append(element("span", row.name), button);
    return item;
  });
  part("roster").replaceChildren(...rows);
  part("no-roster").hidden = booked.length > 0;
}

async function register(event) {
  event.preventDefault();
  const { secret, shown } = await newKey();
  const body = { venue: current.venue, name: part("device-name").value, public_key: toHex(shown) };
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  try {
    const answer = await sendJson(urls.devices, body, { "X-CSRFToken": token });
    const said = await answer.json();
    if (!answer.ok) return tell("", said.error);
    current.device = { id: said.device, secret };
    await store.put("device", { ...current.device, venue: current.venue });
    await store.put("head", undefined);
    await navigator.storage?.persist?.();
  } catch {
    return tell("offline");
  }
  showRooms();
  await bringUpToDate();
}

async function lookThrough() {
  part("camera").disabled = true;
  try {
    part("video").hidden = false;
    await scan.start(part("video"), (text) => ask({ code: text }));
    part("stop").hidden = false;
  } catch {
    part("video").hidden = true;
    tell("no_camera");
  }
  part("camera").disabled = false;
}

function stopLooking() {
  scan.stop();
  part("video").hidden = part("stop").hidden = true;
}

function showRooms() {
  part("setup").hidden = Boolean(current.device);
  part("desk").hidden = false;
}

function listen() {
  part("setup").addEventListener("submit", register);
  part("keypad").addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = plain(part("number").value).trim();
    if (typed) ask(typed.startsWith("RK1:") ? { code: typed } : { number: typed.replace(/[\s-]/g, "") });
  });
  part("camera").addEventListener("click", lookThrough);
  part("stop").addEventListener("click", stopLooking);
  part("sync").addEventListener("click", bringUpToDate);
  addEventListener("online", bringUpToDate);
  addEventListener("offline", () => tell("offline"));
  document.addEventListener("visibilitychange", () => (document.hidden ? stopLooking() : bringUpToDate()));
  setInterval(() => navigator.onLine && bringUpToDate(), EVERY);
}

async function begin() {
  const [device, bundle] = [await store.get("device"), await store.get("bundle")];
  current.venue = Number(urls.venue) || bundle?.venue.id;
  // A device stands at one venue; at another door of the same body it is a guest, and asks the house only.
  current.device = device && (!urls.venue || device.venue === current.venue) ? device : undefined;
  document.querySelectorAll("[data-plain]").forEach((one) => { one.hidden = true; });
  const families = urls.families ? urls.families.split(",") : (bundle?.venue.families ?? []);
  part("family").querySelectorAll("option").forEach((option) => { if (!families.includes(option.value)) option.remove(); });
  part("family-field").hidden = part("family").options.length < 2;
  listen();
  showRooms();
  room.hidden = false;
  await navigator.serviceWorker?.register(urls.worker, { scope: urls.scope }).catch(() => undefined);
  await showHeld();
  await bringUpToDate();
  room.dataset.ready = "yes";
}

if (window.indexedDB && window.crypto?.subtle && navigator.locks) begin();
