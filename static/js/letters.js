// An open conversation: begins at what is new, or at its end, and looks for news every few seconds while one sees it.
const EVERY = 20_000 // milliseconds

const page = document.documentElement
const end = () => document.getElementById("end")
const atEnd = () => !!end() && end().getBoundingClientRect().top <= window.innerHeight + 160
const toEnd = () => end()?.scrollIntoView({ block: "end", behavior: "instant" })
const newest = () => document.querySelector("#thread .message:last-child")

// Whoever reloads or comes back stays where they were: the browser sees to that.
const arrived = performance.getEntriesByType("navigation")[0]?.type ?? "navigate"
if (arrived === "navigate" && ["", "#end", "#new"].includes(location.hash)) {
  const fresh = document.getElementById("new")
  if (fresh) fresh.scrollIntoView({ block: "start" })
  else toEnd()
}

// Beside it stands the list of conversations, where one sees the open one.
const beside = document.querySelector(".beside")
const open = beside?.querySelector("[aria-current]")
if (open) beside.scrollTop = open.offsetTop + open.offsetHeight - beside.clientHeight / 2

// Earlier messages are fetched when one comes to where they begin: not before the page stands where it opens.
const begins = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue
    begins.unobserve(target)
    target.dispatchEvent(new CustomEvent("reach"))
  }
})
const watch = () => document.querySelectorAll("[data-earlier] a").forEach((link) => begins.observe(link))
watch()

setInterval(() => {
  const link = document.querySelector("[data-look]")
  if (link && !document.hidden && !("live" in document.documentElement.dataset)) link.dispatchEvent(new CustomEvent("look"))
}, EVERY)
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.querySelector("[data-look]")?.dispatchEvent(new CustomEvent("look"))
})

// What is told of this conversation is looked at at once, and at intervals only where nothing is told.
document.addEventListener("live", ({ detail: { word, key } }) => {
  const link = document.querySelector("[data-look]")
  const isIts = word === "messages" && link?.pathname.endsWith(`/${key}/`)
  if (link && !document.hidden && (isIts || word === "all")) link.dispatchEvent(new CustomEvent("look"))
})

// A message that one changed or took back changes where one is, and one goes on from it.
let pressed = "" // the message in which one pressed something
let done = false
const goOn = () => {
  const message = document.getElementById(pressed)
  if (!done || !message || document.activeElement !== document.body) return
  message.tabIndex = -1
  message.focus({ preventScroll: true })
}
document.addEventListener("click", ({ target }) => {
  if (target.closest("#dialog")) return
  pressed = target.closest(".message")?.id
  done = false
})
document.addEventListener("done", () => {
  done = true
  const link = document.querySelector("[data-look]")
  link ? link.dispatchEvent(new CustomEvent("look")) : location.reload()
  goOn()
})
document.addEventListener("htmx:after:swap", goOn)

// Whoever reads at the end stays there when something new comes; whoever reads further up isn't moved, also when
// earlier messages are put above; they are shown the way down.
const show = (something) => document.querySelectorAll("[data-below]").forEach((way) => (way.hidden = !something))
let follow = false
let below = 0
let last = newest()?.id
document.addEventListener("htmx:before:swap", ({ detail }) => {
  follow = atEnd()
  below = detail.ctx?.sourceElement?.closest?.("[data-earlier]") ? page.scrollHeight - window.scrollY : 0
})
document.addEventListener("htmx:after:swap", () => {
  if (below) window.scrollTo({ top: page.scrollHeight - below, behavior: "instant" })
  below = 0
  watch()
  const came = newest()
  if (came?.id === last) return
  last = came?.id
  if (follow) toEnd()
  else if (!came?.matches(".mine")) show(true)
})
document.addEventListener("scroll", () => atEnd() && show(false), { passive: true })
