// A list that says which word it `data-hears` is fetched anew from its own address when that is told, as many rows as the
// page holds (at most `data-most`; who has read on further keeps what they have). Rows have ids, so that each stays the
// same element. Nobody loses their place: what one has opened stays open, what has the focus keeps it, and what one
// reads stays where it is. While nobody sees a list it waits.
const TOGETHER = 150 // milliseconds in which several things are fetched at once
const EVERY = 15_000
const APART = 400 // milliseconds between one time and the next, however much is told

const timers = new WeakMap()
const asked = new WeakMap()
const late = new Set()

const lists = () => [...document.querySelectorAll("[data-hears]")]
const rows = (list) => [...list.querySelectorAll("li[id]")]
const scroller = (list) => list.closest("[data-scrolls]") ?? document.documentElement

const fits = (list) => list.querySelectorAll("ul").length < 2 || rows(list).length <= Number(list.dataset.most ?? 0)

const ask = (list) => {
  timers.delete(list)
  if (!list.isConnected || !fits(list)) return
  if (document.hidden) return late.add(list)
  asked.set(list, Date.now())
  list.dispatchEvent(new CustomEvent("hears"))
}

const soon = (list) => {
  if (timers.has(list) || !list.checkVisibility()) return
  const wait = Math.max(TOGETHER, (asked.get(list) ?? 0) + APART - Date.now())
  timers.set(list, setTimeout(() => ask(list), wait))
}

document.addEventListener("live", ({ detail: { word } }) => {
  lists().filter((list) => word === "all" || word === list.dataset.hears).forEach(soon)
})

// What makes a notice go or name fewer isn't told: somebody takes a like back, or is seen no more. A list that `data-recurs`
// asks now and then, while one sees it.
const recur = () => {
  if (!document.hidden) lists().filter((list) => "recurs" in list.dataset).forEach(soon)
}
setInterval(recur, EVERY)

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return
  late.forEach(soon)
  late.clear()
  recur()
})

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const list = ctx.sourceElement
  if (list?.matches?.("[data-hears][data-most]")) ctx.request.body.set("held", rows(list).length)
})

const pressable = (row) => [...row.querySelectorAll("a, button, summary, input:not([type=hidden])")]

// Where one is: what has the focus, and the first row that one sees, unless one looks at the top of the list.
const placeIn = (list) => {
  const focused = list.contains(document.activeElement) ? document.activeElement : null
  const row = focused?.closest("li[id]")
  const outer = scroller(list)
  const top = Math.max(0, outer === document.documentElement ? 0 : outer.getBoundingClientRect().top)
  const read = outer.scrollTop > 0 ? rows(list).find((one) => one.getBoundingClientRect().bottom > top) : null
  const open = [...list.querySelectorAll("details[open]")]
  return { list, open, focused, row: row?.id, nth: row ? pressable(row).indexOf(focused) : -1, read, at: read?.getBoundingClientRect().top }
}

const back = ({ list, open, focused, row, nth, read, at }) => {
  open.forEach((one) => (one.open = true))
  if (focused && document.activeElement !== focused) {
    const same = focused.isConnected ? focused : pressable(document.getElementById(row) ?? list)[Math.max(0, nth)]
    const other = same ?? pressable(list)[0] ?? document.getElementById("main")
    other.focus({ preventScroll: true })
  }
  if (!read?.isConnected) return
  // By then the browser has done what it does by itself.
  requestAnimationFrame(() => requestAnimationFrame(() => scroller(list).scrollBy({ top: read.getBoundingClientRect().top - at, behavior: "instant" })))
}

let place = null
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  place = ctx?.sourceElement?.matches?.("[data-hears]") ? placeIn(ctx.sourceElement) : null
})

// A row that moved up while one was reading on comes once more further down: it is there once.
const once = (list) => {
  const seen = new Set()
  for (const row of rows(list)) seen.has(row.id) ? row.remove() : seen.add(row.id)
}

document.addEventListener("htmx:after:swap", () => {
  lists().forEach(once)
  if (place) back(place)
  place = null
})
