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

document.addEventListener("htmx:error", () => say(bar?.dataset.failed))

document.addEventListener("htmx:response:error", ({ detail }) => {
  const status = detail.ctx.response.status
  if (status === 404) say(bar?.dataset.gone)
  else if (status === 429) say(bar?.dataset.often)
  else if (status === 403 || status >= 500) say(bar?.dataset.refused)
})

document.addEventListener("htmx:before:request", () => bar?.replaceChildren())
