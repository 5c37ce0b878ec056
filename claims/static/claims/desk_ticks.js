// One button ticks every claim on the sheet; without it each is ticked by hand.

for (const button of document.querySelectorAll("button[data-ticks]")) {
  const name = button.dataset.ticks;
  button.parentElement.hidden = false;
  button.addEventListener("click", () => {
    for (const box of document.querySelectorAll(`input[name="${name}"]:not(:disabled)`)) {
      box.checked = true;
    }
  });
}
