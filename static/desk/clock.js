// The time of the province by the server's clock, as this device last compared it with its own.

const ZONE = "Asia/Tehran";
const DAY = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hour12: false });

/** Now: `now` in ms, `today` as a date, `clock` as HH:MM, `weekday` with Saturday as 0. */
export function momentOf(now) {
  const today = DAY.format(now);
  return { now, today, clock: CLOCK.format(now), weekday: (new Date(`${today}T00:00Z`).getUTCDay() + 1) % 7 };
}

/** The server's time now; null when this device's clock went back since it was last seen. */
export function timeBy(clock, minutes, own = Date.now()) {
  return own < clock.seen - minutes * 60000 ? null : own + clock.ahead;
}
