// The command palette: Ctrl-K or ⌘K anywhere, arrows choose, Enter opens. What is found, the server says.
const palette = document.querySelector("[data-palette]");

if (palette) {
  const words = palette.querySelector("input");
  const hits = palette.querySelector(".palette__hits");
  const all = () => [...hits.querySelectorAll("a[role=option]")];
  const ask = () => words.dispatchEvent(new Event("palette"));

  const choose = (hit) => {
    for (const other of all()) other.setAttribute("aria-selected", String(other === hit));
    if (hit) {
      words.setAttribute("aria-activedescendant", hit.id);
      hit.scrollIntoView({ block: "nearest" });
    } else words.removeAttribute("aria-activedescendant");
  };
  const chosen = () => hits.querySelector("[aria-selected=true]");

  const open = () => {
    for (const dialog of document.querySelectorAll("dialog[open]")) if (dialog !== palette) return;
    if (palette.open) return;
    palette.showModal();
    words.select();
    ask();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (palette.open) palette.close();
    else open();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-show-palette]")) open();
    else if (event.target === palette) palette.close();
  });
  words.addEventListener("keydown", (event) => {
    const list = all();
    const at = list.indexOf(chosen());
    if (event.key === "ArrowDown") choose(list[(at + 1) % list.length]);
    else if (event.key === "ArrowUp") choose(list[(at - 1 + list.length) % list.length]);
    else if (event.key === "Enter") (chosen() || list[0])?.click();
    else return;
    event.preventDefault();
  });
  hits.addEventListener("htmx:afterSwap", () => choose(all()[0]));
}
