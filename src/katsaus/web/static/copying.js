// A button marked data-copies copies the text of the element that it names, and says so beside it.
for (const button of document.querySelectorAll("[data-copies]")) {
  const said = button.nextElementSibling;
  button.hidden = !navigator.clipboard; // only pages that came safely may use it
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
      said.textContent = button.dataset.done;
    } catch {
      said.textContent = button.dataset.failed;
    }
  });
}
