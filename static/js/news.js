// "3 new posts": #news asks whether anything came in, when a stream tells of it and otherwise once a minute, while the
// page is looked at. Nothing moves until the link is pressed.
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
  if (Date.now() - asked >= EVERY && !("live" in document.documentElement.dataset)) ask()
}

setInterval(askNowAndThen, EVERY / 4)
document.addEventListener("visibilitychange", askNowAndThen)
document.addEventListener("live", ({ detail: { word } }) => {
  if (word !== "posts" && word !== "all") return
  clearTimeout(soon)
  soon = setTimeout(ask, TOGETHER)
})
