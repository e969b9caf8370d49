// Buttons that copy a field or print the page; both work without a script by hand (select the field, the browser's menu).
document.addEventListener("click", async (event) => {
  const copier = event.target.closest("button[data-copies]");
  if (copier) {
    const field = document.getElementById(copier.dataset.copies);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      copier.textContent = copier.dataset.copied;
    } catch {
      // No clipboard here (plain http, an old browser): the field is selected, Ctrl-C does it.
    }
  }
  if (event.target.closest("button[data-prints]")) window.print();
});
