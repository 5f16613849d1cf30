// "3 new posts": #news asks whether anything came in, when a stream tells of it and otherwise once a minute, while the
// page is looked at. What it says is asked again as often: posts are deleted, too, and nobody tells of that. Nothing
// moves until the link is pressed. Where very many are told of the same post, it says that there are some, and asks later
// how many.
const EVERY = 60_000
const TOGETHER = 300 // milliseconds: of several posts at once it asks once
let asked = Date.now()
let soon

const ask = () => {
  const news = document.getElementById("news")
  if (!news || document.visibilityState !== "visible") return
  asked = Date.now()
  news.dispatchEvent(new CustomEvent("news"))
}

const askNowAndThen = () => {
  const isTold = "live" in document.documentElement.dataset && !document.getElementById("news")?.childElementCount
  if (Date.now() - asked >= EVERY && !isTold) ask()
}

setInterval(askNowAndThen, EVERY / 4)
document.addEventListener("visibilitychange", askNowAndThen)
document.addEventListener("live", ({ detail: { word, spread } }) => {
  if (word !== "posts" && word !== "all") return
  clearTimeout(soon)
  soon = setTimeout(ask, Math.max(TOGETHER, Math.random() * (spread ?? 0) * 1_000))
  const news = document.getElementById("news")
  const some = document.getElementById("some-news")
  if (spread && news && some && !news.childElementCount) news.append(some.content.cloneNode(true))
})
