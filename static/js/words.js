// Writing with @people and #tags: what begins as the word before the cursor is offered in a list box below the field.
// <textarea data-words="/search/words/" data-suggestions="What the list is called"> The address answers ?q= with a list: each li has its
// data-value, the list says how many there are. The field stays a text field of several lines, so Enter chooses only what an arrow marked.
const WAIT = 150
const SIGN_AND_BEGINNING = /(?<![\p{Lu}\p{Ll}\p{Lt}\p{Nd}._%+\-/@#=&＠＃])(?:[@＠][\p{L}\p{N}\p{M}_\u200c\u200d-]{1,40}|[#＃][\p{L}\p{N}\p{M}_\u200c\u200d]{1,50})$/u
// On phones every word is composed while one types it; elsewhere what is composed is no word yet.
const TOUCH = matchMedia("(pointer: coarse)")
let number = 0

const setUp = (field) => {
  if (field.completes) return
  field.completes = true
  const list = document.createElement("ul")
  const status = document.createElement("span")
  list.id = `words-${++number}`
  list.className = "suggestions"
  list.hidden = true
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", field.dataset.suggestions)
  status.className = "visually-hidden"
  status.setAttribute("role", "status")
  const box = document.createElement("div")
  box.className = "suggesting"
  const hadFocus = document.activeElement === field
  field.before(box)
  box.append(field, list, status)
  if (hadFocus) field.focus({ preventScroll: true })
  for (const [name, value] of [["autocomplete", "list"], ["haspopup", "listbox"], ["controls", list.id]]) field.setAttribute(`aria-${name}`, value)

  let timer, asking
  const options = () => [...list.children]
  const marked = () => list.querySelector("[aria-selected=true]")
  // What is being written: the sign and what follows it, up to the cursor; nothing while words are selected.
  const beginning = () =>
    field.selectionStart === field.selectionEnd ? (field.value.slice(Math.max(0, field.selectionEnd - 60), field.selectionEnd).match(SIGN_AND_BEGINNING)?.[0] ?? "") : ""

  const close = () => {
    clearTimeout(timer)
    asking?.abort()
    list.hidden = true
    status.textContent = ""
    field.removeAttribute("aria-activedescendant")
  }

  const mark = (option) => {
    marked()?.setAttribute("aria-selected", "false")
    option.setAttribute("aria-selected", "true")
    option.scrollIntoView({ block: "nearest" })
    field.setAttribute("aria-activedescendant", option.id)
  }

  const choose = (option) => {
    const end = field.selectionEnd
    const words = option.dataset.value + (/^[\s.,;:!?)\]]/.test(field.value.slice(end)) ? "" : " ")
    field.setSelectionRange(end - beginning().length, end)
    close()
    // The browser's own way keeps what can be undone; where it is gone, the words go in all the same.
    if (document.execCommand?.("insertText", false, words)) return
    field.setRangeText(words, field.selectionStart, end, "end")
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: words }))
  }

  const show = (found) => {
    list.replaceChildren(...found.children)
    if (!list.children.length) return close()
    options().forEach((option, place) => {
      option.id = `${list.id}-${place}`
      option.setAttribute("role", "option")
      option.setAttribute("aria-selected", "false")
    })
    field.removeAttribute("aria-activedescendant")
    list.hidden = false
    status.textContent = found.dataset.said
    list.scrollIntoView({ block: "nearest" })
  }

  const ask = async () => {
    asking?.abort()
    asking = new AbortController()
    const typed = beginning()
    if (!typed) return close()
    try {
      const answer = await fetch(`${field.dataset.words}?${new URLSearchParams({ q: typed })}`, { signal: asking.signal })
      if (!answer.ok || answer.redirected || typed !== beginning() || document.activeElement !== field) return
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("ul")
      if (found) show(found)
    } catch {
      // Without suggestions, the field is a field like any other.
    }
  }

  const soon = () => {
    clearTimeout(timer)
    if (!beginning()) return close()
    timer = setTimeout(ask, WAIT)
  }

  // Words that are still being composed are left alone: nothing is asked or offered before they are there.
  field.addEventListener("input", (event) => (event.isComposing && !TOUCH.matches) || soon())
  field.addEventListener("compositionstart", close)
  field.addEventListener("compositionend", soon)

  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || list.hidden) return // 229: Safari, for the key that ends composing
    const all = options(), place = all.indexOf(marked())
    if (event.key === "Escape") {
      event.preventDefault()
      event.stopPropagation() // it closes the list, and not the dialog around it
      close()
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      const step = event.key === "ArrowDown" ? 1 : -1
      mark(all[place < 0 ? (step > 0 ? 0 : all.length - 1) : (place + step + all.length) % all.length])
    } else if (event.key === "Enter" && place >= 0 && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      choose(all[place])
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) close()
  })

  // Pressing an option must not take the focus out of the field before it is chosen.
  list.addEventListener("pointerdown", (event) => event.preventDefault())
  list.addEventListener("mousedown", (event) => event.preventDefault())
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("li")
    if (option) choose(option)
  })
  field.addEventListener("blur", close)
}

const setUpAll = () => document.querySelectorAll("textarea[data-words]").forEach(setUp)
document.addEventListener("htmx:after:swap", setUpAll)
setUpAll()
