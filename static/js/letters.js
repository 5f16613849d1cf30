// An open conversation: begins at its end, and looks for news every few seconds while somebody can see it.
const EVERY = 20_000 // milliseconds

const atEnd = () => window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 160
const toEnd = () => document.getElementById("end")?.scrollIntoView({ block: "end" })
const newest = () => document.querySelector("#thread .message:last-child")?.id

if (!location.hash || location.hash === "#end") requestAnimationFrame(toEnd)

setInterval(() => {
  const link = document.querySelector("[data-look]")
  if (link && !document.hidden) link.dispatchEvent(new CustomEvent("look"))
}, EVERY)
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.querySelector("[data-look]")?.dispatchEvent(new CustomEvent("look"))
})

// Whoever reads at the end stays there when something new comes; whoever reads further up isn't moved.
let follow = false
let last = newest()
document.addEventListener("htmx:before:swap", () => {
  follow = atEnd()
})
document.addEventListener("htmx:after:swap", () => {
  if (newest() === last) return
  last = newest()
  if (follow) toEnd()
})
