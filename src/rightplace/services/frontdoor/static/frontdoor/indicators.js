// Narrow the indicators while typing; ticked ones always stay. Without script the button beside it does the same.
const words = document.querySelector("[data-indicator-words]");

function narrow() {
  const looked = words.value.trim().toLowerCase();
  for (const line of document.querySelectorAll("[data-indicators] .fd-tick")) {
    const ticked = line.querySelector("input").checked;
    line.hidden = Boolean(looked) && !ticked && !line.textContent.toLowerCase().includes(looked);
  }
}

if (words) {
  words.addEventListener("input", narrow);
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
