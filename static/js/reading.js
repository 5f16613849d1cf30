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

const next_page = () => new Promise((resolve) => {
  const before = posts().length
  const look = setInterval(() => {
    if (posts().length === before && more()) return
    clearInterval(look)
    resolve()
  }, 50)
  setTimeout(() => { clearInterval(look); resolve() }, 8000)
  more().click()
})

const restore = async ({ post, top, loaded }) => {
  restoring = true
  history.scrollRestoration = "manual"
  while (more() && !document.getElementById(post) && posts().length < loaded + 60) await next_page()
  while (more() && posts().length < loaded) await next_page()
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
