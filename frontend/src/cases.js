// A worklist by keyboard: n, p, d, h, c … act on the row one stands on, and coming back from a case lands on its row.
// Every deed is also a link on the case itself; this file only saves the way there.

let here = null;
const rowOf = (node) => node?.closest?.("tr")?.querySelector("a[data-case]");
document.addEventListener("focusin", (event) => {
  here = rowOf(event.target) || here;
});

const current = () => (here?.isConnected ? here : document.querySelector("a[data-case]"));

document.addEventListener("click", (event) => {
  const deed = event.target.closest?.("[data-row-deed]");
  if (!deed) return;
  const link = current();
  if (!link) return;
  link.focus();
  const address = new URL(link.href);
  const next = encodeURIComponent(window.location.pathname + withPlace(link.dataset.case));
  window.htmx.ajax("GET", `${address.pathname}${deed.dataset.rowDeed}/?next=${next}`, { target: "#deed", swap: "innerHTML" });
});

function withPlace(id) {
  const asked = new URLSearchParams(window.location.search);
  asked.set("at", id);
  return `?${asked}`;
}

// Leaving for a case: the address remembers the row, the tab how high it stood, so that "back" of the browser and "back to
// the list" of the case both lead to the same sight.
const KEPT = "jq:row";
const topOf = (link) => link.closest("tr").getBoundingClientRect().top;
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-case]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const next = link.closest("tr").nextElementSibling?.querySelector("a[data-case]")?.dataset.case;
  sessionStorage.setItem(KEPT, JSON.stringify({ id: link.dataset.case, next, top: topOf(link) }));
  window.history.replaceState(window.history.state, "", window.location.pathname + withPlace(link.dataset.case));
});

// The row that the address names has the focus again, where it stood, and the address forgets it. Where it stands now (another
// page, or gone from the list: then the row after it), the server says.
function comeBack() {
  const asked = new URLSearchParams(window.location.search);
  const id = asked.get("at");
  if (!id) return;
  const place = document.querySelector("[data-place]");
  const find = (one) => one && document.querySelector(`a[data-case="${CSS.escape(one)}"]`);
  const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
  const after = kept?.id === id ? kept.next : null;
  const link = find(place?.dataset.at) || find(id) || find(after) || document.querySelector("a[data-case]");
  asked.delete("at");
  const rest = asked.toString();
  const address = place?.dataset.place || window.location.pathname + (rest ? `?${rest}` : "");
  window.history.replaceState(window.history.state, "", address);
  if (!link) return;
  link.focus({ preventScroll: true });
  if (kept && [kept.id, after].includes(link.dataset.case)) window.scrollBy(0, topOf(link) - kept.top);
  else link.closest("tr").scrollIntoView({ block: "center" });
}

// What works with a script only is shown by the script.
for (const node of document.querySelectorAll("[data-needs-script]")) node.hidden = false;
comeBack();

// A case that somebody opened and left with "back" keeps its place too: the browser restores the page, not the focus.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  comeBack();
  if (here?.isConnected) here.focus();
});
