// Whoever opens a post far down in the feed and comes back finds the same posts at the same place. The feed is fetched
// anew, page by page as it was read, so that nothing is shown which may not be seen any more.
const feed = () => document.getElementById("latest")
const posts = () => [...(feed()?.querySelectorAll("article.post") ?? [])]
const more = () => feed()?.querySelector(".pager a[hx-get]")
let restoring = false

const place = () => {
  const seen = posts().find((post) => post.getBoundingClientRect().bottom > 0)
  return seen && { post: seen.id, top: seen.getBoundingClientRect().top, loaded: posts().length }
}

const keep = () => {
  if (restoring || !feed()) return
  const reading = window.scrollY > 0 ? place() : null
  history.replaceState({ ...history.state, reading }, "", reading ? feed().dataset.reading : undefined)
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

// A link that just came is htmx's a moment later; until then a press of ours must not lead away from the page.
let asked = false
document.addEventListener("htmx:before:request", ({ target }) => { if (target.closest?.(".pager")) asked = true })
document.addEventListener("click", (event) => { if (restoring && !event.isTrusted) event.preventDefault() }, true)

const next_page = async () => {
  const before = posts().length
  asked = false
  for (let turn = 0; turn < 160 && posts().length === before && more(); turn += 1) {
    if (!asked && turn % 4 === 0) more().click()
    await wait(50)
  }
  return posts().length > before
}

const restore = async ({ post, top, loaded }) => {
  restoring = true
  history.scrollRestoration = "manual"
  const is_enough = () => posts().length >= loaded + 60 || (posts().length >= loaded && document.getElementById(post))
  while (more() && !is_enough() && await next_page());
  const found = document.getElementById(post)
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
