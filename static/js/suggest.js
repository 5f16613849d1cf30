// A text field that suggests what could be meant: a combobox with a listbox, after the ARIA Authoring Practices.
// <input data-suggest="/organizations/names/" data-suggestions="What the list is called"> The address answers ?q= with a list: each li has its data-value, the
// list says how many there are. Any other text stays allowed; choosing fills in the text and does nothing else.
const WAIT = 200
let number = 0

const setUp = (input) => {
  if (input.suggests) return
  input.suggests = true
  const list = document.createElement("ul")
  const status = document.createElement("span")
  list.id = `suggestions-${++number}`
  list.className = "suggestions"
  list.hidden = true
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", input.dataset.suggestions)
  status.className = "visually-hidden"
  status.setAttribute("role", "status")
  const box = document.createElement("div")
  box.className = "suggesting"
  const hadFocus = document.activeElement === input
  input.before(box)
  box.append(input, list, status)
  if (hadFocus) input.focus({ preventScroll: true })
  const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id }
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value)

  let timer, asking
  const options = () => [...list.children]
  const active = () => list.querySelector("[aria-selected=true]")

  const close = () => {
    clearTimeout(timer)
    asking?.abort()
    list.hidden = true
    input.setAttribute("aria-expanded", "false")
    input.removeAttribute("aria-activedescendant")
  }

  const activate = (option) => {
    active()?.setAttribute("aria-selected", "false")
    if (!option) return input.removeAttribute("aria-activedescendant")
    option.setAttribute("aria-selected", "true")
    input.setAttribute("aria-activedescendant", option.id)
    list.scrollTop = Math.min(Math.max(list.scrollTop, option.offsetTop + option.offsetHeight - list.clientHeight), option.offsetTop)
  }

  const choose = (option) => {
    input.value = option.dataset.value
    close()
    status.textContent = ""
    input.dispatchEvent(new Event("change", { bubbles: true }))
  }

  const show = (found) => {
    list.replaceChildren(...found.children)
    options().forEach((option, place) => {
      option.id = `${list.id}-${place}`
      option.setAttribute("role", "option")
      option.setAttribute("aria-selected", "false")
    })
    list.hidden = !list.children.length
    input.setAttribute("aria-expanded", String(!list.hidden))
    input.removeAttribute("aria-activedescendant")
    status.textContent = found.dataset.said
    if (!list.hidden) list.scrollIntoView({ block: "nearest" })
  }

  const ask = async () => {
    asking?.abort()
    asking = new AbortController()
    const typed = input.value.trim()
    if (typed.length < 2) return close()
    try {
      const answer = await fetch(`${input.dataset.suggest}?${new URLSearchParams({ q: typed })}`, { signal: asking.signal })
      if (!answer.ok || answer.redirected || typed !== input.value.trim() || document.activeElement !== input) return
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("ul")
      if (found) show(found)
    } catch {
      // Without suggestions, the field is a field like any other.
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(ask, WAIT)
  })

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return
    const all = options(), place = all.indexOf(active())
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault()
      return close()
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      if (list.hidden) return ask()
      const step = event.key === "ArrowDown" ? 1 : -1
      return activate(all[place < 0 ? (step > 0 ? 0 : all.length - 1) : (place + step + all.length) % all.length])
    }
    if (event.key === "Enter" && !list.hidden && place >= 0) {
      event.preventDefault()
      choose(all[place])
    }
  })

  // Pressing an option must not take the focus out of the field before it is chosen.
  list.addEventListener("pointerdown", (event) => event.preventDefault())
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("li")
    if (option) choose(option)
  })
  input.addEventListener("blur", close)
}

const setUpAll = () => document.querySelectorAll("input[data-suggest]").forEach(setUp)
document.addEventListener("htmx:after:swap", setUpAll)
setUpAll()
