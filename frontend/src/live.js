// Pages that follow the news: [data-live] names a line to the server; on a word from it each [data-live-part] is read again:
// those of the page itself in one request, one that says data-live-part="counts" from the same address with part=counts.
// A busy site has many words a second: a page is read once a second at most, rarer when the server is slow, and only a part
// that is not as it was is put into the page. Nothing moves under somebody's hands: while a dialog or menu is open, rows are
// picked or a field of a part holds words, the news waits. The line is open only while the page is in sight, because a browser
// allows six to one host.

const EVERY_MS = 30_000;
const PAUSE_MS = 1_000;
const address = document.querySelector("[data-live]")?.dataset.live;
const parts = () => [...document.querySelectorAll("[data-live-part][id]")];
let source = null;
let hasMissed = false;
let isStale = false;
let isReading = false;
let isOurs = false;
let readAt = -PAUSE_MS;
let tookMs = 0;

// What the server last said of each part. Tokens and keys of forms are new each time and say nothing.
const said = new Map();
function wordsOf(part) {
  const copy = part.cloneNode(true);
  for (const field of copy.querySelectorAll("input[type=hidden]")) field.removeAttribute("value");
  return copy.outerHTML;
}

const isField = (node) => Boolean(node?.closest?.("[data-live-part]")) && node.matches("input:not([type=checkbox]), textarea, select");

function isBusy() {
  if (document.querySelector("dialog[open], [data-live-part] details.menu[open], [data-bulk-bar]:not([hidden])")) return true;
  if (isField(document.activeElement)) return true;
  const fields = document.querySelectorAll("[data-live-part] textarea, [data-live-part] input[type=text]");
  return [...fields].some((field) => field.value !== field.defaultValue);
}

async function readAgain() {
  const here = document.activeElement?.closest?.("[data-live-part] a[href]")?.getAttribute("href");
  for (const name of new Set(parts().map((part) => part.dataset.livePart))) {
    const asked = new URLSearchParams(window.location.search);
    if (name) asked.set("part", name);
    if (!(await read(asked, parts().filter((part) => part.dataset.livePart === name)))) break;
  }
  if (here && document.activeElement === document.body) {
    document.querySelector(`[data-live-part] a[href="${CSS.escape(here)}"]`)?.focus({ preventScroll: true });
  }
}

async function read(asked, wanted) {
  const query = asked.toString();
  const answer = await fetch(window.location.pathname + (query ? `?${query}` : ""));
  // Signed out, or no longer for these eyes: the page says so itself.
  if (answer.redirected || [401, 403, 404].includes(answer.status)) return window.location.reload();
  if (!answer.ok) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (isBusy()) {
    isStale = true;
    return false;
  }
  for (const part of wanted) {
    const next = fresh.getElementById(part.id);
    if (next && part.isConnected) replace(part, next);
  }
  return true;
}

function replace(part, next) {
  const words = wordsOf(next);
  if (said.get(part.id) === words) return;
  isOurs = true;
  window.htmx.swap(part, next.outerHTML, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 });
  isOurs = false;
  said.set(next.id, words);
}

async function catchUp() {
  const pause = Math.max(PAUSE_MS, 2 * tookMs);
  if (!isStale || isReading || document.hidden || isBusy() || performance.now() - readAt < pause) return;
  isStale = false;
  isReading = true;
  readAt = performance.now();
  try {
    await readAgain();
  } catch {
    isStale = true; // the server is away; the next turn tries again
  } finally {
    isReading = false;
    tookMs = performance.now() - readAt;
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
  // This runs before htmx fills anything in: what stands here is what the server said.
  for (const part of parts()) said.set(part.id, wordsOf(part));
  // A filter that was typed puts other words there.
  document.addEventListener("htmx:afterSwap", (event) => isOurs || said.delete(event.target.id));
  if (!document.hidden) listen();
  document.addEventListener("visibilitychange", () => (document.hidden ? hangUp() : listen()));
  window.addEventListener("pagehide", hangUp);
  window.addEventListener("pageshow", (event) => event.persisted && listen());
  setInterval(catchUp, 200);
  setInterval(hear, EVERY_MS);
}
