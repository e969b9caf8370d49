// Pages that follow the news: [data-live] names a line to the server; on a word from it each [data-live-part] is read again:
// those of the page itself in one request, one that says data-live-part="counts" from the same address with part=counts.
// Nothing moves under somebody's hands: while a dialog or menu is open, rows are picked or a field of a part holds words, the
// news waits. The line is open only while the page is in sight, because a browser allows six to one host.

const EVERY_MS = 30_000;
const address = document.querySelector("[data-live]")?.dataset.live;
let source = null;
let hasMissed = false;
let isStale = false;
let isReading = false;

const isField = (node) => Boolean(node?.closest?.("[data-live-part]")) && node.matches("input:not([type=checkbox]), textarea, select");
const at = (part) => `#${CSS.escape(part.id)}`;

function isBusy() {
  if (document.querySelector("dialog[open], [data-live-part] details.menu[open], [data-bulk-bar]:not([hidden])")) return true;
  if (isField(document.activeElement)) return true;
  const fields = document.querySelectorAll("[data-live-part] textarea, [data-live-part] input[type=text]");
  return [...fields].some((field) => field.value !== field.defaultValue);
}

async function readAgain() {
  const here = document.activeElement?.closest?.("[data-live-part] a[href]")?.getAttribute("href");
  const parts = [...document.querySelectorAll("[data-live-part][id]")];
  const [first, ...others] = parts.filter((part) => !part.dataset.livePart);
  if (first) await read(window.location.search, first, others);
  for (const part of parts.filter((one) => one.dataset.livePart)) {
    const asked = new URLSearchParams(window.location.search);
    asked.set("part", part.dataset.livePart);
    await read(`?${asked}`, part, []);
  }
  if (here && document.activeElement === document.body) {
    document.querySelector(`[data-live-part] a[href="${CSS.escape(here)}"]`)?.focus({ preventScroll: true });
  }
}

const read = (query, part, others) =>
  window.htmx.ajax("GET", window.location.pathname + query, {
    target: at(part),
    select: at(part),
    selectOOB: others.map(at).join(",") || undefined,
    swap: "outerHTML",
  });

async function catchUp() {
  if (!isStale || isReading || document.hidden || isBusy()) return;
  isStale = false;
  isReading = true;
  try {
    await readAgain();
  } finally {
    isReading = false;
  }
}

function hear() {
  isStale = true;
  catchUp();
}

function hangUp() {
  source?.close();
  source = null;
  hasMissed = true;
}

function listen() {
  if (source) return;
  source = new EventSource(address);
  source.addEventListener("news", hear);
  source.addEventListener("error", () => (hasMissed = true));
  source.addEventListener("open", () => {
    if (hasMissed) hear();
    hasMissed = false;
  });
}

if (address) {
  if (!document.hidden) listen();
  document.addEventListener("visibilitychange", () => (document.hidden ? hangUp() : listen()));
  window.addEventListener("pagehide", hangUp);
  window.addEventListener("pageshow", (event) => event.persisted && listen());
  setInterval(catchUp, 500);
  setInterval(hear, EVERY_MS);
}
