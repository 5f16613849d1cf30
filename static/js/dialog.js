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

// What was done in it without leaving the page: the page hears "done", and fetches what it shows.
dialog?.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx.response?.status !== 204) return
  dialog.close()
  document.dispatchEvent(new CustomEvent("done"))
})

// What was refused is to be mended.
dialog?.addEventListener("htmx:after:swap", () => dialog.querySelector("[aria-invalid=true]")?.focus())

dialog?.addEventListener("close", () => {
  dialog.replaceChildren()
  dialog.removeAttribute("aria-labelledby")
})
