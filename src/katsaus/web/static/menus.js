// What opens over the page closes on Esc, on a press elsewhere, and when the focus goes elsewhere.
const opened = () => document.querySelectorAll("details:is(.opens, .columns)[open]");

function closeOthers(event) {
  for (const menu of opened()) if (!menu.contains(event.target)) menu.open = false;
}

document.addEventListener("click", closeOthers);
document.addEventListener("focusin", closeOthers);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of opened()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
