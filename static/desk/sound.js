// One tone for yes, a lower double one for no; no files, and silence where the browser gives none.

let audio;

function tone(hertz, from, seconds) {
  const source = audio.createOscillator(), loudness = audio.createGain();
  source.frequency.value = hertz;
  loudness.gain.setValueAtTime(0.3, from);
  loudness.gain.exponentialRampToValueAtTime(0.001, from + seconds);
  source.connect(loudness).connect(audio.destination);
  source.start(from);
  source.stop(from + seconds);
}

/** A browser gives no sound before the first touch of its page: this is called at each touch. */
export function wake() {
  try {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume().catch(() => undefined);
  } catch {
    // A desk without sound still has its colour and its sentence.
  }
}

/** Say yes or no, to the hand as well where the device can. */
export function say(yes) {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(yes ? 120 : [200, 100, 200]);
  wake();
  // What could not be heard now must not be heard later, at another card.
  if (audio?.state !== "running") return;
  const now = audio.currentTime;
  if (yes) return tone(880, now, 0.35);
  tone(220, now, 0.2);
  tone(196, now + 0.25, 0.35);
}
