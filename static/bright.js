/* What JavaScript adds to a card on the whole screen: the screen stays on while it is shown, and a word about brightness. */
"use strict";
const hint = document.getElementById("brighter");
if (hint) hint.hidden = false;
async function stayAwake() {
  try {
    if ("wakeLock" in navigator && document.visibilityState === "visible") await navigator.wakeLock.request("screen");
  } catch { /* the phone saves its battery; the page is shown all the same */ }
}
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
