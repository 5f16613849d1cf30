// The search box offers what begins with what somebody types: a combobox with a list box. Without this it is a plain form.
const PAUSE = 120 // milliseconds without a keystroke before it asks

for (const form of document.querySelectorAll("form[data-complete]")) complete(form)

function complete(form) {
  const input = form.querySelector("input[type=search]")
  const list = form.querySelector("[data-offers]")
  const said = form.querySelector("[data-said]")
  let asking = null
  let waiting = 0
  let asked = ""
  let at = -1

  list.id = `offers-${Math.random().toString(36).slice(2, 8)}`
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", list.dataset.label)
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]])
    input.setAttribute(name, value)

  const options = () => [...list.querySelectorAll("[role=option]")]

  const close = () => {
    list.hidden = true
    mark(-1)
    input.setAttribute("aria-expanded", "false")
  }

  const open = () => {
    if (!options().length) return
    list.hidden = false
    input.setAttribute("aria-expanded", "true")
  }

  function mark(place) {
    at = place
    for (const [number, option] of options().entries()) {
      option.setAttribute("aria-selected", String(number === place))
      option.id = `${list.id}-${number}`
    }
    const marked = options()[place]
    if (marked) {
      input.setAttribute("aria-activedescendant", marked.id)
      marked.scrollIntoView({ block: "nearest" })
    } else input.removeAttribute("aria-activedescendant")
  }

  async function ask() {
    const words = input.value.trim()
    if (words === asked) return open()
    asking?.abort()
    asked = words
    if (!words) {
      list.replaceChildren()
      said.textContent = ""
      return close()
    }
    asking = new AbortController()
    try {
      const answer = await fetch(`${form.dataset.complete}?${new URLSearchParams({ q: words })}`, { signal: asking.signal })
      if (!answer.ok || answer.redirected) return close()
      const text = await answer.text()
      if (words !== asked || document.activeElement !== input) return
      list.innerHTML = text
      said.textContent = list.querySelector("[data-status]")?.textContent ?? ""
      mark(-1)
      open()
    } catch {
      asked = "" // broken off by a newer question, or by the connection: the plain form is still there
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting)
    waiting = setTimeout(ask, PAUSE)
  })

  input.addEventListener("keydown", (event) => {
    const many = options().length
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault()
      close()
    } else if (event.key === "ArrowDown" && many) {
      event.preventDefault()
      if (list.hidden) open()
      mark(at + 1 < many ? at + 1 : -1)
    } else if (event.key === "ArrowUp" && many) {
      event.preventDefault()
      if (list.hidden) open()
      mark(at === -1 ? many - 1 : at - 1)
    } else if (event.key === "Enter" && at >= 0 && !list.hidden) {
      event.preventDefault()
      options()[at].click()
    }
  })

  form.addEventListener("submit", () => clearTimeout(waiting))
  form.addEventListener("focusout", ({ relatedTarget }) => form.contains(relatedTarget) || close())
  list.addEventListener("mousedown", (event) => event.preventDefault()) // the box keeps the focus until the click
}
