// A form is sent once: while it is on its way its button waits and a second press does nothing.
// A form that `data-queues` hears "again" instead, and its button doesn't wait.
// Forms that htmx sends are freed when the answer is in; the others by the page that follows.
const under_way = new WeakSet()

const buttons = (form) => form.querySelectorAll("button:not([type=button]), input[type=submit]")

const free = (form) => {
  under_way.delete(form)
  buttons(form).forEach((button) => button.removeAttribute("aria-busy"))
}

document.addEventListener("submit", (event) => {
  const form = event.target
  if (under_way.has(form)) {
    event.preventDefault()
    event.stopImmediatePropagation()
    if ("queues" in form.dataset) form.dispatchEvent(new CustomEvent("again", { bubbles: true }))
    return
  }
  if (form.method !== "post" || form.target === "_blank") return
  under_way.add(form)
  if ("queues" in form.dataset) return
  const pressed = event.submitter ?? buttons(form)[0]
  pressed?.setAttribute("aria-busy", "true")
}, true)

document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form")
  if (form) free(form)
})

// Coming back with the browser's own button shows the page as it was left: mid-press.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form").forEach(free)
})
