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

// The row that the address names has the focus again, in sight, and the address forgets it.
function comeBack() {
  const asked = new URLSearchParams(window.location.search);
  const id = asked.get("at");
  if (!id) return;
  const link = document.querySelector(`a[data-case="${CSS.escape(id)}"]`) || document.querySelector("a[data-case]");
  if (!link) return;
  link.focus({ preventScroll: true });
  link.closest("tr").scrollIntoView({ block: "center" });
  asked.delete("at");
  const rest = asked.toString();
  window.history.replaceState(window.history.state, "", window.location.pathname + (rest ? `?${rest}` : ""));
}

// What works with a script only is shown by the script.
for (const node of document.querySelectorAll("[data-needs-script]")) node.hidden = false;
comeBack();

// A case that somebody opened and left with "back" keeps its place too: the browser restores the page, not the focus.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && here?.isConnected) here.focus();
});
