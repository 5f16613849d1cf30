// What one was writing and didn't send stays in this tab: whoever leaves the page and comes back finds it. Signing out
// takes it away.
// <form data-draft="12"> with a field "text"; the number belongs to one reader alone.
const NAME = "draft "

const drafts = () => document.querySelectorAll("form[data-draft]")

const keep = () => {
  for (const { dataset, elements } of drafts()) {
    if (elements.text.value) sessionStorage.setItem(NAME + dataset.draft, elements.text.value)
    else sessionStorage.removeItem(NAME + dataset.draft)
  }
}

for (const { dataset, elements } of drafts()) elements.text.value ||= sessionStorage.getItem(NAME + dataset.draft) ?? ""

if (!document.getElementById("places")) {
  Object.keys(sessionStorage).filter((name) => name.startsWith(NAME)).forEach((name) => sessionStorage.removeItem(name))
}

window.addEventListener("pagehide", keep)
document.addEventListener("visibilitychange", () => document.hidden && keep())
