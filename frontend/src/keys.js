// Keyboard help. An element names its key in the page itself: data-key="n" or data-key="g d" (two strokes), and
// its words in data-key-label (else its own text). `?` lists what this page has; nothing is kept in two places.

const PAUSE_MS = 900;
let first = "";
let firstAt = 0;

const isTyping = (element) =>
  element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");

function act(element) {
  if (element.matches("input, select, textarea")) {
    element.focus();
    element.select?.();
  } else element.click();
}

function moveRow(step) {
  const rows = [...document.querySelectorAll("table[data-rows] tbody tr")].filter((row) => row.querySelector("a[href]"));
  if (!rows.length) return false;
  const now = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(now + step, 0), rows.length - 1)];
  next.querySelector("a[href]").focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function showKeys() {
  const dialog = document.getElementById("keys");
  if (!dialog || dialog.open) return;
  const list = dialog.querySelector("[data-keys-here]");
  list.replaceChildren();
  const seen = new Set();
  for (const element of document.querySelectorAll("[data-key]")) {
    const label = element.dataset.keyLabel || element.textContent.trim();
    if (seen.has(element.dataset.key) || !label) continue;
    seen.add(element.dataset.key);
    const term = document.createElement("dt");
    for (const stroke of element.dataset.key.split(" ")) {
      const key = document.createElement("kbd");
      key.textContent = stroke;
      term.append(key, " ");
    }
    const words = document.createElement("dd");
    words.textContent = label;
    list.append(term, words);
  }
  for (const row of dialog.querySelectorAll("[data-keys-rows]")) row.hidden = !document.querySelector("table[data-rows]");
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const stroke = event.key;
  if (stroke === "?") return showKeys();
  if ((stroke === "j" || stroke === "k") && moveRow(stroke === "j" ? 1 : -1)) return event.preventDefault();
  const pair = event.timeStamp - firstAt < PAUSE_MS ? `${first} ${stroke}` : stroke;
  const element =
    document.querySelector(`[data-key="${CSS.escape(pair)}"]`) || document.querySelector(`[data-key="${CSS.escape(stroke)}"]`);
  first = stroke;
  firstAt = event.timeStamp;
  if (!element) return;
  event.preventDefault();
  act(element);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-show-keys]")) showKeys();
});
