// Menus are <details class="menu">: they close on Escape, on a press elsewhere, and once something was chosen.
const open = () => document.querySelectorAll("details.menu[open]")

document.addEventListener("click", ({ target }) => {
  for (const menu of open()) {
    const inside = menu.contains(target)
    const chosen = inside && target.closest(".menu-items a, .menu-items button")
    if (!inside || chosen) menu.open = false
  }
})

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return
  for (const menu of open()) {
    menu.open = false
    menu.querySelector("summary")?.focus()
  }
})

document.addEventListener("focusin", ({ target }) => {
  for (const menu of open()) if (!menu.contains(target)) menu.open = false
})
