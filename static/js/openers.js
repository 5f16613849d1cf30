// <button data-into="id_note" value="…" data-said="…">: puts its value into a field where the cursor is, and goes there.
// What is selected stays: the words go behind it.
const typed = new WeakSet() // fields in which somebody has set the cursor

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.("textarea")) typed.add(target)
})

const spaced = (words, before, after) =>
  (before && !/\s$/.test(before) ? " " : "") + words + (after && !/^[\s.,;:!?]/.test(after) ? " " : "")

// The browser's own way keeps what can be undone; where it is gone, the words go in all the same.
const insert = (field, words) => {
  if (document.execCommand?.("insertText", false, words)) return
  field.setRangeText(words, field.selectionEnd, field.selectionEnd, "end")
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: words }))
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-into]")
  const field = button && document.getElementById(button.dataset.into)
  if (!field) return
  event.preventDefault()
  const at = typed.has(field) ? field.selectionEnd : field.value.length
  const said = document.getElementById("notice-bar")
  field.focus()
  field.setSelectionRange(at, at)
  insert(field, spaced(button.value, field.value.slice(0, at), field.value.slice(at)))
  if (said) said.textContent = button.dataset.said
})
