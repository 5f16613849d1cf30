// Help while writing: how many characters are used, and sending with Ctrl or Cmd and Enter.
// <span data-counter-for="id_note" data-most="300" data-text="{used} of 300"></span>
const count = (counter) => {
  const field = document.getElementById(counter.dataset.counterFor)
  if (!field) return
  const used = [...field.value].length
  counter.textContent = counter.dataset.text.replace("{used}", used)
  counter.classList.toggle("over", used > Number(counter.dataset.most))
}

const countAll = (root) => root.querySelectorAll("[data-counter-for]").forEach(count)

document.addEventListener("input", ({ target }) => {
  if (target.id) document.querySelectorAll(`[data-counter-for="${CSS.escape(target.id)}"]`).forEach(count)
})
document.addEventListener("htmx:after:swap", () => countAll(document))
countAll(document)

// A textarea grows with its text where the browser can't do it by itself (field-sizing: content).
if (!CSS.supports("field-sizing", "content")) {
  document.addEventListener("input", ({ target }) => {
    if (target.matches?.("textarea")) target.rows = Math.min(24, Math.max(target.rows, target.value.split("\n").length + 1))
  })
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
  if (event.target.matches?.("textarea")) event.target.form?.requestSubmit()
})

// A form that was asked for has the focus when it is there.
document.addEventListener("htmx:after:swap", () => {
  const field = document.querySelector("[data-focus]")
  field?.removeAttribute("data-focus")
  field?.focus()
})
