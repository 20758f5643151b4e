// Comforts only: every page works without this file. Nothing that a person typed is kept in the browser.
import { startAutosave } from "./autosave.js";
import { startLeaving } from "./leave.js";

async function startComponents() {
  const address = document.querySelector('meta[name="rp-components"]')?.content;
  if (!address) return;
  const { initAll } = await import(address);
  initAll();
}

// `/` moves to search, unless somebody is typing or has switched it off (WCAG 2.1.4).
function startSlash() {
  const search = document.querySelector("[data-search]");
  if (!search || document.body.dataset.slash !== "on") return;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
}

// Printed pages show what is folded away on the screen.
function startPrinting() {
  window.addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details:not([open])")) {
      fold.open = true;
      fold.dataset.openedToPrint = "";
    }
  });
  window.addEventListener("afterprint", () => {
    for (const fold of document.querySelectorAll("details[data-opened-to-print]")) {
      fold.open = false;
      delete fold.dataset.openedToPrint;
    }
  });
}

startSlash();
startPrinting();
startLeaving(document);
startAutosave(document);
startComponents();
