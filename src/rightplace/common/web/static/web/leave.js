// Leaving quickly: the page is emptied at once, this entry in the history is replaced, and the server forgets.
export function startLeaving(root) {
  const link = root.querySelector("[data-leave]");
  if (!link) return;

  function leave() {
    document.body.dataset.leaving = "yes";
    for (const form of document.forms) form.reset();
    document.title = "Weather";
    document.body.replaceChildren();
    window.location.replace(link.href);
  }

  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    leave();
  });

  // A page that the browser kept in memory is asked for again: it must not come back by the back button.
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });

  // Three times Shift, as on other pages for people who may be watched.
  let pressed = 0;
  let timer = 0;
  document.addEventListener("keyup", (event) => {
    clearTimeout(timer);
    pressed = event.key === "Shift" ? pressed + 1 : 0;
    timer = setTimeout(() => { pressed = 0; }, 2000);
    if (pressed === 3) leave();
  });
}
