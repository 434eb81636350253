// The camera: it looks for a code and gives its text once; a card that stays in the picture is not read again.

const PAUSE = 4000;
let scanner;

/** Start looking through the camera into a <video>; `found` gets each text. Rejects when there is no camera or no leave. */
export async function start(video, found) {
  const { default: QrScanner } = await import("../vendor/qr-scanner.min.js");
  let last = "", until = 0;
  const seen = ({ data }) => {
    const again = data === last && Date.now() < until;
    [last, until] = [data, Date.now() + PAUSE];
    if (!again) found(data);
  };
  stop();
  scanner = new QrScanner(video, seen, {
    returnDetailedScanResult: true, maxScansPerSecond: 8, preferredCamera: "environment", calculateScanRegion: middle,
  });
  await scanner.start();
}

/** The whole square in the middle of the picture: the scanner's own choice is two thirds of it, which cuts a card held close. */
function middle({ videoWidth, videoHeight }) {
  const side = Math.min(videoWidth, videoHeight), read = Math.min(side, 600);
  return {
    x: Math.round((videoWidth - side) / 2), y: Math.round((videoHeight - side) / 2), width: side, height: side,
    downScaledWidth: read, downScaledHeight: read,
  };
}

/** Whether the camera has a light. */
export const hasLight = async () => Boolean(await scanner?.hasFlash().catch(() => false));

/** Turn the light on or off; whether it is on now. */
export async function turnLight() {
  await scanner?.toggleFlash().catch(() => undefined);
  return Boolean(scanner?.isFlashOn());
}

/** Let the camera go. */
export function stop() {
  scanner?.destroy();
  scanner = undefined;
}
