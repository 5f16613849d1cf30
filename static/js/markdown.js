// The marks of Markdown, by pressing a button: they go around what is selected, or before its line.
// <div data-toolbar="id_text" hidden><button data-before="**" data-after="**">Bold</button> …; data-line: before the line.
// <button data-insert="![…](picture:1)" data-into="id_text" hidden> puts in what it carries.
const replace = (field, from, to, words, select) => {
  field.focus()
  field.setSelectionRange(from, to)
  // This way the browser's own undo knows of it; where it can't, the words are set.
  if (!document.execCommand("insertText", false, words)) field.setRangeText(words, from, to, "end")
  field.setSelectionRange(...select)
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

const around = (field, { before, after }) => {
  const { selectionStart: from, selectionEnd: to, value } = field
  const words = value.slice(from, to)
  replace(field, from, to, before + words + after, [from + before.length, from + before.length + words.length])
}

const before_lines = (field, mark) => {
  const { selectionStart, selectionEnd: to, value } = field
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1
  const words = value.slice(from, to).split("\n").map((line) => mark + line).join("\n")
  replace(field, from, to, words, [from + words.length, from + words.length])
}

const paragraph = (field, words) => {
  const { selectionEnd: at, value } = field
  const lead = value.slice(0, at).endsWith("\n\n") || at === 0 ? "" : value.slice(0, at).endsWith("\n") ? "\n" : "\n\n"
  const whole = `${lead}${words}\n\n`
  replace(field, at, at, whole, [at + whole.length, at + whole.length])
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-before], [data-insert]")
  if (!button) return
  const field = document.getElementById(button.dataset.into ?? button.closest("[data-toolbar]")?.dataset.toolbar)
  if (!field) return
  if (button.dataset.insert) paragraph(field, button.dataset.insert)
  else if ("line" in button.dataset) before_lines(field, button.dataset.before)
  else around(field, button.dataset)
})

document.querySelectorAll("[data-toolbar], [data-insert]").forEach((hidden) => (hidden.hidden = false))
