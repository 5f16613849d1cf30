// When a request fails, the page stays as it is and says so politely.
// The sentences stand, translated, on <div id="notice-bar" data-failed data-refused data-gone data-often>.
const bar = document.getElementById("notice-bar")
let fading

const say = (sentence) => {
  if (!bar || !sentence) return
  bar.textContent = sentence
  clearTimeout(fading)
  fading = setTimeout(() => bar.replaceChildren(), 8000)
}

// What pages ask by themselves fails without a word: nobody pressed anything, and it is asked again. A message that
// wasn't sent says so in its place.
const BY_THEMSELVES = "#places, #news, [data-look], [data-hears]"
const asksByItself = ({ target }) => target.matches?.(BY_THEMSELVES)

document.addEventListener("htmx:error", (event) => {
  if (!asksByItself(event) && !event.target.matches?.("[data-write]")) say(bar?.dataset.failed)
})

document.addEventListener("htmx:response:error", (event) => {
  if (asksByItself(event)) return
  const { detail } = event
  const status = detail.ctx.response.status
  if (status === 404) say(bar?.dataset.gone)
  else if (status === 429) say(bar?.dataset.often)
  else if (status === 403 || status >= 500) say(bar?.dataset.refused)
})

document.addEventListener("htmx:before:request", (event) => {
  if (!asksByItself(event)) bar?.replaceChildren()
})
