// The camera: it looks for a code and gives its text once; the same card held longer is not read again.

const PAUSE = 4000;
let scanner;

/** Start looking through the camera into a <video>; `found` gets each text. Rejects when there is no camera or no leave. */
export async function start(video, found) {
  const { default: QrScanner } = await import("../vendor/qr-scanner.min.js");
  let last = "", until = 0;
  const seen = ({ data }) => {
    if (data === last && Date.now() < until) return;
    [last, until] = [data, Date.now() + PAUSE];
    found(data);
  };
  stop();
  scanner = new QrScanner(video, seen, { returnDetailedScanResult: true, maxScansPerSecond: 8, preferredCamera: "environment" });
  await scanner.start();
}

/** Let the camera go. */
export function stop() {
  scanner?.destroy();
  scanner = undefined;
}
