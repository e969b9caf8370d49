// A list: rows picked for a bulk deed, menus that follow the address after a filter, the dialog that a preview fills.
// Filtering, sorting and paging are links and forms; this file only saves clicks.

const bulkOf = (node) => node.closest("form[data-bulk]");
const boxes = (form) => [...form.querySelectorAll("input[name=row]")];

function showPicked(form) {
  const picked = boxes(form).filter((box) => box.checked);
  const bar = form.querySelector("[data-bulk-bar]");
  if (!bar) return;
  const whole = form.querySelector("[data-pick-all]");
  const everyRow = picked.length > 0 && picked.length === boxes(form).length;
  whole.checked = everyRow;
  whole.indeterminate = picked.length > 0 && !everyRow;
  for (const box of boxes(form)) box.closest("tr").setAttribute("aria-selected", String(box.checked));
  if (!everyRow) form.elements.scope.value = "rows";
  const all = form.elements.scope.value === "all";
  bar.hidden = !picked.length;
  bar.querySelector("[data-bulk-count]").textContent = picked.length.toLocaleString();
  bar.querySelector("[data-bulk-rows]").hidden = all;
  bar.querySelector("[data-bulk-everything]").hidden = !all;
  const offer = bar.querySelector("[data-bulk-all]");
  if (offer) offer.hidden = all || !everyRow;
}

let lastBox = null;
document.addEventListener("click", (event) => {
  const target = event.target;
  if (!target.closest) return;
  const form = bulkOf(target);
  if (!form) return;
  if (target.matches("input[name=row]")) {
    if (event.shiftKey && lastBox && bulkOf(lastBox) === form) {
      const all = boxes(form);
      const [from, to] = [all.indexOf(lastBox), all.indexOf(target)].sort((a, b) => a - b);
      for (const box of all.slice(from, to + 1)) box.checked = target.checked;
    }
    lastBox = target;
    showPicked(form);
  } else if (target.matches("[data-pick-all]")) {
    for (const box of boxes(form)) box.checked = target.checked;
    showPicked(form);
  } else if (target.closest("[data-bulk-all]")) {
    form.elements.scope.value = "all";
    showPicked(form);
  } else if (target.closest("[data-bulk-none]")) {
    for (const box of boxes(form)) box.checked = false;
    form.elements.scope.value = "rows";
    showPicked(form);
    form.querySelector("[data-pick-all]").focus();
  }
});

// "x" picks the row one stands on, as in mail programs.
document.addEventListener("keydown", (event) => {
  if (event.key !== "x" || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  const box = event.target.closest("tr")?.querySelector("input[name=row]");
  if (box) box.click();
});

// A preview that arrives opens its dialog; closing it puts the focus back by itself.
document.addEventListener("htmx:afterSwap", (event) => {
  const dialog = event.target;
  if (dialog.matches?.("dialog[data-opens-when-filled]") && !dialog.open) dialog.showModal();
});
document.addEventListener("submit", (event) => {
  // The answer is a download: the page stays, so its dialog closes and the form may be sent again.
  if (!event.target.hasAttribute("data-sends-file")) return;
  setTimeout(() => {
    delete event.target.dataset.sent;
    event.target.closest("dialog")?.close();
  }, 200);
});

// Menus outside the results must save and return to what the address says now.
function followAddress() {
  const { pathname, search } = window.location;
  for (const field of document.querySelectorAll("[data-follows-address]")) field.value = search.slice(1);
  for (const field of document.querySelectorAll("[data-follows-path]")) field.value = pathname + search;
  for (const link of document.querySelectorAll("[data-file-link]")) link.search = search;
}
for (const name of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) document.addEventListener(name, followAddress);
document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute?.("aria-busy", "true"));
