// What htmx puts into <dialog id="dialog"> opens over the page; Cancel, Escape and a press beside it close it.
const dialog = document.getElementById("dialog")

document.addEventListener("htmx:after:swap", () => {
  if (!dialog || dialog.open || !dialog.firstElementChild) return
  const heading = dialog.querySelector("h1, h2, h3")
  if (heading?.id) dialog.setAttribute("aria-labelledby", heading.id)
  dialog.showModal()
})

dialog?.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("[data-close]")) {
    event.preventDefault()
    dialog.close()
  }
})

dialog?.addEventListener("close", () => {
  dialog.replaceChildren()
  dialog.removeAttribute("aria-labelledby")
})
