// Toasts leave after a while, not while somebody reads or reaches for them; without script they simply stay.
const STAY_MS = 10000;

function start(toast) {
  let timer = setTimeout(() => toast.remove(), STAY_MS);
  const hold = () => clearTimeout(timer);
  const release = () => {
    clearTimeout(timer);
    timer = setTimeout(() => toast.remove(), STAY_MS / 2);
  };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", release);
  toast.addEventListener("focusout", release);
}

const seen = new WeakSet();
function startAll() {
  for (const toast of document.querySelectorAll("[data-toast]:not([data-toast-stays])")) {
    if (!seen.has(toast)) start(toast);
    seen.add(toast);
  }
}
document.addEventListener("click", (event) => event.target.closest?.("[data-toast-close]")?.closest("[data-toast]").remove());
document.addEventListener("htmx:afterSettle", startAll);
startAll();
