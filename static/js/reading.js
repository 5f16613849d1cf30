// Whoever opens something far down in a list and comes back finds the same rows at the same place. The list is fetched
// anew, page by page as it was read, so that nothing is shown which may not be seen any more.
// A list says in `data-rows` what its rows are, and in `data-reading`, if it has one, at which address one finds them again.
// A conversation goes on above, and has a place also where one looks at its top.
const list = () => document.querySelector("[data-rows]")
const rows = () => [...(list()?.querySelectorAll(list().dataset.rows) ?? [])]
const more = () => list()?.querySelector("[data-earlier] a, .pager:not([data-earlier]) a[hx-get]")
let restoring = false

const place = () => {
  const seen = rows().find((row) => row.getBoundingClientRect().bottom > 0)
  return seen && { row: seen.id, top: seen.getBoundingClientRect().top, loaded: rows().length }
}

const keep = () => {
  if (restoring || !list()) return
  const reading = window.scrollY > 0 || list().querySelector("[data-earlier]") ? place() : null
  history.replaceState({ ...history.state, reading }, "", reading ? list().dataset.reading : undefined)
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

// A link that just came is htmx's a moment later; until then a press of ours must not lead away from the page.
let asked = false
document.addEventListener("htmx:before:request", ({ target }) => { if (target.closest?.(".pager")) asked = true })
document.addEventListener("click", (event) => { if (restoring && !event.isTrusted) event.preventDefault() }, true)

const next_page = async () => {
  const before = rows().length
  asked = more().matches(".htmx-request")
  for (let turn = 0; turn < 160 && rows().length === before && more(); turn += 1) {
    if (!asked && turn % 4 === 0) more().click()
    await wait(50)
  }
  return rows().length > before
}

const restore = async ({ row, top, loaded }) => {
  restoring = true
  history.scrollRestoration = "manual"
  const is_enough = () => rows().length >= loaded + 60 || (rows().length >= loaded && document.getElementById(row))
  while (more() && !is_enough() && await next_page());
  const found = document.getElementById(row)
  if (found) window.scrollBy({ top: found.getBoundingClientRect().top - top, behavior: "instant" })
  history.scrollRestoration = "auto"
  restoring = false
}

// Not before htmx takes the presses of links.
window.addEventListener("load", () => {
  const [arrival] = performance.getEntriesByType("navigation")
  if (history.state?.reading && arrival?.type !== "navigate") restore(history.state.reading)
})

window.addEventListener("pagehide", keep)
document.addEventListener("click", ({ target }) => { if (target.closest?.("a[href]")) keep() })
