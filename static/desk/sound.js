// One tone for yes, a lower double one for no; no files, and silence where the browser gives none.

let audio;

function tone(hertz, from, seconds) {
  const source = audio.createOscillator(), loudness = audio.createGain();
  source.frequency.value = hertz;
  loudness.gain.setValueAtTime(0.2, from);
  loudness.gain.exponentialRampToValueAtTime(0.001, from + seconds);
  source.connect(loudness).connect(audio.destination);
  source.start(from);
  source.stop(from + seconds);
}

/** Say yes or no. */
export function say(yes) {
  try {
    audio ??= new AudioContext();
    const now = audio.currentTime;
    if (yes) return tone(880, now, 0.35);
    tone(220, now, 0.2);
    tone(196, now + 0.25, 0.35);
  } catch {
    // A desk without sound still has its colour and its sentence.
  }
}
