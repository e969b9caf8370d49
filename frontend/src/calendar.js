// A month's days by arrow keys; PageUp and PageDown turn the month, Home and End go to the ends of a week.
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

document.addEventListener("keydown", (event) => {
  const day = event.target.closest?.("[data-calendar] [data-day]");
  if (!day || event.ctrlKey || event.metaKey || event.altKey) return;
  const calendar = day.closest("[data-calendar]");
  const days = [...calendar.querySelectorAll("[data-day]")];
  const at = days.indexOf(day);
  let next = null;
  if (event.key in STEPS) next = days[at + STEPS[event.key]];
  else if (event.key === "Home") next = days[at - (at % 7)];
  else if (event.key === "End") next = days[at - (at % 7) + 6];
  else if (event.key === "PageUp" || event.key === "PageDown") {
    event.preventDefault();
    calendar.querySelector(`[data-calendar-turn="${event.key === "PageUp" ? -1 : 1}"]`)?.click();
    return;
  } else if (event.key === "Enter" && event.target === day) next = day.querySelector("a");
  else return;
  event.preventDefault();
  if (!next) return;
  if (next.matches("a")) return next.click();
  for (const other of days) other.tabIndex = other === next ? 0 : -1;
  next.focus();
});
