// The desk on one screen: a card comes by camera, keypad or roster; one colour, one sound and one sentence answer.

import { toHex } from "./bytes.js";
import { momentOf, timeBy } from "./clock.js";
import { seenNow, take } from "./door.js";
import { newKey } from "./ed25519.js";
import { ageOf } from "./judge.js";
import * as scan from "./scan.js";
import { say, wake } from "./sound.js";
import * as store from "./store.js";
import { sendJson, sync, syncGuest } from "./sync.js";

const here = document.getElementById("desk-app");
const room = document.getElementById("desk-room");
const part = (name) => room.querySelector(`[data-part="${name}"]`);
const urls = here.dataset;
const EVERY = 60000;
const SHOWN = 12000;
const DIGITS = { fa: "fa-IR", ar: "ar-EG", en: "en-GB" };
const locale = DIGITS[document.documentElement.lang];
const plain = (text) => text.replace(/[۰-۹]/g, (d) => d.charCodeAt(0) - 0x6f0).replace(/[٠-٩]/g, (d) => d.charCodeAt(0) - 0x660);
const count = (number) => number.toLocaleString(locale);

const current = { device: undefined, venue: undefined, guest: false, asking: false, shown: 0, dims: undefined };

/** A sentence of the page's own in the reader's language, with what belongs into its braces. */
function words(name, given = {}) {
  const text = room.querySelector(`[data-words="${name}"]`)?.textContent.trim() ?? words("error");
  return text.replace(/{(\w+)}/g, (whole, key) => given[key] ?? whole);
}

const momentText = (at) =>
  new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Tehran" }).format(Date.parse(at));

function tell(name, sentence = "") {
  const text = name ? words(name) : sentence;
  if (part("state").textContent !== text) part("state").textContent = text;
  part("state").hidden = !text;
}

function showVerdict({ outcome, sentence, name, left, offline, used = [] }) {
  const yes = outcome === "ok", verdict = part("verdict");
  verdict.className = `verdict big ${yes ? "yes" : "no"}`;
  verdict.hidden = false;
  part("sentence").textContent = sentence || words(outcome);
  const places = used.map(({ venue, at }) => words("used", { venue, moment: momentText(at) }));
  part("who").textContent = [name, Number.isInteger(left) ? words("left", { n: count(left) }) : "", offline ? words("written") : "", ...places].filter(Boolean).join(" · ");
  say(yes);
  // An old yes is no yes: it fades before the next person stands there.
  clearTimeout(current.dims);
  current.dims = setTimeout(() => { verdict.className = "verdict big past"; }, SHOWN);
  current.shown += 1;
  return current.shown;
}

const faultOf = (fault) => ({ outcome: fault?.name === "QuotaExceededError" ? "storage_full" : "fault" });

/** One card at a time: what is scanned while another one is asked for is not an answer to it. */
async function ask(asked, typed = false) {
  if (current.asking) return;
  current.asking = true;
  part("verdict").className = "verdict big past";
  part("verdict").hidden = false;
  part("sentence").textContent = words("asking");
  part("who").textContent = "";
  const family = asked.family ?? part("family").value;
  const guardian = asked.guardian ?? part("guardian").checked;
  const said = await take({ ...asked, family, guardian }, { ...current, urls }).catch(faultOf);
  current.asking = false;
  const shown = showVerdict(said);
  said.later?.then((word) => word && shown === current.shown && showVerdict(word));
  part("guardian").checked = false;
  part("number").value = "";
  part("verdict").scrollIntoView({ block: "nearest" });
  if (typed && matchMedia("(pointer: fine)").matches) part("number").focus({ preventScroll: true });
  else part("verdict").focus({ preventScroll: true });
  await showHeld();
}

const STATES = { done: "", offline: "offline", signed_out: "signed_out", no_door: "no_door", blocked: "device_blocked", forked: "forked" };

/** The page is kept for a door without a network; where that failed on the way it is tried again. */
async function keepPage() {
  const worker = navigator.serviceWorker, known = await worker?.getRegistration(urls.scope);
  if (!known?.active) return worker?.register(urls.worker, { scope: urls.scope });
  // A page that was on its way while the worker began has no worker yet, and files it loads later would not be kept.
  if (!worker.controller) known.active.postMessage("claim");
}

async function bringUpToDate() {
  if (navigator.onLine) keepPage().catch(() => undefined);
  if (current.device) {
    const { state } = await sync(current.device, urls).catch(faultOf);
    tell(STATES[state] ?? "fault");
    // In the place of a blocked device a new one can be registered; what the old one has signed still goes out.
    part("setup").hidden = state !== "blocked" || !urls.venue;
  } else {
    await syncGuest(urls);
    showRooms();
  }
  await showHeld();
}

/** The roster, what waits, and how old the list is. */
async function showHeld() {
  const { bundle, list, clock, verdicts, spent } = await store.snapshot();
  part("waiting").textContent = count((await store.waiting()).length);
  showOtherwise(verdicts ?? [], bundle);
  const own = Boolean(current.device) && bundle?.device.id === current.device.id;
  part("facts").hidden = part("booked").hidden = !own;
  // Whoever works here without a device of the venue goes on with the roster of the page.
  const roster = document.getElementById("plain-booked");
  if (roster) roster.hidden = own;
  if (!own) return;
  part("venue").textContent = bundle.venue.name;
  part("synced").textContent = momentText(bundle.now);
  const now = (clock && timeBy(clock, bundle.clock_minutes)) ?? Date.now();
  const age = ageOf(list, now, bundle.list_hours);
  part("age").textContent = words(`list_${age}`);
  part("age").className = { fresh: "chip done", amber: "chip wait" }[age] ?? "chip late";
  part("not-kept").hidden = (await navigator.storage?.persisted?.()) ?? false;
  showRoster(bundle, spent, momentOf(now).today);
}

function showOtherwise(verdicts, bundle) {
  const rows = verdicts.slice(0, 5).map(({ outcome, name }) => element("li", [name, bundle?.words[outcome] ?? words(outcome)].filter(Boolean).join(": ")));
  part("otherwise").hidden = !rows.length;
  part("otherwise-list").replaceChildren(...rows);
}

function element(tag, text = "", given = {}) {
  return Object.assign(document.createElement(tag), { textContent: text }, given);
}

function showRoster(bundle, spent, today) {
  const booked = bundle.held.filter((row) => row.tier === "T1" && row.on === today);
  const isDone = (row) => spent.some((one) => one.index === row.index && one.family === row.family && one.day === today && one.tier !== "T2");
  const rows = booked.map((row) => {
    const item = element("li");
    const button = element("button", words(row.guardian ? "with_guardian" : "let_in"), { type: "button", className: "button small push", disabled: isDone(row) });
    button.addEventListener("click", () => ask({ number: row.number, family: row.family, guardian: row.guardian }));
    button.append(element("span", ` ${row.name}`, { className: "hidden-text" }));
    item.append(element("span", row.name || "—"), button);
    return item;
  });
  part("roster").replaceChildren(...rows);
  part("roster").hidden = !booked.length;
  part("no-roster").hidden = booked.length > 0;
}

async function register(event) {
  event.preventDefault();
  try {
    const { secret, shown } = await newKey();
    const body = { venue: current.venue, name: part("device-name").value, public_key: toHex(shown) };
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    const answer = await sendJson(urls.devices, body, { headers: { "X-CSRFToken": token } });
    if (answer.status === 401) return tell("signed_out");
    const said = await answer.json();
    if (!answer.ok) return tell("", said.error);
    current.device = { id: said.device, secret, venue: current.venue };
    await store.begin(current.device);
    await navigator.storage?.persist?.();
  } catch (fault) {
    return tell(fault?.name === "QuotaExceededError" ? "storage_full" : "offline");
  }
  current.guest = false;
  showRooms();
  await bringUpToDate();
  part("number").focus();
}

async function lookThrough() {
  part("camera").disabled = true;
  try {
    part("video").hidden = false;
    await scan.start(part("video"), (text) => ask({ code: text }));
    part("camera").hidden = true;
    part("stop").hidden = false;
    part("light").hidden = !(await scan.hasLight());
  } catch {
    stopLooking();
    tell("no_camera");
  }
  part("camera").disabled = false;
}

function stopLooking() {
  scan.stop();
  part("video").hidden = part("stop").hidden = part("light").hidden = true;
  part("camera").hidden = false;
  part("light").setAttribute("aria-pressed", "false");
}

function showRooms() {
  // A device is registered on a page of the house, by who has signed in there; never on the kept one.
  part("setup").hidden = Boolean(current.device) || !urls.venue;
  if (!current.device) tell(current.guest ? "guest" : urls.venue ? "" : "no_network");
}

function listen() {
  part("setup").addEventListener("submit", register);
  part("keypad").addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = plain(part("number").value).trim();
    if (typed) ask(typed.startsWith("RK1:") ? { code: typed } : { number: typed.replace(/[^0-9A-Za-z]/g, "") }, true);
  });
  part("camera").addEventListener("click", lookThrough);
  part("stop").addEventListener("click", stopLooking);
  part("light").addEventListener("click", async () => part("light").setAttribute("aria-pressed", String(await scan.turnLight())));
  part("sync").addEventListener("click", bringUpToDate);
  part("read").addEventListener("click", async () => { await store.put("verdicts", []); await showHeld(); });
  for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, wake);
  addEventListener("online", bringUpToDate);
  addEventListener("offline", () => tell("offline"));
  document.addEventListener("visibilitychange", () => (document.hidden ? stopLooking() : bringUpToDate()));
  setInterval(() => (navigator.onLine ? bringUpToDate() : showHeld()), EVERY);
  setInterval(seenNow, EVERY);
}

/** The desk takes the place of what works without a script; the list of the day stays below it. */
function furnish(bundle) {
  document.querySelector("form[data-scriptless]")?.after(room);
  document.querySelectorAll("[data-scriptless]").forEach((one) => { one.hidden = true; });
  const families = urls.families ? urls.families.split(",") : (bundle?.venue.families ?? []);
  part("family").querySelectorAll("option").forEach((option) => { if (families.length && !families.includes(option.value)) option.remove(); });
  part("family-field").hidden = part("family").options.length < 2;
  if (!document.querySelector("link[rel=manifest]")) document.head.append(element("link", "", { rel: "manifest", href: urls.manifest }));
}

async function begin() {
  const { device, bundle } = await store.snapshot();
  current.venue = Number(urls.venue) || device?.venue;
  // A device stands at one venue; at another door of the same body it is a guest, and asks the house only.
  current.device = device && device.venue === current.venue ? device : undefined;
  current.guest = Boolean(device) && !current.device;
  furnish(bundle);
  listen();
  showRooms();
  room.hidden = false;
  await showHeld();
  await navigator.serviceWorker?.register(urls.worker, { scope: urls.scope }).catch(() => undefined);
  await bringUpToDate();
  room.dataset.ready = "yes";
}

const isAble = window.indexedDB && window.crypto?.subtle && navigator.locks && AbortSignal.timeout && window.DecompressionStream;
if (isAble) begin();
