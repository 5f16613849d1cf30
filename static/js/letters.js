// An open conversation: begins at what is new, or at its end, and looks for news every few seconds while one sees it.
const EVERY = 20_000 // milliseconds

const page = document.documentElement
const atEnd = () => window.innerHeight + window.scrollY >= page.scrollHeight - 160
const toEnd = () => document.getElementById("end") && window.scrollTo({ top: page.scrollHeight, behavior: "instant" })
const newest = () => document.querySelector("#thread .message:last-child")?.id

// Whoever reloads or comes back stays where they were: the browser sees to that.
const came = performance.getEntriesByType("navigation")[0]?.type ?? "navigate"
if (came === "navigate" && ["", "#end", "#new"].includes(location.hash)) {
  const fresh = document.getElementById("new")
  if (fresh) fresh.scrollIntoView({ block: "start" })
  else toEnd()
}

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

// Whoever reads at the end stays there when something new comes; whoever reads further up isn't moved, also when
// earlier messages are put above.
let follow = false
let below = 0
let last = newest()
document.addEventListener("htmx:before:swap", ({ detail }) => {
  follow = atEnd()
  below = detail.ctx?.sourceElement?.closest?.("[data-earlier]") ? page.scrollHeight - window.scrollY : 0
})
document.addEventListener("htmx:after:swap", () => {
  if (below) window.scrollTo({ top: page.scrollHeight - below, behavior: "instant" })
  below = 0
  watch()
  if (newest() === last) return
  last = newest()
  if (follow) toEnd()
})
