// Saves a form on the server as a person types: `<form data-autosave-url="…">` with `[data-autosave-said]` in it.
//
// The server gets the form's fields without files, and answers {"saved": "10:21"}, or {"said": "…"} when it
// cannot. Only one request is under way at a time, so that an older answer never overwrites a newer one.
const WAIT = 900;
const AGAIN = [3000, 8000, 20000];

export function startAutosave(root) {
  for (const form of root.querySelectorAll("form[data-autosave-url]")) new Autosave(form).start();
}

export class Autosave {
  constructor(form) {
    this.form = form;
    this.said = form.querySelector("[data-autosave-said]");
    this.changed = false;
    this.busy = false;
    this.sending = false;
    this.failures = 0;
    this.timer = 0;
  }

  start() {
    this.form.addEventListener("input", () => this.later(WAIT));
    this.form.addEventListener("change", () => this.later(0));
    this.form.addEventListener("submit", () => { this.sending = true; clearTimeout(this.timer); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.last(); });
    window.addEventListener("pagehide", () => this.last());
  }

  later(wait) {
    this.changed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  body() {
    const fields = new FormData(this.form);
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
    return new URLSearchParams(fields);
  }

  async save() {
    if (this.busy || this.sending || !this.changed || document.body.dataset.leaving) return;
    this.busy = true;
    this.changed = false;
    try {
      const answer = await fetch(this.form.dataset.autosaveUrl, {
        method: "POST",
        body: this.body(),
        headers: { Accept: "application/json", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken?.value ?? "" },
        credentials: "same-origin",
      });
      const words = await answer.json().catch(() => ({}));
      if (!answer.ok || !words.saved) throw new Error(words.said ?? "");
      this.failures = 0;
      this.say(`Saved ${words.saved}`, false);
    } catch (fault) {
      this.changed = true;
      this.say(fault instanceof TypeError || !fault.message ? "Not saved yet. What you typed is still here." : fault.message, true);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), AGAIN[Math.min(this.failures, AGAIN.length - 1)]);
      this.failures += 1;
    }
    this.busy = false;
    if (this.changed && !this.failures) this.later(WAIT);
  }

  // A phone may close the page without warning: what is not saved goes with one last request.
  last() {
    if (!this.changed || this.sending || document.body.dataset.leaving) return;
    if (navigator.sendBeacon(this.form.dataset.autosaveUrl, this.body())) this.changed = false;
  }

  say(words, failed) {
    if (!this.said) return;
    this.said.textContent = words;
    this.said.toggleAttribute("data-failed", failed);
  }
}
