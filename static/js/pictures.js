// Choosing several pictures at once, seeing what was chosen, and taking one back.
// <details data-pictures data-remove="Remove picture {n}"> with <div data-choose hidden> for the one field that takes
// several, and a <div data-picture="1"> for each field that is sent; the chosen files are put into those.
const rows = (box) => [...box.querySelectorAll("[data-picture]")]
const file_of = (row) => row.querySelector("input[type=file]")
const is_empty = (row) => !file_of(row).files.length

const put = (row, files) => {
  const field = file_of(row)
  field.files = files
  field.dispatchEvent(new Event("change", { bubbles: true })) // photo.js shows it
}

const with_files = (...files) => {
  const held = new DataTransfer()
  files.forEach((file) => held.items.add(file))
  return held.files
}

const button_for = (row, box) => {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "btn bare slim"
  button.dataset.takeBack = ""
  button.textContent = box.dataset.remove.replace("{n}", row.dataset.picture)
  row.append(button)
}

const show = (box) => {
  rows(box).forEach((row) => {
    if (!row.querySelector("[data-take-back]")) button_for(row, box)
    const wrong = row.querySelector(".errorlist")
    row.hidden = is_empty(row) && !wrong
    row.querySelector("[data-file] > .form-field > input").classList.add("visually-hidden")
    row.querySelector("[data-take-back]").hidden = is_empty(row)
  })
  const choose = box.querySelector("[data-choose]")
  choose.hidden = false
  choose.querySelector("input").disabled = !rows(box).some(is_empty)
}

const showAll = () => document.querySelectorAll("[data-pictures]").forEach(show)

document.addEventListener("change", ({ target }) => {
  const box = target.closest?.("[data-pictures]")
  if (!box) return
  if (target.closest("[data-choose]")) {
    const free = rows(box).filter(is_empty)
    ;[...target.files].slice(0, free.length).forEach((file, place) => put(free[place], with_files(file)))
    target.value = ""
    free[0]?.querySelector("input:not([type=file])")?.focus()
  }
  show(box)
})

document.addEventListener("click", ({ target }) => {
  const box = target.closest?.("[data-pictures]")
  if (!box || !target.closest("[data-take-back]")) return
  const row = target.closest("[data-picture]")
  row.querySelector("input:not([type=file])").value = ""
  row.querySelector(".errorlist")?.remove()
  put(row, with_files())
  box.querySelector("[data-choose] input").focus()
})

document.addEventListener("htmx:after:swap", showAll)
showAll()
