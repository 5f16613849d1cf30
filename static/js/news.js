// "3 new posts": while the page is looked at, #news asks once a minute whether anything came in. Whoever knows of
// something sooner may send it the event "news" too; nothing moves until the link is pressed.
const EVERY = 60_000
let asked = Date.now()

const ask = () => {
  const news = document.getElementById("news")
  if (!news || document.visibilityState !== "visible" || Date.now() - asked < EVERY) return
  asked = Date.now()
  news.dispatchEvent(new CustomEvent("news"))
}

setInterval(ask, EVERY / 4)
document.addEventListener("visibilitychange", ask)
