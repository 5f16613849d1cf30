// A message shows as soon as one sends it. If it can't be sent it says so, keeps its words and files, and can be sent
// again: with the same key, so that it is there once even if it was only the answer that got lost.
// What is sent while another is on its way waits its turn, so that all arrive in their order; if one can't be sent, those
// behind it wait to be sent again too.
// <form data-write> sends; <template id="on-its-way"> is how a message looks meanwhile, in <ol id="unsent">.
const waiting = new Map() // by key: what was written, its files, and its place on the page
let sending = "" // the key of the one that is on its way
let request // by which it is; htmx forgets the form once another stands in its place
let queued = [] // the keys of those behind it
let aside = { text: "", files: [] } // what one was writing when one sent another again

const form = () => document.querySelector("form[data-write]")
const fields = () => form()?.elements

const newKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 15) | 64
  bytes[8] = (bytes[8] & 63) | 128
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
}

const held = (files) => {
  const all = new DataTransfer()
  files.forEach((file) => all.items.add(file))
  return all.files
}

const written = () => ({ text: fields()?.text.value ?? "", files: [...(fields()?.files.files ?? [])] })

const write = ({ text, files }) => {
  if (!fields()) return
  fields().text.value = text
  fields().files.files = held(files)
}

const say = (one, state) => {
  const shown = one.item.querySelector("[data-state]")
  shown.textContent = shown.dataset[state]
  one.item.classList.toggle("failed", state === "failed")
  one.item.querySelectorAll("button").forEach((button) => (button.hidden = state !== "failed"))
}

const lay = () => {
  const list = document.getElementById("unsent")
  if (!list) return
  for (const [key, one] of waiting) {
    if (document.querySelector(`.message[data-key="${key}"]`)) waiting.delete(key)
    else if (one.item.parentElement !== list) list.append(one.item)
  }
  list.querySelectorAll(".message").forEach((item) => [...waiting.values()].some((one) => one.item === item) || item.remove())
  list.hidden = !waiting.size
}

const said = (body) => ({ text: body.get("text") ?? "", files: body.getAll("files").filter((file) => file.name) })
const is_empty = ({ text, files }) => !text.trim() && !files.length

const note = (key, { text, files }) => {
  const one = { text, files }
  one.item = document.getElementById("on-its-way").content.firstElementChild.cloneNode(true)
  one.item.querySelector("[data-words]").textContent = [one.text, ...one.files.map((file) => file.name)].filter(Boolean).join("\n")
  waiting.set(key, one)
}

const show = (key) => {
  say(waiting.get(key), "sending")
  lay()
  document.getElementById("end")?.scrollIntoView({ block: "end", behavior: "instant" })
}

const again = (key) => {
  const one = waiting.get(key)
  if (!one || !form() || key === sending || queued.includes(key)) return
  if (sending) {
    queued.push(key)
    return show(key)
  }
  aside = written()
  write(one)
  fields().key.value = key
  form().requestSubmit()
}

const next = () => {
  if (!sending && queued.length) again(queued.shift())
}

const halt = () => {
  queued.forEach((key) => waiting.has(key) && say(waiting.get(key), "failed"))
  queued = []
}

document.addEventListener("again", ({ target }) => {
  const one = written()
  if (target !== form() || is_empty(one)) return
  const { key } = fields()
  note(key.value, one)
  queued.push(key.value)
  show(key.value)
  write({ text: "", files: [] })
  key.value = newKey()
})

const is_mine = (detail) => detail.ctx && detail.ctx === request

document.addEventListener("htmx:before:request", ({ detail }) => {
  const body = detail.ctx?.request?.body
  if (!detail.ctx?.sourceElement?.matches?.("form[data-write]") || !(body instanceof FormData)) return
  request = detail.ctx
  const key = (sending = body.get("key"))
  if (is_empty(said(body))) return
  if (!waiting.has(key)) note(key, said(body))
  form()?.querySelectorAll(".errorlist").forEach((wrong) => wrong.remove()) // of what was tried before
  form()?.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"))
  write(aside)
  fields().key.value = newKey()
  aside = { text: "", files: [] }
  fields()?.text.focus({ preventScroll: true })
  show(key)
})

let meanwhile // what one has written since
let caret // where in it, if one is there
document.addEventListener("htmx:before:swap", ({ detail }) => {
  if (!is_mine(detail)) return
  meanwhile = written()
  const { text } = fields() ?? {}
  caret = text && text === document.activeElement ? [text.selectionStart, text.selectionEnd] : undefined
})

// What was refused comes back to be mended, with what one has written since below it.
document.addEventListener("htmx:after:swap", ({ detail }) => {
  if (is_mine(detail)) {
    const refused = detail.ctx.response?.status === 422 ? waiting.get(sending) : undefined
    const both = [refused, meanwhile].filter(Boolean)
    if (refused) halt()
    waiting.delete(sending)
    write({ text: both.map((one) => one.text).filter(Boolean).join("\n"), files: both.flatMap((one) => one.files) })
    const wrong = form()?.querySelector("[aria-invalid=true]")
    if (wrong ?? caret) (wrong ?? fields()?.text)?.focus({ preventScroll: true })
    if (caret && !refused) fields()?.text.setSelectionRange(...caret)
  }
  lay()
})

document.addEventListener("htmx:finally:request", ({ detail }) => {
  if (!is_mine(detail)) return
  const one = waiting.get(sending)
  sending = ""
  request = null
  if (one) {
    say(one, "failed")
    halt()
  }
  setTimeout(next)
})

document.addEventListener("click", ({ target }) => {
  const item = target.closest?.(".on-its-way")
  const [key] = [...waiting].find(([, one]) => one.item === item) ?? []
  if (!key) return
  if (target.closest("[data-again]")) again(key)
  if (target.closest("[data-drop]")) {
    queued = queued.filter((one) => one !== key)
    waiting.delete(key)
    lay()
    fields()?.text.focus()
  }
})

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form === form()) form()?.requestSubmit()
})

// Whoever leaves the page with something unsent is asked.
window.addEventListener("beforeunload", (event) => {
  if (waiting.size) event.preventDefault()
})
