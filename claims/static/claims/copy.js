// Copy buttons: they appear where they work. Without them the text can be selected.

function offer(button) {
  const field = document.getElementById(button.dataset.copies);
  const answer = button.nextElementSibling;
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    answer.textContent = button.dataset.copied;
  });
  button.hidden = false;
}

if (navigator.clipboard) {
  document.querySelectorAll("button[data-copies]").forEach(offer);
}
