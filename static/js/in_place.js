// Where a section gave way to its form, or the form to its section, the reader goes on from there.
let section = ""

document.addEventListener("htmx:before:request", ({ target }) => {
  section = target.closest?.("[data-section]")?.id ?? ""
})

document.addEventListener("htmx:after:swap", () => {
  if (document.activeElement && document.activeElement !== document.body) return
  const place = document.getElementById(section)
  const wanted = ["[aria-invalid=true]", "[data-first]", "h1, h2"]
  wanted.map((kind) => place?.querySelector(kind)).find(Boolean)?.focus({ preventScroll: true })
})
