// A board's cards move by drag and by arrow keys; both only fill in and send the form that stands on the card. The
// server answers with the board as it is: a refused card is simply where it was, with the reason above.

let dragged = null;

function send(card, lane) {
  const form = card.querySelector("form");
  if (!form || form.elements.lane.value === lane) return;
  form.elements.lane.value = lane;
  form.requestSubmit();
}

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.("[data-card][draggable]");
  if (!card) return;
  dragged = card;
  card.toggleAttribute("data-dragged", true);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.dataset.card);
});
document.addEventListener("dragend", () => {
  dragged?.removeAttribute("data-dragged");
  for (const lane of document.querySelectorAll("[data-over]")) lane.removeAttribute("data-over");
  dragged = null;
});
document.addEventListener("dragover", (event) => {
  const lane = dragged && event.target.closest?.("[data-lane]");
  for (const other of document.querySelectorAll("[data-lane][data-over]")) if (other !== lane) other.removeAttribute("data-over");
  if (!lane || lane.closest("[data-board]") !== dragged.closest("[data-board]")) return;
  event.preventDefault();
  lane.toggleAttribute("data-over", true);
});
document.addEventListener("drop", (event) => {
  const lane = dragged && event.target.closest?.("[data-lane]");
  if (!lane || lane.closest("[data-board]") !== dragged.closest("[data-board]")) return;
  event.preventDefault();
  send(dragged, lane.dataset.lane);
});

document.addEventListener("keydown", (event) => {
  const card = event.target.closest?.("[data-card]");
  if (!card || event.target.matches("select, input, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  const lanes = [...card.closest("[data-board]").querySelectorAll("[data-lane]")];
  const at = lanes.indexOf(card.closest("[data-lane]"));
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const next = lanes[at + (event.key === "ArrowRight" ? 1 : -1)];
    event.preventDefault();
    if (next) send(card, next.dataset.lane);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const cards = [...lanes[at].querySelectorAll("[data-card]")];
    const other = cards[cards.indexOf(card) + (event.key === "ArrowDown" ? 1 : -1)];
    event.preventDefault();
    other?.querySelector("a, select")?.focus();
  }
});

// After a move the focus stays with the card, wherever it now lies.
document.addEventListener("htmx:afterSettle", (event) => {
  const board = event.target.closest?.("[data-board]") || document.getElementById(event.target.id);
  const card = board?.dataset?.focus && board.querySelector(`[data-card="${CSS.escape(board.dataset.focus)}"]`);
  card?.querySelector("a, select")?.focus();
});
// A refusal is an answer too: 4xx from our own forms carries the page's new state.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
