// One stream of events a tab. An event says what there is to fetch anew, and never what it says: "messages", with the
// number of a conversation, "requests", "notices", "posts"; or "all" where something may have been missed. Pages hear
// of it as the event "live" of the document. While there is no stream they ask now and then by themselves:
// `data-live` on the root says whether there is one.
const WORDS = ["messages", "requests", "notices", "posts", "all"]
const COUNTED = new Set(["messages", "requests", "notices", "all"])
const SILENCE = 50_000 // milliseconds after which a stream without a sign of life is dead, as after the computer slept
const HIDDEN = 5_000 // for so long a tab out of sight keeps its stream: a browser has few connections to one site
const LONGEST_PAUSE = 120_000

const { stream: address, since: made } = document.body.dataset
const root = document.documentElement
let since = made // the moment up to which this page knows all
let source = null
let heard = 0
let pause = 1_000
let again
let hiding
let counting

const tell = (word, key, spread) => {
  document.dispatchEvent(new CustomEvent("live", { detail: { word, key, spread } }))
  if (!COUNTED.has(word)) return
  clearTimeout(counting) // what one event sets off may change the counts once more
  counting = setTimeout(() => document.getElementById("places")?.dispatchEvent(new CustomEvent("waiting")), 250)
}

// What many are told at once ("7 40") they fetch in the course of so many seconds. New posts are said to be there at once.
const told = (word, data) => {
  const [key, spread = 0] = data.split(" ").map(Number)
  if (!spread || word === "posts") return tell(word, key, spread)
  setTimeout(() => tell(word, key, 0), Math.random() * spread * 1_000)
}

const close = () => {
  clearTimeout(again)
  source?.close()
  source = null
  delete root.dataset.live
}

const open = () => {
  clearTimeout(again)
  if (source || document.hidden) return
  heard = Date.now()
  source = new EventSource(`${address}?since=${since}`)
  source.addEventListener("open", () => {
    root.dataset.live = ""
    heard = Date.now()
    pause = 1_000
  })
  for (const word of ["beat", ...WORDS]) {
    source.addEventListener(word, ({ data, lastEventId }) => {
      heard = Date.now()
      since = lastEventId
      if (word !== "beat") told(word, data)
    })
  }
  source.addEventListener("error", comeBack)
}

// Not all pages at once, when the server was away.
const comeBack = () => {
  close()
  again = setTimeout(open, pause * (0.5 + Math.random()))
  pause = Math.min(pause * 2, LONGEST_PAUSE)
}

const reopen = () => {
  close()
  pause = 1_000
  open()
}

if (address) {
  open()
  setInterval(() => {
    if (source && Date.now() - heard > SILENCE) reopen()
  }, 10_000)
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiding)
    if (document.hidden) hiding = setTimeout(close, HIDDEN)
    else if (!source) reopen()
  })
  window.addEventListener("online", reopen)
  window.addEventListener("pagehide", close) // so that the browser can keep the page for going back
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) reopen()
  })
}
