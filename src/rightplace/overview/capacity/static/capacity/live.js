// While an answer is being worked out its page asks for itself again; not while somebody has a table open to read.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches("[data-live]") && event.target.querySelector("details[open]")) event.preventDefault();
});
