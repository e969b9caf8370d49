// The frame: phone navigation, colour mode, menus that close, forms that are sent once, the CSRF header for htmx.

const root = document.documentElement;
const side = document.querySelector("[data-side]");

function toggleSide(open) {
  side.toggleAttribute("data-open", open);
  document.querySelector("[data-side-veil]").hidden = !open;
  document.querySelector("[data-side-toggle]").setAttribute("aria-expanded", String(open));
  if (open) side.querySelector("a, button")?.focus();
  else document.querySelector("[data-side-toggle]").focus();
}

function setTheme(theme) {
  // The server writes data-theme from this cookie, so the next page has no flash of the other mode.
  document.cookie = `jq_theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  root.dataset.theme = theme;
  for (const choice of document.querySelectorAll("[data-set-theme]")) {
    choice.setAttribute("aria-pressed", String(choice.dataset.setTheme === theme));
  }
  document.dispatchEvent(new CustomEvent("jq:theme"));
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-side-toggle], [data-side-veil], [data-set-theme], [data-print], [data-opens], [data-closes]");
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (!target) return;
  if (target.matches("[data-set-theme]")) setTheme(target.dataset.setTheme);
  else if (target.matches("[data-print]")) window.print();
  else if (target.matches("[data-opens]")) document.getElementById(target.dataset.opens).showModal();
  else if (target.matches("[data-closes]")) target.closest("dialog").close();
  else toggleSide(!side.hasAttribute("data-open"));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (side?.hasAttribute("data-open")) toggleSide(false);
});

document.addEventListener("submit", (event) => {
  // A second click must not send a ledger twice; the server is idempotent too, this only saves the wait.
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  for (const button of form.querySelectorAll("button[type=submit], button:not([type])")) {
    button.setAttribute("aria-disabled", "true");
  }
});
window.addEventListener("pageshow", (event) => {
  // Coming back by the browser's button restores the page as it was left; the form must be sendable again.
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
});

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
});
