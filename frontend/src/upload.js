// Drop a file anywhere on the drop zone. The zone is an ordinary file input inside a form: without script, or by
// keyboard, the input and its button do the same. Size is checked here only to save a long wait.

function describe(zone, files) {
  const name = zone.querySelector("[data-drop-name]");
  const problem = zone.querySelector("[data-drop-problem]");
  const limit = Number(zone.dataset.maxBytes || 0);
  const large = [...files].find((file) => limit && file.size > limit);
  problem.hidden = !large;
  zone.querySelector("input[type=file]").setAttribute("aria-invalid", String(Boolean(large)));
  name.hidden = !files.length;
  name.textContent = [...files]
    .map((file) => `${file.name} · ${(file.size / 1048576).toLocaleString(undefined, { maximumFractionDigits: 1, minimumFractionDigits: 1 })} MB`)
    .join(", ");
  if (files.length && !large && zone.hasAttribute("data-send-at-once")) zone.closest("form").requestSubmit();
}

for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.("[data-drop]");
    if (!zone) return;
    event.preventDefault();
    zone.toggleAttribute("data-over", kind === "dragenter" || kind === "dragover");
    if (kind !== "drop" || !event.dataTransfer.files.length) return;
    const input = zone.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    describe(zone, input.files);
  });
}

document.addEventListener("change", (event) => {
  const zone = event.target.matches("input[type=file]") && event.target.closest("[data-drop]");
  if (zone) describe(zone, event.target.files);
});
